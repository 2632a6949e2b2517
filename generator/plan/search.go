package plan

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"fursa/generator/search"
)

// SearchPage is seen by the template «search». Action is the page's own
// address, Entry that of the search index, for the script; Browse are the ways
// in for those who have none.
type SearchPage struct {
	Page
	// Action is where the form leads, Entry the address of the index, Script
	// that of the script, Filters that of the script for filters.
	Action, Entry, Script, Filters string
	// Channel is the address of the page that makes a channel of a search.
	Channel string

	All    Link
	Browse []Browse
	// Families are the filters of which each term has a page and feeds of its
	// own: at the family's address, and the term's name.
	Families []Family
	// Ages are the age bands as JSON: by name, the lowest age and, where there
	// is one, the highest: {"6-8": [6, 8]}.
	Ages string
	// NewSchool is the address at which a school's file can be added to the
	// catalogue, empty where that is not known. {name} and {text} in it stand
	// for the file's name without its ending and what it is to hold.
	NewSchool string
	// Weekend are the days of the week without school, from 0 for Sunday to 6:
	// «56».
	Weekend string
}

// Family is a folder of pages that list something: its name, such as
// «subjects», and its address.
type Family struct{ Name, URL string }

func (e *edition) searchPage() SearchPage {
	entry := e.path(e.index.entry)
	p := SearchPage{
		Page:   e.page("search", e.T("search.title"), e.T("search.description", "name", e.view.Name)),
		Action: e.href("search"), Entry: entry, Script: e.scripts["search"], Filters: e.scripts["search-filters"], Channel: e.href("channel"), All: e.allLink(),
	}
	p.NoIndex = true // what there is to find is on other pages
	p.Preload = entry
	p.Feeds, p.Crumbs, p.Figures = e.everything.feeds, e.crumbs(), e.allFigures()
	for _, f := range e.families {
		if slices.Contains([]string{"subjects", "ages", "places", "kinds"}, f.name) {
			p.Browse = append(p.Browse, Browse{f.title, e.href(f.name), e.tree(f.sets, nil)})
		}
		if slices.ContainsFunc(e.Search.Facets, func(x search.Facet) bool { return x.Name == f.name }) {
			p.Families = append(p.Families, Family{f.name, e.href(f.name)})
		}
	}
	p.Weekend = weekend(e.Settings.SchoolCalendar)
	p.Ages = e.bandRanges()
	if r := e.Settings.Repository; r != nil && strings.HasPrefix(r.URL, "http") { // a script makes a link of it
		p.NewSchool = r.NewURL("schools/{name}.toml")
	}
	return p
}

// bandRanges are the age bands for scripts.
func (e *edition) bandRanges() string {
	bands := map[string][]int{}
	for _, s := range e.Ages {
		bands[s.Name] = []int{s.Band.Min}
		if s.Band.Max != nil {
			bands[s.Name] = append(bands[s.Name], *s.Band.Max)
		}
	}
	text, err := json.Marshal(bands)
	if err != nil {
		panic(err) // numbers can be written
	}
	return string(text)
}

// searchURL is the address of the search page with filters: a family or
// another facet, a term of it, the next family, and so on. "q" is the words,
// "from" and "to" are days.
func (e *edition) searchURL(pairs ...string) string {
	var b strings.Builder
	b.WriteString(e.href("search"))
	for i := 0; i+1 < len(pairs); i += 2 {
		b.WriteByte("?&"[min(i, 1)])
		b.WriteString(url.QueryEscape(pairs[i]) + "=" + url.QueryEscape(pairs[i+1]))
	}
	return b.String()
}
