package convert

import (
	"slices"

	"fursa/schema"
	"fursa/schema/when"
)

// when makes a session of one day, or a period of several.
func (p *parsedRow) when(w When) {
	o := &p.listing.Record
	from, to := p.date(w.From, w.Date), p.date(w.To, w.Date)
	starts, ends := p.clock(w.Starts, w.Time), p.clock(w.Ends, w.Time)
	if !to.IsZero() && to.Before(from) {
		p.note(w.To, p.cells[w.To], "import/ends-before-start")
		to = when.Date{}
	}
	if starts != nil && ends != nil && ends.Seconds() <= starts.Seconds() {
		p.note(w.Ends, p.cells[w.Ends], "import/ends-before-start")
		ends = nil
	}
	switch {
	case from.IsZero() && to.IsZero() && starts == nil && ends == nil:
		return
	case from == to && o.Period == nil && starts == nil && ends == nil:
		o.Sessions = []schema.Session{{Start: when.Moment{Date: from}}}
	case from == to && o.Period == nil && starts != nil:
		session := schema.Session{Start: when.Moment{Date: from, Clock: *starts, Timed: true}}
		if ends != nil {
			session.End = when.Moment{Date: to, Clock: *ends, Timed: true}
		}
		o.Sessions = []schema.Session{session}
	default:
		if o.Period == nil {
			o.Period = &schema.Period{}
		}
		o.Period.From, o.Period.To, o.Period.Starts, o.Period.Ends = from, to, starts, ends
	}
}

func (p *parsedRow) date(column, format string) when.Date {
	cell := p.cells[column]
	if cell == "" {
		return when.Date{}
	}
	date, err := readDate(cell, format)
	if err != nil {
		p.note(column, cell, "import/value-date")
	}
	return date
}

func (p *parsedRow) clock(column, format string) *when.Clock {
	cell := p.cells[column]
	if cell == "" {
		return nil
	}
	clock, err := readClock(cell, format)
	if err != nil {
		p.note(column, cell, "import/value-time")
		return nil
	}
	return &clock
}

// grades fills in the grades between two columns' ends.
func (p *parsedRow) grades(g Grades) {
	end := func(column string) (index int, limited bool) {
		cell := p.cells[column]
		if cell == "" || slices.Contains(g.None, cell) {
			return 0, false
		}
		i := slices.Index(g.List, g.Values[cell])
		if i < 0 {
			p.note(column, cell, "import/value-unknown")
		}
		return i, i >= 0
	}
	first, low := end(g.Min)
	last, high := end(g.Max)
	if !high {
		last = len(g.List) - 1
	}
	switch {
	case !low && !high:
	case first > last:
		p.note(g.Max, p.cells[g.Max], "import/range", "min", quoted(p.cells[g.Min]))
	default:
		p.listing.Record.Grades = slices.Clone(g.List[first : last+1])
	}
}
