package feeds

// oaNode is an opportunity of any of OpenActive's types: the properties that
// Fursa knows something for.
type oaNode struct {
	Context      []string     `json:"@context,omitempty"`
	Type         string       `json:"@type"`
	ID           string       `json:"@id"`
	Name         string       `json:"name,omitempty"`
	Description  string       `json:"description,omitempty"`
	URL          string       `json:"url,omitempty"`
	Activity     []oaConcept  `json:"activity,omitempty"`
	Category     []string     `json:"category,omitempty"`
	Organizer    *oaOrganizer `json:"organizer,omitempty"`
	Ages         *oaAges      `json:"ageRange,omitempty"`
	Gender       string       `json:"genderRestriction,omitempty"`
	Attendance   string       `json:"eventAttendanceMode,omitempty"`
	Location     *oaPlace     `json:"location,omitempty"`
	MeetingPoint string       `json:"meetingPoint,omitempty"`
	Offers       []oaOffer    `json:"offers,omitempty"`
	Free         *bool        `json:"isAccessibleForFree,omitempty"`
	Status       string       `json:"eventStatus,omitempty"`
	StartDate    string       `json:"startDate,omitempty"`
	EndDate      string       `json:"endDate,omitempty"`
	Duration     string       `json:"duration,omitempty"`
	Schedule     []oaSchedule `json:"eventSchedule,omitempty"`
	SubEvents    []oaNode     `json:"subEvent,omitempty"`
	Capacity     int          `json:"maximumAttendeeCapacity,omitempty"`
	Remaining    *int         `json:"remainingAttendeeCapacity,omitempty"`
	Image        []oaImage    `json:"image,omitempty"`
	Record       *Shared      `json:"fursa:record,omitempty"`
}

type oaConcept struct {
	Type   string `json:"@type"`
	ID     string `json:"@id"`
	Label  string `json:"prefLabel"`
	Scheme string `json:"inScheme"`
}

type oaOrganizer struct {
	Type        string   `json:"@type"`
	ID          string   `json:"@id"`
	Name        string   `json:"name"`
	Description string   `json:"description,omitempty"`
	URL         string   `json:"url,omitempty"`
	Email       string   `json:"email,omitempty"`
	Phone       string   `json:"telephone,omitempty"`
	SameAs      []string `json:"sameAs,omitempty"`
}

type oaAges struct {
	Type string `json:"@type"`
	Min  *int   `json:"minValue,omitempty"`
	Max  *int   `json:"maxValue,omitempty"`
}

type oaPlace struct {
	Type    string     `json:"@type"`
	Name    string     `json:"name,omitempty"`
	Address *oaAddress `json:"address,omitempty"`
	Geo     *oaGeo     `json:"geo,omitempty"`
}

type oaAddress struct {
	Type     string `json:"@type"`
	Street   string `json:"streetAddress,omitempty"`
	Locality string `json:"addressLocality,omitempty"`
	Region   string `json:"addressRegion,omitempty"`
	Postcode string `json:"postalCode,omitempty"`
	Country  string `json:"addressCountry,omitempty"`
}

type oaGeo struct {
	Type      string  `json:"@type"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// oaOffer is a price. Per is what it is for, where that is not one place: a
// field of our own.
type oaOffer struct {
	Type        string   `json:"@type"`
	Price       *float64 `json:"price"`
	Currency    string   `json:"priceCurrency,omitempty"`
	Description string   `json:"description,omitempty"`
	URL         string   `json:"url,omitempty"`
	Per         string   `json:"fursa:per,omitempty"`
}

// oaSchedule is a Schedule, or a PartialSchedule where not all of it is known.
type oaSchedule struct {
	Type       string   `json:"@type"`
	Of         string   `json:"scheduledEventType,omitempty"`
	StartDate  string   `json:"startDate,omitempty"`
	EndDate    string   `json:"endDate,omitempty"`
	Every      string   `json:"repeatFrequency,omitempty"`
	Count      int      `json:"repeatCount,omitempty"`
	ByDay      []string `json:"byDay,omitempty"`
	ByMonthDay []int    `json:"byMonthDay,omitempty"`
	StartTime  string   `json:"startTime,omitempty"`
	EndTime    string   `json:"endTime,omitempty"`
	Duration   string   `json:"duration,omitempty"`
	Except     []string `json:"exceptDate,omitempty"`
	Zone       string   `json:"scheduleTimezone,omitempty"`
}

type oaImage struct {
	Type string `json:"@type"`
	URL  string `json:"url"`
}
