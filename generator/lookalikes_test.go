package generator_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/schema/diag"
)

// A new listing is held against those that it may repeat, and it is the new
// one that is told of it, whatever it is called.
func TestCheckOfPathsFindsLookalikes(t *testing.T) {
	const day = "subjects = [\"astronomy\"]\nmode = \"online\""
	copied(t, map[string]string{
		"opportunities/samra-college/talk-of-stars.md":       listing(day),
		"opportunities/lantern-observatory/stars-a-talk.md":  listing(day),
		"opportunities/lantern-observatory/about-comets.md":  listing(day + " # other words"),
		"opportunities/lantern-observatory/a-talk-anew.md":   listing(day),
		"opportunities/lantern-observatory/z-other-talks.md": listing(day),
	})
	for p, want := range map[string][]string{
		"opportunities/lantern-observatory/a-talk-anew.md":   {"opportunities/lantern-observatory/stars-a-talk"},
		"opportunities/lantern-observatory/z-other-talks.md": {"opportunities/lantern-observatory/a-talk-anew"},
		"opportunities/samra-college/talk-of-stars.md":       nil,
		"opportunities/lantern-observatory/about-comets.md":  nil,
	} {
		var got []string
		for _, d := range check(t, generator.NewBuilder(), p) {
			if d.Rule == "links/near-duplicate" {
				got = append(got, argument(d, "path"))
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", p, d)
		}
	}
}

func argument(d diag.Diagnostic, name string) string {
	for _, a := range d.Args {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}
