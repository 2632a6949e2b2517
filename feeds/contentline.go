package feeds

import (
	"strings"
	"time"
	"unicode/utf8"
)

// foldAt is the longest that a content line may be, in octets, its end not
// counted (RFC 5545, section 3.1).
const foldAt = 75

// contentLines are the lines of an iCalendar document. Empty values add none.
type contentLines struct {
	out  []byte
	line []byte
}

// add writes one line. Params is empty or begins with a semicolon. The value is
// as the document shall hold it, but for characters that no line can.
func (l *contentLines) add(name, params, value string) {
	l.write(name, params, line(value))
}

// addText writes a line whose value is text in a language, or in none that is
// known (RFC 5545, sections 3.3.11 and 3.2.10).
func (l *contentLines) addText(name, lang string, values ...string) {
	var text string
	for n, value := range values {
		if n > 0 {
			text += ","
		}
		text += escape(plain(value))
	}
	if lang != "" {
		lang = ";LANGUAGE=" + lang
	}
	l.write(name, lang, text)
}

// addDay writes a line whose value is a date.
func (l *contentLines) addDay(name string, t time.Time) {
	l.add(name, ";VALUE=DATE", t.Format("20060102"))
}

// addTime writes a line whose value is a time, local in t's zone with a TZID,
// or in UTC.
func (l *contentLines) addTime(name string, t time.Time) {
	if t.Location() == time.UTC {
		l.add(name, "", t.Format("20060102T150405Z"))
		return
	}
	l.add(name, ";TZID="+t.Location().String(), t.Format("20060102T150405"))
}

// write writes one line, broken where it is too long. A continuation's leading
// space counts; no break falls inside a character, and no continuation is
// empty.
func (l *contentLines) write(name, params, value string) {
	if value == "" {
		return
	}
	l.line = append(append(l.line[:0], name...), params...)
	l.line = append(append(l.line, ':'), value...)
	rest := l.line
	for limit := foldAt; len(rest) > limit; limit = foldAt - 1 {
		cut := limit
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		l.out = append(append(l.out, rest[:cut]...), "\r\n "...)
		rest = rest[cut:]
	}
	l.out = append(append(l.out, rest...), "\r\n"...)
}

func escape(text string) string {
	text = strings.ReplaceAll(text, `\`, `\\`)
	text = strings.ReplaceAll(text, ";", `\;`)
	text = strings.ReplaceAll(text, ",", `\,`)
	return strings.ReplaceAll(text, "\n", `\n`)
}

// line is what a value that is no text can hold: no end of a line.
func line(value string) string {
	return strings.ReplaceAll(plain(value), "\n", " ")
}
