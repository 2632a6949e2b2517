package plan

import (
	"cmp"
	"html/template"
	"slices"

	"fursa/generator/catalogue"
)

const (
	// onHome is how many cards each part of the home page holds.
	onHome = 6
	// soonDays is how many days ahead a deadline is soon.
	soonDays = 7
	// newDays is how many days something is new.
	newDays = 7
	// popular is how many ways in stand below the search box.
	popular = 6
	// tiles is how many entries of a family the home page shows.
	tiles = 12
)

// homeOrder are the parts of the home page where the catalogue names none.
func homeOrder() []string {
	return []string{"search", "soon", "deadlines", "subjects", "ages", "places", "new"}
}

func (e *edition) homePage() HomePage {
	p := HomePage{Page: e.page("", e.view.Name, e.view.Description), All: e.allLink()}
	p.Feeds = e.everything.feeds
	p.Preview = e.previewOf(nil)
	p.Data, p.Figures = e.siteData(), e.allFigures()
	order := homeOrder()
	if home := e.Settings.Look.Home; len(home) > 0 {
		order = home
	}
	if !slices.Contains(order, "search") {
		order = append([]string{"search"}, order...) // the page's heading is there
	}
	shown := map[*catalogue.Listing]bool{}
	for _, name := range order {
		p.Sections = append(p.Sections, e.homeSection(name, shown))
	}
	for _, f := range e.families {
		if f.name == "subjects" {
			p.Popular, p.Subjects = e.biggest(f.sets, popular), e.tree(f.sets, nil)
		}
	}
	return p
}

// homeSection is a part of the home page. A listing that stands in one part
// is not new in another.
func (e *edition) homeSection(name string, shown map[*catalogue.Listing]bool) HomeSection {
	s := HomeSection{Name: name}
	switch name {
	case "soon":
		all := e.allLink()
		s.Heading, s.More = e.T("home.soon"), &all
		s.Cards = e.cardsOf(e.Current, onHome, shown)
	case "deadlines":
		s.Heading = e.T("home.deadlines")
		if len(e.Current) > onHome { // else all that there is stands above
			s.Cards = e.cardsOf(e.Deadlines(soonDays), onHome, nil)
		}
	case "new":
		s.Heading = e.T("home.newest")
		fresh := slices.DeleteFunc(newest(e.Current, 2*onHome), func(l *catalogue.Listing) bool { return shown[l] })
		week := e.Today.AddDays(-newDays).In(e.Zone)
		if len(fresh) > 0 && fresh[0].Published.After(week) {
			s.Heading = e.T("home.new")
			fresh = slices.DeleteFunc(fresh, func(l *catalogue.Listing) bool { return l.Published.Before(week) })
		}
		s.Cards = e.cardsOf(fresh, onHome, nil)
	case "about":
		if len(e.Pages) > 0 {
			s.About = e.about()
		}
	default:
		e.browse(&s)
	}
	return s
}

func (e *edition) cardsOf(listings []*catalogue.Listing, most int, shown map[*catalogue.Listing]bool) []template.HTML {
	listings = listings[:min(most, len(listings))]
	for _, l := range listings {
		if shown != nil {
			shown[l] = true
		}
	}
	return e.cards(listings)
}

// browse fills a part that leads into a family: its top sets in their order,
// or of a long family the biggest.
func (e *edition) browse(s *HomeSection) {
	for _, f := range e.families {
		if f.name != s.Name {
			continue
		}
		s.Heading = e.T("home." + f.name)
		for _, set := range f.sets {
			if set.parent == nil && len(set.Listings) > 0 {
				s.Entries = append(s.Entries, e.setLink(set))
			}
		}
		if len(s.Entries) > tiles {
			s.Entries = e.biggest(f.sets, tiles)
		}
		s.More = &Link{Text: f.title, URL: e.href(f.name)}
	}
}

// biggest are the n sets that hold most, the biggest first.
func (e *edition) biggest(sets []*set, n int) []Link {
	sorted := slices.DeleteFunc(slices.Clone(sets), func(s *set) bool { return len(s.Listings) == 0 })
	slices.SortStableFunc(sorted, func(a, b *set) int { return cmp.Compare(len(b.Listings), len(a.Listings)) })
	var links []Link
	for _, s := range sorted[:min(n, len(sorted))] {
		links = append(links, e.setLink(s))
	}
	return links
}

// about is the text of the page «about», or of the first there is.
func (e *edition) about() Rich {
	page := e.Pages[0]
	for _, p := range e.Pages {
		if p.Slug() == "about" {
			page = p
		}
	}
	_, body, written := page.In(e.lang)
	mark := e.mark("x", written, page.Lang)
	return Rich{template.HTML(e.markdown.HTML(body, 2)), mark.Lang, mark.Dir} //nolint:gosec // goldmark without raw HTML
}
