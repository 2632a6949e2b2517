//go:build !unix

package content

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// slurper reads files.
type slurper struct{ buffer []byte }

// slurp reads a file of a content folder, or as much of it as shows that it is
// larger than MaxSize. What it answers is gone at the next call.
func (s *slurper) slurp(dir, file string) ([]byte, error) {
	if s.buffer == nil {
		s.buffer = make([]byte, MaxSize+1)
	}
	opened, err := os.Open(filepath.Join(dir, filepath.FromSlash(file)))
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	n, err := opened.Read(s.buffer)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return s.buffer[:n], err
}

func (*slurper) close() {}
