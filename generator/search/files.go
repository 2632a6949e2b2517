package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/json"
	"fmt"
)

// letters are those of names.
var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Name is what names a file that holds bytes: six letters or digits.
func Name(bytes []byte) string {
	sum := sha256.Sum256(bytes)
	return letters.EncodeToString(sum[:4])[:6]
}

// add adds a file, and returns its name without the extension. The same bytes
// with the same extension are one file.
func (x *Index) add(extension string, content []byte) string {
	name, more := Name(content), byte(0)
	for {
		other, taken := x.taken[name+extension]
		if taken && bytes.Equal(other, content) {
			return name
		}
		if !taken {
			break
		}
		more++
		name = Name(append(bytes.Clone(content), more))
	}
	x.taken[name+extension] = content
	x.Files = append(x.Files, File{name + extension, content})
	return name
}

// addRange adds the file of the keys from one on.
func (x *Index) addRange(to *Ranges, key, extension string, content []byte) {
	to.Keys = append(to.Keys, key)
	to.Names += x.add(extension, content)
}

// AddSets adds sets of numbers, each rising, under a name of the entry. The
// header says what they are; it is written as JSON.
func (x *Index) AddSets(name string, header any, sets [][]int) error {
	text, err := json.Marshal(header)
	if err != nil {
		return fmt.Errorf("header of the sets %s: %w", name, err)
	}
	content := appendSized(nil, text)
	var w setWriter
	var numbers []int32
	for _, set := range sets {
		numbers = numbers[:0]
		for _, n := range set {
			numbers = append(numbers, int32(n))
		}
		w.bytes, w.last, w.n = w.bytes[:0], 0, 0
		w.set(numbers)
		content = appendSized(content, w.close())
	}
	x.Entry.Sets[name] = x.add(".f", content)
	return nil
}

// appendSized appends the length of bytes as a varint, and them.
func appendSized(to, part []byte) []byte {
	return append(binary.AppendUvarint(to, uint64(len(part))), part...)
}
