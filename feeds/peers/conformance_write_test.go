package peers_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fursa/feeds"
	"fursa/feeds/sign"
	"fursa/feeds/snapshot"
)

// writer writes the suite: a catalogue that publishes, and what must be held of
// it.
type writer struct {
	*city
	all   trials
	at    time.Time
	holds map[string]held
	bad   []snapshot.Refused
	// base are the folders of the last state that was in order.
	base []string
	last map[string][]byte
}

func (w *writer) hold(name, title string) {
	w.put(name, title)
	w.holds[kuopio+"opportunities/library/"+name] = held{title, w.sequence}
}

func (w *writer) drop(name string) {
	w.remove(name)
	delete(w.holds, kuopio+"opportunities/library/"+name)
}

func (w *writer) step(s trial) {
	w.at = w.at.Add(24 * time.Hour)
	s.At, s.Listings, s.Refused = w.at, maps.Clone(w.holds), slices.Clone(w.bad)
	w.all.Steps = append(w.all.Steps, s)
}

// good publishes, and is taken.
func (w *writer) good(name, why string, more ...func(*trial)) {
	w.publish()
	w.base, w.last = []string{name}, maps.Clone(w.files)
	w.save(name, w.files)
	s := trial{Name: name, Why: why, Site: w.base}
	for _, f := range more {
		f(&s)
	}
	w.step(s)
}

// harmful is laid over the last good state, and is not taken; afterwards the
// catalogue is as it was.
func (w *writer) harmful(name string, problem snapshot.Reason, why string, harm func(*trial)) {
	key, former, sequence := w.key, w.former, w.sequence
	changes, cursors := slices.Clone(w.changes), slices.Clone(w.cursors)
	s := trial{Name: name, Why: why, Problem: problem, Site: append(slices.Clone(w.base), name)}
	harm(&s)
	over := map[string][]byte{}
	for path, text := range w.files {
		if string(w.last[path]) != string(text) {
			over[path] = text
		}
	}
	for path := range w.last {
		if w.files[path] == nil {
			s.Without = append(s.Without, path)
		}
	}
	slices.Sort(s.Without)
	if len(over) == 0 {
		s.Site = w.base
	}
	w.save(name, over)
	w.step(s)
	w.key, w.former, w.sequence = key, former, sequence
	w.changes, w.cursors, w.files = changes, cursors, maps.Clone(w.last)
}

func (w *writer) save(folder string, files map[string][]byte) {
	for path, text := range files {
		name := filepath.Join(suite, folder, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			w.t.Fatal(err)
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			w.t.Fatal(err)
		}
	}
}

func writeSuite(t *testing.T) {
	if err := os.RemoveAll(suite); err != nil {
		t.Fatal(err)
	}
	w := &writer{city: newCity(t), at: time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC), holds: map[string]held{}}
	w.url = kuopio
	w.all = trials{Catalogue: kuopio, Key: w.key.Public()}
	w.follow()
	w.harms()
	w.changesKeys()
	w.forgets()
	text, err := json.MarshalIndent(w.all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	private, err := key(t, "k").Text("")
	if err != nil {
		t.Fatal(err)
	}
	_, secret, _ := strings.Cut(string(private), "\n")
	w.save(".", map[string][]byte{
		"cases.json": append(text, '\n'),
		"test.key":   []byte("untrusted comment: a key for tests, which everybody has\n" + secret),
	})
}

// follow goes from the first pull to changes, removals and refusals.
func (w *writer) follow() {
	w.hold("stars", "Stars over the roof")
	w.hold("tales", "Tales <b>&amp;</b> \"songs\"")
	w.good("first", "read from the start")
	w.step(trial{Name: "the same again", Why: "the manifest is the one that is known", Site: w.base, Unchanged: true})
	old := w.base
	w.hold("dance", "حفل رقص")
	w.drop("tales")
	w.hold("stars", "Stars over the harbour")
	w.good("changed", "one is new, one has changed, one has gone")
	w.step(trial{Name: "an old state", Why: "its sequence is lower than one that was seen", Site: old, Problem: snapshot.Backwards})
	w.step(trial{Name: "the last state again", Why: "it is as it was, so it goes on", Site: w.base, Unchanged: true})
	holds := maps.Clone(w.holds)
	w.refuseSome()
	w.publish()
	w.save("half-an-upload", map[string][]byte{sign.ManifestPath: w.files[sign.ManifestPath], sign.SignaturePath: w.files[sign.SignaturePath]})
	now, bad := w.holds, w.bad
	w.holds, w.bad = holds, nil
	w.step(trial{Name: "half an upload", Why: "the manifest has come, the pages have not", Site: []string{"changed", "half-an-upload"}, Problem: snapshot.Mismatch})
	w.holds, w.bad = now, bad
	w.good("refused", "what is not its own, or can't be read, is refused, and the rest is taken")
}

// refuseSome publishes listings that break a rule each.
func (w *writer) refuseSome() {
	refuse := func(name string, why snapshot.Reason, change func(*feeds.Shared)) {
		s := w.shared(name, name)
		change(&s)
		w.send(s)
		w.bad = append(w.bad, snapshot.Refused{ID: s.ID, Why: why})
	}
	refuse("another's", snapshot.NotTheirs, func(s *feeds.Shared) { s.ID = "https://oulu.example/opportunities/library/stars" })
	refuse("from-another", snapshot.NotTheirs, func(s *feeds.Shared) { s.ID = kuopio + "peers/oulu/library/stars" })
	refuse("lookalike", snapshot.NotTheirs, func(s *feeds.Shared) { s.ID = "https://kuopio.example.evil.example/opportunities/a/b" })
	refuse("page-elsewhere", snapshot.NotTheirs, func(s *feeds.Shared) { s.URL = "https://evil.example/" })
	refuse("page-of-script", snapshot.NotTheirs, func(s *feeds.Shared) { s.URL = "javascript:alert(1)" })
	refuse("path-outwards", snapshot.NotTheirs, func(s *feeds.Shared) { s.Path = "../../etc/passwd" })
	refuse("anothers-provider", snapshot.NotTheirs, func(s *feeds.Shared) { s.Provider.ID = "https://oulu.example/providers/library" })
	refuse("no-object", snapshot.BadItem, func(s *feeds.Shared) { s.Record = []byte(`[]`) })
	none := feeds.RPDEID(kuopio + "opportunities/library/no-record")
	w.change(feeds.RPDEItem{State: feeds.RPDEUpdated, ID: none, Data: []byte(`{"@type":"Event"}`)})
	w.bad = append(w.bad, snapshot.Refused{ID: string(none), Why: snapshot.NoRecord})
	w.hold("choir", "A choir for all")
}

// harms are states that nothing is taken of.
func (w *writer) harms() {
	w.harmful("unsigned", snapshot.Unsigned, "there is no signature", func(*trial) {
		w.forge("fursa/catalogue.json", func(s string) string { return s })
		delete(w.files, sign.SignaturePath)
	})
	w.harmful("another-signature", snapshot.Mismatch, "the signature is another key's", func(*trial) {
		w.forge("fursa/catalogue.json", func(s string) string { return s })
		w.files[sign.SignaturePath] = key(w.t, "x").Sign(w.files[sign.ManifestPath], "")
	})
	w.harmful("another-key", snapshot.KeyChanged, "it names and is signed with a key that the pinned one does not vouch for", func(*trial) {
		w.key = key(w.t, "x")
		w.forge("fursa/catalogue.json", func(s string) string { return s })
	})
	w.harmful("another-catalogue", snapshot.Other, "it calls itself by another id", func(*trial) {
		w.forgeManifest(func(m *sign.Manifest) { m.Catalogue = "https://oulu.example/" })
	})
	last := after(w.cursors[len(w.cursors)-1])
	page := after(w.cursors[len(w.cursors)-2])
	w.harmful("another-page", snapshot.Mismatch, "a page is not the one that the manifest lists", func(*trial) {
		w.hold("more", "More")
		w.publish()
		delete(w.holds, kuopio+"opportunities/library/more")
		w.files[last] = append(w.files[last], ' ')
	})
	add := func(item string) func(string) string {
		return func(s string) string { return strings.Replace(s, `"items":[`, `"items":[`+item, 1) }
	}
	gone := func(name, modified string) string {
		return `{"state":"deleted","kind":"Opportunity","id":"` + kuopio + `opportunities/library/` + name + `","modified":` + modified + `}`
	}
	w.harmful("circle", snapshot.Loop, "a page leads back to one before", func(*trial) {
		w.forge(last, func(s string) string { return strings.Replace(s, last, page, 1) })
	})
	w.harmful("stuck", snapshot.Loop, "a page leads to itself, and is not empty", func(*trial) { w.forge(last, add(gone("none", "999"))) })
	w.harmful("disorder", snapshot.Loop, "changes stand in no order", func(*trial) {
		w.forge(last, add(gone("none", "999")+","+gone("nothing", "998")))
	})
	w.harmful("elsewhere", snapshot.Unreadable, "a page leads to another host", func(*trial) {
		w.forge(last, func(s string) string { return strings.Replace(s, kuopio, "https://evil.example/", 1) })
	})
	w.harmful("half-a-page", snapshot.Unreadable, "a page breaks off", func(*trial) { w.forge(last, func(s string) string { return s[:len(s)/2] }) })
	w.harmful("latin-1", snapshot.Unreadable, "a page is not UTF-8", func(*trial) { w.forge(last, add(gone("caf\xe9", "999"))) })
	w.harmful("deep", snapshot.TooMuch, "JSON is nested deeper than 32 levels", func(*trial) {
		w.forge(last, add(`{"state":"updated","kind":"Opportunity","id":"x","modified":999,"data":{"x":`+strings.Repeat("[", 32)+strings.Repeat("]", 32)+`}}`))
	})
	w.harmful("html", snapshot.Unreadable, "a page of HTML stands in the manifest's place", func(*trial) {
		w.files[sign.ManifestPath] = []byte("<!doctype html><title>Welcome</title>\n")
	})
	w.harmful("emptied", snapshot.Emptied, "all has gone at once", func(*trial) {
		for _, name := range []string{"stars", "dance", "choir"} {
			w.remove(name)
		}
		w.publish()
	})
}

// changesKeys goes from one key to another.
func (w *writer) changesKeys() {
	former := w.key
	w.former, w.key = &former, key(w.t, "n")
	w.hold("chess", "Chess in the park")
	w.good("two-keys", "the pinned key vouches for a new one", func(s *trial) { s.NewKey = w.key.Public() })
	w.former = nil
	w.harmful("new-key", snapshot.KeyChanged, "the former key signs no longer, and is still the pinned one", func(*trial) {
		w.sequence++
		w.publish()
	})
	w.sequence++
	w.good("new-key-pinned", "the new key is pinned now", func(s *trial) { s.Key = w.key.Public() })
}

// forgets loses what others go on from.
func (w *writer) forgets() {
	w.drop("chess")
	w.bad = nil
	w.changes = slices.DeleteFunc(w.changes, func(i feeds.RPDEItem) bool { return w.holds[string(i.ID)] == held{} })
	w.cursors = []int64{0, w.sequence}
	w.good("lost", "its cursors are others: read from the start, and what is not there has gone")
	w.drop("dance")
	w.changes = slices.DeleteFunc(w.changes, func(i feeds.RPDEItem) bool { return i.State == feeds.RPDEDeleted })
	w.hold("late", "Late in winter")
	w.at = w.at.AddDate(0, 0, 100)
	w.good("late", "the last pull was so long ago that a removal is told no longer: read from the start")
}
