package plan

import (
	"cmp"
	"strings"
	"time"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

// rowsADay is how many entries of a day a calendar page names.
const rowsADay = 15

// calendarMonth is a month that has a page.
type calendarMonth struct {
	catalogue.Month
	path string
}

// calendarPages are the calendar of the present month and of the further ones
// that have entries.
func (e *edition) calendarPages() []Output {
	months := e.calendarMonths()
	var outputs []Output
	for i := range months {
		outputs = append(outputs, e.render(e.file(months[i].path), "calendar", func() any { return e.calendarPage(months, i) }))
	}
	return outputs
}

func (e *edition) calendarMonths() []calendarMonth {
	months := []calendarMonth{{catalogue.Month{Year: e.Today.Year, Month: e.Today.Month}, "calendar"}}
	for _, m := range e.Months() {
		if m.Month == e.Today.Month {
			months[0].Month = m
			continue
		}
		months = append(months, calendarMonth{m, "calendar/" + m.Date().String()[:len("2026-12")]})
	}
	return months
}

func (e *edition) calendarPage(months []calendarMonth, i int) CalendarPage {
	m := months[i]
	name := e.Month(m.Year, m.Month.Month)
	p := CalendarPage{
		Page:    e.page(m.path, e.T("calendar.heading", "month", name), e.T("calendar.description", "month", name)),
		Heading: e.T("calendar.heading", "month", name), Month: name,
		Weekdays: e.weekdayViews(), Weeks: e.weeks(m.Month),
	}
	p.Feeds = e.everything.feeds
	if i == 0 {
		p.Crumbs = e.crumbs()
	} else {
		p.Crumbs = e.crumbs(Link{Text: e.T("nav.calendar"), URL: e.href("calendar")})
	}
	for _, d := range m.Days {
		p.Agenda = append(p.Agenda, e.agendaDay(d))
	}
	for n, other := range months {
		link := Link{Text: e.Month(other.Year, other.Month.Month), URL: e.href(other.path)}
		switch n {
		case i - 1:
			p.Previous = &link
		case i + 1:
			p.Next = &link
		}
		if n == i {
			link.URL = ""
		}
		p.Months = append(p.Months, link)
	}
	p.Running = e.running(m.Month)
	return p
}

// running leads to what a month has beside what it names: by search to what
// lasts through some of its days, and to all listings for what no search by
// days finds.
func (e *edition) running(m catalogue.Month) []Link {
	lasting, anytime := 0, 0
	for _, l := range e.Running(m) {
		if l.Value.Period != nil || len(l.Value.Sessions) > 0 {
			lasting++
		} else {
			anytime++
		}
	}
	var links []Link
	if lasting > 0 {
		first := m.Date()
		last := when.Date{Year: first.Year, Month: first.Month + 1, Day: 1}.AddDays(-1)
		links = append(links, Link{Text: e.N("calendar.running", lasting), URL: e.searchURL("from", first.String(), "to", last.String())})
	}
	if anytime > 0 {
		links = append(links, Link{Text: e.N("calendar.anytime", anytime), URL: e.href("opportunities")})
	}
	return links
}

// weekdayViews are the days of the week, the first one first.
func (e *edition) weekdayViews() []WeekdayView {
	var days []WeekdayView
	for i := range 7 {
		day := (firstWeekday(e.Settings.SchoolCalendar) + time.Weekday(i)) % 7
		days = append(days, WeekdayView{e.Weekday(day), e.WeekdayShort(day)})
	}
	return days
}

// firstWeekday is the day with which the week begins: the first day of school
// after the longest break, Monday where that is not known.
func firstWeekday(s *schema.SchoolCalendar) time.Weekday {
	if s == nil {
		return time.Monday
	}
	var school [7]bool
	for _, name := range s.Days {
		if d, ok := when.ParseWeekday(name); ok {
			school[d] = true
		}
	}
	first, longest := time.Monday, 0
	for i := range 7 {
		day := (int(time.Monday) + i) % 7
		free := 0
		for free < 7 && !school[(day+6-free)%7] {
			free++
		}
		if school[day] && free > longest {
			first, longest = time.Weekday(day), free
		}
	}
	return first
}

// weeks are the days of a month, week by week, with what they hold.
func (e *edition) weeks(m catalogue.Month) [][]CalendarDay {
	entries := map[when.Date]int{}
	for _, d := range m.Days {
		entries[d.Date] = len(d.Entries)
	}
	week := make([]CalendarDay, (m.Date().Weekday()-firstWeekday(e.Settings.SchoolCalendar)+7)%7, 7)
	var weeks [][]CalendarDay
	for d := m.Date(); d.Month == m.Month; d = d.AddDays(1) {
		week = append(week, e.calendarDay(d, entries[d]))
		if len(week) == 7 {
			weeks = append(weeks, week)
			week = nil
		}
	}
	if len(week) > 0 {
		weeks = append(weeks, append(week, make([]CalendarDay, 7-len(week))...))
	}
	return weeks
}

func (e *edition) calendarDay(d when.Date, entries int) CalendarDay {
	day := CalendarDay{
		Number: e.Number(float64(d.Day)), Date: d.String(),
		Past: d.Before(e.Today), Today: d == e.Today,
	}
	if entries > 0 {
		day.URL = "#" + anchor(d)
		day.Count, day.Words = e.Number(float64(entries)), e.N("count.listings", entries)
	}
	return day
}

// anchor is the id of a day in the agenda.
func anchor(d when.Date) string { return "d-" + d.String() }

func (e *edition) agendaDay(d catalogue.Day) AgendaDay {
	day := AgendaDay{ID: anchor(d.Date), Date: d.Date.String(), Heading: e.Date(d.Date)}
	for _, entry := range d.Entries[:min(len(d.Entries), rowsADay)] {
		day.Entries = append(day.Entries, e.agendaEntry(entry))
	}
	if more := len(d.Entries) - len(day.Entries); more > 0 {
		day.More = &Link{Text: e.N("calendar.more", more), URL: e.searchURL("from", d.Date.String(), "to", d.Date.String())}
	}
	return day
}

func (e *edition) agendaEntry(d catalogue.DayEntry) AgendaEntry {
	x := e.entries[d.Listing]
	entry := AgendaEntry{Time: e.timeOn(d), Listing: e.listingLink(d.Listing), Place: e.where(x)}
	entry.Hue, _ = e.look(x)
	if p := x.value.Sessions[d.Occurrence.Session].Place; p != nil {
		entry.Place = cmp.Or(p.Name, p.Address, p.Locality, entry.Place)
	}
	switch status := cmp.Or(d.Occurrence.Status, x.Status); {
	case x.Status == catalogue.StatusCancelled || status == catalogue.StatusCancelled:
		entry.Status = catalogue.StatusCancelled
	case status == catalogue.StatusFull:
		entry.Status = catalogue.StatusFull
	}
	if entry.Status != "" {
		entry.State = e.T("state.session-" + entry.Status)
	}
	return entry
}

// timeOn says at what time of a day an occurrence is, or until when it goes on.
func (e *edition) timeOn(d catalogue.DayEntry) string {
	o := d.Occurrence
	text := e.Clock(clockOf(o.Start))
	switch {
	case !d.Until.IsZero():
		return capital(e.T("when.until", "to", e.ShortDate(d.Until)))
	case o.AllDay:
		return e.T("calendar.all-day")
	case o.End.After(o.Start):
		text = e.ClockRange(clockOf(o.Start), clockOf(o.End))
	}
	if zone := o.Start.Location().String(); zone != e.Zone.String() {
		_, city, _ := strings.Cut(zone, "/")
		text = e.T("calendar.zone", "time", text, "city", strings.ReplaceAll(city, "_", " "))
	}
	return text
}
