package plan_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds"
	"fursa/generator"
	"fursa/generator/ledger"
	"fursa/generator/plan"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// feed are the pages of a site's change feed, by their addresses.
type feed struct {
	t     *testing.T
	base  string
	files map[string][]byte
}

func feedOf(t *testing.T, s *generator.Site) feed {
	t.Helper()
	f := feed{t, s.Catalogue.BaseURL, map[string][]byte{}}
	for _, o := range s.Outputs {
		if strings.HasPrefix(o.Path, "feeds/rpde/") {
			f.files[f.base+o.Path] = written(t, o)
		}
	}
	return f
}

// page is the page at an address.
func (f feed) page(address string) feeds.RPDEPage {
	f.t.Helper()
	text, ok := f.files[address]
	if !ok {
		f.t.Fatalf("%s is not there, and was given out", address)
	}
	page, err := feeds.ReadRPDE(text)
	if err != nil {
		f.t.Fatalf("%s: %v", address, err)
	}
	return page
}

// from takes the items from an address on to the end, into what is held; it
// gives the address to go on from next time.
func (f feed) from(address string, held map[feeds.RPDEID]string) string {
	f.t.Helper()
	for {
		page := f.page(address)
		for _, item := range page.Items {
			delete(held, item.ID)
			if item.State == feeds.RPDEUpdated {
				held[item.ID] = string(item.Data)
			}
		}
		if page.Next == address {
			return address
		}
		address = page.Next
	}
}

// town is a small catalogue on the disk that changes at random.
type town struct {
	*rand.Rand
	t       *testing.T
	dir     string
	stars   int // versions of a provider's and a subject's name
	listing []string
}

func newTown(t *testing.T, seed uint64) *town {
	c := &town{Rand: rand.New(rand.NewPCG(seed, 3)), t: t, dir: t.TempDir()}
	c.write("catalogue.toml", "id = \"https://town.example/\"\nname = { en = \"Town\" }\nlanguages = [\"en\"]\ntime_zone = \"Asia/Qatar\"\ncurrency = \"QAR\"\nlicence = { name = \"CC BY 4.0\", url = \"https://creativecommons.org/licenses/by/4.0/\" }\n")
	c.name()
	return c
}

func (c *town) write(name, text string) {
	file := filepath.Join(c.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// name gives the provider and the subject other names.
func (c *town) name() {
	c.stars++
	c.write("vocabularies/subjects.toml", fmt.Sprintf("[[terms]]\nid = \"astronomy\"\nlabel = { en = \"Stars %d\" }\n", c.stars*c.IntN(2)))
	c.write("providers/museum.md", fmt.Sprintf("+++\nname = \"Museum %d\"\nurl = \"https://museum.example/\"\n+++\n", c.stars*c.IntN(2)))
}

func (c *town) put(name, extra string) {
	c.write("opportunities/museum/"+name+".md", fmt.Sprintf("+++\ntitle = \"Stars over %s\"\nsummary = \"Telescopes on the roof, edition %d, and tea for all who come.\"\nkind = \"talk\"\nages = { min = 8 }\nlanguages = [\"en\"]\nsubjects = [\"astronomy\"]\nmode = \"online\"\nsessions = [{ start = 2026-12-%02dT18:00:00 }]\ncost = { amount = 0 }\nregistration = { email = \"a@museum.example\" }\n%s+++\n", name, c.IntN(1000), 1+c.IntN(28), extra))
}

func (c *town) edit() {
	for range 1 + c.IntN(2) {
		switch n := c.IntN(7); {
		case n == 0:
			c.name()
		case n < 4 || len(c.listing) == 0:
			name := fmt.Sprintf("night-%d", c.IntN(1<<30))
			c.listing = append(c.listing, name)
			c.put(name, "")
		default:
			i := c.IntN(len(c.listing))
			name := c.listing[i]
			if n == 4 {
				c.put(name, "")
				break
			}
			if err := os.Remove(filepath.Join(c.dir, "opportunities", "museum", name+".md")); err != nil {
				c.t.Fatal(err)
			}
			c.listing[i] = fmt.Sprintf("night-%d", c.IntN(1<<30))
			if n == 5 { // another name for the same
				c.put(c.listing[i], fmt.Sprintf("aliases = [%q]\n", "opportunities/museum/"+name))
			} else {
				c.put(c.listing[i], "")
			}
		}
	}
}

// Whoever came to the end of the feed at any build, and goes on from there,
// has at the last build what somebody has who begins then. So whatever the
// feed says of a listing changes its number, a new name of its provider or of a
// subject too; and where nothing has changed, no byte does.
func TestChangeFeedReachesThePresent(t *testing.T) {
	c := newTown(t, 1)
	builder, now := generator.NewBuilder(), clock
	var last *ledger.Ledger
	type puller struct {
		held    map[feeds.RPDEID]string
		address string
	}
	var pullers []puller
	for n := range 25 {
		if n%5 != 4 {
			c.edit()
			now = now.Add(time.Duration(1+c.IntN(40)) * time.Hour)
		}
		in := generator.Input{Content: c.dir, Clock: now, Version: "test", Previous: last}
		site, list, err := builder.Plan(t.Context(), in)
		if err != nil || site == nil {
			t.Fatal(err, list)
		}
		f := feedOf(t, site)
		if n%5 == 4 {
			before := last
			if last = site.Catalogue.Ledger; !cmp.Equal(before, last) {
				t.Errorf("build %d: nothing changed but the ledger did:\n%s", n, cmp.Diff(before, last))
			}
		}
		last = site.Catalogue.Ledger
		p := puller{map[feeds.RPDEID]string{}, ""}
		p.address = f.from(f.base+plan.RPDEPath, p.held)
		for i, old := range pullers {
			if n < 24 && c.IntN(3) > 0 {
				continue
			}
			pullers[i].address = f.from(old.address, old.held)
			if diff := cmp.Diff(p.held, old.held); diff != "" {
				t.Fatalf("build %d, who began at build %d (-want +got):\n%s", n, i, diff)
			}
		}
		if len(p.held) != len(site.Catalogue.Listings) {
			t.Errorf("build %d: %d items of %d listings", n, len(p.held), len(site.Catalogue.Listings))
		}
		pullers = append(pullers, p)
	}
}

// What stands under fursa:record is a record that another catalogue can check
// and use: it has what the settings here say for it, and loses nothing.
func TestSharedRecordsAreValid(t *testing.T) {
	s := sampleAt(t, bases[1])
	held := map[feeds.RPDEID]string{}
	f := feedOf(t, s.Site)
	f.from(f.base+plan.RPDEPath, held)
	validator := schema.NewValidator()
	for _, l := range s.Catalogue.Listings {
		if l.Status == "draft" {
			if held[feeds.RPDEID(l.ID)] != "" {
				t.Errorf("%s is a draft, and is told of", l.ID)
			}
			continue
		}
		got, ok, err := feeds.SharedOf(json.RawMessage(held[feeds.RPDEID(l.ID)]))
		if err != nil || !ok {
			t.Fatalf("%s: %v, %v", l.ID, ok, err)
		}
		checkShared(t, validator, schema.KindOpportunity, "", got.SharedText)
		checkShared(t, validator, schema.KindProvider, "", got.Provider.SharedText)
		for lang, text := range got.Translations {
			checkShared(t, validator, schema.KindOpportunity, lang, text)
		}
		if got.Body != l.Body || got.Lang != l.Lang || len(got.Translations) != len(l.Translations) {
			t.Errorf("%s: lang %q, %d translations", l.ID, got.Lang, len(got.Translations))
		}
		for _, subject := range l.Value.Subjects {
			if got.Terms.Subjects[subject]["ar"] == "" {
				t.Errorf("%s: no label of %s in Arabic", l.ID, subject)
			}
		}
	}
	if len(held) < 30 {
		t.Errorf("%d items", len(held))
	}
}

// checkShared holds a record against its schema, once in the form of a file.
func checkShared(t *testing.T, v *schema.Validator, kind schema.Kind, lang string, text feeds.SharedText) {
	t.Helper()
	var value map[string]any
	if err := json.Unmarshal(text.Record, &value); err != nil {
		t.Fatal(err)
	}
	if list := v.Check(kind, lang, &document.Document{Source: &diag.Source{}, Value: value, Body: text.Body}); list.Failed() {
		var b bytes.Buffer
		_ = diag.Text(&b, list, diag.Style{})
		t.Errorf("%s\n%s", text.Record, b.String())
	}
}
