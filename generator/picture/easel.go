package picture

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
)

// shades is how many steps there are from the ground to each of the two other
// colours. Few are enough for smooth edges; with both they must be more than
// 16, below which the encoder packs pixels one by one and takes twice as long.
const shades = 16

// An easel holds what painting one picture needs, to be used again.
type easel struct {
	regular, bold *font.Face
	setter        typesetter
	ink           *image.Alpha // coverage by text
	tile          *image.Alpha // coverage by the figure, once
	picture       *image.Paletted
	encoder       png.Encoder
}

func newEasel(regular, bold *font.Font) *easel {
	whole := image.Rect(0, 0, PreviewWidth, PreviewHeight)
	return &easel{
		regular: font.NewFace(regular), bold: font.NewFace(bold),
		ink:     image.NewAlpha(whole),
		tile:    image.NewAlpha(image.Rect(0, 0, tileWidth, bandHeight)),
		picture: image.NewPaletted(whole, nil),
		encoder: png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: &oneBuffer{}},
	}
}

// oneBuffer keeps the buffers of a PNG encoder that is used by one goroutine
// at a time.
type oneBuffer struct{ kept *png.EncoderBuffer }

func (o *oneBuffer) Get() *png.EncoderBuffer  { return o.kept }
func (o *oneBuffer) Put(b *png.EncoderBuffer) { o.kept = b }

// figure fills the tile with the lower part of a figure, on a rule.
func (e *easel) figure(f Figure) error {
	clear(e.tile.Pix)
	var path oksvg.PathCursor
	if err := path.CompilePath(f.Path); err != nil {
		return err
	}
	const scale = float64(tileWidth) / PatternWidth
	scanner := rasterx.NewScannerGV(tileWidth, bandHeight, e.tile, e.tile.Rect)
	scanner.SetColor(color.Opaque)
	var pen rasterx.Adder = rasterx.NewFiller(tileWidth, bandHeight, scanner)
	if f.Stroke {
		stroker := rasterx.NewStroker(tileWidth, bandHeight, scanner)
		width := fixed.Int26_6(PatternStroke * scale * 64)
		stroker.SetStroke(width, 0, rasterx.RoundCap, rasterx.RoundCap, rasterx.RoundGap, rasterx.Round)
		pen = stroker
	}
	place := rasterx.Identity.Translate(0, bandHeight-PatternHeight*scale).Scale(scale, scale)
	path.AddTo(&rasterx.MatrixAdder{Adder: pen, M: place})
	scanner.Draw()
	draw.Draw(e.tile, image.Rect(0, bandHeight-rule, tileWidth, bandHeight), image.Opaque, image.Point{}, draw.Src)
	return nil
}

// line draws a line of text at one edge.
func (e *easel) line(line shaping.Line, right bool, y int) {
	x := margin
	if right {
		x = PreviewWidth - margin - advance(line)
	}
	drawLine(line, e.ink, x, y)
}

// encode colours what was drawn. The tile and its mirror image fill the band;
// no text stands there.
func (e *easel) encode(w io.Writer, ground, tone, ink color.NRGBA) error {
	e.picture.Palette = palette(ground, tone, ink)
	for i, coverage := range e.tile.Pix {
		y, x := i/tileWidth, i%tileWidth
		e.picture.Pix[y*PreviewWidth+x] = shade(coverage)
		e.picture.Pix[(y+1)*PreviewWidth-1-x] = shade(coverage)
	}
	const below = bandHeight * PreviewWidth
	to := e.picture.Pix[below:]
	for i, coverage := range e.ink.Pix[below:] {
		to[i] = 0
		if coverage != 0 {
			to[i] = inks + shade(coverage)
		}
	}
	return e.encoder.Encode(w, e.picture)
}

// shade is the step for a coverage.
func shade(coverage uint8) uint8 {
	return uint8((int(coverage)*(shades-1) + 127) / 255)
}

// inks is where the shades of ink begin in a palette; those of tone begin it.
const inks = shades

// palette is the shades from the ground to tone, and from the ground to ink.
func palette(ground, tone, ink color.NRGBA) color.Palette {
	var p color.Palette
	for _, to := range []color.NRGBA{tone, ink} {
		for i := range shades {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*(shades-1-i) + int(b)*i) / (shades - 1)) }
			p = append(p, color.NRGBA{mix(ground.R, to.R), mix(ground.G, to.G), mix(ground.B, to.B), 255})
		}
	}
	return p
}
