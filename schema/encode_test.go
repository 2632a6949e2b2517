package schema_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
	"fursa/schema/when"
)

func ptr[T any](v T) *T { return &v }

// full has a value of every shape that a record can hold.
func full() schema.Opportunity {
	start := when.Moment{Date: when.Date{Year: 2026, Month: 12, Day: 5}, Clock: when.Clock{Hour: 18}, Timed: true}
	day := when.Moment{Date: when.Date{Year: 2026, Month: 12, Day: 19}}
	return schema.Opportunity{
		Title:     `Night "sky" \ stars`,
		Summary:   "Telescopes on the roof,\nand tea.",
		Kind:      "club",
		Ages:      &schema.Range{Min: ptr(8), Max: ptr(12)},
		Languages: []string{"en", "ar"},
		Subjects:  []string{"astronomy"},
		Mode:      "in-person",
		Place: &schema.Place{
			Name: "Museum", Latitude: ptr(25.2854), Longitude: ptr(51.0), StepFree: ptr(false),
		},
		Sessions: []schema.Session{
			{ID: "a", Start: start, RRule: "FREQ=WEEKLY", Except: []when.Moment{start, day}},
			{ID: "b", Start: day, Place: &schema.Place{Name: "Roof"}},
		},
		Registration: &schema.Registration{
			Opens:     day,
			Approvals: []schema.Approval{{Who: "school", Days: 3}},
		},
		Cost:      schema.Cost{Amount: ptr(0.0), Note: "bring\na torch"},
		Pays:      &schema.Pays{},
		Provides:  []string{"a telescope for every two people", "warm coats and gloves", "tea and biscuits"},
		Published: when.Date{Year: 2026, Month: 11, Day: 1},
	}
}

func TestEncodeLayout(t *testing.T) {
	want := `+++
title = "Night \"sky\" \\ stars"
summary = """
Telescopes on the roof,
and tea."""
kind = "club"
ages = {min = 8, max = 12}
languages = ["en", "ar"]
subjects = ["astronomy"]
mode = "in-person"
cost = {amount = 0, note = "bring\na torch"}
pays = {}
provides = [
  "a telescope for every two people",
  "warm coats and gloves",
  "tea and biscuits",
]
published = 2026-11-01

[place]
name = "Museum"
latitude = 25.2854
longitude = 51
step_free = false

[[sessions]]
id = "a"
start = 2026-12-05T18:00:00
rrule = "FREQ=WEEKLY"
except = [2026-12-05T18:00:00, 2026-12-19]

[[sessions]]
id = "b"
start = 2026-12-19

[sessions.place]
name = "Roof"

[registration]
opens = 2026-12-19

[[registration.approvals]]
who = "school"
days = 3
+++

Look *up*.
`
	if diff := cmp.Diff(want, string(schema.Encode(full(), "Look *up*.\n"))); diff != "" {
		t.Errorf("front matter and body (-want +got):\n%s", diff)
	}
}

func TestEncodeTOMLKinds(t *testing.T) {
	vocabulary := schema.Vocabulary{
		Terms: []schema.Term{{
			ID:    "astronomy",
			Label: schema.Text{"en": "Astronomy", "zh-Hant": "天文學"},
			Alt:   map[string][]string{"en": {"stars", "space"}},
		}},
	}
	want := `[[terms]]
id = "astronomy"
label = {en = "Astronomy", zh-Hant = "天文學"}
alt = {en = ["stars", "space"]}
`
	if diff := cmp.Diff(want, string(schema.Encode(&vocabulary, "no body"))); diff != "" {
		t.Errorf("a vocabulary (-want +got):\n%s", diff)
	}
}

// reread is the record and body that a file holds.
func reread[R any](t *testing.T, name string, text []byte) (R, string) {
	t.Helper()
	var record R
	doc, list := document.Parse(&diag.Source{Path: name, Text: text})
	if list.Failed() {
		t.Fatalf("%v\n%s", list[0].Message("en"), text)
	}
	record, err := schema.Decode[R](doc.Value)
	if err != nil {
		t.Fatalf("decode: %v\n%s", err, text)
	}
	return record, doc.Body
}

func TestEncodeIsReadBack(t *testing.T) {
	body := "First line\n\n    code\n\n+++ is no end here"
	got, gotBody := reread[schema.Opportunity](t, "x.md", schema.Encode(full(), body))
	if diff := cmp.Diff(full(), got); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(body, strings.Trim(gotBody, "\n")); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
}

// TestEncodeEveryField fills every field of every kind, so that a type added
// to record.go can't be forgotten here.
func TestEncodeEveryField(t *testing.T) {
	for _, record := range []any{
		&schema.Opportunity{}, &schema.Provider{}, &schema.School{}, &schema.Pathway{}, &schema.Badge{},
		&schema.Endorsement{}, &schema.Peer{}, &schema.Review{}, &schema.Blocklist{}, &schema.Vocabulary{}, &schema.Page{}, &schema.Catalogue{},
	} {
		fill(reflect.ValueOf(record).Elem())
		text := schema.Encode(record, "")
		name := "x.toml"
		if strings.HasPrefix(string(text), "+++") {
			name = "x.md"
		}
		doc, list := document.Parse(&diag.Source{Path: name, Text: text})
		if list.Failed() {
			t.Fatalf("%T: %s\n%s", record, list[0].Message("en"), text)
		}
		raw, err := json.Marshal(doc.Value)
		if err != nil {
			t.Fatal(err)
		}
		got := reflect.New(reflect.TypeOf(record).Elem()).Interface()
		if err := json.Unmarshal(raw, got); err != nil {
			t.Fatalf("%T: %v", record, err)
		}
		if diff := cmp.Diff(record, got); diff != "" {
			t.Errorf("%T (-want +got):\n%s", record, diff)
		}
	}
}

func fill(v reflect.Value) {
	switch v.Interface().(type) {
	case when.Date:
		v.Set(reflect.ValueOf(when.Date{Year: 2026, Month: 2, Day: 28}))
		return
	case when.Clock:
		v.Set(reflect.ValueOf(when.Clock{Hour: 7, Minute: 5, Second: 9}))
		return
	case when.Moment:
		v.Set(reflect.ValueOf(when.Moment{Date: when.Date{Year: 2026, Month: 2, Day: 28}, Timed: true}))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("a \"b\"\n+++\n\"\"\"\\ \té")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(-7)
	case reflect.Float64:
		v.SetFloat(0.25)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0))
		fill(v.Index(1))
	case reflect.Map:
		value := reflect.New(v.Type().Elem()).Elem()
		fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("a key"), value)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	}
}

// refused are the characters that document.Parse refuses wherever they stand.
func refused(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' ||
		unicode.Is(unicode.Bidi_Control, r) || r == 0xfffe || r == 0xffff
}

func FuzzEncodeString(f *testing.F) {
	for _, s := range []string{"", "plain", `"`, `""""""`, "\n", "a\n+++\nb", "\\\"\n\"", "# no\n[x]"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, title, note string) {
		if !utf8.ValidString(title) || !utf8.ValidString(note) || strings.ContainsFunc(title+note, refused) {
			t.Skip("no record may hold it")
		}
		title, note = norm.NFC.String(title), norm.NFC.String(note) // as documents have it
		want := schema.Opportunity{
			Title:    title,
			Subjects: []string{note, title},
			Cost:     schema.Cost{Unknown: true, Note: note},
			Place:    &schema.Place{Directions: note},
		}
		want.Languages = []string{}
		got, _ := reread[schema.Opportunity](t, "x.md", schema.Encode(want, ""))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}
