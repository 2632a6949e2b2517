package search

import (
	"encoding/binary"
	"errors"
)

// Sets are the header and the sets of a file of sets.
func Sets(content []byte) (header []byte, sets [][]int, err error) {
	next := func() []byte {
		size, n := binary.Uvarint(content)
		if n <= 0 || len(content) < n+int(size) {
			err, content = errors.New("the file is cut off"), nil
			return nil
		}
		part := content[n : n+int(size)]
		content = content[n+int(size):]
		return part
	}
	header = next()
	for len(content) > 0 {
		r := bitReader{bytes: next()}
		var set []int
		for _, n := range r.set() {
			set = append(set, int(n))
		}
		sets, err = append(sets, set), errors.Join(err, r.err)
	}
	return header, sets, err
}
