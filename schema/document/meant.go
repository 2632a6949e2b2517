package document

import (
	"strings"

	"fursa/schema/diag"
)

// Meant is what a text says if it is read as a value of a field, with what is
// certain mended: "5pm" is the string 17:00:00, "22 November 2026" is
// 2026-11-22, "٢٠" the number 20, "yes" true. It answers false where it says
// nothing but itself, or where that is not certain.
func Meant(text string) (value any, ok bool) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 100 || strings.ContainsAny(text, "\r\n#\"'[]{}=\\") {
		return nil, false
	}
	src := &diag.Source{Path: "meant.toml", Text: []byte("x = " + text + "\n")}
	for range 4 {
		d, problems := Parse(src)
		if d != nil {
			s, isText := d.Value["x"].(string)
			return d.Value["x"], !isText || s != text
		}
		fixes := problems.Fixes(src.Path)
		if fixes == nil {
			return nil, false
		}
		src = &diag.Source{Path: src.Path, Text: diag.Apply(src.Text, fixes)}
	}
	return nil, false
}
