package picture

import (
	"math/bits"

	"rsc.io/qr/coding"
)

// masks are the eight ways of writing a code of one version, of which a code
// takes the one that a camera reads most easily. What another mask changes is
// the same in all codes of a version.
type masks struct {
	plan    *coding.Plan // of mask 0
	changes [8]turned    // from mask 0 to each, at index 0 nothing
}

// masked are the masks by version. They are made when first needed: each plan
// takes three times as long as a code.
var masked = byVersion(func(v coding.Version) (masks, error) {
	var m masks
	var first turned
	for i := range m.changes {
		plan, err := coding.NewPlan(v, coding.M, coding.Mask(i))
		if err != nil {
			return masks{}, err
		}
		code, err := plan.Encode(coding.String(""))
		if err != nil {
			return masks{}, err
		}
		if i == 0 {
			m.plan, first = plan, turnedOf(code)
		}
		m.changes[i] = turnedOf(code).xor(first)
	}
	return m, nil
})

// choose gives a code of mask 0 the mask with the lowest penalty (ISO/IEC
// 18004, 7.8.3), the first of equals.
func (m *masks) choose(code *coding.Code) {
	plain := turnedOf(code)
	best, lowest := 0, plain.penalty()
	for i := 1; i < len(m.changes); i++ {
		if p := plain.xor(m.changes[i]).penalty(); p < lowest {
			best, lowest = i, p
		}
	}
	for y, row := range m.changes[best].rows {
		for i, part := range [...]uint64{row.a, row.b, row.c} {
			for ; part != 0; part &= part - 1 {
				x := 64*i + bits.TrailingZeros64(part)
				code.Bitmap[y*code.Stride+x/8] ^= 1 << (7 - x%8)
			}
		}
	}
}

// A line is a row or a column of a code, a bit each module, black ones set:
// module 0 is the lowest bit of a, module 64 that of b. The largest code has
// 177. (An array would stay in memory, and a choice take four times as long.)
type line struct{ a, b, c uint64 }

// set blackens module i.
func (l *line) set(i int) {
	*[]*uint64{&l.a, &l.b, &l.c}[i/64] |= 1 << (i % 64)
}

// ahead is the line whose module i is module i+n of this one, n below 64.
func (l line) ahead(n int) line {
	return line{l.a>>n | l.b<<(64-n), l.b>>n | l.c<<(64-n), l.c >> n}
}

// behind is the line whose module i is module i-n of this one, n below 64.
func (l line) behind(n int) line {
	return line{l.a << n, l.b<<n | l.a>>(64-n), l.c<<n | l.b>>(64-n)}
}

func (l line) and(m line) line { return line{l.a & m.a, l.b & m.b, l.c & m.c} }
func (l line) or(m line) line  { return line{l.a | m.a, l.b | m.b, l.c | m.c} }
func (l line) xor(m line) line { return line{l.a ^ m.a, l.b ^ m.b, l.c ^ m.c} }
func (l line) not() line       { return line{^l.a, ^l.b, ^l.c} }
func (l line) count() int {
	return bits.OnesCount64(l.a) + bits.OnesCount64(l.b) + bits.OnesCount64(l.c)
}

// first is the line whose first n modules are black.
func first(n int) line {
	part := func(n int) uint64 { return 1<<max(0, min(64, n)) - 1 }
	return line{part(n), part(n - 64), part(n - 128)}
}

// turned is a code as rows and as columns.
type turned struct{ rows, columns []line }

func turnedOf(code *coding.Code) turned {
	t := turned{make([]line, code.Size), make([]line, code.Size)}
	for y := range code.Size {
		row := code.Bitmap[y*code.Stride:]
		for x := range code.Size {
			if row[x/8]>>(7-x%8)&1 == 1 {
				t.rows[y].set(x)
				t.columns[x].set(y)
			}
		}
	}
	return t
}

func (t turned) xor(u turned) turned {
	v := turned{make([]line, len(t.rows)), make([]line, len(t.rows))}
	for i := range t.rows {
		v.rows[i], v.columns[i] = t.rows[i].xor(u.rows[i]), t.columns[i].xor(u.columns[i])
	}
	return v
}

// penalty is how far a code is from what cameras read easily, by the weights
// of ISO/IEC 18004, 7.8.3.1.
func (t turned) penalty() int {
	size, black, points := len(t.rows), 0, 0
	for i, row := range t.rows {
		black += row.count()
		points += row.runs(size) + t.columns[i].runs(size)
		points += 40 * (row.finders(size) + t.columns[i].finders(size))
		if i > 0 {
			points += 3 * row.blocks(t.rows[i-1], size)
		}
	}
	// 10 for every full 5 of 100 that black is away from half.
	off := 2*black - size*size
	return points + max(off, -off)*10/(size*size)*10
}

// runs are the points for runs of one colour: 3 for five modules, and one for
// each more.
func (l line) runs(size int) int {
	same := l.xor(l.ahead(1)).not().and(first(size - 1)) // as the next one
	two := same.and(same.ahead(1))
	five := two.and(two.ahead(2)) // begins five of one colour
	return five.count() + 2*five.and(five.behind(1).not()).count()
}

// blocks are the squares of one colour, two modules wide, in two rows.
func (l line) blocks(above line, size int) int {
	same, level := l.xor(above).not(), l.xor(l.ahead(1)).not()
	return same.and(same.ahead(1)).and(level).and(first(size - 1)).count()
}

// finders are the places that look like the mark in a corner: black, white,
// three black, white, black, with four white on a side. The border is white.
func (l line) finders(size int) int {
	white := l.not()
	mark := l.and(white.ahead(1)).and(l.ahead(2)).and(l.ahead(3)).and(l.ahead(4)).and(white.ahead(5)).and(l.ahead(6))
	before, after := l.behind(1).or(l.behind(2)), l.ahead(7).or(l.ahead(8))
	before, after = before.or(before.behind(2)), after.or(after.ahead(2)) // black among four
	return mark.and(before.and(after).not()).and(first(size - 6)).count()
}
