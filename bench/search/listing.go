package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"
)

// listing is what a built site says of a current listing in one of its
// languages: what rivals index, and what a plain scan looks through.
type listing struct {
	Path     string   `json:"path"` // below the site's root
	Title    string   `json:"title"`
	Provider string   `json:"provider"`
	Subjects string   `json:"subjects"` // labels
	Skills   string   `json:"skills"`
	Place    string   `json:"place"`
	Summary  string   `json:"summary"`
	Body     string   `json:"body"` // without addresses of links
	lang     string   // of its texts
	terms    []string // of its subjects
}

// exported is a line of catalogue.ndjson.
type exported struct {
	Path, Provider, Language, Body string
	Ended                          bool
	Opportunity                    struct {
		Title, Summary   string
		Subjects, Skills []string
		Place            struct{ Name, Address, Locality, District string }
	}
	Translations map[string]struct{ Title, Summary, Body string }
}

// readListings are the current listings of a built site as they are on the
// pages of a language, by path.
func readListings(site, content, language string) ([]listing, error) {
	labels, err := readLabels(content, language)
	if err != nil {
		return nil, err
	}
	in, err := os.Open(filepath.Join(site, "catalogue.ndjson"))
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var all []listing
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e exported
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("%s: %w", in.Name(), err)
		}
		if !e.Ended {
			all = append(all, e.listing(language, labels))
		}
	}
	slices.SortFunc(all, func(a, b listing) int { return strings.Compare(a.Path, b.Path) })
	return all, lines.Err()
}

func (e exported) listing(language string, labels map[string]string) listing {
	o := e.Opportunity
	l := listing{
		Path: e.Path, Title: o.Title, Provider: e.Provider, Summary: o.Summary, Body: plain(e.Body), lang: e.Language,
		Place: strings.Join([]string{o.Place.Name, o.Place.Address, o.Place.Locality, labels[o.Place.District]}, " "),
		terms: o.Subjects,
	}
	if t, ok := e.Translations[language]; ok && language != e.Language {
		l.Title, l.Summary, l.Body, l.lang = t.Title, t.Summary, plain(t.Body), language
	}
	l.Subjects, l.Skills = said(o.Subjects, labels), said(o.Skills, labels)
	return l
}

func said(terms []string, labels map[string]string) string {
	var all []string
	for _, term := range terms {
		all = append(all, labels[term])
	}
	return strings.Join(all, ", ")
}

// readLabels are the words for terms of subjects, skills and places.
func readLabels(content, language string) (map[string]string, error) {
	labels := map[string]string{}
	for _, name := range []string{"subjects", "skills", "places"} {
		var vocabulary struct {
			Terms []struct {
				ID    string
				Label map[string]string
			}
		}
		_, err := toml.DecodeFile(filepath.Join(content, "vocabularies", name+".toml"), &vocabulary)
		if err != nil && !os.IsNotExist(err) {
			return nil, err
		}
		for _, t := range vocabulary.Terms {
			labels[t.ID] = t.Label[language]
		}
	}
	return labels, nil
}

var address = regexp.MustCompile(`\]\([^)]*\)|<https?:[^>]*>`)

func plain(markdown string) string { return address.ReplaceAllString(markdown, " ") }

// words are those of a listing, in small letters and without marks.
func (l listing) words() []string {
	return wordsOf(strings.Join([]string{l.Title, l.Provider, l.Subjects, l.Skills, l.Place, l.Summary, l.Body}, " "))
}

// shortening is what stands behind an apostrophe, and is no word: we’re, it's.
var shortening = regexp.MustCompile(`(\p{L})['’ʼ]\p{L}{1,2}\b`)

// wordsOf are runs of letters and digits, in small letters and without marks.
func wordsOf(text string) []string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == 'ـ' {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
	text = shortening.ReplaceAllString(text, "$1 ")
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
