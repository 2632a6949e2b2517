//go:build unix

package content

import (
	"errors"
	"path"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// slurper reads files, and keeps the folder of the last one open, so that the
// system need not find its way there anew for each. Of the files of a whole
// catalogue the os package takes half as long again, most of it for what only
// sockets and terminals need.
type slurper struct {
	folder string
	open   int
	isOpen bool
	buffer []byte
}

// slurp reads a file of a content folder, or as much of it as shows that it is
// larger than MaxSize. What it answers is gone at the next call. A symbolic
// link is not followed.
func (s *slurper) slurp(dir, file string) ([]byte, error) {
	folder, base := path.Split(file)
	if !s.isOpen || s.folder != folder {
		s.close()
		open, err := openAt(unix.AT_FDCWD, filepath.Join(dir, folder), unix.O_DIRECTORY)
		if err != nil {
			return nil, err
		}
		s.folder, s.open, s.isOpen = folder, open, true
	}
	if s.buffer == nil {
		s.buffer = make([]byte, MaxSize+1)
	}
	opened, err := openAt(s.open, base, unix.O_NOFOLLOW)
	if err != nil {
		return nil, err
	}
	n, err := retried(func() (int, error) { return unix.Read(opened, s.buffer) })
	return s.buffer[:max(n, 0)], errors.Join(err, unix.Close(opened))
}

func (s *slurper) close() {
	if s.isOpen {
		_ = unix.Close(s.open) // it was only read
		s.isOpen = false
	}
}

func openAt(folder int, name string, how int) (int, error) {
	return retried(func() (int, error) { return unix.Openat(folder, name, unix.O_RDONLY|unix.O_CLOEXEC|how, 0) })
}

// retried calls the system until no signal comes between.
func retried(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if !errors.Is(err, unix.EINTR) {
			return n, err
		}
	}
}
