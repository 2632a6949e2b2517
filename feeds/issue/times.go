package issue

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/when"
)

// latin is a text with the digits of Arabic and Persian, and wide ones, as
// those that files have.
func latin(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= '٠' && c <= '٩':
			return c - '٠' + '0'
		case c >= '۰' && c <= '۹':
			return c - '۰' + '0'
		case c == '٫':
			return '.'
		}
		return c
	}, width.Narrow.String(text))
}

// time is when it takes place.
func (r *reader) time(o *schema.Opportunity) {
	dates := r.answers["sessions"]
	if dates.written != "" {
		o.Sessions = r.sessions(dates)
		return
	}
	switch r.choice("time") {
	case "anytime":
		o.Anytime = true
	case "by_arrangement":
		o.ByArrangement = true
	case "sessions":
		r.wrong(diag.New("issue/missing", dates.span))
	}
}

// date is a date, perhaps with hours: 2027-01-23 17:00-19:00.
var date = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:[T ,]+(\d{1,2}:\d{2})(?:\s*(?:-|–|—|to|إلى)\s*(\d{1,2}:\d{2}))?)?$`)

func (r *reader) sessions(a answer) (all []schema.Session) {
	for _, p := range a.parts("") {
		s, ok := session(latin(p.text))
		if !ok {
			r.wrong(diag.New("issue/date", a.at(p), "value", quote(p.text)))
			continue
		}
		all = append(all, s)
	}
	return all
}

// session reads one date; what ends before it began ends on the next day.
func session(text string) (s schema.Session, ok bool) {
	m := date.FindStringSubmatch(text)
	if m == nil {
		return s, false
	}
	day, err := when.ParseDate(m[1])
	if err != nil {
		return s, false
	}
	if m[2] == "" {
		return schema.Session{Start: when.Moment{Date: day}}, true
	}
	if s.Start, ok = moment(day, m[2]); !ok || m[3] == "" {
		return s, ok
	}
	if s.End, ok = moment(day, m[3]); ok && s.End.Compare(s.Start) < 0 {
		s.End, ok = moment(day.AddDays(1), m[3])
	}
	return s, ok
}

// moment is an hour, "9:30", of a day.
func moment(day when.Date, hour string) (when.Moment, bool) {
	if len(hour) == len("9:30") {
		hour = "0" + hour
	}
	m, err := when.ParseMoment(day.String() + "T" + hour + ":00")
	return m, err == nil
}
