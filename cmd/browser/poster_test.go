package main

import (
	"fmt"
	"math"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
	"github.com/makiuchi-d/gozxing"
	multi "github.com/makiuchi-d/gozxing/multi/qrcode"
)

// sheet is a poster as somebody prints it.
type sheet struct {
	name string
	// path is that of the page, with the fragment; code where its large code
	// leads, both from the site's root.
	path, code string
	// metres is how far off the code can be scanned, by the rule.
	metres float64
	// above is the part of the sheet that lies above the code.
	above float64
	// words are some that it says.
	words []string
}

// hung is the address of the site that posters lead to.
const (
	hung    = "https://doha.example/learn/"
	debate  = "opportunities/majlis-debate/schools-debate-cup/"
	harbour = "schools/harbour-lane-preparatory/"
	palms   = "ar/schools/seven-palms-primary/"
)

// printer is where this machine serves that site. Its codes do not change with
// the port: gozxing does not read each code, whatever its size.
func printer(t *testing.T) string {
	t.Helper()
	files, err := made(t.Context(), "../../content", "", hung)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := newHost("/learn/", files)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL + "/learn/"
}

// sheets are posters of the sample catalogue; a listing's code is so large that
// it scans across a corridor from the larger paper.
var sheets = []sheet{
	{"school", harbour + "poster/", harbour, 0.75, 0.6, []string{"This month for Harbour Lane Preparatory School", "فرص"}},
	{"grade", harbour + "poster/#g-2", harbour, 0.75, 0.6, []string{"This month for Grade 8", "Harbour Lane Preparatory School", "الصف"}},
	{"school ar", palms + "poster/", palms, 0.75, 0.6, []string{"This month for Seven Palms Primary School for Girls", "مدرسة"}},
	{"listing", nightSky + "#poster", nightSky, 1.35, 0.4, []string{"A night under the desert sky", "Lantern Observatory", "QAR 40 per person", hung + nightSky}},
	{"listing vouched for", debate + "#poster", debate, 1.35, 0.4, []string{"Who vouches for it: City Learning Office"}},
	{"listing ar", "ar/" + nightSky + "#poster", "ar/" + nightSky, 1.35, 0.4, []string{"ليلة", "مرصد"}},
}

// papers are those that a poster is printed on, in millimetres. On the larger
// one everything is larger by as much; Letter, which is shorter, loses nothing
// either.
var papers = []struct {
	name          string
	width, height float64
}{{"A4", 210, 297}, {"A3", 297, 420}, {"Letter", 215.9, 279.4}}

// A poster is one sheet of whatever paper there is, says what it should, and
// its code is as large as the rule wants and leads back.
func TestPosters(t *testing.T) {
	root := printer(t)
	for _, s := range sheets {
		for _, p := range papers {
			t.Run(s.name+" "+p.name, func(t *testing.T) {
				t.Parallel()
				tab := newTab(t)
				do(t, tab, chromedp.Navigate(root+s.path))
				file := printed(t, tab, chromedp.PDFPaper(chromedp.PaperSize{Width: p.width / 25.4, Height: p.height / 25.4}))
				checkWords(t, file, s.words)
				modules := evaluate[float64](t, tab, `document.querySelector(".code svg, .all svg").viewBox.baseVal.width`) - 2*quiet
				scale := min(p.width/210, p.height/297)
				if side := measured(t, file, s, modules); side < 100*s.metres*scale {
					t.Errorf("the code measures %.0f mm: by the rule it is scanned from %.2f m, not %.2f m", side, side/100, s.metres*scale)
				} else {
					t.Logf("the code measures %.0f mm", side)
				}
				checkInk(t, raster(t, file, 72))
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
	root := printer(t)
	for paper, metres := range map[string]float64{"#poster": 1.4, "#a3": 2} {
		tab := newTab(t)
		do(t, tab, chromedp.Navigate(root+nightSky+paper))
		file := printed(t, tab, chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize())
		got := ""
		for frame := 0; frame < 12 && got == ""; frame++ {
			away := metres * (1 + float64(frame)/200)
			pixel := 1000 * away * 2 * math.Tan(65./2*math.Pi/180) / 1920 // in millimetres of the sheet
			got = glimpsed(t, raster(t, file, 25.4/pixel))
		}
		if got != hung+nightSky {
			t.Errorf("from %.1f m %s is read as %q", metres, paper, got)
		}
	}
}

// Every code on a school's sheet leads to its listing, the large one to all.
func TestCodesOfASheet(t *testing.T) {
	root := printer(t)
	tab := newTab(t)
	do(t, tab, chromedp.Navigate(root+"ar/schools/seven-palms-primary/poster/#g-3"))
	want := evaluate[[]string](t, tab, `[...document.querySelectorAll("#g-3 .paper a")].map((a) => a.href)`)
	slices.Sort(want)
	file := printed(t, tab, chromedp.PDFPaper(chromedp.PaperA4))
	var got []string
	for _, resolution := range []float64{150, 200, 250, 300} {
		bitmap, err := gozxing.NewBinaryBitmapFromImage(raster(t, file, resolution))
		if err != nil {
			t.Fatal(err)
		}
		results, err := multi.NewQRCodeMultiReader().DecodeMultiple(bitmap, nil)
		if err != nil {
			continue
		}
		for _, r := range results {
			got = append(got, r.GetText())
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, slices.Compact(got)); diff != "" || len(want) < 3 {
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
