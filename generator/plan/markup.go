package plan

import (
	"html/template"
	"strings"

	"fursa/generator/markdown"
)

// What a page has by the dozen becomes HTML here. Templates could do it, at
// five times the cost: they escape an address in three steps, each of which is
// called by reflection.

// HTML is the link as an element.
func (l Link) HTML() template.HTML {
	return template.HTML(l.append(make([]byte, 0, 200))) //nolint:gosec // escaped
}

func (l Link) append(b []byte) []byte {
	b = appendStart(b, l.URL)
	if !strings.HasPrefix(l.URL, "/") { // to another site
		b = append(b[:len(b)-1], ` rel="noopener">`...)
	}
	if l.Lang != "" {
		b = append(appendLang(b, l.Lang, l.Dir), template.HTMLEscapeString(l.Text)...)
		return append(b, "</span></a>"...)
	}
	return append(append(b, template.HTMLEscapeString(l.Text)...), "</a>"...)
}

// HTML is the value as an element, or as text.
func (v Value) HTML() template.HTML {
	return template.HTML(v.append(nil)) //nolint:gosec // escaped
}

func (v Value) append(b []byte) []byte {
	if v.Lang != "" {
		b = appendLang(b, v.Lang, v.Dir)
	}
	text := template.HTMLEscapeString(v.Text)
	switch {
	case v.URL != "":
		b = append(append(appendStart(b, v.URL), text...), "</a>"...)
	case v.Start != "":
		b = append(append(append(b, `<time datetime="`...), template.HTMLEscapeString(v.Start)...), `">`...)
		b = append(append(b, text...), "</time>"...)
	default:
		b = append(b, text...)
	}
	if v.Lang != "" {
		b = append(b, "</span>"...)
	}
	return b
}

// factsHTML are facts as the contents of a list of terms; those that have a
// class are in groups of that class.
func factsHTML(facts []Fact) template.HTML {
	b := make([]byte, 0, 1500)
	for _, f := range facts {
		if f.Class != "" {
			b = append(append(append(b, `<div class="fact `...), template.HTMLEscapeString(f.Class)...), `">`...)
		}
		b = append(append(append(b, "<dt>"...), template.HTMLEscapeString(f.Label)...), "</dt>"...)
		for _, v := range f.Values {
			b = append(v.append(append(b, "<dd>"...)), "</dd>"...)
		}
		if f.Class != "" {
			b = append(b, "</div>"...)
		}
		b = append(b, '\n')
	}
	return template.HTML(b) //nolint:gosec // escaped
}

// itemsHTML are links as the items of a list.
func itemsHTML(links []Link) template.HTML {
	b := make([]byte, 0, 1500)
	for _, l := range links {
		b = append(l.append(append(b, "<li>"...)), "</li>"...)
	}
	return template.HTML(b) //nolint:gosec // escaped
}

func appendLang(b []byte, lang, dir string) []byte {
	b = append(append(b, `<span lang="`...), template.HTMLEscapeString(lang)...)
	return append(append(append(b, `" dir="`...), dir...), `">`...)
}

// appendStart begins a link to an address; to "#" where it may not stand in
// one. Bytes that an address has no place for are percent-encoded.
func appendStart(b []byte, url string) []byte {
	b = append(b, `<a href="`...)
	if !strings.HasPrefix(url, "/") && !strings.HasPrefix(url, "https://") && !markdown.Allowed(url) {
		return append(b, `#">`...)
	}
	const hex = "0123456789abcdef"
	for i := range len(url) {
		switch c := url[i]; {
		case c == '&':
			b = append(b, "&amp;"...)
		case inURL[c]:
			b = append(b, c)
		default:
			b = append(b, '%', hex[c>>4], hex[c&15])
		}
	}
	return append(b, `">`...)
}

// inURL are the bytes that addresses are made of. The marks that RFC 3986
// allows and that end an attribute or an address in CSS are not among them.
var inURL = func() (all [256]bool) {
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!#$&*+,/:;=?@[]%") {
		all[c] = true
	}
	return all
}()
