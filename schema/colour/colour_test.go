package colour_test

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/colour"
)

func TestParse(t *testing.T) {
	for s, want := range map[string]colour.Colour{
		"#1f5f8b": {R: 0x1f, G: 0x5f, B: 0x8b},
		"#FFD23F": {R: 0xff, G: 0xd2, B: 0x3f},
		"#000000": {},
	} {
		if got, err := colour.Parse(s); got != want || err != nil {
			t.Errorf("%s is %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "teal", "#fff", "1f5f8b", "#1f5f8", "#1f5f8b0", "#1f5f8g", "#1f5f8;"} {
		if got, err := colour.Parse(s); err == nil {
			t.Errorf("%q is %v", s, got)
		}
	}
}

// The numbers are those of CSS Color 4, as browsers have them.
func TestOKLCH(t *testing.T) {
	for hex, want := range map[string]string{
		"#ff0000": "0.628 0.258 29",
		"#00ff00": "0.866 0.295 143",
		"#0000ff": "0.452 0.313 264",
		"#0b5c66": "0.436 0.072 208",
	} {
		c := colour.MustParse(hex)
		l, ch, h := c.OKLCH()
		if got := fmt.Sprintf("%.3f %.3f %.0f", l, ch, h); got != want {
			t.Errorf("%s is oklch(%s), not %s", hex, got, want)
		}
	}
	if l, c, _ := colour.White.OKLCH(); math.Abs(l-1) > 0.001 || c > 0.001 {
		t.Errorf("white is %f %f", l, c)
	}
}

// Every colour of a grid comes back as itself, but for a step of a channel.
func TestOKLCHAndBack(t *testing.T) {
	each(51, func(c colour.Colour) {
		if back := colour.OKLCH(c.OKLCH()); steps(back, c) > 1 {
			t.Errorf("%s comes back as %s", c.Hex(), back.Hex())
		}
	})
}

// steps is the greatest difference of a channel.
func steps(a, b colour.Colour) int {
	most := 0
	for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)} {
		most = max(most, d, -d)
	}
	return most
}

// each visits the colours of a grid.
func each(step int, visit func(colour.Colour)) {
	for r := 0; r < 256; r += step {
		for g := 0; g < 256; g += step {
			for b := 0; b < 256; b += step {
				visit(colour.Colour{R: uint8(r), G: uint8(g), B: uint8(b)})
			}
		}
	}
}

// What sRGB does not have keeps its lightness and hue.
func TestGamut(t *testing.T) {
	for h := 0.0; h < 360; h += 10 {
		for _, l := range []float64{0.3, 0.5, 0.7, 0.9} {
			if colour.InGamut(l, 0.4, h) {
				t.Errorf("sRGB has oklch(%v 0.4 %v)", l, h)
			}
			lightness, _, hue := colour.OKLCH(l, 0.4, h).OKLCH()
			turn := math.Abs(math.Mod(hue-h+540, 360) - 180)
			if math.Abs(lightness-l) > 0.01 || turn > 4 {
				t.Errorf("oklch(%v 0.4 %v) has become %.3f and %.1f", l, h, lightness, hue)
			}
		}
	}
	for l, want := range map[float64]string{-1: "#000000", 0: "#000000", 1: "#ffffff", 2: "#ffffff"} {
		if got := colour.OKLCH(l, 0.1, 200).Hex(); got != want {
			t.Errorf("of lightness %v there is %s", l, got)
		}
	}
}

func TestMix(t *testing.T) {
	red, blue := colour.MustParse("#ff0000"), colour.MustParse("#0000ff")
	for want, got := range map[string]colour.Colour{
		"#636363": colour.Mix(colour.White, colour.Colour{}, 0.5),
		"#8c53a2": colour.Mix(red, blue, 0.5),
		"#ff0000": colour.Mix(red, blue, 1),
		"#0000ff": colour.Mix(red, blue, 0),
	} {
		if got.Hex() != want {
			t.Errorf("%s, not %s", got.Hex(), want)
		}
	}
	if d := colour.Distance(colour.White, colour.Colour{}); math.Abs(d-1) > 0.001 {
		t.Errorf("from black to white it is %f", d)
	}
}

func TestContrast(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"#000000", "#ffffff", "21.00"},
		{"#ffffff", "#000000", "21.00"},
		{"#777777", "#ffffff", "4.48"},
		{"#767676", "#ffffff", "4.54"},
		{"#ff0000", "#ffffff", "4.00"},
		{"#1f5f8b", "#1f5f8b", "1.00"},
	} {
		if got := fmt.Sprintf("%.2f", colour.Contrast(colour.MustParse(c.a), colour.MustParse(c.b))); got != c.want {
			t.Errorf("%s on %s: %s, not %s", c.a, c.b, got, c.want)
		}
	}
}

// Whatever the text and the ground: what is readable is, if anything can be,
// and text that was readable stays as it is.
func TestReadable(t *testing.T) {
	each(85, func(ground colour.Colour) {
		most := max(colour.Contrast(colour.White, ground), colour.Contrast(colour.Colour{}, ground))
		each(127, func(text colour.Colour) {
			for _, ratio := range []float64{colour.AA, 7} {
				got := colour.Readable(text, ground, ratio)
				if reached := colour.Contrast(got, ground); reached < min(ratio, most) {
					t.Errorf("%s for %s on %s: %.2f", got.Hex(), text.Hex(), ground.Hex(), reached)
				}
				if colour.Contrast(text, ground) >= ratio && got != text {
					t.Errorf("%s for %s on %s", got.Hex(), text.Hex(), ground.Hex())
				}
			}
		})
	})
}

// The nearest is near, and of the same hue.
func TestReadableIsNear(t *testing.T) {
	for _, c := range []struct{ text, ground, want string }{
		{"#3f8fc5", "#ffffff", "#297cb1"},
		{"#777777", "#ffffff", "#767676"},
		{"#0b5c66", "#16151b", "#438993"},
	} {
		text, ground := colour.MustParse(c.text), colour.MustParse(c.ground)
		got := colour.Readable(text, ground, colour.AA)
		if got.Hex() != c.want || colour.Contrast(got, ground) > colour.AA+0.1 {
			t.Errorf("%s on %s: %s (%.2f), not %s", c.text, c.ground, got.Hex(), colour.Contrast(got, ground), c.want)
		}
	}
}

func TestSubject(t *testing.T) {
	type palette struct{ Tint, Tone, Deep color.NRGBA }
	seen := map[palette]int{}
	for n := 0; n <= colour.Subjects; n++ {
		var p palette
		p.Tint, p.Tone, p.Deep = colour.Subject(n)
		if other, twice := seen[p]; twice {
			t.Errorf("%d looks like %d", n, other)
		}
		seen[p] = n
	}
	var grey, outside palette
	grey.Tint, grey.Tone, grey.Deep = colour.Subject(0)
	outside.Tint, outside.Tone, outside.Deep = colour.Subject(colour.Subjects + 1)
	if diff := cmp.Diff(grey, outside); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkReadable(b *testing.B) {
	text, ground := colour.MustParse("#0b5c66"), colour.MustParse("#16151b")
	for b.Loop() {
		colour.Readable(text, ground, colour.AA)
	}
}

func BenchmarkSubject(b *testing.B) {
	for b.Loop() {
		colour.Subject(7)
	}
}
