package schema

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fursa/schema/document"
)

// respelt is a text as its format would have it, where only its spelling is
// wrong; else empty.
func respelt(format, s string) string {
	fix := spelling(format, strings.TrimSpace(s))
	if is, asserted := formats()[format]; fix != s && fix != "" && (!asserted || is(fix)) {
		return fix
	}
	return ""
}

func spelling(format, s string) string {
	switch format {
	case "uri":
		return address(s)
	case "slug":
		return Slugify(s)
	case "record-path":
		return recordPath(s)
	case "language-tag":
		if tag, ok := languagesByName()[strings.ToLower(s)]; ok {
			return tag
		}
		return canonicalTag(s)
	case "currency-code":
		return currencyOf(s)
	case "country-code":
		if code, ok := countriesByName()[strings.ToLower(s)]; ok {
			return code
		}
		return strings.ToUpper(s)
	case "time-zone":
		return strings.ReplaceAll(s, " ", "_")
	case "colour":
		return sixDigits(s)
	case "email":
		return mailbox(s)
	case "phone":
		return telephone(s)
	case "duration":
		return duration(s)
	case "date", "date-or-time", "local-time":
		value, _ := document.Meant(s)
		text, _ := value.(string)
		return text
	}
	return ""
}

var slashes = regexp.MustCompile(`^(?i)(https?)(?::/{0,3}|//?|:?\\\\|;//)`)

// address is a web address with the beginning that it lacks, or that was
// mistyped.
func address(s string) string {
	if strings.ContainsAny(s, " \t\n@") {
		return ""
	}
	if m := slashes.FindStringSubmatch(s); m != nil {
		return strings.ToLower(m[1]) + "://" + s[len(m[0]):]
	}
	if host, _, _ := strings.Cut(s, "/"); strings.Contains(host, ".") && !strings.Contains(s, ":") {
		return "https://" + s
	}
	return ""
}

var pathLike = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$`)

// recordPath is the path of a record without what files have around it.
func recordPath(s string) string {
	s = strings.ToLower(strings.Trim(strings.ReplaceAll(s, `\`, "/"), "/"))
	s = strings.TrimPrefix(s, "content/")
	s = strings.TrimSuffix(strings.TrimSuffix(s, ".md"), ".toml")
	if !pathLike.MatchString(s) {
		return ""
	}
	return s
}

// mailbox is an e-mail address out of a link, or out of brackets.
func mailbox(s string) string {
	if _, inside, ok := strings.Cut(s, "<"); ok {
		s = strings.TrimSuffix(strings.TrimSpace(inside), ">")
	}
	s, _, _ = strings.Cut(s, "?")
	if len(s) > len("mailto:") && strings.EqualFold(s[:len("mailto:")], "mailto:") {
		s = s[len("mailto:"):]
	}
	if strings.Count(s, "@") != 1 {
		return ""
	}
	return strings.Join(strings.Fields(s), "")
}

var (
	phoneLabel = regexp.MustCompile(`^(?i)(tel|phone|mobile|هاتف|جوال)\.?\s*[:.]?\s*`)
	phoneLike  = regexp.MustCompile(`^[+(]?[0-9][0-9 ().-]{3,30}$`)
)

// telephone is a number without a label or a link's scheme, in plain digits
// and with plain signs between.
func telephone(s string) string {
	s = phoneLabel.ReplaceAllString(latin(s), "")
	s = strings.NewReplacer("/", " ", "–", "-", "‑", "-", "\u00a0", " ", "\u200e", "", "\u200f", "", "(0)", "").Replace(s)
	if strings.HasSuffix(s, "+") { // written from right to left
		s = "+" + strings.TrimSuffix(s, "+")
	}
	if s = strings.TrimSpace(s); !phoneLike.MatchString(s) {
		return ""
	}
	return s
}

// latin is a text with 0 to 9 for Arabic and Persian digits.
func latin(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		}
		return r
	}, s)
}

var (
	durationLike = regexp.MustCompile(`^(?i)(\d{1,4}(?:[.,]5)?)\s*(\p{L}+)\.?(?:\s*(?:and|و|,)?\s*(\d{1,3})\s*(\p{L}+)\.?)?$`)
	clockLike    = regexp.MustCompile(`^(\d{1,2}):([0-5]\d)$`)
)

// units are the words of a duration, with the letter that ISO 8601 has for
// each.
var units = []struct {
	letter string
	words  []string
}{
	{"M", []string{"m", "min", "mins", "minute", "minutes", "دقيقة", "دقائق"}},
	{"H", []string{"h", "hr", "hrs", "hour", "hours", "ساعة", "ساعات"}},
	{"D", []string{"d", "day", "days", "يوم", "أيام"}},
	{"W", []string{"w", "week", "weeks", "أسبوع", "أسابيع"}},
}

func unit(word string) string {
	for _, u := range units {
		if slices.Contains(u.words, strings.ToLower(word)) {
			return u.letter
		}
	}
	return ""
}

// duration is an ISO 8601 duration of a number and a word for minutes, hours,
// days or weeks, or of hours and minutes.
func duration(s string) string {
	s = latin(s)
	if iso := strings.ToUpper(s); formats()["duration"](iso) {
		return iso
	}
	if m := clockLike.FindStringSubmatch(s); m != nil {
		return "PT" + strings.TrimLeft(m[1], "0") + "H" + strings.TrimLeft(m[2], "0") + "M"
	}
	m := durationLike.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	first, second := unit(m[2]), unit(m[4])
	count, err := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
	whole := err == nil && count == float64(int(count))
	switch {
	case m[4] == "" && whole && (first == "M" || first == "H"):
		return "PT" + m[1] + first
	case m[4] == "" && !whole && first == "H":
		return "PT" + strconv.Itoa(int(count*60)) + "M"
	case m[4] == "" && whole && first != "":
		return "P" + m[1] + first
	case whole && first == "H" && second == "M":
		return "PT" + m[1] + "H" + m[3] + "M"
	}
	return ""
}

// sixDigits is a colour as #rrggbb that was written without its # or with
// three digits, as CSS allows; empty for all else.
func sixDigits(s string) string {
	digits := strings.ToLower(strings.TrimPrefix(strings.TrimSpace(s), "#"))
	if strings.Trim(digits, "0123456789abcdef") != "" {
		return ""
	}
	switch len(digits) {
	case 3:
		return "#" + strings.Repeat(digits[:1], 2) + strings.Repeat(digits[1:2], 2) + strings.Repeat(digits[2:], 2)
	case 6:
		return "#" + digits
	}
	return ""
}
