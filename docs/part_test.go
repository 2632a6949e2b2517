package docs_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// wholes are sound records, a line a field, that parts of records complete.
var wholes = map[schema.Kind]string{
	schema.KindOpportunity: `title = "Night sky"
summary = "Look at the winter stars through three telescopes on the roof."
kind = "event"
ages = {min = 8}
languages = ["en"]
subjects = ["astronomy"]
mode = "online"
anytime = true
cost = {amount = 0}
`,
	schema.KindCatalogue: `id = "https://learning.example/"
name = {en = "Learning here"}
languages = ["en"]
time_zone = "Asia/Qatar"
currency = "QAR"
`,
	schema.KindSchool: `name = "North School"
`,
}

// times are the fields of which a listing has exactly one.
var times = []string{"sessions", "period", "anytime", "by_arrangement"}

// checkPart checks a part of a record: a sound one, with the part's fields in
// place of its own.
func checkPart(kind, part string) error {
	whole, ok := wholes[schema.Kind(kind)]
	if !ok {
		return fmt.Errorf("toml %s: neither a file nor a kind of record that docs/part_test.go knows", kind)
	}
	said, list := document.Parse(&diag.Source{Path: "part.toml", Text: []byte(part)})
	if said == nil || list.Failed() {
		return failed(list)
	}
	var text strings.Builder
	for line := range strings.Lines(whole) {
		key, _, _ := strings.Cut(line, " ")
		_, replaced := said.Value[key]
		if slices.Contains(times, key) && slices.ContainsFunc(times, func(t string) bool { return said.Value[t] != nil }) {
			replaced = true
		}
		if !replaced {
			text.WriteString(line)
		}
	}
	text.WriteString(part)
	d, list := document.Parse(&diag.Source{Path: kind + ".toml", Text: []byte(text.String())})
	if d != nil {
		list = append(list, schema.NewValidator().Check(schema.Kind(kind), "", d)...)
	}
	return failed(list)
}

// failed are the problems of a list as an error; nil where it has none.
func failed(list diag.List) error {
	if !list.Failed() {
		return nil
	}
	var out bytes.Buffer
	if err := diag.Text(&out, list, diag.Style{Lang: "en"}); err != nil {
		return err
	}
	return fmt.Errorf("the record is not valid:\n%s", &out)
}
