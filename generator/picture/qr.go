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

// QR is a text, such as a percent-encoded address, as a QR code of error
// correction level M: the `d` of an SVG path in a box whose sides have so many
// modules, the white border included. It is drawn with strokes of width 1 and
// butt ends, the initial values of SVG. A text of more than 2,331 bytes is an
// error.
func QR(text string) (modules int, path string, err error) {
	code, err := encode(coding.String(text))
	if err != nil {
		return 0, "", err
	}
	rows := lines(code, false)
	if columns := lines(code, true); len(columns) < len(rows) {
		rows = columns
	}
	return code.Size + 2*quiet, string(rows), nil
}

// encode makes the smallest code that holds a text.
func encode(text coding.String) (*coding.Code, error) {
	for v, plan := range plans {
		version := coding.Version(v)
		if version < coding.MinVersion || text.Bits(version) > version.DataBytes(coding.M)*8 {
			continue
		}
		p, err := plan()
		if err != nil {
			return nil, fmt.Errorf("plan a QR code: %w", err)
		}
		return p.Encode(text)
	}
	return nil, fmt.Errorf("%d bytes are too long for a QR code", len(text))
}

// plans say what goes where in a code, by version. Each is made when it is
// first needed: a plan takes three times as long as a code.
var plans = func() (all [coding.MaxVersion + 1]func() (*coding.Plan, error)) {
	for v := range all {
		all[v] = sync.OnceValues(func() (*coding.Plan, error) {
			return coding.NewPlan(coding.Version(v), coding.M, 0)
		})
	}
	return all
}()

// lines draws each run of black modules in a row, or in a column, as a line
// along its middle, the pen moving from where it is. A code begins with a
// black corner: there the pen starts, half a module inside.
func lines(code *coding.Code, columns bool) []byte {
	path := make([]byte, 0, 2*code.Size*code.Size)
	start, command := "M4 4.5", byte('h')
	if columns {
		start, command = "M4.5 4", 'v'
	}
	path = append(path, start...)
	penX, penY := 0, 0
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for black(code, x, y, columns) {
				x++
			}
			if x == from {
				continue
			}
			if from != penX || y != penY {
				path = move(path, from-penX, y-penY, columns)
			}
			path = strconv.AppendInt(append(path, command), int64(x-from), 10)
			penX, penY = x, y
		}
	}
	return path
}

// black asks for a module by row and place, or by column and place.
func black(code *coding.Code, x, y int, columns bool) bool {
	if columns {
		x, y = y, x
	}
	return code.Black(x, y)
}

// move lifts the pen; a sign parts numbers as well as a space does.
func move(path []byte, x, y int, columns bool) []byte {
	if columns {
		x, y = y, x
	}
	path = strconv.AppendInt(append(path, 'm'), int64(x), 10)
	if y >= 0 {
		path = append(path, ' ')
	}
	return strconv.AppendInt(path, int64(y), 10)
}
