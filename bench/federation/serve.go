package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"fursa/feeds"
	"fursa/feeds/peers"
	"fursa/feeds/sign"
	"fursa/schema"
)

// mostPeers is how many addresses of this machine are tried.
const mostPeers = 50_000

// pageSize is how many listings a page of the change feed has.
const pageSize = 500

// template stands for a peer's id in the files that all peers have; it is as
// long as each of the ids.
const template = "https://p00000.example/"

// server serves many catalogues, each at an address of this machine of its own,
// as the hosts of peers are different ones. Their pages differ in the id alone,
// and are made when they are asked for: all of them would fill the memory.
type server struct {
	requests  atomic.Int64
	key       sign.Key
	port      int
	pages     map[string][]byte // by path, of the template
	manifests []signed          // by peer
	server    *http.Server
}

// signed is a manifest with its signature.
type signed struct{ text, signature []byte }

func serve(ctx context.Context, count, listings int) (*server, error) {
	key, err := sign.NewKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	s := &server{key: key, manifests: make([]signed, count)}
	if s.pages, err = pages(listings, key.Public()); err != nil {
		return nil, err
	}
	for i := range s.manifests {
		s.manifests[i] = s.manifest(i)
	}
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	var config net.ListenConfig
	for i := range s.manifests {
		l, err := config.Listen(ctx, "tcp", net.JoinHostPort(host(i), strconv.Itoa(s.port)))
		if err != nil {
			return nil, errors.Join(err, s.close())
		}
		s.port = l.Addr().(*net.TCPAddr).Port
		go func() { _ = s.server.Serve(l) }() // ends by close
	}
	return s, nil
}

func (s *server) close() error { return s.server.Close() }

// host is the address of a peer: Linux has all of 127.0.0.0/8.
func host(i int) string { return fmt.Sprintf("127.1.%d.%d", i/250, 1+i%250) }

func id(i int) string { return fmt.Sprintf("https://p%05d.example/", i) }

func (s *server) sources() []peers.Source {
	all := make([]peers.Source, len(s.manifests))
	for i := range all {
		all[i] = peers.Source{Slug: fmt.Sprintf("p%05d", i), Peer: schema.Peer{
			URL: fmt.Sprintf("http://%s:%d/", host(i), s.port), ID: id(i), Key: s.key.Public(),
		}}
	}
	return all
}

// pages are the files of the template.
func pages(listings int, key string) (map[string][]byte, error) {
	all := map[string][]byte{"fursa/catalogue.json": fmt.Appendf(nil,
		`{"id":%q,"url":%[1]q,"name":{"en":"A town"},"languages":["en"],"key":%q,"counts":{"listings":%d},"feeds":[{"type":"application/json; profile=\"https://openactive.io/realtime-paged-data-exchange/\"","url":"%[1]s%[4]s"}]}`,
		template, key, listings, at(0))}
	for first := 0; first <= listings; first += pageSize {
		last := min(first+pageSize, listings)
		page := feeds.RPDEPage{Next: template + at(last)}
		for n := first + 1; n <= last; n++ {
			item, err := item(n)
			if err != nil {
				return nil, err
			}
			page.Items = append(page.Items, item)
		}
		var text bytes.Buffer
		if err := feeds.WriteRPDE(&text, page); err != nil {
			return nil, err
		}
		all[at(first)] = text.Bytes()
		if last == listings && first < last {
			text.Reset()
			all[at(last)] = fmt.Appendf(nil, `{"next":%q,"items":[]}`, template+at(last))
			break
		}
	}
	return all, nil
}

func at(n int) string { return fmt.Sprintf("feeds/rpde/opportunities/after/%d.json", n) }

// item is the nth listing, about as long as those of real catalogues.
func item(n int) (feeds.RPDEItem, error) {
	path := fmt.Sprintf("opportunities/provider-%d/listing-%d", n%40, n)
	title := fmt.Sprintf("Listing %d: an evening of stars", n)
	record, err := json.Marshal(map[string]any{
		"title": title, "summary": "Look at the winter stars through three telescopes on the roof of the library.", "kind": "workshop",
		"ages": map[string]int{"min": 8, "max": 16}, "languages": []string{"en"}, "subjects": []string{"astronomy"}, "mode": "in-person",
		"place":    map[string]any{"name": "Library", "street": "Main Street 1", "locality": "Town", "country": "FI", "lat": 62.9, "lon": 27.7},
		"sessions": []map[string]string{{"start": "2026-12-01T18:00:00", "end": "2026-12-01T20:00:00", "zone": "Europe/Helsinki"}},
		"cost":     map[string]int{"amount": 0},
	})
	if err != nil {
		return feeds.RPDEItem{}, err
	}
	provider := fmt.Sprintf("providers/provider-%d", n%40)
	shared := feeds.Shared{
		ID: template + path, URL: template + path + "/", Path: path,
		SharedText: feeds.SharedText{Lang: "en", Record: record, Body: strings.Repeat("Bring warm clothes, and somebody who likes the night. ", 6)},
		Provider: &feeds.SharedProvider{ID: template + provider, URL: template + provider + "/", Path: provider,
			SharedText: feeds.SharedText{Lang: "en", Record: []byte(`{"name":"Library","url":"https://library.example/"}`)}},
		Terms: feeds.SharedTerms{Subjects: map[string]map[string]string{"astronomy": {"en": "Astronomy", "fi": "Tähtitiede"}}},
	}
	data, err := json.Marshal(map[string]any{"@type": "Event", "name": title, "fursa:record": shared})
	return feeds.RPDEItem{
		State: feeds.RPDEUpdated, Kind: "Opportunity", ID: feeds.RPDEID(shared.ID), Modified: feeds.RPDEModified(strconv.Itoa(n)), Data: data,
	}, err
}

// of is a file of a peer: its id is as long as the template's.
func of(i int, text []byte) []byte { return bytes.ReplaceAll(text, []byte(template), []byte(id(i))) }

func (s *server) manifest(i int) signed {
	m := sign.Manifest{Catalogue: id(i), Sequence: 1, Key: s.key.Public(), Files: map[string]string{}}
	for path, text := range s.pages {
		m.Files[path] = sign.Sum(of(i, text))
	}
	text := m.Bytes()
	return signed{text, s.key.Sign(text, "")}
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.requests.Add(1)
	address, _, _ := net.SplitHostPort(r.Host)
	var high, low int
	if _, err := fmt.Sscanf(address, "127.1.%d.%d", &high, &low); err != nil {
		http.NotFound(w, r)
		return
	}
	i, path := high*250+low-1, strings.TrimPrefix(r.URL.Path, "/")
	text := s.pages[path]
	switch path {
	case sign.ManifestPath:
		text = s.manifests[i].text
	case sign.SignaturePath:
		text = s.manifests[i].signature
	default:
		text = of(i, text)
	}
	if len(text) == 0 {
		http.NotFound(w, r)
		return
	}
	if path == sign.ManifestPath {
		w.Header().Set("ETag", strconv.Quote(sign.Sum(text)))
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(text))
}
