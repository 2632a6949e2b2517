package generator

import (
	"bytes"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fursa/generator/catalogue"
	"fursa/generator/content"
	"fursa/schema"
	"fursa/schema/diag"
)

// want is what is looked for in the files that a change leaves alone: what it
// may have broken.
type want struct {
	// gone are words that any reference to what is not there any more holds:
	// the last part of a path, an id.
	gone map[string]bool
	// claimed are the same of paths that another record may have had once, and
	// say so.
	claimed map[string]bool
	// twins may say the same as a listing of the change.
	twins []twin
	// folders are those whose records are all looked at, or records; everything
	// means all.
	folders    []string
	everything bool
}

// mostWords is how many words are looked for: beyond, every file is one that
// may hold one of them.
const mostWords = 40

// mostTwins is the same for listings whose twins are looked for.
const mostTwins = 400

// wanted compares what could be referred to before a change with what can be
// now; changed are the records of the change, and list is what is wrong with
// them.
func wanted(then, now some, changed map[string]bool, list diag.List) want {
	w := want{gone: map[string]bool{}, claimed: map[string]bool{}, twins: twins(then.records.Opportunities, now.records.Opportunities)}
	was, is := then.index, now.index
	for p := range changed {
		w.path(p, was.Paths.Has(p), is.Paths.Has(p))
	}
	w.aliases(was, is, list)
	w.settings(was.Settings, is.Settings)
	for file := range was.Assets {
		if !is.Assets[file] {
			w.gone[path.Base(file)] = true
		}
	}
	for vocabulary, terms := range was.Terms {
		now, read := is.Terms[vocabulary]
		for id := range terms {
			if _, ok := now[id]; !ok && (read || !is.Paths.Has("vocabularies/"+vocabulary)) {
				w.gone[id] = true
			}
		}
	}
	for provider, reachable := range was.Contacts {
		if now, read := is.Contacts[provider]; reachable && read && !now {
			w.folders = append(w.folders, "opportunities/"+provider)
		}
	}
	for peer, trust := range was.Trust {
		if is.Trust[peer] != trust {
			w.folders = append(w.folders, "reviews/"+peer)
		}
	}
	for _, d := range list {
		if missing := d.Arg("path"); d.Rule == "links/unknown-record" {
			w.claimed[path.Base(missing)] = true
		}
	}
	w.everything = w.everything || len(w.gone) > mostWords || len(w.twins) > mostTwins
	return w
}

// path looks for what has to do with a record that is there no more, or was
// not there before.
func (w *want) path(p string, was, is bool) {
	switch {
	case is && !was:
		w.claimed[path.Base(p)] = true
	case was && !is:
		w.gone[path.Base(p)] = true
		if slug, ok := strings.CutPrefix(p, "providers/"); ok {
			w.folders = append(w.folders, "opportunities/"+slug, "endorsements/"+slug)
		}
	}
}

// aliases looks for old paths that a record claims, or does no more. What a
// file with an error claims shows when it is mended.
func (w *want) aliases(was, is *catalogue.Index, list diag.List) {
	broken := map[string]bool{}
	for _, d := range list {
		if d.Severity == diag.Error && d.Span.Source != nil {
			broken[d.Span.Source.Path] = true
		}
	}
	for alias, claim := range was.Aliases {
		if is.Aliases[alias].Path != claim.Path && !broken[claim.At().Source.Path] {
			w.gone[path.Base(alias)] = true
		}
	}
	for alias, claim := range is.Aliases {
		if was.Aliases[alias].Path != claim.Path {
			w.claimed[path.Base(alias)] = true
		}
	}
}

// settings looks for what catalogue.toml does not say any more. Where a
// language is gone, or the time zone is another, any record may be wrong.
func (w *want) settings(was, is schema.Catalogue) {
	if len(was.Languages) == 0 || len(is.Languages) == 0 {
		return // one of them could not be read
	}
	for _, g := range was.Grades {
		if !slices.ContainsFunc(is.Grades, func(now schema.Grade) bool { return now.ID == g.ID }) {
			w.gone[g.ID] = true
		}
	}
	w.everything = was.Languages[0] != is.Languages[0] || was.TimeZone != is.TimeZone ||
		slices.ContainsFunc(was.Languages, func(lang string) bool { return !slices.Contains(is.Languages, lang) })
}

// fits makes a test of texts: whether a file may hold what is wanted. It never
// misses one that does, however it writes its letters.
func (w want) fits() func(n content.Name, text []byte) bool {
	gone, claimed := words(w.gone), words(w.claimed)
	if len(claimed) > mostWords {
		claimed = [][]byte{nil}
	}
	return func(n content.Name, text []byte) bool {
		if slices.ContainsFunc(w.twins, func(t twin) bool { return t.fits(n, text) }) {
			return true
		}
		if len(gone) == 0 && !claims(text) {
			return false
		}
		text = plain(text)
		held := func(word []byte) bool { return holds(text, word) }
		return slices.ContainsFunc(gone, held) ||
			len(claimed) > 0 && held(aliases) && slices.ContainsFunc(claimed, held)
	}
}

var aliases = []byte("aliases")

// claims says whether a file may have old paths: a list of this name, which may
// be written by the numbers of its letters. Lists are fewer in a text than
// letters that the name begins with.
func claims(text []byte) bool {
	if i := bytes.IndexByte(text, '\\'); i >= 0 && numbered.Match(text[i:]) {
		return true
	}
	for at := 0; ; at++ {
		next := bytes.IndexByte(text[at:], '[')
		if next < 0 {
			return false
		}
		at += next
		if bytes.HasSuffix(bytes.TrimRight(text[:at], " \t=\"'"), aliases) {
			return true
		}
	}
}

// holds says whether a text holds a word, or a date. Of the signs of most, the
// hyphen is the one that texts have fewest of.
func holds(text, word []byte) bool {
	hyphen := bytes.IndexByte(word, '-')
	if hyphen < 0 {
		return bytes.Contains(text, word)
	}
	for at := 0; ; at++ {
		next := bytes.IndexByte(text[at:], '-')
		if next < 0 {
			return false
		}
		at += next
		if at >= hyphen && bytes.HasPrefix(text[at-hyphen:], word) {
			return true
		}
	}
}

func words(set map[string]bool) [][]byte {
	var list [][]byte
	for _, word := range slices.Sorted(maps.Keys(set)) {
		list = append(list, []byte(word))
	}
	return list
}

// plain is a text with its letters written as themselves, so far as words in
// references can be written otherwise: in TOML by the number of a letter, or
// on two lines, in an address as a percent sign and two digits. A text that
// writes nothing otherwise is given back as it is.
func plain(text []byte) []byte {
	if bytes.IndexByte(text, '\\') >= 0 {
		text = numbered.ReplaceAllFunc(text, letter)
	}
	if bytes.IndexByte(text, '%') >= 0 {
		text = percent.ReplaceAllFunc(text, letter)
	}
	return text
}

// What stands for a letter, or for nothing: the end of a line that goes on.
var (
	numbered = regexp.MustCompile(`\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[ \t\r]*\n\s*)`)
	percent  = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
)

// letter is what stands for a letter by its number, without the signs before
// it.
func letter(match []byte) []byte {
	n, err := strconv.ParseUint(string(bytes.TrimLeft(match, `\%xuU`)), 16, 32)
	if err != nil {
		return nil
	}
	return utf8.AppendRune(nil, rune(n))
}
