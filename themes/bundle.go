package themes

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"fursa/schema/diag"
)

// Bundle is the scripts of a site in one language: minified ES2021 by the
// names of their entry points, each whole, without imports, and good both as a
// module and as a classic script.
type Bundle map[string][]byte

// entryPoints are the scripts that pages load, scripts/<name>.ts, as far as
// the theme has them. Other scripts are there to be imported by these.
var entryPoints = []string{"site", "saved", "search", "search-filters", "message", "channel", "embed", "embed-how", "board-search", "submit", "submit-check", "worker"}

// The names by which esbuild knows what is no file: who asks for the style
// files and their order, the catalogue's own look, the words of a language.
const (
	stylesEntry = "all.css"
	boardEntry  = "scripts/board.ts"
	extraStyles = "extra.css"
	wordsModule = "scripts/words.ts"
)

// engines are the oldest browsers that styles are made for.
var engines = []api.Engine{
	{Name: api.EngineChrome, Version: "90"},
	{Name: api.EngineFirefox, Version: "90"},
	{Name: api.EngineSafari, Version: "14"},
}

// screens are the oldest browsers that styles of boards are made for: those of
// screens on walls, which nobody updates.
var screens = []api.Engine{
	{Name: api.EngineChrome, Version: "49"},
	{Name: api.EngineFirefox, Version: "45"},
	{Name: api.EngineSafari, Version: "9"},
}

// Bundle makes the theme's scripts with the words of a language in them:
// scripts import the map as words from "./words". A script that does not work
// is an error theme/script; then there is no bundle.
func (t *Theme) Bundle(words map[string]string) (Bundle, diag.List) {
	text, err := json.Marshal(words) // sorts the keys
	if err != nil {
		panic(err) // maps of strings can be written
	}
	s := sources{files: t.files, assets: t.assets, virtual: map[string]string{wordsModule: "export const words = " + string(text)}}
	o := options()
	o.Format, o.Target = api.FormatIIFE, api.ES2021
	for _, name := range entryPoints {
		if file := "scripts/" + name + ".ts"; t.files[file] != nil {
			o.EntryPoints = append(o.EntryPoints, file)
		}
	}
	outputs, list := s.build(o, "theme/script")
	bundle := Bundle{}
	for name, text := range outputs {
		bundle[strings.TrimSuffix(name, ".js")] = text
	}
	return bundle, list
}

// Module is the search for other sites: an ES module without imports, which has
// no words and stands at a fixed address, and the types of what it exports.
type Module struct{ Script, Types []byte }

// The entry points of what other sites load, and the module's types.
const (
	moduleEntry  = "scripts/api.ts"
	moduleTypes  = "scripts/search/types.d.ts"
	elementEntry = "scripts/embed-element.ts"
)

// SearchModule makes the theme's search for other sites. A script that does not
// work is an error theme/script; then there is no module.
func (t *Theme) SearchModule() (Module, diag.List) {
	script, list := t.foreign(moduleEntry, api.FormatESModule)
	return Module{script, t.files[moduleTypes].Text}, list
}

// EmbedElement makes the theme's script for other sites that defines the
// element <fursa-embed>: a classic script, which other sites may load whatever
// their host says, at a fixed address. Problems are as in SearchModule.
func (t *Theme) EmbedElement() ([]byte, diag.List) { return t.foreign(elementEntry, api.FormatIIFE) }

// foreign is a script for other sites: without imports, and without words.
func (t *Theme) foreign(entry string, format api.Format) ([]byte, diag.List) {
	o := options()
	o.Format, o.Target, o.EntryPoints = format, api.ES2020, []string{entry}
	outputs, list := sources{files: t.files, assets: t.assets}.build(o, "theme/script")
	return outputs[strings.TrimSuffix(path.Base(entry), ".ts")+".js"], list
}

// BoardScript is the script of boards, scripts/board.ts with what it imports: a
// classic script in ES5, without words. A script that does not work, or that
// can't be said in ES5, is an error theme/script; then there is none.
func (t *Theme) BoardScript() ([]byte, diag.List) {
	o := options()
	o.Format, o.Target = api.FormatIIFE, api.ES5
	o.EntryPoints = []string{boardEntry}
	outputs, list := sources{files: t.files, assets: t.assets}.build(o, "theme/script")
	return outputs["board.js"], list
}

// BoardSheet is the style sheet of boards, styles/board/*.css, made as
// StyleSheet is, for browsers of 2016.
func (t *Theme) BoardSheet(extra string) ([]byte, diag.List) {
	return t.sheet("styles/board", screens, extra)
}

// MoreSheet is the style sheet that a few pages have besides StyleSheet,
// styles/more/*.css: those that few people open, so that all others need not
// wait for it.
func (t *Theme) MoreSheet() ([]byte, diag.List) { return t.sheet("styles/more", engines, "") }

// StyleSheet is the theme's style files in the order of their names, and extra
// after them, minified, and put so that browsers of 2021 understand what can
// be said in their terms. What browsers would skip is a warning theme/style.
func (t *Theme) StyleSheet(extra string) ([]byte, diag.List) {
	return t.sheet("styles", engines, extra)
}

// sheet joins the style files of a folder, for some browsers.
func (t *Theme) sheet(folder string, engines []api.Engine, extra string) ([]byte, diag.List) {
	var imports strings.Builder
	for _, file := range slices.Sorted(maps.Keys(t.files)) {
		if path.Dir(file) == folder && path.Ext(file) == ".css" {
			fmt.Fprintf(&imports, "@import %q;\n", "./"+file)
		}
	}
	fmt.Fprintf(&imports, "@import %q;\n", "./"+extraStyles)
	s := sources{files: t.files, assets: t.assets, virtual: map[string]string{stylesEntry: imports.String(), extraStyles: extra}}
	o := options()
	o.EntryPoints, o.Engines = []string{stylesEntry}, engines
	outputs, list := s.build(o, "theme/style")
	return outputs[stylesEntry], list
}

// options are those of scripts and styles both.
func options() api.BuildOptions {
	return api.BuildOptions{
		Bundle: true, MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsNone,
		Outdir: ".", EntryNames: "[name]", // nothing is written: see Write
		TsconfigRaw: `{"compilerOptions":{"strict":true,"useDefineForClassFields":false}}`, // else it looks for a file
		LogLevel:    api.LogLevelSilent,
	}
}

// sources are all that a build can read.
type sources struct {
	files   map[string]*diag.Source
	assets  map[string]Asset
	virtual map[string]string
}

// build is what esbuild makes, by file name, and what it says of it.
func (s sources) build(o api.BuildOptions, rule string) (map[string][]byte, diag.List) {
	o.Plugins = []api.Plugin{{Name: "theme", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: ".*"}, s.resolve)
		b.OnLoad(api.OnLoadOptions{Filter: ".*"}, s.load)
	}}}
	result := api.Build(o)
	outputs := map[string][]byte{}
	for _, f := range result.OutputFiles {
		outputs[filepath.Base(f.Path)] = f.Contents
	}
	var list diag.List
	for _, m := range result.Errors {
		list = append(list, diag.New(rule, s.span(m.Location), "problem", m.Text))
	}
	for _, m := range result.Warnings {
		list = append(list, diag.Warn(rule, s.span(m.Location), "problem", m.Text))
	}
	return outputs, list.Sorted()
}

// namespace keeps esbuild from taking a file for one on the disk.
const namespace = "theme"

// resolve finds what a file imports, by name in the theme and nowhere else.
// Addresses in styles stay as they are; those of other sites are refused,
// since pages forbid browsers to ask there.
func (s sources) resolve(a api.OnResolveArgs) (api.OnResolveResult, error) {
	if a.Kind == api.ResolveCSSURLToken {
		if strings.Contains(a.Path, "//") && !strings.HasPrefix(a.Path, "data:") {
			return api.OnResolveResult{}, fmt.Errorf("%q is on another site, and pages load nothing from there", a.Path)
		}
		return s.address(a.Path)
	}
	file := a.Path
	if a.Kind != api.ResolveEntryPoint {
		file = path.Join(path.Dir(a.Importer), a.Path)
	}
	if path.Ext(file) == "" {
		file += ".ts"
	}
	if _, ok := s.text(file); !ok {
		return api.OnResolveResult{}, fmt.Errorf("the theme has no file %q", file)
	}
	return api.OnResolveResult{Path: file, Namespace: namespace}, nil
}

// address is an address in a style. The theme's assets have other names on the
// site, where the style sheet stands beside them.
func (s sources) address(raw string) (api.OnResolveResult, error) {
	name, isAsset := strings.CutPrefix(raw, "../assets/")
	if !isAsset {
		return api.OnResolveResult{Path: raw, External: true}, nil
	}
	asset, ok := s.assets[name]
	if !ok {
		return api.OnResolveResult{}, fmt.Errorf("the theme has no asset %q", name)
	}
	return api.OnResolveResult{Path: asset.File, External: true}, nil
}

func (s sources) load(a api.OnLoadArgs) (api.OnLoadResult, error) {
	text, ok := s.text(a.Path)
	if !ok {
		return api.OnLoadResult{}, fmt.Errorf("the theme has no file %q", a.Path)
	}
	loader := api.LoaderTS
	if path.Ext(a.Path) == ".css" {
		loader = api.LoaderCSS
	}
	return api.OnLoadResult{Contents: &text, Loader: loader}, nil
}

func (s sources) text(file string) (string, bool) {
	if text, ok := s.virtual[file]; ok {
		return text, true
	}
	if src := s.files[file]; src != nil {
		return string(src.Text), true
	}
	return "", false
}

// span is where esbuild found something; nowhere if not in a theme's file.
func (s sources) span(at *api.Location) diag.Span {
	if at == nil {
		return diag.Span{}
	}
	src := s.files[strings.TrimPrefix(at.File, namespace+":")]
	if src == nil {
		return diag.Span{}
	}
	start := offset(src.Text, at.Line, at.Column)
	return diag.Span{Source: src, Start: start, End: min(start+at.Length, len(src.Text))}
}
