package convert

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"
)

// strange is an entry of a source that nobody here has looked at.
type strange struct {
	cells []string
	*Sharer
}

func (c strange) get(column string) string { return c.cells[c.reader.columns[column]] }
func (c strange) set(column, value string) { c.cells[c.reader.columns[column]] = value }
func (c strange) has(columns ...string) bool {
	return slices.ContainsFunc(columns, func(n string) bool { return c.get(n) != "" })
}
func (c strange) each(f func(string) string, columns ...string) {
	for _, name := range columns {
		c.set(name, f(c.get(name)))
	}
}

// The most keywords of a listing that are taken for its subjects, the letters of
// one, and those of an address of the web.
const (
	maxKeywords, maxKeyword = 5, 60
	maxAddress              = 2000
)

// tidy makes the cells of an entry what a listing of a stranger may hold: plain
// words, addresses of the web, and what is assumed where nothing is said. base is
// where the entry was found.
func (c strange) tidy(base *url.URL) {
	c.each(plainWords, "title", "summary", "provider", "place", "address", "locality", "region", "postcode", "country", "currency")
	c.each(atMost(120), "provider", "place")
	c.each(atMost(200), "address")
	c.each(atMost(100), "locality", "region")
	c.each(atMost(20), "postcode")
	c.each(code(func(s string) bool {
		r, err := language.ParseRegion(s)
		return err == nil && len(s) == 2 && r.IsCountry()
	}), "country")
	c.each(code(func(s string) bool { _, err := currency.ParseISO(s); return err == nil }), "currency")
	c.each(func(s string) string { return webAddress(base, s) }, "url", "registration", "provider_url")
	c.each(languageTags, "languages", "lang")
	lang, _, _ := strings.Cut(c.get("lang"), "\n")
	c.set("lang", lang)
	c.set("keywords", keywords(c.get("keywords")))
	if c.get("summary") == "" {
		c.set("summary", atMost(2*maxSummary)(plainWords(c.get("description"))))
	}
	if c.format != FormatRSS && !tag.MatchString(c.get("description")) {
		c.set("description", html.EscapeString(c.get("description")))
	}
	if utf8.RuneCountInString(c.get("provider")) < 2 {
		c.set("provider", "")
	}
	c.identify(base)
	placed := c.has("place", "address", "locality", "latitude")
	switch {
	case placed || c.get("mode") == "online":
	case c.get("anytime") != "":
		c.set("mode", "online")
	case c.place != "":
		c.set("place", c.place)
	}
}

// atMost cuts texts at a word.
func atMost(letters int) func(string) string {
	return func(s string) string {
		short, _ := cutAtWord(s, letters)
		return short
	}
}

// code takes codes in capitals that are known, and nothing else.
func code(isKnown func(string) bool) func(string) string {
	return func(s string) string {
		if s = strings.ToUpper(s); isKnown(s) {
			return s
		}
		return ""
	}
}

// identify sees to it that the entry has an id that no other page has, and that
// what it is the same as are addresses.
func (c strange) identify(base *url.URL) {
	id := clean(c.get("id"))
	if c.format == FormatJSONLD {
		switch {
		case strings.HasPrefix(id, "#") || strings.HasPrefix(id, "/"):
			id = webAddress(base, id)
		case strings.HasPrefix(id, "_:"): // a name within the page alone
			id = c.get("url")
		}
	}
	c.set("same_as", webAddresses(webAddress(base, absolute(id)), c.get("url")))
	if id == "" && c.format == FormatJSONLD {
		id = base.String() + " " + c.get("title") + " " + c.get("from") + c.get("sessions")
	}
	c.set("id", id)
}

// absolute is an address with its scheme, and nothing of another text.
func absolute(s string) string {
	if webAddresses(s) == "" {
		return ""
	}
	return s
}

// tag is what reads like one of HTML.
var tag = regexp.MustCompile(`<[A-Za-z/!]`)

// plainWords are the words of a text on one line, without the tags that it may
// hold, escaped ones too. What still reads like a tag is taken apart.
func plainWords(s string) string {
	s = clean(s)
	for range 3 {
		if !strings.ContainsAny(s, "<&") {
			break
		}
		p, err := fromHTML(s, true)
		if err != nil {
			return ""
		}
		s = clean(p.Plain)
	}
	if tag.MatchString(s) {
		s = strings.NewReplacer("<", "‹", ">", "›").Replace(s)
	}
	return oneLine(s)
}

// webAddress is an address of the web, as seen from where it was found; empty
// where it is none.
func webAddress(base *url.URL, s string) string {
	if s = clean(s); s == "" || len(s) > maxAddress {
		return ""
	}
	u, err := base.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// languageTags are those of some lines that are languages, short.
func languageTags(s string) string {
	var tags []string
	for line := range strings.Lines(s) {
		t, err := language.Parse(strings.TrimSpace(line))
		if err != nil {
			continue
		}
		if base, sure := t.Base(); sure != language.No && !slices.Contains(tags, base.String()) {
			tags = append(tags, base.String())
		}
	}
	return strings.Join(tags, "\n")
}

// keywords are the first few of some lines that are no sentences.
func keywords(s string) string {
	var all []string
	for line := range strings.Lines(s) {
		word := plainWords(line)
		if n := utf8.RuneCountInString(word); n > 1 && n <= maxKeyword && len(all) < maxKeywords {
			all = append(all, word)
		}
	}
	return strings.Join(all, "\n")
}
