package colour

// AA is the contrast that WCAG 2 asks of text at level AA (success criterion
// 1.4.3).
const AA = 4.5

// Contrast is the contrast ratio of two colours by WCAG 2, from 1 to 21;
// which of them is the text makes no difference.
func Contrast(a, b Colour) float64 {
	light, dark := a.luminance(), b.luminance()
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

// luminance is the relative luminance by WCAG 2, from 0 to 1.
func (c Colour) luminance() float64 {
	r, g, b := c.lib().LinearRgb()
	return 0.2126*r + 0.7152*g + 0.0722*b
}

// Readable is the colour nearest to text, of the same hue, that reaches a
// contrast on a ground. Where none does it is white or black, whichever
// comes closer.
func Readable(text, ground Colour, ratio float64) Colour {
	near, ok := Nearest(text, func(c Colour) bool { return Contrast(c, ground) >= ratio })
	if !ok {
		return Best(ground, White, Colour{})
	}
	return near
}

// Nearest is the colour nearest to c in lightness, of the same hue and as
// much of its chroma as there is, that fits; false where none does.
func Nearest(c Colour, fits func(Colour) bool) (Colour, bool) {
	if fits(c) {
		return c, true
	}
	const steps = 256 // about one for each value of a byte
	lightness, chroma, hue := c.OKLCH()
	for i := 1; i <= steps; i++ {
		for _, l := range [2]float64{lightness - float64(i)/steps, lightness + float64(i)/steps} {
			if l < -1.0/steps || l > 1+1.0/steps {
				continue
			}
			if near := OKLCH(l, chroma, hue); fits(near) {
				return near, true
			}
		}
	}
	return c, false
}

// Best is the text that is read best on a ground, the first of equals.
func Best(ground Colour, texts ...Colour) Colour {
	best := texts[0]
	for _, t := range texts[1:] {
		if Contrast(t, ground) > Contrast(best, ground) {
			best = t
		}
	}
	return best
}
