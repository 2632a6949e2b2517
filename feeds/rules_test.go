package feeds_test

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"fursa/feeds"
)

// TestRules is a table of what standards and consumers ask of feeds: each a
// rule that is easily got wrong.
func TestRules(t *testing.T) {
	tests := map[string]struct {
		format func(io.Writer, feeds.Channel) error
		change func(*feeds.Channel)
		want   []string
		not    []string
	}{
		"RSS: self link": {format: feeds.RSS, want: []string{
			`<atom:link href="https://www.doha.example/subjects/astronomy/feed" rel="self" type="application/rss+xml">`,
		}},
		"RSS: plain text in hexadecimal references": {format: feeds.RSS, want: []string{
			"<title>Learning in Doha: Astronomy &#x26; &#x3C;space&#x3E;</title>",
			"<title>Rockets &#x26; &#x3C;b&#x3E;balloons&#x3C;/b&#x3E;</title>",
		}},
		"RSS: dates in English, with a numeric zone, from the records": {format: feeds.RSS, want: []string{
			"<lastBuildDate>Tue, 03 Nov 2026 07:00:00 +0000</lastBuildDate>",
			"<pubDate>Mon, 02 Nov 2026 06:30:00 +0000</pubDate>",
		}},
		"RSS: the event's date has an element of its own": {format: feeds.RSS, want: []string{
			"<ev:startdate>2026-12-05T18:00:00+03:00</ev:startdate>",
			"<ev:enddate>2026-12-05T20:30:00+03:00</ev:enddate>",
			"<ev:location>متحف قطر الوطني</ev:location>",
			"<ev:startdate>2026-12-05</ev:startdate>", "<ev:enddate>2026-12-06</ev:enddate>",
		}},
		"RSS: a guid is no address": {format: feeds.RSS, want: []string{
			`<guid isPermaLink="false">https://doha.example/opportunities/museum/night-sky#rev-2</guid>`,
		}},
		"RSS: right to left is said": {format: feeds.RSS, want: []string{
			`<description>&lt;div dir=&#34;rtl&#34; lang=&#34;ar&#34;&gt;السبت، 5 ديسمبر 2026`,
			`<content:encoded><![CDATA[<div dir="rtl" lang="ar"><p>السبت`,
		}},
		"RSS: left to right is said in an Arabic channel": {
			format: feeds.RSS,
			change: func(c *feeds.Channel) {
				c.Lang, c.Dir = "ar", "rtl"
				c.Items = []feeds.Item{peerTalk()}
				c.Items[0].Lang, c.Items[0].Dir = "en", "ltr"
			},
			want: []string{"<![CDATA[<div dir=\"ltr\" lang=\"en\"><p>At any time."},
		},
		"RSS: right to left is said in an Arabic channel, too": {
			format: feeds.RSS,
			change: func(c *feeds.Channel) { c.Lang, c.Dir = "ar", "rtl" },
			want:   []string{`<![CDATA[<div dir="rtl" lang="ar"><p>السبت`},
		},
		"RSS: left to right needs no saying": {format: feeds.RSS, want: []string{
			"<description>At any time. A recorded talk.</description>",
		}},
		"RSS: a channel is always described": {
			format: feeds.RSS,
			change: func(c *feeds.Channel) { c.Title, c.Description = "Astronomy", "" },
			want:   []string{"<description>Astronomy</description>"},
		},
		"RSS: every category, whole, with its vocabulary": {format: feeds.RSS, want: []string{
			`<category domain="https://doha.example/vocabularies/subjects">sciences/astronomy</category>`,
			`<category domain="https://doha.example/vocabularies/skills">skills/observing</category>`,
		}},
		"RSS: e-mail in its own elements": {format: feeds.RSS, want: []string{
			"<managingEditor>learn@doha.example (The City)</managingEditor>",
			"<author>club@doha.example (Rocket Club)</author>",
			"<dc:creator>متحف قطر</dc:creator>",
		}, not: []string{"<author>متحف"}},
		"RSS: a bare e-mail and a bare name": {
			format: feeds.RSS,
			change: func(c *feeds.Channel) {
				c.Contact = feeds.Person{Name: "The City"}
				c.Items[1].Author = feeds.Person{Email: "club@doha.example"}
			},
			want: []string{"<dc:creator>The City</dc:creator>", "<author>club@doha.example</author>"},
			not:  []string{"<managingEditor>"},
		},
		"RSS: images as enclosure and media": {format: feeds.RSS, want: []string{
			`<enclosure url="https://www.doha.example/images/roof.jpg" length="48213" type="image/jpeg">`,
			`<media:content url="https://www.doha.example/images/roof.jpg" medium="image" type="image/jpeg" fileSize="48213" width="1200" height="630">`,
			"<media:description>سطح المتحف</media:description>",
		}},
		"RSS: no enclosure without its length": {
			format: feeds.RSS,
			change: func(c *feeds.Channel) { c.Items[0].Image = &feeds.Image{URL: "https://a.example/b"} },
			want:   []string{`<media:content url="https://a.example/b" medium="image">`},
			not:    []string{"<enclosure"},
		},
		"RSS: no enclosure without its type": {
			format: feeds.RSS,
			change: func(c *feeds.Channel) { c.Items[0].Image.Type = "" },
			want:   []string{`<media:content url="https://www.doha.example/images/roof.jpg" medium="image" fileSize="48213"`},
			not:    []string{"<enclosure"},
		},
		"RSS: when to come back": {format: feeds.RSS, want: []string{
			"<ttl>720</ttl>", "<sy:updatePeriod>daily</sy:updatePeriod>", "<sy:updateFrequency>2</sy:updateFrequency>",
		}},
		"RSS: where an item is from": {format: feeds.RSS, want: []string{
			`<source url="https://peer.example/feed.xml">Peer</source>`,
		}},
		"RSS: a page of an archive": {
			format: feeds.RSS,
			change: func(c *feeds.Channel) {
				c.Archive = feeds.Archive{Current: "https://a.example/", Previous: "https://a.example/1", Next: "https://a.example/3"}
			},
			want: []string{
				"<fh:archive></fh:archive>",
				`<atom:link href="https://a.example/" rel="current" type="application/rss+xml">`,
				`<atom:link href="https://a.example/1" rel="prev-archive" type="application/rss+xml">`,
				`<atom:link href="https://a.example/3" rel="next-archive" type="application/rss+xml">`,
			},
		},
		"RSS: a feed with an archive is no page of it": {
			format: feeds.RSS,
			change: func(c *feeds.Channel) { c.Archive.Previous = "https://a.example/1" },
			want:   []string{`rel="prev-archive"`},
			not:    []string{"<fh:archive>", "next-archive", "current"},
		},
		"RSS: hub": {format: feeds.RSS, want: []string{`<atom:link href="https://hub.example/" rel="hub">`}},
		"RSS: what XML cannot hold is left out": {
			format: feeds.RSS,
			change: func(c *feeds.Channel) {
				c.Items = []feeds.Item{peerTalk()}
				c.Items[0].Title = "A\x00\x0b\x1f\x7f\ufffe\xffB\r\nC"
				c.Items[0].HTML = "<p>D\x08</p>"
			},
			want: []string{"<title>AB\nC</title>", "<p>D</p>"},
			not:  []string{"\ufffd"},
		},
		"Atom: dates as the records have them": {format: feeds.Atom, want: []string{
			"<updated>2026-11-03T07:00:00Z</updated>\n  <logo>",
			"<updated>2026-10-01T05:00:00Z</updated>", "<published>2026-10-01T05:00:00Z</published>",
			"<updated>2026-09-05T05:00:00Z</updated>", "<published>2026-09-01T05:00:00Z</published>",
		}},
		"Atom: ids are not addresses": {format: feeds.Atom, want: []string{
			"<id>https://doha.example/subjects/astronomy/</id>",
			"<id>https://doha.example/opportunities/museum/night-sky#rev-2</id>",
		}},
		"Atom: links": {format: feeds.Atom, want: []string{
			`<link href="https://www.doha.example/subjects/astronomy/feed" rel="self" type="application/atom+xml">`,
			`<link href="https://www.doha.example/subjects/astronomy/" rel="alternate" type="text/html">`,
			`<link href="https://hub.example/" rel="hub">`,
			`<link href="https://www.doha.example/images/roof.jpg" rel="enclosure" type="image/jpeg" length="48213">`,
		}},
		"Atom: a page of an archive": {
			format: feeds.Atom,
			change: func(c *feeds.Channel) { c.Archive.Current = "https://a.example/" },
			want: []string{
				"<fh:archive></fh:archive>", `<link href="https://a.example/" rel="current" type="application/atom+xml">`,
			},
		},
		"Atom: languages, and the event": {format: feeds.Atom, want: []string{
			`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"`, `<entry xml:lang="ar">`,
			"<ev:startdate>2026-12-05T18:00:00+03:00</ev:startdate>",
		}, not: []string{`<entry xml:lang="en">`}},
		"Atom: categories with their labels": {format: feeds.Atom, want: []string{
			`<category term="sciences/astronomy" scheme="https://doha.example/vocabularies/subjects" label="علم الفلك">`,
		}},
		"Atom: an entry of a peer says where it is from": {format: feeds.Atom, want: []string{
			"<id>https://peer.example/opportunities/uni/black-holes</id>",
			"<source>\n      <id>https://peer.example/</id>\n      <title>Peer</title>\n      <updated>2026-09-05T04:00:00Z</updated>",
		}},
		"Atom: somebody always answers for the feed": {
			format: feeds.Atom,
			change: func(c *feeds.Channel) { c.Contact.Name = "" },
			want:   []string{"<author>\n    <name>Learning in Doha: Astronomy &amp; &lt;space&gt;</name>"},
		},
		"JSON: frame": {format: feeds.JSON, want: []string{
			`{"version":"https://jsonfeed.org/version/1.1","title":"Learning in Doha: Astronomy & <space>","language":"en",` +
				`"home_page_url":"https://www.doha.example/subjects/astronomy/","feed_url":"https://www.doha.example/subjects/astronomy/feed"`,
			`"authors":[{"name":"The City","url":"https://doha.example/"}]`,
			`"hubs":[{"type":"WebSub","url":"https://hub.example/"}]`,
			`"_fursa":{"about":"https://doha.example/help/json-feed/"},"items":[{"id":"https://doha.example/opportunities/museum/night-sky#rev-2"`,
		}, not: []string{`"author":`, `"banner_"`}},
		"JSON: an extension for the event": {format: feeds.JSON, want: []string{
			`"_fursa":{"start":"2026-12-05T18:00:00+03:00","end":"2026-12-05T20:30:00+03:00","location":"متحف قطر الوطني","listing":{"free":true,"kind":"event"}}`,
			`"_fursa":{"start":"2026-12-05","end":"2026-12-06"}`,
		}},
		"JSON: an extension without an event": {
			format: feeds.JSON,
			change: func(c *feeds.Channel) { c.Items[2].Extra = map[string]any{"kind": "talk"} },
			want:   []string{`"_fursa":{"listing":{"kind":"talk"}}`},
		},
		"JSON: text and image": {format: feeds.JSON, want: []string{
			`"summary":"السبت، 5 ديسمبر 2026، 18:00. تلسكوبات على السطح «للجميع»."`,
			`"image":"https://www.doha.example/images/roof.jpg"`, `"tags":["علم الفلك","الملاحظة"]`, `"language":"ar"`,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := astronomy()
			if test.change != nil {
				test.change(&c)
			}
			got := write(t, test.format, c)
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("lacks %s in\n%s", want, got)
				}
			}
			for _, not := range test.not {
				if strings.Contains(got, not) {
					t.Errorf("holds %s in\n%s", not, got)
				}
			}
		})
	}
}

// TestRSSOrder holds that each item has one description, and that it stands
// before the content.
func TestRSSOrder(t *testing.T) {
	names := regexp.MustCompile(`<(title|link|description|content:encoded|guid|pubDate)\b`)
	for _, item := range strings.Split(write(t, feeds.RSS, astronomy()), "<item>")[1:] {
		var got string
		for _, match := range names.FindAllStringSubmatch(item, -1) {
			got += match[1] + " "
		}
		if want := "title link description content:encoded guid pubDate "; got != want && got != strings.Replace(want, "content:encoded ", "", 1) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestUpdated holds that a channel was updated when its newest item was, and
// never before the time that it is given.
func TestUpdated(t *testing.T) {
	later := at("2026-12-01 00:00")
	for _, test := range []struct{ given, want time.Time }{
		{time.Time{}, nightSky().Updated}, {later, later},
	} {
		for _, format := range formats[:2] {
			c := astronomy()
			c.Updated = test.given
			if got := read(t, write(t, format.write, c)).UpdatedParsed; !got.Equal(test.want) {
				t.Errorf("%s: got %v, want %v", format.name, got, test.want)
			}
		}
	}
}

// TestJSONSize holds that a page of JSON Feed stays below 250 kB, and keeps the
// newest items.
func TestJSONSize(t *testing.T) {
	c := astronomy()
	c.Items = nil
	for n := range 50 {
		item := nightSky()
		item.ID = fmt.Sprint(n)
		item.HTML = strings.Repeat("<p>زحل</p>", 1000)
		c.Items = append(c.Items, item)
	}
	document := write(t, feeds.JSON, c)
	var feed struct{ Items []struct{ ID string } }
	if err := json.Unmarshal([]byte(document), &feed); err != nil {
		t.Fatal(err)
	}
	if len(document) > 250_000 || len(feed.Items) < 15 || feed.Items[0].ID != "0" {
		t.Errorf("got %d bytes with %d items, first %q", len(document), len(feed.Items), feed.Items[0].ID)
	}
}
