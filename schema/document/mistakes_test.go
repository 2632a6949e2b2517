package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/diag"
	"fursa/schema/document"
)

// mistakes are texts with one mistake each, and what is said of it: the rule,
// the text that is pointed at, the message and the hint.
var mistakes = []struct {
	name, text                string
	rule, marked, say, advice string
}{
	{"no end quote", "title = \"Night sky\nkind = \"visit\"\n",
		"missing-quote", `"Night sky`, `the text that begins here has no end: " is missing`, `write " where the text ends`},
	{"no end of a multi-line text", "a = 1\nsummary = \"\"\"\nOne\nTwo\n",
		"missing-quote", `"""`, `the text that begins here has no end: """ is missing`, `write """ where the text ends`},
	{"no end quote in a key", "\"title = 1\n",
		"missing-quote", `"title = 1`, `the text that begins here has no end: " is missing`, `write " where the text ends`},
	{"smart quotes", "title = “Night sky”\n",
		"smart-quote", "“", `text stands between straight quotation marks "…", not “`, `delete the curly mark and type the straight " of the keyboard, before and after the text`},
	{"smart end quote", "title = \"Night sky”\n",
		"smart-quote", "”", `text stands between straight quotation marks "…", not ”`, `delete the curly mark and type the straight " of the keyboard, before and after the text`},
	{"Arabic quotes", "title = «سماء الليل»\n",
		"smart-quote", "«", `text stands between straight quotation marks "…", not «`, `delete the curly mark and type the straight " of the keyboard, before and after the text`},
	{"smart quotes in a list", "subjects = [“a”]\n",
		"smart-quote", "“", `text stands between straight quotation marks "…", not “`, `delete the curly mark and type the straight " of the keyboard, before and after the text`},
	{"no quotes", "title = Night sky # ours\n",
		"unquoted-text", "Night sky", `"Night sky" is text, and text stands between quotation marks`, `write "Night sky"`},
	{"no first quote", "title = Night sky\"\n",
		"unquoted-text", `Night sky"`, `"Night sky\"" is text, and text stands between quotation marks`, `write "Night sky"`},
	{"no quotes in a list", "subjects = [art, history]\n",
		"unquoted-text", "art", `"art" is text, and text stands between quotation marks`, `write "art"`},
	{"Arabic without quotes", "title = سماء الليل\n",
		"unquoted-text", "سماء الليل", `"سماء الليل" is text, and text stands between quotation marks`, `write "سماء الليل"`},
	{"a phone number", "phone = 4452 5555\n",
		"unquoted-text", "4452 5555", `"4452 5555" is text, and text stands between quotation marks`, `write "4452 5555"`},
	{"yes", "open = Yes\n",
		"unquoted-text", "Yes", `"Yes" is text, and text stands between quotation marks`, `write true in small letters, without quotation marks`},
	{"no value", "title =\nkind = \"visit\"\n",
		"missing-value", "title", "title has no value", "write the value on the same line after =, or delete the line"},
	{"no value at the end", "title = # later",
		"missing-value", "title", "title has no value", "write the value on the same line after =, or delete the line"},
	{"a list as in YAML", "subjects =\n  - art\n  - history\n",
		"missing-value", "subjects", "subjects has no value", `write the list after =, between brackets: subjects = ["first", "second"]`},
	{"no equals sign", "title \"Night sky\"\n",
		"missing-equals", "title", "there is no = after title", `each field is a line like name = "value"; a line that is only a remark begins with #`},
	{"a colon", "title: \"Night sky\"\n",
		"missing-equals", ":", "there is no = after title", `write = in the place of the colon, and text between quotation marks: title = "…"`},
	{"a colon in an inline table", "place = {name: \"x\"}\n",
		"missing-equals", ":", "there is no = after name", `write = in the place of the colon, and text between quotation marks: name = "…"`},
	{"a stray line", "title = \"x\"\nsee below\n",
		"missing-equals", "see", "there is no = after see", `each field is a line like name = "value"; a line that is only a remark begins with #`},
	{"a key with a space", "step free = true\n",
		"bad-key", "step free", `"step free" is not the name of a field`, "names are made of the letters a to z, digits, _ and -, without spaces"},
	{"an Arabic key", "العنوان = \"x\"\n",
		"bad-key", "العنوان", `"العنوان" is not the name of a field`, "names are made of the letters a to z, digits, _ and -, without spaces"},
	{"no key", "= 1\n",
		"bad-key", "= 1", `"= 1" is not the name of a field`, "names are made of the letters a to z, digits, _ and -, without spaces"},
	{"a key twice", "title = \"x\"\nkind = \"visit\"\ntitle = \"y\"\n",
		"duplicate-key", "title", "title is given twice", "keep one of the two and delete the other"},
	{"a key twice in an inline table", "x = {a = 1, a = 2}\n",
		"duplicate-key", "a", "a is given twice", "keep one of the two and delete the other"},
	{"a table twice", "[sessions]\na = 1\n[sessions]\na = 2\n",
		"duplicate-key", "sessions", "sessions is given twice", "for a list of several, write each with two brackets: [[sessions]]"},
	{"a list of tables after a table", "[sessions]\na = 1\n[[sessions]]\na = 2\n",
		"duplicate-key", "sessions", "sessions is given twice", "for a list of several, write each with two brackets: [[sessions]]"},
	{"a dotted table that has a value", "a.b = 1\na = 2\n",
		"duplicate-key", "a", "a is given twice", "keep one of the two and delete the other"},
	{"a dotted table that has a list", "a.b = 1\na = [2]\n",
		"duplicate-key", "a", "a is given twice", "keep one of the two and delete the other"},
	{"a value that has a table", "a = 1\n[a.b]\nc = 1\n",
		"duplicate-key", "a", "a is given twice", "keep one of the two and delete the other"},
	{"a list without an end", "subjects = [\"art\", \"history\"\ntitle = \"x\"\n",
		"missing-bracket", "[", "the bracket that opens here is never closed: ] is missing", "write ] after the last value"},
	{"a list without an end at the end", "subjects = [\"art\",\n",
		"missing-bracket", "[", "the bracket that opens here is never closed: ] is missing", "write ] after the last value"},
	{"a list without an end, before a table", "subjects = [\"art\",\n[place]\nname = \"x\"\n",
		"missing-bracket", "[", "the bracket that opens here is never closed: ] is missing", "write ] after the last value"},
	{"an inline table without an end", "place = {name = \"x\"",
		"missing-bracket", "{", "the bracket that opens here is never closed: } is missing", "write } after the last value"},
	{"a header without an end", "[[sessions]\nstart = 1\n",
		"missing-bracket", "[[sessions]", "the bracket that opens here is never closed: ]] is missing", "write ]] at the end of the name, on the same line"},
	{"no comma", "subjects = [\"art\" \"history\"]\n",
		"missing-comma", `"`, "a comma is missing between two values", "write , before this value"},
	{"an Arabic comma", "subjects = [\"art\"، \"history\"]\n",
		"missing-comma", "،", "a comma is missing between two values", "write the comma , in the place of ،"},
	{"two commas", "subjects = [\"art\",, \"history\"]\n",
		"extra-comma", ",", "this comma has no value before it", "delete it, or write a value before it"},
	{"text after the value", "title = \"x\" y\n",
		"text-after-value", "y", `"y" stands after the end of the value`, "delete it, move it to a line of its own, or write # before it to make it a remark"},
	{"quotes inside a text", "title = \"The \"best\" club\"\n",
		"text-after-value", `best" club"`, `"best\" club\"" stands after the end of the value`, `for a quotation mark inside a text write \" with a backslash before it`},
	{"a backslash", "path = \"C:\\data\"\n",
		"bad-escape", `\d`, `\d means nothing in a text: a backslash begins a special character`, `for a backslash write two: \\`},
	{"half a code", "path = \"\\u12\"\n",
		"bad-escape", `\u`, `\u means nothing in a text: a backslash begins a special character`, `for a backslash write two: \\`},
	{"no such day", "start = 2026-02-30\n",
		"no-such-date", "2026-02-30", "there is no day 2026-02-30", "that month ends with day 28: 2026-02-28"},
	{"no such day, with a time", "start = 2026-11-31T18:00:00\n",
		"no-such-date", "2026-11-31T18:00:00", "there is no day 2026-11-31", "that month ends with day 30: 2026-11-30"},
	{"no such month", "start = 2026-31-12\n",
		"no-such-date", "2026-31-12", "there is no day 2026-31-12", "a date is year-month-day, and the month is from 01 to 12"},
	{"a European date", "start = 31/12/2026\n",
		"date-order", "31/12/2026", "the date 31/12/2026 is not written as year-month-day", "write 2026-12-31"},
	{"an American date in a list", "except = [12/31/2026]\n",
		"date-order", "12/31/2026", "the date 12/31/2026 is not written as year-month-day", "write 2026-12-31"},
	{"either", "start = 05.06.26\n",
		"date-order", "05.06.26", "the date 05.06.26 is not written as year-month-day", "write 2026-06-05 or 2026-05-06: first the year, then the month, then the day"},
	{"no leading zero", "start = 2026-3-5\n",
		"date-order", "2026-3-5", "the date 2026-3-5 is not written as year-month-day", "write 2026-03-05"},
	{"an hour that is none", "start = 2026-03-05T24:30\n",
		"no-such-time", "2026-03-05T24:30", `"24:30" is not a time of day`, "write hours from 00 to 23 and minutes from 00 to 59, like 18:30"},
	{"an afternoon", "from = 6:30 pm\n",
		"no-such-time", "6:30 pm", `"6:30 pm" is not a time of day`, "write 18:30"},
	{"a morning without a zero", "from = 9:30\n",
		"no-such-time", "9:30", `"9:30" is not a time of day`, "write 09:30"},
	{"Arabic digits", "amount = ٢٥٫٥\n",
		"wrong-digits", "٢٥٫٥", "numbers and dates are written with the digits 0 to 9, not ٢٥٫٥", "write 25.5"},
	{"an Arabic date", "start = ٢٠٢٦-١٢-٣١\n",
		"wrong-digits", "٢٠٢٦-١٢-٣١", "numbers and dates are written with the digits 0 to 9, not ٢٠٢٦-١٢-٣١", "write 2026-12-31"},
	{"a decimal comma", "amount = 5,50\n",
		"number-comma", "5,50", "the number 5,50 has a comma", "write 5.50: a decimal point, and nothing between thousands"},
	{"thousands", "amount = 1,500\n",
		"number-comma", "1,500", "the number 1,500 has a comma", "write 1500 or 1.500: a decimal point, and nothing between thousands"},
	{"a leading zero", "postcode = 0123\n",
		"leading-zero", "0123", "the number 0123 begins with 0", `write 123; if it is not a quantity (a phone number, a postcode), write "0123"`},
	{"a no-break space", "title\u00a0= \"x\"\n",
		"invisible-character", "\u00a0", "there is an invisible character (U+00A0) outside quotation marks", "delete it, and type a plain space where one is needed"},
	{"a direction mark before a key", "\u200ftitle = \"x\"\n",
		"invisible-character", "\u200f", "there is an invisible character (U+200F) outside quotation marks", "delete it, and type a plain space where one is needed"},
	{"not finite", "amount = nan\n",
		"number-not-finite", "nan", "NaN is not a number that a field can have", "write a number in digits, or delete the line"},
	{"a hidden control", "a = [\"x\\u202e\"]\n",
		"bidi-control", `"x\u202e"`, "the invisible direction mark U+202E is not allowed", "delete it and type the text around it again; right-to-left text needs no mark of this kind"},
	{"a hidden control in a key", "\"x\\u0000\" = 1\n",
		"control-character", `"x\u0000"`, "the control character U+0000 is not allowed", "delete it and type the text around it again"},
	{"a bidi control", "title = \"a\u202eb\"\n",
		"bidi-control", "\u202e", "the invisible direction mark U+202E is not allowed", "delete it and type the text around it again; right-to-left text needs no mark of this kind"},
	{"a bidi isolate", "# \u2067\n",
		"bidi-control", "\u2067", "the invisible direction mark U+2067 is not allowed", "delete it and type the text around it again; right-to-left text needs no mark of this kind"},
	{"NUL", "a = 1\x00\n",
		"control-character", "\x00", "the control character U+0000 is not allowed", "delete it and type the text around it again"},
	{"a lone carriage return", "a = 1\rb = 2\n",
		"control-character", "\r", "the control character U+000D is not allowed", "delete it and type the text around it again"},
	{"what XML can't hold", "a = \"\uffff\"\n",
		"control-character", "\uffff", "the control character U+FFFF is not allowed", "delete it and type the text around it again"},
	{"not UTF-8", "title = \"caf\xe9\"\n",
		"not-utf8", "\xe9", "this file is not UTF-8 text: the byte 0xE9 here belongs to no character", "open it in your editor, choose «Save as» or «Save with encoding», and choose UTF-8"},
	{"much too deep", "a = " + strings.Repeat("[", 500_000),
		"too-deep", "[", "lists and tables are nested more than 100 deep here", "no field needs that: delete the brackets or dots that are too many"},
	{"much too long a key", strings.Repeat("a.", 250_000) + "a = 1",
		"too-deep", "a", "lists and tables are nested more than 100 deep here", "no field needs that: delete the brackets or dots that are too many"},
	{"something else", "amount = 99999999999999999999\n",
		"syntax", "99999999999999999999", "this line can't be read",
		"99999999999999999999 is larger than a number can be: write fewer digits; if it is not a quantity (a phone number, a postcode), put it between quotation marks"},
	{"front matter in TOML", "+++\ntitle = \"x\"\n+++\n",
		"front-matter-in-toml", "+++", "a .toml file has fields only, and no lines of +++", "delete the +++ lines, and any text below the second one"},
}

func check(t *testing.T, path, text string, want []string) {
	t.Helper()
	d, problems := document.Parse(source(path, text))
	if d != nil || len(problems) != 1 {
		t.Fatalf("%d problems, document %v", len(problems), d)
	}
	p := problems[0]
	got := []string{
		strings.TrimPrefix(p.Rule, "document/"), string(p.Span.Source.Text[p.Span.Start:p.Span.End]), p.Message("en"), p.Hint("en"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, lang := range diag.Languages {
		if left := p.Message(lang) + p.Hint(lang); p.Severity != diag.Error || placeholder(left) {
			t.Errorf("%v in %s: %s", p.Severity, lang, left)
		}
	}
}

// placeholder says whether a message still has a {place} for a value.
func placeholder(s string) bool {
	_, after, found := strings.Cut(s, "{")
	name, _, closed := strings.Cut(after, "}")
	return found && closed && name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz") == ""
}

func TestMistakes(t *testing.T) {
	for _, c := range mistakes {
		t.Run(c.name, func(t *testing.T) {
			check(t, "a.toml", c.text, []string{c.rule, c.marked, c.say, c.advice})
		})
	}
}

func TestFrontMatterMistakes(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"none", "# Night sky\n\nCome\n", []string{"no-front-matter", "# Night sky", "a .md file begins with its fields, between two lines of +++",
			`write +++ on the first line, then the fields (title = "…"), then +++ again, then the text`}},
		{"empty", "", []string{"no-front-matter", "", "a .md file begins with its fields, between two lines of +++",
			`write +++ on the first line, then the fields (title = "…"), then +++ again, then the text`}},
		{"YAML", "---\ntitle: x\n---\n", []string{"yaml-front-matter", "---", "the fields stand between lines of ---, which is YAML; here they are TOML, between lines of +++",
			`change both --- lines to +++, and each «name: value» to name = "value"`}},
		{"no end", "+++\ntitle = \"x\"\n\nHello\n", []string{"unclosed-front-matter", "+++", "the fields that begin here have no end: a second line of +++ is missing",
			"write +++ on a line of its own after the last field, before the text"}},
		{"another end", "+++\ntitle = \"x\"\n++++\nHello\n", []string{"unclosed-front-matter", "++++", "the fields that begin here have no end: a second line of +++ is missing",
			"this line looks like their end: it must be exactly +++"}},
		{"the place in the file", "\ufeff+++\r\na = 1\r\nb = x\r\n+++\r\n", []string{"unquoted-text", "x", `"x" is text, and text stands between quotation marks`,
			`write "x"`}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, "a.md", c.text, c.want) })
	}
}

func TestRelatedPlaces(t *testing.T) {
	_, problems := document.Parse(source("a.toml", "b = 1\nx.a = 1\nx.a = 2\n"))
	if len(problems) != 1 || len(problems[0].Related) != 1 {
		t.Fatalf("got %v", problems)
	}
	if got := problems[0].Related[0].Span.Source.Position(problems[0].Related[0].Span.Start); got != (diag.Position{Line: 2, Column: 3}) {
		t.Errorf("the first of the two is at %v", got)
	}
}

// TestEveryRefusedCharacter: all of them are said in one run.
func TestEveryRefusedCharacter(t *testing.T) {
	_, problems := document.Parse(source("a.md", "+++\na = \"\u202a\"\n+++\n\x07 \u2069 \u0085\n"))
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprint(p.Rule, " ", p.Span.Start))
	}
	want := []string{"document/bidi-control 9", "document/control-character 18", "document/bidi-control 20", "document/control-character 24"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAllowedCharacters: Arabic and Persian need these marks.
func TestAllowedCharacters(t *testing.T) {
	parse(t, "a.md", "+++\na = \"\u200c\u200d\u200e\u200f\u061c\tx\"\n+++\n\u200e \u00a0 “”\n")
}

// TestRulesAreTested: each rule has a text that breaks it.
func TestRulesAreTested(t *testing.T) {
	tested := map[string]bool{"no-front-matter": true, "yaml-front-matter": true, "unclosed-front-matter": true}
	for _, c := range mistakes {
		tested[c.rule] = true
	}
	for _, rule := range diag.Rules() {
		if name, ours := strings.CutPrefix(rule, "document/"); ours && !tested[name] {
			t.Errorf("no text breaks %s", rule)
		}
	}
}
