package search

import (
	"strconv"
	"unicode/utf8"
)

// mostShared is how many units a line can share with the one before: a digit
// of base 36.
const mostShared = 35

// shared is how much two texts have in common at their beginnings, at most
// mostShared units: in bytes and in UTF-16 units.
func shared(a, b string) (size, units int) {
	for size < len(a) && size < len(b) {
		r, n := utf8.DecodeRuneInString(b[size:])
		if q, m := utf8.DecodeRuneInString(a[size:]); q != r || m != n || units+unitsIn(r) > mostShared {
			break
		}
		size, units = size+n, units+unitsIn(r)
	}
	return size, units
}

// appendFront appends a text as what it does not share with the one before.
func appendFront(to []byte, before, text string) []byte {
	size, units := shared(before, text)
	return append(append(to, strconv.FormatInt(int64(units), 36)[0]), text[size:]...)
}

// frontSize is the bytes of such a text with the break of its line.
func frontSize(before, text string) int {
	size, _ := shared(before, text)
	return len(text) - size + 2
}
