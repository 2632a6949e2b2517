package peers

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"

	"fursa/feeds"
	"fursa/feeds/sign"
	"fursa/feeds/snapshot"
)

// line is a listing as a line of a snapshot.
type line struct {
	text     []byte
	modified int64
}

// items are the listings of a snapshot, by their ids.
type items struct {
	lines map[string]line
	bytes int64
}

// errLost is a file of listings that is not the one its state speaks of.
var errLost = errors.New("the listings are not those of the state")

// readItems reads the listings that a state speaks of. They are whole: else it
// is errLost.
func readItems(folder *os.Root, slug string, s snapshot.State) (items, error) {
	all := items{lines: map[string]line{}}
	if s.Sum == "" {
		return all, nil
	}
	text, err := folder.ReadFile(slug + "/" + snapshot.ItemsName)
	if errors.Is(err, fs.ErrNotExist) || err == nil && sign.Sum(text) != s.Sum {
		return all, errLost
	}
	if err != nil {
		return all, err
	}
	for text := range bytes.Lines(text) {
		var head struct {
			ID       string `json:"id"`
			Modified int64  `json:"modified"`
		}
		if err := json.Unmarshal(text, &head); err != nil {
			return items{lines: map[string]line{}}, errLost
		}
		all.put(head.ID, line{bytes.TrimSuffix(text, []byte("\n")), head.Modified})
	}
	return all, nil
}

func (i *items) put(id string, l line) {
	i.remove(id)
	i.lines[id] = l
	i.bytes += int64(len(l.text))
}

func (i *items) remove(id string) {
	i.bytes -= int64(len(i.lines[id].text))
	delete(i.lines, id)
}

// write writes the listings in the order of their ids, and gives the size and
// the sum of the file.
func (i *items) write(folder *os.Root, slug string) (size int64, sum string, err error) {
	hash := sha256.New()
	err = replace(folder, slug, snapshot.ItemsName, func(f *os.File) error {
		out := bufio.NewWriter(io.MultiWriter(f, hash))
		for _, id := range slices.Sorted(maps.Keys(i.lines)) {
			n, _ := out.Write(i.lines[id].text) // errors come back from Flush
			_ = out.WriteByte('\n')
			size += int64(n) + 1
		}
		return out.Flush()
	})
	return size, sign.SumOf(hash), err
}

// newLine is a listing as a line: its keys in the order of feeds.Shared, those
// of records sorted.
func newLine(s feeds.Shared) (line, error) {
	var err error
	if s.Record, err = sorted(s.Record); err != nil {
		return line{}, err
	}
	for lang, t := range s.Translations {
		if t.Record, err = sorted(t.Record); err != nil {
			return line{}, err
		}
		s.Translations[lang] = t
	}
	if s.Provider != nil {
		if s.Provider.Record, err = sorted(s.Provider.Record); err != nil {
			return line{}, err
		}
	}
	text, err := feeds.RecordJSON(s)
	return line{text, s.Modified}, err
}

// sorted is an object with its keys sorted, its numbers as they were.
func sorted(text json.RawMessage) (json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var value map[string]any
	if err := d.Decode(&value); err != nil {
		return nil, err
	}
	if value == nil {
		return nil, errors.New("a record is missing")
	}
	return feeds.RecordJSON(value)
}

// differ says whether two lines differ in what they say of a listing: where its
// page is, and when it changed, is not that.
func differ(a, b line) bool {
	var x, y feeds.Shared
	if json.Unmarshal(a.text, &x) != nil || json.Unmarshal(b.text, &y) != nil {
		return true
	}
	return !bytes.Equal(x.Record, y.Record) || x.Body != y.Body
}
