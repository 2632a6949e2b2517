package generator_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/schema/diag"
)

// peered is the small catalogue with a peer of which listings were pulled: one in
// order, one that breaks a rule, and one whose words want to do harm.
func peered(t *testing.T) map[string]string {
	t.Helper()
	line := func(name, title, summary string) string {
		home := "https://kuopio.example/"
		text, err := json.Marshal(map[string]any{
			"id": home + "opportunities/library/" + name, "url": home + "opportunities/library/" + name + "/", "modified": 1,
			"path": "opportunities/library/" + name, "lang": "fi",
			"record": map[string]any{
				"title": title, "summary": summary, "kind": "talk", "languages": []string{"fi"}, "subjects": []string{"space"},
				"ages": map[string]int{"min": 7}, "mode": "online", "cost": map[string]any{"amount": 0}, "anytime": true,
			},
			"body": "<script>alert(1)</script> [x](javascript:alert(2)) **loud**",
			"provider": map[string]any{
				"id": home + "providers/library", "url": home + "providers/library/", "path": "providers/library", "lang": "fi",
				"record": map[string]any{"name": "Kirjasto"},
			},
			"terms": map[string]any{"subjects": map[string]any{"space": map[string]string{"fi": "Avaruus"}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		return string(text) + "\n"
	}
	return map[string]string{
		"peers/kuopio.toml":        "name = \"Kuopio\"\nurl = \"https://kuopio.example/\"\nid = \"https://kuopio.example/\"\nkey = \"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\"\ntrust = \"open\"\nmap = { subjects = { Avaruus = \"astronomy\" } }\n",
		".peers/kuopio/state.json": `{"version":1,"id":"https://kuopio.example/","url":"https://kuopio.example/","format":"fursa","name":{"en":"Learning in Kuopio"},"counts":{"items":2},"size":1,"fetched":"2026-11-20T09:00:00Z"}`,
		".peers/kuopio/items.ndjson": line("moon", "\"><img src=x onerror=alert(3)>", "Look up in the yard of the library.") + line("stars", "Tähdet", "Look up & see it from the yard of the library.") +
			line("tags", "Tags", "<b>bold</b> and <script>alert(4)</script>"),
	}
}

func TestListingsOfOthersStandOnTheSite(t *testing.T) {
	inSmall(t, peered(t))
	report, list, err := generator.NewBuilder().Build(t.Context(), input, options)
	if err != nil || list.Failed() {
		t.Fatal(err, printed(t, list))
	}
	if report.Listings != 2 {
		t.Errorf("%d listings", report.Listings)
	}
	var told []string
	for _, d := range list {
		if d.Severity == diag.Warning && strings.HasSuffix(d.Span.Source.Path, "items.ndjson") {
			told = append(told, d.Rule)
		}
	}
	if diff := cmp.Diff([]string{"schema/html-in-text", "schema/html-in-text"}, told); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	site := map[string]string{}
	for file, text := range files(t, "public") {
		site[strings.TrimPrefix(file, "public/")] = text
	}
	const page = "https://kuopio.example/opportunities/library/stars/"
	for file, want := range map[string][]string{
		"opportunities/index.html":        {`href="` + page + `"`, "From Learning in Kuopio", "Look up &amp; see it"},
		"subjects/astronomy/index.html":   {`href="` + page + `"`},
		"providers/index.html":            {`href="https://kuopio.example/providers/library/"`, "Kirjasto"},
		"federation/index.html":           {"Learning in Kuopio", "Friday 20 November 2026", "opportunities/library/moon", "it breaks a rule for listings"},
		"feed.xml":                        {"<link>" + page + "</link>", `<source url="https://kuopio.example/">Learning in Kuopio</source>`},
		"atom.xml":                        {"<id>https://kuopio.example/opportunities/library/stars</id>", "<id>https://kuopio.example/</id>"},
		"catalogue.csv":                   {page, "https://kuopio.example/"},
		"fursa/catalogue.json":            {`"listings": 1`, `"providers": 1`},
		"fursa/peers/kuopio/state.json":   {"Learning in Kuopio"},
		"fursa/peers/kuopio/items.ndjson": {page},
	} {
		for _, text := range want {
			if !strings.Contains(site[file], text) {
				t.Errorf("%s lacks %s", file, text)
			}
		}
	}
	for file, text := range site {
		if strings.HasPrefix(file, "fursa/peers/") || strings.HasPrefix(file, ".fursa/") || strings.HasPrefix(file, "assets/") {
			continue
		}
		if strings.Contains(file, "kuopio") || strings.Contains(file, "library") {
			t.Errorf("there is %s", file)
		}
		for _, harm := range []string{"alert(", "onerror"} {
			if strings.Contains(text, harm) {
				t.Errorf("%s has %s", file, harm)
			}
		}
		if strings.HasPrefix(file, "feeds/rpde/") && strings.Contains(text, "kuopio") {
			t.Errorf("%s gives away what is another's", file)
		}
	}
}

func TestStrictBuildsMindTheirOwnFiles(t *testing.T) {
	files := peered(t)
	inSmall(t, files)
	strict := options
	strict.Strict = true
	report, list, err := generator.NewBuilder().Build(t.Context(), input, strict)
	if err != nil || report.Files > 0 {
		t.Fatalf("the small catalogue has a warning of its own: %v %v", report, err)
	}
	own := slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return strings.Contains(d.Span.Source.Path, ".peers") })
	if own.Count(diag.Warning) != 1 {
		t.Fatalf("its own warnings: %s", printed(t, own))
	}
	mended := maps.Clone(files)
	mended["opportunities/museum/stars.md"] = listing("subjects = [\"astronomy\"]\nmode = \"online\"")
	inSmall(t, mended)
	for range 2 { // the second time, nothing has changed
		report, _, err := generator.NewBuilder().Build(t.Context(), input, strict)
		if err != nil || report.Files == 0 {
			t.Errorf("what others send keeps the site from being built: %+v, %v", report, err)
		}
	}
}
