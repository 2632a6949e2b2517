package themes_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// texts are queries of words alone.
func texts(of ...string) []asked {
	var all []asked
	for _, text := range of {
		all = append(all, asked{Query: query{Text: text}})
	}
	return all
}

// paths are the results of each query.
func paths(answers []answer) [][]string {
	var all [][]string
	for _, a := range answers {
		all = append(all, a.Paths)
	}
	return all
}

// A word in the title comes before one in the body, the word itself before what
// only begins so, however rare that is, and the newer before the older.
func TestEngineRanks(t *testing.T) {
	w := told(t,
		"Plain/We build a robot and its friends.", "A robot", "Chess", "Art", "Artopia", "Arts", "Arts", "Garden robot/Talk to it.", "A robot",
		"Something else/Robots in a garden.")
	got := paths(found(t, []*world{w}, false, texts("robot", "art", "art ", "garden robot", "robot garden", "nothing")))
	want := [][]string{
		{"0008", "0007", "0001", "0009", "0000"},
		{"0003", "0006", "0005", "0004"}, {"0003", "0006", "0005"},
		{"0007", "0009"}, {"0007", "0009"}, {},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Of the first ten, those come first whose title is what is looked for, in its
// order or in another, though others say the words more often. A title without
// words is none of them.
func TestEngineKnowsTitles(t *testing.T) {
	w := told(t, "Band jazz", "Jazz band", "Paper turkey", "Paper turkey craft/Paper, turkey: a paper turkey of paper, for turkeys.", "🎉🎉🎉/A party with a turkey of paper, and much else that one can do there.")
	got := paths(found(t, []*world{w}, false, texts("band jazz", "jazz band ", "paper turkey ", "paper turk", "turkey papr ")))
	want := [][]string{{"0000", "0001"}, {"0001", "0000"}, {"0002", "0003", "0004"}, {"0002", "0003", "0004"}, {"0002", "0003", "0004"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is misspelt is replaced by what there is: a word that no listing has, its
// beginning while somebody types, and one of several that no listing has all of.
func TestEngineCorrects(t *testing.T) {
	w := told(t, "Public library", "Pubic health", "Chess club", "Robotics/introduction", "Chemistry//المكتبة", "Color")
	want := []answer{
		{Count: 1, Paths: []string{"0000"}, Corrections: []correction{{"libary", []string{"library"}}}, Corrected: "public library"},
		{Count: 1, Paths: []string{"0002"}, Corrections: []correction{{"Hcess", []string{"chess"}}}, Corrected: "chess?"},
		{Count: 1, Paths: []string{"0003"}, Corrections: []correction{{"introdcut", []string{"introduction"}}}, Corrected: "introduction"},
		{Count: 1, Paths: []string{"0003"}, Corrections: []correction{{"robtoics", []string{"robotics"}}}, Corrected: "robotics "},
		{Count: 1, Paths: []string{"0000"}, Corrections: []correction{{"Pubic", []string{"public"}}}, Corrected: "public library"},
		{Count: 1, Paths: []string{"0004"}, Corrections: []correction{{"المتكبة", []string{"المكتبه"}}}, Corrected: "المكتبه "},
		{Corrections: []correction{{"chss", []string{"chess"}}}, Corrected: "chess xq"},
		{Corrected: "roboticsandmore"},
		{Corrected: "cat 2026x "},
	}
	got := found(t, []*world{w}, false, texts("public libary", "Hcess?", "introdcut", "robtoics ", "Pubic library", "المتكبة ", "chss xq", "roboticsandmore", "cat 2026x "))
	for i := range got {
		got[i] = answer{Count: got[i].Count, Paths: got[i].Paths, Corrections: got[i].Corrections, Corrected: got[i].Corrected}
	}
	if diff := cmp.Diff(want, got, compared[1]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The same words in both scripts, as people write them, find the same.
func TestEngineFindsArabic(t *testing.T) {
	w := told(t, "Library//في المكتبة", "Libraries//مكتبة المدرسة", "School//والمدرسةُ للجميع", "2026//رحلة ١٢٣", "Robots روبوت")
	queries := texts("المكتبة", "مَكتَبـة", "والمكتبة", "بالمكتبه", "مدرسه", "للمدرسة", "123", "۱۲۳", "robots روبوت", "ROBOTS", "روبو", "المكت")
	library, school := []string{"0001", "0000"}, []string{"0002", "0001"}
	want := [][]string{library, library, library, library, school, school, {"0003"}, {"0003"}, {"0004"}, {"0004"}, {"0004"}, library}
	got := paths(found(t, []*world{w}, false, queries))
	for _, paths := range got {
		if len(paths) == 2 && paths[0] < paths[1] {
			paths[0], paths[1] = paths[1], paths[0] // which comes first is not what is asked
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Highlighted is what was found: words and what shares their stem, beginnings,
// corrections.
func TestEngineHighlights(t *testing.T) {
	w := told(t, "Swimming/We swim. The library’s robots. Café.", "مكتبة")
	words := []string{"Swimming", "swims", "SWIM", "library’s", "library", "Robots", "robotics", "cafe", "Café", "the", "مكتبة", "والمكتبةُ", "م"}
	var queries []asked
	for _, text := range []string{"swim ", "rob", "libarys ", "café", "المكتبة "} {
		queries = append(queries, asked{Query: query{Text: text}, Words: words})
	}
	want := [][]string{
		{"Swimming", "SWIM"}, {"Robots", "robotics"}, {"library’s"}, {"cafe", "Café"}, {"مكتبة", "والمكتبةُ"},
	}
	var got [][]string
	for _, a := range found(t, []*world{w}, false, queries) {
		got = append(got, a.Hits)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The nearest come first, with their distances; those without a place last.
func TestEngineSortsByDistance(t *testing.T) {
	w := told(t, "Aaa", "Bbb", "Ccc", "Ddd", "Eee", "Fff", "Ggg")
	a := found(t, []*world{w}, false, []asked{{Query: query{Near: &near{Latitude: 25.28, Longitude: 51.52}, Sort: "nearest"}}})[0]
	want := answer{
		Count: 7, Paths: []string{"0006", "0001", "0002", "0004", "0003", "0005", "0000"},
		Distances: []float64{0, 0, 4.6, 32.4, 45.6, -1, -1},
	}
	if diff := cmp.Diff(want, answer{Count: a.Count, Paths: a.Paths, Distances: a.Distances}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Two catalogues are one: a word that is rare in one of them weighs no more
// there than in the other, where a better listing has it.
func TestEngineIsFairToCatalogues(t *testing.T) {
	rare, common := make([]string, 40), make([]string, 60)
	for i := range common {
		common[i] = "Violin/Nothing else."
	}
	copy(rare, common)
	rare[3] = "Violin/Once we play chess."
	for i := range 12 {
		common[4*i] = "Chess"
	}
	a := found(t, []*world{told(t, rare...), told(t, common...)}, false, []asked{{Query: query{Text: "chess "}}})[0]
	if a.Count != 13 || a.Paths[12] != "0003" || !a.Same {
		t.Errorf("%+v", a)
	}
}
