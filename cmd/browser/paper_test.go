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
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/image/draw"
)

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

// quiet is the white border of a code in modules.
const quiet = 4

// measured is the side in millimetres of the large code of a printed sheet, of
// some modules without its border. It fails where the code leads elsewhere.
// gozxing does not read every picture of a code, so it is given several.
func measured(t *testing.T, file string, s sheet, modules float64) float64 {
	t.Helper()
	for _, resolution := range []float64{72, 60, 90, 48, 110} {
		result, err := below(t, raster(t, file, resolution), s.above)
		if err != nil {
			continue
		}
		if result.GetText() != hung+s.code {
			t.Errorf("the code leads to %q, not to %s", result.GetText(), hung+s.code)
		}
		return symbol(result, modules) / resolution * 25.4
	}
	t.Fatal("the code cannot be read")
	return 0
}

// below reads the code in the lower part of a sheet.
func below(t *testing.T, drawn image.Image, above float64) (*gozxing.Result, error) {
	t.Helper()
	b := drawn.Bounds()
	b.Min.Y += int(above * float64(b.Dy()))
	lower := image.NewGray(image.Rectangle{Max: b.Size()})
	draw.Draw(lower, lower.Bounds(), drawn, b.Min, draw.Src)
	bitmap, err := gozxing.NewBinaryBitmapFromImage(lower)
	if err != nil {
		t.Fatal(err)
	}
	return qrcode.NewQRCodeReader().Decode(bitmap, nil)
}

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
