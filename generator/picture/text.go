package picture

import (
	"image"
	"image/color"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/render"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"
)

// longest is how many characters of a text are looked at: more than four
// lines hold at any size.
const longest = 600

// A typesetter shapes and wraps text. It keeps what that costs to set up, and
// serves one goroutine at a time.
type typesetter struct {
	segmenter shaping.Segmenter
	shaper    shaping.HarfbuzzShaper
	wrapper   shaping.LineWrapper
}

// A style is how a text is set: language and size in pixels; rtl says which
// way it runs unless all its letters run the other way.
type style struct {
	face     *font.Face
	size     int
	language language.Language
	rtl      bool
}

// only is the font map of a single face.
type only struct{ *font.Face }

func (o only) ResolveFace(rune) *font.Face { return o.Face }

// shown is a text on one line, of the characters that a face has: better an
// emoji less than a box in its place. The marks that steer direction and
// joining stay.
func shown(text string, face *font.Face) []rune {
	var runes []rune
	for _, r := range strings.Join(strings.Fields(text), " ") {
		_, has := face.NominalGlyph(r)
		if has || unicode.In(r, unicode.Bidi_Control, unicode.Join_Control) {
			runes = append(runes, r)
		}
		if len(runes) == longest {
			break
		}
	}
	return []rune(strings.Join(strings.Fields(string(runes)), " "))
}

// runsFrom is the direction of a text as a whole. A text in Latin letters
// keeps its full stop at its right end in a picture from right to left, too.
func (s style) runsFrom(text []rune) di.Direction {
	var left, right bool
	for _, r := range text {
		properties, _ := bidi.LookupRune(r)
		switch properties.Class() {
		case bidi.L:
			left = true
		case bidi.R, bidi.AL:
			right = true
		}
	}
	if right && (s.rtl || !left) || s.rtl && !left {
		return di.DirectionRTL
	}
	return di.DirectionLTR
}

// shape turns text into runs of glyphs, each of one script and direction, in
// the order in which they are read.
func (t *typesetter) shape(text []rune, s style, direction di.Direction) []shaping.Output {
	input := shaping.Input{
		Text: text, RunEnd: len(text), Direction: direction,
		Face: s.face, Size: fixed.I(s.size), Language: s.language,
	}
	var runs []shaping.Output
	for _, run := range t.segmenter.Split(input, only{s.face}) {
		runs = append(runs, t.shaper.Shape(run))
	}
	return runs
}

// wrap breaks text into at most so many lines of a width in pixels, between
// words only, or within words that are longer than a line. Whole says whether
// all of it fits; if not, it ends in an ellipsis, or a word is too long. The
// lines are good until the next call.
func (t *typesetter) wrap(text []rune, s style, width, lines int, within shaping.LineBreakPolicy) (wrapped []shaping.Line, whole bool) {
	if len(text) == 0 {
		return nil, true
	}
	direction := s.runsFrom(text)
	config := shaping.WrapConfig{Direction: direction, TruncateAfterLines: lines, BreakPolicy: within}
	config.Truncator = t.shape([]rune{'…'}, s, direction)[0]
	wrapped, left := t.wrapper.WrapParagraph(config, width, text, shaping.NewSliceIterator(t.shape(text, s, direction)))
	tooLong := func(line shaping.Line) bool { return advance(line) > width }
	return wrapped, left == 0 && !slices.ContainsFunc(wrapped, tooLong)
}

// balance wraps text that fits into so many lines of a width so that they are
// about equally long: no word stands alone in the last one.
func (t *typesetter) balance(text []rune, s style, width, lines int) []shaping.Line {
	for low := width / 2; width-low > 16; {
		middle := (low + width) / 2
		if _, whole := t.wrap(text, s, middle, lines, shaping.Never); whole {
			width = middle
		} else {
			low = middle
		}
	}
	wrapped, _ := t.wrap(text, s, width, lines, shaping.Never)
	return wrapped
}

// drawLine adds a line to the coverage in to, from x on, with its baseline at y.
func drawLine(line shaping.Line, to *image.Alpha, x, y int) {
	slices.SortFunc(line, func(a, b shaping.Output) int { return int(a.VisualIndex - b.VisualIndex) })
	at := fixed.I(x)
	for _, run := range line {
		pen := render.Renderer{FontSize: float32(run.Size) / 64, Color: color.Opaque}
		strip, base := stripOf(to, run, y)
		pen.DrawShapedRunAt(run, strip, at.Round(), base)
		at += run.Advance
	}
}

// stripOf is the rows of a picture that a run with the baseline y can reach,
// and the baseline in them: the renderer's time goes by the size of the
// picture. They are whole rows, since it takes pixels for one piece.
func stripOf(picture *image.Alpha, run shaping.Output, y int) (strip *image.Alpha, base int) {
	top := min(max(y-run.GlyphBounds.Ascent.Ceil()-1, 0), picture.Rect.Dy())
	bottom := max(min(y-run.GlyphBounds.Descent.Floor()+1, picture.Rect.Dy()), top)
	return &image.Alpha{
		Pix: picture.Pix[top*picture.Stride : bottom*picture.Stride], Stride: picture.Stride,
		Rect: image.Rect(0, 0, picture.Rect.Dx(), bottom-top),
	}, y - top
}

// advance is the width of a line in pixels.
func advance(line shaping.Line) int {
	var sum fixed.Int26_6
	for _, run := range line {
		sum += run.Advance
	}
	return sum.Round()
}
