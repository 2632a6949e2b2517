//go:build unix

package content

import (
	"errors"
	"syscall"
)

// slurp reads the beginning of a file into a buffer; a symbolic link is not
// followed. Of the files of a whole catalogue the os package takes half as
// long again, most of it for what only sockets and terminals need.
func slurp(name string, into []byte) (int, error) {
	file, err := retried(func() (int, error) {
		return syscall.Open(name, syscall.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0)
	})
	if err != nil {
		return 0, err
	}
	n, err := retried(func() (int, error) { return syscall.Read(file, into) })
	return max(n, 0), errors.Join(err, syscall.Close(file))
}

// retried calls the system until no signal comes between.
func retried(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if !errors.Is(err, syscall.EINTR) {
			return n, err
		}
	}
}
