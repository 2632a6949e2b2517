package document

import (
	"regexp"
	"strings"
	"unicode"

	"fursa/schema/diag"
)

// corrected is a fault of the fields with its fix, where only one correction
// is possible: what people see in the line leaves no other. A fix is kept only
// if the text can then be read beyond the fault.
func corrected(src *diag.Source, fields part, fault diag.Diagnostic) diag.Diagnostic {
	c := correction{src.Text, fields, fault}
	fix := c.edits()
	if fix == nil {
		return fault
	}
	text := diag.Apply(src.Text, []diag.Fix{fix})
	if string(text) == string(src.Text) {
		return fault
	}
	end := fields.end + len(text) - len(src.Text)
	_, next := scan(&diag.Source{Path: src.Path, Text: text}, part{fields.start, end}, true)
	if next != nil && next.Span.Start <= fault.Span.Start {
		return fault
	}
	return fault.Fixed(fix...)
}

// correction looks for the fix of one fault.
type correction struct {
	text   []byte
	fields part
	fault  diag.Diagnostic
}

// edits are the fix that a fault's rule suggests, nil for none.
func (c correction) edits() diag.Fix {
	switch c.fault.Rule {
	case "document/smart-quote":
		return c.straightened()
	case "document/unquoted-text":
		return c.quoted()
	case "document/wrong-digits":
		return c.instead(c.arg("plain"))
	case "document/number-comma":
		return c.only(c.arg("plain"))
	case "document/date-order":
		return c.dated()
	case "document/no-such-time":
		return c.timed()
	case "document/missing-quote":
		return c.ended()
	case "document/missing-value":
		return c.listed()
	case "document/bad-key":
		return c.joined()
	case "document/missing-equals":
		return c.equalled()
	case "document/missing-bracket":
		return c.bracketed()
	case "document/missing-comma":
		return c.comma()
	case "document/extra-comma":
		return c.instead("")
	case "document/text-after-value":
		return c.escaped()
	case "document/bad-escape":
		return c.doubled()
	case "document/invisible-character":
		return c.seen()
	}
	return nil
}

func (c correction) arg(name string) string {
	for _, a := range c.fault.Args {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// marked is the text that the fault points at.
func (c correction) marked() string { return string(c.text[c.fault.Span.Start:c.fault.Span.End]) }

// instead writes a text over what the fault points at.
func (c correction) instead(text string) diag.Fix {
	return diag.Fix{diag.Instead(c.fault.Span, text)}
}

// only is instead where the fault's hint names one text, not two.
func (c correction) only(text string) diag.Fix {
	if c.fault.Variant != "" || text == "" {
		return nil
	}
	return c.instead(text)
}

// line is the line that the fault begins in, without a CR.
func (c correction) line() part {
	at := c.fault.Span.Start
	start := strings.LastIndexByte(string(c.text[:at]), '\n') + 1
	end := min(line(c.text, at).end, max(c.fields.end, at))
	return part{start, start + len(strings.TrimRight(string(c.text[start:end]), "\r"))}
}

// straightened writes straight quotation marks for the curly ones of a line:
// certain where the line has no straight ones inside the curly.
func (c correction) straightened() diag.Fix {
	l := c.line()
	var fix diag.Fix
	for i, r := range string(c.text[l.start:l.end]) {
		at := l.start + i
		switch {
		case smart(r):
			fix = append(fix, diag.Edit{Start: at, End: at + len(string(r)), Text: `"`})
		case r == '#' && len(fix)%2 == 0:
			return fix
		}
	}
	if len(fix) > 2 && strings.Contains(string(c.text[l.start:l.end]), `"`) {
		return nil
	}
	return fix
}

// quoted puts text between quotation marks, unless it seems to go on with
// another field.
func (c correction) quoted() diag.Fix {
	if plain := c.arg("plain"); c.fault.Variant == "boolean" {
		return c.instead(plain)
	}
	if strings.ContainsAny(c.marked(), "=[]{}") || strings.HasSuffix(c.arg("quoted"), `…"`) {
		return nil
	}
	return c.instead(c.arg("quoted"))
}

// dated writes a date as year-month-day. Two digits are taken for a year only
// where no other order of the three makes a date.
func (c correction) dated() diag.Fix {
	m := dateLike.FindStringSubmatch(c.marked())
	if m != nil && len(m[1]) <= 2 && len(m[4]) <= 2 && exists(2000+number(m[1]), number(m[3]), number(m[4])) {
		return nil
	}
	if m != nil && !saysHalf(strings.TrimLeft(m[5], " Tt")) {
		return nil
	}
	return c.only(c.arg("iso"))
}

// timed writes a time of day with hours up to 23: certain where am or pm is
// said, or the hour can't be one of the afternoon.
func (c correction) timed() diag.Fix {
	if c.fault.Variant != "example" {
		return nil
	}
	clock := c.marked()
	if m := dateLike.FindStringSubmatch(clock); m != nil {
		clock = strings.TrimLeft(m[5], " Tt")
	}
	if !saysHalf(clock) {
		return nil
	}
	return c.instead(c.arg("example"))
}

// saysHalf says whether a time of day, or nothing, leaves no doubt of which
// half of the day is meant.
func saysHalf(clock string) bool {
	m := timeLike.FindStringSubmatch(clock)
	return clock == "" || m == nil || m[3] != "" || number(m[1]) > 7 || strings.HasPrefix(clock, "0")
}

// ended closes a text at the end of its line: certain for a field that has
// the line to itself.
func (c correction) ended() diag.Fix {
	value := c.marked()
	l := c.line()
	before := strings.TrimSpace(string(c.text[l.start:c.fault.Span.Start]))
	if value == `"""` {
		return c.endedBelow()
	}
	if inner, ok := strings.CutSuffix(value, "]"); ok && strings.HasSuffix(before, "[") && !strings.ContainsAny(inner[1:], `"'#,[]{}=`) {
		end := c.fault.Span.Start + len(inner)
		return diag.Fix{{Start: end, End: end, Text: value[:1]}}
	}
	if len(value) < 2 || strings.HasPrefix(value, `""`) || strings.ContainsAny(value, "#[]{}=") ||
		!strings.HasSuffix(before, "=") || strings.ContainsAny(before, "[{") {
		return nil
	}
	end := c.fault.Span.End
	return diag.Fix{{Start: end, End: end, Text: value[:1]}}
}

var wordsLike = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*( +[A-Za-z0-9_-]+)+$`)

// joined writes _ for the spaces in a name.
func (c correction) joined() diag.Fix {
	if !wordsLike.MatchString(c.marked()) {
		return nil
	}
	return c.instead(strings.Join(strings.Fields(c.marked()), "_"))
}

// endedBelow closes a text of several lines at its first line that ends in
// one quotation mark or two, if a field, a section or nothing follows.
func (c correction) endedBelow() diag.Fix {
	l := line(c.text, min(c.line().end+1, c.fields.end))
	for ; l.end < c.fields.end; l = line(c.text, l.end+1) {
		text := strings.TrimRight(string(c.text[l.start:l.end]), " \t\r")
		next := c.text[min(l.end+1, c.fields.end):c.fields.end]
		if statementLike.Match(next) || len(next) == 0 {
			end := l.start + len(text)
			start := l.start + len(strings.TrimRight(text, `"`))
			if start == end {
				return nil
			}
			return diag.Fix{{Start: start, End: end, Text: `"""`}}
		}
	}
	return nil
}

var itemLike = regexp.MustCompile(`^\s*- +(\S.*?)\s*$`)

// listed writes the items that YAML has below a key, between brackets.
func (c correction) listed() diag.Fix {
	if c.fault.Variant != "list" {
		return nil
	}
	l := c.line()
	start, end := l.start+len(strings.TrimRight(string(c.text[l.start:l.end]), " \t")), l.end
	var items []string
	for next := line(c.text, min(l.end+1, c.fields.end)); ; next = line(c.text, min(next.end+1, c.fields.end)) {
		m := itemLike.FindStringSubmatch(string(c.text[next.start:next.end]))
		if m == nil || next.end > c.fields.end {
			break
		}
		item := m[1]
		if !isValue(item) {
			item = quote(item)
		}
		items, end = append(items, item), next.end
	}
	return diag.Fix{{Start: start, End: end, Text: " [" + strings.Join(items, ", ") + "]"}}
}

// equalled writes the = of a field of which there is all else.
func (c correction) equalled() diag.Fix {
	at := c.fault.Span.End
	rest := strings.TrimSpace(string(c.text[at:max(c.line().end, at)]))
	if c.fault.Variant == "colon" && rest != "" {
		start := c.fault.Span.Start
		space := ""
		if at < len(c.text) && c.text[at] != ' ' {
			space = " "
		}
		return diag.Fix{{Start: start, End: at, Text: " =" + space}}
	}
	if isValue(rest) {
		return diag.Fix{{Start: at, End: at, Text: " ="}}
	}
	return nil
}

var (
	headerLike = regexp.MustCompile(`^\[\[?[A-Za-z0-9_.-]+\]?$`)
	listLike   = regexp.MustCompile(`^\[([^\[\]{}#=]|"[^"]*")*$`)
)

// bracketed closes a header, or a list that has its line to itself.
func (c correction) bracketed() diag.Fix {
	bracket := c.arg("bracket")
	if c.fault.Variant == "header" {
		marked := c.marked()
		if !headerLike.MatchString(marked) {
			return nil
		}
		return c.instead(strings.TrimRight(marked, "]") + bracket)
	}
	end := c.line().end
	value := strings.TrimRight(string(c.text[c.fault.Span.Start:end]), " \t")
	entries := strings.TrimRight(value, ", \t")
	if bracket != "]" || entries == "[" || !listLike.MatchString(value) {
		return nil
	}
	at := c.fault.Span.Start + len(entries)
	return diag.Fix{{Start: at, End: c.fault.Span.Start + len(value), Text: bracket}}
}

// comma writes the comma that is missing, or was another mark.
func (c correction) comma() diag.Fix {
	if c.fault.Variant == "mark" {
		return c.instead(",")
	}
	if !strings.ContainsAny(c.marked(), `"'[{0123456789`) {
		return nil
	}
	at := len(strings.TrimRight(string(c.text[:c.fault.Span.Start]), " \t\r\n"))
	return diag.Fix{{Start: at, End: at, Text: ","}}
}

// escaped writes a backslash before quotation marks inside a text: certain
// where the line is one field whose text ends it.
func (c correction) escaped() diag.Fix {
	l := c.line()
	_, value, _ := strings.Cut(string(c.text[l.start:l.end]), "=")
	value = strings.TrimSpace(value)
	if c.fault.Variant != "quote" || len(value) < 2 || value[0] != '"' || !strings.HasSuffix(value, `"`) ||
		strings.ContainsAny(value, `\#=`) {
		return nil
	}
	inner := strings.ReplaceAll(value[1:len(value)-1], `"`, `\"`)
	start := l.start + strings.IndexByte(string(c.text[l.start:l.end]), '"')
	return diag.Fix{{Start: start, End: start + len(value), Text: `"` + inner + `"`}}
}

// doubled writes two backslashes for each one of a line: certain where none of
// them begins a special character.
func (c correction) doubled() diag.Fix {
	l := c.line()
	var fix diag.Fix
	for i := l.start; i < l.end; i++ {
		if c.text[i] != '\\' {
			continue
		}
		if i+1 < l.end && strings.IndexByte("btnfre\"\\xuU", c.text[i+1]) >= 0 {
			return nil
		}
		fix = append(fix, diag.Edit{Start: i, End: i + 1, Text: `\\`})
	}
	return fix
}

// seen writes a plain space for an invisible one, and nothing for a mark.
func (c correction) seen() diag.Fix {
	for _, r := range c.marked() {
		if unicode.Is(unicode.Z, r) {
			return c.instead(" ")
		}
	}
	return c.instead("")
}
