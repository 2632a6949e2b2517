package plan

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"fursa/feeds"
	"fursa/generator/catalogue"
)

// What only the whole catalogue and schools have beside the four feeds that
// all sets have.
const (
	deadlinesName = "deadlines.ics"
	changesName   = "changes.xml"
)

// followed says whether a set has a calendar of deadlines and a feed of
// changes: whoever follows a subject hears of both in its feeds, but a school
// must act on them.
func (s *set) followed() bool { return s.Family == "" || s.school != nil }

// extraFeeds are a followed set's further feeds as its pages show them.
func (e *edition) extraFeeds(s *set) []Feed {
	if !s.followed() {
		return nil
	}
	at := e.path(e.folder(s))
	return []Feed{
		{e.titled("feed.deadlines-title", s), e.T("feed.deadlines"), e.T("feed.deadlines-for"), at + deadlinesName, "text/calendar", webcal(e.url(e.folder(s) + deadlinesName))},
		{e.titled("feed.changes-title", s), e.T("feed.changes"), e.T("feed.changes-for"), at + changesName, "application/rss+xml", ""},
		{Name: e.T("news.link"), For: e.T("news.link-for"), URL: e.newsletterOf(s)},
	}
}

// titled is the title of a feed of a set, by a message about its list.
func (e *edition) titled(key string, s *set) string {
	return e.T("feed.title", "list", e.T(key, "list", s.heading), "site", e.view.Name)
}

func (e *edition) extras(s *set) []Output {
	if !s.followed() {
		return nil
	}
	at := e.folder(s)
	return []Output{
		{Path: at + deadlinesName, Class: FeedClass, Write: func(w io.Writer) error { return feeds.ICS(w, e.deadlines(s)) }},
		{Path: at + changesName, Class: FeedClass, Write: func(w io.Writer) error { return feeds.RSS(w, e.changesChannel(s)) }},
	}
}

// changesChannel is a set's feed of changes, and of nothing else.
func (e *edition) changesChannel(s *set) feeds.Channel {
	c := e.emptyChannel(s)
	c.ID += "#changes"
	c.Self = e.url(e.folder(s) + changesName)
	c.Title = e.titled("feed.changes-title", s)
	c.Description = e.T("feed.changes-description", "list", s.heading)
	c.Items = e.itemsOf(e.changesOf(s.Listings))
	c.Empty.ID = c.ID + "-empty"
	c.Empty.Title, c.Empty.Summary = e.T("feed.no-changes-title"), e.T("feed.no-changes-text")
	return c
}

// changesOf are the newest changes of some listings.
func (e *edition) changesOf(listings []*catalogue.Listing) []news {
	var all []news
	for _, l := range listings {
		for _, c := range l.Changes() {
			all = append(all, news{e.entries[l], &c, c.When, revisionID(l.ID, c.N)})
		}
	}
	return latest(all)
}

// deadlines are a set's coming deadlines as a calendar, the next first.
func (e *edition) deadlines(s *set) feeds.Calendar {
	c := feeds.Calendar{
		Name: e.titled("feed.deadlines-title", s), Lang: e.lang,
		Self: e.url(e.folder(s) + deadlinesName), URL: e.url(e.file(s.Path())),
		Loc: e.Zone, Updated: e.Ledger.First,
	}
	var closing []*catalogue.Listing
	for _, l := range s.Listings {
		if r := l.Value.Registration; r != nil && !r.Deadline.IsZero() && !r.Deadline.Date.Before(e.Today) {
			closing = append(closing, l)
		}
	}
	slices.SortStableFunc(closing, func(a, b *catalogue.Listing) int {
		return cmp.Or(a.Value.Registration.Deadline.Compare(b.Value.Registration.Deadline), strings.Compare(a.Path, b.Path))
	})
	size := 0
	for _, l := range closing {
		event := e.deadlineEvent(e.entries[l])
		if size += 700 + 2*len(event.Description); size > calendarBytes {
			break
		}
		c.Events = append(c.Events, event)
	}
	return c
}

// deadlineEvent is the end of a listing's registration. Where nobody can
// register before it any more, it is cancelled.
func (e *edition) deadlineEvent(x *entry) feeds.Event {
	event := e.event(x, "deadline", x.Status)
	by := x.Value.Registration.Deadline
	event.Start, event.AllDay = by.In(e.Zone), !by.Timed
	event.Summary = e.T("deadline.event", "title", x.value.Title)
	event.Location, event.Latitude, event.Longitude = "", nil, nil
	if x.Status != catalogue.StatusOpen {
		event.Status = "CANCELLED"
	}
	line, _ := e.whenLine(x)
	lines := []string{capital(line) + e.T("join.time") + e.where(x)}
	for _, f := range e.join(x) {
		if f.Label != e.T("listing.approvals") {
			continue
		}
		for _, v := range f.Values {
			lines = append(lines, f.Label+": "+v.Text)
		}
	}
	event.Description = strings.Join(append(lines, event.Description), "\n")
	return event
}
