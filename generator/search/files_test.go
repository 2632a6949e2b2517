package search_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/search"
)

// Two files never have one name, and the same file is there once.
func TestNames(t *testing.T) {
	var same [2][]byte
	by := map[string][]byte{}
	for i := 0; same[0] == nil; i++ {
		content := fmt.Append(nil, i)
		name := search.Name(content)
		if other := by[name]; other != nil {
			same = [2][]byte{other, content}
		}
		by[name] = content
	}
	a, b := same[0], same[1]
	if a, b := search.Name(a), search.Name(b); a != b || len(a) != 6 {
		t.Fatal(a, b)
	}
	want := []string{search.Name(a), search.Name(append(bytes.Clone(b), 1)), search.Name(a), search.Name([]byte("other"))}
	if diff := cmp.Diff(want, search.Add(a, b, a, []byte("other"))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAddSets(t *testing.T) {
	x := search.New(made(t, generated(30)))
	sets := [][]int{{0, 3, 4}, {}, {29}}
	if err := x.AddSets("subjects", map[string]any{"terms": []string{"arts", "music", "sport"}}, sets); err != nil {
		t.Fatal(err)
	}
	if err := x.AddSets("bad", func() {}, sets); err == nil {
		t.Error("a function was written as JSON")
	}
	reader := newClient(t, x)
	header, rest := reader.sized(reader.files[x.Entry.Sets["subjects"]+".f"])
	if want := `{"terms":["arts","music","sport"]}`; string(header) != want {
		t.Errorf("%s, and not %s", header, want)
	}
	got := [][]int{}
	for len(rest) > 0 {
		var set []byte
		set, rest = reader.sized(rest)
		r, numbers := bitReader{bytes: set}, []int{}
		for _, n := range r.set() {
			numbers = append(numbers, int(n))
		}
		got = append(got, numbers)
	}
	if diff := cmp.Diff(sets, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Numbers go by first publication, and past listings keep theirs; sets hold
// current ones only.
func TestNumbers(t *testing.T) {
	c := made(t, generated(300))
	x := search.New(c)
	var closed []int32
	past := 0
	for i, l := range x.Listings() {
		if n, ok := x.Number(l); n != i || !ok {
			t.Errorf("%s is %d, and not %d", l.Path, n, i)
		}
		if i > 0 {
			before := x.Listings()[i-1]
			if d := before.Published.Compare(l.Published); d > 0 || d == 0 && before.Path >= l.Path {
				t.Errorf("%s before %s", before.Path, l.Path)
			}
		}
		if recent := !l.Published.Before(c.Today.AddDays(-30).In(c.Zone)); recent != (i >= x.Entry.Recent) {
			t.Errorf("%d: new %v, from %d on", i, recent, x.Entry.Recent)
		}
		if l.Ended {
			past++
		} else if l.Status == "full" {
			closed = append(closed, int32(i))
		}
	}
	bits, err := base64.StdEncoding.DecodeString(x.Entry.Closed)
	if err != nil {
		t.Fatal(err)
	}
	r := bitReader{bytes: bits}
	if diff := cmp.Diff(closed, r.set()); diff != "" || past == 0 || x.Entry.IDs != 300 || x.Entry.Listed != 300-past || x.Entry.Population != 256 {
		t.Errorf("%d past: %d of %d, population %d; closed (-want +got):\n%s", past, x.Entry.Listed, x.Entry.IDs, x.Entry.Population, diff)
	}
}
