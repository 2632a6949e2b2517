package themes_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fursa/generator"
	"fursa/generator/search"
	"fursa/schema/when"
)

// lemma is a word in the ways in which listings write it: whoever looks for one
// of them finds all, since they have one stem, and no other lemma has it.
type lemma []string

var inEnglish = []lemma{
	{"robot", "robots"}, {"garden", "gardens", "gardening"}, {"violin", "violins"}, {"chess"}, {"swim", "swimming", "swims"},
	{"planet", "planets"}, {"introduction"}, {"mangrove", "mangroves"}, {"chemistry"}, {"pottery"}, {"café", "CAFÉ"},
}

var inArabic = []lemma{
	{"مكتبة", "المكتبة", "والمكتبة", "بالمكتبة"}, {"روبوت", "الروبوت"}, {"متحف", "المتحف", "للمتحف"}, {"رسم", "الرَّسم"},
}

// known is what is known of a listing; days count from the day of the build.
type known struct {
	said    []string // lemmas, by their first variants
	terms   map[string][]string
	days    []int // on which it happens, rising
	until   int   // the last day to join it, none where negative
	place   int   // none where negative
	current bool
}

// world is a catalogue of random listings, of which everything is known, and its
// index.
type world struct {
	listings []known
	forms    map[string]string // their lemmas
	index    *search.Index
}

var (
	builtOn = when.Date{Year: 2026, Month: 11, Day: 22}
	sites   = [][2]float64{{25.28, 51.52}, {25.32, 51.53}, {25.69, 51.5}, {24.99, 51.55}}
	terms   = map[string][]string{"subjects": numbered("s", 12), "ages": numbered("a", 5), "providers": numbered("p", 40)}
)

func numbered(prefix string, n int) []string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprint(prefix, i))
	}
	return names
}

// day is a day after that of the build.
func day(n int) string { return builtOn.AddDays(n).String() }

// invented are words that no stemmer changes, many with the same beginning.
func invented(r *rand.Rand, n int) []lemma {
	all := map[string]bool{}
	for len(all) < n {
		word := "co"
		for range 3 + r.IntN(2) {
			word += string("tkd"[r.IntN(3)]) + string("aou"[r.IntN(3)])
		}
		all[word+string("kmpb"[r.IntN(4)])] = true
	}
	var list []lemma
	for _, word := range slices.Sorted(maps.Keys(all)) {
		list = append(list, lemma{word})
	}
	return list
}

// newWorld makes a world of n listings and so many invented words.
func newWorld(t *testing.T, seed uint64, n, words int) *world {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	w := &world{forms: map[string]string{}}
	for _, always := range []string{"listing", "zafiro", "qumrex"} {
		w.forms[always] = always
	}
	more := invented(r, words)
	folder := empty(t)
	for i := range n {
		k := known{terms: map[string][]string{}, current: i%20 != 7, until: -1, place: r.IntN(len(sites)+1) - 1}
		texts := [3]string{w.say(r, &k, inEnglish, 4), w.say(r, &k, inArabic, 2), w.say(r, &k, more, words/50)}
		record(t, folder, i, k.current, "Listing "+strings.Split(texts[0], " ")[0], texts[0], texts[1], texts[2])
		k.choose(r)
		w.listings = append(w.listings, k)
	}
	w.make(t, folder)
	return w
}

// told is the world of listings with these titles; what stands behind a / is the
// body, behind another one the title in Arabic.
func told(t *testing.T, listings ...string) *world {
	t.Helper()
	w, folder := &world{}, empty(t)
	for i, l := range listings {
		parts := append(strings.Split(l, "/"), "", "")
		record(t, folder, i, true, parts[0], "", parts[2], parts[1])
		w.listings = append(w.listings, known{
			current: true, until: -1, place: i%(len(sites)+1) - 1, days: []int{30}, terms: map[string][]string{"ages": {"a1"}},
		})
	}
	w.make(t, folder)
	return w
}

// empty is the folder of a catalogue without listings.
func empty(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	put(t, folder, "catalogue.toml", "id = \"https://a.example/\"\nname = { en = \"A\" }\nlanguages = [\"en\", \"ar\"]\ntime_zone = \"Asia/Qatar\"\ncurrency = \"QAR\"\n")
	put(t, folder, "vocabularies/subjects.toml", "[[terms]]\nid = \"q\"\nlabel = { en = \"Qumrex\" }\n")
	put(t, folder, "providers/p.md", "+++\nname = \"Zafiro\"\nurl = \"https://p.example/\"\n+++\n")
	return folder
}

// say is some of some words, in one of their variants each.
func (w *world) say(r *rand.Rand, k *known, from []lemma, n int) string {
	var said []string
	for range min(n, len(from)) {
		of := from[r.IntN(len(from))]
		variant := of[r.IntN(len(of))]
		said = append(said, variant)
		k.said = append(k.said, of[0])
		if !k.current {
			continue
		}
		for _, form := range search.Forms(search.Words(variant)[0]) {
			w.forms[form] = of[0]
		}
	}
	return strings.Join(said, " ")
}

// choose gives a listing terms and days.
func (k *known) choose(r *rand.Rand) {
	for _, facet := range slices.Sorted(maps.Keys(terms)) {
		for range r.IntN(4) {
			if term := terms[facet][r.IntN(len(terms[facet]))]; !slices.Contains(k.terms[facet], term) {
				k.terms[facet] = append(k.terms[facet], term)
			}
		}
	}
	for d := r.IntN(60); d < 60; d += 1 + r.IntN(12)*r.IntN(2) {
		k.days = append(k.days, d)
	}
	if len(k.days) > 0 && r.IntN(2) == 0 {
		k.until = k.days[len(k.days)-1]
	}
}

// record writes a listing, and its translation where there is an Arabic title.
func record(t *testing.T, folder string, i int, current bool, title, summary, arabicTitle, body string) {
	t.Helper()
	const line = " – – – – – – – – – – ." // texts have to have some length
	year := 2027
	if !current {
		year = 2025
	}
	file := fmt.Sprintf("opportunities/p/l%04d", i)
	put(t, folder, file+".md", fmt.Sprintf("+++\ntitle = %q\nsummary = %q\nkind = \"talk\"\nages = { min = 8 }\nlanguages = [\"en\"]\nsubjects = [\"q\"]\nmode = \"online\"\ncost = { amount = 0 }\nsessions = [{ start = %d-05-01 }]\n+++\n%s\n",
		title, summary+line, year, body))
	if arabicTitle != "" {
		put(t, folder, file+".ar.md", fmt.Sprintf("+++\ntitle = %q\nsummary = %q\n+++\n", arabicTitle, arabicTitle+line))
	}
}

func put(t *testing.T, folder, name, text string) {
	t.Helper()
	file := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, file, []byte(text))
}

// make makes the index of the records, with sets of what was chosen.
func (w *world) make(t *testing.T, folder string) {
	t.Helper()
	site, list, err := generator.NewBuilder().Plan(t.Context(), generator.Input{
		Content: folder, Version: "1", Now: generator.Now{Date: builtOn}, Clock: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
	})
	if err != nil || site == nil {
		t.Fatal(err, list[:min(len(list), 3)])
	}
	w.index = search.New(site.Catalogue)
	for facet, names := range terms {
		w.add(t, facet, map[string]any{"terms": names}, len(names), func(k known, i int) bool { return slices.Contains(k.terms[facet], names[i]) })
	}
	var days []string
	var runs [][]int
	for d := range 60 {
		days = append(days, day(d))
	}
	for _, k := range w.listings {
		if r := runsOf(k.days); len(r) > 0 && !slices.ContainsFunc(runs, func(x []int) bool { return slices.Equal(x, r) }) {
			runs = append(runs, r)
		}
	}
	days = append(days, "")
	w.add(t, "soonest", map[string]any{"days": days}, 61, func(k known, i int) bool { return i == 60 && len(k.days) == 0 || len(k.days) > 0 && k.days[0] == i })
	w.add(t, "until", map[string]any{"days": days}, 61, func(k known, i int) bool { return k.until == i || k.until < 0 && i == 60 })
	w.add(t, "days", map[string]any{"from": day(0), "runs": runs}, len(runs), func(k known, i int) bool { return slices.Equal(runsOf(k.days), runs[i]) })
	w.add(t, "points", map[string]any{"points": sites}, len(sites), func(k known, i int) bool { return k.place == i })
}

func (w *world) add(t *testing.T, name string, header any, n int, in func(k known, i int) bool) {
	t.Helper()
	sets := make([][]int, n)
	for i := range sets {
		for number, k := range w.listings {
			if k.current && in(k, i) {
				sets[i] = append(sets[i], number)
			}
		}
	}
	if err := w.index.AddSets(name, header, sets); err != nil {
		t.Fatal(err)
	}
}

// runsOf are days as the first of them, and in turn how many follow one another
// and how many are left out.
func runsOf(days []int) []int {
	var runs []int
	for i, d := range days {
		switch {
		case i == 0:
			runs = []int{d, 1}
		case d == days[i-1]+1:
			runs[len(runs)-1]++
		default:
			runs = append(runs, d-days[i-1]-1, 1)
		}
	}
	return runs
}

// save writes the catalogue's files into a folder, or all into its entry.
func (w *world) save(t *testing.T, folder, name string, inline bool) {
	t.Helper()
	files := map[string][]byte{}
	for _, f := range w.index.Files {
		files[f.Name] = f.Bytes
	}
	names := ""
	for n := 0; n < len(w.listings); n += 8 {
		if n%256 == 0 {
			names += fmt.Sprintf("%s%05d", name, n)
		}
		var cards []any
		for i := n; i < min(n+8, len(w.listings)); i++ {
			cards = append(cards, []string{fmt.Sprintf("p/l%04d", i), w.index.Listings()[i].Value.Title})
		}
		files[fmt.Sprintf("%s%05d/%d.json", name, n/256*256, n%256/8)], _ = json.Marshal(cards)
	}
	text, err := json.Marshal(w.index.Entry)
	if err != nil {
		t.Fatal(err)
	}
	entry := map[string]any{"name": name, "language": "en", "site": "/base/", "cards": names, "kinds": map[string]string{}, "labels": "labels.json"}
	if err := json.Unmarshal(text, &entry); err != nil {
		t.Fatal(err)
	}
	if inline {
		within := map[string]string{}
		for name, bytes := range files {
			if within[name] = string(bytes); filepath.Ext(name) != ".json" {
				within[name] = base64.StdEncoding.EncodeToString(bytes)
			}
		}
		entry["inline"], files = within, nil
	}
	for name, bytes := range files {
		put(t, folder, name, string(bytes))
	}
	text, err = json.Marshal(entry)
	if err != nil {
		t.Fatal(err)
	}
	put(t, folder, name+".json", string(text))
}
