// Package sign says whose a published file is: it is signed with minisign, as
// anybody can check with that program alone.
package sign

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"aead.dev/minisign"
)

// Key is a private key of a catalogue. Its zero value is none.
type Key struct {
	private minisign.PrivateKey
	public  minisign.PublicKey
}

// NewKey makes a key of random bytes.
func NewKey(random io.Reader) (Key, error) {
	public, private, err := minisign.GenerateKey(random)
	if err != nil {
		return Key{}, fmt.Errorf("make a key: %w", err)
	}
	return Key{private, public}, nil
}

// ErrPassword is a key that only its password opens, and not this one.
var ErrPassword = errors.New("the key is encrypted, and its password is another one")

// ReadKey reads a key from the text of a minisign secret key file, encrypted or
// not. A key without a password is its last line alone, too.
func ReadKey(text []byte, password string) (Key, error) {
	var k Key
	if minisign.IsEncrypted(text) {
		private, err := minisign.DecryptKey(password, text)
		if err != nil {
			return Key{}, ErrPassword
		}
		k.private = private
	} else if err := k.private.UnmarshalText(text); err != nil {
		return Key{}, fmt.Errorf("this is no minisign secret key: %w", err)
	}
	k.public = k.private.Public().(minisign.PublicKey)
	return k, nil
}

// Text is the file of a key: encrypted, unless there is no password.
func (k Key) Text(password string) ([]byte, error) {
	if password == "" {
		return k.private.MarshalText()
	}
	return minisign.EncryptKey(password, k.private)
}

// Public is the public key: 56 letters of base64, as minisign prints it.
func (k Key) Public() string { return k.public.String() }

// IsZero says that there is no key.
func (k Key) IsZero() bool { return k.public.Equal(minisign.PublicKey{}) }

// Sign is the detached signature of a message, the same each time. The comment
// is signed too.
func (k Key) Sign(message []byte, comment string) []byte {
	return minisign.SignWithComments(k.private, message, oneLine(comment), "signed by a Fursa catalogue")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// ErrSignature is a signature that is not that of a message by a key.
var ErrSignature = errors.New("the signature is not that of the pinned key")

// Verify says whether a signature is that of a message by the key whose public
// half this is.
func Verify(public string, message, signature []byte) error {
	var key minisign.PublicKey
	if err := key.UnmarshalText([]byte(public)); err != nil {
		return fmt.Errorf("%q is no minisign public key: %w", public, err)
	}
	if !minisign.Verify(key, message, signature) {
		return ErrSignature
	}
	return nil
}
