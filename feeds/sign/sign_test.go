package sign_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"aead.dev/minisign"
	"github.com/google/go-cmp/cmp"

	"fursa/feeds/sign"
)

// random is not: the same key each time.
func key(t *testing.T, letter string) sign.Key {
	t.Helper()
	k, err := sign.NewKey(strings.NewReader(strings.Repeat(letter, 256)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestSignatures(t *testing.T) {
	k, message := key(t, "a"), []byte("what is published")
	signature := k.Sign(message, "sequence 7\nof a catalogue")
	if !bytes.Equal(signature, k.Sign(message, "sequence 7\nof a catalogue")) {
		t.Error("a second signature is another one")
	}
	if err := sign.Verify(k.Public(), message, signature); err != nil {
		t.Error(err)
	}
	forged := bytes.Replace(signature, []byte("sequence 7"), []byte("sequence 8"), 1)
	for name, err := range map[string]error{
		"another key":       sign.Verify(key(t, "b").Public(), message, signature),
		"another message":   sign.Verify(k.Public(), []byte("what is Published"), signature),
		"another comment":   sign.Verify(k.Public(), message, forged),
		"no signature":      sign.Verify(k.Public(), message, nil),
		"half a signature":  sign.Verify(k.Public(), message, signature[:len(signature)/2]),
		"a long signature":  sign.Verify(k.Public(), message, bytes.Repeat(signature, 1000)),
		"somebody else's":   sign.Verify(k.Public(), message, key(t, "b").Sign(message, "")),
		"text of that size": sign.Verify(k.Public(), message, []byte(strings.Repeat("A", len(signature)))),
	} {
		if !errors.Is(err, sign.ErrSignature) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := sign.Verify("RWQ", message, signature); err == nil || !strings.Contains(err.Error(), "no minisign public key") {
		t.Errorf("a public key that is none: %v", err)
	}
}

// What the program minisign makes is read here, and the other way round.
func TestFilesAreThoseOfMinisign(t *testing.T) {
	public, private, err := minisign.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := private.MarshalText()
	k, err := sign.ReadKey(text, "")
	if err != nil || k.Public() != public.String() {
		t.Fatalf("%s, %v; want %s", k.Public(), err, public)
	}
	if !minisign.Verify(public, []byte("x"), k.Sign([]byte("x"), "c")) {
		t.Error("minisign does not take the signature")
	}
	locked, err := k.Text("a password")
	if err != nil {
		t.Fatal(err)
	}
	again, err := sign.ReadKey(locked, "a password")
	if err != nil || again.Public() != k.Public() {
		t.Errorf("with its password: %v, %v", again, err)
	}
	if _, err := sign.ReadKey(locked, "another"); !errors.Is(err, sign.ErrPassword) {
		t.Errorf("with another password: %v", err)
	}
	if _, err := sign.ReadKey([]byte("hello"), ""); err == nil {
		t.Error("a text was read as a key")
	}
	plain, err := k.Text("")
	if err != nil || !bytes.Equal(bytes.TrimSpace(plain), bytes.TrimSpace(text)) {
		t.Errorf("written: %s, %v; want %s", plain, err, text)
	}
}

func TestManifest(t *testing.T) {
	m := sign.Manifest{
		Version: sign.ManifestVersion, Catalogue: "https://kuopio.example/", Sequence: 1795156200000,
		Files: map[string]string{"fursa/catalogue.json": sign.Sum([]byte("{}")), "feeds/rpde/after/0.json": sign.Sum(nil)},
	}
	got, err := sign.ReadManifest(m.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !got.Lists("fursa/catalogue.json", []byte("{}")) || got.Lists("fursa/catalogue.json", []byte("{ }")) || got.Lists("x", []byte("{}")) {
		t.Error("it lists what it does not, or does not list what it does")
	}
	for name, text := range map[string]string{
		"nothing": "", "another thing": "{}", "a list": "[]",
		"a later one":         `{"version":2,"catalogue":"https://a.example/","sequence":1}`,
		"no sequence":         `{"version":1,"catalogue":"https://a.example/"}`,
		"one that goes back":  `{"version":1,"catalogue":"https://a.example/","sequence":-1}`,
		"a path above":        `{"version":1,"catalogue":"https://a.example/","sequence":1,"files":{"../x":"y"}}`,
		"an address":          `{"version":1,"catalogue":"https://a.example/","sequence":1,"files":{"https://b.example/":"y"}}`,
		"an address and host": `{"version":1,"catalogue":"https://a.example/","sequence":1,"files":{"//b.example/":"y"}}`,
	} {
		if m, err := sign.ReadManifest([]byte(text)); err == nil {
			t.Errorf("%s: read as %+v", name, m)
		}
	}
}
