package convert

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Encodings are those that Mend knows.
var Encodings = []string{"utf-8", "macintosh", "windows-1252"}

// Mend restores texts that somebody read in the wrong encoding: UTF-8 or
// Windows-1252 or Mac OS Roman taken for Latin-1 or Windows-1252. The
// encodings are tried in turn, and a text is changed only where that is
// certain: it shows a sign that no healthy text shows, all of it was one of
// the encoding's texts, and what comes out is words. With no encodings
// nothing is changed.
func Mend(s string, encodings []string) (mended string, changed bool) {
	if isASCII(s) {
		return s, false
	}
	for _, name := range encodings {
		out, ok := s, false
		switch name {
		case "utf-8":
			out, ok = mendUTF8(s)
		case "macintosh":
			out, ok = mendBytes(s, charmap.Macintosh)
		case "windows-1252":
			out, ok = mendBytes(s, charmap.Windows1252)
		}
		if ok {
			return out, true
		}
	}
	return s, false
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// mendUTF8 mends each run of foreign letters by itself: "â€™" is an
// apostrophe beside letters that are right.
func mendUTF8(s string) (string, bool) {
	var b strings.Builder
	changed := false
	runes := []rune(s)
	for i := 0; i < len(runes); {
		end := i
		for end < len(runes) && runes[end] >= utf8.RuneSelf {
			end++
		}
		if end == i {
			b.WriteRune(runes[i])
			i++
			continue
		}
		afterCapital := i > 0 && unicode.IsUpper(runes[i-1])
		if run, ok := fromUTF8(runes[i:end], afterCapital); ok {
			b.WriteString(run)
			changed = true
		} else {
			b.WriteString(string(runes[i:end]))
		}
		i = end
	}
	return b.String(), changed
}

// fromUTF8 reads a run of letters as the bytes of UTF-8 that they once were.
// Two letters alone may be what they seem (ends of words in capitals before a
// quote or a dash, "CAFÉ—"), so only what begins with Â or Ã is certain.
func fromUTF8(run []rune, afterCapital bool) (string, bool) {
	bytes := make([]byte, 0, len(run))
	for _, r := range run {
		c, ok := singleByte(r)
		if !ok {
			return "", false
		}
		bytes = append(bytes, c)
	}
	if len(bytes) < 2 || !utf8.Valid(bytes) {
		return "", false
	}
	if len(bytes) == 2 {
		punctuation := bytes[1] == 0x85 || bytes[1] >= 0x91 && bytes[1] <= 0x97
		if bytes[0] > 0xC3 || afterCapital && punctuation {
			return "", false
		}
	}
	return string(bytes), true
}

// singleByte is the byte that Windows-1252 or Latin-1 shows as r.
func singleByte(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}

// mendBytes reads the whole text anew as bytes of an encoding.
func mendBytes(s string, encoding *charmap.Charmap) (string, bool) {
	runes := []rune(s)
	sign := false
	out := make([]rune, len(runes))
	for i, r := range runes {
		if r >= 0x100 {
			return s, false // Latin-1 cannot have shown it
		}
		sign = sign || isSign(runes, i)
		out[i] = encoding.DecodeByte(byte(r))
	}
	if !sign {
		return s, false
	}
	for i, r := range out {
		if r >= utf8.RuneSelf && !belongs(out, i) {
			return s, false
		}
	}
	return string(out), true
}

// isSign says whether the i-th letter is one that no healthy text shows
// there: a control character, a capital foreign letter within a word or
// alone, a diaeresis alone, "ÁHola".
func isSign(runes []rune, i int) bool {
	r := runes[i]
	before, after, next := at(runes, i-1), at(runes, i+1), at(runes, i+2)
	switch {
	case r < 0x80:
		return false
	case r < 0xA0 || r == '¨':
		return true
	case !unicode.IsUpper(r):
		return false
	case unicode.IsLower(before):
		return true
	case !unicode.IsLetter(before) && !unicode.IsLetter(after):
		return strings.ContainsRune("ÐÑÒÓÔÕ", r)
	}
	return !unicode.IsLetter(before) && unicode.IsUpper(after) && unicode.IsLower(next)
}

// belongs says whether the i-th letter fits where it stands: a letter of the
// same case as its word, or a common mark.
func belongs(runes []rune, i int) bool {
	r, before, after := runes[i], at(runes, i-1), at(runes, i+1)
	switch {
	case strings.ContainsRune("‘’“”–—…•©®™°¡¿«»·€\u00a0", r):
		return true
	case !unicode.Is(unicode.Latin, r):
		return false
	case unicode.IsUpper(r):
		return !unicode.IsLower(before)
	case !unicode.IsLetter(before) && !unicode.IsLetter(after):
		return slices.Contains([]rune("àáéèêíìóòúù"), r)
	}
	return !unicode.IsUpper(after)
}

func at(runes []rune, i int) rune {
	if i < 0 || i >= len(runes) {
		return ' '
	}
	return runes[i]
}
