package themes_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What goes wrong is said with the file's address: an entry that another version
// wrote, a file that is gone. A network that fails once is asked again, and what
// failed is not remembered.
func TestEngineSaysWhatFails(t *testing.T) {
	got := tried[[]string](t, engine(t), `
const entry = {
	version: 1, name: "A", language: "en", site: "/", date: "2026-11-22", zone: "Asia/Qatar", ids: 0, listed: 0, population: 1, recent: 0,
	closed: "gA==", leaves: { keys: [], names: "" }, prefixes: { keys: [], names: "" }, spelling: { keys: [], names: "" },
	known: "", sets: { subjects: "abcdef" }, cards: "", kinds: {}, labels: "labels.json",
};
const said = [];
let broken = 0;
const answers = { "/index.json": { version: 1, entry: "more/entry.json" }, "/more/entry.json": entry, "/old.json": { version: 0 }, "/more/labels.json": { facets: [] } };
globalThis.fetch = async (url, options = {}) => {
	const { pathname } = new URL(url);
	said.push(pathname);
	if (options.signal?.aborted) throw new DOMException("stopped", "AbortError");
	if (broken-- > 0) throw new TypeError("no network");
	if (!answers[pathname]) return new Response("", { status: 404 });
	return new Response(JSON.stringify(answers[pathname]));
};
const told = (promise) => promise.then((value) => said.push(JSON.stringify(value)), (error) => said.push(error.message));
await told(engine.Catalogue.open("https://a.example/old.json"));
await told(engine.Catalogue.open("https://a.example/none.json"));
await told(engine.Catalogue.open("https://a.example/index.json", AbortSignal.abort()));
broken = 1;
const catalogue = await engine.Catalogue.open("https://a.example/index.json");
broken = 2;
await told(catalogue.labels());
await told(catalogue.labels());
await told(catalogue.labels());
const results = await engine.find([catalogue], { text: "any words" }, { complete: true });
await told(results.cards(0, 10));
await told(results.counts("subjects").then((counts) => counts.size));
await told(results.counts("none").then((counts) => counts.size));
await told(engine.find([catalogue], { text: "any" }, { signal: AbortSignal.abort(new Error("enough")) }));
console.log(JSON.stringify(said));`, nil)
	want := []string{
		"/old.json", "https://a.example/old.json: version 0 of the search index; this script reads 1",
		"/none.json", "https://a.example/none.json: 404",
		"/index.json", "stopped",
		"/index.json", "/index.json", "/more/entry.json",
		"/more/labels.json", "/more/labels.json", "https://a.example/more/labels.json: no network",
		"/more/labels.json", `{"facets":[]}`, `{"facets":[]}`,
		"[]",
		"/more/abcdef.f", "https://a.example/more/abcdef.f: 404",
		"0", "enough",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

var exported = regexp.MustCompile(`(?m)^export declare function (\w+)`)

// The module for other sites stands alone, exports what its types say, and is
// small.
func TestSearchModule(t *testing.T) {
	module, list := whole(t).SearchModule()
	if len(list) > 0 {
		t.Fatal(places(list))
	}
	script := string(module.Script)
	for _, m := range exported.FindAllSubmatch(module.Types, -1) {
		if !regexp.MustCompile(`export\{[^}]*\bas ` + string(m[1]) + `\b`).MatchString(script) {
			t.Errorf("%s is not exported", m[1])
		}
	}
	if strings.Contains(script, "import{") || strings.Contains(script, "\nimport ") {
		t.Error("it imports something")
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(module.Script)
	_ = w.Close()
	t.Logf("%d bytes, %d compressed", len(script), b.Len())
	if b.Len() > 7<<10 || b.Len() == 0 {
		t.Errorf("%d bytes compressed", b.Len())
	}
	theme, _ := load(t, map[string]string{"scripts/search/leaf.ts": "let é = 'è' let\n"})
	broken, list := theme.SearchModule()
	want := []string{`error theme/script mine/scripts/search/leaf.ts:1:13 Expected ";" but found "let"`}
	if diff := cmp.Diff(want, places(list)); diff != "" || broken.Script != nil {
		t.Errorf("%d bytes of script, %s", len(broken.Script), diff)
	}
}

var example = regexp.MustCompile("(?s)```js\n(.*?)```")

// The examples of docs/search-api.md work on a site where the module stands.
func TestExamplesOfSearchModule(t *testing.T) {
	page, err := os.ReadFile("../docs/search-api.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := engine(t)
	module, _ := whole(t).SearchModule()
	for _, site := range []string{"learning.example", "museums.example"} {
		site = filepath.Join(dir, site)
		told(t, "Robots for beginners", "Robots and rockets", "Night sky").save(t, site+"/assets/search", "a", false)
		put(t, site, "search/index.json", `{"version":1,"entry":"../assets/search/a.json"}`)
		put(t, site, "assets/search/labels.json", `{"facets":[{"name":"ages","label":"Age","terms":[["a1","9–11"]]}]}`)
		put(t, site, "assets/search.mjs", string(module.Script))
	}
	examples := example.FindAllSubmatch(page, -1)
	var got [][]string
	for _, m := range examples {
		text := bytes.ReplaceAll(m[1], []byte("https://learning.example/assets/search.js"), []byte("./learning.example/assets/search.mjs"))
		got = append(got, tried[[]string](t, dir, `
const said = [];
globalThis.fetch = async (url) => {
	const at = new URL(url);
	return new Response(readFileSync(at.protocol === "file:" ? at : new URL("./" + at.host + at.pathname, import.meta.url)));
};
console.log = (...words) => said.push(words.join(" "));
process.on("exit", () => process.stdout.write(JSON.stringify(said)));
`+string(text), nil))
	}
	want := [][]string{
		{"2", "Robots and rockets file:///base/opportunities/p/l0001/", "Robots for beginners file:///base/opportunities/p/l0000/"},
		{"Age a1: 9–11", "1", "1", "1"},
		{
			"https://learning.example/base/ Robots and rockets", "https://museums.example/base/ Robots and rockets",
			"https://learning.example/base/ Robots for beginners",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
