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
	// Hue is the number of a subject's colour, 0 for none; Pattern its
	// figure.
	Hue      int
	Pattern  template.HTML
	Children []Link
	Notes    []string
}

// Value is one value of a Fact: a text, a link, or a time whose start is
// Start (ISO 8601).
type Value struct {
	Text, Lang, Dir string
	URL             string
	Start           string
}

// Fact is a labelled list of values. Class tells the important ones from one
// another: «when», «where», «ages», «cost», «talk», «by».
type Fact struct {
	Label, Class string
	Values       []Value
}

// Feed is a feed of a page. Type is its media type, empty for one that pages
// do not announce; Name and For say to people what it is and what for. App is
// the webcal address of a calendar, with which the visitor's own calendar
// program subscribes; empty for other feeds.
type Feed struct {
	Title, Name, For, URL, Type string
	App                         template.URL
}

// Feeds are the feeds of a page. Head, Section and Line are the templates
// «feed-links», «feeds» and «feed-line» rendered with them; pages share them.
type Feeds struct {
	All                 []Feed
	Head, Section, Line template.HTML
}

// Alternate is the same page in another language.
type Alternate struct{ Lang, URL string }

// Contact is whom to ask.
type Contact struct{ Name, Email, Phone, URL string }

// Picture is an image with its size in pixels; Alt says what it shows. SrcSet
// names smaller copies as the attribute of the same name has them, empty where
// there are none.
type Picture struct {
	URL, Alt, Credit, SrcSet string
	Width, Height            int
}

// Preview is the picture that other programs show for a page: an absolute
// address, and the picture's size.
type Preview struct {
	URL           string
	Width, Height int
}

// Site is what all pages of one language share. Open, Header and Footer are the
// templates «open», «header» and «footer» rendered with it.
type Site struct {
	Name, Description string
	Lang, Dir         string
	// Root is the path of the site's first page, Home that of the language.
	Root, Home string
	// Styles, Script and Icon are the addresses of the style sheet, of the
	// script of every page and of the icon that browsers show.
	Styles, Script, Icon string
	// Policy is the attribute content of the Content-Security-Policy.
	Policy template.HTMLAttr
	// Zone is the time zone of all dates, Numerals the digits: «latn»,
	// «arab», or empty for what is usual.
	Zone, Numerals string
	// Offline says whether pages are kept for reading without a network.
	Offline bool
	Logo    *Picture
	Notice  string
	// Search, Saved and Submit are the addresses of these pages.
	Search, Saved, Submit string
	// Menu is the short menu of the header, Browse all ways into the
	// catalogue, FooterLinks the pages about it.
	Menu, Browse, FooterLinks []Link
	Contact                   *Contact
	Licence                   *Link
	Open                      template.HTML
	Header, Footer            template.HTML
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
	// OEmbed is the absolute address of the page's answer for oEmbed, empty
	// where it has none.
	OEmbed string
	// Preview is nil where the catalogue has none.
	Preview *Preview
	// Styles is the address of a style sheet that the page has besides the
	// site's; empty for nearly all.
	Styles string
	// Preload is the address of what the page's script asks for first, empty
	// where it asks for nothing.
	Preload string
	// Figures are the figures of subjects that the page shows.
	Figures template.HTML
	// Data is what the page says to programs: a script element of JSON-LD.
	Data template.HTML
}

// FullTitle is the title with the site's name.
func (p Page) FullTitle() string {
	if p.Title == p.Site.Name {
		return p.Title
	}
	return p.Title + " – " + p.Site.Name
}

// HomePage is seen by the template «home».
type HomePage struct {
	Page
	// Sections are the parts of the page, in their order.
	Sections []HomeSection
	// Popular are a few ways in below the search box, Subjects the topmost
	// ones, with their figures.
	Popular, Subjects []Link
	All               Link
}

// HomeSection is a part of the home page. Name is «search», «soon»,
// «deadlines», «new», «about» or that of a family such as «subjects»; About is
// set in the last one of those, Cards in the ones between, Entries in
// families.
type HomeSection struct {
	Name, Heading string
	// More leads to all of it.
	More    *Link
	Cards   []template.HTML
	Entries []Link
	About   Rich
}

// Browse is one way into the catalogue.
type Browse struct {
	Text, URL string
	Entries   []Link
}

// TermsPage is seen by the template «terms»: a list of sets.
type TermsPage struct {
	Page
	// Family is the folder of the sets: «subjects», «past».
	Family  string
	Count   string
	Entries []Link
	// Channel leads, on the page of schools, to where one makes a channel.
	Channel *Link
}

// ListPage is seen by the template «list»: one page of a set of listings.
type ListPage struct {
	Page
	// Family is the folder of the set, empty for all listings. Hue is the
	// number of a subject's colour, 0 for none; Pattern its figure.
	Family         string
	Hue            int
	Pattern        template.HTML
	Heading, Intro string
	Count          string
	// Coming says that these are listings that can be joined.
	Coming   bool
	Facets   []Facet
	Broader  *Link
	Narrower []Link
	Groups   []Group
	Pager    *Pager
	Provider *ProviderView
	Pathway  *PathwayView
	Badge    *BadgeView
	Past     []Link
}

// Facet is one way to narrow a list down. Count of its values says how many
// of the list's own listings they leave.
type Facet struct {
	Label  string
	Values []Link
	// More is how many more values there are, in words.
	More string
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
// 8601 date or date and time of When, where there is one; Times are the data-
// attributes from which a script decides anew what has ended.
type Card struct {
	Title, Summary    Text
	URL               string
	Kind, Status      string
	State             string
	When, Start       string
	Where, Ages, Cost string
	Hue               int
	Pattern           template.HTML
	Image             *Picture
	Times             template.HTMLAttr
	// Origin says which other catalogues list it, Elsewhere that its page is there.
	Origin    string
	Elsewhere bool
	// Why says in a school's list for which reasons the listing is there.
	Why string
}

// ListingPage is seen by the template «listing».
type ListingPage struct {
	Page
	// Path is what the listing is known by, without a language.
	Path             string
	Heading, Summary Text
	Kind             string
	Hue              int
	Pattern          template.HTML
	Times            template.HTMLAttr
	// Status is the stated one or «ended»; State says it in words where it
	// is not simply open.
	Status, State string
	// Untranslated says that the text is in another language.
	Untranslated string
	Image        *Picture
	// Facts say whether one can go, More the rest.
	Facts, More []Fact
	Body        Rich
	// Register leads to registration.
	Register     string
	Join         []Fact
	Provider     *Link
	Partners     []Link
	Contact      *Contact
	Endorsements []EndorsementView
	Materials    []Link
	Links        []Link
	Next         []Link
	// Calendars put the dates into somebody's own calendar, Share tells
	// others of the listing.
	Calendars, Share []Link
	// Similar are cards of listings like this one.
	Similar []template.HTML
	// Report leads to where a mistake can be told, Edit to the form in which
	// the listing can be changed or cancelled.
	Report, Edit string
	Published    string
	// Address is the absolute address of the page, Code the same as a QR code
	// for paper.
	Address string
	Code    template.HTML
	// Long says that the heading is too long for the large type of a poster.
	Long bool
	// Script is the address of the page's own script: it makes a message for
	// chats of what the page says.
	Script string
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

// SavedPage is seen by the template «saved»: the visitor's own list.
type SavedPage struct {
	Page
	All Link
	// Script is the address of the page's own script.
	Script string
}
