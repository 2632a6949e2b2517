package feeds

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"fursa/schema/locale"
)

// maxCalendar is the largest calendar that programs are asked to take, in
// bytes.
const maxCalendar = 1_000_000

// ICS writes a calendar as iCalendar (RFC 5545, RFC 7986), with the names that
// programs knew before RFC 7986. Of a calendar that would fill more than 1 MB
// it leaves out the last events.
func ICS(w io.Writer, c Calendar) error {
	for n, e := range c.Events {
		if e.UID == "" || e.Summary == "" || e.Start.IsZero() || e.Modified.IsZero() {
			return fmt.Errorf("calendar %s: event %d (%q) lacks a uid, a summary, a start or a date of modification", c.Self, n, e.UID)
		}
		if e.Modified.After(c.Updated) {
			c.Updated = e.Modified
		}
	}
	const end = "END:VCALENDAR\r\n"
	var lines contentLines
	lines.addCalendar(c)
	for _, e := range c.Events {
		before := len(lines.out)
		lines.addEvent(e)
		if len(lines.out)+len(end) > maxCalendar {
			lines.out = lines.out[:before]
			break
		}
	}
	_, err := w.Write(append(lines.out, end...))
	return err
}

func (l *contentLines) addCalendar(c Calendar) {
	l.add("BEGIN", "", "VCALENDAR")
	l.add("VERSION", "", "2.0")
	l.add("PRODID", "", "-//Fursa//Fursa//EN")
	l.add("CALSCALE", "", "GREGORIAN")
	l.add("METHOD", "", "PUBLISH")
	l.addText("NAME", c.Lang, c.Name)
	l.addText("X-WR-CALNAME", "", c.Name)
	l.addText("DESCRIPTION", c.Lang, c.Description)
	l.addText("X-WR-CALDESC", "", c.Description)
	l.add("X-WR-TIMEZONE", "", c.Loc.String())
	l.add("URL", "", c.URL)
	l.add("SOURCE", ";VALUE=URI", c.Self)
	l.addTime("LAST-MODIFIED", c.Updated.UTC())
	l.add("REFRESH-INTERVAL", ";VALUE=DURATION", refreshInterval)
	l.add("X-PUBLISHED-TTL", "", refreshInterval)
	l.addTimezones(c)
}

func (l *contentLines) addEvent(e Event) {
	if e.Lang != "" {
		markAll(locale.Direction(e.Lang), &e.Summary, &e.Description, &e.Location)
	}
	l.add("BEGIN", "", "VEVENT")
	l.addText("UID", "", e.UID)
	l.addTime("DTSTAMP", e.Modified.UTC())
	if !e.Created.IsZero() {
		l.addTime("CREATED", e.Created.UTC())
	}
	l.addTime("LAST-MODIFIED", e.Modified.UTC())
	l.add("SEQUENCE", "", strconv.Itoa(e.Sequence))
	l.add("STATUS", "", e.Status)
	l.addTimes(e)
	l.addText("SUMMARY", e.Lang, e.Summary)
	l.addText("DESCRIPTION", e.Lang, e.Description)
	l.addText("LOCATION", e.Lang, e.Location)
	if e.Latitude != nil && e.Longitude != nil {
		l.add("GEO", "", degrees(*e.Latitude)+";"+degrees(*e.Longitude))
	}
	l.addText("CATEGORIES", e.Lang, e.Categories...)
	l.add("URL", "", e.URL)
	l.addOrganizer(e.Organizer)
	l.add("END", "", "VEVENT")
}

// addTimes says when the event is. Whole days are dates and their DTEND the day
// after the last; an event of no known length has no DTEND. Every exception has
// a line of its own, which all programs read.
func (l *contentLines) addTimes(e Event) {
	add := l.addTime
	if e.AllDay {
		add = l.addDay
		if e.End.Before(e.Start) {
			e.End = e.Start
		}
		e.End = e.End.AddDate(0, 0, 1)
	}
	add("DTSTART", e.Start)
	if e.End.After(e.Start) {
		add("DTEND", e.End.In(e.Start.Location()))
	}
	l.add("RRULE", "", e.RRule)
	for _, except := range e.Except {
		add("EXDATE", except.In(e.Start.Location()))
	}
}

func (l *contentLines) addOrganizer(p Person) {
	if p.Email == "" {
		return
	}
	var name string
	if p.Name != "" {
		// A quoted parameter can hold anything but quotes and line ends.
		name = `;CN="` + strings.ReplaceAll(line(p.Name), `"`, "'") + `"`
	}
	l.add("ORGANIZER", name, "mailto:"+p.Email)
}

func degrees(d float64) string { return strconv.FormatFloat(d, 'f', -1, 64) }
