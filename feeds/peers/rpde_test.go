package peers_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"fursa/feeds/peers"
	"fursa/feeds/snapshot"
	"fursa/schema"
)

// gym is a change feed that is no Fursa's.
func gym(c *city) peers.Source {
	return peers.Source{Slug: "gym", Peer: schema.Peer{Name: "Gym", URL: c.url + "feed/0", Format: peers.FormatRPDE}}
}

// feed publishes pages under feed/, each leading to the next, the last to
// itself.
func (c *city) feed(pages ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, items := range pages {
		next := min(i+1, len(pages)-1)
		c.files[fmt.Sprint("feed/", i)] = fmt.Appendf(nil, `{"next":"/feed/%d","items":[%s]}`, next, items)
	}
}

func session(id string, modified int, title string) string {
	return fmt.Sprintf(`{"state":"updated","kind":"Event","id":%q,"modified":%d,"data":{"@type":"Event","@id":"https://gym.example/%s","name":%q,"url":"https://gym.example/%s","startDate":"2027-01-02T10:00:00Z","location":{"name":"Hall"}}}`, id, modified, id, title, id)
}

func deleted(id string, modified int) string {
	return fmt.Sprintf(`{"state":"deleted","kind":"Event","id":%q,"modified":%d}`, id, modified)
}

// byTitle are the listings of a snapshot by their titles.
func (p *puller) byTitle(slug string) map[string]bool {
	titles := map[string]bool{}
	for _, title := range p.titles(slug) {
		titles[title] = true
	}
	return titles
}

func TestAChangeFeedIsFollowed(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	c.feed(session("a", 1, "Judo"), session("b", 2, "Swimming")+","+session("c", 3, ""), "")
	r := p.pull(gym(c))
	check(t, "reason", snapshot.Reason(""), reason(r))
	check(t, "listings", map[string]bool{"Judo": true, "Swimming": true}, p.byTitle("gym"))
	check(t, "refused", []snapshot.Refused{{ID: "c", Why: snapshot.NoTitle}}, r.State.Refused)
	text, _ := p.root.ReadFile("gym/" + snapshot.ItemsName)
	if id := peers.ForeignID("https://hub.example/", "gym", "Event a"); !strings.Contains(string(text), `"id":"`+id+`"`) || !strings.HasPrefix(id, "https://hub.example/peers/gym/") {
		t.Errorf("%s is not in %s", id, text)
	}

	c.requests()
	r = p.pull(gym(c))
	check(t, "same", true, r.Same)
	check(t, "asked where nothing has changed", []string{"feed/2"}, c.requests())

	c.feed("", "", deleted("a", 4)+","+session("c", 5, "Chess"), "")
	check(t, "reason", snapshot.Reason(""), reason(p.pull(gym(c))))
	check(t, "listings", map[string]bool{"Chess": true, "Swimming": true}, p.byTitle("gym"))
	check(t, "asked, from the kept cursor", []string{"feed/2", "feed/2", "feed/3"}, c.requests())

	c.mu.Lock()
	delete(c.files, "feed/3")
	c.mu.Unlock()
	c.feed(session("b", 6, "Swimming"), "")
	check(t, "without its cursor", snapshot.Reason(""), reason(p.pull(gym(c))))
	check(t, "listings", map[string]bool{"Swimming": true}, p.byTitle("gym"))
}

// A feed that breaks off is gone on from where it did.
func TestAPullGoesOn(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	c.feed(session("a", 1, "Judo"), session("b", 2, "Swimming"), "")
	c.set("feed/1", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	p.pull(gym(c))
	check(t, "listings", map[string]bool{"Judo": true}, p.byTitle("gym"))
	c.set("feed/1", nil)
	c.requests()
	check(t, "reason", snapshot.Reason(""), reason(p.pull(gym(c))))
	check(t, "listings", map[string]bool{"Judo": true, "Swimming": true}, p.byTitle("gym"))
	check(t, "asked", []string{"feed/1", "feed/2"}, c.requests())
}

func TestHostileChangeFeeds(t *testing.T) {
	n := 0
	for name, h := range map[string]struct {
		answer http.HandlerFunc
		want   snapshot.Reason
	}{
		"without end": {func(w http.ResponseWriter, _ *http.Request) {
			n++
			fmt.Fprintf(w, `{"next":"/feed/0?%d","items":[%s]}`, n, session(fmt.Sprint(n), n, "Judo"))
		}, snapshot.TooMuch},
		"empty without end": {func(w http.ResponseWriter, _ *http.Request) {
			n++
			fmt.Fprintf(w, `{"next":"/feed/0?%d","items":[]}`, n)
		}, snapshot.TooMuch},
		"stuck": {func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"next":"/feed/0","items":[%s]}`, session("a", 1, "Judo"))
		}, snapshot.Loop},
		"backwards": {func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"next":"/feed/1","items":[%s,%s]}`, session("a", 2, "Judo"), session("b", 1, "Judo"))
		}, snapshot.Loop},
		"to another host": {func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"next":"http://169.254.169.254/latest/","items":[]}`)
		}, snapshot.Unreadable},
		"redirected inwards": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://192.168.1.1/", http.StatusFound)
		}, snapshot.Unreachable},
		"half a page": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"next":"/feed/1","items":[{`) }, snapshot.Unreadable},
		"endless":     {endless, snapshot.TooMuch},
		"deep": {func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"next":"x","items":[{"data":`+strings.Repeat(`{"a":`, 1000))
		}, snapshot.TooMuch},
		"no UTF-8":     {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "\xff\xfe{\x00") }, snapshot.Unreadable},
		"no such page": {http.NotFound, snapshot.Unreachable},
	} {
		t.Run(name, func(t *testing.T) {
			c, p := newCity(t), newPuller(t)
			p.Bounds = peers.Bounds{Items: 200, Pages: 300, PageBytes: 1 << 20}
			c.set("feed/0", h.answer)
			check(t, "reason", h.want, reason(p.pull(gym(c))))
			check(t, "listings", map[string]bool{}, p.byTitle("gym"))
		})
	}
}
