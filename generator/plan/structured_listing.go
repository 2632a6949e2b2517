package plan

import (
	"html/template"
	"slices"
	"strconv"
	"time"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

const cancelled = "https://schema.org/EventCancelled"

// inPage is how many coming occurrences stand in the data of a page.
const inPage = 10

// listingData is what the page of a listing says to machines: an Event for
// each coming occurrence, a Course with its instance, a WorkBasedProgram, a
// LearningResource, or a Service where no date is known; and breadcrumbs.
func (e *edition) listingData(x *entry, crumbs []Link) template.HTML {
	d := &listingNodes{edition: e, x: x, v: x.value}
	d.url = e.canonical(x.Path, x.written, x.Lang)
	d.place = d.locations(d.v.Place, "#place")
	d.offer = d.offers()
	var n *node
	switch {
	case isCourse(d.v.Kind):
		n = d.course()
	case d.v.Kind == "resource":
		n = d.resource()
	case isPlacement(x):
		n = d.programme()
	case d.dated():
		n = d.event()
	default:
		n = d.service()
	}
	return e.withCrumbs(n, crumbs, d.v.Title)
}

// isCourse says whether a kind is taught by a plan from a beginning to an end.
func isCourse(kind string) bool {
	return kind == "course" || kind == "online-course" || kind == "teacher-training"
}

// isPlacement says whether a listing is work that one learns by. To Google
// such a thing is a JobPosting, which promises employment and asks for much
// that records do not say; schema.org has a type for it. Volunteering on given
// dates is an event.
func isPlacement(x *entry) bool {
	return x.Value.Kind == "internship" || x.Value.Kind == "volunteering" && len(x.Value.Sessions) == 0
}

// eventType is the type of an event of a kind.
func eventType(kind string) string {
	switch kind {
	case "event", "competition", "volunteering":
		return "Event"
	}
	return "EducationEvent"
}

// listingNodes makes the nodes of a listing. The places and the offer are
// written out where they are first needed and referred to from there on.
type listingNodes struct {
	*edition
	x     *entry
	v     *schema.Opportunity
	url   string
	place []*place
	offer *offer
	full  *offer // of occurrences that are full where others are not
}

// dated says whether a first day is known.
func (d *listingNodes) dated() bool { return !d.x.First.IsZero() }

// thing is what nodes of all types say of the listing.
func (d *listingNodes) thing(kind string) *node {
	n := &node{Type: kind, ID: d.x.ID, Name: d.v.Title, Description: d.v.Summary, URL: d.url, Offers: d.offer}
	if i := d.v.Image; i != nil {
		n.Image = d.image(i)
	}
	return n
}

// work adds what events, courses and resources say of themselves.
func (d *listingNodes) work(n *node) *node {
	n.InLanguage, n.AgeRange, n.Keywords = d.v.Languages, ageRange(d.x.Ages), d.subjects()
	if slices.Equal(d.x.Audience(), []string{"teachers"}) {
		n.Audience = &audience{Type: "EducationalAudience", Role: "teacher"}
	}
	if c := d.v.Cost; c.Amount != nil || c.From != nil && *c.From > 0 {
		free := c.Amount != nil && *c.Amount == 0
		n.Free = &free
	}
	return n
}

func (d *listingNodes) subjects() []string {
	var names []string
	for _, t := range d.x.Subjects {
		names = append(names, d.words(t.Label).Text)
	}
	return names
}

// ageRange is a range as schema.org writes it: 7-9, 11-.
func ageRange(r *schema.Range) string {
	if r == nil || r.Min == nil && r.Max == nil {
		return ""
	}
	lowest, highest := "0", ""
	if r.Min != nil {
		lowest = strconv.Itoa(*r.Min)
	}
	if r.Max != nil {
		highest = strconv.Itoa(*r.Max)
	}
	return lowest + "-" + highest
}

// event is the listing as an event, or as a series of them where it has several
// coming occurrences.
func (d *listingNodes) event() *node {
	n := d.work(d.thing(eventType(d.v.Kind)))
	d.run(n)
	if len(n.SubEvents) > 0 {
		n.Type = "EventSeries"
	}
	return n
}

// run adds to an event when and where it is, and who runs it.
func (d *listingNodes) run(n *node) {
	x := d.x
	n.Organizer = d.organizer(x.Provider)
	n.Location, n.AttendanceMode = d.place, attendance(d.v.Mode)
	n.Status = "https://schema.org/EventScheduled"
	if x.Status == catalogue.StatusCancelled {
		n.Status = cancelled
	}
	if r := d.v.Registration; r != nil {
		n.Capacity = r.Capacity
	}
	n.StartDate = x.First.String()
	if x.First.Before(x.Last) {
		n.EndDate = x.Last.String()
	}
	switch len(x.Occurrences) {
	case 0:
	case 1:
		d.only(n, x.Occurrences[0])
	default:
		d.occurrences(n)
	}
}

// only makes an event the one occurrence that is still to come.
func (d *listingNodes) only(n *node, o when.Occurrence) {
	n.StartDate, n.EndDate = iso(o), isoEnd(o)
	session := &d.v.Sessions[o.Session]
	switch {
	case session.Status == catalogue.StatusCancelled:
		n.Status = cancelled
	case session.Status == catalogue.StatusFull && d.offer != nil:
		d.offer.Availability = soldOut
	}
	if session.Place != nil {
		n.Location = d.locations(session.Place, "#place")
	}
}

// occurrences adds the coming ones to a series as events of their own. Google
// wants name, start and place on each; what they share stands at the series.
func (d *listingNodes) occurrences(series *node) {
	coming := d.x.Occurrences[:min(inPage, len(d.x.Occurrences))]
	series.SubEvents = make([]occurrence, len(coming))
	here := refs(d.place)
	elsewhere := map[int][]*place{}
	for i, o := range coming {
		n := &series.SubEvents[i]
		*n = occurrence{Type: eventType(d.v.Kind), Name: d.v.Title, StartDate: iso(o), EndDate: isoEnd(o), Location: here}
		session := &d.v.Sessions[o.Session]
		if session.Place != nil {
			n.Location = elsewhere[o.Session]
			if n.Location == nil {
				n.Location = d.locations(session.Place, "#place-"+strconv.Itoa(o.Session+1))
				elsewhere[o.Session] = refs(n.Location)
			}
		}
		if d.v.Mode == "online" || d.v.Mode == "hybrid" { // without one, Google takes it that people come
			n.AttendanceMode = series.AttendanceMode
		}
		d.stand(n, session.Status)
	}
	if len(series.Location) == 0 {
		series.Location = refs(series.SubEvents[0].Location)
	}
}

// stand says of an occurrence whether it takes place and has places left.
func (d *listingNodes) stand(n *occurrence, status string) {
	switch {
	case status == catalogue.StatusCancelled || d.x.Status == catalogue.StatusCancelled:
		n.Status = cancelled
	case d.offer == nil:
	case status != catalogue.StatusFull || d.offer.Availability == soldOut:
		n.Offers = &offer{ID: d.offer.ID}
	case d.full == nil:
		full := *d.offer
		full.ID, full.Availability = "#full", soldOut
		n.Offers, d.full = &full, &offer{ID: full.ID}
	default:
		n.Offers = d.full
	}
}

// isoEnd is when an occurrence ends, as iso says when it starts; empty where
// it has no end.
func isoEnd(o when.Occurrence) string {
	switch {
	case o.End.Equal(o.Start):
		return ""
	case o.AllDay:
		return o.End.Format(time.DateOnly)
	}
	return o.End.Format(time.RFC3339)
}

// resource is something to learn with that needs no meeting.
func (d *listingNodes) resource() *node {
	n := d.work(d.thing("LearningResource"))
	n.Provider, n.TimeRequired = d.organizer(d.x.Provider), d.v.Duration
	return n
}
