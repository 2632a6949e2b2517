package plan_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/generator/catalogue"
	"fursa/generator/search"
)

// index is an edition's search index as browsers find it.
type index struct {
	site
	search.Entry
	Name, Language, Site, Cards, Labels string
	Kinds, Inline                       map[string]string
	folder                              string // in which all files stand
}

func (s site) index(t *testing.T, prefix string) index {
	t.Helper()
	var start struct {
		Version int
		Entry   string
	}
	at := prefix + "search/index.json"
	parseJSON(t, s.files[at], &start)
	entry, _ := s.find(t, at, start.Entry)
	x := index{site: s, folder: path.Dir(entry) + "/"}
	parseJSON(t, s.files[entry], &x)
	if start.Version != 1 || x.Version != 1 || x.Language != langOf(prefix) || x.Site != s.base.Path+prefix {
		t.Errorf("%s leads to %+v", at, x)
	}
	return x
}

func parseJSON(t *testing.T, text []byte, to any) {
	t.Helper()
	if err := json.Unmarshal(text, to); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
}

// file is a file beside the entry, or in it; nil where there is none.
func (x index) file(name string) []byte {
	text, inline := x.Inline[name]
	switch {
	case !inline:
		return x.files[x.folder+name]
	case path.Ext(name) == ".json":
		return []byte(text)
	}
	content, _ := base64.StdEncoding.DecodeString(text)
	return content
}

// cards are the cards of all listings, by number, with null where there is
// none.
func (x index) cards(t *testing.T) [][]any {
	t.Helper()
	all := make([][]any, x.IDs)
	for n := 0; n < x.IDs; n += 8 {
		file := fmt.Sprintf("%s/%d.json", x.Cards[n/256*6:n/256*6+6], n%256/8)
		text := x.file(file)
		if text == nil {
			continue // of nothing but past listings
		}
		var rows [][]any
		parseJSON(t, text, &rows)
		if len(rows) != min(8, x.IDs-n) {
			t.Errorf("%s has %d cards", file, len(rows))
		}
		copy(all[n:], rows)
	}
	return all
}

// Each current listing is one card, in the words of the lists' cards, at its
// number; there is none of what has ended.
func TestSearchCards(t *testing.T) {
	s := withPast(t)
	for _, site := range []site{s, sampleAt(t, ""), sampleAt(t, bases[1])} {
		for _, prefix := range []string{"", "ar/"} {
			x := site.index(t, prefix)
			listings := indexed(t, site.Catalogue).Listings()
			for n, card := range x.cards(t) {
				l := listings[n]
				if (card == nil) != l.Ended {
					t.Errorf("number %d, %s: %v", n, l.Path, card)
				}
				if card != nil {
					checkCard(t, prefix, l, card)
				}
			}
			if site.files[prefix+"search/listings.json"] != nil {
				t.Error("the data of the former search is there")
			}
		}
	}
}

// withPast is a site of 1,400 listings, half of which have ended: some cards'
// files hold nothing, and some holes.
func withPast(t *testing.T) site {
	t.Helper()
	listings := map[string]string{}
	for i := range 700 {
		listings[fmt.Sprintf("a%03d", i)] = fmt.Sprintf("sessions = [{ start = 2026-12-%02d }]\npublished = 2026-01-%02d", i%28+1, i%28+1)
		listings[fmt.Sprintf("b%03d", i)] = fmt.Sprintf("sessions = [{ start = 2025-12-%02d }]\npublished = 2025-01-%02d", i%28+1, i%28+1)
	}
	listings["a-hole"] = "sessions = [{ start = 2025-12-01 }]\npublished = 2026-01-15"
	return made(t, generator.Input{Content: folder(t, listings)})
}

func checkCard(t *testing.T, prefix string, l *catalogue.Listing, card []any) {
	t.Helper()
	at := func(i int) string {
		if i >= len(card) {
			return ""
		}
		text, _ := card[i].(string)
		return text
	}
	v, _, _ := l.In(langOf(prefix))
	summary := strings.TrimSuffix(at(2), "…")
	if at(0) != strings.TrimPrefix(l.Path, "opportunities/") || at(1) != v.Title || at(3) != v.Kind ||
		!strings.HasPrefix(v.Summary, summary) || len([]rune(summary)) < min(120, len([]rune(v.Summary))) {
		t.Errorf("%s: %v", l.Path, card)
	}
	var got []string
	for _, date := range strings.Fields(at(10)) {
		start, _, _ := strings.Cut(date, "/")
		if _, err := time.Parse(time.RFC3339, start); err != nil {
			if _, err := time.Parse(time.DateOnly, start); err != nil {
				t.Errorf("%s: %q is no date", l.Path, date)
			}
		}
		got = append(got, start[:10])
	}
	var want []string
	for _, o := range l.Occurrences {
		if o.Status != "cancelled" && len(want) < 6 {
			want = append(want, o.Start.Format(time.DateOnly))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: dates (-want +got):\n%s", l.Path, diff)
	}
	if at(11) != l.Until.String() {
		t.Errorf("%s: until %s, want %s", l.Path, at(11), l.Until)
	}
	if r := l.Value.Registration; r != nil && !strings.HasPrefix(at(12), r.Deadline.String()) {
		t.Errorf("%s: by %s, want %s", l.Path, at(12), r.Deadline)
	}
}

// labels are what the labels' file says.
type labels struct {
	Facets []struct {
		Name, Label string
		Terms       [][]any
	}
}

// Each term of each set has its label, in both languages, in the same order
// where that is the terms' own.
func TestSearchLabels(t *testing.T) {
	s := sampleAt(t, "")
	want := map[string][]string{}
	for _, f := range indexed(t, s.Catalogue).Facets {
		want[f.Name] = f.Terms
	}
	own := map[string][]string{}
	for _, prefix := range []string{"", "ar/"} {
		x := s.index(t, prefix)
		var all labels
		parseJSON(t, x.file(x.Labels), &all)
		got := map[string][]string{}
		for _, f := range all.Facets {
			var names []string
			for _, term := range f.Terms {
				name, label := term[0].(string), term[1].(string)
				if names = append(names, name); label == "" || strings.HasPrefix(label, f.Name+".") {
					t.Errorf("%s: %s is called %q", f.Name, name, label)
				}
			}
			if slices.Contains([]string{"subjects", "skills", "places", "ages", "grades", "timetable", "cost"}, f.Name) {
				if before := own[f.Name]; before != nil && !slices.Equal(before, names) {
					t.Errorf("%s: %q in one language, %q in the other", f.Name, before, names)
				}
				own[f.Name] = names
			}
			got[f.Name] = slices.Sorted(slices.Values(names))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", prefix, diff)
		}
	}
	arabic := s.index(t, "ar/")
	var all labels
	parseJSON(t, arabic.file(arabic.Labels), &all)
	if got := all.Facets[0]; got.Label != "المجال" || !slices.ContainsFunc(got.Terms, func(t []any) bool {
		return cmp.Equal(t, []any{"astronomy", "علم الفلك", 1.0})
	}) {
		t.Errorf("subjects: %v", got)
	}
}

// A facet in which choosing would change nothing is not offered; one with a
// single term that some listings lack is.
func TestIdleFacets(t *testing.T) {
	s := made(t, generator.Input{Content: folder(t, map[string]string{
		"a": "anytime = true\nsupports = [\"captions\"]", "b": "anytime = true\naudience = [\"teachers\"]",
	})})
	x := s.index(t, "")
	var all labels
	parseJSON(t, x.file(x.Labels), &all)
	var got []string
	for _, f := range all.Facets {
		got = append(got, f.Name)
	}
	if diff := cmp.Diff([]string{"audience", "supports"}, got); diff != "" {
		t.Errorf("facets (-want +got):\n%s", diff)
	}
}

// A small catalogue's index is one file a language; a larger one's files are
// all there, each named by what it holds.
func TestSearchFiles(t *testing.T) {
	few := made(t, generator.Input{Content: folder(t, map[string]string{"a": "anytime = true", "b": "sessions = [{ start = 2026-12-01 }]"})})
	if got := slices.DeleteFunc(slices.Sorted(maps.Keys(indexFiles(few))), func(name string) bool { return path.Ext(name) == ".s" }); len(got) != 2 ||
		!strings.HasPrefix(got[0], "entry-ar-") || !strings.HasPrefix(got[1], "entry-en-") {
		t.Errorf("two listings have the files %q", got)
	}
	if x := few.index(t, "ar/"); len(x.cards(t)) != 2 || x.file(x.Sets["soonest"]+".f") == nil {
		t.Errorf("the entry of two listings holds %v", x.Inline)
	}
	s := withPast(t)
	files := indexFiles(s)
	used := map[string]bool{}
	for _, prefix := range []string{"", "ar/"} {
		x := s.index(t, prefix)
		if x.Inline != nil {
			t.Fatal("1,400 listings are in one file")
		}
		start, _ := s.find(t, "", s.base.Path+"assets/search/"+x.Labels)
		used[strings.TrimPrefix(start, "assets/search/")] = true
		for n := range x.cards(t) {
			used[fmt.Sprintf("%s/%d.json", x.Cards[n/256*6:n/256*6+6], n%256/8)] = true
		}
		for _, name := range x.Sets {
			used[name+".f"] = true
		}
		for extension, ranges := range map[string]search.Ranges{".w": x.Leaves, ".p": x.Prefixes, ".s": x.Spelling} {
			for i := range ranges.Keys {
				used[ranges.Names[i*6:i*6+6]+extension] = true
			}
		}
	}
	for name, content := range files {
		if !used[name] && !strings.HasPrefix(name, "entry-") {
			t.Errorf("%s is not of the index", name)
		}
		base, extension := strings.TrimSuffix(path.Base(name), path.Ext(name)), path.Ext(name)
		if hash := base[strings.LastIndexByte(base, '-')+1:]; path.Dir(name) == "." && hash != search.Name(content) {
			t.Errorf("%s%s holds something else", base, extension)
		}
	}
}

// indexFiles are the files of a site's index, by their names beside the entry.
func indexFiles(s site) map[string][]byte {
	files := map[string][]byte{}
	for p, text := range s.files {
		if name, ok := strings.CutPrefix(p, "assets/search/"); ok {
			files[name] = text
		}
	}
	return files
}

// Another listing, and other words in one, leave most files as they are.
func TestSearchFilesStay(t *testing.T) {
	listings := map[string]string{}
	for i := range 700 {
		listings[fmt.Sprintf("a%03d", i)] = fmt.Sprintf("sessions = [{ start = 2026-12-%02d }]\npublished = 2026-01-%02d", i%28+1, i/25+1)
	}
	before := indexFiles(made(t, generator.Input{Content: folder(t, listings)}))
	if diff := cmp.Diff(before, indexFiles(made(t, generator.Input{Content: folder(t, listings)}))); diff != "" {
		t.Errorf("the same catalogue (-first +second):\n%s", diff)
	}
	listings["a100"] += "\ncontact = { email = \"somebody@museum.example\" }\nexpires = 2026-12-31"
	fresh := 0
	for name := range indexFiles(made(t, generator.Input{Content: folder(t, listings)})) {
		if before[name] == nil {
			fresh++
		}
	}
	// Of each language a folder of 32 files of cards, and the entry; and the
	// days until which one can join.
	if fresh != 2*(32+1)+1 {
		t.Errorf("another day in one listing: %d of %d files are new", fresh, len(before))
	}
}

// Without script the page is a page of ways in; all that it links to is there.
func TestSearchPageBrowses(t *testing.T) {
	atEachBase(t, func(t *testing.T, s site) {
		for _, prefix := range []string{"", "ar/"} {
			at := prefix + "search/index.html"
			p := parsePage(t, at, s.files[at])
			for _, address := range addresses(t, at, s.files[at]) {
				if file, elsewhere := s.find(t, at, address); !elsewhere && s.files[file] == nil {
					t.Errorf("%s leads to %s, which is not there", at, address)
				}
			}
			form := p.first("form", "data-search", "")
			action, _ := attr(form, "action")
			from, _ := attr(form, "data-search")
			if self, _ := s.find(t, at, action); self != at {
				t.Errorf("%s asks %s", at, action)
			}
			if file, _ := s.find(t, at, from); s.files[file] == nil || !strings.HasPrefix(file, "assets/search/entry-"+langOf(prefix)) {
				t.Errorf("%s reads %s", at, from)
			}
			if p.first("link", "rel", "preload") == nil || p.first("link", "href", from) == nil {
				t.Errorf("%s does not load %s at once", at, from)
			}
			for _, family := range []string{"subjects", "ages", "places", "kinds"} {
				if p.first("a", "href", s.base.Path+prefix+family+"/") == nil {
					t.Errorf("%s has no way in by %s", at, family)
				}
			}
		}
	})
}

// What narrows a list down leads to a search for its own set and the value.
func TestListsLeadToSearches(t *testing.T) {
	s := sampleAt(t, bases[1])
	for list, want := range map[string]string{
		"ar/subjects/sciences": "/learn/doha/ar/search/?subjects=sciences&kinds=club",
		"subjects/sciences":    "/learn/doha/search/?subjects=sciences&kinds=club",
		"kinds/club":           "/learn/doha/search/?kinds=club&mode=in-person",
		"opportunities":        "/learn/doha/search/?mode=in-person",
	} {
		p := parsePage(t, list, s.files[list+"/index.html"])
		if p.first("a", "href", want) == nil {
			t.Errorf("%s does not lead to %s", list, want)
		}
	}
}

// Other sites may read the index and load the search; what has no hash in its
// name is asked for each time.
func TestHeadersOpenTheSearch(t *testing.T) {
	s := sampleAt(t, bases[1])
	for _, want := range []string{
		"/learn/doha/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n  Access-Control-Allow-Origin: *\n",
		"/learn/doha/assets/search.*\n  Cache-Control: no-cache\n",
		"/learn/doha/search/index.json\n  Access-Control-Allow-Origin: *\n",
		"/learn/doha/*/search/index.json\n  Access-Control-Allow-Origin: *\n",
	} {
		if !strings.Contains(string(s.files["_headers"]), want) {
			t.Errorf("_headers does not say\n%s", want)
		}
	}
}
