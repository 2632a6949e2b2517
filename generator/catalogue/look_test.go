package catalogue_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/colour"
	"fursa/schema/diag"
)

// looked is what Check says of a look.
func looked(look schema.Look) diag.List {
	r := catalogue.Records{Settings: schema.Catalogue{TimeZone: "Asia/Qatar", Look: look}, Source: &diag.Source{Path: "catalogue.toml"}}
	return catalogue.Check(r, catalogue.NewIndex(r, nil), day)
}

// someColours are colours from all over sRGB.
func someColours() []string {
	var all []string
	for _, r := range []uint8{0, 90, 255} {
		for _, g := range []uint8{0, 120, 255} {
			for _, b := range []uint8{0, 150, 255} {
				all = append(all, colour.Colour{R: r, G: g, B: b}.Hex())
			}
		}
	}
	return all
}

func TestTheThemesOwnColoursAreFine(t *testing.T) {
	light, dark := catalogue.DefaultColours()
	for _, look := range []schema.Look{{}, {Colours: light}, {ColoursDark: dark}, {Colours: light, ColoursDark: dark}} {
		if list := looked(look); len(list) > 0 {
			t.Errorf("%v: %v", look, list)
		}
	}
}

// Whoever does what the hints say is done, whatever the colours were.
func TestHintsOfContrastHelp(t *testing.T) {
	for _, accent := range someColours() {
		for _, highlight := range []string{"", "#808080"} {
			c := schema.Colours{Accent: accent, Highlight: highlight}
			for name, in := range map[string]func(schema.Colours) schema.Look{
				"day":   func(c schema.Colours) schema.Look { return schema.Look{Colours: c} },
				"night": func(c schema.Colours) schema.Look { return schema.Look{ColoursDark: c} },
			} {
				mended := c
				for _, d := range looked(in(c)) {
					mended = follow(t, mended, d)
				}
				if list := looked(in(mended)); len(list) > 0 {
					t.Errorf("%s of %v: after all hints %v", name, c, list)
				}
			}
		}
	}
}

// follow does what a hint says.
func follow(t *testing.T, c schema.Colours, d diag.Diagnostic) schema.Colours {
	t.Helper()
	_, line, _ := strings.Cut(d.Hint("en"), ": ")
	switch key, value, _ := strings.Cut(line, " = "); key {
	case "accent":
		c.Accent = strings.Trim(value, `"`)
	case "highlight":
		c.Highlight = strings.Trim(value, `"`)
	default:
		t.Fatalf("%s: no colour of ours in %q", d.Message("en"), d.Hint("en"))
	}
	return c
}

// What follows from colours that go together by day goes together by night.
func TestTheNightFollowsTheDay(t *testing.T) {
	_, dark := catalogue.DefaultColours()
	fine := 0
	for _, hex := range someColours() {
		for _, paper := range someColours() {
			ink := colour.Readable(colour.MustParse(hex), colour.MustParse(paper), colour.AA).Hex()
			day := schema.Colours{Ink: ink, Paper: paper, Surface: paper, Accent: ink, Highlight: hex}
			if list := looked(schema.Look{Colours: day, ColoursDark: dark}); len(list) > 0 {
				continue
			}
			fine++
			if list := looked(schema.Look{Colours: day}); len(list) > 0 {
				t.Errorf("%v: %v", day, list[0].Message("en"))
			}
		}
	}
	if fine < 100 {
		t.Errorf("only %d looks by day were fine", fine)
	}
}

// The dark scheme of a look: what it says, what follows from the day, the
// theme's, in this order.
func TestSchemes(t *testing.T) {
	_, dark := catalogue.Schemes(schema.Look{
		Colours:     schema.Colours{Paper: "#fbf2e6", Accent: "#7a1f5c"},
		ColoursDark: schema.Colours{Ink: "#fff8ee"},
	})
	got := map[string]string{
		"ink": dark.Ink.Hex(), "paper": dark.Paper.Hex(), "surface": dark.Surface.Hex(),
		"accent": dark.Accent.Hex(), "highlight": dark.Highlight.Hex(), "on accent": dark.On(dark.Accent).Hex(),
	}
	want := map[string]string{
		"ink": "#fff8ee", "paper": "#1b150d", "surface": "#272118",
		"accent": "#f7a7d6", "highlight": "#ffd23f", "on accent": "#1b150d",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
