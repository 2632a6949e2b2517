package catalogue

import (
	"cmp"

	"fursa/schema"
	"fursa/schema/colour"
)

// DefaultColours are those of the default theme, by day and by night; its
// style sheet has the same.
func DefaultColours() (light, dark schema.Colours) {
	return schema.Colours{Ink: "#1c1b22", Paper: "#f6f4ef", Surface: "#ffffff", Accent: "#0b5c66", Highlight: "#ffd23f"},
		schema.Colours{Ink: "#eceaf2", Paper: "#16151b", Surface: "#211f28", Accent: "#7fd4dc", Highlight: "#ffd23f"}
}

// Scheme are the colours that a site has, by day or by night.
type Scheme struct{ Ink, Paper, Surface, Accent, Highlight colour.Colour }

// On is the text that is read best on one of the scheme's strong colours. By
// night the ink is light, as white is, and the paper the dark one.
func (s Scheme) On(ground colour.Colour) colour.Colour {
	return colour.Best(ground, colour.White, s.Ink, s.Paper)
}

// Schemes are the colours of a look: those that it says, and the theme's for
// those that it does not. Before the theme's own come, by night, those that
// follow from what it says for the day.
func Schemes(look schema.Look) (light, dark Scheme) {
	day, night := DefaultColours()
	return scheme(or(look.Colours, day)), scheme(or(look.ColoursDark, or(byNight(look), night)))
}

// or are colours with others for those that are empty.
func or(a, b schema.Colours) schema.Colours {
	return schema.Colours{
		Ink: cmp.Or(a.Ink, b.Ink), Paper: cmp.Or(a.Paper, b.Paper), Surface: cmp.Or(a.Surface, b.Surface),
		Accent: cmp.Or(a.Accent, b.Accent), Highlight: cmp.Or(a.Highlight, b.Highlight),
	}
}

func scheme(c schema.Colours) Scheme {
	return Scheme{parse(c.Ink), parse(c.Paper), parse(c.Surface), parse(c.Accent), parse(c.Highlight)}
}

// parse reads a colour that has passed the schema.
func parse(s string) colour.Colour {
	c, _ := colour.Parse(s)
	return c
}

// byNight are the colours that follow from those said for the day: the grounds
// dark, the texts light, both of the hue that they have by day and moved until
// they can be read. Empty is what the day does not say either.
func byNight(look schema.Look) schema.Colours {
	day, said := look.Colours, look.ColoursDark
	_, usual := DefaultColours()
	n := schema.Colours{
		Paper: tuned(day.Paper, 0.2, 0.02), Surface: tuned(day.Surface, 0.25, 0.02),
		Ink: tuned(day.Ink, 0.94, 0.02), Accent: tuned(day.Accent, 0.82, 0.11), Highlight: day.Highlight,
	}
	if paper := cmp.Or(said.Paper, n.Paper); paper != "" { // a surface is paper, nearer to the light
		l, c, _ := parse(paper).OKLCH()
		n.Surface = tuned(paper, max(l+0.05, 0.18), c)
	}
	s := scheme(or(said, or(n, usual)))
	move := func(to *string, from colour.Colour, fits func(colour.Colour) bool) colour.Colour {
		if near, ok := colour.Nearest(from, fits); ok && *to != "" {
			*to = near.Hex()
			return near
		}
		return from
	}
	onGrounds := func(c colour.Colour) bool {
		return colour.Contrast(c, s.Paper) >= colour.AA && colour.Contrast(c, s.Surface) >= colour.AA
	}
	underText := func(c colour.Colour) bool { return colour.Contrast(c, s.On(c)) >= colour.AA }
	s.Ink = move(&n.Ink, s.Ink, onGrounds)
	s.Accent = move(&n.Accent, s.Accent, func(c colour.Colour) bool { return onGrounds(c) && underText(c) })
	move(&n.Highlight, s.Highlight, underText)
	return n
}

// tuned is a colour at another lightness, with no more than so much chroma;
// empty if it is empty.
func tuned(hex string, lightness, chroma float64) string {
	if hex == "" {
		return ""
	}
	_, c, h := parse(hex).OKLCH()
	return colour.OKLCH(lightness, min(c, chroma), h).Hex()
}
