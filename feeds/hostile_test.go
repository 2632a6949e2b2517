package feeds_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"

	"fursa/feeds"
)

// FuzzXML holds that whatever texts say, feeds and lists of feeds are
// well-formed, and readers find the same texts.
func FuzzXML(f *testing.F) {
	f.Add("]]> & <b> \" ' &lt; &#0; \x00\x1f\x7f")
	f.Add("السبت <!-- ]]><![CDATA[ --> \u200f\ufffe\xff")
	f.Add("</description></item><script>alert(1)</script>")
	f.Fuzz(func(t *testing.T, text string) {
		c := astronomy()
		c.Title, c.Description, c.Rights, c.Contact.Name = "t"+text, text, text, text
		c.Items = []feeds.Item{nightSky()}
		i := &c.Items[0]
		i.Title, i.Summary, i.HTML, i.Location, i.Author.Name, i.Lang, i.Dir = "t"+text, "s"+text, text, text, text, "en", "ltr"
		i.Categories[0].Path, i.Categories[0].Label, i.Image.Alt = text, text, text
		for _, format := range formats[:2] {
			document := write(t, format.write, c)
			if title := titleOf(t, document, "item", "entry"); title != held("t"+text) {
				t.Errorf("%s: the title is %q, want %q", format.name, title, held("t"+text))
			}
		}
		var opml bytes.Buffer
		if err := feeds.OPML(&opml, text, []feeds.Outline{{Title: text, XMLURL: "https://a.example/?" + text}}); err != nil {
			t.Fatal(err)
		}
		titleOf(t, opml.String())
	})
}

// titleOf is the title of the first of some elements in a document, all of
// which is read.
func titleOf(t *testing.T, document string, within ...string) (title string) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader([]byte(document)))
	inside, found := false, false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return title
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, document)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, name := range within {
			inside = inside || start.Name.Local == name
		}
		if inside && !found && start.Name.Local == "title" {
			if err := d.DecodeElement(&title, &start); err != nil {
				t.Fatal(err)
			}
			found = true
		}
	}
}
