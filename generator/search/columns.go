package search

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

// daysAhead is how far the catalogue works out what takes place.
const daysAhead = 365

// daysHeader are the days of the sets soonest and until; the last one is
// empty, for the listings without.
type daysHeader struct {
	Days []string `json:"days"`
}

// runsHeader are the patterns of the set days. A pattern counts days: those
// from From to the first one, then in turn the length of a run of days and
// that of the gap after it.
type runsHeader struct {
	From when.Date `json:"from"`
	Runs [][]int   `json:"runs"`
}

// pointsHeader are the places of the set points: latitude and longitude.
type pointsHeader struct {
	Points [][2]float64 `json:"points"`
}

// AddColumns adds the sets of current listings that filters, sorts, dates and
// distances need: those of facets, soonest, until, days and points.
func (x *Index) AddColumns(c *catalogue.Catalogue) error {
	if err := x.addFacets(c); err != nil {
		return err
	}
	if err := x.addByDay("soonest", func(l *catalogue.Listing) when.Date { return l.Next }); err != nil {
		return err
	}
	if err := x.addByDay("until", func(l *catalogue.Listing) when.Date { return l.Until }); err != nil {
		return err
	}
	patterns, sets := grouped(x, slices.Compare[[]int], func(l *catalogue.Listing) [][]int {
		if run := runs(daysOf(l, c.Today)); run != nil {
			return [][]int{run}
		}
		return nil
	})
	if err := x.AddSets("days", runsHeader{c.Today, patterns}, sets); err != nil {
		return err
	}
	points, sets := grouped(x, func(a, b [2]float64) int { return slices.Compare(a[:], b[:]) }, pointsOf)
	return x.AddSets("points", pointsHeader{points}, sets)
}

// addByDay adds the current listings by a day of theirs.
func (x *Index) addByDay(name string, day func(*catalogue.Listing) when.Date) error {
	days, sets := grouped(x, when.Date.Compare, func(l *catalogue.Listing) []when.Date { return []when.Date{day(l)} })
	header := daysHeader{Days: []string{}}
	for _, d := range days {
		header.Days = append(header.Days, d.String())
	}
	// The zero date sorts first, and is to stand last, used or not.
	if len(days) > 0 && days[0].IsZero() {
		header.Days, sets = append(header.Days[1:], ""), append(sets[1:], sets[0])
	} else {
		header.Days, sets = append(header.Days, ""), append(sets, nil)
	}
	return x.AddSets(name, header, sets)
}

// grouped are the different values that current listings have of something,
// sorted, and of each the numbers of its listings, rising.
func grouped[T any](x *Index, compare func(a, b T) int, of func(*catalogue.Listing) []T) (values []T, sets [][]int) {
	type one struct {
		value  T
		number int
	}
	var all []one
	for number, l := range x.listings {
		if l.Ended {
			continue
		}
		for _, v := range of(l) {
			all = append(all, one{v, number})
		}
	}
	slices.SortFunc(all, func(a, b one) int { return cmp.Or(compare(a.value, b.value), a.number-b.number) })
	values = []T{} // a list in JSON, not null
	for i, a := range all {
		fresh := i == 0 || compare(a.value, all[i-1].value) != 0
		if fresh {
			values, sets = append(values, a.value), append(sets, nil)
		}
		if last := len(sets) - 1; fresh || a.number != all[i-1].number {
			sets[last] = append(sets[last], a.number)
		}
	}
	return values, sets
}

// daysOf says of each day from today on whether a listing happens on it. What
// is cancelled does not; what is there at any time or by arrangement has no
// days.
func daysOf(l *catalogue.Listing, today when.Date) []bool {
	if l.Status == catalogue.StatusCancelled {
		return nil
	}
	days := make([]bool, daysAhead+1)
	if p := l.Value.Period; p != nil && len(l.Value.Sessions) == 0 {
		return daysOfPeriod(days, p, today)
	}
	for _, o := range l.Occurrences {
		if o.Status == catalogue.StatusCancelled {
			continue
		}
		first, last := o.Days()
		for i := max(when.DaysBetween(today, first), 0); i <= min(when.DaysBetween(today, last), daysAhead); i++ {
			days[i] = true
		}
	}
	return days
}

// daysOfPeriod marks the days of a period; an end that is not known is open.
func daysOfPeriod(days []bool, p *schema.Period, today when.Date) []bool {
	first, last := 0, daysAhead
	if !p.From.IsZero() {
		first = max(when.DaysBetween(today, p.From), 0)
	}
	if !p.To.IsZero() {
		last = min(when.DaysBetween(today, p.To), daysAhead)
	}
	var wanted [7]bool
	for _, name := range p.Days {
		if d, ok := when.ParseWeekday(name); ok {
			wanted[d] = true
		}
	}
	weekday := today.Weekday()
	for i := first; i <= last; i++ {
		days[i] = len(p.Days) == 0 || wanted[(weekday+time.Weekday(i))%7]
	}
	return days
}

// runs are days as a pattern, nil where there is none.
func runs(days []bool) []int {
	var pattern []int
	end := 0 // of the last run
	for i := 0; i < len(days); i++ {
		if !days[i] {
			continue
		}
		first := i
		for i < len(days) && days[i] {
			i++
		}
		pattern = append(pattern, first-end, i-first)
		end = i
	}
	return pattern
}

// pointsOf are where people go for a listing, each place once: its own, and
// those of its coming sessions.
func pointsOf(l *catalogue.Listing) [][2]float64 {
	if l.Value.Mode == "online" || l.Value.Mode == "at-school" {
		return nil
	}
	points := map[[2]float64]bool{}
	add := func(p *schema.Place) {
		if p != nil && p.Latitude != nil && p.Longitude != nil {
			points[[2]float64{near(*p.Latitude), near(*p.Longitude)}] = true
		}
	}
	add(l.Value.Place)
	for _, o := range l.Occurrences {
		add(l.Value.Sessions[o.Session].Place)
	}
	return slices.Collect(maps.Keys(points))
}

// near is degrees to four digits, which is about ten metres: neighbours that
// differ by less are one place.
func near(degrees float64) float64 { return math.Round(degrees*1e4) / 1e4 }
