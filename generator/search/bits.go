package search

import (
	"math/bits"
	"slices"
)

// bitWriter writes bits from the highest of each byte to the lowest, as
// docs/search-format.md has them under «Bits».
type bitWriter struct {
	bytes []byte
	last  uint64 // bits that make no whole byte yet, the newest lowest
	n     int    // how many these are
}

// write writes the n lowest bits of v, 56 at most.
func (w *bitWriter) write(v uint64, n int) {
	w.last = w.last<<n | v
	for w.n += n; w.n >= 8; w.n -= 8 {
		w.bytes = append(w.bytes, byte(w.last>>(w.n-8)))
	}
	w.last &= 1<<w.n - 1
}

// close fills the last byte with zeros.
func (w *bitWriter) close() []byte {
	if w.n > 0 {
		w.write(0, 8-w.n)
	}
	return w.bytes
}

func (w *bitWriter) gamma(v int) {
	digits := bits.Len(uint(v))
	w.write(0, digits-1)
	w.write(uint64(v), digits)
}

func gammaSize(v int) int { return 2*bits.Len(uint(v)) - 1 }

// mostOnes is how long a quotient rice writes one by one.
const mostOnes = 16

func (w *bitWriter) rice(k, v int) {
	q := v >> k
	if q < mostOnes {
		w.write(1<<(q+1)-2, q+1)
	} else {
		w.write(1<<mostOnes-1, mostOnes)
		w.gamma(q - mostOnes + 1)
	}
	w.write(uint64(v)&(1<<k-1), k)
}

func riceSize(k int, values []int32) int {
	size := len(values) * (k + 1)
	for _, v := range values {
		q := int(v) >> k
		if q >= mostOnes {
			q = mostOnes - 1 + gammaSize(q-mostOnes+1)
		}
		size += q
	}
	return size
}

// bestRice is the parameter with which values, one at least, take the fewest
// bits, and how many: it is the mean's length, or next to it.
func bestRice(values []int32) (k, size int) {
	sum := 0
	for _, v := range values {
		sum += int(v)
	}
	near := bits.Len(uint(sum / len(values)))
	size = -1
	for try := max(near-2, 0); try <= min(near+1, 15); try++ {
		if s := riceSize(try, values); size < 0 || s < size {
			k, size = try, s
		}
	}
	return k, size
}

// setWriter writes sets; its slices are used again.
type setWriter struct {
	bitWriter
	gaps, runs, lengths []int32
}

// set writes rising numbers, as gaps or as runs, whichever is shorter.
func (w *setWriter) set(numbers []int32) {
	w.gamma(len(numbers) + 1)
	if len(numbers) == 0 {
		return
	}
	w.measure(numbers)
	k, size := bestRice(w.gaps)
	runK, runSize := bestRice(w.runs)
	m, lengthSize := bestRice(w.lengths)
	if size <= runSize+lengthSize+4 {
		w.write(uint64(k), 5) // a zero first
		for _, gap := range w.gaps {
			w.rice(k, int(gap))
		}
		return
	}
	w.write(1, 1)
	w.write(uint64(runK), 4)
	w.write(uint64(m), 4)
	for i, gap := range w.runs {
		w.rice(runK, int(gap))
		w.rice(m, int(w.lengths[i]))
	}
}

// measure works out the gaps between numbers, those between runs of them, and
// the lengths of runs less one.
func (w *setWriter) measure(numbers []int32) {
	w.gaps, w.runs, w.lengths = w.gaps[:0], w.runs[:0], w.lengths[:0]
	previous := int32(-1)
	for i, n := range numbers {
		gap := n - previous - 1
		w.gaps = append(w.gaps, gap)
		switch {
		case i == 0:
			w.runs, w.lengths = append(w.runs, gap), append(w.lengths, 0)
		case gap == 0:
			w.lengths[len(w.lengths)-1]++
		default:
			w.runs, w.lengths = append(w.runs, gap-1), append(w.lengths, 0)
		}
		previous = n
	}
}

// posting is a listing's number and its impact: the five lowest bits, 1 to 31.
// Postings sort by number.
type posting uint32

const (
	impactBits = 5
	mostImpact = 1<<impactBits - 1
)

func post(number int32, impact int) posting { return posting(number)<<impactBits | posting(impact) }

func (p posting) number() int32 { return int32(p >> impactBits) }
func (p posting) impact() int   { return int(p & mostImpact) }

// listWriter writes lists; its slices are used again.
type listWriter struct {
	setWriter
	numbers []int32
	impacts []uint8
}

// list is the bytes of postings, one at least, sorted by number. They are the
// caller's.
func (w *listWriter) list(postings []posting) []byte {
	w.bytes, w.last, w.n = nil, 0, 0
	w.numbers, w.impacts = w.numbers[:0], w.impacts[:0]
	for _, p := range postings {
		w.numbers = append(w.numbers, p.number())
		w.impacts = append(w.impacts, uint8(p.impact()))
	}
	w.set(w.numbers)
	lowest := slices.Min(w.impacts)
	w.write(uint64(lowest), impactBits)
	for {
		next := w.above(lowest)
		if next == 0 {
			w.gamma(1)
			return w.close()
		}
		w.gamma(int(next-lowest) + 1)
		w.set(w.numbers)
		lowest = next
	}
}

// above leaves the impacts higher than one, and their places among those that
// were left before; it is the lowest of them, 0 where there is none.
func (w *listWriter) above(lowest uint8) (next uint8) {
	kept := w.impacts[:0]
	w.numbers = w.numbers[:0]
	for i, impact := range w.impacts {
		if impact <= lowest {
			continue
		}
		if next == 0 || impact < next {
			next = impact
		}
		kept, w.numbers = append(kept, impact), append(w.numbers, int32(i))
	}
	w.impacts = kept
	return next
}

// setBytes are the bytes of one set.
func setBytes(numbers []int32) []byte {
	var w setWriter
	w.set(numbers)
	return w.close()
}
