package when

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// Limits on rules, far beyond any timetable, that keep a hostile one cheap.
const (
	maxRule     = 1000    // bytes of a rule
	maxCount    = 10_000  // COUNT
	maxInterval = 1000    // INTERVAL
	maxSteps    = 100_000 // dates looked at, from the start on
)

// calendarShift is added to years before they reach rrule-go. The library
// looks for the next date until the year 9999, whatever UNTIL says, which for
// a rule like «30 February» takes it a third of a second. The Gregorian
// calendar repeats itself, weekdays included, every 400 years; this many
// later the same rule has fewer than 400 years to look through.
const calendarShift = 19 * 400

// endOfRules is the last day that rules are followed to.
func endOfRules() Date {
	return Date{rrule.MAXYEAR - calendarShift, time.December, 31}
}

// rule is a recurrence rule (RFC 5545, 3.3.10) of whole days: times of day
// belong to the session, so that no clock change can shift them.
type rule struct {
	option rrule.ROption // without DTSTART and UNTIL
	// until is UNTIL as read: its form tells a date from a local time from
	// one in UTC. The zero Moment is none.
	until Moment
	utc   bool
}

// badRule says which part of a rule's text is wrong, and how to mend it.
type badRule struct {
	part string
	// hint is a variant of the hint of the message «when/bad-rrule».
	hint string
}

func (b badRule) Error() string {
	return fmt.Sprintf("%q cannot stand in a recurrence rule", b.part)
}

// parseRule reads a rule like FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261205. What
// rrule-go would take and then follow otherwise than RFC 5545 is refused. An
// error is a badRule.
func parseRule(s string) (rule, error) {
	if len(s) > maxRule {
		return rule{}, badRule{strings.ToValidUTF8(s[:20], "") + "…", "limit"}
	}
	parts, err := splitRule(strings.ToUpper(s))
	if err != nil {
		return rule{}, err
	}
	var r rule
	kept := make([]string, 0, len(parts))
	for _, p := range parts {
		if p.key == "UNTIL" {
			if r.until, r.utc, err = parseUntil(p); err != nil {
				return rule{}, err
			}
			continue
		}
		kept = append(kept, p.String())
	}
	option, err := rrule.StrToROption(strings.Join(kept, ";"))
	if err == nil {
		_, err = rrule.NewRRule(*option)
	}
	if err != nil {
		return rule{}, badRule{s, ""}
	}
	r.option = *option
	return r, nil
}

// rulePart is one part of a rule: FREQ=WEEKLY.
type rulePart struct{ key, value string }

func (p rulePart) String() string { return p.key + "=" + p.value }

// splitRule takes a rule apart and sees to what concerns single parts, or two
// of them together.
func splitRule(s string) ([]rulePart, error) {
	var parts []rulePart
	values := map[string]string{}
	for text := range strings.SplitSeq(s, ";") {
		key, value, _ := strings.Cut(text, "=")
		p := rulePart{key, value}
		if _, twice := values[key]; twice || value == "" {
			return nil, badRule{text, ""}
		}
		if hint, ok := checkPart(p); !ok {
			return nil, badRule{text, hint}
		}
		values[key] = value
		parts = append(parts, p)
	}
	if values["FREQ"] == "" {
		return nil, badRule{s, "freq"}
	}
	if key, hint := clash(values); key != "" {
		return nil, badRule{key + "=" + values[key], hint}
	}
	return parts, nil
}

// checkPart says whether a part can stand in a rule of days.
func checkPart(p rulePart) (hint string, ok bool) {
	switch p.key {
	case "FREQ":
		switch p.value {
		case "YEARLY", "MONTHLY", "WEEKLY", "DAILY":
			return "", true
		}
		return "freq", false
	case "COUNT":
		return "limit", within(p.value, maxCount)
	case "INTERVAL":
		return "limit", within(p.value, maxInterval)
	case "WKST":
		return "", len(p.value) == 2
	case "BYHOUR", "BYMINUTE", "BYSECOND":
		return "time", false
	case "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS":
		return "", true
	}
	return "", false
}

// within says whether s is a whole number from 1 to limit.
func within(s string, limit int) bool {
	n, err := strconv.Atoi(s)
	return err == nil && 1 <= n && n <= limit
}

// clash finds a part that cannot stand beside the others, by RFC 5545 or
// because rrule-go would get it wrong: it keeps BYSETPOS in the first week
// from seeing the days before the start, reads BYDAY=MO,1TU as nothing, and
// without BYDAY makes a BYWEEKNO seven days.
func clash(values map[string]string) (key, hint string) {
	freq := values["FREQ"]
	coarse := freq == "MONTHLY" || freq == "YEARLY"
	has := func(keys ...string) bool {
		return slices.ContainsFunc(keys, func(k string) bool { return values[k] != "" })
	}
	switch {
	case has("UNTIL") && has("COUNT"):
		return "COUNT", "until"
	case has("BYMONTHDAY") && freq == "WEEKLY":
		return "BYMONTHDAY", "together"
	case has("BYYEARDAY") && freq != "YEARLY":
		return "BYYEARDAY", "together"
	case has("BYWEEKNO") && (freq != "YEARLY" || !has("BYDAY")):
		return "BYWEEKNO", "together"
	case has("BYSETPOS") && (!coarse || !has("BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")):
		return "BYSETPOS", "together"
	case has("BYDAY") && !soundDays(values["BYDAY"], coarse && !has("BYWEEKNO"), freq == "YEARLY" && !has("BYMONTH")):
		return "BYDAY", "days"
	}
	return "", ""
}

// soundDays says whether BYDAY is all plain days, or, where numbered days may
// stand, all numbered ones: up to the fifth in a month, the 53rd in a year.
func soundDays(list string, numbered, ofYear bool) bool {
	limit := 5
	if ofYear {
		limit = 53
	}
	plain := 0
	days := strings.Split(list, ",")
	for _, day := range days {
		if len(day) <= 2 {
			plain++
			continue
		}
		n, err := strconv.Atoi(day[:len(day)-2])
		if err != nil || !numbered || n == 0 || n < -limit || limit < n {
			return false
		}
	}
	return plain == 0 || plain == len(days)
}

// parseUntil reads the three forms of RFC 5545: a date, a local time, a time
// in UTC.
func parseUntil(p rulePart) (m Moment, utc bool, err error) {
	day, clock, timed := strings.Cut(p.value, "T")
	t, err := time.Parse("20060102", day)
	m.Date = DateOf(t)
	if timed && err == nil {
		clock, utc = strings.CutSuffix(clock, "Z")
		t, err = time.Parse("150405", clock)
		m.Clock, m.Timed = clockOf(t), true
	}
	if err != nil || (timed && len(clock) != len("150405")) {
		return Moment{}, false, badRule{p.String(), "until"}
	}
	return m, utc, nil
}

// days are those of the rule from a start up to and with a last day, UNTIL
// left aside. A start that the rule does not give is not among them.
func (r rule) days(start, last Date) iter.Seq[Date] {
	shifted := func(d Date) time.Time { return d.shifted(calendarShift).In(time.UTC) }
	return func(yield func(Date) bool) {
		if last = earlier(last, endOfRules()); last.Before(start) {
			return
		}
		option := r.option
		option.Dtstart, option.Until = shifted(start), shifted(last)
		series, err := rrule.NewRRule(option)
		if err != nil {
			return
		}
		next := series.Iterator()
		for range maxSteps {
			t, ok := next()
			if !ok || !yield(DateOf(t).shifted(-calendarShift)) {
				return
			}
		}
	}
}

func (d Date) shifted(years int) Date {
	d.Year += years
	return d
}
