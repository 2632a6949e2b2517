package schema

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"fursa/schema/diag"
)

// keyword reports one broken keyword of a schema.
func (e *explainer) keyword(f fault) {
	switch f.keyword {
	case "required":
		e.missing(f)
	case "dependentRequired":
		e.alone(f)
	case "type":
		e.add(e.wrongType(f))
	case "const":
		e.add(e.problem(f, "only-true"))
	case "enum":
		e.add(e.notAllowed(f))
	case "format", "pattern":
		e.add(e.badFormat(f))
	case "minLength", "maxLength":
		text := e.broken(f).(string)
		e.add(e.problem(f, lengthRule(f.keyword, text), "count", utf8.RuneCountInString(text)))
	case "minimum":
		e.add(e.problem(f, "too-small"))
	case "exclusiveMinimum":
		e.add(e.problem(f, "not-positive"))
	case "maximum":
		e.add(e.problem(f, "too-large"))
	case "minItems", "minProperties":
		e.add(e.problem(f, "empty"))
	case "maxItems":
		e.add(e.problem(f, "too-many", "count", len(e.broken(f).([]any))))
	case "uniqueItems":
		f.pointer = child(f.pointer, strconv.Itoa(repeated(e.broken(f).([]any))))
		e.add(e.problem(f, "listed-twice"))
	default:
		panic(fmt.Sprintf("schema: no words for the keyword %q", f.keyword))
	}
}

// broken is the value that a fault is about, or the name of it.
func (e *explainer) broken(f fault) any {
	if f.ofKey {
		parts := keys(f.pointer)
		return parts[len(parts)-1]
	}
	return lookup(e.value, f.pointer)
}

// problem is the rule at the place of a fault, with the key, the value and
// the limit that most messages speak of.
func (e *explainer) problem(f fault, rule string, args ...any) diag.Diagnostic {
	at := e.span(f.pointer)
	if f.ofKey {
		at = e.keySpan(f.pointer)
	}
	usual := []any{
		"key", named(e.place(f.pointer)), "value", short(inline(e.broken(f))), "limit", limit(f),
	}
	return diag.New("schema/"+rule, at, append(usual, args...)...)
}

func lengthRule(keyword, text string) string {
	switch {
	case strings.TrimSpace(text) == "":
		return "empty"
	case keyword == "minLength":
		return "too-short"
	}
	return "too-long"
}

// short is a text of which a message need not show all.
func short(s string) string {
	const enough = 40
	if r := []rune(s); len(r) > enough {
		return string(r[:enough]) + "…"
	}
	return s
}

// limit is the number that a keyword sets, as people write it.
func limit(f fault) string {
	n, _ := f.node[f.keyword].(float64)
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// missing reports the keys that a table lacks, one by one, with a line to
// paste.
func (e *explainer) missing(f fault) {
	table := lookup(e.value, f.pointer).(map[string]any)
	for _, name := range f.node["required"].([]any) {
		name := name.(string)
		if _, ok := table[name]; ok {
			continue
		}
		line := name + " = " + example(e.trees.property(f.node, name))
		e.add(diag.New("schema/missing-key", e.keySpan(f.pointer), "key", strconv.Quote(name), "line", line))
	}
}

// alone reports keys that stand without the one that they need.
func (e *explainer) alone(f fault) {
	table := lookup(e.value, f.pointer).(map[string]any)
	for key, needed := range f.node["dependentRequired"].(node) {
		for _, name := range needed.([]any) {
			_, there := table[key]
			if _, ok := table[name.(string)]; there && !ok {
				e.add(diag.New("schema/alone", e.keySpan(child(f.pointer, key)), "key", key, "other", name))
			}
		}
	}
}

// wrongType says what should stand instead of a value of another type.
func (e *explainer) wrongType(f fault) diag.Diagnostic {
	fix := mended(f.node, e.broken(f))
	if fix == "" {
		fix = example(e.trees.resolved(f.node))
	}
	parts := keys(f.pointer)
	last := parts[len(parts)-1]
	if _, err := strconv.Atoi(last); err != nil {
		fix = last + " = " + fix
	}
	return hinted(e.problem(f, "wrong-type"), f.node["type"].(string), "fix", fix)
}

// mended is a value as its schema wants it, where only its dress is wrong:
// quotes left out or put in, a list of one without its brackets; else empty.
func mended(n node, value any) string {
	s, isText := value.(string)
	_, isNumber := number(value)
	items, _ := n["items"].(node)
	switch n["type"] {
	case "string":
		if isNumber {
			return strconv.Quote(inline(value))
		}
	case "integer", "number":
		if f, err := strconv.ParseFloat(s, 64); isText && err == nil {
			return inline(f)
		}
	case "boolean":
		if s == "true" || s == "false" {
			return s
		}
	case "array":
		if isText && items["type"] != "object" {
			return "[" + inline(value) + "]"
		}
		if isNumber {
			return "[" + strconv.Quote(inline(value)) + "]"
		}
	}
	return ""
}

// notAllowed lists the values that are, and names the nearest.
func (e *explainer) notAllowed(f fault) diag.Diagnostic {
	var names, quoted []string
	for _, v := range f.node["enum"].([]any) {
		names = append(names, v.(string))
		quoted = append(quoted, inline(v))
	}
	d := e.problem(f, "unknown-value", "allowed", strings.Join(quoted, ", "))
	s, _ := e.broken(f).(string)
	if near, ok := Near(strings.ToLower(s), names); ok {
		return hinted(d, "near", "near", inline(near))
	}
	return d
}

// badFormat says what a text is not: «bad-FORMAT».
func (e *explainer) badFormat(f fault) diag.Diagnostic {
	s := e.broken(f).(string)
	format, _ := f.node["format"].(string)
	if format == "plain-text" {
		if tag := tagIn(s); tag != "" {
			return e.problem(f, "html-in-text", "tag", tag)
		}
		return e.problem(f, "empty")
	}
	d := e.problem(f, "bad-"+format)
	if near := respelt(format, s); near != "" {
		return hinted(d, "near", "near", inline(near))
	}
	switch {
	case format == "uri" && isURI(s):
		return d.Hinted("scheme")
	case format == "date-or-time" && len(s) > len("2026-11-22T18:00:00"):
		return d.Hinted("offset")
	case format == "record-path":
		return hinted(d, "", "example", example(f.node))
	}
	return d
}

// respelt is a text as its format would have it, where only its spelling is
// wrong; else empty.
func respelt(format, s string) string {
	fix := ""
	switch format {
	case "uri":
		if strings.Contains(s, ".") && !strings.Contains(s, ":") {
			fix = "https://" + s
		}
	case "slug":
		fix = Slugify(s)
	case "language-tag":
		fix = canonicalTag(s)
	case "currency-code", "country-code":
		fix = strings.ToUpper(s)
	case "colour":
		fix = sixDigits(s)
	}
	if is, asserted := formats()[format]; fix != "" && (!asserted || is(fix)) {
		return fix
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
