package search_test

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/search"
)

var update = flag.Bool("update", false, "write the golden files anew")

// bitVectors are testdata/bits.json, which the theme's scripts are tested with
// too.
type bitVectors struct {
	Sets  []setVector  `json:"sets"`
	Lists []listVector `json:"lists"`
}

type setVector struct {
	Bits    string  `json:"bits"` // in hexadecimal
	Numbers []int32 `json:"numbers"`
}

type listVector struct {
	Bits    string  `json:"bits"`
	Numbers []int32 `json:"numbers"`
	Impacts []int   `json:"impacts"`
}

// every is the numbers below n that a random one in so many has.
func every(r *rand.Rand, n, in int) []int32 {
	numbers := []int32{}
	for i := range n {
		if r.IntN(in) == 0 {
			numbers = append(numbers, int32(i))
		}
	}
	return numbers
}

// stretches are runs of numbers below n.
func stretches(r *rand.Rand, n, length, gap int) []int32 {
	numbers := []int32{}
	for i := r.IntN(gap); i < n; i += r.IntN(gap) {
		for range r.IntN(length) + 1 {
			numbers = append(numbers, int32(i))
			i++
		}
	}
	return numbers
}

func someSets() [][]int32 {
	r := rand.New(rand.NewPCG(3, 4))
	sets := [][]int32{{}, {0}, {1}, {15}, {16}, {65535}, {100_000}, {1 << 26}, {0, 1}, {0, 1, 2, 3, 4, 5, 6, 7}, {7, 9}, {0, 65536, 65537, 131072}, {0, 1, 2, 3, 1 << 22}}
	for _, in := range []int{1, 2, 3, 8, 40, 300} {
		sets = append(sets, every(r, 600, in))
	}
	for _, length := range []int{3, 20, 200} {
		sets = append(sets, stretches(r, 900, length, length/2+2), stretches(r, 900, length, length*3))
	}
	return append(sets, every(r, 100_000, 2000), stretches(r, 100_000, 3000, 30_000)[:300])
}

func someLists() []listVector {
	r := rand.New(rand.NewPCG(5, 6))
	lists := []listVector{
		{"", []int32{0}, []int{1}}, {"", []int32{0}, []int{31}}, {"", []int32{21_628}, []int{17}}, {"", []int32{1 << 26}, []int{31}},
		{"", []int32{3, 4}, []int{1, 31}}, {"", []int32{0, 1, 2}, []int{5, 5, 5}},
	}
	for _, numbers := range someSets() {
		if len(numbers) < 5 || len(numbers) > 400 {
			continue
		}
		for _, most := range []int{1, 4, 31} {
			list := listVector{Numbers: numbers}
			for range numbers {
				list.Impacts = append(list.Impacts, 1+r.IntN(most))
			}
			lists = append(lists, list)
		}
	}
	return lists
}

// Whatever is written is what is read, and the bytes stay as they are.
func TestBits(t *testing.T) {
	var got bitVectors
	for _, numbers := range someSets() {
		bytes := search.SetBytes(numbers)
		r := bitReader{bytes: bytes}
		if diff := cmp.Diff(numbers, r.set()); diff != "" || r.err != nil || 8*len(bytes)-r.at > 7 {
			t.Errorf("%v: %v, %d of %d bits: %s", numbers, r.err, r.at, 8*len(bytes), diff)
		}
		got.Sets = append(got.Sets, setVector{hex.EncodeToString(bytes), numbers})
	}
	for _, list := range someLists() {
		bytes := search.ListBytes(list.Numbers, list.Impacts)
		r := bitReader{bytes: bytes}
		numbers, impacts := r.list()
		if diff := cmp.Diff(list, listVector{"", numbers, impacts}); diff != "" || r.err != nil || 8*len(bytes)-r.at > 7 {
			t.Errorf("%v: %v, %d of %d bits: %s", list, r.err, r.at, 8*len(bytes), diff)
		}
		list.Bits = hex.EncodeToString(bytes)
		got.Lists = append(got.Lists, list)
	}
	var want bitVectors
	golden(t, "testdata/bits.json", got, &want)
}

// golden compares a value with a file of JSON, a line for each entry of its
// lists; with -update it writes the file.
func golden[T any](t *testing.T, file string, got T, want *T) {
	t.Helper()
	if *update {
		text, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		for i := 1; i < len(text)-1; i++ {
			if text[i] == '{' && (text[i-1] == ',' || text[i-1] == '[') {
				text = slices.Insert(text, i, '\n')
				i++
			}
		}
		if err := os.WriteFile(file, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(*want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// FuzzBits reads back what it writes, and stops at the end of what is no list.
func FuzzBits(f *testing.F) {
	f.Add([]byte{1, 2, 3, 255, 0, 0, 1}, byte(3))
	f.Fuzz(func(t *testing.T, steps []byte, most byte) {
		r := bitReader{bytes: steps}
		r.list()
		next := int32(0)
		var list listVector
		for _, step := range steps {
			list.Numbers = append(list.Numbers, next+int32(step))
			list.Impacts = append(list.Impacts, 1+int(step)%(int(most)%31+1))
			next += int32(step) + 1
		}
		if len(steps) == 0 {
			return
		}
		back := bitReader{bytes: search.ListBytes(list.Numbers, list.Impacts)}
		numbers, impacts := back.list()
		if diff := cmp.Diff(list, listVector{"", numbers, impacts}); diff != "" || back.err != nil {
			t.Errorf("%v: %s", back.err, diff)
		}
	})
}
