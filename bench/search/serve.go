package main

import (
	"bytes"
	"compress/gzip"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"io/fs"
	"log"
	"math/big"
	"mime"
	"net"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// host serves folders as hosts of static sites do: HTTP/2, and gzip for text.
type host struct {
	server *http.Server
	root   string // "https://127.0.0.1:1234"
	places []place
	packed sync.Map // *packet by path
}

// place is a folder under a path; a request goes to the first that fits.
type place struct {
	path  string
	files fs.FS
}

type packet struct {
	once sync.Once
	text []byte
}

// texts are the types of files that hosts compress.
var texts = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".mjs": "text/javascript; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml", ".xml": "application/xml",
	".txt": "text/plain; charset=utf-8", ".webmanifest": "application/manifest+json", ".ics": "text/calendar; charset=utf-8",
}

func serve(places ...place) (*host, error) {
	certificate, err := throwAway()
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	h := &host{places: places, root: "https://" + listener.Addr().String()}
	h.server = &http.Server{
		Handler: h, ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0),
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS13},
	}
	go func() { _ = h.server.ServeTLS(listener, "", "") }()
	return h, nil
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path
	if strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	w.Header().Set("Cache-Control", "max-age=3600")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	kind, isText := texts[path.Ext(name)]
	if !isText {
		kind = mime.TypeByExtension(path.Ext(name))
	}
	if kind == "" {
		kind = "application/octet-stream"
	}
	text, err := h.file(name, isText)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kind)
	if isText {
		w.Header().Set("Content-Encoding", "gzip")
	}
	_, _ = w.Write(text)
}

// size is what a file takes over the wire, 0 where it is not there.
func (h *host) size(address string) int64 {
	name := strings.TrimPrefix(address, h.root)
	_, isText := texts[path.Ext(name)]
	text, err := h.file(name, isText)
	if err != nil {
		return 0
	}
	return int64(len(text))
}

// file is a file's bytes, compressed once for all requests where it is text.
func (h *host) file(name string, pack bool) ([]byte, error) {
	for _, p := range h.places {
		below, ok := strings.CutPrefix(name, p.path)
		if !ok {
			continue
		}
		text, err := fs.ReadFile(p.files, below)
		if err != nil || !pack {
			return text, err
		}
		kept, _ := h.packed.LoadOrStore(name, &packet{})
		packed := kept.(*packet)
		packed.once.Do(func() { packed.text = squeeze(text) })
		return packed.text, nil
	}
	return nil, fs.ErrNotExist
}

func squeeze(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}

// throwAway is a certificate that nobody else will see.
func throwAway() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "bench"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(48 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

func (h *host) stop() error { return errors.Join(h.server.Close()) }
