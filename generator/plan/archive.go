package plan

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"fursa/feeds"
	"fursa/generator/catalogue"
	"fursa/generator/ledger"
	"fursa/schema/when"
)

// The archive is all that the feed of everything ever said, 50 items a page
// (RFC 5005, section 4): whoever subscribes today can still read it. Pages are
// numbered from the oldest and say nothing that depends on the day, so that an
// old page stays as it is. What came last stands in the feed alone until it
// fills a page. Items have a title, dates and the address of their page: with all
// that feeds say the archive of 20,000 listings would be 90 MB.

// archive are the pages of the archive, in the formats that have one.
func (e *edition) archive() []Output {
	var outputs []Output
	for page := 1; page <= e.archivePages(); page++ {
		for _, f := range []struct {
			name  string
			write func(io.Writer, feeds.Channel) error
		}{{rssName, feeds.RSS}, {atomName, feeds.Atom}} {
			at := e.archivePage(page, f.name)
			outputs = append(outputs, Output{Path: at, Class: FeedClass, Write: func(w io.Writer) error {
				c := e.feedChannel(e.everything)
				c.Self = e.url(at)
				c.Archive = feeds.Archive{Current: e.url(e.prefix + f.name), Previous: e.olderThan(page, f.name)}
				c.Items = e.archived(page)
				return f.write(w, c)
			}})
		}
	}
	return outputs
}

// archivePages is how many pages are full, beside those items that the feed
// itself holds.
func (e *edition) archivePages() int { return (len(e.history.get(e.allNews)) - 1) / inFeed }

func (e *edition) archivePage(page int, name string) string {
	return fmt.Sprintf("%sarchive/%d/%s", e.prefix, page, name)
}

// olderThan is the address of the page before one, empty for the first. The
// feed itself counts as the page after the last.
func (e *edition) olderThan(page int, name string) string {
	if page <= 1 {
		return ""
	}
	return e.url(e.archivePage(page-1, name))
}

// allNews is everything of our own that was ever news, the oldest first. What has gone
// from the catalogue keeps its place while the ledger knows of it, without an
// entry, so that what follows does not move up.
func (e *edition) allNews() []news {
	var all []news
	for _, l := range e.Own() {
		if l.Status != catalogue.StatusDraft {
			all = append(all, e.newsOf(l)...)
		}
	}
	for id, r := range e.Ledger.Records {
		if r.State != ledger.Gone || r.Sent == "" {
			continue
		}
		all = append(all, news{at: r.Published, id: id})
		for _, revision := range r.Revisions {
			all = append(all, news{at: revision.When, id: revisionID(id, revision.N)})
		}
	}
	slices.SortFunc(all, func(a, b news) int { return cmp.Or(a.at.Compare(b.at), strings.Compare(a.id, b.id)) })
	return all
}

// archived are the items of a page, the newest first.
func (e *edition) archived(page int) []feeds.Item {
	slots := e.history.get(e.allNews)[(page-1)*inFeed : page*inFeed]
	var items []feeds.Item
	for _, n := range slices.Backward(slots) {
		if n.x == nil {
			continue
		}
		item := e.lasting(n.x)
		if n.change != nil {
			item = e.revised(item, *n.change)
		}
		items = append(items, item)
	}
	return items
}

// lasting is a listing's item as it reads on any day: with all its dates, not
// the next one.
func (e *edition) lasting(x *entry) feeds.Item {
	return feeds.Item{
		ID: x.ID, Title: x.value.Title, Link: e.url(e.file(x.Path)),
		Summary: capital(e.allDates(x)),
		Lang:    e.lang, Dir: e.dir,
		Published: x.Published, Updated: x.Modified,
	}
}

// once is the session of a listing that takes place once.
func (x *entry) once() (s when.Session, ok bool) {
	sessions := x.Value.When()
	if len(sessions) != 1 || sessions[0].RRule != "" {
		return s, false
	}
	return sessions[0], true
}

// allDates says in words when a listing takes place, from its first day to its
// last.
func (e *edition) allDates(x *entry) string {
	if s, ok := x.once(); ok {
		return e.single(s)
	}
	if len(x.Value.Sessions) > 0 {
		return e.DateRange(x.First, cmpDate(x.Last, x.First))
	}
	line, _ := e.whenLine(x)
	return line
}
