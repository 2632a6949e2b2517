package plan

import "html/template"

// BoardPage is seen by the template «board»: a screen on a wall that shows one
// listing after another. The first page of a board has all of its slides, of
// which a script shows one at a time; each further page has one, and leads to
// the next without scripts.
type BoardPage struct {
	Page
	// Heading names whose screen it is.
	Heading Text
	// Styles and Script are the addresses of the board's own style sheet and
	// script.
	Styles, Script string
	// Filters is the address of the script that shows what is asked for in the
	// page's address, Entry that of the search index; both empty on a school's
	// board.
	Filters, Entry string
	// Board is the address of the board's first page, Next of the page that
	// follows. Seconds is how long a slide is shown.
	Board, Next string
	Seconds     int
	// Refresh is the attribute content that leads to Next after Seconds.
	Refresh template.HTMLAttr
	// Slides are shown in turn, Standing where none is left; it is nil on a page
	// that has one. Blank is a slide to be filled in by a script.
	Slides   []Slide
	Standing *Slide
	Blank    Slide
	// Ages say in each language how old the content is.
	Ages []BoardAge
}

// BoardAge is «As of {when}» in a language; Tag is the BCP 47 tag by which a
// script writes dates and numbers as the build does.
type BoardAge struct{ Lang, Dir, Tag, Text string }

// Slide is seen by the template «slide»: a listing on a board. Path is empty in
// one that stands for none. Hue is the number of the subject's colour, 0 for
// none; Move, from 0 to 3, is the place to which the slide is moved, so that
// nothing burns into a screen.
type Slide struct {
	Path      string
	Hue, Move int
	Figure    template.HTML
	// Texts is the slide in one language, or in two.
	Texts []SlideText
	// Code leads to the listing's page.
	Code template.HTML
}

// SlideText is what a slide says in a language. Long says that the title needs
// smaller letters.
type SlideText struct {
	Lang, Dir string
	Title     Text
	Long      bool
	Kind      string
	// When are the next dates; the first that is not over is shown.
	When []SlideDate
	// Where is the place, For whom it is for and what it costs, Of the
	// catalogue's name.
	Where, For, Of string
	// Scan says what the code is for.
	Scan string
}

// SlideDate is a date in words. Over is the moment, in UTC by RFC 3339, from
// which on it need not be shown; empty where there is none.
type SlideDate struct{ Text, Over string }
