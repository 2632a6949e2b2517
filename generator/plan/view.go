package plan

import (
	"html/template"
)

// The structs below are what templates see. Every URL is ready to be used,
// every text is in the page's language unless it carries another one.

// Text is a text; Lang and Dir are set where it is not in the page's language.
type Text struct{ Text, Lang, Dir string }

// Rich is Markdown rendered; Lang and Dir as in Text.
type Rich struct {
	HTML      template.HTML
	Lang, Dir string
}

// Link is a titled address; Count is how many listings it leads to, in words.
type Link struct {
	Text, Lang, Dir string
	URL             string
	Count           string
	Children        []Link
	Notes           []string
}

// Value is one value of a Fact: a text, a link, or a time whose start is
// Start (ISO 8601). HTML is the same, marked up.
type Value struct {
	Text, Lang, Dir string
	URL             string
	Start           string
	HTML            template.HTML
}

// Fact is a labelled list of values.
type Fact struct {
	Label  string
	Values []Value
}

// Feed is a feed of a page. Type is its media type, empty for one that pages
// do not announce; Name and For say to people what it is and what for.
type Feed struct{ Title, Name, For, URL, Type string }

// Feeds are the feeds of a page. Head and Section are the templates
// «feed-links» and «feeds» rendered with them; pages share them.
type Feeds struct {
	All           []Feed
	Head, Section template.HTML
}

// Alternate is the same page in another language.
type Alternate struct{ Lang, URL string }

// Contact is whom to ask.
type Contact struct{ Name, Email, Phone, URL string }

// Picture is an image; Alt says what it shows.
type Picture struct{ URL, Alt, Credit string }

// Site is what all pages of one language share. Open, Header and Footer are the
// templates «open», «header» and «footer» rendered with it.
type Site struct {
	Name, Description string
	Lang, Dir         string
	Home, Styles      string
	Notice            string
	Menu, FooterLinks []Link
	Contact           *Contact
	Licence           *Link
	Open              template.HTML
	Header, Footer    template.HTML
}

// Page is what every page has.
type Page struct {
	Site               *Site
	Title, Description string
	// Canonical is the absolute URL of the page that search engines keep.
	Canonical  string
	NoIndex    bool
	Alternates []Alternate
	// Languages lead to the same page in the other languages.
	Languages []Link
	Crumbs    []Link
	Feeds     *Feeds
}

// FullTitle is the title with the site's name.
func (p Page) FullTitle() string {
	if p.Title == p.Site.Name {
		return p.Title
	}
	return p.Title + " – " + p.Site.Name
}

// HomePage is seen by the template «home». Soon and New are cards.
type HomePage struct {
	Page
	Soon, New []template.HTML
	All       Link
	Browse    []Browse
}

// Browse is one way into the catalogue.
type Browse struct {
	Text, URL string
	Entries   []Link
}

// TermsPage is seen by the template «terms»: a list of sets.
type TermsPage struct {
	Page
	Entries []Link
}

// ListPage is seen by the template «list»: one page of a set of listings.
type ListPage struct {
	Page
	Heading, Intro string
	Count          string
	Broader        *Link
	Narrower       []Link
	Groups         []Group
	Pager          *Pager
	Provider       *ProviderView
	Pathway        *PathwayView
	Badge          *BadgeView
	Past           []Link
}

// Group is cards under a heading, such as a month.
type Group struct {
	Heading string
	Cards   []template.HTML
}

// Pager leads through the pages of a list; Previous and Next are URLs.
type Pager struct{ Text, Previous, Next string }

// ProviderView is what a provider's page says of it.
type ProviderView struct {
	Kind         string
	Summary      Text
	Body         Rich
	Logo         *Picture
	Contact      *Contact
	Endorsements []EndorsementView
}

// EndorsementView is who vouches, and with what words.
type EndorsementView struct {
	By        Link
	Statement Text
}

// PathwayView is what a pathway's page says of it.
type PathwayView struct {
	Summary Text
	Body    Rich
	Steps   []StepView
}

// StepView is one step: a link, or a note.
type StepView struct {
	Grade string
	Link  *Link
	Note  Text
}

// BadgeView is what a badge's page says of it.
type BadgeView struct {
	Description, Criteria Text
	Issuer                *Link
	Skills, Unlocks       []Link
}

// Card is seen by the template «card»: a listing in a list. Start is the ISO
// 8601 date or date and time of When, where there is one.
type Card struct {
	Title, Summary Text
	URL            string
	When, Start    string
	State          string
	Facts          []string
	Status         string
}

// ListingPage is seen by the template «listing».
type ListingPage struct {
	Page
	Heading, Summary Text
	// Status is the stated one or «ended»; State says it in words where it
	// is not simply open.
	Status, State string
	// Untranslated says that the text is in another language.
	Untranslated string
	Image        *Picture
	Facts        []Fact
	Body         Rich
	// Register leads to registration, Calendar to the dates as iCalendar.
	Register     string
	Calendar     string
	Join         []Fact
	Provider     *Link
	Partners     []Link
	Contact      *Contact
	Endorsements []EndorsementView
	Materials    []Link
	Links        []Link
	Next         []Link
}

// TextPage is seen by the template «page»: a page of content/pages.
type TextPage struct {
	Page
	Heading Text
	Body    Rich
}

// NotFoundPage is seen by the template «not-found».
type NotFoundPage struct {
	Page
	All Link
}

// Moved is seen by the template «moved»: a page at an old address.
type Moved struct{ Lang, Dir, URL, Canonical string }
