package picture

import (
	"fmt"
	"strconv"
	"sync"

	"rsc.io/qr/coding"
)

// quiet is the white border of a QR code in modules, which ISO/IEC 18004 asks
// for.
const quiet = 4

// Code is a QR code to be drawn in SVG, in a box whose sides are Modules long,
// the white border included: a line that goes through all rows to and fro,
// drawn with strokes of width 1 and butt ends, the initial values of SVG, and
// dashed: Path is its `d`, Dashes its `stroke-dasharray`. Drawn run by run it
// would take more than twice the bytes.
type Code struct {
	Modules      int
	Path, Dashes string
}

// QR is a text, such as a percent-encoded address, as a QR code of error
// correction level M. A text of more than 2,331 bytes is an error.
func QR(text string) (Code, error) {
	content := coding.String(text)
	for version := coding.Version(coding.MinVersion); version <= coding.MaxVersion; version++ {
		if content.Bits(version) <= version.DataBytes(coding.M)*8 {
			return encode(content, version)
		}
	}
	return Code{}, fmt.Errorf("%d bytes are too long for a QR code", len(text))
}

// encode makes a code of a version that holds the text.
func encode(text coding.String, version coding.Version) (Code, error) {
	masks, err := masked[version]()
	if err != nil {
		return Code{}, fmt.Errorf("plan a QR code: %w", err)
	}
	code, err := masks.plan.Encode(text)
	if err != nil {
		return Code{}, err
	}
	masks.choose(code)
	path, err := meanders[version]()
	return Code{code.Size + 2*quiet, path, dashes(code)}, err
}

// meanders are the lines through all rows of a code, by version.
var meanders = byVersion(func(v coding.Version) (string, error) { return meander(17 + 4*int(v)), nil })

// byVersion are the values of all versions, each made when it is first needed.
func byVersion[T any](of func(coding.Version) (T, error)) (all [coding.MaxVersion + 1]func() (T, error)) {
	for v := range all {
		all[v] = sync.OnceValues(func() (T, error) { return of(coding.Version(v)) })
	}
	return all
}

// meander goes through the middles of all rows, from the black corner with
// which a code begins: it turns in the border, one module outside.
func meander(size int) string {
	path := fmt.Appendf(nil, "M%d %d.5h%d", quiet, quiet, size+1)
	for row := 1; row < size; row++ {
		if row%2 == 1 {
			path = fmt.Appendf(path, "v1h-%d", size+2)
		} else {
			path = fmt.Appendf(path, "v1h%d", size+2)
		}
	}
	return string(path)
}

// dashes are the lengths of black and white in turn, along the meander.
func dashes(code *coding.Code) string {
	list := make([]byte, 0, code.Size*code.Size)
	run, ink := 0, byte(1)
	const turn = 3 // out of the code, down, and in again
	for y := range code.Size {
		row := code.Bitmap[y*code.Stride:]
		x, way := 0, 1
		if y%2 == 1 {
			x, way = code.Size-1, -1
		}
		for range code.Size {
			if colour := row[x/8] >> (7 - x%8) & 1; colour != ink {
				list = append(strconv.AppendInt(list, int64(run), 10), ' ')
				run, ink = 0, colour
			}
			run++
			x += way
		}
		if ink == 1 {
			list = append(strconv.AppendInt(list, int64(run), 10), ' ')
			run, ink = 0, 0
		}
		run += turn
	}
	return string(strconv.AppendInt(list, int64(run), 10))
}
