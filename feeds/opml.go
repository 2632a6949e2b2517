package feeds

import (
	"encoding/xml"
	"io"
)

// Outline is a feed, or a heading with others below it. Only Title is always
// given. Type is "rss" for a feed in any of the three formats, and where it is
// empty for all that have an XMLURL.
type Outline struct {
	Title    string
	Children []Outline
	// XMLURL is the feed's address, HTMLURL that of the page beside it.
	XMLURL, HTMLURL string
	Type, Lang      string
}

// OPML writes a list of feeds as OPML 2.0 that readers can subscribe to at
// once.
func OPML(w io.Writer, title string, outlines []Outline) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	document := opml{Version: "2.0", Title: plain(title), Body: opmlBody{newOutlines(outlines)}}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	return e.Encode(document)
}

type opml struct {
	XMLName xml.Name `xml:"opml"`
	Version string   `xml:"version,attr"`
	Title   string   `xml:"head>title"`
	Body    opmlBody `xml:"body"`
}

type opmlBody struct {
	Outlines []opmlOutline `xml:"outline"`
}

type opmlOutline struct {
	Type     string        `xml:"type,attr,omitempty"`
	Text     string        `xml:"text,attr"`
	Title    string        `xml:"title,attr,omitempty"`
	XMLURL   string        `xml:"xmlUrl,attr,omitempty"`
	HTMLURL  string        `xml:"htmlUrl,attr,omitempty"`
	Lang     string        `xml:"language,attr,omitempty"`
	Children []opmlOutline `xml:"outline"`
}

func newOutlines(outlines []Outline) []opmlOutline {
	list := make([]opmlOutline, 0, len(outlines))
	for _, o := range outlines {
		out := opmlOutline{
			Type: o.Type, Text: plain(o.Title), XMLURL: o.XMLURL, HTMLURL: o.HTMLURL,
			Lang: o.Lang, Children: newOutlines(o.Children),
		}
		if o.XMLURL != "" {
			out.Title = out.Text
			if out.Type == "" {
				out.Type = "rss"
			}
		}
		list = append(list, out)
	}
	return list
}
