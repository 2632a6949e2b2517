package catalogue_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/catalogue"
	"fursa/schema"
)

// blocking are the blocklists of some entries.
func blocking(ids ...string) *catalogue.Blocked {
	list := &catalogue.Record[schema.Blocklist]{Path: "blocklists/ours", Value: &schema.Blocklist{}}
	for _, id := range ids {
		list.Value.Block = append(list.Value.Block, schema.Block{ID: id})
	}
	return catalogue.NewBlocked([]*catalogue.Record[schema.Blocklist]{list})
}

func TestBlocks(t *testing.T) {
	for entry, addresses := range map[string]struct{ blocked, free []string }{
		"https://spam.example/": {
			[]string{
				"https://spam.example", "https://spam.example/", "https://SPAM.example/x", "http://spam.example/", "https://spam.example:443/x",
				"http://spam.example:80", "https://spam.example:0443", "https://spam.example./x", "https://me@spam.example/x", "HTTPS://spam.example?x=1",
				`https:\\spam.example\x`, " https://spam.ex\nample/", "https://spam%2Eexample/", "https://spam.example#top", "https://spam.example:",
			},
			[]string{
				"https://spam.example.org/", "https://spam.examples/", "https://www.spam.example/", "https://spam.example:8443/", "https://spam.example@good.example/",
				"https://good.example/?u=https://spam.example/", "spam.example", "", "mailto:me@spam.example", "urn:spam.example", "http://spam.example:443/",
			},
		},
		"https://host.example/catalogue": {
			[]string{
				"https://host.example/catalogue", "https://host.example/catalogue/", "https://host.example/catalogue/opportunities/a/b", "https://host.example/catalogue?x",
				"https://host.example/cat%61logue/x", "https://host.example/a/../catalogue/x", "https://host.example//catalogue/x", "https://host.example/%2e/catalogue#x",
			},
			[]string{
				"https://host.example/", "https://host.example/catalogues", "https://host.example/Catalogue", "https://host.example/catalogue/../x",
				"https://host.example/x/catalogue", "https://host.example/catalogue%2Fx",
			},
		},
		"https://host.example/event?id=3": {
			[]string{"https://host.example/event?id=3", "https://host.example/event/?id=3", "https://host.example/event?id=3&lang=en", "https://host.example/event?id=3#top"},
			[]string{"https://host.example/event", "https://host.example/event?id=31", "https://host.example/event?lang=en&id=3"},
		},
		"https://host.example/events#3": {
			[]string{"https://host.example/events#3"},
			[]string{"https://host.example/events", "https://host.example/events#31"},
		},
		"https://host.example/مكتبة/": {
			[]string{"https://host.example/مكتبة", "https://host.example/%D9%85%D9%83%D8%AA%D8%A8%D8%A9/x", "https://host.example/%d9%85%d9%83%d8%aa%d8%a8%d8%a9"},
			[]string{"https://host.example/مكتب"},
		},
		"https://bücher.example/": {
			[]string{"https://xn--bcher-kva.example/x", "https://BÜCHER.example/", "https://b%C3%BCcher.example/"},
			[]string{"https://bucher.example/"},
		},
		"spam.example": {
			[]string{"https://spam.example/", "http://spam.example:8080/x", "https://www.spam.example/x", "https://a.b.SPAM.example"},
			[]string{"https://notspam.example/", "https://example/", "https://spam.example.org/"},
		},
		"xn--bcher-kva.example": {[]string{"https://bücher.example/", "https://www.bücher.example/"}, []string{"https://example/"}},
		"www.spam.example":      {[]string{"https://www.spam.example/"}, []string{"https://spam.example/"}},
		"https://[2001:db8::1]:8443/x": {
			[]string{"https://[2001:DB8::1]:8443/x/y"},
			[]string{"https://[2001:db8::1]/x", "https://[2001:db8::1]:8443/"},
		},
	} {
		b := blocking(entry)
		for _, a := range addresses.blocked {
			if _, _, ok := b.Blocks(a); !ok {
				t.Errorf("%s does not block %q", entry, a)
			}
		}
		for _, a := range addresses.free {
			if _, _, ok := b.Blocks(a); ok {
				t.Errorf("%s blocks %q", entry, a)
			}
		}
	}
}

// Which entry blocks is the first address that is blocked, and the first list
// that has it.
func TestBlocksSaysWhich(t *testing.T) {
	r := records(t,
		file("blocklists/ours.toml", `block = [{id = "https://a.example/x", why = "ours"}, {id = "b.example", why = "host"}]`),
		file("blocklists/theirs.toml", `block = [{id = "https://A.example/x/", why = "theirs"}, {id = "https://b.example/y", why = "page"}]`))
	b := catalogue.NewBlocked(r.Blocklists)
	for _, c := range []struct{ addresses, want []string }{
		{[]string{"https://c.example/", "https://a.example/x/y"}, []string{"https://a.example/x", "ours", "ours"}},
		{[]string{"https://b.example/y", "https://a.example/x"}, []string{"b.example", "host", "ours"}},
	} {
		block, list, _ := b.Blocks(c.addresses...)
		if diff := cmp.Diff(c.want, []string{block.ID, block.Why, list}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.addresses, diff)
		}
	}
	if _, _, ok := new(catalogue.Blocked).Blocks("https://a.example/"); ok {
		t.Error("no list blocks something")
	}
}

// However the same address is written, it is blocked; one letter more at its
// end, and it is another.
func TestBlocksHoweverWritten(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	part := func(letters string) string {
		var b strings.Builder
		for range 1 + random.IntN(6) {
			b.WriteByte(letters[random.IntN(len(letters))])
		}
		return b.String()
	}
	disguised := func(path string) string {
		var b strings.Builder
		for i := range len(path) {
			if path[i] != '/' && random.IntN(3) == 0 {
				fmt.Fprintf(&b, []string{"%%%02X", "%%%02x"}[random.IntN(2)], path[i])
				continue
			}
			b.WriteByte(path[i])
		}
		return b.String()
	}
	for range 2000 {
		host, path := part("abcdefgh")+"."+part("xyz")+".example", ""
		for range random.IntN(4) {
			path += "/" + part("abcXYZ019-_.~é%")
		}
		path = (&url.URL{Path: path}).EscapedPath()
		if plain := blocking("https://" + host + path); strings.Contains(path, "/.") {
			continue // what leads elsewhere is another address
		} else if _, _, ok := plain.Blocks("https://" + host + path + part("ab")); ok && path != "" {
			t.Fatalf("%s%s blocks what only begins like it", host, path)
		}
		unescaped, err := url.PathUnescape(path)
		if err != nil || strings.Contains(unescaped, "%") {
			continue
		}
		b := blocking("https://" + host + disguised(unescaped))
		for _, a := range []string{
			"https://" + strings.ToUpper(host) + disguised(unescaped), "http://" + host + ":80" + disguised(unescaped),
			"https://" + host + ".:443" + path + "/", "https://" + host + path + "/" + part("abc") + "?q#f",
		} {
			if _, _, ok := b.Blocks(a); !ok {
				t.Fatalf("%s%s does not block %s", host, path, a)
			}
		}
		if _, _, ok := blocking(host).Blocks("https://" + part("abc") + "." + host + path); !ok {
			t.Fatalf("%s does not block what is below it", host)
		}
	}
}
