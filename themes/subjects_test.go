package themes_test

import (
	"fmt"
	"image/color"
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/colour"
	"fursa/themes"
)

// palette are the colours of one hue, by the names of their properties.
type palette map[string]colour.Colour

// scheme is one of the two schemes: its hues in their order, and what the
// default theme puts them beside.
type scheme struct {
	name         string
	hues         []palette
	ink, surface colour.Colour
}

var (
	rule    = regexp.MustCompile(`\.s-(\d+) \{ (.*?) \}`)
	literal = regexp.MustCompile(`--(\w+): oklch\((\S+) (\S+) (\S+)\)`)
)

// schemes reads 20-subjects.css: first the light scheme, below the media query
// the dark one.
func schemes(t *testing.T) []scheme {
	t.Helper()
	text, err := fs.ReadFile(themes.Default(), "styles/20-subjects.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, ok := strings.Cut(string(text), "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("there is no dark scheme")
	}
	return []scheme{
		{"light", hues(t, light), colour.MustParse("#1c1b22"), colour.White},
		{"dark", hues(t, dark), colour.MustParse("#eceaf2"), colour.MustParse("#211f28")},
	}
}

func hues(t *testing.T, css string) []palette {
	t.Helper()
	var all []palette
	for i, m := range rule.FindAllStringSubmatch(css, -1) {
		p := palette{}
		for _, x := range literal.FindAllStringSubmatch(m[2], -1) {
			l, c, h := number(t, x[2]), number(t, x[3]), number(t, x[4])
			if !colour.InGamut(l, c, h) {
				t.Errorf("--%s of .s-%s is outside of sRGB", x[1], m[1])
			}
			p[x[1]] = colour.OKLCH(l, c, h)
		}
		if m[1] != strconv.Itoa(i+1) || len(p) != 3 {
			t.Errorf(".s-%s stands at place %d and has %d colours", m[1], i+1, len(p))
		}
		all = append(all, p)
	}
	if len(all) != colour.Subjects {
		t.Fatalf("%d hues", len(all))
	}
	return all
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Text of every hue can be read wherever the theme puts it.
func TestSubjectsCanBeRead(t *testing.T) {
	for _, s := range schemes(t) {
		for i, p := range s.hues {
			for what, ratio := range map[string]float64{
				"deep on tint":    colour.Contrast(p["deep"], p["tint"]),
				"deep on surface": colour.Contrast(p["deep"], s.surface),
				"ink on tint":     colour.Contrast(s.ink, p["tint"]),
			} {
				if ratio < colour.AA {
					t.Errorf("%s, .s-%d: %s has %.2f", s.name, i+1, what, ratio)
				}
			}
		}
	}
}

// Hues can be told apart, neighbours in their order easily, and neighbours
// also by those who do not tell red from green.
func TestSubjectsCanBeToldApart(t *testing.T) {
	// How far apart they are at least, in OKLab: any two, and neighbours.
	type limits struct{ any, beside float64 }
	for _, c := range []struct {
		name        string
		seen        func(colour.Colour) colour.Colour
		tints, tone limits
	}{
		{"all colours", func(c colour.Colour) colour.Colour { return c }, limits{0.03, 0.08}, limits{0.055, 0.15}},
		{"no green cones", deuteranope, limits{0.01, 0.045}, limits{0.02, 0.085}},
	} {
		for _, s := range schemes(t) {
			for name, least := range map[string]limits{"tint": c.tints, "tone": c.tone} {
				eachPair(s.hues, func(i, j int, beside bool) {
					d := colour.Distance(c.seen(s.hues[i][name]), c.seen(s.hues[j][name]))
					if d < least.any || beside && d < least.beside {
						t.Errorf("%s, %s: %s of .s-%d and .s-%d are %.3f apart", c.name, s.name, name, i+1, j+1, d)
					}
				})
			}
		}
	}
}

// eachPair visits two hues at a time; the first is a neighbour of the last.
func eachPair(hues []palette, visit func(i, j int, beside bool)) {
	for j := range hues {
		for i := range j {
			visit(i, j, j-i == 1 || j-i == len(hues)-1)
		}
	}
}

// deuteranope is a colour as it looks without green cones: Machado, Oliveira
// and Fernandes (2009), severity 1.
func deuteranope(c colour.Colour) colour.Colour {
	linear := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	shown := func(f float64) uint8 {
		f = min(max(f, 0), 1)
		if f <= 0.0031308 {
			return uint8(math.Round(255 * 12.92 * f))
		}
		return uint8(math.Round(255 * (1.055*math.Pow(f, 1/2.4) - 0.055)))
	}
	r, g, b := linear(c.R), linear(c.G), linear(c.B)
	return colour.Colour{
		R: shown(0.367322*r + 0.860646*g - 0.227968*b),
		G: shown(0.280085*r + 0.672501*g + 0.047413*b),
		B: shown(-0.011820*r + 0.042940*g + 0.968881*b),
	}
}

// Pictures have the colours of the pages.
func TestSubjectsOfPictures(t *testing.T) {
	for i, p := range schemes(t)[0].hues {
		tint, tone, deep := colour.Subject(i + 1)
		got := map[string]color.NRGBA{"tint": tint, "tone": tone, "deep": deep}
		want := map[string]color.NRGBA{}
		for name, c := range p {
			want[name] = c.NRGBA()
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(fmt.Sprintf(".s-%d", i+1), diff)
		}
	}
}
