package publish

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"hash"
	"os"
)

// inMemory is how many bytes of a file are held before they go to the stage.
const inMemory = 1 << 20

// draft takes the bytes of one file. A file that has not changed is never
// staged, so that most stay in memory; a long one goes to the stage as it
// comes, so that memory does not grow with the largest file.
type draft struct {
	buf  []byte
	sum  hash.Hash
	size int64
	// create opens the file in the stage; file is that one, once it is needed.
	create func() (*os.File, error)
	file   *os.File
}

// begin starts another file.
func (d *draft) begin(create func() (*os.File, error)) {
	if d.sum == nil {
		d.sum = sha256.New()
	}
	d.sum.Reset()
	d.buf, d.size, d.create, d.file = d.buf[:0], 0, create, nil
}

// Write implements io.Writer.
func (d *draft) Write(p []byte) (int, error) {
	d.buf = append(d.buf, p...)
	return len(p), d.spill()
}

// WriteString implements io.StringWriter.
func (d *draft) WriteString(s string) (int, error) {
	d.buf = append(d.buf, s...)
	return len(s), d.spill()
}

func (d *draft) spill() error {
	if len(d.buf) < inMemory {
		return nil
	}
	return d.flush()
}

// flush moves what is in memory to the stage.
func (d *draft) flush() error {
	if d.file == nil {
		var err error
		if d.file, err = d.create(); err != nil {
			return err
		}
	}
	d.sum.Write(d.buf)
	d.size += int64(len(d.buf))
	_, err := d.file.Write(d.buf)
	d.buf = d.buf[:0]
	return err
}

// end is the size of the file and its hash, when all is written: the first
// half of the SHA-256 digest, in 22 characters. 128 bits tell two versions of
// a file apart, and a ledger names tens of thousands.
func (d *draft) end() (size int64, hash string) {
	d.sum.Write(d.buf)
	digest := d.sum.Sum(nil)
	return d.size + int64(len(d.buf)), base64.RawURLEncoding.EncodeToString(digest[:sha256.Size/2])
}

// keep puts the whole file into the stage, after end.
func (d *draft) keep() (stamp, error) {
	if d.file == nil {
		var err error
		if d.file, err = d.create(); err != nil {
			return stamp{}, err
		}
	}
	_, err := d.file.Write(d.buf)
	var s stamp
	if info, e := d.file.Stat(); e == nil {
		s = stampOf(info)
	} else {
		err = errors.Join(err, e)
	}
	return s, errors.Join(err, d.file.Close())
}

// drop leaves nothing of the file in the stage.
func (d *draft) drop() error {
	if d.file == nil {
		return nil
	}
	return errors.Join(d.file.Close(), os.Remove(d.file.Name()))
}
