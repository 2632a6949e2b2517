package plan

// CalendarPage is seen by the template «calendar»: a month as a table, and
// below it day by day what takes place.
type CalendarPage struct {
	Page
	Heading string
	// Month is the month in words.
	Month string
	// Weekdays are the columns of the table, in the order of the catalogue's
	// week.
	Weekdays []WeekdayView
	// Weeks are the rows of the table, seven days each.
	Weeks [][]CalendarDay
	// Agenda are the days that have entries.
	Agenda []AgendaDay
	// Previous and Next lead to the months beside this one that have a page;
	// Months to all that have one, this one among them without a URL.
	Previous, Next *Link
	Months         []Link
	// Running leads to what can be joined in this month without a day of its
	// own: what lasts through some of it, and what is there at any time or by
	// arrangement. Each Text says how many they are.
	Running []Link
}

// WeekdayView is a day of the week: its name, and a short one where the
// language has one.
type WeekdayView struct{ Name, Short string }

// CalendarDay is a cell of a month's table. Number is the day of the month in
// the language's numerals, empty in the cells before the first day and after
// the last.
type CalendarDay struct {
	Number string
	// Date is the day in ISO 8601.
	Date string
	// URL leads to the day in the agenda; it is empty, and so are Count and
	// Words, where nothing takes place.
	URL string
	// Count is how many entries the day has, Words the same with its noun.
	Count, Words string
	Past, Today  bool
}

// AgendaDay is a day with its entries. ID is the anchor that the table links
// to, Date the day in ISO 8601.
type AgendaDay struct {
	ID, Date, Heading string
	Entries           []AgendaEntry
	// More leads to all entries of a day that has more than are named here.
	More *Link
}

// AgendaEntry is one row of a day. State is empty, or says in a word what
// keeps people away: «cancelled», «full»; Status is the same for a class.
type AgendaEntry struct {
	Time, Place   string
	Listing       Link
	State, Status string
	// Hue is the number of the subject's colour, 0 for none.
	Hue int
}
