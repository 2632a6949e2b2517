package plan

import (
	"encoding/json"
	"html/template"
	"net/url"
	"strings"
	"unicode/utf8"

	"fursa/generator/catalogue"
)

// What pages say to machines, in schema.org's words as JSON-LD. Names and
// values are those of schema.org; where it leaves a choice, those that Google
// documents. What a record does not say is left out: a required property is
// missing rather than made up.

// script is nodes as the element that holds them in a page.
func script(nodes ...any) template.HTML {
	var b strings.Builder
	b.Grow(2500)
	b.WriteString(`<script type="application/ld+json">`)
	// The encoder escapes <, > and &, so that no text ends the element or
	// begins a comment in it.
	if err := json.NewEncoder(&b).Encode(document{"https://schema.org", nodes}); err != nil {
		return "" // no node holds a value that JSON has none for
	}
	b.WriteString("</script>")
	return template.HTML(unturned(b.String())) //nolint:gosec // see above
}

// unturned is a text without the characters that turn the direction of text
// around.
func unturned(s string) string {
	for rest := s; ; {
		i := strings.IndexByte(rest, '\xe2') // all of them begin with it
		if i < 0 {
			return s
		}
		rest = rest[i:]
		if r, _ := utf8.DecodeRuneInString(rest); turns(r) {
			return strings.Map(func(r rune) rune {
				if turns(r) {
					return -1
				}
				return r
			}, s)
		}
		rest = rest[1:]
	}
}

func turns(r rune) bool { return 0x202A <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069 }

// absolute is the whole address of a path from the host's root.
func (s *site) absolute(path string) string {
	if !strings.HasPrefix(path, "/") {
		return path
	}
	return s.base.Scheme + "://" + s.base.Host + path
}

// webURL is an address on the web, escaped where it must be; empty where it is
// none.
func webURL(raw string) string {
	if raw == "" {
		return ""
	}
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	return u.String()
}

// recordID is the global id of a record that is no listing: that of its first
// path.
func (s *site) recordID(path string, aliases []string) string {
	if len(aliases) > 0 {
		path = catalogue.FullPath(aliases[0], path)
	}
	return s.ID + path
}

// canonical is the address of a record's page in the language in which it is
// written.
func (e *edition) canonical(path string, written bool, lang string) string {
	if !written {
		for _, other := range e.editions {
			if other.lang == lang {
				return e.url(other.file(path))
			}
		}
	}
	return e.url(e.file(path))
}

// withCrumbs is a node as a script, with the breadcrumbs that lead from the
// home page to its page. The page itself comes last, without an address.
func (e *edition) withCrumbs(n *node, crumbs []Link, name string) template.HTML {
	if len(crumbs) == 0 {
		return script(n)
	}
	items := make([]item, len(crumbs)+1)
	for i, c := range crumbs {
		items[i] = item{"ListItem", i + 1, "", c.Text, e.absolute(c.URL)}
	}
	items[len(crumbs)] = item{"ListItem", len(items), "", name, ""}
	return script(n, &node{Type: "BreadcrumbList", Items: items})
}
