package picture

import (
	"hash/fnv"
	"strconv"
)

// The box that patterns are drawn in, and the width of their strokes, which
// have round ends and corners. Figures may reach over the box's edges: show
// them cut off there.
const (
	PatternWidth  = 320
	PatternHeight = 120
	PatternStroke = 6
)

// A Figure is the `d` of an SVG path in the box of patterns. It is drawn in
// one colour: as strokes, or else filled.
type Figure struct {
	Path   string
	Stroke bool
}

// Pattern is the figure of a seed, such as the id of a subject: the same one
// for the same seed, at most 220 bytes, neither left nor right in meaning.
func Pattern(seed string) Figure {
	h := fnv.New64a()
	_, _ = h.Write([]byte(seed)) // never fails
	d := dice(h.Sum64())
	families := [...]func(*pen, *dice) (stroke bool){waves, arcs, steps, beads, peaks, rings, rays, scales, leaves, bars}
	var p pen
	stroke := families[d.roll(len(families))](&p, &d)
	return Figure{string(p), stroke}
}

// dice are numbers that look thrown, and follow from where they start.
type dice uint64

// roll is a number from 0 to sides-1, by the steps of SplitMix64.
func (d *dice) roll(sides int) int {
	*d += 0x9e3779b97f4a7c15
	x := uint64(*d)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return int((x ^ x>>31) % uint64(sides))
}

// between is a number from low to high in steps.
func (d *dice) between(low, high, step int) int {
	return low + step*d.roll((high-low)/step+1)
}

// pen writes a path in as few bytes as whole numbers allow.
type pen []byte

// to writes a command and its numbers; a sign parts numbers as well as a space.
func (p *pen) to(command string, numbers ...int) {
	*p = append(*p, command...)
	for i, n := range numbers {
		if n >= 0 && (i > 0 || command == "") {
			*p = append(*p, ' ')
		}
		*p = strconv.AppendInt(*p, int64(n), 10)
	}
}

// circle is the greater arc between two neighbouring points, and closed: half
// the bytes of two arcs.
func (p *pen) circle(x, y, r int) {
	p.to("M", x, y-r)
	p.to("a", r, r, 0, 1, 0, 1, 0)
	*p = append(*p, 'z')
}

// waves are lines of the sea, one below another: the longer, the more.
func waves(p *pen, d *dice) bool {
	lines := d.between(3, 5, 1)
	half, gap := 20*(lines-1), PatternHeight/lines
	rise := d.between(half/4, half/2+4, 4)
	for line := range lines {
		p.to("M", -half/2, gap*line+gap/2)
		p.to("q", half/2, -rise, half, 0)
		p.to("t", half, 0)
		for x := 2*half - half/2; x < PatternWidth; x += half {
			p.to("", half, 0)
		}
	}
	return true
}

// arcs are half circles round two places of the lower edge.
func arcs(p *pen, d *dice) bool {
	gap := d.between(18, 22, 2)
	arch := func(x, count int) {
		for r := gap; r <= gap*count; r += gap {
			p.to("M", x-r, PatternHeight)
			p.to("a", r, r, 0, 0, 1, 2*r, 0)
		}
	}
	x := d.between(60, 260, 20)
	arch(x, 4)
	arch((x+160)%PatternWidth, 3)
	return true
}

// steps are stairs of even treads, up and down.
func steps(p *pen, d *dice) bool {
	tread := d.between(20, 40, 20)
	y := d.between(60, 100, 20)
	p.to("M", 0, PatternHeight)
	p.to("V", y)
	for x := tread; x < PatternWidth; x += tread {
		p.to("h", tread)
		next := y + 20*(d.roll(3)-1)
		if next == y {
			next = y - 20
		}
		y = min(max(next, 40), 100)
		p.to("V", y)
	}
	p.to("H", PatternWidth)
	p.to("V", PatternHeight)
	*p = append(*p, 'z')
	return false
}

// beads are dots and dashes by turns, in rows.
func beads(p *pen, d *dice) bool {
	const gap = 34
	for y := 15; y < PatternHeight; y += 30 {
		x, dash := d.between(-20, 12, 8), d.roll(2) == 0
		p.to("M", x, y)
		for first := true; x < PatternWidth; first = false {
			if !first {
				p.to("m", gap, 0)
			}
			length := 0
			if dash {
				length = d.between(32, 64, 16)
			}
			p.to("h", length)
			x, dash = x+gap+length, !dash
		}
	}
	return true
}

// peaks are mountains side by side, below the sun or the moon.
func peaks(p *pen, d *dice) bool {
	x := -d.between(20, 60, 20)
	p.to("M", x, PatternHeight)
	for x < PatternWidth {
		half, high := d.between(30, 60, 10), d.between(30, 80, 10)
		p.to("l", half, -high, half, high)
		x += 2 * half
	}
	*p = append(*p, 'z')
	p.circle(d.between(40, 280, 40), 24, d.between(10, 14, 4))
	return false
}

// rings lie round one place, as of a drop in water.
func rings(p *pen, d *dice) bool {
	x, y := d.between(60, 260, 40), d.between(40, 80, 20)
	gap := d.between(20, 28, 4)
	for r := gap / 2; r < 8*gap; r += gap {
		p.circle(x, y, r)
	}
	return true
}

// rays leave a place below the lower edge, as of a sun.
func rays(p *pen, d *dice) bool {
	x := d.between(60, 260, 20)
	step := d.between(60, 80, 10)
	for at := -400; at < 720; at += 2 * step {
		p.to("M", x, 140)
		p.to("L", at, -60)
		p.to("h", step)
		*p = append(*p, 'z')
	}
	return false
}

// scales are half discs in rows, as of a fish or of a roof, with some missing.
// Radii too small for their arc grow until they fit, so that 1 stands for any.
func scales(p *pen, d *dice) bool {
	const r = PatternHeight / 3 // and an eighth of the width
	for row := range 3 {
		x := -r * (row % 2)
		p.to("M", x, r*(row+1))
		for ; x < PatternWidth; x += 2 * r {
			if d.roll(4) == 0 {
				p.to("m", 2*r, 0)
				continue
			}
			p.to("a", 1, 1, 0, 0, 1, 2*r, 0)
		}
	}
	return false
}

// leaves lean one way and the other.
func leaves(p *pen, d *dice) bool {
	size := d.between(64, 80, 16)
	for x := 0; x < PatternWidth; x += size {
		side := 1 - 2*d.roll(2)
		p.to("M", x+size*(1-side)/2, (PatternHeight+size)/2)
		p.to("a", size, size, 0, 0, 1, side*size, -size)
		p.to("", size, size, 0, 0, 1, -side*size, size)
	}
	return false
}

// bars are of several heights round one line, as of a sound.
func bars(p *pen, d *dice) bool {
	gap := d.between(16, 24, 4)
	for x := gap / 2; x < PatternWidth; x += gap {
		half := d.between(5, 50, 5)
		p.to("M", x, PatternHeight/2-half)
		p.to("v", 2*half)
	}
	return true
}
