//go:build !unix

package content

import (
	"errors"
	"io"
	"os"
)

// slurp reads the beginning of a file into a buffer.
func slurp(name string, into []byte) (int, error) {
	file, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	n, err := file.Read(into)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}
