package plan

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"fursa/feeds"
	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/locale"
	"fursa/themes"
)

// edition is the site in one language.
type edition struct {
	*site
	*locale.Localizer
	lang, dir string
	prefix    string // "" for the first language, else "ar/"
	templates *template.Template
	view      Site
	entries   map[*catalogue.Listing]*entry
	// everything is the set of all current listings, families are all others.
	everything *set
	families   []family
	setOf      map[*catalogue.Set]*set
	history    once[[]news] // all that was ever news, the oldest first
	feeds      map[*catalogue.Provider]*Feeds
	// patterns are the figures of the top subjects, subjectPreviews the
	// preview pictures of all of them and, at nil, of the catalogue.
	patterns        map[*catalogue.Term]template.HTML
	subjectPreviews map[*catalogue.Term]*Preview
	scripts         map[string]string // addresses by entry point
	index           editionIndex
	bundle          themes.Bundle
	submit          once[[]byte]          // what the form's script needs
	failed          atomic.Pointer[error] // of a card, the first
}

// entry is a listing in the language of an edition. What several outputs need
// of it is made once, when the first asks.
type entry struct {
	*catalogue.Listing
	value   *schema.Opportunity // in the edition's language, as far as it goes
	body    string
	written bool // in the edition's language
	card    once[template.HTML]
	cards   sync.Map // template.HTML by why it is there
	item    once[*feeds.Item]
	events  once[[]feeds.Event]
	packed  once[*feeds.CartridgeListing]
	code    once[template.HTML]
}

// once is a value that is made when it is first asked for.
type once[T any] struct {
	sync.Once
	value T
}

func (o *once[T]) get(make func() T) T {
	o.Do(func() { o.value = make() })
	return o.value
}

func newEdition(s *site, lang string) (*edition, diag.List, error) {
	loc, err := locale.New(lang, s.Settings.Numerals, s.Theme.Messages())
	if err != nil {
		return nil, nil, fmt.Errorf("language %s: %w", lang, err)
	}
	e := &edition{site: s, Localizer: loc, lang: lang, dir: loc.Dir(), feeds: map[*catalogue.Provider]*Feeds{}, entries: map[*catalogue.Listing]*entry{}}
	if lang != s.Language() {
		e.prefix = lang + "/"
	}
	e.templates, err = s.Theme.With(Functions(loc, s.asset), func(key string) string { return loc.T(key) })
	if err != nil {
		return nil, nil, err
	}
	list := e.addScripts()
	for _, l := range s.Listings {
		x := &entry{Listing: l}
		x.value, x.body, x.written = l.In(lang)
		e.entries[l] = x
	}
	return e, list, nil
}

// Functions are what templates can call, for one language; nil stands for
// none, to read templates with. Asset gives the address of an asset of the
// theme.
func Functions(l *locale.Localizer, asset func(name string) (string, error)) template.FuncMap {
	return template.FuncMap{
		// t is a message by its key, with names and values for its parts.
		"t": func(key string, args ...any) string { return l.T(key, args...) },
		// asset is the address of a file of the theme's assets folder.
		"asset": asset,
		// facts and items are the contents of a list: of facts, and of links.
		"facts": factsHTML,
		"items": itemsHTML,
		// phone is a telephone number as a tel: address has it.
		"phone": func(s string) string {
			return strings.Map(func(r rune) rune {
				if r == '+' || '0' <= r && r <= '9' {
					return r
				}
				return -1
			}, s)
		},
	}
}

// file is where a page of this edition stands: "ar/subjects/art/index.html".
func (e *edition) file(path string) string {
	if path != "" {
		path += "/"
	}
	return e.prefix + path + "index.html"
}

// href is the address of a page of this edition, from the host's root.
func (e *edition) href(path string) string {
	if path == "" {
		return e.base.Path + e.prefix
	}
	return e.base.Path + e.prefix + path + "/"
}

// render is a page as an output.
func (e *edition) render(path, name string, view func() any) Output {
	return Output{Path: path, Class: PageClass, Write: func(w io.Writer) error {
		v := view()
		if err := e.failed.Load(); err != nil {
			return *err
		}
		return e.templates.ExecuteTemplate(w, name, v)
	}}
}

// frame makes what all pages of the edition share.
func (e *edition) frame() error {
	v := &e.view
	v.Lang, v.Dir = e.lang, e.dir
	v.Name, v.Description = e.words(e.Settings.Name).Text, e.words(e.Settings.Description).Text
	e.addPreviews()
	e.families, e.everything = e.newFamilies(), e.newEverything()
	e.setOf = map[*catalogue.Set]*set{}
	for _, f := range e.families {
		for _, s := range f.sets {
			e.setOf[s.Set] = s
		}
	}
	v.Notice = e.words(e.Settings.Notice).Text
	v.Root, v.Home = e.base.Path, e.href("")
	v.Search, v.Saved, v.Submit = e.href("search"), e.href("saved"), e.href("submit")
	v.Styles, v.Icon, v.Policy = e.path(e.styles), e.path(e.icon), `content="`+policy+`"`
	v.Script = e.scripts["site"]
	v.Zone, v.Numerals = e.Settings.TimeZone, e.Settings.Numerals
	v.Offline = e.offline()
	if logo := e.Settings.Look.Logo; logo != "" {
		v.Logo = e.picture(&schema.Image{Src: logo})
	}
	e.menus()
	if c := e.Settings.Contact; c != nil {
		v.Contact = &Contact{c.Name, c.Email, c.Phone, ""}
	}
	if l := e.Settings.Licence; l != nil {
		v.Licence = &Link{Text: e.T("site.licence", "licence", l.Name), URL: l.URL}
	}
	for name, part := range map[string]*template.HTML{"open": &v.Open, "header": &v.Header, "footer": &v.Footer} {
		var b bytes.Buffer
		if err := e.templates.ExecuteTemplate(&b, name, v); err != nil {
			return fmt.Errorf("theme: %w", err)
		}
		*part = template.HTML(b.String()) //nolint:gosec // rendered by html/template
	}
	return e.addFeeds()
}

// addFeeds renders what pages say of each set's feeds.
func (e *edition) addFeeds() error {
	sets := []*set{e.everything}
	for _, f := range e.families {
		sets = append(sets, f.sets...)
	}
	for _, s := range sets {
		s.feeds = &Feeds{All: e.feedsOf(s)}
		for name, part := range map[string]*template.HTML{"feed-links": &s.feeds.Head, "feeds": &s.feeds.Section, "feed-line": &s.feeds.Line} {
			var b bytes.Buffer
			if err := e.templates.ExecuteTemplate(&b, name, s.feeds); err != nil {
				return fmt.Errorf("theme: %w", err)
			}
			*part = template.HTML(b.String()) //nolint:gosec // rendered by html/template
		}
		if s.provider != nil {
			e.feeds[s.provider] = s.feeds
		}
	}
	return nil
}

// inMenu are the families that the header leads to, before the form for those who
// offer something; the footer leads to all.
var inMenu = []string{"subjects", "ages", "places", "providers"}

func (e *edition) menus() {
	listings := Link{Text: e.T("nav.listings"), URL: e.href("opportunities")}
	calendar := Link{Text: e.T("nav.calendar"), URL: e.href("calendar")}
	e.view.Menu = []Link{listings, calendar}
	e.view.Browse = []Link{listings, calendar}
	for _, f := range e.families {
		link := Link{Text: f.title, URL: e.href(f.name)}
		e.view.Browse = append(e.view.Browse, link)
		if slices.Contains(inMenu, f.name) {
			e.view.Menu = append(e.view.Menu, link)
		}
	}
	if len(e.Years) > 0 {
		e.view.Browse = append(e.view.Browse, Link{Text: e.T("nav.past"), URL: e.href("past")})
	}
	e.view.Menu = append(e.view.Menu, Link{Text: e.T("submit.title"), URL: e.href("submit")})
	e.view.FooterLinks = e.footer()
}

func (e *edition) footer() []Link {
	var links []Link
	pages := slices.Clone(e.Pages)
	slices.SortStableFunc(pages, func(a, b *catalogue.Record[schema.Page]) int { return cmp.Compare(a.Value.Menu, b.Value.Menu) })
	for _, p := range pages {
		title := e.pageTitle(p)
		links = append(links, Link{Text: title.Text, Lang: title.Lang, Dir: title.Dir, URL: e.href(p.Path)})
	}
	if len(e.Peers) > 0 {
		links = append(links, Link{Text: e.T("federation.title"), URL: e.href(federationPath)})
	}
	return append(links, Link{Text: e.T("submit.title"), URL: e.href("submit")}, Link{Text: e.T("make.title"), URL: e.href("channel")},
		Link{Text: e.T("nav.feeds"), URL: e.path("feeds/index.opml")})
}

func (e *edition) pageTitle(p *catalogue.Record[schema.Page]) Text {
	v, _, written := p.In(e.lang)
	return e.mark(v.Title, written, p.Lang)
}

// mark is a text that is in the edition's language, or else in another.
func (e *edition) mark(text string, written bool, other string) Text {
	if written || other == e.lang || text == "" {
		return Text{Text: text}
	}
	return Text{text, other, locale.Direction(other)}
}

// pick is a translated text; where it is the same as the original it has not
// been translated and is in the original's language.
func (e *edition) pick(translated, original, lang string) Text {
	return e.mark(translated, translated != original, lang)
}

// words is a text that is given by language: in the edition's language, else
// in the catalogue's first, else in any.
func (e *edition) words(t schema.Text) Text {
	for _, lang := range append([]string{e.lang}, e.Settings.Languages...) {
		if s := t[lang]; s != "" {
			return e.mark(s, lang == e.lang, lang)
		}
	}
	return Text{}
}

// page is what every page at a path has. Alternates are left out where the
// page is not really translated.
func (e *edition) page(path, title, description string) Page {
	p := Page{Site: &e.view, Title: title, Description: description, Canonical: e.url(e.file(path)), Preview: e.previewOf(nil)}
	if len(e.editions) > 1 {
		for _, other := range e.editions {
			p.Alternates = append(p.Alternates, Alternate{other.lang, e.url(other.file(path))})
			if other != e {
				p.Languages = append(p.Languages, other.link(path))
			}
		}
		p.Alternates = append(p.Alternates, Alternate{"x-default", e.url(e.editions[0].file(path))})
	}
	return p
}

// link leads to a path in this edition, by the name of its language.
func (e *edition) link(path string) Link {
	return Link{Text: e.Name(), Lang: e.lang, Dir: e.dir, URL: e.href(path)}
}

// original makes a page that is not written in the edition's language point
// at the one that is: its canonical address is there, and no alternates.
func (e *edition) original(p *Page, path, lang string) {
	p.Alternates = nil
	for _, other := range e.editions {
		if other.lang == lang {
			p.Canonical = e.url(other.file(path))
		}
	}
}

// crumbs lead from the home page to a page.
func (e *edition) crumbs(links ...Link) []Link {
	return append([]Link{{Text: e.T("nav.home"), URL: e.href("")}}, links...)
}
