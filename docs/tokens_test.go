package docs_test

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/themes"
)

var (
	layerOrder  = regexp.MustCompile(`@layer [a-z]+(?:, [a-z]+)+`)
	declaration = regexp.MustCompile(`(?m)^\s+(--[a-z-]+):`)
	hue         = regexp.MustCompile(`\.s-\d+`)
)

// theming.md names all tokens of the default theme, its layers in their order,
// and how many colours subjects have.
func TestTokensAreDocumented(t *testing.T) {
	declared := map[string]bool{}
	for _, file := range []string{"10-tokens", "15-icons"} {
		for _, m := range declaration.FindAllStringSubmatch(style(t, file), -1) {
			declared[m[1]] = true
		}
	}
	var told []string
	for _, row := range rows(t, "theming.md", "A style file") {
		told = append(told, names(row[0])...)
	}
	slices.Sort(told)
	if diff := cmp.Diff(told, slices.Sorted(maps.Keys(declared))); diff != "" {
		t.Errorf("tokens (-theming.md +theme):\n%s", diff)
	}
	page := read(t, "theming.md")
	if order := layerOrder.FindString(style(t, "00-base")); order == "" || !strings.Contains(page, order) {
		t.Errorf("theming.md does not say that the layers are %q", order)
	}
	hues := map[string]bool{}
	for _, name := range hue.FindAllString(style(t, "20-subjects"), -1) {
		hues[name] = true
	}
	if len(hues) != 12 {
		t.Errorf("theming.md says that there are twelve colours of subjects; there are %d", len(hues))
	}
}

func style(t *testing.T, name string) string {
	t.Helper()
	text, err := fs.ReadFile(themes.Default(), "styles/"+name+".css")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
