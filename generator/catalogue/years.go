package catalogue

import (
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/when"
)

// Dates so many years from now are rather slips of the hand than meant.
const (
	yearsAhead = 5
	yearsBack  = 30
)

// unlikely warns of the first date of a listing whose year is far from this
// one, and says whether there is one.
func (c *checker) unlikely(o *schema.Opportunity) bool {
	at, date := c.farDate(o)
	if at != "" {
		near := when.Date{Year: c.today.Year, Month: date.Month, Day: date.Day}
		c.add(diag.Warn("links/unlikely-year", c.at(at), "date", date, "year", c.today.Year, "near", near))
	}
	return at != ""
}

// farDate is the pointer of the first date that is far from today; empty
// where there is none.
func (c *checker) farDate(o *schema.Opportunity) (string, when.Date) {
	for i, s := range o.Sessions {
		if c.far(s.Start.Date) {
			return "/sessions/" + itoa(i) + "/start", s.Start.Date
		}
		if c.far(s.End.Date) {
			return "/sessions/" + itoa(i) + "/end", s.End.Date
		}
	}
	if p := o.Period; p != nil && c.far(p.From) {
		return "/period/from", p.From
	} else if p != nil && c.far(p.To) {
		return "/period/to", p.To
	}
	if r := o.Registration; r != nil && c.far(r.Deadline.Date) {
		return "/registration/deadline", r.Deadline.Date
	}
	return "", when.Date{}
}

func (c *checker) far(d when.Date) bool {
	return !d.IsZero() && (d.Year > c.today.Year+yearsAhead || d.Year < c.today.Year-yearsBack)
}
