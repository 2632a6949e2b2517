package diag_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/diag"
)

func TestApply(t *testing.T) {
	for _, c := range []struct {
		name  string
		fixes []diag.Fix
		want  string
	}{
		{"nothing", nil, "abcdef"},
		{"in any order", []diag.Fix{{{4, 5, "E"}}, {{0, 1, "A"}, {2, 3, ""}}}, "AbdEf"},
		{"put in, at the end too", []diag.Fix{{{6, 6, "g"}}, {{0, 0, "."}}}, ".abcdefg"},
		{"of two that overlap the first", []diag.Fix{{{1, 3, "-"}}, {{0, 1, "A"}, {2, 4, "+"}}}, "a-def"},
		{"of two at one place the first", []diag.Fix{{{1, 1, "x"}}, {{1, 1, "y"}}}, "axbcdef"},
		{"not of this text", []diag.Fix{{{5, 9, "x"}}, {{-1, 0, "x"}}, {{3, 2, "x"}}}, "abcdef"},
	} {
		text := []byte("abcdef")
		if got := string(diag.Apply(text, c.fixes)); got != c.want || string(text) != "abcdef" {
			t.Errorf("%s: %q, want %q; the text is %q", c.name, got, c.want, text)
		}
	}
}

func TestFixes(t *testing.T) {
	a, b := at("x = 1\n", "x"), at("x = 1\n", "x")
	b.Source.Path = "content/b.md"
	list := diag.List{
		diag.New("document/bad-key", a).Fixed(diag.Instead(a, "y")),
		diag.New("document/bad-key", a),
		diag.New("document/bad-key", b).Fixed(diag.Instead(b, "z")),
	}
	if d := cmp.Diff([]diag.Fix{{{0, 1, "y"}}}, list.Fixes("content/a.md")); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestRewritten(t *testing.T) {
	const text = "\ufeffa = 1\r\nb = 2\r\n\r\nc = 3\r\nd = 4"
	src := at(text, "a").Source
	edit := func(part, text string) diag.Edit { return diag.Instead(inside(src, part), text) }
	for _, c := range []struct {
		name string
		fix  diag.Fix
		want []diag.Lines
	}{
		{"none", nil, nil},
		{"a word", diag.Fix{edit("2", "5")}, []diag.Lines{{First: 2, Last: 2, Text: "b = 5"}}},
		{"the first line and the last", diag.Fix{edit("a", "A"), edit("4", "")},
			[]diag.Lines{{First: 1, Last: 1, Text: "A = 1"}, {First: 5, Last: 5, Text: "d = "}}},
		{"neighbours", diag.Fix{edit("1", "2"), edit("2", "3")}, []diag.Lines{{First: 1, Last: 2, Text: "a = 2\nb = 3"}}},
		{"a line more", diag.Fix{{inside(src, "b").Start, inside(src, "b").Start, "x = 0\n"}},
			[]diag.Lines{{First: 2, Last: 2, Text: "x = 0\nb = 2"}}},
		{"a line less", diag.Fix{edit("b = 2\r\n", "")}, []diag.Lines{{First: 2, Last: 2, Gone: true}}},
		{"not of this text", diag.Fix{{500, 501, ""}}, nil},
	} {
		d := diag.New("document/bad-key", inside(src, "a")).Fixed(c.fix...)
		if d := cmp.Diff(c.want, d.Rewritten()); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

// inside is the span of the first occurrence of part in a source.
func inside(src *diag.Source, part string) diag.Span {
	start := bytes.Index(src.Text, []byte(part))
	return diag.Span{Source: src, Start: start, End: start + len(part)}
}

func TestFixIsPrinted(t *testing.T) {
	const text = "a = 1\nb = 2\nc = 3\n"
	src := at(text, "b").Source
	d := diag.New("document/bad-key", inside(src, "b"), "key", "b").
		Fixed(diag.Edit{Text: "x = 0\n"}, diag.Edit{Start: 12, End: 18})
	one := diag.New("document/bad-key", inside(src, "b"), "key", "b").Fixed(diag.Instead(inside(src, "b"), "c"))
	for lang, want := range map[string]string{
		"en": `content/a.md:2:1: error: b is not the name of a field [document/bad-key]
  b = 2
  ^
  hint: names are made of the letters a to z, digits, _ and -, without spaces
  → write on line 1:
    x = 0
    a = 1
  → delete line 3
content/a.md:2:1: error: b is not the name of a field [document/bad-key]
  b = 2
  ^
  hint: names are made of the letters a to z, digits, _ and -, without spaces
  → write: c = 2
`,
		"ar": `content/a.md:2:1: خطأ: b ليس اسم حقل [document/bad-key]
  b = 2
  ^
  تلميح: تتكوّن الأسماء من الحروف a إلى z والأرقام و _ و - من دون مسافات
  ← اكتب في السطر 1:
    x = 0
    a = 1
  ← احذف السطر 3
content/a.md:2:1: خطأ: b ليس اسم حقل [document/bad-key]
  b = 2
  ^
  تلميح: تتكوّن الأسماء من الحروف a إلى z والأرقام و _ و - من دون مسافات
  ← اكتب: c = 2
`,
	} {
		var out bytes.Buffer
		if err := diag.Text(&out, diag.List{d, one}, diag.Style{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, out.String()); d != "" {
			t.Errorf("%s (-want +got):\n%s", lang, d)
		}
	}
}
