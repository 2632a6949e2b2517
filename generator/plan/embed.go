package plan

import (
	"html/template"
	"io"
	"strings"

	"fursa/generator/catalogue"
)

const (
	// embedPath and embedHowPath are the pages for other sites, and how to put
	// them there.
	embedPath    = "embed"
	embedHowPath = "embed/how"
	// elementName is the script for other sites that defines <fursa-embed>.
	elementName = "assets/embed.js"
	// inEmbed is how many cards an embed holds without asking the index.
	inEmbed = 12
)

// framing is the policy of what other sites show in frames. The word 'self'
// means nothing in a sandboxed frame in some browsers, so the site is named.
func (s *site) framing() string {
	return strings.ReplaceAll(policy, "'self'", "'self' "+s.root)
}

// embeds are the page of all listings for other sites, and that which says how
// it gets there. Those of schools are among the schools' pages.
func (e *edition) embeds() []Output {
	return []Output{
		e.render(e.file(embedPath), "embed", func() any { return e.embedPage() }),
		e.render(e.file(embedHowPath), "embed-how", func() any { return e.embedHowPage() }),
	}
}

func schoolEmbed(s *catalogue.School) string { return s.Path() + "/" + embedPath }

func (e *edition) embedPage() EmbedPage {
	p := e.newEmbed(e.page(embedPath, e.view.Name, e.view.Description), e.Current, e.card)
	p.About, p.Entry = e.allLink(), e.path(e.index.entry)
	p.Heading.Text, p.Figures = e.view.Name, e.allFigures()
	p.OEmbed = e.oembedAddress(e.everything)
	return p
}

func (e *edition) schoolEmbedPage(s *set) EmbedPage {
	why := func(l *catalogue.Listing) template.HTML { return e.cardWhy(l, s.school.Why(l)) }
	p := e.newEmbed(e.pageOf(s.school, schoolEmbed(s.school), s.heading, ""), s.Listings, why)
	p.About = Link{Text: e.T("embed.all"), URL: e.href(s.Path()), Count: e.N("count.listings", len(s.Listings))}
	p.Heading, p.OEmbed = s.title, e.oembedAddress(s)
	return p
}

// newEmbed is an embed of the first of some listings.
func (e *edition) newEmbed(page Page, listings []*catalogue.Listing, card func(*catalogue.Listing) template.HTML) EmbedPage {
	p := EmbedPage{Page: page, Policy: template.HTMLAttr(`content="` + e.framing() + `"`), Script: e.scripts["embed"]} //nolint:gosec // of addresses and words of our own
	p.NoIndex = true
	first := listings[:min(inEmbed, len(listings))]
	for _, l := range first {
		p.Cards = append(p.Cards, card(l))
	}
	p.Figures = e.figuresOf(first...)
	return p
}

func (e *edition) embedHowPage() EmbedHowPage {
	p := EmbedHowPage{
		Page: e.page(embedHowPath, e.T("embed.how"), e.T("embed.how-description", "name", e.view.Name)),
		Code: e.embedCode(embedPath, e.prefix, "search", e.view.Name), Script: e.scripts["embed-how"], Channel: e.href("channel"),
	}
	p.Crumbs = e.crumbs()
	return p
}

// embedCode is what to paste for the embed at a path, of which the feeds stand
// in a folder, and which is about a page of the site.
func (e *edition) embedCode(path, folder, about, name string) EmbedCode {
	c := EmbedCode{
		Address: e.url(e.file(path)), Feed: e.url(folder + rssName), About: e.url(e.file(about)), How: e.href(embedHowPath),
	}
	escape := template.HTMLEscapeString
	c.Frame = `<iframe src="` + escape(c.Address) + `" title="` + escape(name) + `" width="100%" height="640" style="border: 0;" loading="lazy"></iframe>`
	c.Element = `<script src="` + escape(e.url(elementName)) + `" async></script>` + "\n" +
		`<fursa-embed src="` + escape(c.Address) + `"><a href="` + escape(c.About) + `">` + escape(name) + `</a></fursa-embed>`
	return c
}

// oembedName is the file by which programs make a card of a link to a page.
// Only pages of lists have one: a file for each listing would be as many files
// again, and what its preview says is in its page.
const oembedName = "oembed.json"

// oembed is an answer of oEmbed 1.0. A static file can't obey the size that is
// asked for, so it is a link.
type oembed struct {
	Version         string `json:"version"`
	Type            string `json:"type"`
	Title           string `json:"title"`
	ProviderName    string `json:"provider_name"`
	ProviderURL     string `json:"provider_url"`
	CacheAge        int    `json:"cache_age"`
	ThumbnailURL    string `json:"thumbnail_url,omitempty"`
	ThumbnailWidth  int    `json:"thumbnail_width,omitempty"`
	ThumbnailHeight int    `json:"thumbnail_height,omitempty"`
}

// oembedOf is the answer for a set's page. It is good for a day.
func (e *edition) oembedOf(s *set) Output {
	return Output{Path: e.folder(s) + oembedName, Class: FeedClass, Write: func(w io.Writer) error {
		o := oembed{Version: "1.0", Type: "link", Title: s.heading, ProviderName: e.view.Name, ProviderURL: e.url(e.file("")), CacheAge: 24 * 60 * 60}
		if p := e.previewOf(s.Term); p != nil {
			o.ThumbnailURL, o.ThumbnailWidth, o.ThumbnailHeight = p.URL, p.Width, p.Height
		}
		text, err := compact(o)
		if err == nil {
			_, err = w.Write(append(text, '\n'))
		}
		return err
	}}
}

func (e *edition) oembedAddress(s *set) string { return e.url(e.folder(s) + oembedName) }
