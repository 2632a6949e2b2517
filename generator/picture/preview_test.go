package picture_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/picture"
)

var (
	english = picture.Preview{
		Site: "Learning in Doha", Kind: "Workshop", Title: "Your first telescope",
		Lines: []string{"Saturday, 5 December 2026, 18:00", "Lantern Observatory, Al Khor", "The Lantern Society"},
		Lang:  "en", Seed: "astronomy",
		Ground: color.NRGBA{0xe3, 0xee, 0xfd, 255}, Ink: color.NRGBA{0x16, 0x2a, 0x4a, 255}, Tone: color.NRGBA{0x8f, 0xb8, 0xee, 255},
	}
	arabicPreview = picture.Preview{
		Site: "التعلّم في الدوحة", Kind: "ورشة عمل", Title: "تلسكوبك الأول: ليلة لرصد النجوم والكواكب",
		Lines: []string{"السبت، 5 ديسمبر 2026، 18:00", "مرصد الفانوس، الخور", "جمعية الفانوس (Lantern Society)"},
		Lang:  "ar", RTL: true, Seed: "gardening",
		Ground: color.NRGBA{0xe4, 0xf4, 0xe6, 255}, Ink: color.NRGBA{0x12, 0x3a, 0x22, 255}, Tone: color.NRGBA{0x94, 0xcf, 0xa0, 255},
	}
)

func painter(t testing.TB) *picture.Painter {
	t.Helper()
	p, err := picture.NewPainter()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func paint(t testing.TB, p *picture.Painter, preview picture.Preview) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Paint(&b, preview); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inked is the smallest box round the text of a picture. Text keeps a margin
// of 72 pixels, but for what leans over a letter's width.
func inked(t *testing.T, data []byte) image.Rectangle {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if size := m.Bounds().Size(); size != image.Pt(1200, 630) {
		t.Fatalf("the picture has %v pixels", size)
	}
	const band = 150
	var box image.Rectangle
	pixels := m.(*image.Paletted).Pix
	ground := pixels[len(pixels)-1]
	for i, c := range pixels[band*1200:] {
		if c != ground {
			x, y := i%1200, band+i/1200
			box = box.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	return box
}

// only is a preview that shows nothing but a title.
func only(p picture.Preview, title string) picture.Preview {
	p.Site, p.Kind, p.Lines, p.Title = "", "", nil, title
	return p
}

// Joined letters are narrower than the same letters kept apart by U+200C, and
// lam with alef is one sign.
func TestArabicIsJoined(t *testing.T) {
	p := painter(t)
	for _, word := range []string{"ببب", "لا", "عمل", "سلام"} {
		joined := inked(t, paint(t, p, only(arabicPreview, word))).Dx()
		apart := inked(t, paint(t, p, only(arabicPreview, strings.Join(strings.Split(word, ""), "\u200c")))).Dx()
		if joined*20 > apart*19 {
			t.Errorf("%s: %d pixels wide, its letters apart %d", word, joined, apart)
		}
	}
}

// A title begins at the side where its language begins, whatever it is in.
func TestSides(t *testing.T) {
	p := painter(t)
	near := func(a, b int) bool { return max(a-b, b-a) <= 12 }
	for _, title := range []string{"Night sky", "ليلة", "ليلة STEM!", "STEM ليلة"} {
		if box := inked(t, paint(t, p, only(english, title))); !near(box.Min.X, 72) {
			t.Errorf("%s in English: %v", title, box)
		}
		if box := inked(t, paint(t, p, only(arabicPreview, title))); !near(box.Max.X, 1200-72) {
			t.Errorf("%s in Arabic: %v", title, box)
		}
	}
}

// An English title keeps its full stop at its end, in a picture from right to
// left too.
func TestEnglishInArabic(t *testing.T) {
	p := painter(t)
	plain, marked := only(arabicPreview, "Chess!"), only(arabicPreview, "\u2066Chess!\u2069")
	if !bytes.Equal(paint(t, p, plain), paint(t, p, marked)) {
		t.Error("the exclamation mark stands elsewhere than where it is told to")
	}
}

// Texts of any length stay in their places; titles are cut where they are too
// long, so that what follows does not matter.
func TestOverflow(t *testing.T) {
	p := painter(t)
	within := image.Rect(72-8, 160, 1200-72+8, 600)
	for name, text := range map[string]string{
		"words": strings.Repeat("word ", 1000), "one word": strings.Repeat("w", 5000),
		"Arabic": strings.Repeat("كلمة ", 1000), "one Arabic word": strings.Repeat("ب", 5000),
	} {
		for _, preview := range []picture.Preview{english, arabicPreview} {
			preview.Title, preview.Site, preview.Kind = text, text, text
			preview.Lines = []string{text, text, text, text}
			if box := inked(t, paint(t, p, preview)); !box.In(within) {
				t.Errorf("%s: text at %v, outside %v", name, box, within)
			}
		}
	}
	long, longer := only(english, strings.Repeat("word ", 200)), only(english, strings.Repeat("word ", 300))
	if !bytes.Equal(paint(t, p, long), paint(t, p, longer)) {
		t.Error("a longer title looks different")
	}
	if bytes.Equal(paint(t, p, long), paint(t, p, only(english, strings.Repeat("word ", 20)))) {
		t.Error("a title that is cut looks like one that is not")
	}
}

// A title is set smaller rather than broken within a word.
func TestLongWord(t *testing.T) {
	p := painter(t)
	word := inked(t, paint(t, p, only(english, "Naturwissenschaftsfreizeiten")))
	if word.Dy() > 100 || word.Dx() < 700 {
		t.Errorf("one word is set in %v", word)
	}
}

// No text makes painting fail, or a picture large.
func TestHostileTexts(t *testing.T) {
	p := painter(t)
	for _, text := range []string{
		"", " ", "\u202e\u2066\u202b\u2067", "\u2069\u202c", "a\u202eb\u2066ج\u2069", "👩‍👩‍👧‍👦 🇶🇦 🏳️‍🌈", "漢字", "\x00\xff\xfe",
		"\ufdfa\ufdfa\ufdfa", "a\nb\tc\u2028d", "e" + strings.Repeat("\u0301", 300), "ك" + strings.Repeat("ـ", 3000),
	} {
		for _, preview := range []picture.Preview{english, arabicPreview} {
			preview.Title, preview.Site, preview.Kind, preview.Lang, preview.Seed = text, text, text, text, text
			preview.Lines = []string{text, text}
			if data := paint(t, p, preview); len(data) > 60_000 {
				t.Errorf("%.40q: %d bytes", text, len(data))
			}
		}
	}
}

// Painters at work at once paint what each would alone.
func TestPaintingTogether(t *testing.T) {
	p := painter(t)
	previews := []picture.Preview{english, arabicPreview, only(english, "Chess"), only(arabicPreview, "شطرنج")}
	var want [][]byte
	for _, preview := range previews {
		want = append(want, paint(t, painter(t), preview))
	}
	got := make([][]byte, 5*len(previews))
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() { got[i] = paint(t, p, previews[i%len(previews)]) })
	}
	wg.Wait()
	for i, data := range got {
		if !bytes.Equal(data, want[i%len(previews)]) {
			t.Errorf("picture %d differs", i)
		}
	}
}

// Whatever changes a picture changes its hash.
func TestHash(t *testing.T) {
	if got, want := english.Hash(), english.Hash(); got != want || len(got) != 20 {
		t.Errorf("Hash() = %q, then %q", want, got)
	}
	white := color.NRGBA{255, 255, 255, 255}
	changes := map[string]func(*picture.Preview){
		"site": func(p *picture.Preview) { p.Site = "x" }, "kind": func(p *picture.Preview) { p.Kind = "x" },
		"title": func(p *picture.Preview) { p.Title = "x" }, "lines": func(p *picture.Preview) { p.Lines = []string{"x"} },
		"language": func(p *picture.Preview) { p.Lang = "de" }, "direction": func(p *picture.Preview) { p.RTL = true },
		"ground": func(p *picture.Preview) { p.Ground = white }, "ink": func(p *picture.Preview) { p.Ink = white },
		"tone": func(p *picture.Preview) { p.Tone = white }, "seed": func(p *picture.Preview) { p.Seed = "x" },
	}
	seen := map[string]string{english.Hash(): "nothing"}
	for name, change := range changes {
		p := english
		change(&p)
		if other, clash := seen[p.Hash()]; clash {
			t.Errorf("%s and %s have one hash", name, other)
		}
		seen[p.Hash()] = name
	}
}

// Ground, tone and ink are those that were asked for.
func TestColours(t *testing.T) {
	m, err := png.Decode(bytes.NewReader(paint(t, painter(t), english)))
	if err != nil {
		t.Fatal(err)
	}
	count := map[color.Color]int{}
	colours := m.(*image.Paletted).Palette
	for _, c := range m.(*image.Paletted).Pix {
		count[color.NRGBAModel.Convert(colours[c])]++
	}
	got := []bool{count[english.Ground] > 400_000, count[english.Tone] > 7200, count[english.Ink] > 5000}
	if diff := cmp.Diff([]bool{true, true, true}, got); diff != "" {
		t.Errorf("enough of ground, tone, ink: %s", diff)
	}
}

func BenchmarkPaint(b *testing.B) {
	p := painter(b)
	for name, preview := range map[string]picture.Preview{"en": english, "ar": arabicPreview} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := p.Paint(io.Discard, preview); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkHash(b *testing.B) {
	for b.Loop() {
		english.Hash()
	}
}
