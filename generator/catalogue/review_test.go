package catalogue_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/catalogue"
)

func TestReviews(t *testing.T) {
	r := records(t, file("reviews/kuopio.toml", `
accepted = ["https://kuopio.example/opportunities/library/story-hour", "https://kuopio.example/providers/museum"]
refused = ["https://kuopio.example/opportunities/museum/sale", "https://kuopio.example/providers/shop"]
`), file("reviews/turku.toml", `
accepted = ["https://turku.example/opportunities/shop/both"]
refused = ["https://turku.example/opportunities/shop/both"]
`))
	reviews := catalogue.NewReviews(r.Reviews)
	type standing struct{ Accepted, Refused, Waiting bool }
	for _, c := range []struct {
		about, peer, id, provider string
		want                      standing
	}{
		{"an accepted listing", "kuopio", "https://kuopio.example/opportunities/library/story-hour", "https://kuopio.example/providers/library", standing{Accepted: true}},
		{"one of an accepted provider", "kuopio", "https://kuopio.example/opportunities/museum/stars", "https://kuopio.example/providers/museum", standing{Accepted: true}},
		{"a refused one of an accepted provider", "kuopio", "https://kuopio.example/opportunities/museum/sale", "https://kuopio.example/providers/museum", standing{Refused: true}},
		{"one of a refused provider", "kuopio", "https://kuopio.example/opportunities/shop/any", "https://kuopio.example/providers/shop", standing{Refused: true}},
		{"an accepted one of a refused provider", "kuopio", "https://kuopio.example/opportunities/library/story-hour", "https://kuopio.example/providers/shop", standing{Refused: true}},
		{"one in both lists", "turku", "https://turku.example/opportunities/shop/both", "", standing{Refused: true}},
		{"one that nobody looked at", "kuopio", "https://kuopio.example/opportunities/library/other", "https://kuopio.example/providers/library", standing{Waiting: true}},
		{"one without a provider", "kuopio", "https://kuopio.example/opportunities/library/other", "", standing{Waiting: true}},
		{"one accepted of another peer", "turku", "https://kuopio.example/opportunities/library/story-hour", "", standing{Waiting: true}},
		{"one of a peer without a review", "oulu", "https://oulu.example/opportunities/library/x", "", standing{Waiting: true}},
	} {
		got := standing{
			reviews.Accepted(c.peer, c.id, c.provider), reviews.Refused(c.peer, c.id, c.provider), reviews.Waiting(c.peer, c.id, c.provider),
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.about, diff)
		}
	}
}
