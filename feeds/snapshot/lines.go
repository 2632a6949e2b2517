package snapshot

import (
	"bytes"
	"encoding/json"
	"iter"

	"fursa/feeds"
)

// Places are where the lines of a file of listings begin and end.
func Places(text []byte) iter.Seq[[2]int] {
	return func(yield func([2]int) bool) {
		at := 0
		for line := range bytes.Lines(text) {
			end := at + len(bytes.TrimRight(line, "\r\n"))
			if end > at && !yield([2]int{at, end}) {
				return
			}
			at += len(line)
		}
	}
}

// Line is a listing as a line of the file has it.
func Line(text []byte) (feeds.Shared, error) {
	var s feeds.Shared
	err := json.Unmarshal(text, &s)
	return s, err
}
