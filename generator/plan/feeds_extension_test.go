package plan_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// docs/formats.md lists the keys of the _fursa objects in JSON Feed, those that
// the sample's items have and no others.
func TestExtensionIsDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "### What JSON Feed adds")
	section, _, _ = strings.Cut(section, "\n## ")
	documented := map[string]bool{}
	for _, row := range strings.Split(section, "\n") {
		cells := strings.Split(row, "|")
		if len(cells) < 4 || !strings.Contains(cells[1], "`") {
			continue
		}
		for _, key := range quoted.FindAllStringSubmatch(cells[1], -1) {
			documented[key[1]] = true
		}
		if strings.TrimSpace(cells[1]) == "`listing`" {
			for _, key := range quoted.FindAllStringSubmatch(cells[2], -1) {
				documented["listing."+key[1]] = true
			}
		}
	}

	met := map[string]bool{}
	var feed struct {
		Items []struct {
			Fursa map[string]any `json:"_fursa"`
		}
	}
	if err := json.Unmarshal(sampleAt(t, "").files["feed.json"], &feed); err != nil {
		t.Fatal(err)
	}
	for _, item := range feed.Items {
		for key := range item.Fursa {
			met[key] = true
		}
		listing, _ := item.Fursa["listing"].(map[string]any)
		for key := range listing {
			met["listing."+key] = true
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(documented)), slices.Sorted(maps.Keys(met))); diff != "" {
		t.Errorf("keys (-documented +met):\n%s", diff)
	}
}

var quoted = regexp.MustCompile("`([a-z.]+)`")
