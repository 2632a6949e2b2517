package schema

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"fursa/schema/locale"
)

// families are the beginnings of the messages that are labels of values.
var families = []string{
	"kind.", "kinds.", "audience.", "gender.", "mode.", "timetable.", "status.", "per.", "provides.", "supports.",
	"approval.", "material.", "provider-kind.", "channel.", "weekday.", "weekday-short.",
}

// labelled are values by the labels that people see in their places, in every
// language and in small letters: "atelier" may label several.
var labelled = sync.OnceValue(func() map[string][]string {
	values := map[string][]string{}
	for _, l := range speakers() {
		for _, family := range families {
			for value, label := range l.Words(family) {
				label = bare(label)
				values[label] = append(values[label], value)
			}
		}
	}
	return values
})

// labelOf is the one of some values whose label a word is, in any language.
func labelOf(word string, values []string) (string, bool) {
	found := ""
	for _, v := range labelled()[bare(word)] {
		if !slices.Contains(values, v) || v == found {
			continue
		}
		if found != "" {
			return "", false
		}
		found = v
	}
	return found, found != ""
}

// speakers say the site's words in each language that has them.
func speakers() []*locale.Localizer {
	var all []*locale.Localizer
	for _, lang := range locale.Known() {
		l, err := locale.New(lang, "")
		if err != nil {
			panic(err) // the messages are part of the program
		}
		all = append(all, l)
	}
	return all
}

// taught are the languages that listings are mostly held in; their names are
// understood in their places.
var taught = []string{
	"ar", "bn", "de", "en", "es", "fa", "fr", "hi", "id", "it", "ja", "ko", "ml", "ms", "ne", "pt", "ru", "si", "so",
	"sw", "ta", "te", "tl", "tr", "ur", "zh",
}

var languagesByName = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, tag := range taught {
		for _, l := range speakers() {
			names[strings.ToLower(l.LanguageName(tag))] = tag
		}
		if own, err := locale.New(tag, ""); err == nil {
			names[strings.ToLower(own.Name())] = tag
		}
	}
	return names
})

var countriesByName = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	all := speakers()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			if region, err := language.ParseRegion(code); err != nil || !region.IsCountry() || region.String() != code {
				continue
			}
			for _, l := range all {
				names[strings.ToLower(l.CountryName(code))] = code
			}
		}
	}
	return names
})
