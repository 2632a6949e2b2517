package plan

import (
	"cmp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf16"

	"fursa/feeds"
)

const (
	// textColumns is how wide the lines of a plain e-mail are: answers put a
	// mark before each, and old programs break at 80.
	textColumns = 78
	// messageUnits is how long a message for group chats is at the most, as
	// the apps count: in UTF-16.
	messageUnits = 999
	// nameUnits is as much of a name as a message has room for.
	nameUnits = 100
)

// mailText is an issue as plain text, one language after the other. Addresses
// have lines of their own.
func mailText(columns []IssueView) string {
	var parts []string
	for _, v := range columns {
		t := mailLines{dir: v.Dir}
		t.issue(v)
		parts = append(parts, t.String())
	}
	return strings.Join(parts, "\n"+strings.Repeat("=", textColumns-6)+"\n\n")
}

// mailLines is plain text of a direction.
type mailLines struct {
	strings.Builder
	dir string
}

func (t *mailLines) issue(v IssueView) {
	t.line(v.Name, v.Days)
	t.line("")
	for _, s := range []string{v.Notice, v.Empty} {
		if s != "" {
			t.line(s, "")
		}
	}
	for _, c := range v.Chapters {
		t.line("== "+c.Heading+" ==", "")
		for _, x := range c.Entries {
			t.entry(x)
		}
		if c.More != "" {
			t.line(c.More, "")
		}
	}
	t.line(v.All.Text, v.All.URL, "", v.Site.Text, v.Site.URL)
}

func (t *mailLines) entry(x EntryView) {
	title := x.Title.Text
	if x.New != "" {
		title += " (" + x.New + ")"
	}
	for _, s := range []string{title, x.Note, x.Line, x.Summary.Text, x.URL} {
		if s != "" {
			t.line(s)
		}
	}
	t.line("")
}

// line writes texts, each from a new line on, broken between words and marked
// so that each of their lines reads in its direction.
func (t *mailLines) line(texts ...string) {
	for _, text := range texts {
		t.WriteString(feeds.Marked(wrapped(text, textColumns), t.dir) + "\n")
	}
}

// wrapped is a text in lines of so many columns; a word that is longer has a
// line of its own.
func wrapped(text string, columns int) string {
	var b strings.Builder
	used := 0
	for _, word := range wordsOf(text) {
		width := columnsOf(word)
		switch {
		case used == 0:
		case used+1+width > columns:
			b.WriteByte('\n')
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += width
	}
	return b.String()
}

// wordsOf are the words of a text; no-break spaces stay within them.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) })
}

// columnsOf is how many columns a text takes: marks take none.
func columnsOf(text string) int {
	n := 0
	for _, r := range text {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			n++
		}
	}
	return n
}

// message is the week for group chats, in all of the newsletter's languages.
func (n *newsletter) message() string {
	var texts []string
	for _, m := range n.messages() {
		texts = append(texts, m.Text)
	}
	return strings.Join(texts, "\n\n")
}

// messages are the parts of the message, a language each, with as many
// listings as it has room for.
func (n *newsletter) messages() []Text {
	issue := n.issue(0)
	all := size(issue)
	with := func(listings int) []Text { return messagesOf(n.columns(0, shortened(issue, listings))) }
	fits := func(listings int) bool {
		length := 2 * (len(n.editions) - 1)
		for _, m := range with(listings) {
			length += units(m.Text)
		}
		return length <= messageUnits
	}
	// Fewer listings make it shorter: the first number that is too many.
	return with(sort.Search(all, func(listings int) bool { return !fits(listings + 1) }))
}

func messagesOf(columns []IssueView) []Text {
	texts := make([]Text, len(columns))
	for i, v := range columns {
		lines := []string{clipped(v.Name), v.Days}
		if v.Empty != "" {
			lines = append(lines, v.Empty)
		}
		for _, c := range v.Chapters {
			if len(c.Entries) == 0 {
				continue
			}
			lines = append(lines, "", c.Heading+":")
			for _, x := range c.Entries {
				lines = append(lines, "• "+joined(" – ", x.Title.Text, x.Short))
			}
		}
		lines = append(lines, "", cmp.Or(v.Left, v.All.Text)+":", v.All.URL)
		for j, line := range lines {
			lines[j] = feeds.Marked(strings.Join(wordsOf(line), " "), v.Dir)
		}
		texts[i] = Text{strings.Join(lines, "\n"), v.Lang, v.Dir}
	}
	return texts
}

// units is how long a text is in UTF-16.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// clipped is as much of a name as a message has room for.
func clipped(s string) string {
	if runes := []rune(s); len(runes) > nameUnits {
		return string(runes[:nameUnits-1]) + "…"
	}
	return s
}
