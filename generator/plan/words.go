package plan

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fursa/generator/catalogue"
	"fursa/schema"
)

// ageWords is a range of ages; max may be nil.
func (e *edition) ageWords(lowest int, highest *int) string {
	switch {
	case highest == nil && lowest <= 0:
		return e.T("age.all")
	case highest == nil:
		return e.T("age.from", "min", e.Number(float64(lowest)))
	case lowest <= 0:
		return e.T("age.to", "max", e.Number(float64(*highest)))
	case lowest == *highest:
		return e.T("age.only", "age", e.Number(float64(lowest)))
	}
	return e.T("age.range", "min", e.Number(float64(lowest)), "max", e.Number(float64(*highest)))
}

// agesOf is the range of a listing, empty where nothing is said.
func (e *edition) agesOf(x *entry) string { return e.rangeOfAges(x.Ages) }

func (e *edition) rangeOfAges(r *schema.Range) string {
	if r == nil || r.Min == nil && r.Max == nil {
		return ""
	}
	lowest := 0
	if r.Min != nil {
		lowest = *r.Min
	}
	return e.ageWords(lowest, r.Max)
}

func (e *edition) group(r *schema.Range) string {
	switch {
	case r == nil || r.Min == nil && r.Max == nil:
		return ""
	case r.Max == nil:
		return e.T("group.from", "min", e.Number(float64(*r.Min)))
	case r.Min == nil:
		return e.T("group.to", "max", e.Number(float64(*r.Max)))
	}
	return e.T("group.range", "min", e.Number(float64(*r.Min)), "max", e.Number(float64(*r.Max)))
}

// cost says in words what a listing costs.
func (e *edition) cost(c schema.Cost) string {
	currency := c.Currency
	if currency == "" {
		currency = e.Settings.Currency
	}
	text := ""
	switch {
	case c.Amount != nil && *c.Amount == 0:
		return e.T("cost.free")
	case c.Amount != nil:
		text = e.Money(*c.Amount, currency)
	case c.From != nil && c.To != nil:
		text = e.T("cost.between", "from", e.Money(*c.From, currency), "to", e.Money(*c.To, currency))
	case c.From != nil:
		text = e.T("cost.from", "from", e.Money(*c.From, currency))
	case c.To != nil:
		text = e.T("cost.to", "to", e.Money(*c.To, currency))
	default:
		return e.T("cost.unknown")
	}
	if c.Per != "" {
		text = e.T("cost.amount-per", "amount", text, "per", e.T("per."+c.Per))
	}
	return text
}

func (e *edition) pays(p *schema.Pays) string {
	if p.Amount == nil {
		return e.T("listing.paid")
	}
	currency := p.Currency
	if currency == "" {
		currency = e.Settings.Currency
	}
	amount := e.Money(*p.Amount, currency)
	if p.Per != "" {
		amount = e.T("cost.amount-per", "amount", amount, "per", e.T("per."+p.Per))
	}
	return e.T("listing.pays", "amount", amount)
}

// capital is a phrase as it begins a line.
func capital(s string) string {
	if s == "" {
		return ""
	}
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// price is what a listing costs, or pays where it costs nothing.
func (e *edition) price(x *entry) string {
	if p := x.value.Pays; p != nil && (x.value.Cost.Amount == nil || *x.value.Cost.Amount == 0) {
		return e.pays(p)
	}
	return e.cost(x.value.Cost)
}

// state says what keeps somebody from joining; empty where nothing does.
func (e *edition) state(x *entry) string {
	switch r := x.Value.Registration; {
	case x.Status == catalogue.StatusCancelled:
		return e.T("state.cancelled")
	case x.Ended:
		return e.T("state.ended", "date", e.Date(x.Last))
	case x.Status == catalogue.StatusFull, x.Status == catalogue.StatusClosed, x.Status == catalogue.StatusDraft:
		return e.T("state." + x.Status)
	case r != nil && !r.Deadline.IsZero() && r.Deadline.Date.Before(e.Today):
		return e.T("state.deadline-passed", "date", e.Date(r.Deadline.Date))
	case r != nil && e.Today.Before(r.Opens.Date):
		return e.T("state.opens", "date", e.Date(r.Opens.Date))
	}
	return ""
}

// where says in one line where a listing takes place.
func (e *edition) where(x *entry) string {
	switch x.Value.Mode {
	case "online":
		return e.T("where.online")
	case "at-school":
		return e.T("where.at-school")
	}
	p := x.value.Place
	if p == nil {
		return e.T("where.unknown")
	}
	parts := []string{}
	if p.Name != "" {
		parts = append(parts, p.Name)
	} else if p.Address != "" {
		parts = append(parts, p.Address)
	}
	if x.District != nil {
		parts = append(parts, e.words(x.District.Label).Text)
	} else if p.Locality != "" {
		parts = append(parts, p.Locality)
	}
	if len(parts) == 0 {
		return e.T("where.unknown")
	}
	return strings.Join(parts, e.T("join.time"))
}

// address is a place on one line, as a letter would have it.
func (e *edition) address(p *schema.Place) string {
	return e.addressOf(p.Name, p.Address, p.Locality, p.Region, p.Postcode)
}

func (e *edition) addressOf(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return strings.Join(parts, e.T("join.time"))
}

// mapURL is where a map shows a place, by the geo position; empty without.
func mapURL(p *schema.Place) string {
	if p.Latitude == nil || p.Longitude == nil {
		return ""
	}
	lat, lon := strconv.FormatFloat(*p.Latitude, 'f', -1, 64), strconv.FormatFloat(*p.Longitude, 'f', -1, 64)
	return "https://www.openstreetmap.org/?mlat=" + lat + "&mlon=" + lon + "#map=17/" + lat + "/" + lon
}

func (e *edition) labels(prefix string, values []string) []Value {
	var labels []Value
	for _, v := range values {
		labels = append(labels, Value{Text: e.T(prefix + v)})
	}
	return labels
}
