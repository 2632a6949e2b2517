package search_test

import (
	"errors"
	"fmt"
)

// bitReader reads what a bitWriter wrote. It was written from the format page
// alone.
type bitReader struct {
	bytes []byte
	at    int // in bits
	err   error
}

func (r *bitReader) bit() int {
	if r.at >= 8*len(r.bytes) {
		r.err = errors.New("the bits are at an end")
		return 1
	}
	bit := r.bytes[r.at/8] >> (7 - r.at%8) & 1
	r.at++
	return int(bit)
}

func (r *bitReader) bits(n int) int {
	v := 0
	for range n {
		v = v<<1 | r.bit()
	}
	return v
}

func (r *bitReader) gamma() int {
	zeros := 0
	for r.bit() == 0 {
		zeros++
	}
	if zeros > 30 {
		r.err = fmt.Errorf("a number of %d digits", zeros+1)
		return 1
	}
	return 1<<zeros | r.bits(zeros)
}

func (r *bitReader) rice(k int) int {
	q := 0
	for q < 16 && r.bit() == 1 {
		q++
	}
	if q == 16 {
		q = r.gamma() + 15
	}
	return q<<k | r.bits(k)
}

func (r *bitReader) set() []int32 {
	count := r.gamma() - 1
	numbers := []int32{}
	if count == 0 {
		return numbers
	}
	if count > 1<<20 {
		r.err = fmt.Errorf("a set of %d", count)
		return numbers
	}
	runs, k, m := r.bit() == 1, r.bits(4), 0
	if runs {
		m = r.bits(4)
	}
	for next := 0; len(numbers) < count && r.err == nil; {
		next += r.rice(k)
		if !runs {
			numbers = append(numbers, int32(next))
			next++
			continue
		}
		if len(numbers) > 0 {
			next++
		}
		for range r.rice(m) + 1 {
			if len(numbers) == count {
				r.err = errors.New("a run goes on after the last number")
				break
			}
			numbers = append(numbers, int32(next))
			next++
		}
	}
	return numbers
}

// list is a set with the impact of each of its numbers.
func (r *bitReader) list() (numbers []int32, impacts []int) {
	numbers = r.set()
	impacts = make([]int, len(numbers))
	places := make([]int, len(numbers)) // of those with the impact in hand
	impact := r.bits(5)
	for i := range places {
		places[i], impacts[i] = i, impact
	}
	for rise := r.gamma() - 1; rise > 0 && r.err == nil; rise = r.gamma() - 1 {
		impact += rise
		var kept []int
		for _, i := range r.set() {
			if int(i) >= len(places) {
				r.err = errors.New("a place that the step before does not have")
				break
			}
			kept = append(kept, places[i])
			impacts[places[i]] = impact
		}
		places = kept
	}
	return numbers, impacts
}
