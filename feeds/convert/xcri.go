package convert

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"time"
)

// xcriCatalog is a catalogue of XCRI-CAP 1.2 (BS 8581-1): the presentations
// of the courses of providers. Elements count by their names, whatever their
// namespace.
type xcriCatalog struct {
	XMLName   xml.Name       `xml:"catalog"`
	Providers []xcriProvider `xml:"provider"`
}

type xcriProvider struct {
	Title   string       `xml:"title"`
	Courses []xcriCourse `xml:"course"`
}

type xcriCourse struct {
	xcriCommon
	Presentations []xcriPresentation `xml:"presentation"`
}

type xcriCommon struct {
	Identifiers []string   `xml:"identifier"`
	Title       string     `xml:"title"`
	Description []xcriText `xml:"description"`
	Subjects    []string   `xml:"subject"`
	URL         string     `xml:"url"`
	// Others are the elements that fill nothing.
	Others []xcriOther `xml:",any"`
}

type xcriOther struct {
	XMLName xml.Name
	Text    string `xml:",chardata"`
}

// xcriText is plain, or has XHTML in it.
type xcriText struct {
	Plain string `xml:",chardata"`
	Div   struct {
		Inner string `xml:",innerxml"`
	} `xml:"div"`
}

type xcriPresentation struct {
	xcriCommon
	Start      xcriDate `xml:"start"`
	End        xcriDate `xml:"end"`
	Age        string   `xml:"age"`
	Cost       string   `xml:"cost"`
	Places     string   `xml:"places"`
	ApplyTo    string   `xml:"applyTo"`
	Languages  []string `xml:"languageOfInstruction"`
	Attendance struct {
		Identifier string `xml:"identifier,attr"`
	} `xml:"attendanceMode"`
	Venue struct {
		Provider struct {
			Title    string `xml:"title"`
			Location struct {
				Street   string   `xml:"street"`
				Address  []string `xml:"address"`
				Town     string   `xml:"town"`
				Postcode string   `xml:"postcode"`
			} `xml:"location"`
		} `xml:"provider"`
	} `xml:"venue"`
}

// xcriDate is a text for people, and a date for machines where it is known.
type xcriDate struct {
	DTF string `xml:"dtf,attr"`
}

// readXCRI reads the presentations of a catalogue. Entities of its own are
// not followed.
func readXCRI(text []byte, m Map) (table, error) {
	var catalog xcriCatalog
	if err := xml.NewDecoder(bytes.NewReader(text)).Decode(&catalog); err != nil {
		return nil, fmt.Errorf("this is no XCRI-CAP catalogue: %w", err)
	}
	found, zone := newEntries(), zoneOf(m)
	for _, provider := range catalog.Providers {
		for _, course := range provider.Courses {
			if course.Presentations == nil {
				course.Presentations = make([]xcriPresentation, 1)
			}
			for _, p := range course.Presentations {
				found.add(presentation(provider.Title, course.xcriCommon, p, zone))
				found.said(func() []part { return xcriParts(provider.Title, course.xcriCommon, p) })
			}
		}
	}
	return found.done("course")
}

func presentation(provider string, course xcriCommon, p xcriPresentation, zone *time.Location) (entry, error) {
	place := p.Venue.Provider.Location
	columns := entry{
		"id": firstOf(append(p.Identifiers, course.Identifiers...)), "kind": "course", "provider": provider,
		"title": firstOf([]string{p.Title, course.Title}), "url": firstOf([]string{p.URL, course.URL}),
		"description": firstOf([]string{xcriWords(p.Description), xcriWords(course.Description)}),
		"keywords":    strings.Join(course.Subjects, "\n"), "languages": strings.Join(p.Languages, "\n"),
		"registration": webAddresses(p.ApplyTo), "capacity": strings.TrimSpace(p.Places),
		"place": p.Venue.Provider.Title, "address": firstOf(append([]string{place.Street}, place.Address...)),
		"locality": place.Town, "postcode": place.Postcode,
		"mode": map[string]string{"CM": "in-person", "DA": "online", "ON": "online", "DS": "online", "MM": "hybrid"}[p.Attendance.Identifier],
	}
	if _, err := readNumber(p.Cost, "."); err == nil {
		columns["price"] = strings.TrimSpace(p.Cost)
	}
	if bounds := ageBounds(p.Age, `":`); bounds != nil {
		columns["ages"] = `{"` + strings.Join(bounds, `,"`) + `}`
	}
	err := addTimes(columns, p.Start.DTF, p.End.DTF, zone)
	return columns, err
}

// firstOf is the first text that says something.
func firstOf(texts []string) string {
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			return text
		}
	}
	return ""
}

func xcriWords(texts []xcriText) string {
	for _, t := range texts {
		if words := firstOf([]string{t.Div.Inner, escaped(t.Plain)}); words != "" {
			return words
		}
	}
	return ""
}

// escaped is a plain text as HTML.
func escaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(text)
}

// xcriParts are the elements that a presentation, its course and its provider
// have, by their names.
func xcriParts(provider string, course xcriCommon, p xcriPresentation) []part {
	place := p.Venue.Provider.Location
	parts := []part{
		{"provider/title", provider, []string{"provider"}},
		{"identifier", strings.Join(append(p.Identifiers, course.Identifiers...), "\n"), []string{"id", "same_as"}},
		{"title", firstOf([]string{p.Title, course.Title}), []string{"title"}},
		{"description", firstOf([]string{xcriWords(p.Description), xcriWords(course.Description)}), []string{"description"}},
		{"subject", strings.Join(course.Subjects, "\n"), []string{"keywords"}},
		{"url", firstOf([]string{p.URL, course.URL}), []string{"url", "same_as"}},
		{"start", p.Start.DTF, times}, {"end", p.End.DTF, times}, {"age", p.Age, []string{"ages"}}, {"cost", p.Cost, []string{"price"}},
		{"places", p.Places, []string{"capacity"}}, {"applyTo", p.ApplyTo, []string{"registration"}},
		{"languageOfInstruction", strings.Join(p.Languages, "\n"), []string{"languages"}},
		{"attendanceMode", p.Attendance.Identifier, []string{"mode"}},
		{"venue/title", p.Venue.Provider.Title, []string{"place"}},
		{"venue/street", firstOf(append([]string{place.Street}, place.Address...)), []string{"address"}},
		{"venue/town", place.Town, []string{"locality"}}, {"venue/postcode", place.Postcode, []string{"postcode"}},
	}
	for _, other := range append(course.Others, p.Others...) {
		parts = append(parts, part{other.XMLName.Local, strings.TrimSpace(other.Text), nil})
	}
	return slices.DeleteFunc(parts, func(p part) bool { return p.text == "" })
}
