package picture_test

import (
	"image"
	"image/color"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"fursa/generator/picture"
)

const (
	address = "https://learning.example.org/en/opportunities/museum/night-sky-2026/xx"
	arabic  = "https://learning.example.org/ar/%D8%B1%D8%B5%D8%AF-%D8%A7%D9%84%D9%86%D8%AC%D9%88%D9%85/?%D9%81%D8%A6%D8%A9=%D8%B9%D8%A7%D9%85"
)

// What a path shows is read as the text that it was made of.
func TestQRIsRead(t *testing.T) {
	for _, text := range []string{"A", "7", address, arabic, "HTTPS://EXAMPLE.ORG/A", strings.Repeat("long-", 200)} {
		code, err := picture.QR(text)
		if err != nil {
			t.Errorf("QR(%q): %v", text, err)
			continue
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(raster(t, code))
		if err != nil {
			t.Fatal(err)
		}
		result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
		if err != nil {
			t.Errorf("the code of %q is not read: %v", text, err)
			continue
		}
		level := result.GetResultMetadata()[gozxing.ResultMetadataType_ERROR_CORRECTION_LEVEL]
		if result.GetText() != text || level != "M" {
			t.Errorf("the code of %q is read as %q, level %v", text, result.GetText(), level)
		}
	}
}

var stroke = regexp.MustCompile(`^([hv])(-?\d+)`)

// raster draws a code as SVG does, four pixels a module.
func raster(t *testing.T, code picture.Code) image.Image {
	t.Helper()
	const scale = 4
	canvas := image.NewGray(image.Rect(0, 0, code.Modules*scale, code.Modules*scale))
	for i := range canvas.Pix {
		canvas.Pix[i] = 255
	}
	ink := drawn(t, code.Dashes)
	path, ok := strings.CutPrefix(code.Path, "M4 4.5")
	if !ok {
		t.Fatalf("the path begins elsewhere: %.20q", path)
	}
	for x, y := 4, 4; path != ""; {
		m := stroke.FindStringSubmatch(path)
		if m == nil {
			t.Fatalf("no command of a code: %.20q", path)
		}
		path = path[len(m[0]):]
		n, _ := strconv.Atoi(m[2])
		for range max(n, -n) {
			dx, dy := 0, 1
			if m[1] == "h" {
				dx, dy = max(-1, min(n, 1)), 0
			}
			if ink() {
				dot(t, canvas, code.Modules, min(x, x+dx), y, scale)
			}
			x, y = x+dx, y+dy
		}
	}
	return canvas
}

// drawn says for each step along a line whether it is drawn.
func drawn(t *testing.T, dashes string) func() bool {
	var steps []bool
	for i, d := range strings.Fields(dashes) {
		n, err := strconv.Atoi(d)
		if err != nil || n < 1 {
			t.Fatalf("no length: %q", d)
		}
		for range n {
			steps = append(steps, i%2 == 0)
		}
	}
	return func() (ink bool) {
		ink, steps = steps[0], steps[1:]
		return ink
	}
}

func dot(t *testing.T, canvas *image.Gray, modules, x, y, scale int) {
	t.Helper()
	if x < 4 || y < 4 || x >= modules-4 || y >= modules-4 {
		t.Fatalf("module %d,%d of %d lies in the border", x, y, modules)
	}
	for i := range scale * scale {
		canvas.Set(x*scale+i%scale, y*scale+i/scale, color.Black)
	}
}

func TestQRIsShort(t *testing.T) {
	code, err := picture.QR(address)
	if n := len(code.Path) + len(code.Dashes); code.Modules != 37+8 || n > 1700 || err != nil {
		t.Errorf("QR of %d bytes: %d modules, %d bytes, %v", len(address), code.Modules, n, err)
	}
}

func TestQRTooLong(t *testing.T) {
	if _, err := picture.QR(strings.Repeat("x", 2331)); err != nil {
		t.Error(err)
	}
	_, err := picture.QR(strings.Repeat("x", 2332))
	if err == nil || err.Error() != "2332 bytes are too long for a QR code" {
		t.Errorf("error %v", err)
	}
}

func BenchmarkQR(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := picture.QR(address); err != nil {
			b.Fatal(err)
		}
	}
}
