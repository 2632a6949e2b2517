package main

import (
	"fmt"
	"slices"
	"strings"
)

// kind is a kind of page, with one page of the sample catalogue that stands
// for it. A new kind of page is a new line of kinds.
type kind struct {
	name string
	// path is where its English page is, from the site's root; the Arabic one
	// is at the same path below ar/, or where arabic says.
	path, arabic string
	// status is what a host answers; 200 where it is 0.
	status int
	// bare pages have no frame: no header, no footer, and nothing to press.
	bare bool
}

var kinds = []kind{
	{name: "home", path: ""},
	{name: "listing", path: "opportunities/samra-college/maths-circle/"},
	{name: "listing-picture", path: "opportunities/lantern-observatory/night-sky/"},
	{name: "listing-cancelled", path: "opportunities/tarfa-engineering/see-inside-the-tower/"},
	{name: "listing-full", path: "opportunities/ghaf-makers/robots-after-school/"},
	{name: "listing-past", path: "opportunities/palm-court-library/make-a-zine/"},
	{name: "listing-untranslated", path: "opportunities/nahham-house/sea-songs-choir/"},
	{name: "list", path: "opportunities/"},
	{name: "subject", path: "subjects/sciences/"},
	{name: "subjects", path: "subjects/"},
	{name: "skill", path: "skills/thinking/"},
	{name: "place", path: "places/al-khor/"},
	{name: "kind", path: "kinds/club/"},
	{name: "age", path: "ages/9-11/"},
	{name: "provider", path: "providers/lantern-observatory/"},
	{name: "pathway", path: "pathways/reach-for-the-stars/"},
	{name: "badge", path: "badges/stargazer/"},
	{name: "providers", path: "providers/"},
	{name: "school", path: "schools/seven-palms-primary/"},
	{name: "school-everything", path: "schools/northwind-secondary/"},
	{name: "schools", path: "schools/"},
	{name: "newsletter", path: "newsletter/"},
	{name: "timetable", path: "schools/seven-palms-primary/timetable/"},
	{name: "poster", path: "schools/harbour-lane-preparatory/poster/", arabic: "ar/schools/seven-palms-primary/poster/"},
	{name: "poster-grade", path: "schools/harbour-lane-preparatory/poster/#g-2-a3", arabic: "ar/schools/seven-palms-primary/poster/#g-1-a3"},
	{name: "poster-listing", path: "opportunities/lantern-observatory/night-sky/#poster"},
	{name: "calendar", path: "calendar/"},
	{name: "calendar-month", path: "calendar/2027-01/"},
	{name: "past", path: "past/2026/"},
	{name: "search", path: "search/"},
	{name: "search-results", path: "search/?q=sky"}, // in Arabic it finds nothing
	{name: "search-filters", path: "search/?subjects=sciences&skills=teamwork&cost=free&near=25.319,51.524&within=25"},
	{name: "search-misses", path: "search/?q=robtos+sky&cost=paid"},
	{name: "board", path: "board/", bare: true},
	{name: "channel", path: "channel/"},
	{name: "channel-chosen", path: "channel/?subjects=sciences&grades=4&mode=in-person&near=25.319,51.524&within=25"},
	{name: "embed", path: "embed/"},
	{name: "embed-list", path: "embed/?subjects=sciences&layout=list&limit=3"},
	{name: "embed-school", path: "schools/seven-palms-primary/embed/"},
	{name: "embed-how", path: "embed/how/"},
	{name: "saved", path: "saved/"},
	{name: "submit", path: "submit/"},
	{name: "submit-edit", path: "submit/?edit=opportunities/lantern-observatory/night-sky"},
	{name: "submit-by-hand", path: "submit/?edit=opportunities/lantern-observatory/none"},
	{name: "federation", path: "federation/"},
	{name: "offline", path: "offline/"},
	{name: "text", path: "pages/about/"},
	{name: "not-found", path: "opportunities/no-such-listing/", status: 404},
}

// kindsNamed are the kinds of these names, all of them where there is none.
func kindsNamed(names []string) ([]kind, error) {
	if len(names) == 0 {
		return kinds, nil
	}
	var some []kind
	for _, name := range names {
		i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
		if i < 0 {
			return nil, fmt.Errorf("no kind of page is called %q; there are %s", name, strings.Join(kindNames(), ", "))
		}
		some = append(some, kinds[i])
	}
	return some, nil
}

func kindNames() []string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.name)
	}
	return names
}

// language is one of the sample catalogue's.
type language struct {
	code, dir string
	prefix    string // of its paths
}

var languages = []language{{"en", "ltr", ""}, {"ar", "rtl", "ar/"}}
