package review_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/markdown"
	"fursa/generator/review"
	"fursa/schema/diag"
)

var update = flag.Bool("update", false, "write the golden files anew")

const listing = `+++
title = "Comets"
sumary = "What comets are made of."
kind = "Workshop"
subjects = ["Astronomy"]
+++
`

func options(languages ...string) review.Options {
	return review.Options{
		Languages: languages,
		Path:      func(path string) string { return path },
		Edit: func(path string, line int) string {
			return fmt.Sprintf("https://github.com/learning/doha/edit/mine/%s#L%d", path, line)
		},
	}
}

func span(src *diag.Source, part string) diag.Span {
	start := bytes.Index(src.Text, []byte(part))
	return diag.Span{Source: src, Start: start, End: start + len(part)}
}

// sent is a change with a broken listing that breaks another, beside a good
// one and a removed one, and a problem that was there before.
func sent() review.Review {
	src := &diag.Source{Path: "content/opportunities/museum/comets.md", Text: []byte(listing)}
	other := &diag.Source{Path: "content/pathways/stars.md", Text: []byte("+++\nsteps = [{ badge = \"stargazer\" }]\n+++\n")}
	key, kind := span(src, "sumary"), span(src, `"Workshop"`)
	return review.Review{
		Sent: []review.Sent{
			{Path: "badges/stargazer", Title: "Stargazer", Files: []string{"content/badges/stargazer.toml"}, Removed: true},
			{Path: "opportunities/museum/comets", Title: "Comets", Files: []string{src.Path}, Added: true},
			{Path: "providers/museum", Title: "Museum", Files: []string{"content/providers/museum.md"}},
		},
		Verdict: diag.Verdict{
			Own: diag.List{
				diag.New("schema/unknown-key", key, "key", `"sumary"`, "near", `"summary"`).Hinted("near").Fixed(diag.Instead(key, "summary")),
				diag.New("schema/unknown-value", kind, "key", "kind", "value", `"Workshop"`, "allowed", `"workshop", "talk"`).Fixed(diag.Instead(kind, `"workshop"`)),
				diag.Warn("links/no-contact", diag.Span{Source: src}, "provider", "museum"),
			},
			Caused: diag.List{diag.New("links/unknown-record", span(other, `"stargazer"`), "path", "badges/stargazer")},
			Before: diag.List{diag.New("links/no-provider", diag.Span{Source: &diag.Source{Path: "content/opportunities/dhow/a.md"}}, "provider", "dhow")},
		},
	}
}

func TestSummary(t *testing.T) {
	fine := review.Review{Sent: []review.Sent{{Path: "providers/museum", Title: "متحف", Files: []string{"content/providers/museum.md"}, Added: true}}}
	previewed := options("ar", "en")
	previewed.Preview = "preview"
	onGitLab := options("en", "ar")
	onGitLab.GitLab, onGitLab.Preview = true, "preview"
	for name, c := range map[string]struct {
		review.Review
		review.Options
	}{
		"broken":  {sent(), options("en", "ar")},
		"fine":    {fine, previewed},
		"gitlab":  {sent(), onGitLab},
		"nothing": {review.Review{}, options("en")},
	} {
		var out bytes.Buffer
		if err := review.Summary(&out, c.Review, c.Options); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", name+".md")
		if *update {
			if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), out.String()); d != "" {
			t.Errorf("%s (-want +got):\n%s", golden, d)
		}
	}
}

// Two corrections of one line are proposed together, and once.
func TestCorrectionsOfOneLine(t *testing.T) {
	src := &diag.Source{Path: "content/a.md", Text: []byte("a = [1, 2]\n")}
	one, two := span(src, "1"), span(src, "2")
	var out bytes.Buffer
	r := review.Review{Verdict: diag.Verdict{Own: diag.List{
		diag.New("schema/unknown-key", one).Fixed(diag.Instead(one, "3")),
		diag.New("schema/unknown-key", two).Fixed(diag.Instead(two, "4")),
	}}}
	if err := review.Summary(&out, r, options("en")); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "a = [3, 4]"); n != 1 || !strings.Contains(out.String(), "The lines proposed above mend this too.") {
		t.Errorf("proposed %d times:\n%s", n, out.String())
	}
}

// However much is wrong, a summary is no longer than is shown, says so, and
// ends as it should.
func TestLongSummaries(t *testing.T) {
	src := &diag.Source{Path: "content/a.md", Text: bytes.Repeat([]byte("key = \""+strings.Repeat("x", 3000)+"\"\n"), 20)}
	r := review.Review{}
	for i := range 20_000 {
		r.Own = append(r.Own, diag.New("schema/unknown-key", diag.Span{Source: src, Start: i, End: len(src.Text)}, "key", strings.Repeat("y", 200)))
		r.Sent = append(r.Sent, review.Sent{Path: "a", Title: strings.Repeat("z", 200), Files: []string{src.Path}})
	}
	var out bytes.Buffer
	if err := review.Summary(&out, r, options("en", "ar")); err != nil {
		t.Fatal(err)
	}
	if out.Len() > review.Limit || out.Len() < review.Limit/2 {
		t.Errorf("%d bytes", out.Len())
	}
	if !strings.Contains(out.String(), "It stands in the log of the check.") || !strings.HasSuffix(out.String(), "</div>\n\n") {
		t.Error("it does not say that it is not whole, or does not end")
	}
}

// What files say is shown as it is written: it becomes no markup, no link, and
// no end of what is around it.
func TestHostileText(t *testing.T) {
	const hostile = "``` </details> <img src=x onerror=alert(1)> [x](javascript:y) **b** _i_ www.evil.example https://evil.example @team #1 | ~~s~~ \u202e"
	src := &diag.Source{Path: "content/`x`.md", Text: []byte("a = \"\"\"\n" + hostile + "\n````\n# heading\n\"\"\"\n")}
	r := review.Review{
		Sent:    []review.Sent{{Path: "a", Title: hostile + "\n\n# heading", Files: []string{src.Path}}},
		Verdict: diag.Verdict{Own: diag.List{diag.New("schema/unknown-key", span(src, string(src.Text)), "key", hostile+"\n# heading", "near", hostile).Hinted("near")}},
	}
	var out bytes.Buffer
	if err := review.Summary(&out, r, options("en")); err != nil {
		t.Fatal(err)
	}
	for _, link := range markdown.Links(out.String()) {
		if !strings.HasPrefix(link.URL, "https://github.com/learning/doha/edit/mine/") {
			t.Errorf("a link to %s", link.URL)
		}
	}
	inCode, fence := false, ""
	for line := range strings.Lines(out.String()) {
		switch mark := strings.TrimRight(line, "\n"); {
		case !inCode && strings.HasPrefix(mark, "```"):
			inCode, fence = true, strings.TrimSuffix(mark, "toml")
			continue
		case inCode && mark == fence:
			inCode = false
			continue
		}
		if strings.ContainsRune(line, '\u202e') {
			t.Errorf("the direction of text is turned: %q", line)
		}
		if inCode {
			continue
		}
		for _, bad := range []string{"# heading\n", "<img", "</details> ", " **b**", " www.evil", "https://evil", " @team", "~~s"} {
			if strings.Contains(line, bad) && !strings.HasPrefix(line, "### ") {
				t.Errorf("%q stands in %q", bad, line)
			}
		}
	}
	if inCode {
		t.Error("a block does not end")
	}
}
