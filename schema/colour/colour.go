// Package colour reckons with the colours of a site: sRGB as people write it
// (#1f5f8b), OKLCH, in which equal numbers look equal, and the contrast that
// WCAG 2 asks for. It knows no theme; which colours stand on which is said by
// those who use it.
package colour

import (
	"fmt"
	"image/color"
	"math"

	"github.com/lucasb-eyer/go-colorful"
)

// Colour is an opaque colour of sRGB, as a screen shows it: what is measured
// of it holds for what people see. The zero value is black.
type Colour struct{ R, G, B uint8 }

// White is #ffffff.
var White = Colour{255, 255, 255}

// Parse reads "#1f5f8b", in small or capital letters.
func Parse(s string) (Colour, error) {
	if len(s) != len("#rrggbb") {
		return Colour{}, fmt.Errorf("colour %q is not of the form #rrggbb", s)
	}
	c, err := colorful.Hex(s)
	if err != nil {
		return Colour{}, fmt.Errorf("colour %q is not of the form #rrggbb", s)
	}
	return of(c), nil
}

// MustParse is Parse of a colour that stands in the program.
func MustParse(s string) Colour {
	c, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return c
}

// OKLCH is the colour of a lightness from 0 to 1, a chroma (0 is grey; sRGB
// has none above 0.33) and a hue in degrees. Where sRGB has no such colour it
// is the one of the same lightness and hue with the most chroma that there is.
// It is the browser's colour but for one step of a channel at the most.
func OKLCH(l, c, h float64) Colour {
	switch {
	case l <= 0:
		return Colour{}
	case l >= 1:
		return White
	case InGamut(l, c, h):
		return of(colorful.OkLch(l, c, h))
	}
	low, high := 0.0, c
	for range 12 { // halving: finer than a byte can hold
		middle := (low + high) / 2
		if InGamut(l, middle, h) {
			low = middle
		} else {
			high = middle
		}
	}
	return of(colorful.OkLch(l, low, h))
}

// InGamut says whether sRGB has the colour of these coordinates; what is
// outside by less than half a step of a byte is taken to be in it.
func InGamut(l, c, h float64) bool {
	const step = 0.5 / 255
	x := colorful.OkLch(l, c, h)
	for _, v := range [3]float64{x.R, x.G, x.B} {
		if v < -step || v > 1+step {
			return false
		}
	}
	return true
}

// of is a colour of the library, rounded to bytes.
func of(c colorful.Color) Colour {
	r, g, b := c.Clamped().RGB255()
	return Colour{r, g, b}
}

// lib is the colour as the library has it.
func (c Colour) lib() colorful.Color {
	return colorful.Color{R: float64(c.R) / 255, G: float64(c.G) / 255, B: float64(c.B) / 255}
}

// Hex is "#1f5f8b".
func (c Colour) Hex() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// NRGBA is the colour for pictures.
func (c Colour) NRGBA() color.NRGBA { return color.NRGBA{R: c.R, G: c.G, B: c.B, A: 255} }

// OKLCH are the colour's lightness, chroma and hue. The hue of a grey means
// nothing.
func (c Colour) OKLCH() (lightness, chroma, hue float64) { return c.lib().OkLch() }

// Mix is so much of a (0 to 1) and the rest of b, as CSS mixes them with
// color-mix(in oklab, …).
func Mix(a, b Colour, share float64) Colour { return of(b.lib().BlendOkLab(a.lib(), share)) }

// Distance is how far apart two colours look, in OKLab: 0.02 is just seen,
// from black to white it is 1.
func Distance(a, b Colour) float64 {
	l1, a1, b1 := a.lib().OkLab()
	l2, a2, b2 := b.lib().OkLab()
	return math.Sqrt((l1-l2)*(l1-l2) + (a1-a2)*(a1-a2) + (b1-b2)*(b1-b2))
}
