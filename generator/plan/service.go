package plan

import (
	"bufio"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"fursa/feeds"
	"fursa/feeds/sign"
	"fursa/generator/catalogue"
	"fursa/schema"
)

// about is what fursa/catalogue.json says: who this is and what it publishes.
type about struct {
	ID          string          `json:"id"`
	URL         string          `json:"url"`
	Name        schema.Text     `json:"name"`
	Description schema.Text     `json:"description,omitempty"`
	Languages   []string        `json:"languages"`
	Licence     *schema.Licence `json:"licence,omitempty"`
	Contact     *schema.Contact `json:"contact,omitempty"`
	TimeZone    string          `json:"time_zone"`
	Counts      counts          `json:"counts"`
	Changed     time.Time       `json:"changed"`
	// Key is the public key that signs the manifest, FormerKey the one before
	// it while the catalogue changes keys.
	Key       string      `json:"key,omitempty"`
	FormerKey string      `json:"former_key,omitempty"`
	Manifest  string      `json:"manifest"`
	Feeds     []aboutFeed `json:"feeds"`
}

type counts struct {
	Current   int `json:"current"`
	Listings  int `json:"listings"`
	Providers int `json:"providers"`
}

type aboutFeed struct {
	Type     string `json:"type"`
	Language string `json:"language,omitempty"`
	URL      string `json:"url"`
}

// AboutPath is where a catalogue says who it is.
const AboutPath = "fursa/catalogue.json"

// rpdeType is the type of a change feed, which has no type of its own.
const rpdeType = "application/json; profile=\"https://openactive.io/realtime-paged-data-exchange/\""

func (s *site) about() about {
	a := about{
		ID: s.ID, URL: s.base.String(), Name: s.Settings.Name, Description: s.Settings.Description,
		Languages: s.Settings.Languages, Licence: s.Settings.Licence, Contact: s.Settings.Contact,
		TimeZone: s.Settings.TimeZone,
		Counts:   s.counts(),
		Changed:  s.changed(),
		Key:      s.Settings.Key, FormerKey: s.Settings.FormerKey, Manifest: s.url(sign.ManifestPath),
		Feeds: []aboutFeed{{Type: rpdeType, URL: s.url(RPDEPath)}},
	}
	for _, e := range s.editions {
		for _, f := range [][2]string{{"application/rss+xml", rssName}, {"application/atom+xml", atomName}, {"application/feed+json", jsonName}, {"text/calendar", icsName}} {
			a.Feeds = append(a.Feeds, aboutFeed{f[0], e.lang, s.url(e.prefix + f[1])})
		}
	}
	return a
}

// counts are of what is the catalogue's own.
func (s *site) counts() counts {
	var c counts
	for _, l := range s.Own() {
		c.Listings++
		if !l.Ended {
			c.Current++
		}
	}
	for _, p := range s.Providers {
		if p.Origin == nil {
			c.Providers++
		}
	}
	return c
}

// changed is when a listing last changed; before there was one, when the
// catalogue was first published.
func (s *site) changed() time.Time {
	latest := s.Ledger.First
	for _, l := range s.Own() {
		if l.Modified.After(latest) {
			latest = l.Modified
		}
	}
	return latest.UTC()
}

// service are the files for machines: who this is, the list of feeds, the
// site map, what hosts and robots read.
func (s *site) service() []Output {
	return append([]Output{
		{Path: AboutPath, Class: IndexClass, Write: func(w io.Writer) error {
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			return enc.Encode(s.about())
		}},
		{Path: "feeds/index.opml", Class: IndexClass, Write: func(w io.Writer) error {
			return feeds.OPML(w, s.editions[0].view.Name, s.outlines())
		}},
		{Path: "robots.txt", Class: IndexClass, Write: func(w io.Writer) error {
			_, err := fmt.Fprintf(w, "User-agent: *\nAllow: /\n\nSitemap: %s\n", s.url("sitemap.xml"))
			return err
		}},
		{Path: "_headers", Class: IndexClass, Write: s.headers},
		{Path: "_redirects", Class: IndexClass, Write: s.redirectList},
	}, s.sitemaps()...)
}

func (s *site) outlines() []feeds.Outline {
	var outlines []feeds.Outline
	for _, e := range s.editions {
		top := feeds.Outline{Title: e.view.Name, Lang: e.lang}
		add := func(to *feeds.Outline, set *set) {
			to.Children = append(to.Children, feeds.Outline{
				Title: set.heading, Type: "rss", Lang: e.lang,
				XMLURL: s.url(e.folder(set) + rssName), HTMLURL: s.url(e.file(set.Path())),
			})
			if set.followed() {
				to.Children = append(to.Children, feeds.Outline{
					Title: e.T("feed.changes-title", "list", set.heading), Type: "rss", Lang: e.lang,
					XMLURL: s.url(e.folder(set) + changesName), HTMLURL: s.url(e.file(set.Path())),
				})
			}
			if at := e.newsletterFolder(set); at != "" {
				to.Children = append(to.Children, feeds.Outline{
					Title: e.T("news.feed-title", "list", set.heading), Type: "rss", Lang: e.lang,
					XMLURL: s.url(e.prefix + at + "/" + rssName), HTMLURL: s.url(e.file(at)),
				})
			}
		}
		add(&top, e.everything)
		for _, f := range e.families {
			family := feeds.Outline{Title: f.title, Lang: e.lang}
			for _, set := range f.sets {
				add(&family, set)
			}
			if len(family.Children) > 0 {
				top.Children = append(top.Children, family)
			}
		}
		outlines = append(outlines, top)
	}
	return outlines
}

// perSitemap is how many addresses a site map may hold (sitemaps.org).
const perSitemap = 50_000

type sitemapEntry struct {
	url, modified string
}

// sitemaps are one site map, or an index of several.
func (s *site) sitemaps() []Output {
	entries := s.addresses()
	if len(entries) <= perSitemap {
		return []Output{{Path: "sitemap.xml", Class: IndexClass, Write: func(w io.Writer) error { return writeSitemap(w, "urlset", "url", entries) }}}
	}
	var outputs []Output
	var parts []sitemapEntry
	for n := 0; n*perSitemap < len(entries); n++ {
		part := entries[n*perSitemap : min((n+1)*perSitemap, len(entries))]
		path := fmt.Sprintf("sitemap-%d.xml", n+1)
		outputs = append(outputs, Output{Path: path, Class: IndexClass, Write: func(w io.Writer) error { return writeSitemap(w, "urlset", "url", part) }})
		parts = append(parts, sitemapEntry{url: s.url(path)})
	}
	return append(outputs, Output{Path: "sitemap.xml", Class: IndexClass, Write: func(w io.Writer) error { return writeSitemap(w, "sitemapindex", "sitemap", parts) }})
}

// addresses are the pages that search engines should know: those whose
// canonical address is their own.
func (s *site) addresses() []sitemapEntry {
	var entries []sitemapEntry
	for _, e := range s.editions {
		add := func(path string, l *catalogue.Listing) {
			entry := sitemapEntry{url: s.url(e.file(path))}
			if l != nil {
				entry.modified = l.Modified.UTC().Format(time.RFC3339)
			}
			entries = append(entries, entry)
		}
		add("", nil)
		add("opportunities", nil)
		add("channel", nil)
		add(embedHowPath, nil)
		add("submit", nil)
		add(newsletterName, nil)
		for _, f := range e.families {
			add(f.name, nil)
			for _, set := range f.sets {
				add(set.Path(), nil)
				if set.school != nil && timetablePath(set.school) != "" {
					add(timetablePath(set.school), nil)
				}
				if at := e.newsletterFolder(set); at != "" {
					add(at, nil)
				}
			}
		}
		for _, m := range e.calendarMonths() {
			add(m.path, nil)
		}
		if len(e.Peers) > 0 {
			add(federationPath, nil)
		}
		for _, p := range e.Pages {
			if _, _, written := p.In(e.lang); written {
				add(p.Path, nil)
			}
		}
		for _, l := range s.Own() {
			if e.entries[l].written && l.Status != catalogue.StatusDraft {
				add(l.Path, l)
			}
		}
	}
	return entries
}

func writeSitemap(w io.Writer, root, element string, entries []sitemapEntry) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%s<%s xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n", xml.Header, root)
	for _, e := range entries {
		fmt.Fprintf(b, "<%s><loc>", element)
		_ = xml.EscapeText(b, []byte(e.url)) // errors come back from Flush
		b.WriteString("</loc>")
		if e.modified != "" {
			fmt.Fprintf(b, "<lastmod>%s</lastmod>", e.modified)
		}
		fmt.Fprintf(b, "</%s>\n", element)
	}
	fmt.Fprintf(b, "</%s>\n", root)
	return b.Flush()
}

// policy is the Content-Security-Policy of all pages: nothing from anywhere
// else, no script and no style inside a page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'"

// headers are for hosts that read a _headers file: feeds by their right types;
// feeds, exports and the search readable by other sites' scripts; hashed files
// for ever, the worker and the search script for others only after asking.
func (s *site) headers(w io.Writer) error {
	b := bufio.NewWriter(w)
	const open = "Access-Control-Allow-Origin: *"
	anywhere := "Content-Security-Policy: " + s.framing() + "; frame-ancestors *"
	// Pages say the policy themselves; e-mails, which are no pages, have their
	// styles in attributes.
	policy := strings.Replace(s.framing(), "img-src", "style-src-attr 'unsafe-inline'; img-src", 1)
	for _, rule := range [][]string{
		{"*", "X-Content-Type-Options: nosniff", "Referrer-Policy: strict-origin-when-cross-origin", "Content-Security-Policy: " + policy},
		{"assets/*", "Cache-Control: public, max-age=31536000, immutable", open},
		// Hosts join what several rules say of a file; no-cache outweighs the rest.
		{"assets/search.*", "Cache-Control: no-cache"},
		{elementName, "Cache-Control: no-cache"},
		{embedPath + "/*", anywhere},
		{"*/" + embedPath + "/*", anywhere},
		{oembedName, open},
		{"*/" + oembedName, open},
		{indexName, open},
		{"*/" + indexName, open},
		{WorkerName, "Cache-Control: no-cache"},
		{"*/feed.xml", "Content-Type: application/rss+xml; charset=utf-8", open},
		{"*/atom.xml", "Content-Type: application/atom+xml; charset=utf-8", open},
		{"*/feed.json", "Content-Type: application/feed+json; charset=utf-8", open},
		{"*/calendar.ics", "Content-Type: text/calendar; charset=utf-8", open},
		{"*/" + deadlinesName, "Content-Type: text/calendar; charset=utf-8", open},
		{"*/" + thinName, "Content-Type: application/vnd.ims.imsccv1p3", open},
		{"*/" + commonName, "Content-Type: application/vnd.ims.imsccv1p1", open},
		{"*/" + changesName, "Content-Type: application/rss+xml; charset=utf-8", open},
		{"*/" + newsletterName + "/*.txt", "Content-Type: text/plain; charset=utf-8"},
		{"catalogue.*", open},
		{"schema/*", open},
		{"fursa/*", open},
		{"feeds/rpde/*", open},
	} {
		fmt.Fprintf(b, "%s%s\n", s.base.Path, rule[0])
		for _, h := range rule[1:] {
			fmt.Fprintf(b, "  %s\n", h)
		}
	}
	return b.Flush()
}

// redirectList is for hosts that read a _redirects file; other hosts have the
// pages of redirects.
func (s *site) redirectList(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, e := range s.editions {
		for _, r := range s.Redirects {
			if !e.has(r.To) {
				continue
			}
			fmt.Fprintf(b, "%s %s 301\n", e.href(r.From), e.href(r.To))
		}
	}
	return b.Flush()
}

// redirects are pages at old addresses that lead to the new ones.
func (s *site) redirects() []Output {
	var outputs []Output
	for _, e := range s.editions {
		for _, r := range s.Redirects {
			if !e.has(r.To) {
				continue
			}
			outputs = append(outputs, e.render(e.file(r.From), "moved", func() any {
				return Moved{e.lang, e.dir, e.href(r.To), e.url(e.file(r.To))}
			}))
		}
	}
	return outputs
}
