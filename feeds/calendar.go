package feeds

import "time"

// Calendar is a list of events that a calendar program can subscribe to. Every
// URL is absolute.
type Calendar struct {
	Name, Description string
	// Lang is the BCP 47 tag of Name and Description.
	Lang string
	// Self is the calendar's own address, URL the page that shows the same.
	Self, URL string
	// Loc is the time zone in which the calendar is read.
	Loc *time.Location
	// Updated is the earliest time that the calendar may be said to have
	// changed at; a newer event moves it on. Never the time of the build.
	Updated time.Time
	// Events are all coming ones, the next first.
	Events []Event
}

// Event is something at a time, or by RRule at many.
type Event struct {
	// UID never changes: programs know an event by it.
	UID string
	// Summary, Description and Location are plain text, in the language that
	// the BCP 47 tag Lang names; it may be empty.
	Summary, Description, Location, Lang string
	URL                                  string
	// Status is CONFIRMED, TENTATIVE or CANCELLED; a cancelled event stays.
	Status     string
	Categories []string
	// Start and End are in the event's own IANA time zone. With AllDay they
	// are midnights, End that of the last day; without an end it is zero, or
	// the same as Start.
	Start, End time.Time
	AllDay     bool
	// RRule is a recurrence rule without its name, Start the first start that
	// it gives, and Except those that it leaves out. Its UNTIL is a date with
	// AllDay, else a time in UTC (RFC 5545, section 3.3.10).
	RRule  string
	Except []time.Time
	// Latitude and Longitude are degrees of WGS 84, both or neither.
	Latitude, Longitude *float64
	// Sequence is how often people had to be told of a change.
	Sequence int
	// Created and Modified are the record's dates, never the build's. Modified
	// is required.
	Created, Modified time.Time
	// Organizer is named only with an e-mail address, which iCalendar demands.
	Organizer Person
}
