package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image/color"
	"io"
	"sync"

	"codeberg.org/go-fonts/dejavu/dejavusanscondensed"
	"codeberg.org/go-fonts/dejavu/dejavusanscondensedbold"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
)

// design is the version of how previews look: previews that would look
// different now need a new one, so that their names are new ones too.
const design = 1

// The size of a preview in pixels, as Open Graph and WhatsApp want it.
const (
	PreviewWidth  = 1200
	PreviewHeight = 630
)

// A Preview is what the picture of a page says when the page is shared.
// Any text may be empty, and may be of any length; what there is no room for
// ends in an ellipsis. Lines are shown in their order, at most three.
type Preview struct {
	Site, Kind, Title string
	Lines             []string
	Lang              string // BCP 47, of the texts
	RTL               bool   // laid out from the right
	Ground, Ink, Tone color.NRGBA
	Seed              string // of the pattern
}

// Hash is 20 hexadecimal digits of all that the picture depends on: for its
// name.
func (p Preview) Hash() string {
	text, err := json.Marshal(struct {
		Design int
		Preview
	}{design, p})
	if err != nil {
		panic(fmt.Sprintf("a preview is plain data: %v", err))
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:10])
}

// A Painter paints previews, for several goroutines at once.
type Painter struct {
	easels sync.Pool // of *easel
}

// NewPainter reads the fonts, which are part of the program.
func NewPainter() (*Painter, error) {
	regular, err := readFont(dejavusanscondensed.TTF)
	if err != nil {
		return nil, err
	}
	bold, err := readFont(dejavusanscondensedbold.TTF)
	if err != nil {
		return nil, err
	}
	return &Painter{sync.Pool{New: func() any { return newEasel(regular, bold) }}}, nil
}

// Paint writes a preview as PNG.
func (p *Painter) Paint(w io.Writer, preview Preview) error {
	e := p.easels.Get().(*easel)
	defer p.easels.Put(e)
	if err := e.figure(Pattern(preview.Seed)); err != nil {
		return fmt.Errorf("draw the pattern of %q: %w", preview.Seed, err)
	}
	clear(e.ink.Pix)
	e.texts(preview)
	return e.encode(w, preview.Ground, preview.Tone, preview.Ink)
}

// Where things stand, in pixels: a band with the pattern; a row with the kind
// and the site; the title; the lines, from the lower edge upwards.
const (
	bandHeight = 150
	margin     = 72
	column     = PreviewWidth - 2*margin
	firstRow   = 212 // the baseline of kind and site
	rowSize    = 30
	titleTop   = 238
	lastLine   = 584 // the baseline of the last line
	lineSize   = 32
	leading    = 44
	tileWidth  = PreviewWidth / 2
	rule       = 6  // below the band
	gap        = 24 // between the title and the lines
)

// texts sets all that a preview says.
func (e *easel) texts(p Preview) {
	s := style{face: e.regular, size: rowSize, language: language.NewLanguage(p.Lang), rtl: p.RTL}
	bold := s
	bold.face = e.bold
	e.row(p.Site, s, !p.RTL, column/2, firstRow)
	e.row(p.Kind, bold, p.RTL, column/2-margin, firstRow)
	s.size = lineSize
	lines := p.Lines[:min(len(p.Lines), 3)]
	first := lastLine - leading*(len(lines)-1)
	for i, text := range lines {
		e.row(text, s, p.RTL, column, first+i*leading)
	}
	e.title(p.Title, bold, first-lineSize-gap-titleTop)
}

// row sets one line at one edge.
func (e *easel) row(text string, s style, right bool, width, y int) {
	lines, _ := e.setter.wrap(shown(text, s.face), s, width, 1, shaping.WhenNecessary)
	for _, line := range lines {
		e.line(line, right, y)
	}
}

// title sets the title as large as it can be whole, in at most four lines; and
// in the smallest size, if it is too long for any.
func (e *easel) title(text string, s style, height int) {
	runes := shown(text, s.face)
	fit := func() int { return min(4, 1+(height-s.size*13/10)/(s.size*6/5)) }
	for _, s.size = range []int{120, 100, 80, 70, 62, 54, 46, 40} {
		if lines, whole := e.setter.wrap(runes, s, column, fit(), shaping.Never); whole {
			e.block(e.setter.balance(runes, s, column, len(lines)), s)
			return
		}
	}
	lines, _ := e.setter.wrap(runes, s, column, fit(), shaping.WhenNecessary)
	e.block(lines, s)
}

// block sets the lines of a title.
func (e *easel) block(lines []shaping.Line, s style) {
	for i, line := range lines {
		e.line(line, s.rtl, titleTop+s.size+i*s.size*6/5)
	}
}

// readFont reads a font, which may then serve several faces.
func readFont(ttf []byte) (*font.Font, error) {
	face, err := font.ParseTTF(bytes.NewReader(ttf))
	if err != nil {
		return nil, fmt.Errorf("read a font: %w", err)
	}
	return face.Font, nil
}
