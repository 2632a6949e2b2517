package picture_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/picture"
)

var (
	red  = color.NRGBA{R: 255, A: 255}
	blue = color.NRGBA{B: 255, A: 255}
)

// flag is blue, with its upper left quarter red.
func flag(width, height int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(m, m.Rect, image.NewUniform(blue), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(0, 0, width/2, height/2), image.NewUniform(red), image.Point{}, draw.Src)
	return m
}

// photograph is a flag as JPEG, with an EXIF orientation.
func photograph(t testing.TB, width, height, orientation int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, flag(width, height), nil); err != nil {
		t.Fatal(err)
	}
	exif := []byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00")
	exif = append(exif, byte(orientation), 0, 0, 0, 0, 0, 0)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2))
	data := b.Bytes()
	return bytes.Join([][]byte{data[:2], segment, exif, data[2:]}, nil)
}

// A photograph is measured, and copied, as it is shown.
func TestOrientation(t *testing.T) {
	type shown struct {
		Width, Height, CopyWidth, CopyHeight int
		Corner                               string // where the red quarter is
	}
	want := map[int]shown{
		1: {80, 40, 40, 20, "upper left"}, 2: {80, 40, 40, 20, "upper right"},
		3: {80, 40, 40, 20, "lower right"}, 4: {80, 40, 40, 20, "lower left"},
		5: {40, 80, 40, 80, "upper left"}, 6: {40, 80, 40, 80, "upper right"},
		7: {40, 80, 40, 80, "lower right"}, 8: {40, 80, 40, 80, "lower left"},
		9: {80, 40, 40, 20, "upper left"},
	}
	got := map[int]shown{}
	for orientation := range want {
		data := photograph(t, 80, 40, orientation)
		width, height, err := picture.Measure(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		copied, format := resized(t, data, 40)
		if format != "jpeg" {
			t.Errorf("the copy is %s", format)
		}
		size := copied.Bounds().Size()
		got[orientation] = shown{width, height, size.X, size.Y, redCorner(copied)}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func resized(t *testing.T, data []byte, width int) (image.Image, string) {
	t.Helper()
	var b bytes.Buffer
	if err := picture.Resize(&b, bytes.NewReader(data), width); err != nil {
		t.Fatal(err)
	}
	m, format, err := image.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return m, format
}

func redCorner(m image.Image) string {
	b := m.Bounds()
	for name, at := range map[string]image.Point{
		"upper left": {b.Dx() / 4, b.Dy() / 4}, "upper right": {b.Dx() * 3 / 4, b.Dy() / 4},
		"lower left": {b.Dx() / 4, b.Dy() * 3 / 4}, "lower right": {b.Dx() * 3 / 4, b.Dy() * 3 / 4},
	} {
		if r, _, blue, _ := m.At(at.X, at.Y).RGBA(); r > blue {
			return name
		}
	}
	return "none"
}

// A copy has the format that its name was given before it was made.
func TestFormats(t *testing.T) {
	clear := flag(80, 40)
	draw.Draw(clear, image.Rect(40, 20, 80, 40), image.Transparent, image.Point{}, draw.Src)
	encoded := func(encode func(io.Writer) error) []byte {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	// One transparent pixel, lossless.
	webp, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if err != nil {
		t.Fatal(err)
	}
	type result struct {
		Extension, Format string
		Width, Height     int
		Corner            color.NRGBA // lower right, rounded
	}
	got := map[string]result{}
	for name, data := range map[string][]byte{
		"png":  encoded(func(w io.Writer) error { return png.Encode(w, clear) }),
		"gif":  encoded(func(w io.Writer) error { return gif.Encode(w, flag(80, 40), nil) }),
		"jpeg": photograph(t, 80, 40, 1),
		"webp": webp,
	} {
		width, height, err := picture.Measure(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		extension, err := picture.Extension(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		m, format := resized(t, data, (width+1)/2)
		size := m.Bounds().Max
		c := color.NRGBAModel.Convert(m.At(size.X-1, size.Y-1)).(color.NRGBA)
		got[name] = result{extension, format, width, height, color.NRGBA{c.R &^ 7, c.G &^ 7, c.B | 7, c.A}}
	}
	want := map[string]result{
		"png":  {".png", "png", 80, 40, color.NRGBA{0, 0, 7, 0}},
		"gif":  {".png", "png", 80, 40, color.NRGBA{0, 0, 255, 255}},
		"jpeg": {".jpg", "jpeg", 80, 40, color.NRGBA{0, 0, 255, 255}},
		"webp": {".jpg", "jpeg", 1, 1, color.NRGBA{248, 248, 255, 255}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// declared is a PNG file that says that it has another size than it has.
func declared(t *testing.T, width, height uint32) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, flag(8, 8)); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	binary.BigEndian.PutUint32(data[16:], width)
	binary.BigEndian.PutUint32(data[20:], height)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

// What is no image, or none to decode, is said plainly.
func TestBadImages(t *testing.T) {
	whole := photograph(t, 80, 40, 1)
	type result struct{ Measure, Resize string }
	got := map[string]result{}
	for name, data := range map[string][]byte{
		"bomb": declared(t, 50_000, 50_000),
		"cut":  whole[:len(whole)-20],
		"head": whole[:10],
		"text": []byte("no image at all"),
		"tiff": []byte("II\x2a\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
		"none": nil,
	} {
		_, _, err := picture.Measure(bytes.NewReader(data))
		got[name] = result{text(err), text(picture.Resize(io.Discard, bytes.NewReader(data), 40))}
	}
	const (
		bomb  = "the image has 50000 × 50000 pixels, more than 64 million"
		none  = "the file is no PNG, JPEG, GIF or WebP image"
		cut   = "the image is broken: unexpected EOF"
		short = "the image is broken: invalid JPEG format: short Huffman data"
	)
	want := map[string]result{
		"bomb": {bomb, bomb}, "cut": {"", short}, "head": {cut, cut},
		"text": {none, none}, "tiff": {none, none}, "none": {none, none},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestWidths(t *testing.T) {
	got := map[int][]int{}
	for _, width := range []int{100, 320, 399, 400, 1200, 1600, 4000} {
		got[width] = picture.Widths(width)
	}
	want := map[int][]int{
		100: nil, 320: nil, 399: nil, 400: {320}, 1200: {320, 640, 960},
		1600: {320, 640, 960, 1280}, 4000: {320, 640, 960, 1280},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkMeasure(b *testing.B) {
	data := photograph(b, 4000, 3000, 6)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := picture.Measure(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkResize(b *testing.B) {
	data := photograph(b, 4000, 3000, 6)
	b.ReportAllocs()
	for b.Loop() {
		if err := picture.Resize(io.Discard, bytes.NewReader(data), 960); err != nil {
			b.Fatal(err)
		}
	}
}
