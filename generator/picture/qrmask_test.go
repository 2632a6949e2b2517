package picture_test

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"rsc.io/qr/coding"

	"fursa/generator/picture"
)

// Every address is read, and is written with the mask that ISO/IEC 18004 asks
// for: of the eight, that with the lowest penalty.
func TestQRMask(t *testing.T) {
	used := map[int]int{}
	for i := range 200 {
		text := fmt.Sprintf("https://learning.example.org/%s/%d/%s", []string{"en", "ar", "de"}[i%3], i*7919, strings.Repeat("night-sky-", i%13))
		code, err := picture.QR(text)
		if err != nil {
			t.Fatal(err)
		}
		drawn := raster(t, code)
		if got := decoded(t, drawn); got != text {
			t.Errorf("the code of %q is read as %q", text, got)
		}
		black := modules(drawn, code.Modules)
		points, mask := allMasks(t, text, black)
		if mask < 0 || points[mask] != slices.Min(points) || slices.Index(points, points[mask]) != mask {
			t.Errorf("the code of %q has mask %d of %v", text, mask, points)
		}
		used[mask]++
	}
	if len(used) != 8 {
		t.Errorf("masks and how often they are used: %v", used)
	}
}

func decoded(t *testing.T, drawn image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(drawn)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		return err.Error()
	}
	return result.GetText()
}

// modules are a drawing's rows without its border, black ones true.
func modules(drawn image.Image, side int) [][]bool {
	scale := drawn.Bounds().Dx() / side
	rows := make([][]bool, side-8)
	for y := range rows {
		rows[y] = make([]bool, side-8)
		for x := range rows {
			r, _, _, _ := drawn.At((x+4)*scale, (y+4)*scale).RGBA()
			rows[y][x] = r == 0
		}
	}
	return rows
}

// allMasks are the penalties of a text's code by mask, and the mask of the
// code that is given: -1 if it is none of them.
func allMasks(t *testing.T, text string, code [][]bool) (points []int, mask int) {
	t.Helper()
	mask = -1
	for m := range 8 {
		plan, err := coding.NewPlan(coding.Version((len(code)-17)/4), coding.M, coding.Mask(m))
		if err != nil {
			t.Fatal(err)
		}
		other, err := plan.Encode(coding.String(text))
		if err != nil {
			t.Fatal(err)
		}
		rows := make([][]bool, other.Size)
		for y := range rows {
			rows[y] = make([]bool, other.Size)
			for x := range rows {
				rows[y][x] = other.Black(x, y)
			}
		}
		points = append(points, penalty(rows))
		if slices.EqualFunc(rows, code, slices.Equal) {
			mask = m
		}
	}
	return points, mask
}

// penalty is that of ISO/IEC 18004, 7.8.3.1, counted module by module.
func penalty(rows [][]bool) (points int) {
	size := len(rows)
	at := func(x, y int) bool { return x >= 0 && y >= 0 && x < size && y < size && rows[y][x] }
	black := 0
	for y := range size {
		across := make([]bool, size+8) // with the border
		down := make([]bool, size+8)
		for x := range size {
			across[x+4], down[x+4] = at(x, y), at(y, x)
			if at(x, y) {
				black++
			}
			if x > 0 && y > 0 && at(x, y) == at(x-1, y) && at(x, y) == at(x, y-1) && at(x, y) == at(x-1, y-1) {
				points += 3
			}
		}
		points += linePenalty(across) + linePenalty(down)
	}
	for share := 5; 100*black >= (50+share)*size*size || 100*black <= (50-share)*size*size; share += 5 {
		points += 10
	}
	return points
}

func linePenalty(line []bool) (points int) {
	inside := line[4 : len(line)-4]
	for x, run := 0, 0; x < len(inside); x++ {
		if x > 0 && inside[x] == inside[x-1] {
			run++
		} else {
			run = 1
		}
		if run == 5 {
			points += 3
		} else if run > 5 {
			points++
		}
	}
	var s strings.Builder
	for _, black := range line {
		s.WriteByte(map[bool]byte{true: '#', false: '.'}[black])
	}
	for x := range inside[:len(inside)-6] {
		around := s.String()[x : x+15]
		if around[4:11] == "#.###.#" && (around[:4] == "...." || around[11:] == "....") {
			points += 40
		}
	}
	return points
}
