package search_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/google/go-cmp/cmp"

	"fursa/generator/search"
)

// vectors reads a file of testdata, which the theme's scripts are tested with
// too.
func vectors[T any](t *testing.T, name string) []T {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var list []T
	if err := json.Unmarshal(text, &list); err != nil || len(list) == 0 {
		t.Fatal(name, err)
	}
	return list
}

func TestWords(t *testing.T) {
	for _, v := range vectors[struct {
		Text  string
		Words []string
	}](t, "words.json") {
		if diff := cmp.Diff(v.Words, search.Words(v.Text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", v.Text, diff)
		}
	}
}

func TestForms(t *testing.T) {
	for _, v := range vectors[struct {
		Word  string
		Forms []string
	}](t, "forms.json") {
		if diff := cmp.Diff(v.Forms, search.Forms(v.Word)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", v.Word, diff)
		}
	}
}

// In scripts with spaces, words end where Unicode's standard annex 29 ends
// them, and inside its words only at what is neither letter, mark nor digit.
func TestWordsAreUnicodes(t *testing.T) {
	for _, v := range vectors[struct{ Text string }](t, "words.json") {
		if strings.ContainsFunc(v.Text, differs) {
			continue
		}
		var want []string
		for token := words.FromString(v.Text); token.Next(); {
			for _, part := range strings.FieldsFunc(token.Value(), func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) }) {
				if word := search.Fold(part); word != "" {
					want = append(want, word)
				}
			}
		}
		if got := search.Words(v.Text); !slices.Equal(want, got) {
			t.Errorf("%q: %q, and not %q", v.Text, got, want)
		}
	}
}

// differs says of which characters the annex and the format know different
// things: apostrophes, katakana beside others, numbers that are no digits, and
// words in scripts without spaces that browsers look up in dictionaries.
func differs(r rune) bool {
	return strings.ContainsRune("'’ʼ", r) || unicode.In(r, unicode.Katakana, unicode.No, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Thai)
}

// FuzzWords holds the words of any text against what they promise.
func FuzzWords(f *testing.F) {
	f.Add("don’t, المدرسة 漢字 x\u0301'ab \xff")
	f.Fuzz(func(t *testing.T, text string) {
		for _, word := range search.Words(text) {
			if word == "" || search.Fold(word) != word || strings.ContainsAny(word, ",\n ") {
				t.Errorf("%q of %q folds to %q", word, text, search.Fold(word))
			}
			for _, form := range search.Forms(word) {
				if !strings.HasSuffix(word, form) {
					t.Errorf("%q is no form of %q", form, word)
				}
			}
		}
	})
}
