package plan_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fursa/feeds"
	"fursa/generator"
	"fursa/generator/ledger"
	"fursa/generator/plan"
)

// wants is why OpenActive's validator finds nothing wrong with our data but
// this: it asks for what records do not say, and no value is invented for it.
// A finding that is not here fails the test, and so does one that no longer
// comes up.
var wants = map[string]string{
	// Its list of activities is of sports. Where a vocabulary leads there, its
	// terms are used; a validator without a network can't look up any other.
	"failure activity_not_in_activity_list $.activity[]": "subjects are the catalogue's own",
	"failure file_not_found $.activity[]":                "subjects are the catalogue's own",
	"failure use_official_activity_list $.activity[]":    "subjects are the catalogue's own",

	"failure invalid_format $.startDate":            "whole days have no time",
	"failure invalid_format $.endDate":              "whole days have no time",
	"failure invalid_format $.subEvent[].startDate": "whole days have no time",
	"failure invalid_format $.subEvent[].endDate":   "whole days have no time",
	"failure invalid_type $.startDate":              "whole days have no time",
	"failure invalid_type $.endDate":                "whole days have no time",
	"failure invalid_type $.subEvent[].startDate":   "whole days have no time",
	"failure invalid_type $.subEvent[].endDate":     "whole days have no time",

	"failure missing_required_field $.location.address.addressRegion":            "not every country has regions",
	"failure missing_required_field $.location.address.postalCode":               "not every country has postcodes",
	"failure missing_required_field $.location.address.streetAddress":            "a desert has no streets",
	"failure missing_required_field $.subEvent[].location.address.addressRegion": "not every country has regions",
	"failure missing_required_field $.subEvent[].location.address.postalCode":    "not every country has postcodes",
	"failure missing_required_field $.offers":                                    "a price that nobody knows, or a range",

	"suggestion consumer_assume_age_range $.ageRange":                         "an open end is meant as one",
	"suggestion consumer_assume_age_range $.subEvent[].ageRange":              "an open end is meant as one",
	"warning missing_is_accessible_for_free $.subEvent[].isAccessibleForFree": "the series says it",
}

// recommended is what the validator would like to have beside: what a record
// need not say.
const recommended = "warning missing_recommended_field "

// small is what the validator of feeds says of one that is short, or new, of
// this test's server, and that there is another validator for the data.
var small = regexp.MustCompile("^(warning no_deleted_items|warning minimum_items_per_page|warning missing_cache_control|suggestion has_modelling_data) ")

// openActive is what the validators say.
type openActive struct {
	Feed []string
	Data map[string]int
}

// asked serves a site's change feed as its validator wants it, from the files:
// by a query, which hosts of files can't read, and without the pages that only
// hand on. hits counts the answers.
func asked(t *testing.T, s *generator.Site) (server *httptest.Server, hits *atomic.Int64) {
	t.Helper()
	f := feedOf(t, s)
	cursors := append([]int64{0}, s.Catalogue.Ledger.Cursors...)
	prefix := f.base + strings.TrimSuffix(plan.RPDEPath, "0.json")
	hits = new(atomic.Int64)
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hits.Add(1)
		after, _ := strconv.ParseInt(r.URL.Query().Get("afterChangeNumber"), 10, 64)
		i, exact := slices.BinarySearch(cursors, after)
		if !exact {
			i--
		}
		own := fmt.Sprintf("%s%d.json", prefix, cursors[i])
		page := f.page(own)
		for len(page.Items) == 0 && page.Next != own {
			own = page.Next
			page = f.page(own)
		}
		next := strings.TrimSuffix(strings.TrimPrefix(page.Next, prefix), ".json")
		if page.Next == own {
			next = strconv.FormatInt(after, 10)
		}
		page.Next = server.URL + "/feed?afterChangeNumber=" + next
		w.Header().Set("Content-Type", "application/json")
		_ = feeds.WriteRPDE(w, page)
	}))
	t.Cleanup(server.Close)
	return server, hits
}

// judged is what OpenActive's own programs say of a site.
func judged(t *testing.T, s *generator.Site) openActive {
	t.Helper()
	server, hits := asked(t, s)
	c := exec.CommandContext(t.Context(), "node", filepath.Join("testdata", "readers", "read_openactive.cjs"), server.URL+"/feed?afterChangeNumber=0")
	c.Env = append(os.Environ(), "NODE_PATH="+npmModules(t))
	var complaints bytes.Buffer
	c.Stderr = &complaints
	said, err := c.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &complaints)
	}
	var found openActive
	if err := json.Unmarshal(said, &found); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if hits.Load() < 4 { // they take a feed that they can't reach for a good one
		t.Errorf("asked %d times", hits.Load())
	}
	return found
}

// TestOpenActive gives catalogues to OpenActive's validators: the sample at two
// addresses, and three towns through additions, changes and removals.
func TestOpenActive(t *testing.T) {
	needs(t, "node", "npm:@openactive/rpde-validator", "npm:@openactive/data-model-validator")
	seen := map[string]bool{}
	judge := func(s *generator.Site) {
		t.Helper()
		found := judged(t, s)
		for _, complaint := range found.Feed {
			if !small.MatchString(complaint) {
				t.Error(complaint)
			}
		}
		for finding, times := range found.Data {
			seen[finding] = true
			if wants[finding] == "" && !strings.HasPrefix(finding, recommended) {
				t.Errorf("%d times: %s", times, finding)
			}
		}
	}
	for _, base := range bases {
		judge(sampleAt(t, base).Site)
	}
	for finding := range wants {
		if !seen[finding] {
			t.Errorf("no longer found: %s", finding)
		}
	}
	for seed := range uint64(3) {
		c, builder, now := newTown(t, seed+2), generator.NewBuilder(), clock
		var last *ledger.Ledger
		for n := range 12 {
			c.edit()
			now = now.Add(29 * time.Hour)
			site, list, err := builder.Plan(t.Context(), generator.Input{Content: c.dir, Clock: now, Version: "test", Previous: last})
			if err != nil || site == nil {
				t.Fatal(err, list)
			}
			if last = site.Catalogue.Ledger; n%6 == 5 || seed == 0 && n == 2 {
				judge(site)
			}
		}
	}
}
