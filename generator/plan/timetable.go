package plan

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"fursa/generator/catalogue"
)

// inSubject is how many listings of a subject stand in a slot.
const inSubject = 15

// timetablePath is where a school's timetable stands; empty where it has named
// no hours.
func timetablePath(s *catalogue.School) string {
	if len(s.Record.Value.Slots) == 0 {
		return ""
	}
	return s.Path() + "/timetable"
}

// timetablePage is what fits a school's hours. It is a page of its own, beside
// the coordinator's: a teacher comes with one lesson in mind, a grade and a
// subject, and takes it away printed or as a link to the grade.
func (e *edition) timetablePage(s *set, path string) TimetablePage {
	heading := e.T("lessons.title", "school", s.heading)
	p := TimetablePage{Page: e.pageOf(s.school, path, heading, e.described(heading)), Heading: heading}
	p.School = Link{Text: s.title.Text, Lang: s.title.Lang, Dir: s.title.Dir, URL: e.href(s.Path())}
	p.Feeds, p.Crumbs = s.feeds, e.crumbs(append(e.familyCrumb(s), p.School)...)
	grades := s.school.Record.Value.Grades
	for i, g := range grades {
		p.Grades = append(p.Grades, GradeView{fmt.Sprintf("g-%d", i+1), e.grade(g)})
	}
	for i, slot := range e.Slots(s.school) {
		view := SlotView{
			ID:       fmt.Sprintf("slot-%d", i+1),
			Heading:  e.Weekday(slot.Day) + e.T("join.time") + e.ClockRange(slot.From, slot.To),
			Count:    e.N("count.listings", len(slot.Fits)),
			Subjects: e.bySubject(slot, grades),
		}
		p.Slots = append(p.Slots, view)
	}
	return p
}

// bySubject puts what fits a slot under the topmost of its subjects, under each
// of them where there are several; these stand as the vocabulary has them.
func (e *edition) bySubject(slot catalogue.Slot, grades []string) []SubjectFits {
	fits := map[*catalogue.Term][]catalogue.Fit{}
	for _, f := range slot.Fits {
		for _, top := range tops(f.Listing.Subjects) {
			fits[top] = append(fits[top], f)
		}
	}
	var subjects []SubjectFits
	for _, t := range e.Subjects.Terms {
		all := fits[t]
		if len(all) == 0 {
			continue
		}
		view := SubjectFits{Name: e.words(t.Label), Hue: e.Subjects.Hue(t)}
		for _, f := range all[:min(len(all), inSubject)] {
			view.Entries = append(view.Entries, e.fitView(f, grades))
		}
		if left := len(all) - len(view.Entries); left > 0 {
			view.More = e.N("count.more", left)
		}
		subjects = append(subjects, view)
	}
	return subjects
}

// tops are the topmost terms above some, each once.
func tops(terms []*catalogue.Term) []*catalogue.Term {
	var all []*catalogue.Term
	for _, t := range terms {
		for t.Broader != nil {
			t = t.Broader
		}
		if !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	return all
}

func (e *edition) fitView(f catalogue.Fit, grades []string) FitView {
	x := e.entries[f.Listing]
	view := FitView{
		Listing: e.listingLink(f.Listing), Class: e.gradeClasses(f.Listing, grades),
		Kind: e.T("kind." + x.Value.Kind), Where: capital(e.where(x)),
		Ages: capital(e.agesOf(x)), Cost: capital(e.price(x)),
	}
	line, _ := e.whenLine(x)
	view.When = capital(line)
	if len(f.Occurrences) > 0 {
		view.When, view.Start = e.occurrence(f.Occurrences[0]), iso(f.Occurrences[0])
		if more := len(f.Occurrences) - 1; more > 0 {
			view.More = e.N("count.more", more)
		}
	}
	for _, m := range x.value.Materials {
		view.Materials = append(view.Materials, e.material(m))
	}
	return view
}

// gradeClasses are the classes of the grades that a listing is for; of all
// grades where nothing says for which.
func (e *edition) gradeClasses(l *catalogue.Listing, grades []string) template.HTMLAttr {
	var classes []string
	open := l.Ages == nil && len(l.Value.Grades) == 0
	for i, g := range grades {
		if open || e.ForGrade(l, g) {
			classes = append(classes, fmt.Sprintf("g-%d", i+1))
		}
	}
	return template.HTMLAttr(`class="` + strings.Join(classes, " ") + `"`) //nolint:gosec // made of numbers
}
