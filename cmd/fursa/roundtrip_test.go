package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds/convert"
	"fursa/schema/diag"
)

// A journey is a format in which listings leave a site, and come back.
type journey struct {
	format, files string
	// least is how many listings come back at the least.
	least int
	// lost are the fields that the format has no place for, or a place that
	// says less; all others come back as they were.
	lost string
	// dated says whether the format tells such dates.
	dated func(sessions []any) bool
}

// Fields that none of the formats but JSON has a place for.
const (
	everywhere = "aliases audience cost.bursary cost.note cost.per credential curriculum duration eligibility gender grades group image " +
		"links materials part_of partners place.directions place.district place.step_free provides published registration.approvals " +
		"registration.consent registration.deadline registration.email registration.opens registration.phone requires safeguarding " +
		"sessions.id sessions.note sessions.place sessions.status skills subjects supports timetable commitment contact pays " +
		"lang same_as kind period" // of these an import says what it knows itself
	plain = " ages cost languages mode place.address place.country place.locality place.name place.postcode place.region " +
		"registration status summary"
)

var journeys = []journey{
	{convert.FormatICS, "calendar.ics", 25, everywhere + plain, func([]any) bool { return true }},
	{convert.FormatRSS, "feed.xml", 20, everywhere + plain + " place", func(s []any) bool { return len(s) == 1 && single(s) && hours(s) }},
	{
		convert.FormatJSONLD, "opportunities/*/*/index.html", 25, everywhere + " ages registration.url status cost.currency place.country",
		func(s []any) bool { return single(s) && hours(s) },
	},
	{
		convert.FormatRPDE, "feeds/rpde/opportunities/after/*.json", 18,
		everywhere + " languages registration.url status cost.currency cost.from cost.to cost.unknown place.country",
		// OpenActive has no first Saturday of a month.
		func(s []any) bool {
			return hours(slices.DeleteFunc(slices.Clone(s), repeats)) && !slices.ContainsFunc(s, func(s any) bool { return monthWeek.MatchString(ruleOf(s)) })
		},
	},
	{convert.FormatJSON, "catalogue.json", 30, "lang", func([]any) bool { return true }},
}

var monthWeek = regexp.MustCompile(`BYDAY=[-+\d]`)

// ruleOf is the rule of a session that comes back, "" of any other.
func ruleOf(session any) string {
	rule, _ := session.(map[string]any)["rrule"].(string)
	return rule
}

func repeats(session any) bool { return ruleOf(session) != "" }

// single says that no session comes back.
func single(sessions []any) bool {
	return !slices.ContainsFunc(sessions, repeats)
}

// hours says that all sessions have a time of day, here.
func hours(sessions []any) bool {
	return !slices.ContainsFunc(sessions, func(s any) bool {
		session := s.(map[string]any)
		return !strings.Contains(session["start"].(string), "T") || session["zone"] != nil
	})
}

// Our own listings come back whole through every format, but for what it has
// no place for.
func TestRoundTrip(t *testing.T) {
	site := t.TempDir()
	var said bytes.Buffer
	if status := run([]string{"build", "--content", "../../content", "--output", site, "--now", "2026-11-22"}, nil, &said, &said); status != done {
		t.Fatal(said.String())
	}
	want := originals(t, site)
	for _, j := range journeys {
		t.Run(j.format, func(t *testing.T) {
			compared := 0
			for _, l := range back(t, site, j) {
				original, known := want[l.ID]
				if !known {
					t.Errorf("%s is no listing of the site", l.ID)
					continue
				}
				if j.format != convert.FormatJSON && (original.Opportunity["lang"] != nil || original.Ended) {
					continue // the English pages have its translation, or less
				}
				compared++
				if diff := cmp.Diff(j.carried(original, original.Opportunity), j.carried(original, record(t, l))); diff != "" {
					t.Errorf("%s (-as it was +as it came back):\n%s", l.ID, diff)
				}
			}
			if compared < j.least {
				t.Errorf("%d listings came back", compared)
			}
		})
	}
}

// original is a listing as its file has it.
type original struct {
	ID          string         `json:"id"`
	Ended       bool           `json:"ended"`
	Opportunity map[string]any `json:"opportunity"`
}

// originals are the listings of a site by their ids.
func originals(t *testing.T, site string) map[string]original {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(site, "catalogue.ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]original{}
	for line := range bytes.Lines(text) {
		var x original
		if err := json.Unmarshal(line, &x); err != nil {
			t.Fatal(err)
		}
		all[x.ID] = x
	}
	return all
}

// back are the listings of a site's files of a format.
func back(t *testing.T, site string, j journey) []convert.Listing {
	t.Helper()
	names, err := fs.Glob(os.DirFS(site), j.files)
	if err != nil {
		t.Fatal(err)
	}
	var source []byte
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(site, name))
		if err != nil {
			t.Fatal(err)
		}
		source = append(source, text...)
	}
	m, list := convert.BuiltIn(j.format, convert.Defaults{
		Name: "x", Lang: "en", Zone: "Asia/Qatar", Provider: "P", Kind: "event", Subject: "music", Mode: "in-person", Ages: "6-",
	})
	if j.format == convert.FormatJSON {
		m, list = convert.ReadMap(&diag.Source{Path: "map.toml", Text: []byte(wholeMap(originals(t, site)))})
	}
	if len(list) > 0 {
		t.Fatal(list[0].Message("en"))
	}
	result, list, err := convert.Read(j.format, bytes.NewReader(source), m)
	if err != nil || len(list) > 0 {
		t.Fatal(err, list)
	}
	return result.Listings
}

// wholeMap is a map of our own export, which has every field of some listings.
func wholeMap(listings map[string]original) string {
	var b strings.Builder
	b.WriteString("name = 'x'\nid = 'id'\nitems = 'listings'\nlang = 'en'\nprovider.column = 'provider'\nkind.otherwise = 'event'\nsubjects.otherwise = 'music'\n")
	seen := map[string]bool{}
	for _, listing := range listings {
		for field, value := range listing.Opportunity {
			if seen[field] {
				continue
			}
			seen[field] = true
			how := "json = true"
			switch v := value.(type) {
			case string:
				how = ""
			case []any:
				if _, plain := v[0].(string); plain {
					how = `split = "\n"`
				}
			}
			fmt.Fprintf(&b, "[[fields]]\nto = %q\ncolumn = 'opportunity.%s'\n%s\n", field, field, how)
		}
	}
	return b.String()
}

func record(t *testing.T, l convert.Listing) map[string]any {
	t.Helper()
	text, err := json.Marshal(l.Record)
	if err != nil {
		t.Fatal(err)
	}
	var value map[string]any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// carried is what a record has of the fields that the format carries.
func (j journey) carried(o original, value map[string]any) map[string]any {
	lost := strings.Fields(j.lost)
	if sessions, _ := o.Opportunity["sessions"].([]any); j.format != convert.FormatJSON && (sessions == nil || !j.dated(sessions)) {
		lost = append(lost, "sessions")
	}
	if o.Opportunity["ages"] == nil {
		lost = append(lost, "ages") // an import says some
	}
	kept, _ := without(lost, "", value).(map[string]any)
	return kept
}

// without is a value without some fields, and without the tables that are
// empty then. The parts of a rule are sorted, for they have no order, and the
// end of a day is that day.
func without(lost []string, path string, value any) any {
	switch v := value.(type) {
	case map[string]any:
		kept := map[string]any{}
		for key, inner := range v {
			at := strings.TrimPrefix(path+"."+key, ".")
			if inner = without(lost, at, inner); inner != nil && !slices.Contains(lost, at) {
				kept[key] = inner
			}
		}
		if len(kept) == 0 {
			return nil
		}
		return kept
	case []any:
		kept := make([]any, len(v))
		for i, inner := range v {
			kept[i] = without(lost, path, inner)
		}
		return kept
	case string:
		if strings.HasSuffix(path, "rrule") {
			v = strings.ReplaceAll(strings.TrimSuffix(v, "Z"), "T235959", "")
			parts := strings.Split(strings.ReplaceAll(v, "=+", "="), ";") // +1SA is 1SA
			slices.Sort(parts)
			return strings.Join(parts, ";")
		}
	}
	return value
}
