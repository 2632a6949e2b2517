package plan

import (
	"cmp"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"fursa/feeds"
	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/locale"
	"fursa/schema/when"
)

const (
	// inFeed is how many items a feed holds.
	inFeed = 50
	// calendarBytes bounds a calendar: programs refuse those beyond 1 MB.
	calendarBytes = 900_000
)

// feedNames are the files of a set's feeds.
const (
	rssName  = "feed.xml"
	atomName = "atom.xml"
	jsonName = "feed.json"
	icsName  = "calendar.ics"
)

// channels are the feeds of all sets of the edition.
func (e *edition) channels() []Output {
	outputs := append(e.channel(e.everything), e.archive()...)
	for _, f := range e.families {
		for _, s := range f.sets {
			outputs = append(outputs, e.channel(s)...)
		}
	}
	return outputs
}

// folder is where the feeds of a set stand: those of everything at the top.
func (e *edition) folder(s *set) string {
	if s.Family == "" {
		return e.prefix
	}
	return e.prefix + s.Path() + "/"
}

// feedsOf are a set's feeds as its pages show them.
func (e *edition) feedsOf(s *set) []Feed {
	at := e.path(e.folder(s))
	title := e.T("feed.title", "list", s.heading, "site", e.view.Name)
	return append([]Feed{
		{title, e.T("feed.rss"), e.T("feed.rss-for"), at + rssName, "application/rss+xml", ""},
		{title, e.T("feed.atom"), e.T("feed.atom-for"), at + atomName, "application/atom+xml", ""},
		{title, e.T("feed.json"), e.T("feed.json-for"), at + jsonName, "application/feed+json", ""},
		{title, e.T("feed.calendar"), e.T("feed.calendar-for"), at + icsName, "text/calendar", webcal(e.url(e.folder(s) + icsName))},
	}, e.extraFeeds(s)...)
}

// webcal is the address of a calendar for programs that subscribe to it.
func webcal(address string) template.URL {
	_, rest, _ := strings.Cut(address, ":")
	return template.URL("webcal:" + rest) //nolint:gosec // an address of the site
}

func (e *edition) channel(s *set) []Output {
	at := e.folder(s)
	write := func(name string, write func(io.Writer, feeds.Channel) error) Output {
		return Output{Path: at + name, Class: FeedClass, Write: func(w io.Writer) error {
			c := e.feedChannel(s)
			c.Self = e.url(at + name)
			if s == e.everything {
				c.Archive.Previous = e.olderThan(e.archivePages()+1, name)
			}
			return write(w, c)
		}}
	}
	return append([]Output{
		write(rssName, feeds.RSS), write(atomName, feeds.Atom), write(jsonName, feeds.JSON),
		{Path: at + icsName, Class: FeedClass, Write: func(w io.Writer) error { return feeds.ICS(w, e.calendar(s)) }},
		e.oembedOf(s),
	}, append(e.extras(s), e.packageOutputs(s)...)...)
}

func (e *edition) feedChannel(s *set) feeds.Channel {
	c := e.emptyChannel(s)
	c.Items = e.items(s)
	return c
}

// emptyChannel is a set's feed without its items.
func (e *edition) emptyChannel(s *set) feeds.Channel {
	title := e.T("feed.title", "list", s.heading, "site", e.view.Name)
	c := feeds.Channel{
		ID:          e.ID + e.folder(s),
		Title:       title,
		Description: e.T("feed.description", "list", s.heading),
		Link:        e.url(e.file(s.Path())),
		Lang:        e.lang, Dir: e.dir,
		Updated:   e.Ledger.First,
		Generator: "Fursa",
		Hub:       e.Settings.Hub,
		Contact:   feeds.Person{Name: e.view.Name},
		About:     e.url("schema/opportunity.schema.json"),
	}
	if s.Family == "" {
		c.Description = cmp.Or(e.view.Description, title)
	}
	if l := e.Settings.Licence; l != nil {
		c.Rights = l.Name
	}
	if p := e.Settings.Contact; p != nil {
		c.Contact.Email = p.Email
	}
	c.Empty = feeds.Item{
		ID: c.ID + "#empty", Title: e.T("feed.empty-title"), Summary: e.T("feed.empty-text"),
		Link: c.Link, Published: e.Ledger.First, Updated: e.Ledger.First,
	}
	return c
}

// item is a listing as feeds show it. The description alone carries all that
// matters: many readers show nothing else.
func (e *edition) item(x *entry) *feeds.Item {
	return x.item.get(func() *feeds.Item { return e.newItem(x) })
}

func (e *edition) newItem(x *entry) *feeds.Item {
	line, _ := e.whenLine(x)
	state := strings.TrimSuffix(e.state(x), ".")
	item := &feeds.Item{
		ID: x.ID, Title: x.value.Title, Link: e.urlOf(x.Listing),
		Summary: e.feedSummary(x, line, state),
		Lang:    e.lang, Dir: e.dir,
		Published: x.Published, Updated: x.Modified,
		Location: e.where(x),
		Extra:    e.extra(x),
	}
	if x.Provider != nil {
		v, _, _ := x.Provider.Record.In(e.lang)
		item.Author = feeds.Person{Name: v.Name, URL: e.providerURL(x.Provider)}
	}
	for _, t := range x.Subjects {
		item.Categories = append(item.Categories, feeds.Category{
			Path: t.Path(), Label: e.words(t.Label).Text, Domain: cmp.Or(e.Subjects.URL, e.url(e.file("subjects"))),
		})
	}
	if o, ok := x.Soonest(); ok {
		item.Start, item.End, item.AllDay = o.Start, o.End, o.AllDay
	}
	if i := x.value.Image; i != nil && !strings.Contains(i.Src, "://") {
		item.Image = &feeds.Image{URL: e.url(i.Src), Alt: i.Alt, Type: imageType(i.Src), Length: e.imageSize(i.Src)}
	}
	if x.IsForeign() {
		item.Source = e.source(x.Origin)
		return item // its text is its own catalogue's to give
	}
	item.HTML = e.markdown.HTML(x.body, 2)
	if dir := locale.Direction(x.Lang); !x.written && dir != e.dir && item.HTML != "" {
		item.HTML = `<div dir="` + dir + `" lang="` + x.Lang + `">` + item.HTML + `</div>`
	}
	return item
}

// feedSummary says in plain text when, where, for whom and for how much a listing
// is, and what; the date first, but that a cancelled one says so before.
func (e *edition) feedSummary(x *entry, date, state string) string {
	parts := []string{date, state, e.where(x), e.agesOf(x), e.price(x)}
	if x.Status == catalogue.StatusCancelled {
		parts[0], parts[1] = state, date
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return capital(strings.Join(parts, " · ")) + ". " + x.value.Summary
}

func imageType(path string) string {
	switch strings.ToLower(path[strings.LastIndexByte(path, '.')+1:]) {
	case "png":
		return "image/png"
	case "gif":
		return "image/gif"
	case "webp":
		return "image/webp"
	case "avif":
		return "image/avif"
	}
	return "image/jpeg"
}

func (s *site) imageSize(path string) int64 {
	for _, i := range s.Images {
		if i.Path == path {
			return i.Size
		}
	}
	return 0
}

// extra is the _fursa object of a listing in JSON Feed.
func (e *edition) extra(x *entry) any {
	v := x.Value
	dates := make([]string, 0, len(x.Occurrences))
	for _, o := range x.Occurrences[:min(len(x.Occurrences), 10)] {
		dates = append(dates, iso(o))
	}
	return struct {
		Kind      string        `json:"kind"`
		Status    string        `json:"status"`
		Dates     []string      `json:"dates,omitempty"`
		Mode      string        `json:"mode"`
		Place     *schema.Place `json:"place,omitempty"`
		Ages      *schema.Range `json:"ages,omitempty"`
		Grades    []string      `json:"grades,omitempty"`
		Languages []string      `json:"languages"`
		Subjects  []string      `json:"subjects"`
		Skills    []string      `json:"skills,omitempty"`
		Cost      schema.Cost   `json:"cost"`
		Deadline  string        `json:"deadline,omitempty"`
	}{v.Kind, x.Status, dates, v.Mode, v.Place, v.Ages, v.Grades, v.Languages, v.Subjects, v.Skills, v.Cost, deadline(v)}
}

func deadline(v *schema.Opportunity) string {
	if v.Registration == nil {
		return ""
	}
	return v.Registration.Deadline.String()
}

// dated says whether a listing has coming dates to put into a calendar.
func (x *entry) dated(today when.Date) bool {
	p := x.Value.Period
	return len(x.Occurrences) > 0 || p != nil && !p.From.IsZero() && !p.From.Before(today)
}

// ownCalendar is a listing's dates by themselves, for one tap on its page.
func (e *edition) ownCalendar(x *entry) Output {
	at := e.prefix + x.Path + "/" + icsName
	return Output{Path: at, Class: FeedClass, Write: func(w io.Writer) error {
		return feeds.ICS(w, feeds.Calendar{
			Name: x.value.Title, Lang: e.lang, Self: e.url(at), URL: e.url(e.file(x.Path)),
			Loc: e.Zone, Updated: x.Published, Events: e.events(x),
		})
	}}
}

// calendar is a set's coming events, as many as programs take.
func (e *edition) calendar(s *set) feeds.Calendar {
	c := feeds.Calendar{
		Name: e.T("feed.title", "list", s.heading, "site", e.view.Name), Lang: e.lang,
		Self: e.url(e.folder(s) + icsName), URL: e.url(e.file(s.Path())),
		Loc: e.Zone, Updated: e.Ledger.First,
	}
	size := 0
	for _, l := range s.Listings {
		for _, event := range e.events(e.entries[l]) {
			if size += 700 + 2*len(event.Description); size > calendarBytes {
				return c
			}
			c.Events = append(c.Events, event)
		}
	}
	return c
}

// events are a listing's sessions of the next 12 months, each with its
// rule; of a period, its first day.
func (e *edition) events(x *entry) []feeds.Event {
	return x.events.get(func() []feeds.Event { return e.newEvents(x) })
}

func (e *edition) newEvents(x *entry) []feeds.Event {
	v := x.Value
	var events []feeds.Event
	if p := v.Period; p != nil && !p.From.IsZero() && !p.From.Before(e.Today) {
		event := e.event(x, "period", x.Status)
		event.Start, event.AllDay = p.From.In(e.Zone), true
		events = append(events, event)
	}
	coming := map[int]bool{}
	for _, o := range x.Occurrences {
		coming[o.Session] = true
	}
	for i, s := range v.When() {
		if !coming[i] {
			continue
		}
		status := cmp.Or(s.Status, x.Status)
		event := e.event(x, cmp.Or(s.ID, fmt.Sprint(i+1)), status)
		zone := e.zoneOf(s)
		first, _ := when.FirstStart(s, e.Zone)
		event.Start, event.AllDay = first.In(zone), !s.Start.Timed
		event.End = endOf(s, first, zone)
		if s.RRule != "" {
			event.RRule, event.Except = when.RuleForICS(s, e.Zone)
		}
		if place := x.value.Sessions[i].Place; place != nil {
			event.Location = e.address(place)
			event.Latitude, event.Longitude = place.Latitude, place.Longitude
		}
		events = append(events, event)
	}
	return events
}

// zoneOf is the time zone of a session: its own, else the catalogue's.
func (e *edition) zoneOf(s when.Session) *time.Location {
	if s.Zone == "" {
		return e.Zone
	}
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return e.Zone
	}
	return zone
}

// endOf is when a session that starts at first ends: as long after it as the
// stated end is after the stated start.
func endOf(s when.Session, first when.Moment, zone *time.Location) time.Time {
	if s.End.IsZero() {
		return first.In(zone)
	}
	end := s.End
	end.Date = first.Date.AddDays(when.DaysBetween(s.Start.Date, s.End.Date))
	return end.In(zone)
}

// event is what all of a listing's events share.
func (e *edition) event(x *entry, part, status string) feeds.Event {
	v := x.value
	link := e.urlOf(x.Listing)
	event := feeds.Event{
		UID: x.ID + "#" + part, Summary: v.Title, Lang: e.lang, URL: link,
		Description: v.Summary + "\n" + strings.Join(slices.DeleteFunc(
			[]string{e.agesOf(x), e.price(x)}, func(s string) bool { return s == "" }), " · ") + "\n" + link,
		Location: e.where(x), Status: "CONFIRMED",
		Sequence: len(x.Revisions), Created: x.Published, Modified: x.Modified,
	}
	if status == catalogue.StatusCancelled {
		event.Status = "CANCELLED"
	}
	if p := v.Place; p != nil {
		event.Location, event.Latitude, event.Longitude = e.address(p), p.Latitude, p.Longitude
	}
	for _, t := range x.Subjects {
		event.Categories = append(event.Categories, e.words(t.Label).Text)
	}
	if c := e.contact(x); c != nil {
		event.Organizer = feeds.Person{Name: c.Name, Email: c.Email}
	}
	return event
}
