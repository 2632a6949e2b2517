package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"fursa/feeds/sign"
	"fursa/generator"
	"fursa/generator/ledger"
	"fursa/schema/diag"
)

// site is a catalogue that is built and served.
type site struct {
	name            string // of its folder
	content, output string // folders
	url             string // ends in a slash
	key             sign.Key
	server          *http.Server
}

// newSite copies a catalogue into a folder and serves what will be built there.
func newSite(from, dir, address string) (*site, error) {
	s := &site{name: filepath.Base(dir), content: filepath.Join(dir, "content"), output: filepath.Join(dir, "public")}
	if err := os.CopyFS(s.content, os.DirFS(filepath.Join(from, "content"))); err != nil {
		return nil, err
	}
	if err := s.start(address); err != nil {
		return nil, err
	}
	return s, nil
}

// start serves the site at an address, in the background.
func (s *site) start(address string) error {
	l, err := listen(address)
	if err != nil {
		return err
	}
	s.url = "http://" + l.Addr().String() + "/"
	s.server = &http.Server{Handler: http.FileServer(http.Dir(s.output)), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.server.Serve(l) }()
	return nil
}

func (s *site) stop() { _ = s.server.Close() }

// build builds the site for the address that it is served at.
func (s *site) build(ctx context.Context) error {
	before, err := s.ledger()
	if err != nil {
		return err
	}
	o := generator.Options{Output: s.output, Workers: runtime.GOMAXPROCS(0)}
	if !s.key.IsZero() {
		o.Keys = []sign.Key{s.key}
	}
	in := generator.Input{Content: s.content, BaseURL: s.url, Clock: now, Previous: before, Version: "example"}
	_, list, err := generator.NewBuilder().Build(ctx, in, o)
	if err != nil || !list.Failed() {
		return err
	}
	return s.mistakes(list)
}

// mistakes are the errors of a catalogue's files, as text.
func (s *site) mistakes(list diag.List) error {
	var b strings.Builder
	if err := diag.Text(&b, list, diag.Style{}); err != nil {
		return err
	}
	return fmt.Errorf("%s was not built:\n%s", s.name, b.String())
}

// ledger is that of the last build; nil where there was none.
func (s *site) ledger() (*ledger.Ledger, error) {
	f, err := os.Open(filepath.Join(s.output, filepath.FromSlash(generator.LedgerPath)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ledger.Read(f)
}
