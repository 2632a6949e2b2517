package main

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"unicode/utf8"

	"fursa/bench/process"
)

func TestRounds(t *testing.T) {
	for _, test := range []struct {
		name     string
		requests []request
		want     int
	}{
		{"none", nil, 0},
		{"at the same time", []request{{start: 1, end: 3}, {start: 2, end: 4}}, 1},
		{"one after another", []request{{start: 4, end: 5}, {start: 1, end: 2}, {start: 2, end: 3}}, 3},
		{"two short ones beside a long one", []request{{start: 1, end: 9}, {start: 1, end: 2}, {start: 3, end: 4}}, 2},
	} {
		if got := rounds(test.requests); got != test.want {
			t.Errorf("%s: got %d, want %d", test.name, got, test.want)
		}
	}
}

func TestGenerateIsTheSameAtEveryRun(t *testing.T) {
	repository, err := process.Repository()
	if err != nil {
		t.Fatal(err)
	}
	var folders []map[string]string
	for range 2 {
		dir := t.TempDir()
		if err := generate(repository, dir, 60, 7); err != nil {
			t.Fatal(err)
		}
		folders = append(folders, read(t, dir))
	}
	if !reflect.DeepEqual(folders[0], folders[1]) {
		t.Error("two runs gave different listings")
	}
	listings := 0
	for name := range folders[0] {
		if ok, _ := filepath.Match("opportunities/*/l[0-9]*.md", name); ok && filepath.Ext(name[:len(name)-3]) == "" {
			listings++
		}
	}
	if listings != 60 {
		t.Errorf("got %d listings, want 60", listings)
	}
}

func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	files := os.DirFS(dir)
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, name)
		texts[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func TestTypoIsOneEditAway(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		got, ok := typo(r, "the harbour")
		if !ok || distance([]rune(got), []rune("the harbour")) != 1 {
			t.Fatalf("got %q, %t", got, ok)
		}
	}
	if got, ok := typo(r, "a box 2027"); ok {
		t.Errorf("got %q of words that are too short", got)
	}
}

// distance counts insertions, deletions, substitutions, and exchanges of
// neighbours.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		for j := range rows[i] {
			switch {
			case i == 0 || j == 0:
				rows[i][j] = i + j
			case a[i-1] == b[j-1]:
				rows[i][j] = rows[i-1][j-1]
			default:
				rows[i][j] = 1 + min(rows[i-1][j-1], rows[i-1][j], rows[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}

func TestShortened(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	seen := map[string]bool{}
	for range 200 {
		got, ok := shortened(r, "night walk")
		if !ok {
			t.Fatal("nothing was cut")
		}
		seen[got] = true
	}
	if want := map[string]bool{"night wal": true}; !reflect.DeepEqual(seen, want) {
		t.Errorf("got %v, want %v", seen, want)
	}
	if got, ok := shortened(r, "night bus"); ok {
		t.Errorf("got %q of a word that is too short", got)
	}
}

func TestVaried(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	seen := map[string]bool{}
	for range 2000 {
		seen[unmarked(varied(r, "المدرسة"))] = true
	}
	want := map[string]bool{"المدرسة": true, "المدرسه": true, "مدرسة": true, "مدرسه": true}
	if !reflect.DeepEqual(seen, want) {
		t.Errorf("got %v, want %v", seen, want)
	}
	for _, word := range []string{"في", "من", "2027", "Club"} {
		if got := varied(r, word); got != word {
			t.Errorf("got %q of %q", got, word)
		}
	}
}

func TestWordsOf(t *testing.T) {
	got := wordsOf("We’re in L'Art-Club, مَدرسة 3D")
	if want := []string{"we", "in", "l", "art", "club", "مدرسة", "3d"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPrefixSample(t *testing.T) {
	listings := []listing{{Title: "swimming", Body: "pool"}, {Title: "swim"}}
	got := prefixSample(listings, 7, 3)
	for prefix, n := range got {
		want := 0
		for _, l := range listings {
			for _, w := range l.words() {
				if utf8.RuneCountInString(prefix) <= len(w) && w[:len(prefix)] == prefix {
					want++
					break
				}
			}
		}
		if n != want {
			t.Errorf("%q: got %d, want %d", prefix, n, want)
		}
	}
	if len(got) != 3 {
		t.Errorf("got %d prefixes", len(got))
	}
}

func TestQuantile(t *testing.T) {
	values := []float64{4, 1, 3, 2, 5}
	for share, want := range map[float64]float64{0: 1, 0.5: 3, 0.95: 4.8, 1: 5} {
		if got := quantile(values, share); got != want {
			t.Errorf("%v: got %v, want %v", share, got, want)
		}
	}
}
