package main

import (
	"embed"
	"slices"
	"strings"

	"fursa/generator/review"
	"fursa/schema/diag"
	"fursa/schema/locale"
)

//go:embed messages/*.toml
var messageFiles embed.FS

// words say what a command did, in the language that problems are told in.
func (a *app) words() *locale.Localizer {
	messages := locale.Messages{}
	for _, lang := range diag.Languages {
		text, err := messageFiles.ReadFile("messages/" + lang + ".toml")
		if err != nil {
			panic(err) // they are part of the program
		}
		messages[lang] = text
	}
	lang, _, _ := strings.Cut(a.language(), "-")
	if !slices.Contains(diag.Languages, lang) {
		lang = diag.Languages[0]
	}
	l, err := locale.New(lang, "latn", messages)
	if err != nil {
		panic(err)
	}
	return l
}

// counted is how many errors and warnings there are, in words.
func (a *app) counted(list diag.List) (string, error) {
	list = slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool { return d.Severity == diag.Note })
	return review.Tally(diag.Verdict{Own: list}, a.language())
}
