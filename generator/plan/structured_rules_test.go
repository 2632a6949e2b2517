package plan_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

// required is what Google's documentation asks of a type before it shows
// anything of it, and what schema.org's own examples have of the others.
var required = map[string][]string{
	"Event":                             {"name", "startDate", "location"},
	"EducationEvent":                    {"name", "startDate", "location"},
	"EventSeries":                       {"name", "startDate", "location", "subEvent"},
	"Course":                            {"name", "description", "provider", "offers", "hasCourseInstance"},
	"CourseInstance":                    {"name", "courseMode", "location"},
	"Schedule":                          {"repeatFrequency", "repeatCount"},
	"LearningResource":                  {"@id", "name", "description", "url", "provider"},
	"WorkBasedProgram":                  {"@id", "name", "description", "url", "provider"},
	"Service":                           {"@id", "name", "description", "url", "provider"},
	"Place":                             {"@id", "name", "address"},
	"VirtualLocation":                   {"@id", "url"},
	"Offer":                             {"@id", "url"},
	"PriceSpecification":                {"priceCurrency"},
	"UnitPriceSpecification":            {"priceCurrency", "unitText"},
	"Organization":                      {"@id", "name", "url"},
	"BreadcrumbList":                    {"itemListElement"},
	"ItemList":                          {"itemListElement"},
	"ListItem":                          {"position"},
	"CollectionPage":                    {"@id", "name", "url", "isPartOf"},
	"WebSite":                           {"@id", "name", "url", "potentialAction"},
	"SearchAction":                      {"target", "query-input"},
	"EducationalOccupationalCredential": {"@id", "name", "description", "url", "recognizedBy"},
}

// addressed are the properties that hold addresses or ids.
var addressed = []string{"@id", "url", "image", "logo", "item", "mainEntityOfPage", "sameAs", "eventStatus",
	"eventAttendanceMode", "availability", "dayOfWeek", "serviceUrl", "urlTemplate", "itemListOrder"}

func TestStructuredDataHoldsWhatIsRequired(t *testing.T) {
	outputs, c := structured(t, nil)
	seen := map[string]bool{}
	for name, text := range allData(t, outputs, c) {
		var document map[string]any
		if err := json.Unmarshal([]byte(text), &document); err != nil {
			t.Fatal(err)
		}
		if document["@context"] != "https://schema.org" || len(document) != 2 {
			t.Errorf("%s: the document is %v", name, document["@context"])
		}
		defined, referred := map[string]bool{}, map[string]bool{}
		checkData(t, name, "@graph", document["@graph"], func(node map[string]any) {
			kind, _ := node["@type"].(string)
			seen[kind] = true
			for _, property := range required[kind] {
				if node[property] == nil {
					t.Errorf("%s: a %s has no %s", name, kind, property)
				}
			}
			if id, ok := node["@id"].(string); ok && strings.HasPrefix(id, "#") {
				if defined[id] && kind != "" {
					t.Errorf("%s: %s is there twice", name, id)
				}
				defined[id] = defined[id] || kind != ""
				referred[id] = true
			}
		})
		for id := range referred {
			if !defined[id] {
				t.Errorf("%s: there is no %s", name, id)
			}
		}
	}
	for kind := range required {
		if !seen[kind] {
			t.Errorf("no page has a %s", kind)
		}
	}
}

// checkData looks at all values, and calls visit with every object.
func checkData(t *testing.T, name, property string, value any, visit func(map[string]any)) {
	t.Helper()
	switch v := value.(type) {
	case nil:
		t.Errorf("%s: %s is null", name, property)
	case string:
		local := property == "@id" && strings.HasPrefix(v, "#") && len(v) > 1
		if v == "" || slices.Contains(addressed, property) && !local && !strings.HasPrefix(v, "https://") {
			t.Errorf("%s: %s is %q", name, property, v)
		}
	case []any:
		if len(v) == 0 {
			t.Errorf("%s: %s is empty", name, property)
		}
		for _, x := range v {
			checkData(t, name, property, x, visit)
		}
	case map[string]any:
		if len(v) == 0 || v["@type"] == nil && (v["@id"] == nil || len(v) != 1) {
			t.Errorf("%s: %s is neither of a type nor a reference: %v", name, property, v)
		}
		visit(v)
		for key, x := range v {
			checkData(t, name, key, x, visit)
		}
	}
}

// What the sample has no listing for: each case changes one, and says what of
// its data is another.
func TestStructuredDataOfChangedListings(t *testing.T) {
	club := "blue-tern-club/boys-rowing"
	tests := map[string]struct {
		slug   string
		change func(*catalogue.Listing)
		want   map[string]any // at paths of keys; nil for what is not there
	}{
		"a period without a first day": {club, func(l *catalogue.Listing) {
			l.First, l.Value.Period.From = when.Date{}, when.Date{}
			l.Value.Period.Days = []string{"sun"}
		}, map[string]any{
			"@type": "Service", "startDate": nil, "organizer": nil,
			"hoursAvailable": map[string]any{
				"@type": "OpeningHoursSpecification", "dayOfWeek": []any{"https://schema.org/Sunday"},
				"opens": "16:00", "closes": "18:00", "validThrough": "2027-05-12",
			},
		}},
		"ended": {club, func(l *catalogue.Listing) { l.Ended = true }, map[string]any{
			"@type": "EducationEvent", "startDate": "2027-01-10", "offers": nil,
		}},
		"a deadline that has passed": {club, func(l *catalogue.Listing) {
			l.Value.Registration.Deadline = when.Moment{Date: when.Date{Year: 2026, Month: 11, Day: 21}}
		}, map[string]any{
			"offers/availability": "https://schema.org/OutOfStock", "offers/validThrough": "2026-11-21",
		}},
		"registration at an address that runs": {club, func(l *catalogue.Listing) {
			l.Value.Registration.URL = "javascript:alert(1)"
		}, map[string]any{"offers/url": "https://doha.example/opportunities/" + club + "/"}},
		"an unknown price": {club, func(l *catalogue.Listing) { l.Value.Cost = schema.Cost{Unknown: true} }, map[string]any{
			"isAccessibleForFree": nil, "offers/price": nil, "offers/priceSpecification": nil, "offers/priceCurrency": nil,
		}},
		"a price between two": {club, func(l *catalogue.Listing) {
			low, high := 20.0, 50.5
			l.Value.Cost = schema.Cost{From: &low, To: &high}
		}, map[string]any{
			"isAccessibleForFree": false, "offers/price": nil,
			"offers/priceSpecification": map[string]any{
				"@type": "PriceSpecification", "minPrice": 20.0, "maxPrice": 50.5, "priceCurrency": "QAR",
			},
		}},
		"no provider": {club, func(l *catalogue.Listing) { l.Provider = nil }, map[string]any{"organizer": nil}},
		"no ages":     {club, func(l *catalogue.Listing) { l.Ages = nil }, map[string]any{"typicalAgeRange": nil}},
		"a picture elsewhere": {club, func(l *catalogue.Listing) {
			l.Value.Image = &schema.Image{Src: "https://pictures.example/a b.png"}
		}, map[string]any{"image": "https://pictures.example/a%20b.png"}},
		"a cancelled series": {"lantern-observatory/night-sky", func(l *catalogue.Listing) { l.Status = catalogue.StatusCancelled }, map[string]any{
			"@type": "EventSeries", "startDate": "2026-12-05", "eventStatus": "https://schema.org/EventCancelled",
			"subEvent/0/eventStatus": "https://schema.org/EventCancelled", "subEvent/0/offers": nil,
		}},
	}
	outputs, c := structured(t, nil)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			listing := c.Listing(test.slug)
			defer restored(listing)()
			test.change(listing)
			var document struct {
				Graph []any `json:"@graph"`
			}
			if err := json.Unmarshal([]byte(dataOf(t, outputs[listing.Path+"/index.html"])[0]), &document); err != nil {
				t.Fatal(err)
			}
			for path, want := range test.want {
				if diff := cmp.Diff(want, below(document.Graph[0], strings.Split(path, "/"))); diff != "" {
					t.Errorf("%s (-want +got):\n%s", path, diff)
				}
			}
		})
	}
}

// restored makes a listing ready to be changed, and gives what undoes it.
func restored(l *catalogue.Listing) func() {
	before, value := *l, *l.Value
	if p := value.Period; p != nil {
		l.Value.Period = new(*p)
	}
	if r := value.Registration; r != nil {
		l.Value.Registration = new(*r)
	}
	return func() { *l.Value, *l = value, before }
}

// below is the value at a path of keys, nil where there is none; 0 is the first
// of a list.
func below(value any, path []string) any {
	for _, key := range path {
		switch v := value.(type) {
		case map[string]any:
			value = v[key]
		case []any:
			value = v[0]
		}
	}
	return value
}
