package generator_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fursa/generator"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// Nine in ten broken files of the suite are valid once somebody has done what
// the message says: made its correction, or else, reading the hint literally,
// written one of the values or lines that it shows, or taken away the place
// that it points at.
func TestHintsMend(t *testing.T) {
	var left []string
	alone, v := cases(t, "invalid/*"), schema.NewValidator()
	for _, file := range alone {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !mends(text, func(text []byte) diag.List { return problemsOf(t, v, file, text) }) {
			left = append(left, filepath.Base(file))
		}
	}
	laidOver, b := cases(t, "invalid-in-catalogue/*"), generator.NewBuilder()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range laidOver {
		t.Chdir(root)
		dir, file := laid(t, name), ""
		err := filepath.WalkDir(name, func(path string, entry os.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				file, err = filepath.Rel(name, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if !mendsIn(t, b, dir, file) {
			left = append(left, filepath.Base(name))
		}
	}
	all := len(alone) + len(laidOver)
	t.Logf("%d of %d are mended; not: %s", all-len(left), all, strings.Join(left, ", "))
	if 10*len(left) > all {
		t.Errorf("of %d files %d stay broken: %s", all, len(left), strings.Join(left, ", "))
	}
}

// mendsIn is mends for a file of a content folder, which may be renamed or
// deleted too.
func mendsIn(t *testing.T, b *generator.Builder, dir, file string) bool {
	t.Helper()
	full := filepath.Join(dir, file)
	text, err := os.ReadFile(full)
	if err != nil {
		t.Fatal(err)
	}
	if mends(text, func(text []byte) diag.List {
		if err := os.WriteFile(full, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return checkIn(t, b, dir)
	}) {
		return true
	}
	if err := os.WriteFile(full, text, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, d := range checkIn(t, b, dir) {
		hint := d.Hint("en")
		if m := renames.FindStringSubmatch(hint); m != nil {
			err = os.Rename(full, filepath.Join(filepath.Dir(full), m[1]))
		} else if m := folders.FindStringSubmatch(hint); m != nil {
			to := strings.Replace(full, filepath.Base(filepath.Dir(full)), m[1], 1)
			if d.Rule == "content/unknown-vocabulary" {
				to = filepath.Join(filepath.Dir(full), m[1]+filepath.Ext(full))
			}
			err = errorsOf(os.MkdirAll(filepath.Dir(to), 0o755), os.Rename(full, to))
			_ = os.Remove(filepath.Dir(full)) // if it is empty now
		} else if takesAway.MatchString(hint) {
			err = os.Remove(full)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return sound(checkIn(t, b, dir))
}

func errorsOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

var (
	renames   = regexp.MustCompile(`rename it to ([a-z0-9.-]+\.[a-z]+)`)
	folders   = regexp.MustCompile(`did you mean (?:the folder )?"?([a-z]+)"?\?`)
	takesAway = regexp.MustCompile(`\b(remove|delete|leave it out|leave the line out|leave the end out|leave one|keep|move it out)\b`)
	lines     = regexp.MustCompile(`[a-z_]+ = (\[[^\]]*\]|\{[^}]*\}|"[^"]*"|[^\s,;]+)`)
	values    = regexp.MustCompile(`[^a-z]`)
	headers   = regexp.MustCompile(`\[\[[a-z_]+\]\]`)
	entries   = regexp.MustCompile(`, [a-z_]+ = [^ ,{}\[\]]+`)
	quotedBit = regexp.MustCompile(`"[^"]*"`)
)

// sound says whether a list has nothing but notes.
func sound(list diag.List) bool {
	return list.Count(diag.Error)+list.Count(diag.Warning) == 0
}

// mends says whether one of the texts that the first problem of a text asks
// for is sound.
func mends(text []byte, check func([]byte) diag.List) bool {
	list := check(text)
	if sound(list) {
		return true
	}
	for range 20 {
		if len(list) == 0 || list[0].Fix == nil {
			break
		}
		text = diag.Apply(text, []diag.Fix{list[0].Fix})
		list = check(text)
	}
	if sound(list) {
		return true
	}
	return slices.ContainsFunc(asked(list[0], text), func(text []byte) bool { return sound(check(text)) })
}

// asked are the texts that somebody might make of a file who does what a
// problem's hint says.
func asked(d diag.Diagnostic, text []byte) [][]byte {
	var all [][]byte
	edit := func(start, end int, with string) {
		all = append(all, diag.Apply(text, []diag.Fix{{{Start: start, End: end, Text: with}}}))
	}
	hint, start, end := d.Hint("en"), d.Span.Start, d.Span.End
	from := bytes.LastIndexByte(text[:start], '\n') + 1
	to := len(text)
	if i := bytes.IndexByte(text[end:], '\n'); i >= 0 {
		to = end + i + 1
	}
	first := 0
	if bytes.HasPrefix(text, []byte("+++\n")) {
		first = len("+++\n")
	}
	for _, line := range lines.FindAllString(hint, -1) {
		edit(from, to, line+"\n")
		edit(first, first, line+"\n")
		edit(to, to, line+"\n")
		if _, value, ok := strings.Cut(line, " = "); ok {
			edit(start, end, value)
		}
	}
	for _, word := range append(quotedBit.FindAllString(hint, -1), strings.Fields(hint)...) {
		word = strings.TrimRight(word, ":;,.?)")
		if !values.MatchString(word) {
			continue
		}
		edit(start, end, word)
		edit(start, end, strconv.Quote(word))
		edit(start, end, strings.Trim(word, `"`))
		edit(end, end, word)
		edit(start, start, word)
		edit(from, from, word+"\n")
		edit(to-1, to-1, word)
	}
	for _, header := range headers.FindAllString(hint, -1) {
		if len(d.Related) > 0 {
			other := d.Related[0].Span
			fix := diag.Fix{{Start: other.Start - 1, End: other.End + 1, Text: header}, {Start: start - 1, End: end + 1, Text: header}}
			all = append(all, diag.Apply(text, []diag.Fix{fix}))
		}
	}
	if strings.Contains(hint, "wrong way round") {
		other := d.Related[0].Span
		all = append(all, diag.Apply(text, []diag.Fix{{
			{Start: start, End: end, Text: string(text[other.Start:other.End])},
			{Start: other.Start, End: other.End, Text: string(text[start:end])},
		}}))
	}
	if takesAway.MatchString(hint) {
		edit(from, to, "")
		edit(start, end, "")
		for _, part := range quotedBit.FindAllString(d.Message("en"), -1) {
			all = append(all, bytes.Replace(text, []byte(";"+strings.Trim(part, `"`)), nil, 1))
		}
		for _, entry := range entries.FindAllIndex(text[from:to], -1) {
			edit(from+entry[0], from+entry[1], "")
		}
		for _, r := range d.Related {
			edit(r.Span.Start, r.Span.End, "")
		}
	}
	return all
}

// problemsOf is all that is wrong with a file by itself, in a catalogue of
// Doha.
func problemsOf(t *testing.T, v *schema.Validator, file string, text []byte) diag.List {
	t.Helper()
	parts := strings.Split(filepath.Base(file), ".")
	kind, lang := schema.Kind(parts[1]), ""
	if len(parts) == 4 {
		lang = parts[2]
	}
	d, list := document.Parse(&diag.Source{Path: file, Text: text})
	if d == nil {
		return list
	}
	list = v.Check(kind, lang, d)
	if kind == schema.KindOpportunity && lang == "" && list == nil {
		o, err := schema.Decode[schema.Opportunity](d.Value)
		if err != nil {
			t.Fatal(err)
		}
		zone, err := time.LoadLocation("Asia/Qatar")
		if err != nil {
			t.Fatal(err)
		}
		list = v.Times(o, d, zone)
	}
	return list.Sorted()
}
