package publish

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"fursa/generator/workers"
)

// indexHead is the first line of an index; its number rises with the form.
const indexHead = "fursa index 1"

// index is what a build noted of its files. It is text, a line for each:
//
//	fursa index 1
//	inputs "…"
//	foreign "path"
//	file SIZE MTIME HASH "path"
//	end
//
// One that is not whole counts as none.
type index struct {
	inputs  string
	foreign []string
	files   map[string]stamp
}

// index gives the index of this build.
func (b *build) index(inputs string) []byte {
	buf := make([]byte, 0, 128*len(b.made))
	buf = append(buf, indexHead+"\ninputs "...)
	buf = append(strconv.AppendQuote(buf, inputs), '\n')
	for _, p := range b.foreign() {
		buf = append(strconv.AppendQuote(append(buf, "foreign "...), p), '\n')
	}
	for i, m := range b.made {
		buf = strconv.AppendInt(append(buf, "file "...), m.size, 10)
		buf = strconv.AppendInt(append(buf, ' '), m.mtime, 10)
		buf = append(append(append(buf, ' '), m.hash...), ' ')
		buf = append(strconv.AppendQuote(buf, b.wanted.files[i].Path), '\n')
	}
	return append(buf, "end\n"...)
}

func parseIndex(text string) (index, bool) {
	lines := strings.Split(text, "\n")
	n := len(lines)
	if n < 3 || lines[0] != indexHead || lines[n-2] != "end" || lines[n-1] != "" {
		return index{}, false
	}
	ix := index{files: make(map[string]stamp, n)}
	for _, line := range lines[1 : n-2] {
		if err := ix.parse(line); err != nil {
			return index{}, false
		}
	}
	return ix, true
}

func (ix *index) parse(line string) (err error) {
	key, rest, _ := strings.Cut(line, " ")
	switch key {
	case "inputs":
		ix.inputs, err = strconv.Unquote(rest)
	case "foreign":
		var p string
		p, err = strconv.Unquote(rest)
		ix.foreign = append(ix.foreign, p)
	case "file":
		err = ix.parseFile(rest)
	default:
		err = fmt.Errorf("unknown key %q", key)
	}
	return err
}

func (ix *index) parseFile(line string) error {
	parts := strings.SplitN(line, " ", 4)
	if len(parts) != 4 {
		return fmt.Errorf("%q is not a file", line)
	}
	size, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil {
		return err
	}
	mtime, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return err
	}
	p, err := strconv.Unquote(parts[3])
	if err != nil {
		return err
	}
	ix.files[p] = stamp{size, mtime, parts[2]}
	return nil
}

// Unchanged says whether the last Write to the folder finished, had these
// inputs, and left every file as it still is by size and time. Then there is
// nothing to build, and the report says what that Write would now: its Foreign
// files are those of the last one. It changes nothing, and waits for nobody.
func Unchanged(dir, inputs string) (Report, bool) {
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(indexName)))
	if err != nil || inputs == "" {
		return Report{}, false
	}
	ix, whole := parseIndex(string(data))
	if !whole || ix.inputs != inputs {
		return Report{}, false
	}
	if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(logName))); err == nil {
		return Report{}, false
	}
	r := Report{Files: len(ix.files), Unchanged: len(ix.files), Foreign: ix.foreign}
	paths := make([]string, 0, len(ix.files))
	for p, s := range ix.files {
		paths = append(paths, p)
		r.Bytes += s.size
	}
	err = workers.Each(context.Background(), runtime.NumCPU(), len(paths), func(_, i int) error {
		info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(paths[i])))
		if err != nil {
			return err
		}
		if left, now := ix.files[paths[i]], stampOf(info); now.size != left.size || now.mtime != left.mtime {
			return fs.ErrInvalid // any error: it is not told
		}
		return nil
	})
	return r, err == nil
}
