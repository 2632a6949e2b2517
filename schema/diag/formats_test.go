package diag_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"fursa/schema/diag"
)

// inDocs is a target whose repository has the content folder elsewhere.
func inDocs(lang string) diag.Target {
	return diag.Target{Lang: lang, Path: func(path string) string { return "docs/" + path }}
}

// many are so many errors of a key, a line each, in a file.
func many(path string, n int) diag.List {
	src := &diag.Source{Path: path}
	for i := range n {
		src.Text = fmt.Appendf(src.Text, "key%d = 1\n", i)
	}
	var list diag.List
	for i := range n {
		list = append(list, diag.New("document/bad-key", inside(src, fmt.Sprintf("key%d", i))))
	}
	return list
}

func TestGitHub(t *testing.T) {
	const text = "a = \"x\"\nb = 1 # 50%\nc = \"\"\"\n\"\"\"\n"
	src := &diag.Source{Path: "content/a,b:c%.md", Text: []byte(text)}
	list := diag.List{
		diag.New("schema/unknown-key", inside(src, "b"), "key", `"b%"`+"\n::error::x", "near", `"c"`).Hinted("near").
			Fixed(diag.Instead(inside(src, "b"), "c")),
		diag.Warn("document/bad-key", inside(src, "\"\"\"\n\"\"\"")),
		diag.Notice("links/ended", diag.Span{Source: &diag.Source{Path: "content/folder"}}, "date", "2026-01-02"),
		diag.New("document/bad-key", diag.Span{}),
	}
	for lang, want := range map[string]string{
		"en": "::error file=docs/content/a%2Cb%3Ac%25.md,line=2,endLine=2,col=1,endColumn=1,title=To mend::" +
			"unknown key \"b%25\"␊::error::x [schema/unknown-key]%0Adid you mean \"c\"?%0A→ write on line 2:%0Ac = 1 # 50%25\n",
		"ar": "::error file=docs/content/a%2Cb%3Ac%25.md,line=2,endLine=2,col=1,endColumn=1,title=يحتاج إلى إصلاح::",
	} {
		var out bytes.Buffer
		if err := diag.GitHub(&out, diag.Verdict{Own: list}, inDocs(lang)); err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(out.String(), "\n")
		if !strings.HasPrefix(lines[0], want) {
			t.Errorf("%s: %q, want %q", lang, lines[0], want)
		}
		var starts []string
		for _, line := range lines[1 : len(lines)-1] {
			start, _, _ := strings.Cut(line, "title=")
			starts = append(starts, start)
		}
		if d := cmp.Diff([]string{"::error ", "::warning file=docs/content/a%2Cb%3Ac%25.md,line=3,endLine=4,", "::notice file=docs/content/folder,"}, starts); d != "" {
			t.Errorf("%s (-want +got):\n%s", lang, d)
		}
	}
}

// Of each severity ten are shown: those of the change first, one of each file
// before the second of any. The rest is in the log, where no line is taken for
// a command.
func TestGitHubShowsTheWeightiest(t *testing.T) {
	hostile := &diag.Source{Path: "##[error]::x.md", Text: []byte("x")}
	v := diag.Verdict{
		Own:    slices.Concat(many("content/a.md", 12), many("content/b.md", 1)),
		Caused: append(many("content/c.md", 11), diag.New("schema/unknown-key", inside(hostile, "x"), "key", "##[group]\n::error::x")),
	}
	var out bytes.Buffer
	if err := diag.GitHub(&out, v, diag.Target{Lang: "en", Path: func(path string) string { return path }}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 25 {
		t.Fatalf("%d lines", len(lines))
	}
	var shown []string
	for _, line := range lines[:10] {
		shown = append(shown, regexp.MustCompile(`file=content/(.*),endLine`).FindStringSubmatch(line)[1])
	}
	want := []string{"a.md,line=1", "b.md,line=1"}
	for i := 2; i < 10; i++ {
		want = append(want, fmt.Sprintf("a.md,line=%d", i))
	}
	if d := cmp.Diff(want, shown); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for _, line := range lines[10:] {
		if !strings.HasPrefix(line, "error: ") || strings.Contains(line, "##[") {
			t.Errorf("may be taken for a command: %q", line)
		}
	}
	if !slices.ContainsFunc(lines[10:], func(s string) bool { return strings.Contains(s, "## [group]␊::error::x") }) {
		t.Errorf("not all is there:\n%s", out.String())
	}
}

func TestGitLab(t *testing.T) {
	list := append(many("content/a.md", 2), diag.Warn("document/bad-key", diag.Span{}))
	print := func() []map[string]any {
		var out bytes.Buffer
		if err := diag.GitLab(&out, list, inDocs("en")); err != nil {
			t.Fatal(err)
		}
		var report []map[string]any
		if err := json.Unmarshal(out.Bytes(), &report); err != nil {
			t.Fatal(err)
		}
		return report
	}
	got := print()
	if got[0]["fingerprint"] == got[1]["fingerprint"] || len(got[0]["fingerprint"].(string)) != 32 {
		t.Errorf("fingerprints %v and %v", got[0]["fingerprint"], got[1]["fingerprint"])
	}
	if d := cmp.Diff(got, print()); d != "" {
		t.Errorf("another run says something else:\n%s", d)
	}
	for i, p := range got {
		delete(p, "fingerprint")
		p["description"] = p["description"] != ""
		want := map[string]any{
			"check_name": "document/bad-key", "description": true, "severity": []any{"major", "major", "minor"}[i],
			"location": map[string]any{"path": []any{"docs/content/a.md", "docs/content/a.md", ""}[i], "lines": map[string]any{"begin": []any{1.0, 2.0, 1.0}[i]}},
		}
		if d := cmp.Diff(want, p); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	}
}

// A reader that did not write it finds the report sound by the published
// schema, and knows every word of it.
func TestSARIF(t *testing.T) {
	src := &diag.Source{Path: "content/a b.md", Text: []byte("عدد = 1\nb = 2\n")}
	v := diag.Verdict{
		Own: diag.List{
			diag.New("schema/unknown-key", inside(src, "عدد"), "key", "x").Fixed(diag.Instead(inside(src, "عدد"), "a"), diag.Instead(inside(src, "b = 2\n"), "")),
			diag.Warn("document/duplicate-key", inside(src, "b"), "key", "b").See(inside(src, "عدد")),
		},
		Caused: diag.List{diag.Notice("links/ended", diag.Span{Source: &diag.Source{Path: "content/c.md"}})},
		Before: diag.List{diag.New("links/ended", diag.Span{})},
	}
	for _, v := range []diag.Verdict{v, {}} {
		var out bytes.Buffer
		if err := diag.SARIF(&out, v, "v1.2.3", inDocs("en")); err != nil {
			t.Fatal(err)
		}
		report, err := sarif.FromBytes(out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if err := report.Validate(); err != nil {
			t.Error(err)
		}
		again, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		var ours, theirs map[string]any
		if err := errorsOf(json.Unmarshal(out.Bytes(), &ours), json.Unmarshal(again, &theirs)); err != nil {
			t.Fatal(err)
		}
		if lost := lostIn(ours, theirs, ""); lost != nil {
			t.Errorf("the reader does not know %v", lost)
		}
		if len(v.Own) == 0 {
			continue
		}
		if d := cmp.Diff([]string{"error new", "warning new", "note new", "error unchanged"}, states(report)); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
		first := report.Runs[0].Results[0]
		at := first.Locations[0].PhysicalLocation
		if *at.ArtifactLocation.URI != "docs/content/a%20b.md" || *at.Region.StartColumn != 1 || *at.Region.EndColumn != 4 {
			t.Errorf("the place is %s %d–%d", *at.ArtifactLocation.URI, *at.Region.StartColumn, *at.Region.EndColumn)
		}
		if changes := first.Fixes[0].ArtifactChanges[0].Replacements; len(changes) != 2 || *changes[0].InsertedContent.Text != "a" || *changes[1].DeletedRegion.EndLine != 3 {
			t.Errorf("the fix is %v", changes)
		}
	}
}

func errorsOf(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

func states(report *sarif.Report) []string {
	var all []string
	for _, r := range report.Runs[0].Results {
		all = append(all, r.Level+" "+*r.BaselineState)
	}
	return all
}

// lostIn are the places of a value that another does not have.
func lostIn(ours, theirs any, at string) []string {
	var lost []string
	switch x := ours.(type) {
	case map[string]any:
		y, _ := theirs.(map[string]any)
		for key, value := range x {
			if _, ok := y[key]; !ok {
				lost = append(lost, at+"/"+key)
				continue
			}
			lost = append(lost, lostIn(value, y[key], at+"/"+key)...)
		}
	case []any:
		y, _ := theirs.([]any)
		for i, value := range x {
			if i >= len(y) {
				return append(lost, fmt.Sprintf("%s/%d", at, i))
			}
			lost = append(lost, lostIn(value, y[i], fmt.Sprintf("%s/%d", at, i))...)
		}
	}
	return lost
}
