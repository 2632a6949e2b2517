package locale

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed messages/*.toml
var messageFiles embed.FS

// Known are the languages that the site's words are written in, sorted.
func Known() []string {
	files, err := messageFiles.ReadDir("messages")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	var langs []string
	for _, f := range files {
		langs = append(langs, strings.TrimSuffix(f.Name(), ".toml"))
	}
	return langs
}

// Messages are more words, or other ones, as TOML in the form of the site's
// own files, by language.
type Messages map[string][]byte

// PluralForms are the forms that a counted message can have, by CLDR.
var PluralForms = []string{"zero", "one", "two", "few", "many", "other"}

// Keys are the keys of all messages, those of more included, sorted.
func Keys(more Messages) ([]string, error) {
	keys := map[string]bool{}
	for lang := range more {
		l, err := New(lang, "", more)
		if err != nil {
			return nil, err
		}
		for key := range l.words {
			keys[key] = true
		}
	}
	l, err := New("en", "")
	if err != nil {
		return nil, err
	}
	for key := range l.words {
		keys[key] = true
	}
	return slices.Sorted(maps.Keys(keys)), nil
}

// messagesOf reads a language's messages, or the English ones where it has
// none: to be filled in by go-i18n, and as they stand for those that have
// nothing to fill in. Later ones of a key go before earlier ones.
func messagesOf(tag language.Tag, more []Messages) (*i18n.Localizer, map[string]string, error) {
	base, _ := tag.Base()
	langs := []string{"en"}
	if lang := base.String(); lang != "en" {
		langs = append(langs, lang)
	}
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	words, last := map[string]string{}, "en"
	for _, lang := range langs {
		for _, text := range textsOf(lang, more) {
			file, err := bundle.ParseMessageFileBytes(text, lang+".toml")
			if err != nil {
				return nil, nil, fmt.Errorf("read messages: %w", err)
			}
			for _, m := range file.Messages {
				words[m.ID] = m.Other
			}
			last = lang
		}
	}
	return i18n.NewLocalizer(bundle, last), words, nil
}

// textsOf are the files of a language: the site's own, and more.
func textsOf(lang string, more []Messages) [][]byte {
	var texts [][]byte
	if text, err := messageFiles.ReadFile("messages/" + lang + ".toml"); err == nil {
		texts = append(texts, text)
	}
	for _, m := range more {
		if text, ok := m[lang]; ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// T is a message, filled in with args: name, value, name, value. Numbers among
// the values are written in the language's numerals. A message that does not
// exist, or for which a value is missing, gives its key. Without args it is a
// look-up in a map.
//
// Besides the keys of the message files there are "weekday.mon" …
// "weekday.sun" and "weekday-short.mon" …, from the calendar of the language.
func (l *Localizer) T(key string, args ...any) string {
	if len(args) > 0 {
		return l.fill(&i18n.LocalizeConfig{MessageID: key, TemplateData: l.values(args)})
	}
	if s, ok := l.words[key]; ok {
		return s
	}
	return key
}

// Words are the messages whose keys begin with a prefix, without it: what a
// script says by itself.
func (l *Localizer) Words(prefix string) map[string]string {
	words := map[string]string{}
	for key, text := range l.words {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			words[rest] = text
		}
	}
	return words
}

// N is a counted message in the plural form of n; {{.Count}} in it is n in the
// language's numerals.
func (l *Localizer) N(key string, n int, args ...any) string {
	values := append(l.values(args), value{"Count", l.integer(n)})
	return l.fill(&i18n.LocalizeConfig{MessageID: key, TemplateData: values, PluralCount: n})
}

func (l *Localizer) fill(c *i18n.LocalizeConfig) string {
	c.TemplateParser = blanks{}
	// An error beside a text says that the text is English.
	if s, err := l.localizer.Localize(c); err == nil || s != "" {
		return s
	}
	return c.MessageID
}

func (l *Localizer) values(args []any) []value {
	values := make([]value, 0, len(args)/2+1)
	for i := 0; i+1 < len(args); i += 2 {
		values = append(values, value{l.text(args[i]), l.text(args[i+1])})
	}
	return values
}

func (l *Localizer) text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return l.integer(v)
	case float64:
		return l.Number(v)
	default:
		return fmt.Sprint(v)
	}
}
