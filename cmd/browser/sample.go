package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fursa/generator"
)

// sample is the site of the sample catalogue, served on loopback.
type sample struct {
	// root is the address of the site, ends in a slash.
	root   string
	files  map[string][]byte // by their paths
	server *http.Server
}

// serve plans the site of some records, makes all of its files and serves
// them at a path of a free port of this machine until it is closed.
func serve(ctx context.Context, content, theme, path string) (*sample, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &sample{root: fmt.Sprintf("http://%s%s", listener.Addr(), path)}
	if s.files, err = made(ctx, content, theme, s.root); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	host, err := newHost(path, s.files)
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	s.server = &http.Server{Handler: host, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.server.Serve(listener) }() // ends when it is closed
	return s, nil
}

func (s *sample) close() { _ = s.server.Close() }

// url is the address of a kind's page in a language.
func (s *sample) url(k kind, l language) string {
	if l.code == "ar" && k.arabic != "" {
		return s.root + k.arabic
	}
	return s.root + l.prefix + k.path
}

// file is the path of the file at an address, absolute or from the host's
// root; false where this site has none.
func (s *sample) file(address string) (string, bool) {
	root, err := url.Parse(s.root)
	if err != nil {
		return "", false
	}
	u, err := root.Parse(address)
	if err != nil {
		return "", false
	}
	path, below := strings.CutPrefix(u.Path, root.Path)
	if u.Host != root.Host || !below {
		return "", false
	}
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	_, ok := s.files[path]
	return path, ok
}

// made are the files of a site by their paths.
func made(ctx context.Context, content, theme, baseURL string) (map[string][]byte, error) {
	in := generator.Input{Content: content, Theme: theme, BaseURL: baseURL, Clock: time.Now()}
	site, list, err := generator.NewBuilder().Plan(ctx, in)
	if err != nil {
		return nil, err
	}
	if site == nil {
		return nil, fmt.Errorf("%s has mistakes: fursa validate says which; the first is %s", content, list[0].Rule)
	}
	files := map[string][]byte{}
	for _, o := range append(site.Outputs, site.Ledger(nil)) {
		var b bytes.Buffer
		if err := o.Write(&b); err != nil {
			return nil, fmt.Errorf("%s: %w", o.Path, err)
		}
		files[o.Path] = b.Bytes()
	}
	return files, nil
}
