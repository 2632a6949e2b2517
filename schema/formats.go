package schema

import (
	"net/url"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"fursa/schema/when"
)

// formats are what our schemas' "format" asserts: those of the standard, of
// which we read "uri" more strictly, and our own. A format that stands beside
// a pattern (slug, record-path, phone, picture, public-key, block-address, colour, font-stack
// and others of a look) is asserted by it, and names the message only.
func formats() map[string]func(any) bool {
	return map[string]func(any) bool{
		"date":          text(func(s string) bool { _, err := when.ParseDate(s); return err == nil }),
		"local-time":    text(func(s string) bool { _, err := when.ParseClock(s); return err == nil }),
		"date-or-time":  text(func(s string) bool { _, err := when.ParseMoment(s); return err == nil }),
		"duration":      jsonschema.Formats["duration"],
		"email":         jsonschema.Formats["email"],
		"uri":           text(isURI),
		"language-tag":  text(isLanguageTag),
		"currency-code": text(isCurrency),
		"country-code":  text(isCountry),
		"time-zone":     text(isZoneName),
		"plain-text":    text(isPlainText),
	}
}

// text is a format of strings; of other types it says nothing.
func text(is func(string) bool) func(any) bool {
	return func(v any) bool {
		s, ok := v.(string)
		return !ok || is(s)
	}
}

// isURI says whether s is an absolute URI (RFC 3986), without blanks, that
// has a host where its scheme is that of the web.
func isURI(s string) bool {
	u, err := url.Parse(s)
	if err != nil || !u.IsAbs() || strings.ContainsAny(s, " \t\n<>\"") {
		return false
	}
	return u.Host != "" || u.Scheme != "http" && u.Scheme != "https"
}

// isLanguageTag says whether s is a BCP 47 tag of registered parts, written
// in the canonical way.
func isLanguageTag(s string) bool { return s != "und" && canonicalTag(s) == s }

// canonicalTag is how BCP 47 would have a tag written; empty for no tag.
func canonicalTag(s string) string {
	tag, err := language.Raw.Parse(s)
	if err != nil {
		return ""
	}
	return tag.String()
}

// isCurrency says whether s is a code of ISO 4217.
func isCurrency(s string) bool {
	_, err := currency.ParseISO(s)
	return err == nil && s == strings.ToUpper(s)
}

// isCountry says whether s is an alpha-2 code of ISO 3166-1.
func isCountry(s string) bool {
	region, err := language.ParseRegion(s)
	return err == nil && len(s) == 2 && s == strings.ToUpper(s) && region.IsCountry()
}

// isZoneName says whether s could name a zone of the IANA database. Whether
// it does is not asked here: the database changes without us.
func isZoneName(s string) bool {
	area, city, ok := strings.Cut(s, "/")
	return s == "UTC" || ok && area != "" && city != "" && !strings.ContainsAny(s, " .\\")
}

// isPlainText says whether s can be read as it stands: not blank, and with no
// tags of HTML in it.
func isPlainText(s string) bool { return strings.TrimSpace(s) != "" && tagIn(s) == "" }

// tagIn is the first HTML tag in a text; empty if there is none. "a < b" and
// "<3" are none.
func tagIn(s string) string {
	for {
		start := strings.IndexByte(s, '<')
		if start < 0 {
			return ""
		}
		s = s[start:]
		if end := strings.IndexByte(s, '>'); end > 1 && startsTag(s[1]) {
			return s[:end+1]
		}
		s = s[1:]
	}
}

func startsTag(c byte) bool {
	return c == '/' || c == '!' || c|0x20 >= 'a' && c|0x20 <= 'z'
}
