package diag_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/diag"
)

// at is the span of the first occurrence of part in a file of the text.
func at(text, part string) diag.Span {
	src := &diag.Source{Path: "content/a.md", Text: []byte(text)}
	start := strings.Index(text, part)
	if start < 0 {
		panic("no " + part)
	}
	return diag.Span{Source: src, Start: start, End: start + len(part)}
}

func TestText(t *testing.T) {
	const rule = "document/bad-key"
	head := func(place string) string {
		return place + `error: KEY is not the name of a field [document/bad-key]` + "\n"
	}
	const hint = "  hint: names are made of the letters a to z, digits, _ and -, without spaces\n"
	long := strings.Repeat("x", 300)
	for _, c := range []struct {
		name string
		span diag.Span
		want string
	}{
		{"a line in the middle", at("+++\nsumary = 1\n+++\n", "sumary"),
			head("content/a.md:2:1: ") + "  sumary = 1\n  ^^^^^^\n" + hint},
		{"byte order mark and CRLF", at("\ufefftitle = 1\r\nb = 2\r\n", "title = 1"),
			head("content/a.md:1:1: ") + "  title = 1\n  ^^^^^^^^^\n" + hint},
		{"columns are code points, a tab stays a tab", at("a\t\u00e9\tb = 1", "b"),
			head("content/a.md:1:5: ") + "  a\té\tb = 1\n   \t \t^\n" + hint},
		{"wide characters take two cells", at(`t = "天文" # x`, "# x"),
			head("content/a.md:1:10: ") + "  t = \"天文\" # x\n             ^^^\n" + hint},
		{"Arabic with vowel signs", at(`t = "عِلْم" x`, "x"),
			head("content/a.md:1:13: ") + "  t = \"عِلْم\" x\n            ^\n" + hint},
		{"several lines: to the end of the first", at("a = [\n 1,\n]\n", "[\n 1,\n]"),
			head("content/a.md:1:5: ") + "  a = [\n      ^\n" + hint},
		{"nothing at the end of the file", diag.Span{Source: at("a =\n", "a").Source, Start: 4, End: 4},
			head("content/a.md:2:1: ") + "  \n  ^\n" + hint},
		{"an empty file", diag.Span{Source: &diag.Source{Path: "x", Text: []byte{}}},
			head("x:1:1: ") + "  \n  ^\n" + hint},
		{"a file that was not read", diag.Span{Source: &diag.Source{Path: "content/x"}}, head("content/x: ") + hint},
		{"no file", diag.Span{}, head("") + hint},
		{"a long line is cut", at(long+"KEY"+long, "KEY"),
			head("content/a.md:1:301: ") + "  …" + long[:40] + "KEY" + long[:116] + "…\n" +
				"  " + strings.Repeat(" ", 41) + "^^^\n" + hint},
		{"what a terminal would obey is shown", at("a\x1b[31m\u202eb\x7f\xff = 1", "b"),
			head("content/a.md:1:8: ") + "  a␛[31m�b␡� = 1\n         ^\n" + hint},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := diag.Text(&out, diag.List{diag.New(rule, c.span, "key", "KEY")}, diag.Style{}); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, out.String()); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func twice() diag.List {
	const text = "a = 1\na = 2\n"
	first := at(text, "a")
	second := first
	second.Start, second.End = 6, 7
	return diag.List{diag.Warn("document/duplicate-key", second, "key", "a").See(first)}
}

func TestTextRelated(t *testing.T) {
	for _, c := range []struct {
		style diag.Style
		want  string
	}{
		{diag.Style{Lang: "en"}, `content/a.md:2:1: warning: a is given twice [document/duplicate-key]
  a = 2
  ^
  hint: keep one of the two and delete the other
  note: content/a.md:1:1: first given here
`},
		{diag.Style{Lang: "ar"}, `content/a.md:2:1: تحذير: الحقل a مكتوب مرتين [document/duplicate-key]
  a = 2
  ^
  تلميح: أبقِ واحدًا منهما واحذف الآخر
  ملاحظة: content/a.md:1:1: كُتب أول مرة هنا
`},
		{diag.Style{Color: true}, "\x1b[1mcontent/a.md:2:1:\x1b[0m \x1b[1;33mwarning:\x1b[0m a is given twice [document/duplicate-key]\n" +
			"  a = 2\n  \x1b[1;32m^\x1b[0m\n" +
			"  \x1b[1;36mhint:\x1b[0m keep one of the two and delete the other\n" +
			"  \x1b[1;36mnote:\x1b[0m content/a.md:1:1: first given here\n"},
	} {
		var out bytes.Buffer
		if err := diag.Text(&out, twice(), c.style); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(c.want, out.String()); d != "" {
			t.Errorf("%+v (-want +got):\n%s", c.style, d)
		}
	}
}

func TestJSON(t *testing.T) {
	list := append(twice(),
		diag.New("document/bad-key", at("\ufeffé \"天\" = 1", "\"天\""), "key", "<天>").Fixed(diag.Edit{Start: 6, End: 11, Text: "t"}),
		diag.Notice("document/bad-key", diag.Span{Source: &diag.Source{Path: "content/x"}}, "key", "x"))
	var out bytes.Buffer
	if err := diag.JSON(&out, diag.Verdict{Own: list}, "en"); err != nil {
		t.Fatal(err)
	}
	const want = `{
  "version": 1,
  "errors": 1,
  "warnings": 1,
  "notes": 1,
  "problems": [
    {
      "rule": "document/duplicate-key",
      "severity": "warning",
      "message": "a is given twice",
      "path": "content/a.md",
      "line": 2,
      "column": 1,
      "endLine": 2,
      "endColumn": 2,
      "start": 6,
      "end": 7,
      "hint": "keep one of the two and delete the other",
      "related": [
        {
          "message": "first given here",
          "path": "content/a.md",
          "line": 1,
          "column": 1,
          "endLine": 1,
          "endColumn": 2,
          "start": 0,
          "end": 1
        }
      ]
    },
    {
      "rule": "document/bad-key",
      "severity": "error",
      "message": "<天> is not the name of a field",
      "path": "content/a.md",
      "line": 1,
      "column": 3,
      "endLine": 1,
      "endColumn": 6,
      "start": 6,
      "end": 11,
      "hint": "names are made of the letters a to z, digits, _ and -, without spaces",
      "fix": [
        {
          "line": 1,
          "column": 3,
          "endLine": 1,
          "endColumn": 6,
          "start": 6,
          "end": 11,
          "text": "t"
        }
      ]
    },
    {
      "rule": "document/bad-key",
      "severity": "note",
      "message": "x is not the name of a field",
      "path": "content/x",
      "hint": "names are made of the letters a to z, digits, _ and -, without spaces"
    }
  ]
}
`
	if d := cmp.Diff(want, out.String()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestJSONEmpty(t *testing.T) {
	var out bytes.Buffer
	if err := diag.JSON(&out, diag.Verdict{}, "en"); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `"problems": []`) {
		t.Errorf("an empty list is not an empty array:\n%s", out.String())
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteErrors(t *testing.T) {
	if err := diag.Text(broken{}, twice(), diag.Style{}); err == nil {
		t.Error("Text hides that it could not write")
	}
	if err := diag.JSON(broken{}, diag.Verdict{Own: twice()}, ""); err == nil {
		t.Error("JSON hides that it could not write")
	}
}

func TestPosition(t *testing.T) {
	src := &diag.Source{Text: []byte("\ufeffab\r\né天x\n")}
	for offset, want := range map[int]diag.Position{
		-1:  {1, 1},
		0:   {1, 1}, // the byte order mark has no column
		3:   {1, 1},
		5:   {1, 3}, // the carriage return
		7:   {2, 1},
		9:   {2, 2},
		12:  {2, 3},
		14:  {3, 1},
		999: {3, 1},
	} {
		if got := src.Position(offset); got != want {
			t.Errorf("Position(%d) = %v, want %v", offset, got, want)
		}
	}
}

func TestSorted(t *testing.T) {
	a, b := at("xy", "x"), at("xy", "y")
	b.Source = a.Source
	early := diag.Span{Source: &diag.Source{Path: "a"}}
	one, two := diag.New("document/bad-key", a, "key", 1), diag.New("document/bad-key", a, "key", 2)
	warn := diag.Warn("document/syntax", a)
	last := diag.New("document/syntax", b)
	first := diag.New("document/syntax", early)
	got := diag.List{last, warn, one, two, one, first}.Sorted()
	var text bytes.Buffer
	for _, l := range []diag.List{got, {first, one, two, warn, last}} {
		if err := diag.Text(&text, l, diag.Style{}); err != nil {
			t.Fatal(err)
		}
		text.WriteString("--\n")
	}
	parts := strings.Split(text.String(), "--\n")
	if d := cmp.Diff(parts[1], parts[0]); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
