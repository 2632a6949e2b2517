package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"fursa/bench/process"
)

func TestPick(t *testing.T) {
	dir := t.TempDir()
	from := filepath.Join(dir, "all.csv")
	if err := os.WriteFile(from, []byte("id,name\n1,a\n2,b\n3,c\n4,d\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		n    int
		want string
	}{
		{1, "id,name 4,d"},
		{2, "id,name 2,b 4,d"},
		{4, "id,name 1,a 2,b 3,c 4,d"},
		{6, "id,name 1,a 2,b 3,c 4,d 10000002,b 10000004,d"},
	} {
		to := filepath.Join(dir, "some.csv")
		if err := pick(from, to, test.n, 4); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(strings.Fields(string(text)), " "); got != test.want {
			t.Errorf("%d rows of 4: got %s, want %s", test.n, got, test.want)
		}
	}
}

func TestGenerateIsTheSameAtEveryRun(t *testing.T) {
	dir := t.TempDir()
	var texts []string
	for _, name := range []string{"a.csv", "b.csv"} {
		file := filepath.Join(dir, name)
		if err := generate(file, 20); err != nil {
			t.Fatal(err)
		}
		n, err := countRows(file)
		if err != nil || n != 20 {
			t.Fatalf("got %d rows, %v; want 20", n, err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	if texts[0] != texts[1] {
		t.Error("two runs gave different listings")
	}
}

func TestListing(t *testing.T) {
	s := &hugoSite{
		bands:  []map[string]any{{"id": "young", "max": int64(5)}, {"id": "old", "min": int64(6)}},
		grades: []map[string]any{{"id": "1", "ages": map[string]any{"min": int64(6), "max": int64(7)}}},
	}
	const common = "title = \"T\"\nkind = \"club\"\nsubjects = [\"music\"]\n"
	for _, test := range []struct {
		name, front         string
		past, ages, subject any
		coming              bool
	}{
		{"period to come", "ages = {min = 3}\n[period]\nfrom = 2021-06-02", nil, []string{"young", "old"}, []any{"music"}, true},
		{"period begun", "grades = [\"1\"]\n[period]\nfrom = 2021-05-31", nil, []string{"old"}, []any{"music"}, false},
		{"session over", "[[sessions]]\nstart = 2021-05-31T10:00:00", []string{"2021"}, nil, nil, false},
		{"session far off", "[[sessions]]\nstart = 2022-06-02T10:00:00", nil, []string(nil), []any{"music"}, false},
	} {
		r, err := parseRecord([]byte("+++\n" + common + test.front + "\n+++\nbody\n"))
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		front := s.listing(r, "museum")
		coming := front["params"].(map[string]any)["coming"]
		got := []any{front["past"], front["ages"], front["subjects"], coming}
		want := []any{test.past, test.ages, test.subject, test.coming}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, want %#v", test.name, got, want)
		}
	}
}

func TestSimilar(t *testing.T) {
	at := func(subject, district string) record {
		return record{front: map[string]any{"subjects": []any{subject}, "place": map[string]any{"district": district}}}
	}
	like := map[string][]string{"music in loop": {"a", "b"}, "music": {"a", "b", "c", "d"}}
	for _, test := range []struct {
		r    record
		self string
		want []string
	}{
		{at("music", "loop"), "b", []string{"a", "c", "d"}},
		{at("music", "uptown"), "e", []string{"a", "b", "c"}},
		{at("dance", "loop"), "e", nil},
		{record{}, "e", nil},
	} {
		if got := similar(like, test.r, test.self); !reflect.DeepEqual(got, test.want) {
			t.Errorf("like %s: got %q, want %q", test.self, got, test.want)
		}
	}
}

func TestRatio(t *testing.T) {
	r := report{samples: map[string][]sample{
		"a": samples(2, 9, 4),
		"b": samples(1, 3, 1),
	}}
	got, want := r.ratio("a", "b", wallSeconds), numbers{median: 3, least: 2, most: 4, n: 3}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := r.ratio("a", "none", wallSeconds); got.n != 0 {
		t.Errorf("got %+v of a case that was not run", got)
	}
}

func samples(walls ...time.Duration) []sample {
	var all []sample
	for _, wall := range walls {
		all = append(all, sample{Use: process.Use{Wall: wall}})
	}
	return all
}
