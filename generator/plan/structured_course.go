package plan

import (
	"math"
	"time"

	"fursa/schema"
	"fursa/schema/when"
)

// course is a course with the one instance of it that the listing offers; its
// meetings are events that belong to the instance.
func (d *listingNodes) course() *node {
	n := d.work(d.thing("Course"))
	n.Provider = d.organizer(d.x.Provider)
	if c := d.v.Credential; c != nil {
		n.CredentialAwarded = c.Certificate
	}
	run := &node{Type: "CourseInstance", Name: d.v.Title, Location: d.place, CourseMode: courseMode(d.v.Mode)}
	n.Instance = run
	if d.offer != nil {
		d.offer.Category = d.category()
		run.Offers = &offer{ID: d.offer.ID}
	}
	d.workload(run)
	if !d.dated() {
		return n
	}
	d.run(run)
	if run.Organizer != nil {
		run.Organizer = &organization{ID: run.Organizer.ID}
	}
	return n
}

// category is the price of a course in the words that Google asks for; empty
// where it is not known.
func (d *listingNodes) category() string {
	switch c := d.v.Cost; {
	case c.Amount != nil && *c.Amount == 0:
		return "Free"
	case c.Amount != nil || c.From != nil && *c.From > 0:
		return "Paid"
	}
	return ""
}

// workload says how much time a course takes: what the record says, else the
// hours of its only session.
func (d *listingNodes) workload(n *node) {
	switch c := d.v.Commitment; {
	case c != nil && c.Weeks > 0:
		n.CourseSchedule = &schedule{Type: "Schedule", Duration: hours(c.HoursPerWeek), Frequency: "Weekly", Count: c.Weeks}
	case d.v.Credential != nil && d.v.Credential.Hours > 0:
		n.CourseWorkload = hours(d.v.Credential.Hours)
	case len(d.v.Sessions) == 0:
		n.CourseWorkload = d.v.Duration
	case len(d.v.Sessions) == 1:
		n.CourseWorkload = hours(d.taught().Hours())
	}
}

// taught is the time of all meetings of the only session; 0 where that is not
// known.
func (d *listingNodes) taught() time.Duration {
	if d.x.Last.IsZero() {
		return 0
	}
	var sum time.Duration
	for _, o := range when.Occurrences(d.x.Value.When(), d.Zone, d.x.First, d.x.Last) {
		if !o.AllDay {
			sum += o.End.Sub(o.Start)
		}
	}
	return sum
}

// hours is a number of hours as ISO 8601 has it; empty for none.
func hours(n float64) string {
	minutes := int(math.Round(n * 60))
	if minutes <= 0 {
		return ""
	}
	return when.Duration{Hours: minutes / 60, Minutes: minutes % 60}.String()
}

// courseMode is a mode in the words that Google asks for.
func courseMode(mode string) string {
	switch mode {
	case "online":
		return "Online"
	case "hybrid":
		return "Blended"
	}
	return "Onsite"
}

// programme is a placement: an internship, or volunteering by the week.
func (d *listingNodes) programme() *node {
	n := d.thing("WorkBasedProgram")
	n.Provider, n.ProgramType, n.ProgramMode = d.organizer(d.x.Provider), d.T("kind."+d.v.Kind), courseMode(d.v.Mode)
	n.Prerequisites = d.v.Eligibility
	n.StartDate = d.x.First.String()
	if d.x.First.Before(d.x.Last) {
		n.EndDate = d.x.Last.String()
	}
	if p := d.v.Period; p != nil {
		n.DayOfWeek = daysOfWeek(p.Days)
	}
	if c := d.v.Commitment; c != nil && c.Weeks > 0 {
		n.TimeToComplete = when.Duration{Weeks: c.Weeks}.String()
	}
	if r := d.v.Registration; r != nil {
		n.MaximumEnrollment = r.Capacity
		n.ApplicationStart, n.ApplicationDeadline = r.Opens.Date.String(), r.Deadline.Date.String()
	}
	if n.Offers != nil {
		n.Offers.At = d.place
	}
	return n
}

// service is what has no date: by arrangement, at any time, or at times that
// nobody has said.
func (d *listingNodes) service() *node {
	n := d.thing("Service")
	n.Provider, n.ServiceType = d.organizer(d.x.Provider), d.T("kind."+d.v.Kind)
	n.Channel = &serviceChannel{"ServiceChannel", d.url, nil, d.v.Languages}
	if d.v.Place != nil && d.v.Mode != "online" {
		n.Channel.Location = d.place
	}
	if a := d.x.Ages; a != nil && (a.Min != nil || a.Max != nil) {
		n.Audience = &audience{Type: "PeopleAudience", MinAge: a.Min, MaxAge: a.Max}
	}
	if a := d.v.Available; a != nil {
		n.Hours = openHours(a.Days, a.From, a.To)
	}
	if p := d.v.Period; p != nil {
		if n.Hours = openHours(p.Days, p.Starts, p.Ends); n.Hours != nil {
			n.Hours.Through = p.To.String()
		}
	}
	return n
}

// openHours are the days and hours at which a service can be had, nil where
// neither is known.
func openHours(days []string, from, to *when.Clock) *openingHours {
	if len(days) == 0 && from == nil && to == nil {
		return nil
	}
	h := &openingHours{Type: "OpeningHoursSpecification", DayOfWeek: daysOfWeek(days)}
	if from != nil {
		h.Opens = from.String()
	}
	if to != nil {
		h.Closes = to.String()
	}
	return h
}

// daysOfWeek are "mon" to "sun" in schema.org's words.
func daysOfWeek(names []string) []string {
	var days []string
	for _, name := range names {
		if d, ok := when.ParseWeekday(name); ok {
			days = append(days, "https://schema.org/"+d.String())
		}
	}
	return days
}

// image is the absolute address of a picture.
func (s *site) image(i *schema.Image) string {
	if u := webURL(i.Src); u != "" {
		return u
	}
	return webURL(s.url(i.Src))
}
