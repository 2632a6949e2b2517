// Package picture makes what a site shows besides words: smaller copies of
// images, previews of pages, QR codes and patterns. It knows no records and no
// files: it is told what to draw.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"

	"github.com/bep/imagemeta"
	"github.com/disintegration/imaging"
	_ "golang.org/x/image/webp" // registered for image.Decode
)

const (
	// mostBytes is the largest file that is read as an image.
	mostBytes = 64 << 20
	// mostPixels is the largest image that is decoded: a phone's largest has
	// 50 million pixels, and at worst each takes eight bytes.
	mostPixels = 64_000_000
	// quality is that of JPEG copies, which are scaled down for their place.
	quality = 80
)

// An original is an image that was read, but not decoded.
type original struct {
	data          []byte
	format        string // "png", "jpeg", "gif" or "webp"
	width, height int    // as stored
	orientation   int    // as in EXIF: 1 to 8
}

// turned says whether width and height are exchanged when it is shown.
func (o original) turned() bool { return o.orientation >= 5 }

// Measure is the size of a PNG, JPEG, GIF or WebP image as it is shown: a
// photograph taken upright is higher than wide, however it is stored. Errors
// say what is wrong with the image, or are those of reading it.
func Measure(r io.Reader) (width, height int, err error) {
	o, err := read(r)
	if err != nil {
		return 0, 0, err
	}
	if o.turned() {
		return o.height, o.width, nil
	}
	return o.width, o.height, nil
}

// Widths are the widths in pixels of the smaller copies that a page offers of
// an image, the smallest first. A copy nearly as wide as the image is none.
func Widths(width int) []int {
	var widths []int
	for _, w := range []int{320, 640, 960, 1280} {
		if w <= width*4/5 {
			widths = append(widths, w)
		}
	}
	return widths
}

// Extension is that of the copies of an image, with the dot: ".png" where the
// image has sharp edges or may be transparent, ".jpg" for photographs.
func Extension(r io.Reader) (string, error) {
	o, err := read(r)
	if err != nil {
		return "", err
	}
	return o.extension(), nil
}

func (o original) extension() string {
	if o.format == "png" || o.format == "gif" {
		return ".png"
	}
	return ".jpg"
}

// Resize writes a copy of an image, so wide in pixels, in the format of its
// Extension. The copy is turned as it is shown and has no metadata, such as
// the place where it was taken. What is animated stands still.
func Resize(w io.Writer, r io.Reader, width int) error {
	o, err := read(r)
	if err != nil {
		return err
	}
	decoded, err := imaging.Decode(bytes.NewReader(o.data))
	if err != nil {
		return broken(err)
	}
	copied := o.upright(decoded, width)
	if o.extension() == ".png" {
		return imaging.Encode(w, copied, imaging.PNG)
	}
	if !copied.Opaque() {
		paper := imaging.New(copied.Rect.Dx(), copied.Rect.Dy(), color.White)
		copied = imaging.Overlay(paper, copied, image.Point{}, 1)
	}
	return imaging.Encode(w, copied, imaging.JPEG, imaging.JPEGQuality(quality))
}

// upright scales an image to a width, and then turns what is left of it.
func (o original) upright(decoded image.Image, width int) *image.NRGBA {
	var scaled *image.NRGBA
	if o.turned() {
		scaled = imaging.Resize(decoded, 0, width, imaging.CatmullRom)
	} else {
		scaled = imaging.Resize(decoded, width, 0, imaging.CatmullRom)
	}
	switch o.orientation {
	case 2:
		return imaging.FlipH(scaled)
	case 3:
		return imaging.Rotate180(scaled)
	case 4:
		return imaging.FlipV(scaled)
	case 5:
		return imaging.Transpose(scaled)
	case 6:
		return imaging.Rotate270(scaled)
	case 7:
		return imaging.Transverse(scaled)
	case 8:
		return imaging.Rotate90(scaled)
	}
	return scaled
}

// read reads an image and what it says of itself, and refuses what would take
// too much memory to decode.
func read(r io.Reader) (original, error) {
	data, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err != nil {
		return original{}, fmt.Errorf("read an image: %w", err)
	}
	if len(data) > mostBytes {
		return original{}, fmt.Errorf("the file is larger than %d MB", mostBytes>>20)
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case errors.Is(err, image.ErrFormat), !known(format):
		return original{}, errors.New("the file is no PNG, JPEG, GIF or WebP image")
	case err != nil:
		return original{}, broken(err)
	case config.Width <= 0 || config.Height <= 0:
		return original{}, errors.New("the image has no pixels")
	case config.Width > mostPixels/config.Height:
		return original{}, fmt.Errorf("the image has %d × %d pixels, more than %d million",
			config.Width, config.Height, mostPixels/1_000_000)
	}
	o := original{data, format, config.Width, config.Height, 1}
	if format == "jpeg" {
		o.orientation = orientation(data)
	}
	return o, nil
}

// known formats are those that browsers show; imaging registers others.
func known(format string) bool {
	return format == "png" || format == "jpeg" || format == "gif" || format == "webp"
}

// broken says plainly what a decoder says in its own words.
func broken(err error) error {
	return fmt.Errorf("the image is broken: %w", err)
}

// orientation is how a JPEG image is turned when it is shown, by its EXIF
// data; broken data turn nothing.
func orientation(data []byte) int {
	turn := 1
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: imagemeta.JPEG, Sources: imagemeta.EXIF,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool {
			return tag.Tag == "Orientation" && tag.Namespace == "IFD0"
		},
		HandleTag: func(tag imagemeta.TagInfo) error {
			if value, ok := tag.Value.(uint16); ok && value >= 1 && value <= 8 {
				turn = int(value)
			}
			return imagemeta.ErrStopWalking
		},
	})
	if err != nil {
		return 1
	}
	return turn
}
