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
	value := lookup(e.value, f.pointer)
	key := named(e.place(f.pointer))
	at := e.span(f.pointer)
	if f.ofKey {
		parts := keys(f.pointer)
		value, at = parts[len(parts)-1], e.keySpan(f.pointer)
	}
	report := func(rule string, args ...any) diag.Diagnostic {
		return diag.New("schema/"+rule, at, append([]any{"key", key, "value", short(inline(value)), "limit", limit(f)}, args...)...)
	}
	switch f.keyword {
	case "required":
		e.missing(f)
	case "dependentRequired":
		e.alone(f)
	case "type", "const":
		e.add(e.wrongType(f, value, report))
	case "enum":
		e.add(notAllowed(f, value, report))
	case "format", "pattern":
		e.add(badFormat(f, value, report))
	case "minLength", "maxLength":
		e.add(report(lengthRule(f.keyword, value.(string)), "count", utf8.RuneCountInString(value.(string))))
	case "minimum":
		e.add(report("too-small"))
	case "exclusiveMinimum":
		e.add(report("not-positive"))
	case "maximum":
		e.add(report("too-large"))
	case "minItems", "minProperties":
		e.add(report("empty"))
	case "maxItems":
		e.add(report("too-many", "count", len(value.([]any))))
	case "uniqueItems":
		second := child(f.pointer, strconv.Itoa(repeated(value.([]any))))
		e.add(diag.New("schema/listed-twice", e.span(second), "value", inline(lookup(e.value, second)), "key", key))
	default:
		panic(fmt.Sprintf("schema: no words for the keyword %q", f.keyword))
	}
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
func (e *explainer) wrongType(f fault, value any, report func(string, ...any) diag.Diagnostic) diag.Diagnostic {
	wanted, _ := f.node["type"].(string)
	if f.keyword == "const" {
		return report("only-true")
	}
	fix := mended(f.node, value)
	if fix == "" {
		fix = example(e.trees.resolved(f.node))
	}
	if _, inList := strconv.Atoi(f.pointer[strings.LastIndexByte(f.pointer, '/')+1:]); inList != nil {
		fix = named(f.pointer) + " = " + fix
	}
	return hinted(report("wrong-type"), wanted, "fix", fix)
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
func notAllowed(f fault, value any, report func(string, ...any) diag.Diagnostic) diag.Diagnostic {
	var names, quoted []string
	for _, v := range f.node["enum"].([]any) {
		names = append(names, v.(string))
		quoted = append(quoted, inline(v))
	}
	d := report("unknown-value", "allowed", strings.Join(quoted, ", "))
	s, _ := value.(string)
	if near, ok := Near(strings.ToLower(s), names); ok {
		return hinted(d, "near", "near", inline(near))
	}
	return d
}

// badFormat says what a text is not: «bad-FORMAT».
func badFormat(f fault, value any, report func(string, ...any) diag.Diagnostic) diag.Diagnostic {
	format, _ := f.node["format"].(string)
	s := value.(string)
	d := report("bad-" + format)
	switch format {
	case "plain-text":
		if tag := tagIn(s); tag != "" {
			return report("html-in-text", "tag", tag)
		}
		return report("empty")
	case "uri":
		if isURI(s) {
			return hinted(d, "scheme", "pattern", f.node["pattern"])
		}
		if isURI("https://"+s) && strings.Contains(s, ".") && !strings.Contains(s, ":") {
			return hinted(d, "https", "fix", inline("https://"+s))
		}
	case "slug":
		if fix := Slugify(s); fix != "" {
			return hinted(d, "near", "near", inline(fix))
		}
	case "language-tag":
		if fix := canonicalTag(s); fix != "" && isLanguageTag(fix) {
			return hinted(d, "near", "near", inline(fix))
		}
	case "currency-code", "country-code":
		if fix := strings.ToUpper(s); formats()[format](fix) {
			return hinted(d, "near", "near", inline(fix))
		}
	case "date-or-time":
		if len(s) > len("2026-11-22T18:00:00") {
			return d.Hinted("offset")
		}
	case "record-path":
		return hinted(d, "", "example", example(f.node))
	}
	return d
}
