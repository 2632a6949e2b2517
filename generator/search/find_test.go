package search_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/search/scan"
	"fursa/schema/when"
)

// What queries find in the small catalogue, by a plain look at it: the rules
// of the format page, one by one.
func TestFind(t *testing.T) {
	s := scan.New(planned(t, small(t), when.Date{Year: 2026, Month: 11, Day: 22}))
	got := map[string]string{}
	want := map[string]string{
		"":                   "build nager",
		"swims":              "build", // of one stem
		"lab robot":          "build",
		"lab nager robot":    "",
		"a towe":             "build", // the beginning of a word
		"towe ":              "build", // a correction
		"towe robot":         "build",
		"luk ":               "", // too short to be corrected
		"technology l":       "build nager",
		"technology l ":      "nager",
		"2":                  "build",
		"swiming robto":      "build",
		"battreeis":          "build", // two exchanges
		"bettaries":          "build", // two edits
		"yesterday":          "",
		"المدرسة":            "build", // of للمدرسة
		"مَدْرَسَة":          "build",
		"والروبوتات robots":  "build", // the subject's name in the other language
		"ÉTÉ":                "nager",
		"children's":         "build nager",
		"childrens ensemble": "nager",
		"example.org":        "",
	}
	for query := range want {
		var found []string
		for _, l := range s.Find(query) {
			found = append(found, strings.TrimPrefix(l.Slug(), "lab/"))
		}
		got[query] = strings.Join(found, " ")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
