package plan

import (
	"cmp"
	"slices"
	"strings"

	"fursa/generator/catalogue"
)

// family is the sets of one folder: all subjects, all places.
type family struct {
	name, title string
	sets        []*set
	// elsewhere are those whose pages other catalogues have.
	elsewhere []*set
}

// set is a set of listings in the words of an edition.
type set struct {
	*catalogue.Set
	title    Text
	heading  string // of its page
	parent   *catalogue.Term
	provider *catalogue.Provider
	pathway  *catalogue.Pathway
	badge    *catalogue.Badge
	school   *catalogue.School
	feeds    *Feeds
	newest   once[[]news]
}

// newFamilies are the ways into the catalogue, without those that hold nothing.
func (e *edition) newFamilies() []family {
	all := []family{
		e.terms(e.Subjects, "list.subject"),
		e.terms(e.Skills, "list.skill"),
		e.terms(e.Places, "list.place"),
		{name: "kinds", title: e.T("nav.kinds"), sets: e.kinds()},
		{name: "ages", title: e.T("nav.ages"), sets: e.ages()},
		e.providers(),
		{name: "pathways", title: e.T("nav.pathways"), sets: e.pathways()},
		{name: "badges", title: e.T("nav.badges"), sets: e.badges()},
		{name: "schools", title: e.T("nav.schools"), sets: e.schools()},
	}
	return slices.DeleteFunc(all, func(f family) bool {
		return len(f.sets)+len(f.elsewhere) == 0 && (f.name != "schools" || len(e.Schools) == 0) // schools may read another language
	})
}

func (e *edition) terms(v *catalogue.Vocabulary, heading string) family {
	f := family{name: v.Name, title: e.T("nav." + v.Name)}
	for _, t := range v.Terms {
		title := e.words(t.Label)
		f.sets = append(f.sets, &set{Set: &t.Set, title: title, heading: e.T(heading, "name", title.Text), parent: t.Broader})
	}
	return f
}

func (e *edition) kinds() []*set {
	var sets []*set
	for _, s := range e.Kinds {
		title := e.T("kinds." + s.Name)
		sets = append(sets, &set{Set: s, title: Text{Text: title}, heading: title})
	}
	slices.SortFunc(sets, func(a, b *set) int { return e.Compare(a.title.Text, b.title.Text) })
	return sets
}

func (e *edition) ages() []*set {
	var sets []*set
	for _, s := range e.Ages {
		title := e.words(s.Band.Label)
		if title.Text == "" {
			title.Text = e.ageWords(s.Band.Min, s.Band.Max)
		}
		sets = append(sets, &set{Set: s, title: title, heading: e.T("list.age", "ages", title.Text)})
	}
	return sets
}

func (e *edition) providers() family {
	f := family{name: "providers", title: e.T("nav.providers")}
	for _, p := range e.Providers {
		v, _, _ := p.Record.In(e.lang)
		title := e.pick(v.Name, p.Record.Value.Name, p.Record.Lang)
		s := &set{Set: &p.Set, title: title, heading: title.Text, provider: p}
		if p.Origin == nil {
			f.sets = append(f.sets, s)
		} else {
			s.title.Text += " · " + e.peerName(p.Origin.Peer) // towns have libraries of one name
			f.elsewhere = append(f.elsewhere, s)
		}
	}
	byTitle := func(a, b *set) int {
		return cmp.Or(e.Compare(a.title.Text, b.title.Text), strings.Compare(a.Name, b.Name))
	}
	slices.SortFunc(f.sets, byTitle)
	slices.SortFunc(f.elsewhere, byTitle)
	return f
}

func (e *edition) pathways() []*set {
	var sets []*set
	for _, p := range e.Pathways {
		v, _, _ := p.Record.In(e.lang)
		title := e.pick(v.Title, p.Record.Value.Title, p.Record.Lang)
		sets = append(sets, &set{Set: &p.Set, title: title, heading: title.Text, pathway: p})
	}
	return sets
}

func (e *edition) badges() []*set {
	var sets []*set
	for _, b := range e.Badges {
		v, _, _ := b.Record.In(e.lang)
		title := e.pick(v.Name, b.Record.Value.Name, b.Record.Lang)
		sets = append(sets, &set{Set: &b.Set, title: title, heading: title.Text, badge: b})
	}
	return sets
}

// link leads to a set's page, with the number of its listings.
func (e *edition) setLink(s *set) Link {
	link := Link{Text: s.title.Text, Lang: s.title.Lang, Dir: s.title.Dir, URL: e.href(s.Path()), Count: e.Number(float64(len(s.Listings)))}
	if s.provider != nil {
		link.URL = e.providerLink(s.provider).URL
	}
	if s.Family == "subjects" {
		link.Hue, link.Pattern = e.Subjects.Hue(s.Term), e.figure(s.Term)
	}
	return link
}

// tree is the sets of a family below a term, nil for the top, with the ones
// below them.
func (e *edition) tree(sets []*set, below *catalogue.Term) []Link {
	var links []Link
	for _, s := range sets {
		if s.parent != below {
			continue
		}
		link := e.setLink(s)
		if s.Term != nil {
			link.Children = e.tree(sets, s.Term)
		}
		links = append(links, link)
	}
	return links
}

// termLink leads to a term's page.
func (e *edition) termLink(t *catalogue.Term) Link {
	label := e.words(t.Label)
	return Link{Text: label.Text, Lang: label.Lang, Dir: label.Dir, URL: e.href(t.Set.Path())}
}

func (e *edition) termLinks(terms []*catalogue.Term) []Link {
	var links []Link
	for _, t := range terms {
		links = append(links, e.termLink(t))
	}
	return links
}

func (e *edition) providerLink(p *catalogue.Provider) Link {
	v, _, _ := p.Record.In(e.lang)
	name := e.pick(v.Name, p.Record.Value.Name, p.Record.Lang)
	link := Link{Text: name.Text, Lang: name.Lang, Dir: name.Dir, URL: e.href(p.Path())}
	if p.Origin != nil {
		link.URL = p.Origin.URL
	}
	return link
}

func (e *edition) listingLink(l *catalogue.Listing) Link {
	title := e.title(e.entries[l])
	return Link{Text: title.Text, Lang: title.Lang, Dir: title.Dir, URL: e.hrefOf(l)}
}

// hrefOf is the address of a listing's page: on this site from the host's root,
// or where it comes from.
func (e *edition) hrefOf(l *catalogue.Listing) string {
	if l.IsForeign() {
		return l.Origin.URL
	}
	return e.href(l.Path)
}

// urlOf is the absolute address of a listing's page.
func (e *edition) urlOf(l *catalogue.Listing) string {
	if l.IsForeign() {
		return l.Origin.URL
	}
	return e.url(e.file(l.Path))
}

// recordLink leads to the page of a listing, a pathway or a badge by its path;
// false where it has none.
func (e *edition) recordLink(path string) (Link, bool) {
	folder, slug, _ := strings.Cut(path, "/")
	if folder == "opportunities" {
		if l := e.Listing(slug); l != nil {
			return e.listingLink(l), true
		}
		return Link{}, false
	}
	for _, family := range e.families {
		if family.name != folder {
			continue
		}
		for _, s := range family.sets {
			if s.Name == slug {
				return Link{Text: s.title.Text, Lang: s.title.Lang, Dir: s.title.Dir, URL: e.href(path)}, true
			}
		}
	}
	return Link{}, false
}
