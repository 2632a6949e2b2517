package plan

import (
	"slices"
	"strings"
	"time"

	"fursa/schema/when"
)

// tell gives a listing's page the ways out of it: into a calendar, to other
// people, onto paper, and to whoever can mend it.
func (e *edition) tell(p *ListingPage, x *entry) {
	if x.dated(e.Today) {
		p.Calendars = e.calendars(x, p.Address)
	}
	p.Share, p.Script = e.share(x, p.Address), e.scripts["message"]
	if !x.Ended {
		p.Code = code(p.Address)
	}
	p.Edit, p.Report = e.edit(x), e.report(x, p.Address)
}

// calendars are ways to put the dates of a listing into one's own calendar:
// the file has all of them, the links the next.
func (e *edition) calendars(x *entry, address string) []Link {
	list := []Link{{Text: e.T("calendar.file"), URL: e.path(e.prefix + x.Path + "/" + icsName)}}
	o, ok := x.Soonest()
	if !ok {
		return list
	}
	where := e.where(x)
	if p := x.value.Place; p != nil {
		where = e.address(p)
	}
	google := query(
		"action", "TEMPLATE", "text", x.value.Title, "dates", googleDates(o), "ctz", o.Start.Location().String(),
		"details", x.value.Summary+"\n"+address, "location", where,
	)
	outlook := []string{
		"path", "/calendar/action/compose", "rru", "addevent", "subject", x.value.Title,
		"startdt", outlookDate(o.Start, o.AllDay), "enddt", outlookDate(o.End, o.AllDay),
		"body", x.value.Summary + "\n" + address, "location", where,
	}
	if o.AllDay {
		outlook = append(outlook, "allday", "true")
	}
	return append(list,
		Link{Text: e.T("calendar.google"), URL: "https://calendar.google.com/calendar/render?" + google},
		Link{Text: e.T("calendar.outlook"), URL: "https://outlook.live.com/calendar/0/deeplink/compose?" + query(outlook...)},
	)
}

// googleDates are a start and an end as Google's calendar takes them; whole
// days end on the day after.
func googleDates(o when.Occurrence) string {
	if o.AllDay {
		return o.Start.Format("20060102") + "/" + o.End.AddDate(0, 0, 1).Format("20060102")
	}
	const utc = "20060102T150405Z"
	return o.Start.UTC().Format(utc) + "/" + o.End.UTC().Format(utc)
}

// outlookDate is a time as Outlook's calendar takes it: in UTC, or a day.
func outlookDate(t time.Time, day bool) string {
	if day {
		return t.Format(time.DateOnly)
	}
	return t.UTC().Format(time.RFC3339)
}

// share are the ways to tell others of a listing that need no script.
func (e *edition) share(x *entry, address string) []Link {
	title := x.value.Title
	line, _ := e.whenLine(x)
	message := title + "\n" + capital(line) + "\n" + address
	return []Link{
		{Text: e.T("share.whatsapp"), URL: "https://wa.me/?" + query("text", message)},
		{Text: e.T("share.email"), URL: mailto("", title, capital(line)+"\n"+address)},
		{Text: e.T("share.classroom"), URL: "https://classroom.google.com/share?" + query("url", address)},
		{Text: e.T("share.teams"), URL: "https://teams.microsoft.com/share?" + query("href", address)},
	}
}

// report is where a mistake in a listing can be told: by mail to who keeps
// the catalogue, else as an issue of its repository; empty where there is
// neither.
func (e *edition) report(x *entry, address string) string {
	subject := e.T("report.subject", "title", x.value.Title)
	if c := e.Settings.Contact; c != nil && c.Email != "" {
		return mailto(c.Email, subject, address+"\n\n")
	}
	if e.Settings.Repository == nil {
		return ""
	}
	return e.Settings.Repository.IssueURL(subject, address)
}

// edit is the form with a listing's record in it; empty where there is nobody to
// send it to.
func (e *edition) edit(x *entry) string {
	if c := e.Settings.Contact; e.Settings.Repository == nil && (c == nil || c.Email == "") {
		return ""
	}
	return e.href("submit") + "?" + query("edit", x.Path)
}

// query is a query string of names and values in this order, with %20 for
// spaces, which mail programs need and all others take. Names are plain words.
func query(pairs ...string) string {
	b := make([]byte, 0, 500)
	for pair := range slices.Chunk(pairs, 2) {
		b = append(append(append(b, '&'), pair[0]...), '=')
		b = appendEscaped(b, pair[1])
	}
	return string(b[1:])
}

// appendEscaped writes a text as a part of a query.
func appendEscaped(b []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~", c) >= 0:
			b = append(b, c)
		default:
			b = append(b, '%', hex[c>>4], hex[c&15])
		}
	}
	return b
}

func mailto(to, subject, body string) string {
	return "mailto:" + to + "?" + query("subject", subject, "body", body)
}
