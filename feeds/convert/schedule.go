package convert

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fursa/schema"
	"fursa/schema/when"
)

// mostSchedules is how many an entry may have: a listing's dates are no more.
const mostSchedules = 500

// addSchedules writes, beside the single dates of an entry, the series that its
// schedules tell (schema.org's Schedule, as OpenActive uses it). A schedule
// whose dates are told one by one adds nothing; one that tells no time of day
// is a first and a last day where there are no dates at all.
func (l linked) addSchedules(columns entry, v map[string]any, dates []schema.Session) ([]schema.Session, error) {
	var all []schema.Session
	for _, path := range [][]string{{"eventSchedule"}, {"hasCourseInstance", "eventSchedule"}} {
		schedules := l.at(v, path...)
		if len(schedules) > mostSchedules {
			return nil, fmt.Errorf("it has %d schedules", len(schedules))
		}
		for _, value := range schedules {
			schedule, ok := l.full(value).(map[string]any)
			if !ok {
				continue
			}
			if from, to := text(schedule, "startDate"), text(schedule, "endDate"); isRough(schedule) {
				if dates == nil && all == nil && columns["from"] == "" {
					if err := addTimes(columns, from, to, l.zone); err != nil {
						return nil, err
					}
				}
				continue
			}
			s, err := l.series(schedule)
			if err != nil {
				return nil, err
			}
			if s.RRule != "" && !l.tells(s, dates) {
				all = append(all, s)
			}
		}
	}
	return all, nil
}

// isRough says that a schedule tells on which days, but no hour: as a series it
// would take place the whole day.
func isRough(schedule map[string]any) bool {
	every := text(schedule, "repeatFrequency")
	weekly := every == "" || every == "P1W" || lastPart(every) == "Weekly"
	return weekly && text(schedule, "startTime") == "" && text(schedule, "startDate") != "" && text(schedule, "endDate") != ""
}

// mostFollowed is how many days a rule is followed to find out whether its dates
// are told one by one; what goes on for longer is taken to be.
const mostFollowed = 3660

// tells says whether a series' dates are told one by one: some of the single
// dates are its own.
func (l linked) tells(s schema.Session, dates []schema.Session) bool {
	if len(dates) == 0 {
		return false
	}
	given := map[int64]bool{}
	first, last := dates[0].Start.Date, dates[0].Start.Date
	for _, d := range dates {
		given[d.Start.In(l.zone).Unix()] = true
		if d.Start.Date.Before(first) {
			first = d.Start.Date
		}
		if last.Before(d.Start.Date) {
			last = d.Start.Date
		}
	}
	// Rules are followed day by day, from their start on.
	days := max(0, when.DaysBetween(s.Start.Date, last))
	if *l.steps -= 1 + days/5; days > mostFollowed || *l.steps < 0 {
		return true
	}
	series := schema.Opportunity{Sessions: []schema.Session{s}}.When()
	return slices.ContainsFunc(when.Occurrences(series, l.zone, first.AddDays(-1), last.AddDays(1)), func(o when.Occurrence) bool {
		return given[o.Start.Unix()]
	})
}

// series is a schedule as a date with a rule; the zero Session where it does not
// say how often, or from when on.
func (l linked) series(schedule map[string]any) (schema.Session, error) {
	from, rule := text(schedule, "startDate"), ruleOf(schedule)
	if from == "" || rule == "" {
		return schema.Session{}, nil
	}
	zone := l.zone
	s := schema.Session{}
	if name := text(schedule, "scheduleTimezone"); name != "" && name != zone.String() {
		theirs, err := time.LoadLocation(name)
		if err != nil {
			return s, fmt.Errorf("%.40q is no time zone", name)
		}
		zone, s.Zone = theirs, name
	}
	var err error
	if s.Start, err = isoMoment(from, zone); err != nil {
		return s, err
	}
	if clock := text(schedule, "startTime"); clock != "" {
		if s.Start, err = isoMoment(s.Start.Date.String()+"T"+clock, zone); err != nil {
			return s, err
		}
	}
	if s.End, err = endOf(schedule, s.Start, zone); err != nil {
		return s, err
	}
	if n := text(schedule, "repeatCount"); n != "" {
		rule += ";COUNT=" + n // an end beside it is at times that of the first date that is none
	} else if until := text(schedule, "endDate"); until != "" {
		last, err := isoMoment(until, zone)
		if err != nil {
			return s, err
		}
		rule += ";UNTIL=" + strings.ReplaceAll(last.Date.String(), "-", "")
	}
	s.RRule = rule
	for _, except := range texts(schedule, "exceptDate") {
		m, err := isoMoment(except, zone)
		if err != nil {
			return s, err
		}
		s.Except = append(s.Except, m)
	}
	if len(when.Check(schema.Opportunity{Sessions: []schema.Session{s}}.When(), l.zone)) > 0 {
		return s, errors.New("its schedule can't be: " + rule)
	}
	return s, nil
}

// endOf is the end of the first date of a schedule; the zero Moment where
// nothing says it.
func endOf(schedule map[string]any, start when.Moment, zone *time.Location) (when.Moment, error) {
	if clock := text(schedule, "endTime"); clock != "" && start.Timed {
		end, err := isoMoment(start.Date.String()+"T"+clock, zone)
		if err == nil && end.Clock.Seconds() <= start.Clock.Seconds() {
			end.Date = end.Date.AddDays(1)
		}
		return end, err
	}
	length := text(schedule, "duration")
	if length == "" {
		return when.Moment{}, nil
	}
	d, err := when.ParseDuration(length)
	if err != nil {
		return when.Moment{}, fmt.Errorf("%.40q is no duration", length)
	}
	if !start.Timed {
		return when.Moment{Date: start.Date.AddDays(max(0, 7*d.Weeks+d.Days-1))}, nil
	}
	// Of a session nobody tells the length by months.
	lasts := time.Duration(d.Hours)*time.Hour + time.Duration(d.Minutes)*time.Minute + time.Duration(d.Seconds)*time.Second
	return momentAt(start.In(time.UTC).AddDate(0, 0, 7*d.Weeks+d.Days).Add(lasts)), nil
}

// ruleOf is how a schedule repeats, as a recurrence rule (RFC 5545, 3.3.10)
// without an end; empty where it says nothing of that.
func ruleOf(schedule map[string]any) string {
	var days []string
	for _, day := range texts(schedule, "byDay") {
		if name, ok := strings.CutSuffix(strings.ToLower(lastPart(day)), "day"); ok { // Monday
			if weekday, ok := when.ParseWeekday(name[:min(3, len(name))]); ok {
				day = strings.ToUpper(weekday.String()[:2])
			}
		}
		if !ruleDay.MatchString(day) {
			return ""
		}
		days = append(days, day)
	}
	freq, interval := frequency(text(schedule, "repeatFrequency"))
	if freq == "" {
		if text(schedule, "repeatFrequency") != "" || len(days) == 0 {
			return ""
		}
		freq = "WEEKLY"
	}
	if nth := texts(schedule, "byMonthWeek"); len(nth) == 1 && freq == "MONTHLY" {
		for i, day := range days {
			days[i] = nth[0] + day
		}
	}
	rule := "FREQ=" + freq
	if interval > 1 {
		rule += ";INTERVAL=" + strconv.Itoa(interval)
	}
	for _, part := range []struct {
		name   string
		values []string
	}{{"BYDAY", days}, {"BYMONTHDAY", texts(schedule, "byMonthDay")}, {"BYMONTH", texts(schedule, "byMonth")}} {
		if len(part.values) > 0 {
			rule += ";" + part.name + "=" + strings.Join(part.values, ",")
		}
	}
	return rule
}

var ruleDay = regexp.MustCompile(`^[+-]?\d?(MO|TU|WE|TH|FR|SA|SU)$`)

// frequency is FREQ and INTERVAL of a repeatFrequency: a duration of one unit,
// or schema.org's older words.
func frequency(every string) (freq string, interval int) {
	words := map[string]string{"Daily": "DAILY", "Weekly": "WEEKLY", "Monthly": "MONTHLY", "Yearly": "YEARLY", "Annually": "YEARLY"}
	if freq := words[lastPart(every)]; freq != "" {
		return freq, 1
	}
	d, err := when.ParseDuration(every)
	if err != nil {
		return "", 0
	}
	switch d {
	case when.Duration{Days: d.Days}:
		return "DAILY", d.Days
	case when.Duration{Weeks: d.Weeks}:
		return "WEEKLY", d.Weeks
	case when.Duration{Months: d.Months}:
		return "MONTHLY", d.Months
	case when.Duration{Years: d.Years}:
		return "YEARLY", d.Years
	}
	return "", 0
}

func text(v map[string]any, key string) string { return cellOf(items(v[key])) }

// texts are the single values of a list.
func texts(v map[string]any, key string) []string {
	var all []string
	for _, value := range items(v[key]) {
		all = append(all, cellOf([]any{value}))
	}
	return slices.DeleteFunc(all, func(text string) bool { return text == "" })
}
