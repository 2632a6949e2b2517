package plan

import "html/template"

// SchoolPage is seen by the template «school»: one page of what a school
// receives.
type SchoolPage struct {
	Page
	Heading Text
	// Where is the school's address, Grades its grades; either may be empty.
	Where, Grades string
	Count         string
	// Want is what the school has asked for; empty, and Everything true, where
	// it has asked for everything.
	Want       []Fact
	Everything bool
	// Reads are the channels in which the school reads, each with the feed that
	// it takes, where it takes one.
	Reads []Link
	// Embed is what puts the school's listings into another page; nil on all
	// pages but the first.
	Embed *EmbedCode
	// Packages are those for learning management systems.
	Packages []Link
	// Timetable leads to what fits the school's hours; nil where it has named
	// none.
	Timetable *Link
	// Poster leads to the school's posters; only on the first page.
	Poster Link
	// Closing are listings whose registration ends soon, New the newest; the
	// Time of the first is the deadline. Both only on the first page.
	Closing, New []AgendaEntry
	// Groups are the cards: what the school has pinned, then by month. Each
	// says why it is there.
	Groups []Group
	// Left says how many more fit than the pages hold; empty where none do.
	Left  string
	Pager *Pager
}

// TimetablePage is seen by the template «timetable»: what fits the hours that
// a school has named.
type TimetablePage struct {
	Page
	Heading string
	// School leads to the school's page.
	School Link
	// Grades are those of the school: links to Class of a GradeView narrow the
	// page down to one.
	Grades []GradeView
	Slots  []SlotView
}

// GradeView is a grade of a school. Class is the class of what fits it, and the
// fragment that shows only that: «g-1», «g-2».
type GradeView struct{ Class, Name string }

// SlotView is some hours of the week with what fits them. ID is their anchor.
type SlotView struct {
	ID, Heading, Count string
	Subjects           []SubjectFits
}

// SubjectFits is what fits some hours in a subject. More says how many are left
// out; Hue is the number of the subject's colour.
type SubjectFits struct {
	Name    Text
	Hue     int
	Entries []FitView
	More    string
}

// FitView is a listing that fits. Start is the ISO 8601 time of When, where
// there is one, More says how many more dates fit. Class are the classes of the
// school's grades that it is for.
type FitView struct {
	Listing                 Link
	Class                   template.HTMLAttr
	Kind, When, Start, More string
	Where, Ages, Cost       string
	Materials               []Link
}
