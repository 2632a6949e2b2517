package feeds

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"fursa/schema"
	"fursa/schema/when"
)

// Opportunity is a listing to be told to the world of OpenActive, with what the
// catalogue knows of it beside the record. Every URL is absolute.
type Opportunity struct {
	// Shared is the whole of it, for other catalogues.
	Shared Shared
	// Value is the record that Shared holds as JSON, its currency and its
	// places complete.
	Value *schema.Opportunity
	// Zone is that of sessions which name none.
	Zone *time.Location
	// Ages are the stated ones, else those of its grades; nil is unknown.
	Ages     *schema.Range
	Subjects []Concept
	// Provider offers it; nil is unknown. ProviderID is its global id.
	Provider   *schema.Provider
	ProviderID string
	// Image is the address of its picture; may be empty.
	Image string
	// Context is where OpenActiveContext stands.
	Context string
}

// Concept is a term of a vocabulary: its URI, its label, and the vocabulary's.
type Concept struct{ ID, Label, Scheme string }

// OpenActive is a listing as Modelling Opportunity Data 2.0, one JSON object.
// What the record does not say is left out, also where that standard requires
// it. It depends on the listing alone, not on the day.
func OpenActive(o Opportunity) (json.RawMessage, error) {
	n := o.node()
	n.Context = []string{"https://openactive.io/", o.Context}
	n.Record = &o.Shared
	data, err := compactJSON(n)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.Shared.ID, err)
	}
	return data, nil
}

// ActivityList is OpenActive's own vocabulary of activities.
const ActivityList = "https://openactive.io/activity-list"

// IsActivity says whether a URI is that of a term of that vocabulary.
func IsActivity(uri string) bool { return strings.HasPrefix(uri, ActivityList+"#") }

// OpenActiveContext is the JSON-LD context that declares our prefix. It is a
// file, since readers of OpenActive take addresses only.
func OpenActiveContext() []byte {
	return []byte(`{"@context":{"fursa":"` + Namespace + `"}}` + "\n")
}

// The types of OpenActive that listings are told as.
const (
	oaEvent    = "Event"          // takes place once
	oaSeries   = "SessionSeries"  // comes again, or at times known roughly
	oaCourse   = "CourseInstance" // is taught from a first day to a last one
	oaOnDemand = "OnDemandEvent"  // has no dates
)

// node chooses the type by the shape of the record, and fills it in.
func (o Opportunity) node() *oaNode {
	n := o.common()
	first, last := o.span()
	switch v := o.Value; {
	case len(v.Sessions) == 0 && first.IsZero() && last.IsZero() && (v.Period == nil || len(v.Period.Days) == 0):
		n.Type, n.Duration = oaOnDemand, v.Duration
		n.Location, n.MeetingPoint, n.Attendance, n.Status, n.Remaining = nil, "", "", "", nil // not of this type
	case isTaught(v.Kind) && !first.IsZero() && !last.IsZero():
		n.Type = oaCourse
		n.StartDate, n.EndDate, n.Duration = first.String(), last.String(), days(first, last)
		o.sittings(n, oaEvent)
	case len(v.Sessions) == 1 && v.Sessions[0].RRule == "":
		n.Type = oaEvent
		o.once(n, v.Sessions[0])
		n.Duration = cmp.Or(n.Duration, v.Duration)
	default:
		n.Type = oaSeries
		o.sittings(n, "ScheduledSession")
		n.Remaining = nil // its sessions say so
	}
	return n
}

// isTaught says whether a kind follows a plan from a beginning to an end.
func isTaught(kind string) bool {
	return slices.Contains([]string{"course", "online-course", "teacher-training"}, kind)
}

// span is the first and the last day; either may be zero: unknown, or endless.
func (o Opportunity) span() (first, last when.Date) {
	v := o.Value
	if len(v.Sessions) == 0 {
		if v.Period != nil {
			return v.Period.From, v.Period.To
		}
		return first, last
	}
	first = v.Sessions[0].Start.Date
	for _, s := range v.Sessions {
		if s.Start.Date.Before(first) {
			first = s.Start.Date
		}
	}
	last, _ = when.Last(v.When(), o.Zone)
	return first, last
}

// common is what all types have.
func (o Opportunity) common() *oaNode {
	v := o.Value
	n := &oaNode{
		ID: o.Shared.ID, Name: v.Title, Description: v.Summary, URL: o.Shared.URL,
		Category: []string{v.Kind}, Organizer: o.organizer(), Ages: o.ages(),
		Gender: gender(v.Gender), Attendance: attendanceMode(v.Mode), Location: place(v.Place),
		Offers: o.offers(), Free: free(v.Cost), Status: eventStatus(v.Status),
	}
	for _, c := range o.Subjects {
		n.Activity = append(n.Activity, oaConcept{"Concept", c.ID, c.Label, c.Scheme})
	}
	if v.Place != nil {
		n.MeetingPoint = v.Place.Directions
	}
	if r := v.Registration; r != nil {
		n.Capacity = r.Capacity
	}
	if v.Status == "full" {
		n.Remaining = new(int)
	}
	if o.Image != "" {
		n.Image = []oaImage{{"ImageObject", o.Image}}
	}
	return n
}

// ages are never left out: what has none is read as for 18 and older. So they
// are 18 and older where it is for teachers alone; and where nobody says, they
// keep nobody out.
func (o Opportunity) ages() *oaAges {
	if a := o.Ages; a != nil && (a.Min != nil || a.Max != nil) {
		return &oaAges{"QuantitativeValue", a.Min, a.Max}
	}
	least := 0
	if slices.Equal(o.Value.Audience, []string{"teachers"}) {
		least = 18
	}
	return &oaAges{"QuantitativeValue", &least, nil}
}

func (o Opportunity) organizer() *oaOrganizer {
	p := o.Provider
	if p == nil {
		return nil
	}
	n := &oaOrganizer{Type: "Organization", ID: o.ProviderID, Name: p.Name, Description: p.Summary, URL: p.URL, SameAs: p.SameAs}
	if c := p.Contact; c != nil {
		n.Email, n.Phone = c.Email, c.Phone
	}
	return n
}

// offers is one price; none where it is not known, or not one: OpenActive has
// no word for a range.
func (o Opportunity) offers() []oaOffer {
	c := o.Value.Cost
	if c.Amount == nil {
		return nil
	}
	offer := oaOffer{Type: "Offer", Price: c.Amount, Description: c.Note, Per: c.Per}
	if *c.Amount > 0 {
		offer.Currency = c.Currency
	}
	if r := o.Value.Registration; r != nil {
		offer.URL = r.URL
	}
	return []oaOffer{offer}
}

// free says whether it costs nothing; nil where that is not known.
func free(c schema.Cost) *bool {
	var is bool
	switch {
	case c.Amount != nil:
		is = *c.Amount == 0
	case c.From == nil || *c.From == 0:
		return nil
	}
	return &is
}

func gender(of string) string {
	switch of {
	case "girls":
		return "https://openactive.io/FemaleOnly"
	case "boys":
		return "https://openactive.io/MaleOnly"
	}
	return "https://openactive.io/NoRestriction"
}

func attendanceMode(mode string) string {
	switch mode {
	case "online":
		return "https://schema.org/OnlineEventAttendanceMode"
	case "hybrid":
		return "https://schema.org/MixedEventAttendanceMode"
	}
	return "https://schema.org/OfflineEventAttendanceMode"
}

func eventStatus(status string) string {
	if status == "cancelled" {
		return "https://schema.org/EventCancelled"
	}
	return "https://schema.org/EventScheduled"
}

// place is nil where nothing is known of it. One without a name goes by its
// address, or by its town.
func place(p *schema.Place) *oaPlace {
	if p == nil {
		return nil
	}
	n := &oaPlace{Type: "Place", Name: cmp.Or(p.Name, p.Address, p.Locality)}
	a := oaAddress{Street: p.Address, Locality: p.Locality, Region: p.Region, Postcode: p.Postcode}
	if a != (oaAddress{}) {
		a.Type, a.Country = "PostalAddress", p.Country
		n.Address = &a
	}
	if p.Latitude != nil && p.Longitude != nil {
		n.Geo = &oaGeo{"GeoCoordinates", *p.Latitude, *p.Longitude}
	}
	if n.Name == "" && n.Geo == nil && strings.TrimSpace(p.Region+p.Postcode) == "" {
		return nil
	}
	return n
}
