package feeds

import (
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// Marks that no reader shows, and that have a direction.
const (
	leftToRight = "\u200e"
	rightToLeft = "\u200f"
)

// markAll gives plain texts the direction that they are read in; an empty one
// is not known.
func markAll(dir string, texts ...*string) {
	if dir == "" {
		return
	}
	for _, text := range texts {
		*text = Marked(*text, dir)
	}
}

// Marked is plain text that reads in its direction also where nothing says
// which that is: most programs take it from the first letter of a line, and an
// Arabic title can begin with a Latin name. Lines of one direction, and those
// that begin in the right one, stay as they are.
func Marked(text, dir string) string {
	mark, wrong := leftToRight, bidi.R
	if dir == "rtl" {
		mark, wrong = rightToLeft, bidi.L
	}
	var out strings.Builder
	for line := range strings.Lines(text) {
		if misread(line, wrong) {
			out.WriteString(mark)
		}
		out.WriteString(line)
	}
	return out.String()
}

// misread says whether the first letter of a text has the wrong direction, and
// a later one the right one.
func misread(text string, wrong bidi.Class) bool {
	begun := false
	for _, r := range text {
		class := directionOf(r)
		if class == bidi.ON {
			continue
		}
		if class != wrong {
			return begun
		}
		begun = true
	}
	return false
}

// directionOf is L or R of a letter or a mark, ON of all else.
func directionOf(r rune) bidi.Class {
	if r < 'A' {
		return bidi.ON
	}
	properties, _ := bidi.LookupRune(r)
	switch class := properties.Class(); class {
	case bidi.L, bidi.R:
		return class
	case bidi.AL:
		return bidi.R
	}
	return bidi.ON
}
