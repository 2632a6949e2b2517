package catalogue_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

// theirs is a listing of a peer's library, on a day of December.
func theirs(peer, name, title string, day int, change ...func(*catalogue.Foreign)) catalogue.Foreign {
	start, _ := when.ParseMoment(fmt.Sprintf("2026-12-%02dT16:00:00", day))
	home := "https://" + peer + ".example/"
	f := catalogue.Foreign{
		ID: home + "opportunities/library/" + name, URL: home + "opportunities/library/" + name + "/",
		Record: &catalogue.Record[schema.Opportunity]{
			Path: "peers/" + peer + "/library/" + name, Lang: "en", Hash: title,
			Value: &schema.Opportunity{
				Title: title, Summary: "Read with the librarian.", Kind: "talk", Languages: []string{"en"}, Mode: "online",
				Sessions: []schema.Session{{Start: start, Zone: "Asia/Qatar"}},
			},
		},
		Provider: &catalogue.ForeignProvider{
			ID: home + "providers/library", URL: home + "providers/library/",
			Record: &catalogue.Record[schema.Provider]{Path: "peers/" + peer + "/library", Lang: "en", Value: &schema.Provider{Name: "The library of " + peer}},
		},
	}
	for _, c := range change {
		c(&f)
	}
	return f
}

func sameAs(ids ...string) func(*catalogue.Foreign) {
	return func(f *catalogue.Foreign) { f.Value.SameAs = ids }
}

func offeredBy(by string) func(*catalogue.Foreign) {
	return func(f *catalogue.Foreign) { f.Provider.Value.Name = by }
}

// pulled is a peer that is trusted, with listings.
func pulled(slug string, peer schema.Peer, listings ...catalogue.Foreign) *catalogue.Pulled {
	peer.Name, peer.URL, peer.ID = slug, "https://"+slug+".example/", "https://"+slug+".example/"
	return &catalogue.Pulled{Record: &catalogue.Record[schema.Peer]{Path: "peers/" + slug, Lang: "en", Value: &peer}, Items: listings}
}

var open = schema.Peer{Trust: "open"}

// federated is the small catalogue with peers, and what else changes its records.
func federated(t *testing.T, o catalogue.Options, change func(*catalogue.Records), peers ...*catalogue.Pulled) *catalogue.Catalogue {
	t.Helper()
	r := records(t, archive(t, "base.txtar")...)
	r.Pulled = peers
	if change != nil {
		change(&r)
	}
	if o.Now.IsZero() {
		o.Now = noon
	}
	c, err := catalogue.New(r, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// shown are the foreign listings that are shown, with who else lists them, and our
// own that others list.
func shown(c *catalogue.Catalogue) []string {
	var all []string
	for _, l := range c.Listings {
		if !l.IsForeign() && len(l.Also) == 0 {
			continue
		}
		line := strings.TrimPrefix(l.Path, "peers/")
		for _, o := range l.Also {
			line += " +" + o.Peer.Name
		}
		all = append(all, line)
	}
	return all
}

func TestPeersAreTrustedAsFarAsTheirFileSays(t *testing.T) {
	listings := []catalogue.Foreign{theirs("a", "one", "One", 1), theirs("a", "two", "Two", 2), theirs("a", "three", "Three", 3)}
	over := theirs("a", "over", "Over", 1)
	over.Value.Sessions[0].Start, _ = when.ParseMoment("2026-11-01T16:00:00")
	review := func(accepted, refused []string) func(*catalogue.Records) {
		return func(r *catalogue.Records) {
			r.Reviews = []*catalogue.Record[schema.Review]{{Path: "reviews/a", Value: &schema.Review{Accepted: accepted, Refused: refused}}}
		}
	}
	block := func(id string) func(*catalogue.Records) {
		return func(r *catalogue.Records) {
			r.Blocklists = []*catalogue.Record[schema.Blocklist]{{Path: "blocklists/ours", Value: &schema.Blocklist{Block: []schema.Block{{ID: id}}}}}
		}
	}
	const home = "https://a.example/"
	for name, x := range map[string]struct {
		peer   schema.Peer
		change func(*catalogue.Records)
		want   string
		counts [6]int // waiting, declined, unwanted, beyond, blocked, ended
	}{
		"open":               {open, nil, "one two three", [6]int{5: 1}},
		"off":                {schema.Peer{Trust: "off"}, nil, "", [6]int{}},
		"nothing is said":    {schema.Peer{}, nil, "", [6]int{4, 0, 0, 0, 0, 0}},
		"one is accepted":    {schema.Peer{}, review([]string{home + "opportunities/library/two"}, nil), "two", [6]int{3, 0, 0, 0, 0, 0}},
		"who offers them":    {schema.Peer{}, review([]string{home + "providers/library"}, []string{home + "opportunities/library/two"}), "one three", [6]int{0, 1, 0, 0, 0, 1}},
		"refused when open":  {open, review(nil, []string{home + "opportunities/library/two"}), "one three", [6]int{0, 1, 0, 0, 0, 1}},
		"a limit":            {schema.Peer{Trust: "open", Limit: 2}, nil, "one two", [6]int{0, 0, 0, 1, 0, 1}},
		"what is wanted":     {schema.Peer{Trust: "open", Want: schema.Want{Modes: []string{"hybrid"}}}, nil, "", [6]int{0, 0, 3, 0, 0, 1}},
		"a listing, blocked": {open, block(home + "opportunities/library/two"), "one three", [6]int{0, 0, 0, 0, 1, 1}},
		"all of it, blocked": {open, block("a.example"), "", [6]int{}},
	} {
		t.Run(name, func(t *testing.T) {
			c := federated(t, catalogue.Options{}, x.change, pulled("a", x.peer, append(listings[:3:3], over)...))
			p := c.Peers[0]
			var got []string
			for _, l := range p.Listings {
				got = append(got, strings.TrimPrefix(l.Path, "peers/a/library/"))
			}
			if got := strings.Join(got, " "); got != x.want {
				t.Errorf("%q, not %q", got, x.want)
			}
			if counts := [6]int{p.Waiting, p.Declined, p.Unwanted, p.Beyond, p.Blocked, p.Ended}; counts != x.counts {
				t.Errorf("%v, not %v", counts, x.counts)
			}
		})
	}
}

// Nobody can take the place of another's listing by telling the same.
func TestTheSameIsShownOnce(t *testing.T) {
	a := func(change ...func(*catalogue.Foreign)) catalogue.Foreign {
		return theirs("a", "sky", "Night sky", 5, change...)
	}
	b := func(change ...func(*catalogue.Foreign)) catalogue.Foreign {
		return theirs("b", "stars", "Stars above", 6, change...)
	}
	const ofA, ofB = "https://a.example/opportunities/library/sky", "https://b.example/opportunities/library/stars/"
	twin := func(change ...func(*catalogue.Foreign)) catalogue.Foreign {
		return theirs("b", "stars", "The night sky!", 5, append(change, offeredBy("The library of a"))...)
	}
	ours := func(ids ...string) func(*catalogue.Records) {
		return func(r *catalogue.Records) { r.Opportunities[0].Value.SameAs = ids }
	}
	own := strings.TrimPrefix(federated(t, catalogue.Options{}, nil).Listings[0].Path, "peers/")
	for name, x := range map[string]struct {
		change func(*catalogue.Records)
		a, b   catalogue.Foreign
		want   []string
	}{
		"two that differ":         {nil, a(), b(), []string{"a/library/sky", "b/library/stars"}},
		"says that it is another": {nil, a(sameAs(ofB)), b(), []string{"b/library/stars +a"}},
		"each says so":            {nil, a(sameAs(ofB)), b(sameAs(ofA)), []string{"a/library/sky +b"}},
		"a third id":              {nil, a(sameAs("https://c.example/x")), b(sameAs("https://c.example/x/")), []string{"a/library/sky +b"}},
		"the same words":          {nil, a(), twin(), []string{"a/library/sky +b"}},
		"at another time":         {nil, a(), twin(func(f *catalogue.Foreign) { f.Value.Sessions[0].Zone = "Europe/Helsinki" }), []string{"a/library/sky", "b/library/stars"}},
		"the same instant": {nil, a(), twin(func(f *catalogue.Foreign) {
			f.Value.Sessions[0].Zone, f.Value.Sessions[0].Start.Clock.Hour = "Europe/London", 13
		}), []string{"a/library/sky +b"}},
		"ours says so":             {ours(ofA), a(), b(), []string{own + " +a", "b/library/stars"}},
		"it says that it is ours":  {nil, a(sameAs("https://doha.example/" + own)), b(), []string{own + " +a", "b/library/stars"}},
		"in a circle with a third": {ours("https://c.example/x"), a(sameAs("https://c.example/x")), b(sameAs(ofA)), []string{own + " +a +b"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := federated(t, catalogue.Options{}, x.change, pulled("a", open, x.a), pulled("b", open, x.b))
			if diff := cmp.Diff(x.want, shown(c)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhoWasFirstStays(t *testing.T) {
	before := federated(t, catalogue.Options{}, nil, pulled("b", open, theirs("b", "sky", "Night sky", 5, offeredBy("Library"))))
	thief := theirs("a", "sky", "Night sky", 5, offeredBy("Library"), sameAs("https://x.example/1"))
	good := theirs("b", "sky", "Night sky", 5, offeredBy("Library"))
	after := federated(t, catalogue.Options{Previous: before.Ledger, Now: noon.AddDate(0, 0, 1)}, nil, pulled("a", open, thief), pulled("b", open, good))
	if diff := cmp.Diff([]string{"b/library/sky +a"}, shown(after)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if was, is := before.Listing("b/library/sky"), after.Listing("b/library/sky"); !is.Published.Equal(was.Published) {
		t.Errorf("published %v, and before %v", is.Published, was.Published)
	}
}

func TestForeignListingsAreInListsAndNotOurs(t *testing.T) {
	c := federated(t, catalogue.Options{}, func(r *catalogue.Records) {
		r.Endorsements = []*catalogue.Record[schema.Endorsement]{{
			Path: "endorsements/museum/sky", Value: &schema.Endorsement{Covers: []string{"peers/a/library/sky", "peers/a/library"}},
		}}
	}, pulled("a", open, theirs("a", "sky", "Night sky", 5)))
	l := c.Listing("a/library/sky")
	if l == nil || l.Provider == nil || c.Provider("a/library") != l.Provider {
		t.Fatalf("listing %v", l)
	}
	if len(l.Endorsements) != 1 || len(l.Provider.Endorsements) != 1 {
		t.Errorf("endorsements: %v, of the provider %v", l.Endorsements, l.Provider.Endorsements)
	}
	for _, own := range c.Own() {
		if own == l {
			t.Error("it is among our own")
		}
	}
	if e := c.Ledger.Records[l.ID]; e.Sent != "" || e.Published.After(noon) {
		t.Errorf("ledger: %+v", e)
	}
	var values []string
	for _, f := range c.Facets(&catalogue.Set{Listings: c.Current}) {
		if f.Family == "origins" {
			for _, v := range f.Values {
				values = append(values, fmt.Sprint(v.Name, v.Count))
			}
		}
	}
	if diff := cmp.Diff([]string{fmt.Sprint("_here", len(c.Current)-1), "a1"}, values); diff != "" {
		t.Errorf("origins (-want +got):\n%s", diff)
	}
}

// Schools can ask for a catalogue, and for a provider of one; what a peer's file
// wants of it names providers as the peer does.
func TestWantsOfOthers(t *testing.T) {
	for name, x := range map[string]struct {
		school, peer schema.Want
		want         string
	}{
		"a catalogue":           {schema.Want{Origins: []string{"a"}}, schema.Want{}, "a/library/sky"},
		"ours":                  {schema.Want{Origins: []string{"_here"}, Kinds: []string{"talk"}, Modes: []string{"phone"}}, schema.Want{}, ""},
		"a provider elsewhere":  {schema.Want{Providers: []string{"b/library"}}, schema.Want{}, "b/library/stars"},
		"what is taken of it":   {schema.Want{Origins: []string{"a", "b"}}, schema.Want{Providers: []string{"library"}}, "a/library/sky b/library/stars"},
		"nothing is taken":      {schema.Want{Origins: []string{"a", "b"}}, schema.Want{Providers: []string{"museum"}}, ""},
		"two catalogues of one": {schema.Want{Origins: []string{"b"}, Providers: []string{"a/library"}}, schema.Want{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := federated(t, catalogue.Options{}, func(r *catalogue.Records) {
				r.Schools = []*catalogue.Record[schema.School]{{Path: "schools/x", Lang: "en", Value: &schema.School{Name: "X", Want: x.school}}}
			}, pulled("a", schema.Peer{Trust: "open", Want: x.peer}, theirs("a", "sky", "Night sky", 5)), pulled("b", schema.Peer{Trust: "open", Want: x.peer}, theirs("b", "stars", "Stars", 6)))
			var got []string
			for _, l := range c.School("x").Listings {
				got = append(got, l.Slug())
			}
			if got := strings.Join(got, " "); got != x.want {
				t.Errorf("%q, not %q", got, x.want)
			}
		})
	}
}
