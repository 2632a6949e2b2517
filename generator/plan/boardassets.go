package plan

import (
	"fmt"
	"image/color"
	"strings"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/colour"
	"fursa/schema/diag"
)

// boardAssets are the style sheet and the script of all boards, and their
// paths.
type boardAssets struct {
	boardSheet, boardCode    []byte
	boardStyles, boardScript string
}

func (s *site) addBoardAssets() diag.List {
	sheet, problems := s.Theme.BoardSheet(BoardLook(s.Settings, s.base.Path))
	script, list := s.Theme.BoardScript()
	s.boardAssets = boardAssets{sheet, script, hashed("board.css", sheet), hashed("board.js", script)}
	return append(problems, list...)
}

// BoardLook is what a catalogue's look, and the colours of subjects, say on
// boards: as Look, without the cascade layers and colour spaces that browsers of
// old screens don't know.
func BoardLook(c schema.Catalogue, root string) string {
	var b strings.Builder
	for _, f := range c.Look.FontFiles {
		b.WriteString(fontFace(f, root))
	}
	light, _ := catalogue.Schemes(c.Look)
	fmt.Fprintf(&b, ":root { %s }\n", declarations(append(properties(light), fonts(c.Look.Fonts)...)))
	for n := 1; n <= colour.Subjects; n++ {
		tint, tone, deep := colour.Subject(n)
		fmt.Fprintf(&b, ".s-%d { --tint: %s; --tone: %s; --deep: %s }\n", n, hexOf(tint), hexOf(tone), hexOf(deep))
	}
	return b.String()
}

func hexOf(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
