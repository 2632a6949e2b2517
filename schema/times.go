package schema

import (
	"strconv"
	"time"

	"fursa/schema/diag"
	"fursa/schema/document"
	"fursa/schema/when"
)

// Times finds what cannot be in an opportunity's sessions and registration:
// the problems of when.Check as rules «when/NAME», and a deadline after the
// start of the last session. The document is the one that the opportunity was
// decoded from; zone is the catalogue's.
func (v *Validator) Times(o Opportunity, d *document.Document, zone *time.Location) diag.List {
	var list diag.List
	sessions := o.When()
	for _, p := range when.Check(sessions, zone) {
		at := child("/sessions", strconv.Itoa(p.Session)) + "/" + p.Field
		problem := diag.New("when/"+p.Name, d.Span(at), p.Args...).Hinted(p.Variant)
		if p.Warning() {
			problem.Severity = diag.Warning
		}
		list = append(list, problem)
	}
	if problem, late := o.lateDeadline(d, sessions, zone); late {
		list = append(list, problem)
	}
	return list
}

// When is the opportunity's sessions as package when takes them.
func (o Opportunity) When() []when.Session {
	list := make([]when.Session, len(o.Sessions))
	for i, s := range o.Sessions {
		list[i] = when.Session{
			ID: s.ID, Start: s.Start, End: s.End, RRule: s.RRule,
			Except: s.Except, Zone: s.Zone, Status: s.Status,
		}
	}
	return list
}

// lateDeadline finds a deadline after all that one could register for.
func (o Opportunity) lateDeadline(d *document.Document, sessions []when.Session, zone *time.Location) (diag.Diagnostic, bool) {
	if o.Registration == nil || o.Registration.Deadline.IsZero() {
		return diag.Diagnostic{}, false
	}
	deadline := o.Registration.Deadline
	start, at := o.lastStart(sessions, zone)
	if start.IsZero() || !late(deadline, start) {
		return diag.Diagnostic{}, false
	}
	return diag.New("schema/deadline-after-start", d.Span("/registration/deadline"), "deadline", deadline, "start", start, "day", start.Date).
		See(d.Span(at)), true
}

// late says whether a deadline is after a start; where either is a whole day,
// they are compared by their days.
func late(deadline, start when.Moment) bool {
	if deadline.Timed && start.Timed {
		return deadline.Compare(start) > 0
	}
	return start.Date.Before(deadline.Date)
}

// lastStart is the start of the last session, or the last day of a series or
// a period, and the pointer of where the file says it; zero where there is no
// last one.
func (o Opportunity) lastStart(sessions []when.Session, zone *time.Location) (when.Moment, string) {
	if o.Period != nil {
		return when.Moment{Date: o.Period.To}, "/period/to"
	}
	var last when.Moment
	at := ""
	for i, s := range sessions {
		start := s.Start
		if s.RRule != "" {
			day, ends := when.Last(sessions[i:i+1], zone)
			if !ends {
				return when.Moment{}, ""
			}
			start = when.Moment{Date: day}
		}
		if at == "" || last.Compare(start) < 0 {
			last, at = start, child("/sessions", strconv.Itoa(i))+"/start"
		}
	}
	return last, at
}
