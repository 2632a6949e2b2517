package convert

import (
	"bytes"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
)

// Page is what a page says of where its data is.
type Page struct {
	// Title is the page's own.
	Title string
	// Linked says that the page has linked data of schema.org in it.
	Linked bool
	// Feeds are the addresses of the feeds that it names as its own.
	Feeds []string
}

// feedTypes are the types by which pages name what can be read here.
var feedTypes = []string{
	"text/calendar", "application/feed+json", "application/rss+xml", "application/atom+xml",
}

// ReadPage looks at a page in HTML, or a document of linked data, that was found
// at an address.
func ReadPage(text []byte, at string) Page {
	base, err := url.Parse(at)
	if err != nil {
		return Page{}
	}
	p := Page{Linked: bytes.Contains(text, []byte("schema.org"))}
	if !isMarkup(text) {
		return p
	}
	p.Linked = p.Linked && len(scripts(text)) > 0
	z := html.NewTokenizer(bytes.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return p
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			switch {
			case token.Data == "title" && p.Title == "" && z.Next() == html.TextToken:
				p.Title = plainWords(z.Token().Data)
			case token.Data == "link":
				if address := feedOf(token, base); address != "" && !slices.Contains(p.Feeds, address) {
					p.Feeds = append(p.Feeds, address)
				}
			}
		}
	}
}

func isMarkup(text []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(text), []byte("<")) }

// feedOf is the address in a link that leads to a feed; empty in any other.
func feedOf(link html.Token, base *url.URL) string {
	has := map[string]string{}
	for _, a := range link.Attr {
		has[a.Key] = strings.ToLower(strings.TrimSpace(a.Val))
		if a.Key == "href" {
			has[a.Key] = a.Val
		}
	}
	kind, _, _ := strings.Cut(has["type"], ";")
	if !slices.Contains(strings.Fields(has["rel"]), "alternate") || !slices.Contains(feedTypes, strings.TrimSpace(kind)) {
		return ""
	}
	return webAddress(base, has["href"])
}

// Title is what a feed or a calendar calls itself; empty where it does not.
func Title(format string, text []byte) string {
	switch format {
	case FormatRSS:
		if checkElements(text) != nil {
			return ""
		}
		if feed, err := gofeed.NewParser().Parse(bytes.NewReader(text)); err == nil {
			return plainWords(feed.Title)
		}
	case FormatICS:
		if found := calendarName.FindSubmatch(text); found != nil {
			return plainWords(string(found[1]))
		}
	}
	return ""
}

var calendarName = regexp.MustCompile(`(?m)^X-WR-CALNAME[^:\r\n]*:([^\r\n]*)`)

// Pages are the addresses, each once and in their order, of the pages that lists
// of schema.org in a document name and do not describe themselves.
func Pages(text []byte, at string) []string {
	base, err := url.Parse(at)
	if err != nil {
		return nil
	}
	var all []string
	known := map[string]bool{}
	for value, err := range linkedData(text) {
		if err != nil {
			continue
		}
		for _, address := range listed(value, 0) {
			if address = webAddress(base, address); address != "" && !known[address] {
				known[address] = true
				all = append(all, address)
			}
		}
	}
	return all
}

// listed are the addresses in the lists of a value.
func listed(value any, depth int) []string {
	if depth > maxDepth {
		return nil
	}
	var all []string
	switch v := value.(type) {
	case []any:
		for _, inner := range v {
			all = append(all, listed(inner, depth+1)...)
		}
	case map[string]any:
		if slices.Contains(items(v["@type"]), any("ItemList")) { // and no list of crumbs
			for _, e := range items(v["itemListElement"]) {
				all = append(all, element(e))
			}
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			all = append(all, listed(v[key], depth+1)...)
		}
	}
	return all
}

// element is the address of an element of a list; empty where it is described in
// its place.
func element(e any) string {
	for range 2 { // an element, and the item in it
		switch v := e.(type) {
		case string:
			return v
		case map[string]any:
			if isEntry(v) && v["name"] != nil {
				return ""
			}
			if inner, ok := v["item"]; ok {
				e = inner
				continue
			}
			for _, key := range []string{"url", "@id"} {
				if address, ok := v[key].(string); ok {
					return address
				}
			}
		}
	}
	return ""
}
