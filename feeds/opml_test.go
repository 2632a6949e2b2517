package feeds_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds"
)

// TestOPML holds the whole of a document, as OPML 2.0 has it.
func TestOPML(t *testing.T) {
	var out bytes.Buffer
	err := feeds.OPML(&out, "Learning in Doha & around\x00", []feeds.Outline{
		{Title: "Subjects", Children: []feeds.Outline{{
			Title:  "علم الفلك",
			XMLURL: "https://doha.example/ar/feed.xml?a&b", HTMLURL: "https://doha.example/ar/", Lang: "ar",
		}}},
		{Title: "Everything", Type: "atom", XMLURL: "https://doha.example/feed.atom"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Learning in Doha &amp; around</title>
  </head>
  <body>
    <outline text="Subjects">
      <outline type="rss" text="علم الفلك" title="علم الفلك" xmlUrl="https://doha.example/ar/feed.xml?a&amp;b" htmlUrl="https://doha.example/ar/" language="ar"></outline>
    </outline>
    <outline type="atom" text="Everything" title="Everything" xmlUrl="https://doha.example/feed.atom"></outline>
  </body>
</opml>`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

// TestEmptyOPML holds that a list of nothing still has the body that the
// standard demands.
func TestEmptyOPML(t *testing.T) {
	var out bytes.Buffer
	if err := feeds.OPML(&out, "None", nil); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(out.Bytes(), []byte("<body></body>")) {
		t.Errorf("no body in %s", &out)
	}
}
