package plan

// document is a JSON-LD document.
type document struct {
	Context string `json:"@context"`
	Graph   []any  `json:"@graph"`
}

// node is a thing of one of schema.org's types: the properties that any of
// those which Fursa uses has, in the order in which they are written. IDs are
// global ids, or fragments within one page.
type node struct {
	Type string `json:"@type,omitempty"`
	ID   string `json:"@id,omitempty"`

	// Thing
	Name        string `json:"name,omitempty"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url,omitempty"`
	Image       string `json:"image,omitempty"`

	// Event
	StartDate      string        `json:"startDate,omitempty"`
	EndDate        string        `json:"endDate,omitempty"`
	Status         string        `json:"eventStatus,omitempty"`
	AttendanceMode string        `json:"eventAttendanceMode,omitempty"`
	Capacity       int           `json:"maximumAttendeeCapacity,omitempty"`
	Location       []*place      `json:"location,omitempty"`
	Organizer      *organization `json:"organizer,omitempty"`
	SubEvents      []occurrence  `json:"subEvent,omitempty"`

	// Course, CourseInstance, LearningResource
	Provider          *organization `json:"provider,omitempty"`
	CourseMode        string        `json:"courseMode,omitempty"`
	CourseWorkload    string        `json:"courseWorkload,omitempty"`
	CourseSchedule    *schedule     `json:"courseSchedule,omitempty"`
	TimeRequired      string        `json:"timeRequired,omitempty"`
	CredentialAwarded string        `json:"educationalCredentialAwarded,omitempty"`
	Instance          *node         `json:"hasCourseInstance,omitempty"`

	// WorkBasedProgram
	ProgramType         string   `json:"programType,omitempty"`
	ProgramMode         string   `json:"educationalProgramMode,omitempty"`
	ApplicationStart    string   `json:"applicationStartDate,omitempty"`
	ApplicationDeadline string   `json:"applicationDeadline,omitempty"`
	DayOfWeek           []string `json:"dayOfWeek,omitempty"`
	TimeToComplete      string   `json:"timeToComplete,omitempty"`
	MaximumEnrollment   int      `json:"maximumEnrollment,omitempty"`
	Prerequisites       string   `json:"programPrerequisites,omitempty"`

	// Service
	ServiceType string          `json:"serviceType,omitempty"`
	Channel     *serviceChannel `json:"availableChannel,omitempty"`
	Hours       *openingHours   `json:"hoursAvailable,omitempty"`

	// EducationalOccupationalCredential
	CredentialCategory string        `json:"credentialCategory,omitempty"`
	Competencies       []string      `json:"competencyRequired,omitempty"`
	RecognizedBy       *organization `json:"recognizedBy,omitempty"`

	// CollectionPage, WebSite, ItemList
	IsPartOf   *reference    `json:"isPartOf,omitempty"`
	MainEntity *node         `json:"mainEntity,omitempty"`
	Publisher  *organization `json:"publisher,omitempty"`
	Action     *searchAction `json:"potentialAction,omitempty"`
	Order      string        `json:"itemListOrder,omitempty"`
	Items      []item        `json:"itemListElement,omitempty"`

	// of several types
	InLanguage []string  `json:"inLanguage,omitempty"`
	AgeRange   string    `json:"typicalAgeRange,omitempty"`
	Audience   *audience `json:"audience,omitempty"`
	Keywords   []string  `json:"keywords,omitempty"`
	Free       *bool     `json:"isAccessibleForFree,omitempty"`
	Offers     *offer    `json:"offers,omitempty"`
}

// reference is a thing that another page says more of.
type reference struct {
	ID string `json:"@id"`
}

// occurrence is one event of a series.
type occurrence struct {
	Type           string   `json:"@type"`
	Name           string   `json:"name"`
	StartDate      string   `json:"startDate"`
	EndDate        string   `json:"endDate,omitempty"`
	Status         string   `json:"eventStatus,omitempty"`
	AttendanceMode string   `json:"eventAttendanceMode,omitempty"`
	Location       []*place `json:"location,omitempty"`
	Offers         *offer   `json:"offers,omitempty"`
}

// place is a Place or a VirtualLocation, or refers to one.
type place struct {
	Type    string         `json:"@type,omitempty"`
	ID      string         `json:"@id"`
	Name    string         `json:"name,omitempty"`
	URL     string         `json:"url,omitempty"`
	Address *postalAddress `json:"address,omitempty"`
	Geo     *coordinates   `json:"geo,omitempty"`
}

// organization is an Organization or a Person, or refers to one.
type organization struct {
	Type             string         `json:"@type,omitempty"`
	ID               string         `json:"@id"`
	Name             string         `json:"name,omitempty"`
	Description      string         `json:"description,omitempty"`
	URL              string         `json:"url,omitempty"`
	MainEntityOfPage string         `json:"mainEntityOfPage,omitempty"`
	Image            string         `json:"image,omitempty"`
	Logo             string         `json:"logo,omitempty"`
	SameAs           []string       `json:"sameAs,omitempty"`
	Address          *postalAddress `json:"address,omitempty"`
	ContactPoint     *contactPoint  `json:"contactPoint,omitempty"`
}

// schedule is how long a course takes: Count times Frequency, and each time
// Duration.
type schedule struct {
	Type      string `json:"@type"`
	Duration  string `json:"duration,omitempty"`
	Frequency string `json:"repeatFrequency"`
	Count     int    `json:"repeatCount"`
}

// offer is at what price something can be had; a pointer to 0 is free.
type offer struct {
	Type          string      `json:"@type,omitempty"`
	ID            string      `json:"@id,omitempty"`
	Price         *float64    `json:"price,omitempty"`
	Currency      string      `json:"priceCurrency,omitempty"`
	Specification *priceTerms `json:"priceSpecification,omitempty"`
	Category      string      `json:"category,omitempty"`
	Availability  string      `json:"availability,omitempty"`
	ValidFrom     string      `json:"validFrom,omitempty"`
	ValidThrough  string      `json:"validThrough,omitempty"`
	URL           string      `json:"url,omitempty"`
	At            []*place    `json:"availableAtOrFrom,omitempty"`
}

// priceTerms is a price that is a range, or is for a stretch of time or for
// several people.
type priceTerms struct {
	Type     string   `json:"@type"`
	Price    *float64 `json:"price,omitempty"`
	Min      *float64 `json:"minPrice,omitempty"`
	Max      *float64 `json:"maxPrice,omitempty"`
	Currency string   `json:"priceCurrency"`
	Unit     string   `json:"unitText,omitempty"`
}

type postalAddress struct {
	Type     string `json:"@type"`
	Street   string `json:"streetAddress,omitempty"`
	Locality string `json:"addressLocality,omitempty"`
	Region   string `json:"addressRegion,omitempty"`
	Postcode string `json:"postalCode,omitempty"`
	Country  string `json:"addressCountry,omitempty"`
}

type coordinates struct {
	Type      string  `json:"@type"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

type contactPoint struct {
	Type  string `json:"@type"`
	Name  string `json:"name,omitempty"`
	Email string `json:"email,omitempty"`
	Phone string `json:"telephone,omitempty"`
	URL   string `json:"url,omitempty"`
}

type serviceChannel struct {
	Type      string   `json:"@type"`
	URL       string   `json:"serviceUrl,omitempty"`
	Location  []*place `json:"serviceLocation,omitempty"`
	Languages []string `json:"availableLanguage,omitempty"`
}

type openingHours struct {
	Type      string   `json:"@type"`
	DayOfWeek []string `json:"dayOfWeek,omitempty"`
	Opens     string   `json:"opens,omitempty"`
	Closes    string   `json:"closes,omitempty"`
	Through   string   `json:"validThrough,omitempty"`
}

// audience is whom something is for: teachers, or people of an age in years.
type audience struct {
	Type   string `json:"@type"`
	Role   string `json:"educationalRole,omitempty"`
	MinAge *int   `json:"suggestedMinAge,omitempty"`
	MaxAge *int   `json:"suggestedMaxAge,omitempty"`
}

type searchAction struct {
	Type   string     `json:"@type"`
	Target entryPoint `json:"target"`
	Input  string     `json:"query-input"`
}

type entryPoint struct {
	Type     string `json:"@type"`
	Template string `json:"urlTemplate"`
}

// item is an entry of a list; of breadcrumbs it has a Name and an Item, of
// other lists a URL.
type item struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	URL      string `json:"url,omitempty"`
	Name     string `json:"name,omitempty"`
	Item     string `json:"item,omitempty"`
}
