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
		modules, path, err := picture.QR(text)
		if err != nil {
			t.Errorf("QR(%q): %v", text, err)
			continue
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(raster(t, modules, path))
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

var command = regexp.MustCompile(`^(?:M4 4\.5|M4\.5 4|m(-?\d+) ?(-?\d+)|([hv])(\d+))`)

// raster draws a path of QR, four pixels a module, and fails where it leaves
// its box or its grammar.
func raster(t *testing.T, modules int, path string) image.Image {
	t.Helper()
	const scale = 4
	picture := image.NewGray(image.Rect(0, 0, modules*scale, modules*scale))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	x, y := 4, 4
	for path != "" {
		m := command.FindStringSubmatch(path)
		if m == nil {
			t.Fatalf("no command of a code: %.20q", path)
		}
		path = path[len(m[0]):]
		x, y = x+number(m[1]), y+number(m[2])
		for range number(m[4]) {
			if x < 4 || y < 4 || x >= modules-4 || y >= modules-4 {
				t.Fatalf("module %d,%d of %d lies in the border", x, y, modules)
			}
			for i := range scale * scale {
				picture.Set(x*scale+i%scale, y*scale+i/scale, color.Black)
			}
			if m[3] == "h" {
				x++
			} else {
				y++
			}
		}
	}
	return picture
}

func TestQRIsShort(t *testing.T) {
	modules, path, err := picture.QR(address)
	if modules != 37+8 || len(path) > 2200 || err != nil {
		t.Errorf("QR of %d bytes: %d modules, a path of %d bytes, %v", len(address), modules, len(path), err)
	}
}

func TestQRTooLong(t *testing.T) {
	if _, _, err := picture.QR(strings.Repeat("x", 2331)); err != nil {
		t.Error(err)
	}
	_, _, err := picture.QR(strings.Repeat("x", 2332))
	if err == nil || err.Error() != "2332 bytes are too long for a QR code" {
		t.Errorf("error %v", err)
	}
}

func BenchmarkQR(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := picture.QR(address); err != nil {
			b.Fatal(err)
		}
	}
}
