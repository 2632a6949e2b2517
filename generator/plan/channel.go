package plan

import (
	"strings"
	"time"
)

// ChannelPage is seen by the template «channel»: the search page's filters, and
// what becomes of them: a school's file, an embed, a screen.
type ChannelPage struct {
	SearchPage
	// Lang is the language that a file must name when its text is in the
	// page's, empty where that is the catalogue's first.
	Lang string
	// Written are the languages of the catalogue, the page's first.
	Written []Link
	// Days are those of the catalogue's week; From and To are the hours of
	// school.
	Days     []SlotDay
	From, To string
	Code     EmbedCode
	// Screen is the address of the notice board, absolute; Board leads there.
	Screen, Board string
	// Example is a school's file, Mail the address of a message to whoever
	// keeps the catalogue, Write the same with the example in it; both are
	// empty where no address is known.
	Example, Mail, Write string
}

// SlotDay is a day of the week: as records name it, and in words.
type SlotDay struct{ ID, Name string }

func (e *edition) channelPage() ChannelPage {
	p := ChannelPage{SearchPage: e.searchPage(), Code: e.embedCode(embedPath, e.prefix, "search", e.view.Name)}
	p.Page = e.page("channel", e.T("make.title"), e.T("make.description", "name", e.view.Name))
	p.Preload, p.Crumbs, p.Figures, p.Styles = p.Entry, e.crumbs(), e.allFigures(), e.path(e.moreStyles)
	p.Action, p.Filters = e.href("channel"), e.scripts["channel"]
	if e.prefix != "" {
		p.Lang = e.lang
	}
	p.Written = []Link{e.link("")}
	for _, other := range e.editions {
		if other != e {
			p.Written = append(p.Written, other.link(""))
		}
	}
	p.Days, p.From, p.To = e.slotDays(), "07:00", "14:00"
	if c := e.Settings.SchoolCalendar; c != nil {
		p.From, p.To = c.From.String()[:5], c.To.String()[:5]
	}
	p.Screen, p.Board = e.url(e.file("board")), e.href("board")
	p.Example = e.T("make.example")
	if c := e.Settings.Contact; c != nil && c.Email != "" {
		subject := e.T("make.subject")
		p.Mail, p.Write = "mailto:"+c.Email, mailto(c.Email, subject, p.Example)
	}
	return p
}

// slotDays are the days of the week from the first day of school on.
func (e *edition) slotDays() []SlotDay {
	var days []SlotDay
	first := firstWeekday(e.Settings.SchoolCalendar)
	for i := range time.Weekday(7) {
		day := (first + i) % 7
		days = append(days, SlotDay{strings.ToLower(day.String()[:3]), e.Weekday(day)})
	}
	return days
}
