package themes_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/diag"
	"fursa/themes"
)

// places are the problems of a list, each with its severity, file, line and
// column.
func places(list diag.List) []string {
	var all []string
	for _, d := range list {
		file, line, column := "", 0, 0
		if src := d.Span.Source; src != nil {
			p := src.Position(d.Span.Start)
			file, line, column = src.Path, p.Line, p.Column
		}
		all = append(all, fmt.Sprintf("%s %s %s:%d:%d %s", d.Severity, d.Rule, file, line, column, d.Args[0].Value))
	}
	return all
}

// entries replaces the entry points that pages load by one that says hello.
func entries(site string, more map[string]string) map[string]string {
	files := map[string]string{"scripts/site.ts": site}
	for _, name := range []string{"saved", "search", "search-filters", "message", "channel", "embed", "embed-how", "board-search", "submit", "submit-check", "worker"} {
		files["scripts/"+name+".ts"] = ""
	}
	for name, text := range more {
		files[name] = text
	}
	return files
}

func TestBundle(t *testing.T) {
	theme, _ := load(t, entries(
		"import { hello } from './hello'\nimport { words } from './words'\nhello(words.name ?? '')",
		map[string]string{"scripts/hello.ts": "export function hello(to: string): void { document.title = `hello ${to}` }"}))
	words := map[string]string{"z": "</script>", "name": "«أ»", "a": "b"}
	bundle, list := theme.Bundle(words)
	if len(list) > 0 {
		t.Fatal(places(list))
	}
	want := "\"use strict\";(()=>{function o(e){document.title=`hello ${e}`}var t={a:\"b\",name:\"«أ»\",z:\"<\\/script>\"};o(t.name??\"\");})();\n"
	if diff := cmp.Diff(want, string(bundle["site"])); diff != "" {
		t.Error(diff)
	}
	again, _ := theme.Bundle(words)
	if diff := cmp.Diff(bundle, again); diff != "" {
		t.Error(diff)
	}
}

// Whatever a script imports must be one of the theme's scripts.
func TestScriptProblemsAreTold(t *testing.T) {
	theme, _ := load(t, entries("export const a: number = 1\nimport '../../../etc/passwd'\nimport 'https://cdn.example/x.js'\nimport 'react'\nimport './hello'", map[string]string{
		"scripts/hello.ts": "// two lines\nlet é = 'è' let\n",
	}))
	bundle, list := theme.Bundle(nil)
	want := []string{
		`error theme/script mine/scripts/hello.ts:2:13 Expected ";" but found "let"`,
		`error theme/script mine/scripts/site.ts:2:8 the theme has no file "../../etc/passwd.ts"`,
		`error theme/script mine/scripts/site.ts:3:8 the theme has no file "scripts/https:/cdn.example/x.js"`,
		`error theme/script mine/scripts/site.ts:4:8 the theme has no file "scripts/react.ts"`,
	}
	if diff := cmp.Diff(want, places(list)); diff != "" {
		t.Error(diff)
	}
	if len(bundle) > 0 {
		t.Error("there is a bundle")
	}
}

// styles are the style files of a theme that has no others.
func styles(more map[string]string) map[string]string {
	files := map[string]string{}
	for _, name := range defaults("styles/*.css") {
		files[name] = ""
	}
	for name, text := range more {
		files["styles/"+name] = text
	}
	return files
}

func TestStyleSheet(t *testing.T) {
	theme, _ := load(t, styles(map[string]string{
		"zz.css": "a { inset-inline: 0; color: oklch(60% 0.1 200); &:hover { color: red } }",
		"aa.css": "b { background: url(data:image/png;base64,AAAA) }\nc::before { content: 'ق'; mask: url(../images/x.svg#y) }",
	}))
	sheet, list := theme.StyleSheet(":root { --accent: teal }")
	if len(list) > 0 {
		t.Fatal(places(list))
	}
	want := `b{background:url(data:image/png;base64,AAAA)}c:before{content:"ق";-webkit-mask:url(../images/x.svg#y);mask:url(../images/x.svg#y)}` +
		`a{inset-inline:0;color:#0d9298}a:hover{color:red}:root{--accent: teal }` + "\n"
	if diff := cmp.Diff(want, string(sheet)); diff != "" {
		t.Error(diff)
	}
}

func TestStyleProblemsAreTold(t *testing.T) {
	theme, _ := load(t, styles(map[string]string{
		"aa.css": "a { color: teal }\n",
		"zz.css": "\n/* أب */ a { colour: red }\nb { color }\n@import 'https://fonts.example/x.css';\nc { background: url(https://cdn.example/x.png) }",
	}))
	_, list := theme.StyleSheet("d {")
	want := []string{
		`warning theme/style :0:0 Expected "}" to go with "{"`,
		`warning theme/style mine/styles/zz.css:3:10 Expected ":"`,
		`warning theme/style mine/styles/zz.css:4:1 All "@import" rules must come first`,
		`error theme/style mine/styles/zz.css:5:17 "https://cdn.example/x.png" is on another site, and pages load nothing from there`,
	}
	if diff := cmp.Diff(want, places(list)); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkBundle(b *testing.B) {
	theme := whole(b)
	words := messages(b, "ar")
	for b.Loop() {
		bundle, list := theme.Bundle(words)
		if len(list) > 0 {
			b.Fatal(places(list))
		}
		b.ReportMetric(float64(len(bundle["site"])), "bytes/site")
	}
}

func BenchmarkStyleSheet(b *testing.B) {
	theme := whole(b)
	for b.Loop() {
		if _, list := theme.StyleSheet(""); len(list) > 0 {
			b.Fatal(places(list))
		}
	}
}

// Pages load it first: 9 KB with a language's words, and My list 5 KB; search
// 10 KB, and its filters 5 KB where they are asked for; 7 KB with what makes a
// channel of them. An embed loads nothing but its 12 KB. The form has 5 KB, and
// 13 KB of checks when it is there.
func TestScriptsAreSmall(t *testing.T) {
	bundle, list := whole(t).Bundle(messages(t, "ar"))
	if len(list) > 0 {
		t.Fatal(places(list))
	}
	for name, limit := range map[string]int{"site": 9 << 10, "saved": 5 << 10, "search": 10240, "search-filters": 5 << 10, "message": 3 << 10, "channel": 7 << 10, "embed": 12 << 10, "embed-how": 1 << 10, "submit": 5 << 10, "submit-check": 13 << 10, "board-search": 10 << 10} {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write(bundle[name])
		_ = w.Close()
		t.Logf("%s: %d bytes, %d compressed", name, len(bundle[name]), b.Len())
		if b.Len() > limit || b.Len() == 0 {
			t.Errorf("%s has %d bytes compressed; at most %d", name, b.Len(), limit)
		}
	}
}

// said are the words that scripts say by their whole keys, counted those of
// which they add the plural form of a number to the beginning.
var (
	said    = regexp.MustCompile(`(?:\bsay\(|\bwords\[)"([a-z.-]+)"`)
	counted = regexp.MustCompile("\\bwords\\[`([a-z.-]+-)\\$\\{[^`]*plurals\\.select\\([^`]*\\}`\\]")
	either  = regexp.MustCompile(`\bsay\([a-z]+ \? "([a-z.-]+)" : "([a-z.-]+)"`)
)

// plurals are the forms that a number can ask for in some language (CLDR), and
// so in the words of all.
var plurals = []string{"zero", "one", "two", "few", "many", "other"}

// Each word that a script says is there, and each that is there is said.
func TestScriptsHaveTheirWords(t *testing.T) {
	var scripts strings.Builder
	for _, name := range defaults("scripts/*.ts") {
		text, err := fs.ReadFile(themes.Default(), name)
		if err != nil {
			t.Fatal(err)
		}
		scripts.Write(text)
	}
	asked := map[string]bool{}
	for _, m := range said.FindAllStringSubmatch(scripts.String(), -1) {
		asked[m[1]] = true
	}
	for _, m := range either.FindAllStringSubmatch(scripts.String(), -1) {
		asked[m[1]], asked[m[2]] = true, true
	}
	for _, m := range counted.FindAllStringSubmatch(scripts.String(), -1) {
		for _, form := range plurals {
			asked[m[1]+form] = true
		}
	}
	for _, lang := range []string{"en", "ar"} {
		words := map[string]bool{}
		for key := range messages(t, lang) {
			words[key] = true
		}
		if diff := cmp.Diff(asked, words); diff != "" {
			t.Errorf("%s (-asked for +there):\n%s", lang, diff)
		}
	}
}
