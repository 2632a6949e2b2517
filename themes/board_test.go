package themes_test

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/robertkrimen/otto/parser"

	"fursa/generator/plan"
	"fursa/schema"
	"fursa/themes"
)

// The script of boards is ES5, as a parser that knows nothing newer reads it.
func TestBoardScriptIsES5(t *testing.T) {
	script, list := whole(t).BoardScript()
	if len(list) > 0 {
		t.Fatal(places(list))
	}
	if _, err := parser.ParseFile(nil, "board.js", script, 0); err != nil {
		t.Error(err)
	}
	if _, err := parser.ParseFile(nil, "new.js", "var f = () => 1", 0); err == nil {
		t.Error("the parser reads what is newer")
	}
	if n := zipped(t, script); n > 3<<10 {
		t.Errorf("it has %d bytes, compressed", n)
	}
}

// What can't be said in ES5 is a mistake in the theme.
func TestBoardScriptMustBeES5(t *testing.T) {
	theme, _ := load(t, map[string]string{"scripts/board.ts": "const a = [1]\nfor (const b of a) console.log(b)\n"})
	script, list := theme.BoardScript()
	if script != nil || len(list) == 0 || list[0].Rule != "theme/script" {
		t.Errorf("%s\n%q", script, places(list))
	}
}

// ancientProperties are all properties of the boards' style sheet. Chrome 49 and Safari 9
// know them, but for those that may be absent: forced-color-adjust.
var ancientProperties = strings.Fields(`align-items background border-radius bottom box-sizing clip color content cursor display fill
	flex flex-direction font-family font-size font-weight forced-color-adjust height justify-content left line-height
	margin margin-left margin-right margin-top max-height max-width min-height min-width opacity order overflow overflow-wrap
	padding padding-bottom padding-left padding-right padding-top position right shape-rendering stroke stroke-linecap
	stroke-linejoin stroke-width text-align text-overflow top transition visibility white-space width word-wrap`)

var (
	comments     = regexp.MustCompile(`(?s)/\*.*?\*/`)
	ruleOf       = regexp.MustCompile(`([^{}]+)\{([^{}]*)\}`)
	knownMedia   = regexp.MustCompile(`^@media (\((max|min)-aspect-ratio: \d/\d\)( and )?)+$|^@media \(prefers-reduced-motion: reduce\)$`)
	newSelector  = regexp.MustCompile(`:(is|where|has|focus-visible|dir)\b|:not\([^)]*[ ,]`)
	newValue     = regexp.MustCompile(`\b(clamp|min|max|oklch|oklab|color-mix|env|lab|lch)\(|#[0-9a-fA-F]{8}\b|\b[\d.]+(dvh|svh|lvh|dvw|vi|vb|cqw|lh|rlh|ch)\b|\b(grid|contents|flow-root|inset|revert|unset)\b`)
	unprefixable = []string{"-webkit-box-orient", "-webkit-line-clamp", "-webkit-text-size-adjust"}
)

// The style sheet of boards uses nothing that browsers of 2016 lack; each
// custom property has a plain value before it. The sheet that is made of it
// keeps both.
func TestBoardSheetIsOld(t *testing.T) {
	theme := whole(t)
	text := comments.ReplaceAllString(source(t, "styles/board/board.css"), "")
	for _, m := range regexp.MustCompile(`@[^{;]+`).FindAllString(text, -1) {
		if !knownMedia.MatchString(strings.TrimSpace(m)) {
			t.Errorf("old browsers don't know %s", m)
		}
	}
	fallbacks := 0
	for _, m := range ruleOf.FindAllStringSubmatch(text, -1) {
		if s := newSelector.FindString(m[1]); s != "" {
			t.Errorf("%s: %s is new", strings.TrimSpace(m[1]), s)
		}
		before := ""
		for d := range strings.SplitSeq(m[2], ";") {
			property, value, _ := strings.Cut(strings.TrimSpace(d), ":")
			if property == "" {
				continue
			}
			plain := strings.TrimPrefix(property, "-webkit-")
			if !slices.Contains(ancientProperties, plain) && !slices.Contains(unprefixable, property) {
				t.Errorf("%s: is %s old?", strings.TrimSpace(m[1]), property)
			}
			if strings.Contains(value, "var(") {
				fallbacks++
				if before != property {
					t.Errorf("%s: there is no plain %s before %s", strings.TrimSpace(m[1]), property, value)
				}
			} else if v := newValue.FindString(value); v != "" {
				t.Errorf("%s: %s is new", strings.TrimSpace(m[1]), v)
			}
			before = property
		}
	}
	if fallbacks == 0 {
		t.Error("no colour is the catalogue's")
	}
	sheet, list := theme.BoardSheet(plan.BoardLook(schema.Catalogue{}, "/"))
	if len(list) > 0 {
		t.Fatal(places(list))
	}
	if n := strings.Count(string(sheet), "var("); n != fallbacks {
		t.Errorf("%d colours are left of %d", n, fallbacks)
	}
	for _, kept := range []string{"background:#0b4a53;background:var(--deep, #0b4a53)", "-webkit-box-orient:vertical", ".s-12{"} {
		if !strings.Contains(string(sheet), kept) {
			t.Errorf("the sheet has no %s", kept)
		}
	}
	if v := regexp.MustCompile(`inset:|inset-|:is\(|@layer|oklch|#[0-9a-f]{8}\b|@supports`).Find(sheet); v != nil {
		t.Errorf("the sheet has %s", v)
	}
	if n := zipped(t, sheet); n > 3<<10 {
		t.Errorf("it has %d bytes, compressed", n)
	}
}

// source is a file of the default theme.
func source(t *testing.T, name string) string {
	t.Helper()
	text, err := fs.ReadFile(themes.Default(), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// zipped is how many bytes of a text are sent.
func zipped(t *testing.T, text []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(text)
	if err := w.Close(); err != nil || len(text) == 0 {
		t.Fatalf("%d bytes: %v", len(text), err)
	}
	return b.Len()
}
