package search

import "unicode/utf8"

// splitter parts sorted texts into files.
type splitter struct {
	// text is the text of an index; there are n.
	text func(i int) string
	n    int
	// cost is about how many bytes a file of those from one up to another has.
	cost func(from, to int) int
	// most is what a file should cost at most.
	most int
}

// piece is the texts of a file. It has all that come from key on, up to the key of the
// next.
type piece struct {
	from, to int
	key      string
}

// pieces parts all texts, there where letters differ: so another text moves
// boundaries near itself, and no others.
func (s *splitter) pieces() []piece { return s.part(piece{0, s.n, ""}, 0) }

// part parts texts that have their first bytes in common: so many.
func (s *splitter) part(p piece, common int) []piece {
	whole := s.cost(p.from, p.to)
	if whole <= s.most || p.to-p.from == 1 {
		return []piece{p}
	}
	var all []piece
	for from, key := p.from, p.key; from < p.to; {
		first := s.text(from)
		_, size := utf8.DecodeRuneInString(first[common:])
		to := from + 1
		for to < p.to && common+size <= len(s.text(to)) && s.text(to)[:common+size] == first[:common+size] && size > 0 {
			to++
		}
		if from > p.from {
			key = first[:common+size]
		}
		all = append(all, s.part(piece{from, to, key}, common+size)...)
		from = to
	}
	all = s.merged(all)
	// One big thing that all have in common would stand in each.
	if whole <= 2*s.most && s.sum(all) > whole+whole/4 {
		return []piece{p}
	}
	return all
}

// sum is what pieces cost. What stands in several counts in each.
func (s *splitter) sum(all []piece) int {
	sum := 0
	for _, p := range all {
		sum += s.cost(p.from, p.to)
	}
	return sum
}

// merged are pieces with small neighbours put together.
func (s *splitter) merged(all []piece) []piece {
	merged := all[:1]
	for _, p := range all[1:] {
		if last := &merged[len(merged)-1]; s.cost(last.from, p.to) <= s.most {
			last.to = p.to
		} else {
			merged = append(merged, p)
		}
	}
	return merged
}
