package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"fursa/feeds/fetch"
	"fursa/feeds/peers"
	"fursa/feeds/sign"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// now is noon of the day that all four catalogues take for today, so that they
// show the same whenever this runs.
var now = time.Date(2027, 5, 10, 12, 0, 0, 0, time.UTC)

// cities are the catalogues that the hub pulls: the folders of the examples, by
// the names that the hub's files have for them.
var cities = [][2]string{{"catalonia", "catalonia"}, {"chicago", "chicago-summer"}, {"kuopio", "kuopio"}}

// federation is the cities and the hub, each served.
type federation struct {
	cities []*site
	hub    *site
	get    *fetch.Getter
}

// open copies the catalogues into a folder, gives each city a key that the hub's
// copy knows, and serves them. Nothing is built yet.
func open(examples, dir, address string) (f *federation, err error) {
	f = &federation{get: fetch.New(fetch.Options{UserAgent: "Fursa/example", AllowLoopback: true, Attempts: 1, PerSecond: 100})}
	defer func() {
		if err != nil {
			f.close()
		}
	}()
	for _, c := range cities {
		s, err := newSite(filepath.Join(examples, c[1]), filepath.Join(dir, c[0]), "127.0.0.1:0")
		if err != nil {
			return f, err
		}
		f.cities = append(f.cities, s)
		if s.key, err = sign.NewKey(rand.Reader); err != nil {
			return f, err
		}
		if err := set(filepath.Join(s.content, "catalogue.toml"), "key", s.key.Public()); err != nil {
			return f, err
		}
	}
	if f.hub, err = newSite(filepath.Join(examples, "hub"), filepath.Join(dir, "hub"), address); err != nil {
		return f, err
	}
	for _, s := range f.cities {
		file := filepath.Join(f.hub.content, "peers", s.name+".toml")
		if err := errors.Join(set(file, "url", s.url), set(file, "key", s.key.Public())); err != nil {
			return f, err
		}
	}
	return f, os.Mkdir(filepath.Join(f.hub.content, ".peers"), 0o750)
}

// close stops serving.
func (f *federation) close() {
	for _, s := range f.cities {
		s.stop()
	}
	if f.hub != nil {
		f.hub.stop()
	}
}

// pull pulls the cities into the hub.
func (f *federation) pull(ctx context.Context) ([]peers.Result, error) {
	var sources []peers.Source
	for _, s := range f.cities {
		peer, err := readPeer(filepath.Join(f.hub.content, "peers", s.name+".toml"))
		if err != nil {
			return nil, err
		}
		sources = append(sources, peers.Source{Slug: s.name, Peer: peer})
	}
	folder, err := os.OpenRoot(filepath.Join(f.hub.content, ".peers"))
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	results := peers.Pull(ctx, sources, peers.Options{Get: f.get.Get, Folder: folder, Now: now, Ours: "https://hub.example/"})
	var errs []error
	for _, r := range results {
		errs = append(errs, r.Err)
	}
	return results, errors.Join(errs...)
}

func readPeer(file string) (schema.Peer, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return schema.Peer{}, err
	}
	d, list := document.Parse(&diag.Source{Path: file, Text: text})
	if list.Failed() {
		return schema.Peer{}, fmt.Errorf("%s can't be read", file)
	}
	return schema.Decode[schema.Peer](d.Value)
}

// set writes a text into a TOML file, above all tables: in the place of what
// stands there by this name, or on the first line.
func set(file, name, value string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	line := fmt.Sprintf("%s = %q", name, value)
	old := regexp.MustCompile(`(?m)^` + name + ` = .*$`).FindString(string(text))
	changed := line + "\n" + string(text)
	if old != "" {
		changed = strings.Replace(string(text), old, line, 1)
	}
	return os.WriteFile(file, []byte(changed), 0o600) //nolint:gosec // a file of the copy
}

// listen opens a port of this machine.
func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen at %s: %w; -address 127.0.0.1:0 takes any free port", address, err)
	}
	return l, nil
}
