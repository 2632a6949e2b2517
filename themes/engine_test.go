package themes_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// engine is a folder with engine.mjs, which exports all that the search engine
// of pages is made of, for Node to try.
func engine(t *testing.T) string {
	t.Helper()
	return exporting(t, `
export { Bits, spacious } from "./search/bits";
export { find, Catalogue } from "./search/engine";
export { distance } from "./search/spelling";
export { fold, formsOf, query, wordsOf } from "./search/words";
`)
}

// exporting is a folder with engine.mjs, which exports what a script does.
// Without Node the test fails, or is skipped where the environment says
// FURSA_BROWSER=skip.
func exporting(t *testing.T, script string) string {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		const missing = "no node: the pages' scripts are not tried"
		if os.Getenv("FURSA_BROWSER") != "skip" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	theme, _ := load(t, map[string]string{"scripts/api.ts": script})
	module, list := theme.SearchModule()
	if len(list) > 0 {
		t.Fatal(places(list))
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "engine.mjs"), module.Script)
	return dir
}

func write(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// tried is what a script prints, as JSON, that was given a value; both as input
// and engine stand there.
func tried[T any](t *testing.T, dir, script string, input any) T {
	t.Helper()
	write(t, filepath.Join(dir, "try.mjs"), []byte(`
import { readFileSync } from "node:fs";
import * as engine from "./engine.mjs";
const input = JSON.parse(readFileSync(new URL("input.json", import.meta.url), "utf8"));
`+script))
	return run[T](t, dir, "try.mjs", input)
}

// run is what a script beside engine.mjs prints, which reads input.json.
func run[T any](t *testing.T, dir, script string, input any) T {
	t.Helper()
	text, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "input.json"), text)
	c := exec.Command("node", filepath.Join(dir, script))
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got T
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v: %.300s", err, out)
	}
	return got
}

// vector reads one of the files that the index and its readers agree on.
func vector[T any](t *testing.T, name string) T {
	t.Helper()
	text, err := os.ReadFile("../generator/search/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var v T
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEngineReadsBits(t *testing.T) {
	type list struct {
		Bits    string `json:"bits"`
		Numbers []int  `json:"numbers"`
		Impacts []int  `json:"impacts,omitempty"`
	}
	type vectors struct {
		Sets  []list `json:"sets"`
		Lists []list `json:"lists"`
	}
	want := vector[vectors](t, "bits.json")
	if len(want.Sets) == 0 || len(want.Lists) == 0 {
		t.Fatal("no vectors")
	}
	got := tried[vectors](t, engine(t), `
const bits = (text) => new engine.Bits(engine.spacious(Buffer.from(text, "hex")));
const sets = input.sets.map((v) => ({ bits: v.bits, numbers: [...bits(v.bits).set()] }));
const lists = input.lists.map((v) => {
	const { ids, impacts } = bits(v.bits).list();
	return { bits: v.bits, numbers: [...ids], impacts: [...impacts] };
});
console.log(JSON.stringify({ sets, lists }));`, want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEngineFindsWords(t *testing.T) {
	type vectors struct {
		Words []struct {
			Text  string   `json:"text"`
			Words []string `json:"words"`
		}
		Forms []struct {
			Word  string   `json:"word"`
			Forms []string `json:"forms"`
		}
	}
	var want vectors
	want.Words = vector[[]struct {
		Text  string   `json:"text"`
		Words []string `json:"words"`
	}](t, "words.json")
	want.Forms = vector[[]struct {
		Word  string   `json:"word"`
		Forms []string `json:"forms"`
	}](t, "forms.json")
	got := tried[vectors](t, engine(t), `
console.log(JSON.stringify({
	Words: input.Words.map(({ text }) => ({ text, words: engine.wordsOf(text) })),
	Forms: input.Forms.map(({ word }) => ({ word, forms: engine.formsOf(word) })),
}));`, want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
