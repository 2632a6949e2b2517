package schema

import (
	"strconv"
	"strings"

	"fursa/schema/diag"
	"fursa/schema/document"
)

// retyped is a value of the wrong type as TOML should have it, where what was
// meant is certain; else empty.
func (e *explainer) retyped(f fault, name string) string {
	value, at := e.broken(f), e.span(f.pointer)
	written := string(at.Source.Text[at.Start:at.End])
	s, isText := value.(string)
	switch f.node["type"] {
	case "string":
		return textual(value, written)
	case "integer", "number":
		return numeral(s, name, f.node["type"] == "integer")
	case "boolean":
		if is, ok := document.Meant(s); ok && isText {
			if _, isBool := is.(bool); isBool {
				return inline(is)
			}
		}
	case "array":
		items, _ := f.node["items"].(node)
		return listed(e.trees.resolved(items), value, written)
	case "object":
		return tabled(name, value)
	}
	return ""
}

// textual is the text of a number, or of a list of one text.
func textual(value any, written string) string {
	if _, ok := number(value); ok {
		return strconv.Quote(written)
	}
	if list, ok := value.([]any); ok && len(list) == 1 {
		if s, ok := list[0].(string); ok {
			return inline(s)
		}
	}
	return ""
}

// numeral is the number that a text says: by itself, as a price, or as one of
// two coordinates.
func numeral(s, name string, whole bool) string {
	if value, ok := document.Meant(s); ok {
		if n, isNumber := number(value); isNumber && (!whole || n == float64(int(n))) {
			return inline(n)
		}
	}
	switch name {
	case "amount", "from", "to":
		if p, ok := priceOf(s); ok {
			return inline(p.amount)
		}
	case "latitude", "longitude":
		if lat, lon, ok := Coordinates(s); ok {
			return inline(map[string]float64{"latitude": lat, "longitude": lon}[name])
		}
	}
	return ""
}

// listed is a list of one, or of what a text says between commas.
func listed(items node, value any, written string) string {
	s, isText := value.(string)
	_, isTable := value.(map[string]any)
	switch {
	case isTable && items["type"] == "object" && strings.ContainsAny(written[:1], "{["):
		return "[" + written + "]"
	case isText && items["type"] == "string":
		return "[" + strings.Join(parts(s, items), ", ") + "]"
	case items["type"] == "string":
		if _, ok := number(value); ok {
			return "[" + strconv.Quote(written) + "]"
		}
	}
	return ""
}

// parts are the texts between commas, quoted; a text whole where commas may
// stand in one.
func parts(s string, items node) []string {
	_, words := items["enum"]
	if format := items["format"]; !words && format != "slug" && format != "language-tag" && format != "record-path" {
		return []string{inline(s)}
	}
	var list []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(",،;؛", r) }) {
		list = append(list, inline(strings.TrimSpace(part)))
	}
	return list
}

// tabled is the table that a single value says, by the name of its key.
func tabled(name string, value any) string {
	s, _ := value.(string)
	switch name {
	case "cost":
		return costTable(value)
	case "ages", "group":
		return rangeTable(value)
	case "contact", "registration":
		if mail := mailbox(s); mail != "" && formats()["email"](mail) {
			return "{ email = " + strconv.Quote(mail) + " }"
		}
		if name == "registration" && isURI(s) && strings.HasPrefix(s, "http") {
			return "{ url = " + strconv.Quote(s) + " }"
		}
		if phone := telephone(s); phone != "" {
			return "{ phone = " + strconv.Quote(phone) + " }"
		}
	case "place":
		if lat, lon, ok := Coordinates(s); ok {
			return "{ latitude = " + inline(lat) + ", longitude = " + inline(lon) + " }"
		}
	}
	return ""
}

// beside is an edit of a value with what the same text says for another key
// of its table: the currency of a price, the second of two coordinates. It is
// nil where that key says something else.
func (e *explainer) beside(f fault, name string, edit diag.Edit) []diag.Edit {
	s, _ := e.broken(f).(string)
	table, _ := lookup(e.value, parent(f.pointer)).(map[string]any)
	key, value := "", any(nil)
	switch name {
	case "amount", "from", "to":
		if p, ok := priceOf(s); ok && p.currency != "" {
			key, value = "currency", p.currency
		}
	case "latitude", "longitude":
		if lat, lon, ok := Coordinates(s); ok {
			key, value = "longitude", lon
			if name == key {
				key, value = "latitude", lat
			}
		}
	}
	there, given := table[key]
	switch {
	case key == "":
	case !given && f.pointer != "":
		edit.Text += e.between(f.pointer) + key + " = " + inline(value)
	case key == "currency" && there != value:
		return nil
	}
	return []diag.Edit{edit}
}

// between is what stands between a field and another that follows it in the
// same table: a comma in an inline table, else a new line.
func (e *explainer) between(pointer string) string {
	at := e.keySpan(pointer)
	table := e.span(parent(pointer))
	if table.Start < table.End && table.Source.Text[table.Start] == '{' {
		return ", "
	}
	line := at.Source.Text[:at.Start]
	return "\n" + string(line[strings.LastIndexByte(string(line), '\n')+1:])
}
