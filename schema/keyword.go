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
		e.add(e.withoutLine(e.problem(f, "only-true"), f.pointer, e.broken(f) == false))
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
		twice := repeated(e.broken(f).([]any))
		before := e.span(child(f.pointer, strconv.Itoa(twice-1)))
		f.pointer = child(f.pointer, strconv.Itoa(twice))
		e.add(e.fixed(e.problem(f, "listed-twice"), diag.Edit{Start: before.End, End: e.span(f.pointer).End}))
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
			if _, ok := table[name.(string)]; there && !ok && !e.wrong[child(f.pointer, key)] {
				e.add(diag.New("schema/alone", e.keySpan(child(f.pointer, key)), "key", key, "other", name))
			}
		}
	}
}

// wrongType says what should stand instead of a value of another type.
func (e *explainer) wrongType(f fault) diag.Diagnostic {
	name := named(f.pointer)
	fix, sure := e.retyped(f, name), true
	if fix == "" {
		fix, sure = example(e.trees.resolved(f.node)), false
	}
	line := fix
	parts := keys(f.pointer)
	if _, err := strconv.Atoi(parts[len(parts)-1]); err != nil {
		line = name + " = " + fix
	}
	d := hinted(e.problem(f, "wrong-type"), f.node["type"].(string), "fix", line)
	if !sure {
		return d
	}
	return e.fixed(d, e.beside(f, name, diag.Instead(e.span(f.pointer), fix))...)
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
	if meant, ok := valueMeant(s, names); ok {
		return e.rewritten(hinted(d, "near", "near", inline(meant)), f, inline(meant))
	}
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
			d := e.problem(f, "html-in-text", "tag", tag)
			if plain := withoutTags(s); isPlainText(plain) {
				return e.rewritten(d, f, quote(plain, false))
			}
			return d
		}
		return e.problem(f, "empty")
	}
	d := e.problem(f, "bad-"+format)
	if near := respelt(format, s); near != "" && e.allows(f, near) {
		return e.rewritten(hinted(d, "near", "near", inline(near)), f, inline(near))
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
