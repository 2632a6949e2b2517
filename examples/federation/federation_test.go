package main

import (
	"encoding/json"
	"html"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds"
	"fursa/schema"
)

// unwanted are the current listings of the cities that the hub does not show: for
// teachers alone, sport, not accepted yet, and refused.
var unwanted = map[string]bool{
	"https://kuopio.example/opportunities/culture-office/paths-for-teachers":                  true,
	"https://chicago.example/opportunities/lakefront-parks-friends/learn-to-swim-level-1-108": true,
	"https://catalonia.example/opportunities/hospitalet-service/shade":                        true,
	"https://catalonia.example/opportunities/etcetera/cooking":                                true,
}

// The hub shows what its cities have now and it wants, each from its origin, after
// a change, a removal and an outage too, and says nothing as its own.
func TestFederation(t *testing.T) {
	f, err := open("..", t.TempDir(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.close)
	kuopio, catalonia := f.city("kuopio"), f.city("catalonia")
	show(t, f)
	check(t, "at first", wanted(t, f.cities...), shown(t, f.hub))
	if n := len(shown(t, f.hub)); n != 28 {
		t.Errorf("%d listings, want 28", n)
	}

	edit(t, kuopio, "opportunities/museums/sunday-in-the-yard.md", "Sunday in the yard", "A Sunday in the yard")
	remove(t, kuopio, "opportunities/city-library/reading-dog.md")
	show(t, f)
	after := shown(t, f.hub)
	check(t, "after a change and a removal", wanted(t, f.cities...), after)
	if n := len(after); n != 27 {
		t.Errorf("%d listings, want 27", n)
	}
	if title := after[kuopio.url+"opportunities/museums/sunday-in-the-yard/"].Title; !strings.HasPrefix(title, "A Sunday") {
		t.Errorf("the changed listing is called %q", title)
	}

	last := wanted(t, kuopio)
	kuopio.stop()
	edit(t, kuopio, "opportunities/city-theatre/theatre-path.md", "see it, then ask it", "see it twice")
	edit(t, catalonia, "opportunities/etcetera/radio.md", "a radio programme", "half an hour of radio")
	show(t, f)
	want := wanted(t, catalonia, f.city("chicago"))
	for page, c := range last {
		want[page] = c
	}
	check(t, "while one is down", want, shown(t, f.hub))

	if err := kuopio.start(strings.Trim(strings.TrimPrefix(kuopio.url, "http://"), "/")); err != nil {
		t.Fatal(err)
	}
	show(t, f)
	check(t, "when it is back", wanted(t, f.cities...), shown(t, f.hub))
	checkNothingOfItsOwn(t, f.hub)
}

func show(t *testing.T, f *federation) {
	t.Helper()
	if err := f.show(t.Context(), t.Output()); err != nil {
		t.Fatal(err)
	}
}

func check[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// card is what a list says of a listing.
type card struct{ Title, Origin string }

var (
	item   = regexp.MustCompile(`(?s)<li class="card.*?</li>`)
	titled = regexp.MustCompile(`<h3[^>]*><a href="([^"]+)">([^<]+)</a>`)
	origin = regexp.MustCompile(`<p class="origin">([^<]+)</p>`)
)

// shown are the cards of a site's list of all, by the pages that they lead to,
// which are there.
func shown(t *testing.T, s *site) map[string]card {
	t.Helper()
	cards := map[string]card{}
	for _, text := range item.FindAllString(get(t, s.url+"opportunities/"), -1) {
		link, from := titled.FindStringSubmatch(text), origin.FindStringSubmatch(text)
		if link == nil || from == nil {
			t.Fatalf("a card without a link or an origin: %s", text)
		}
		if _, twice := cards[link[1]]; twice {
			t.Errorf("%s is listed twice", link[1])
		}
		cards[link[1]] = card{html.UnescapeString(link[2]), html.UnescapeString(from[1])}
	}
	return cards
}

// wanted are the cards that the hub should have of some cities, by what these
// say of themselves.
func wanted(t *testing.T, cities ...*site) map[string]card {
	t.Helper()
	cards := map[string]card{}
	for _, s := range cities {
		var all struct {
			Name     schema.Text
			Listings []struct {
				ID, URL     string
				Ended       bool
				Opportunity struct{ Title string }
			}
		}
		if err := json.Unmarshal([]byte(get(t, s.url+"catalogue.json")), &all); err != nil {
			t.Fatal(err)
		}
		for _, l := range all.Listings {
			if l.Ended || unwanted[l.ID] {
				continue
			}
			if page := get(t, l.URL); !strings.Contains(html.UnescapeString(page), l.Opportunity.Title) {
				t.Errorf("%s is not the page of %q", l.URL, l.Opportunity.Title)
			}
			cards[l.URL] = card{l.Opportunity.Title, "From " + all.Name["en"]}
		}
	}
	return cards
}

// A hub publishes no listing of its own, in the change feed and in its counts.
func checkNothingOfItsOwn(t *testing.T, hub *site) {
	t.Helper()
	for path, next := "", "feeds/rpde/opportunities/after/0.json"; path != next; {
		path = next
		page, err := feeds.ReadRPDE([]byte(get(t, hub.url+path)))
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Items) > 0 {
			t.Errorf("%s has %d listings as the hub's own", path, len(page.Items))
		}
		next = strings.TrimPrefix(page.Next, hub.url)
	}
	var about struct {
		Counts struct{ Listings, Providers int }
	}
	if err := json.Unmarshal([]byte(get(t, hub.url+"fursa/catalogue.json")), &about); err != nil {
		t.Fatal(err)
	}
	if about.Counts.Listings != 0 || about.Counts.Providers != 0 {
		t.Errorf("the hub counts %+v as its own", about.Counts)
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", url, response.Status, err)
	}
	return string(text)
}

// edit changes a text of a city's file.
func edit(t *testing.T, s *site, file, old, changed string) {
	t.Helper()
	name := filepath.Join(s.content, file)
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		t.Fatalf("%s does not say %q", file, old)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(text), old, changed, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, s *site, file string) {
	t.Helper()
	if err := os.Remove(filepath.Join(s.content, file)); err != nil {
		t.Fatal(err)
	}
}

// city is the city of a name.
func (f *federation) city(name string) *site {
	for _, s := range f.cities {
		if s.name == name {
			return s
		}
	}
	return nil
}
