package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
	"github.com/makiuchi-d/gozxing"
	multi "github.com/makiuchi-d/gozxing/multi/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/image/draw"
)

// sheet is a poster as somebody prints it.
type sheet struct {
	name string
	// address is that of the page, with the fragment.
	address string
	// code is where its large code leads.
	code string
	// metres is how far off the code can be scanned, by the rule.
	metres float64
	// above is the part of the sheet that lies above the code.
	above float64
	// words are some that it says.
	words []string
}

// sheets are posters of the sample catalogue; a listing's code is so large that
// it scans across a corridor from the larger paper.
func sheets() []sheet {
	const debate = "opportunities/majlis-debate/schools-debate-cup/"
	const harbour, palms = "schools/harbour-lane-preparatory/", "ar/schools/seven-palms-primary/"
	return []sheet{
		{"school", site.root + harbour + "poster/", site.root + harbour, 0.75, 0.6, []string{"This month for Harbour Lane Preparatory School", "فرص"}},
		{"grade", site.root + harbour + "poster/#g-2", site.root + harbour, 0.75, 0.6, []string{"This month for Grade 8", "Harbour Lane Preparatory School", "الصف"}},
		{"school ar", site.root + palms + "poster/", site.root + palms, 0.75, 0.6, []string{"This month for Seven Palms Primary School for Girls", "مدرسة"}},
		{"listing", site.root + nightSky + "#poster", site.root + nightSky, 1.35, 0.4, []string{"A night under the desert sky", "Lantern Observatory", "QAR 40 per person", site.root + nightSky}},
		{"listing vouched for", site.root + debate + "#poster", site.root + debate, 1.35, 0.4, []string{"Who vouches for it: City Learning Office"}},
		{"listing ar", site.root + "ar/" + nightSky + "#poster", site.root + "ar/" + nightSky, 1.35, 0.4, []string{"ليلة", "مرصد"}},
	}
}

// papers are those that a poster is printed on, in millimetres. On the larger
// one everything is larger by as much; Letter, which is shorter, loses nothing
// either.
var papers = []struct {
	name          string
	width, height float64
}{{"A4", 210, 297}, {"A3", 297, 420}, {"Letter", 215.9, 279.4}}

// resolution is at how many pixels an inch a sheet is looked at.
const resolution = 72

// A poster is one sheet of whatever paper there is, says what it should, and
// its code is as large as the rule wants and leads back.
func TestPosters(t *testing.T) {
	for _, s := range sheets() {
		for _, p := range papers {
			t.Run(s.name+" "+p.name, func(t *testing.T) {
				t.Parallel()
				tab := newTab(t)
				do(t, tab, chromedp.Navigate(s.address))
				file := printed(t, tab, chromedp.PDFPaper(chromedp.PaperSize{Width: p.width / 25.4, Height: p.height / 25.4}))
				checkWords(t, file, s.words)
				rendered := raster(t, file, resolution)
				scale := min(p.width/210, p.height/297)
				modules := evaluate[float64](t, tab, `document.querySelector(".code svg, .all svg").viewBox.baseVal.width`) - 2*quiet
				if side := symbol(read(t, rendered, s.above, s.code), modules) / resolution * 25.4; side < 100*s.metres*scale {
					t.Errorf("the code measures %.0f mm: by the rule it is scanned from %.2f m, not %.2f m", side, side/100, s.metres*scale)
				} else {
					t.Logf("the code measures %.0f mm", side)
				}
				checkInk(t, rendered)
			})
		}
	}
}

// A sheet takes the paper that there is, upright; the link to the larger one
// asks for that.
func TestPosterAsksForItsPaper(t *testing.T) {
	for fragment, want := range map[string]string{"#poster": "596 842", "#a3": "842 1191"} {
		tab := newTab(t)
		do(t, tab, chromedp.Navigate(site.root+nightSky+fragment))
		size := pageSize(t, printed(t, tab, chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFLandscape(), chromedp.PDFPreferCSSPageSize()))
		if got := fmt.Sprintf("%.0f %.0f", size[0], size[1]); got != want {
			t.Errorf("%s is printed on %s points, not %s", fragment, got, want)
		}
	}
}

// A telephone's camera that takes a film has 1920 pixels across 65 degrees. In
// one of its pictures, taken by a hand that shakes, the code of a sheet is read
// from as far as the rule says: across a corridor, from the larger one.
func TestPosterIsScannedFromAfar(t *testing.T) {
	for paper, metres := range map[string]float64{"#poster": 1.4, "#a3": 2} {
		tab := newTab(t)
		address := site.root + nightSky
		do(t, tab, chromedp.Navigate(address+paper))
		file := printed(t, tab, chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize())
		got := ""
		for frame := 0; frame < 12 && got == ""; frame++ {
			away := metres * (1 + float64(frame)/200)
			pixel := 1000 * away * 2 * math.Tan(65./2*math.Pi/180) / 1920 // in millimetres of the sheet
			got = glimpsed(t, raster(t, file, 25.4/pixel))
		}
		if got != address {
			t.Errorf("from %.1f m %s is read as %q", metres, paper, got)
		}
	}
}

// glimpsed is what is read in the lower part of a small picture, on a wall and
// enlarged as readers do it; empty where nothing is.
func glimpsed(t *testing.T, small image.Image) string {
	t.Helper()
	b := small.Bounds()
	b.Min.Y += b.Dy() * 2 / 5
	large := image.NewGray(image.Rectangle{Max: b.Inset(-10).Size().Mul(4)})
	draw.Draw(large, large.Bounds(), image.White, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(large, large.Bounds().Inset(40), small, b, draw.Src, nil)
	bitmap, err := gozxing.NewBinaryBitmapFromImage(large)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		return "" // there are more pictures
	}
	return result.GetText()
}

// Every code on a school's sheet leads to its listing, the large one to all.
func TestCodesOfASheet(t *testing.T) {
	tab := newTab(t)
	do(t, tab, chromedp.Navigate(site.root+"ar/schools/seven-palms-primary/poster/#g-3"))
	want := evaluate[[]string](t, tab, `[...document.querySelectorAll("#g-3 .paper a")].map((a) => a.href)`)
	slices.Sort(want)
	bitmap, err := gozxing.NewBinaryBitmapFromImage(raster(t, printed(t, tab, chromedp.PDFPaper(chromedp.PaperA4)), 200))
	if err != nil {
		t.Fatal(err)
	}
	results, err := multi.NewQRCodeMultiReader().DecodeMultiple(bitmap, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range results {
		got = append(got, r.GetText())
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" || len(want) < 3 {
		t.Errorf("of %d codes (-want +read):\n%s", len(want), diff)
	}
}

// Posters of few, of many and of long words in either language lose nothing
// over an edge.
func TestPostersHoldWhatTheySay(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("testdata", "sheet.js"))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 3, 40} {
		s, err := serve(t.Context(), wordy(t, n), "", "/")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.close)
		pages := []string{"schools/bay/poster/", "schools/bay/poster/#g-1", "ar/schools/khalij/poster/"}
		if n > 0 {
			pages = append(pages, "opportunities/museum/l0/#poster", "ar/opportunities/museum/l0/#poster")
		}
		for _, page := range pages {
			t.Run(fmt.Sprint(n, " ", page), func(t *testing.T) {
				t.Parallel()
				tab := newTab(t)
				do(t, tab, at(look{width: 794, height: 1123, print: true}), chromedp.Navigate(s.root+page))
				if lost := evaluate[[]string](t, tab, string(script)); len(lost) > 0 {
					t.Error(strings.Join(lost, "\n"))
				}
				file := printed(t, tab, chromedp.PDFPaper(chromedp.PaperA4))
				if want := min(n, 6); strings.HasPrefix(page, "schools") {
					shows(t, tab, `[...document.querySelectorAll(".sheet")].find((e) => e.checkVisibility()).querySelectorAll(".rows > li").length`, want)
					checkWords(t, file, map[int][]string{0: {"Nothing new within this month"}, 40: {"34 more: scan here"}}[n])
				}
				raster(t, file, 20)
			})
		}
	}
}

// wordy is the folder of a catalogue of n listings, long in all that they say,
// with a school of two languages and one of one.
func wordy(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	long := func(words string) string { return strings.TrimSpace(strings.Repeat(words+" ", 3)) }
	write("catalogue.toml", "id = \"https://bay.example/\"\nname = { en = \"Learning\" }\nlanguages = [\"en\", \"ar\"]\ntime_zone = \"Asia/Qatar\"\ncurrency = \"QAR\"\ngrades = [{ id = \"7\", ages = { min = 8, max = 14 }, label = { en = \"Grade 7\", ar = \"الصف السابع\" } }]\n")
	write("vocabularies/subjects.toml", "[[terms]]\nid = \"sciences\"\nlabel = { en = \"Sciences\" }\n")
	write("providers/museum.md", "+++\nname = \""+long("The Museum of Everything")+"\"\n+++\n")
	write("schools/bay.toml", "name = \""+long("Bay School")+"\"\nlanguages = [\"en\", \"ar\"]\ngrades = [\"7\"]\n")
	write("schools/khalij.toml", "name = \""+long("مدرسة الخليج")+"\"\nlang = \"ar\"\nlanguages = [\"ar\"]\n")
	for i := range n {
		write(fmt.Sprintf("opportunities/museum/l%d.md", i), "+++\ntitle = \""+long("A title of many very long words")+"\"\nsummary = \""+long("A summary that has no wish ever to end, and more to say.")+"\"\n"+
			"kind = \"talk\"\nages = { min = 8, max = 14 }\ngrades = [\"7\"]\naudience = [\"learners\", \"families\", \"schools\", \"teachers\"]\ngroup = { min = 10, max = 30 }\nlanguages = [\"en\"]\nsubjects = [\"sciences\"]\nmode = \"in-person\"\ncost = { amount = 10, note = \"Ask for help with it.\" }\nanytime = true\n"+
			"place = { name = \""+long("The hall behind the hall")+"\", address = \""+long("12 Long Street")+"\", locality = \"Doha\" }\nregistration = { url = \"https://museum.example/\", opens = 2099-01-01, deadline = 2099-02-01T10:00:00 }\n+++\n")
		write(fmt.Sprintf("opportunities/museum/l%d.ar.md", i), "+++\ntitle = \""+long("عنوان طويل جدًا من كلمات كثيرة")+"\"\nsummary = \""+long("ملخّص لا يريد أن ينتهي وعنده المزيد مما يقال.")+"\"\n+++\n")
	}
	return dir
}

// printed is the file of a PDF of the page in a tab.
func printed(t *testing.T, tab context.Context, options ...chromedp.PDFOption) string {
	t.Helper()
	pdf, err := chromedp.Run(tab, chromedp.PrintToPDF(options...))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "sheet.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// poppler is what a program of poppler-utils says.
func poppler(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program(t, name), args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}

// pageSize is the size of a PDF's only page in points.
func pageSize(t *testing.T, file string) (size [2]float64) {
	t.Helper()
	said := string(poppler(t, "pdfinfo", file))
	if _, pages, _ := strings.Cut(said, "Pages:"); strings.Fields(pages)[0] != "1" {
		t.Errorf("it takes %s sheets", strings.Fields(pages)[0])
	}
	_, line, _ := strings.Cut(said, "Page size:")
	if _, err := fmt.Sscanf(line, "%f x %f", &size[0], &size[1]); err != nil {
		t.Fatalf("pdfinfo says %q: %v", said, err)
	}
	return size
}

// checkWords says whether a PDF has some words, however its lines are broken.
func checkWords(t *testing.T, file string, words []string) {
	t.Helper()
	pageSize(t, file)
	text := strings.Join(strings.Fields(string(poppler(t, "pdftotext", file, "-"))), " ")
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("it does not say %q, but %s", w, text)
		}
	}
}

// raster is a PDF's only page at so many pixels an inch.
func raster(t *testing.T, file string, resolution float64) image.Image {
	t.Helper()
	drawn, err := png.Decode(bytes.NewReader(poppler(t, "pdftoppm", "-png", "-singlefile", "-r", fmt.Sprint(resolution), file)))
	if err != nil {
		t.Fatal(err)
	}
	return drawn
}

// read is what is read of the code in the lower part of a sheet.
func read(t *testing.T, drawn image.Image, above float64, text string) *gozxing.Result {
	t.Helper()
	bounds := drawn.Bounds()
	lower := drawn.(interface {
		SubImage(r image.Rectangle) image.Image
	}).SubImage(image.Rect(bounds.Min.X, bounds.Min.Y+int(above*float64(bounds.Dy())), bounds.Max.X, bounds.Max.Y))
	bitmap, err := gozxing.NewBinaryBitmapFromImage(lower)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		t.Fatalf("no code is read: %v", err)
	}
	if result.GetText() != text {
		t.Errorf("the code leads to %q, not to %s", result.GetText(), text)
	}
	return result
}

// quiet is the white border of a code in modules.
const quiet = 4

// symbol is the side of a code of some modules, without its border, in pixels.
// A reader finds the middles of three corners, which lie three and a half
// modules inside.
func symbol(read *gozxing.Result, modules float64) float64 {
	corners := read.GetResultPoints()
	apart := math.Hypot(corners[1].GetX()-corners[0].GetX(), corners[1].GetY()-corners[0].GetY())
	return apart / (modules - 7) * modules
}

// checkInk says whether a sheet needs more than black, and how much of that.
func checkInk(t *testing.T, drawn image.Image) {
	t.Helper()
	b := drawn.Bounds()
	dark, coloured := 0, 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, b, _ := drawn.At(x, y).RGBA()
			if max(r, g, b)-min(r, g, b) > 0x1000 {
				coloured++
			}
			if r < 0x8000 {
				dark++
			}
		}
	}
	if coloured > 0 {
		t.Errorf("%d points are coloured", coloured)
	}
	if part := 100 * dark / (b.Dx() * b.Dy()); part > 30 {
		t.Errorf("%d %% of the sheet are black", part)
	}
}
