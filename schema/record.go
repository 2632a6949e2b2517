// Package schema says what a record is: the JSON Schemas that the project
// publishes (draft 2020-12, embedded), the Go types beside them, and the
// validator between the two. It knows one record at a time; what needs more
// than one (references, duplicates) belongs to generator/catalogue.
package schema

import (
	"fursa/schema/when"
)

// Kind is a kind of record, named as its schema is: "opportunity".
type Kind string

// The kinds of record.
const (
	KindCatalogue   Kind = "catalogue"
	KindOpportunity Kind = "opportunity"
	KindProvider    Kind = "provider"
	KindSchool      Kind = "school"
	KindPathway     Kind = "pathway"
	KindBadge       Kind = "badge"
	KindEndorsement Kind = "endorsement"
	KindPeer        Kind = "peer"
	KindReview      Kind = "review"
	KindBlocklist   Kind = "blocklist"
	KindVocabulary  Kind = "vocabulary"
	KindPage        Kind = "page"
)

// Kinds are all kinds, in the order in which people meet them.
var Kinds = []Kind{
	KindCatalogue, KindOpportunity, KindProvider, KindSchool, KindPathway,
	KindBadge, KindEndorsement, KindPeer, KindReview, KindBlocklist, KindVocabulary, KindPage,
}

// Text is a short text by language tag: {"en": "Astronomy", "ar": "علم الفلك"}.
type Text map[string]string

// Opportunity is one listing: something that people can join to learn.
// Subjects, skills, curriculum and Place.District hold ids of vocabulary
// terms; Partners hold slugs of providers; Requires and PartOf hold paths of
// records ("badges/stargazer", "opportunities/museum/night-sky").
type Opportunity struct {
	Title         string        `json:"title"`
	Summary       string        `json:"summary"`
	Lang          string        `json:"lang,omitempty"`
	Kind          string        `json:"kind"`
	Audience      []string      `json:"audience,omitempty"`
	Group         *Range        `json:"group,omitempty"`
	Ages          *Range        `json:"ages,omitempty"`
	Grades        []string      `json:"grades,omitempty"`
	Gender        string        `json:"gender,omitempty"`
	Eligibility   string        `json:"eligibility,omitempty"`
	Languages     []string      `json:"languages"`
	Subjects      []string      `json:"subjects"`
	Skills        []string      `json:"skills,omitempty"`
	Curriculum    []string      `json:"curriculum,omitempty"`
	Mode          string        `json:"mode"`
	Place         *Place        `json:"place,omitempty"`
	Sessions      []Session     `json:"sessions,omitempty"`
	Period        *Period       `json:"period,omitempty"`
	Anytime       bool          `json:"anytime,omitempty"`
	ByArrangement bool          `json:"by_arrangement,omitempty"`
	Available     *Available    `json:"available,omitempty"`
	Duration      string        `json:"duration,omitempty"`
	Commitment    *Commitment   `json:"commitment,omitempty"`
	Timetable     []string      `json:"timetable,omitempty"`
	Registration  *Registration `json:"registration,omitempty"`
	Cost          Cost          `json:"cost"`
	Pays          *Pays         `json:"pays,omitempty"`
	Provides      []string      `json:"provides,omitempty"`
	Supports      []string      `json:"supports,omitempty"`
	Credential    *Credential   `json:"credential,omitempty"`
	Requires      []string      `json:"requires,omitempty"`
	Materials     []Material    `json:"materials,omitempty"`
	Safeguarding  *Safeguarding `json:"safeguarding,omitempty"`
	Partners      []string      `json:"partners,omitempty"`
	PartOf        []string      `json:"part_of,omitempty"`
	Contact       *Contact      `json:"contact,omitempty"`
	Image         *Image        `json:"image,omitempty"`
	Status        string        `json:"status,omitempty"`
	Links         []Link        `json:"links,omitempty"`
	Published     when.Date     `json:"published,omitzero"`
	Expires       when.Date     `json:"expires,omitzero"`
	SameAs        []string      `json:"same_as,omitempty"`
	Aliases       []string      `json:"aliases,omitempty"`
}

// Range is a range of whole numbers, both ends included; either may be open.
type Range struct {
	Min *int `json:"min,omitempty"`
	Max *int `json:"max,omitempty"`
}

// Place is where people go. Country is an ISO 3166-1 alpha-2 code; latitude
// and longitude are degrees of WGS 84.
type Place struct {
	Name       string   `json:"name,omitempty"`
	Address    string   `json:"address,omitempty"`
	Locality   string   `json:"locality,omitempty"`
	Region     string   `json:"region,omitempty"`
	Postcode   string   `json:"postcode,omitempty"`
	Country    string   `json:"country,omitempty"`
	District   string   `json:"district,omitempty"`
	Latitude   *float64 `json:"latitude,omitempty"`
	Longitude  *float64 `json:"longitude,omitempty"`
	Directions string   `json:"directions,omitempty"`
	StepFree   *bool    `json:"step_free,omitempty"`
}

// Session is one date, or a series of dates by an RFC 5545 recurrence rule.
// Whole days have an inclusive end; Zone is an IANA name, by default the
// catalogue's.
type Session struct {
	ID     string        `json:"id,omitempty"`
	Start  when.Moment   `json:"start"`
	End    when.Moment   `json:"end,omitzero"`
	RRule  string        `json:"rrule,omitempty"`
	Except []when.Moment `json:"except,omitempty"`
	Zone   string        `json:"zone,omitempty"`
	Place  *Place        `json:"place,omitempty"`
	Status string        `json:"status,omitempty"`
	Note   string        `json:"note,omitempty"`
}

// Period is a time known only roughly; any part may be unknown. Days are
// "mon" to "sun".
type Period struct {
	From   when.Date   `json:"from,omitzero"`
	To     when.Date   `json:"to,omitzero"`
	Days   []string    `json:"days,omitempty"`
	Starts *when.Clock `json:"starts,omitempty"`
	Ends   *when.Clock `json:"ends,omitempty"`
}

// Available is when something by arrangement can be had: days of the week,
// and hours of the day.
type Available struct {
	Days []string    `json:"days,omitempty"`
	From *when.Clock `json:"from,omitempty"`
	To   *when.Clock `json:"to,omitempty"`
}

// Commitment is how much time a learner gives.
type Commitment struct {
	HoursPerWeek float64 `json:"hours_per_week,omitempty"`
	Weeks        int     `json:"weeks,omitempty"`
}

// Registration is how to join.
type Registration struct {
	URL       string      `json:"url,omitempty"`
	Email     string      `json:"email,omitempty"`
	Phone     string      `json:"phone,omitempty"`
	Opens     when.Moment `json:"opens,omitzero"`
	Deadline  when.Moment `json:"deadline,omitzero"`
	Capacity  int         `json:"capacity,omitempty"`
	Approvals []Approval  `json:"approvals,omitempty"`
	Consent   string      `json:"consent,omitempty"`
}

// Approval is somebody who must say yes: who, how, and in how many days.
type Approval struct {
	ID   string `json:"id,omitempty"`
	Who  string `json:"who"`
	How  string `json:"how,omitempty"`
	Days int    `json:"days,omitempty"`
}

// Cost is what it costs to join: exactly one of Amount (0 is free), From and
// To (either may be open), or Unknown. Currency is an ISO 4217 code, by
// default the catalogue's.
type Cost struct {
	Amount   *float64 `json:"amount,omitempty"`
	From     *float64 `json:"from,omitempty"`
	To       *float64 `json:"to,omitempty"`
	Unknown  bool     `json:"unknown,omitempty"`
	Currency string   `json:"currency,omitempty"`
	Per      string   `json:"per,omitempty"`
	Bursary  string   `json:"bursary,omitempty"`
	Note     string   `json:"note,omitempty"`
}

// Pays is what the learner is paid; without an amount it is paid, and not
// said how much.
type Pays struct {
	Amount   *float64 `json:"amount,omitempty"`
	Currency string   `json:"currency,omitempty"`
	Per      string   `json:"per,omitempty"`
	Note     string   `json:"note,omitempty"`
}

// Credential is what a learner has in hand at the end. Badges are slugs.
type Credential struct {
	Badges      []string `json:"badges,omitempty"`
	Certificate string   `json:"certificate,omitempty"`
	Hours       float64  `json:"hours,omitempty"`
}

// Material is a ready-made resource.
type Material struct {
	ID       string `json:"id,omitempty"`
	Title    string `json:"title"`
	URL      string `json:"url"`
	Language string `json:"language,omitempty"`
	Licence  string `json:"licence,omitempty"`
	For      string `json:"for,omitempty"`
}

// Safeguarding is how learners are kept safe. Policy is a URL.
type Safeguarding struct {
	Checked     bool   `json:"checked,omitempty"`
	Policy      string `json:"policy,omitempty"`
	Supervision string `json:"supervision,omitempty"`
}

// Contact is whom to ask.
type Contact struct {
	Name  string `json:"name,omitempty"`
	Email string `json:"email,omitempty"`
	Phone string `json:"phone,omitempty"`
}

// Image is a picture: a path in the content folder or a URL, and what it
// shows.
type Image struct {
	Src    string `json:"src"`
	Alt    string `json:"alt"`
	Credit string `json:"credit,omitempty"`
}

// Link is a titled URL.
type Link struct {
	ID    string `json:"id,omitempty"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

// Provider is who offers opportunities. Districts are vocabulary terms.
type Provider struct {
	Name         string        `json:"name"`
	Summary      string        `json:"summary,omitempty"`
	Lang         string        `json:"lang,omitempty"`
	Kind         string        `json:"kind,omitempty"`
	URL          string        `json:"url,omitempty"`
	Logo         *Image        `json:"logo,omitempty"`
	Contact      *Contact      `json:"contact,omitempty"`
	Place        *Place        `json:"place,omitempty"`
	Districts    []string      `json:"districts,omitempty"`
	Safeguarding *Safeguarding `json:"safeguarding,omitempty"`
	SameAs       []string      `json:"same_as,omitempty"`
	Aliases      []string      `json:"aliases,omitempty"`
}

// School is a school's channel: what it wants to receive, and how. Pin and
// Hide are paths of opportunities without their folder ("museum/night-sky").
type School struct {
	Name      string   `json:"name"`
	Lang      string   `json:"lang,omitempty"`
	Place     *Place   `json:"place,omitempty"`
	Grades    []string `json:"grades,omitempty"`
	Languages []string `json:"languages,omitempty"`
	Slots     []Slot   `json:"slots,omitempty"`
	Want      Want     `json:"want,omitzero"`
	Pin       []string `json:"pin,omitempty"`
	Hide      []string `json:"hide,omitempty"`
	Channels  []string `json:"channels,omitempty"`
	Aliases   []string `json:"aliases,omitempty"`
}

// Slot is an hour of a school's week.
type Slot struct {
	Day  string     `json:"day"`
	From when.Clock `json:"from"`
	To   when.Clock `json:"to"`
}

// Want is a filter on opportunities: what fits any value of each list that is
// given, and every list. An empty Want wants everything. CostMax is in the
// catalogue's currency, WithinKm in kilometres.
type Want struct {
	Subjects   []string `json:"subjects,omitempty"`
	Skills     []string `json:"skills,omitempty"`
	Curriculum []string `json:"curriculum,omitempty"`
	Kinds      []string `json:"kinds,omitempty"`
	Ages       *Range   `json:"ages,omitempty"`
	Grades     []string `json:"grades,omitempty"`
	Audience   []string `json:"audience,omitempty"`
	Languages  []string `json:"languages,omitempty"`
	Districts  []string `json:"districts,omitempty"`
	Modes      []string `json:"modes,omitempty"`
	Providers  []string `json:"providers,omitempty"`
	Supports   []string `json:"supports,omitempty"`
	Gender     string   `json:"gender,omitempty"`
	CostMax    *float64 `json:"cost_max,omitempty"`
	Timetable  []string `json:"timetable,omitempty"`
	Origins    []string `json:"origins,omitempty"`
	EndorsedBy []string `json:"endorsed_by,omitempty"`
	WithinKm   float64  `json:"within_km,omitempty"`
}

// Pathway is an ordered set of opportunities: a playlist, a culture path, an
// entitlement.
type Pathway struct {
	Title    string   `json:"title"`
	Summary  string   `json:"summary"`
	Lang     string   `json:"lang,omitempty"`
	Audience []string `json:"audience,omitempty"`
	Grades   []string `json:"grades,omitempty"`
	Steps    []Step   `json:"steps"`
	Image    *Image   `json:"image,omitempty"`
	Aliases  []string `json:"aliases,omitempty"`
}

// Step is one step of a pathway: exactly one of an opportunity's path without
// its folder, a badge's slug, or a note.
type Step struct {
	ID          string `json:"id,omitempty"`
	Opportunity string `json:"opportunity,omitempty"`
	Badge       string `json:"badge,omitempty"`
	Note        string `json:"note,omitempty"`
	Grade       string `json:"grade,omitempty"`
}

// Badge is an Open Badges 3.0 Achievement. Issuer is a provider's slug;
// Unlocks are paths of opportunities without their folder.
type Badge struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Criteria    string   `json:"criteria"`
	Lang        string   `json:"lang,omitempty"`
	Image       *Image   `json:"image,omitempty"`
	Issuer      string   `json:"issuer"`
	Skills      []string `json:"skills,omitempty"`
	Unlocks     []string `json:"unlocks,omitempty"`
	Aliases     []string `json:"aliases,omitempty"`
}

// Endorsement is what one provider vouches for. Who endorses is the folder
// that the file stands in; Covers are paths of records
// ("opportunities/museum/night-sky", "providers/museum").
type Endorsement struct {
	Covers    []string  `json:"covers"`
	Scope     string    `json:"scope,omitempty"`
	Statement string    `json:"statement"`
	Lang      string    `json:"lang,omitempty"`
	From      when.Date `json:"from,omitzero"`
	Until     when.Date `json:"until,omitzero"`
}

// Peer is another catalogue to pull from, and how far to trust it.
type Peer struct {
	Name   string   `json:"name"`
	URL    string   `json:"url"`
	ID     string   `json:"id,omitempty"`
	Key    string   `json:"key,omitempty"`
	Format string   `json:"format,omitempty"`
	Trust  string   `json:"trust,omitempty"`
	Want   Want     `json:"want,omitzero"`
	Limit  int      `json:"limit,omitempty"`
	Assume *Assume  `json:"assume,omitempty"`
	Map    *PeerMap `json:"map,omitempty"`
}

// Assume is what holds for a peer's listings that do not say it themselves.
// Place is the name of one.
type Assume struct {
	Lang  string `json:"lang,omitempty"`
	Kind  string `json:"kind,omitempty"`
	Mode  string `json:"mode,omitempty"`
	Place string `json:"place,omitempty"`
	Ages  *Range `json:"ages,omitempty"`
}

// PeerMap brings a peer's terms to ours.
type PeerMap struct {
	Subjects  map[string]string `json:"subjects,omitempty"`
	Districts map[string]string `json:"districts,omitempty"`
	Grades    map[string]string `json:"grades,omitempty"`
}

// Review is what somebody here thinks of the listings of one peer, which is the
// name of its file: global ids of listings, or of providers for all that these
// offer. What is refused is not shown, whatever else is accepted.
type Review struct {
	Accepted []string `json:"accepted,omitempty"`
	Refused  []string `json:"refused,omitempty"`
}

// Blocklist is a list of what is never taken from anybody. URL is where the list
// came from, if it is somebody else's.
type Blocklist struct {
	Name  string  `json:"name"`
	URL   string  `json:"url,omitempty"`
	Block []Block `json:"block"`
}

// Block is one entry of a blocklist. ID is an address, which stands for itself
// and all below it, or a host, which stands for itself, its subdomains and all
// on them.
type Block struct {
	ID  string `json:"id"`
	Why string `json:"why,omitempty"`
}

// Vocabulary is a list of terms; which one is the name of its file.
type Vocabulary struct {
	Title Text   `json:"title,omitempty"`
	URL   string `json:"url,omitempty"`
	Terms []Term `json:"terms"`
}

// Term is one word of a vocabulary. Broader is the id of another term of the
// same vocabulary; SameAs are URLs in outside frameworks.
type Term struct {
	ID          string              `json:"id"`
	Label       Text                `json:"label"`
	Alt         map[string][]string `json:"alt,omitempty"`
	Description Text                `json:"description,omitempty"`
	Broader     string              `json:"broader,omitempty"`
	SameAs      []string            `json:"same_as,omitempty"`
	Latitude    *float64            `json:"latitude,omitempty"`
	Longitude   *float64            `json:"longitude,omitempty"`
}

// Page is a page of text: about, privacy, help.
type Page struct {
	Title   string   `json:"title"`
	Summary string   `json:"summary,omitempty"`
	Lang    string   `json:"lang,omitempty"`
	Menu    int      `json:"menu,omitempty"`
	Aliases []string `json:"aliases,omitempty"`
}

// Catalogue is what a whole catalogue says of itself.
type Catalogue struct {
	// ID is an absolute URL, written once; BaseURL is where the catalogue is
	// served now, by default the same. Key and FormerKey are minisign public
	// keys.
	ID             string          `json:"id"`
	BaseURL        string          `json:"base_url,omitempty"`
	Name           Text            `json:"name"`
	Description    Text            `json:"description,omitempty"`
	Languages      []string        `json:"languages"`
	Numerals       string          `json:"numerals,omitempty"`
	TimeZone       string          `json:"time_zone"`
	Currency       string          `json:"currency"`
	Country        string          `json:"country,omitempty"`
	Licence        *Licence        `json:"licence,omitempty"`
	Contact        *Contact        `json:"contact,omitempty"`
	Notice         Text            `json:"notice,omitempty"`
	Today          when.Date       `json:"today,omitzero"`
	Grades         []Grade         `json:"grades,omitempty"`
	AgeBands       []AgeBand       `json:"age_bands,omitempty"`
	SchoolCalendar *SchoolCalendar `json:"school_calendar,omitempty"`
	Hub            string          `json:"hub,omitempty"`
	Key            string          `json:"key,omitempty"`
	FormerKey      string          `json:"former_key,omitempty"`
	Repository     *Repository     `json:"repository,omitempty"`
	Look           Look            `json:"look,omitzero"`
}

// Licence is what others may do with the catalogue's data.
type Licence struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

// Grade is a school grade, with the ages that usually are in it.
type Grade struct {
	ID    string `json:"id"`
	Label Text   `json:"label,omitempty"`
	Ages  *Range `json:"ages,omitempty"`
}

// AgeBand is a range of ages that pages and filters offer.
type AgeBand struct {
	ID    string `json:"id"`
	Label Text   `json:"label,omitempty"`
	Min   int    `json:"min"`
	Max   *int   `json:"max,omitempty"`
}

// SchoolCalendar is when schools are open. From and To are the school day's
// hours.
type SchoolCalendar struct {
	Days     []string   `json:"days"`
	From     when.Clock `json:"from"`
	To       when.Clock `json:"to"`
	Holidays []Holiday  `json:"holidays,omitempty"`
}

// Holiday is a stretch of whole days without school, both ends included.
type Holiday struct {
	Name Text      `json:"name,omitempty"`
	From when.Date `json:"from"`
	To   when.Date `json:"to"`
}

// Repository is where a catalogue's files are kept: its page on the web, by
// default the branch main and the folder content.
type Repository struct {
	URL    string `json:"url"`
	Branch string `json:"branch,omitempty"`
	Folder string `json:"folder,omitempty"`
}

// Look is what a catalogue changes of the theme's look. Logo is a path in the
// content folder; Home are the sections of the home page, in their order; nil
// Offline means true, and empty Previews "subject".
type Look struct {
	Logo        string     `json:"logo,omitempty"`
	Home        []string   `json:"home,omitempty"`
	Previews    string     `json:"previews,omitempty"`
	Offline     *bool      `json:"offline,omitempty"`
	Colours     Colours    `json:"colours,omitzero"`
	ColoursDark Colours    `json:"colours_dark,omitzero"`
	Fonts       Fonts      `json:"fonts,omitzero"`
	FontFiles   []FontFile `json:"font_files,omitempty"`
}

// Colours are those of one scheme, each "#rrggbb" or empty.
type Colours struct {
	Ink       string `json:"ink,omitempty"`
	Paper     string `json:"paper,omitempty"`
	Surface   string `json:"surface,omitempty"`
	Accent    string `json:"accent,omitempty"`
	Highlight string `json:"highlight,omitempty"`
}

// Fonts are names of font families with commas between them.
type Fonts struct {
	Text     string `json:"text,omitempty"`
	Headings string `json:"headings,omitempty"`
}

// FontFile is a font of the content folder. Weight is one number of CSS or
// two, "100 900", that bound a range.
type FontFile struct {
	Family string `json:"family"`
	Src    string `json:"src"`
	Weight string `json:"weight,omitempty"`
	Style  string `json:"style,omitempty"`
}
