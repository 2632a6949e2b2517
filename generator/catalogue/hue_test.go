package catalogue_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/catalogue"
	"fursa/schema/colour"
)

// subjects are a vocabulary of these terms: "name" or "name < broader".
func subjects(t *testing.T, terms ...string) *catalogue.Vocabulary {
	t.Helper()
	var text strings.Builder
	for _, term := range terms {
		id, broader, _ := strings.Cut(term, " < ")
		fmt.Fprintf(&text, "[[terms]]\nid = %q\nlabel = { en = %q }\n", id, id)
		if broader != "" {
			fmt.Fprintf(&text, "broader = %q\n", broader)
		}
	}
	return made(t, catalogue.Options{}, file("vocabularies/subjects.toml", text.String())).Subjects
}

func hues(v *catalogue.Vocabulary) map[string]int {
	all := map[string]int{}
	for _, t := range v.Terms {
		all[t.ID] = v.Hue(t)
	}
	return all
}

// A term has the hue of its topmost broader term, wherever it stands in the
// file.
func TestHue(t *testing.T) {
	v := subjects(t, "stars < astronomy", "sciences", "astronomy < sciences", "arts", "music < arts", "sport")
	want := map[string]int{"sciences": 1, "astronomy": 1, "stars": 1, "arts": 2, "music": 2, "sport": 3}
	if diff := cmp.Diff(want, hues(v)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	other := subjects(t, "sciences")
	if got := v.Hue(other.Term("sciences")); got != 0 {
		t.Errorf("a term of another vocabulary has the hue %d", got)
	}
}

// After the last hue comes the first.
func TestHuesComeAgain(t *testing.T) {
	var terms []string
	for i := range colour.Subjects + 2 {
		terms = append(terms, fmt.Sprint("t", i))
	}
	v := subjects(t, terms...)
	for i, want := range map[int]int{0: 1, 11: 12, 12: 1, 13: 2} {
		if got := v.Hue(v.Terms[i]); got != want {
			t.Errorf("term %d has the hue %d, not %d", i, got, want)
		}
	}
}

// A circle is told of by Check; until it is mended it has a hue.
func TestHueOfACircle(t *testing.T) {
	v := subjects(t, "arts", "hen < egg", "egg < hen", "chick < hen")
	want := map[string]int{"arts": 1, "hen": 1, "egg": 1, "chick": 1}
	if diff := cmp.Diff(want, hues(v)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
