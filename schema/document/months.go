package document

import (
	"regexp"
	"strings"
)

// months are the names that people write in dates, each month's in the order
// of the year: English, its short form, Arabic of the Gulf and of the Levant.
var months = [12][]string{
	{"january", "jan", "يناير", "كانون الثاني"},
	{"february", "feb", "فبراير", "شباط"},
	{"march", "mar", "مارس", "آذار"},
	{"april", "apr", "أبريل", "إبريل", "ابريل", "نيسان"},
	{"may", "مايو", "أيار"},
	{"june", "jun", "يونيو", "حزيران"},
	{"july", "jul", "يوليو", "تموز"},
	{"august", "aug", "أغسطس", "آب"},
	{"september", "sep", "sept", "سبتمبر", "أيلول"},
	{"october", "oct", "أكتوبر", "تشرين الأول"},
	{"november", "nov", "نوفمبر", "تشرين الثاني"},
	{"december", "dec", "ديسمبر", "كانون الأول"},
}

var (
	dayFirst   = regexp.MustCompile(`^(?:\p{L}+[,،]? +)?(\d{1,2})(?:st|nd|rd|th)?[ .-]+(?:of +)?(\p{L}[\p{L} ]*?)\.?[ ,،-]+(\d{4})((?:[ Tt]|,).*)?$`)
	monthFirst = regexp.MustCompile(`^(?:\p{L}+[,،] +)?(\p{L}+)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})((?:[ Tt]|,).*)?$`)
)

// spelt is a date whose month is a word, «22 November 2026», as
// year-month-day, with what follows it; empty where it is none.
func spelt(text string) string {
	day, name, year, rest := 0, "", 0, ""
	if m := dayFirst.FindStringSubmatch(text); m != nil {
		day, name, year, rest = number(m[1]), m[2], number(m[3]), m[4]
	} else if m := monthFirst.FindStringSubmatch(text); m != nil {
		name, day, year, rest = m[1], number(m[2]), number(m[3]), m[4]
	}
	for i, names := range months {
		for _, n := range names {
			if strings.EqualFold(n, name) && exists(year, i+1, day) {
				return iso(year, i+1, day) + retimed(rest)
			}
		}
	}
	return ""
}
