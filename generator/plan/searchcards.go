package plan

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"strconv"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/search"
)

// Cards stand in files of cardsPerFile, and these in folders of cardsPerFolder.
const (
	cardsPerFile   = 8
	cardsPerFolder = 256
)

// cardFiles are the cards of an edition, by the numbers of the index, and the
// names of their folders one after another.
func (e *edition) cardFiles() (files []search.File, names string, err error) {
	listings := e.Search.Listings()
	for first := 0; first < len(listings); first += cardsPerFolder {
		var folder []search.File
		var all []byte
		in := listings[first:min(first+cardsPerFolder, len(listings))]
		for n := 0; n*cardsPerFile < len(in); n++ {
			text, some, err := e.cardFile(in[n*cardsPerFile : min((n+1)*cardsPerFile, len(in))])
			if err != nil {
				return nil, "", err
			}
			if all = append(all, text...); some {
				folder = append(folder, search.File{Name: strconv.Itoa(n) + ".json", Bytes: text})
			}
		}
		name := e.folderName(all)
		names += name
		for _, f := range folder {
			files = append(files, search.File{Name: name + "/" + f.Name, Bytes: f.Bytes})
		}
	}
	return files, names, nil
}

// folderName is the name of a folder that holds some bytes: another one than
// that of any folder with other bytes.
func (s *site) folderName(content []byte) string {
	sum := sha256.Sum256(content)
	name := search.Name(content)
	for more := byte(1); ; more++ {
		if other, taken := s.folders[name]; !taken || other == sum {
			s.folders[name] = sum
			return name
		}
		name = search.Name(append(bytes.Clone(content), more))
	}
}

// cardFile is a file of cards; some says that it has any.
func (e *edition) cardFile(listings []*catalogue.Listing) (text []byte, some bool, err error) {
	rows := make([][]any, len(listings)) // null where there is none
	for i, l := range listings {
		if !l.Ended {
			rows[i], some = e.row(e.entries[l]), true
		}
	}
	text, err = compact(rows)
	return text, some, err
}

// compact is a value as JSON, without the escapes that only HTML needs.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// row is a listing's card as docs/search-format.md has it under «Cards». Empty
// texts at the end are left out: most listings have none of these.
func (e *edition) row(x *entry) []any {
	title, summary := e.title(x), e.gist(x)
	line, start := e.whenLine(x)
	dates := comingDates(x.Listing)
	if first, _, _ := strings.Cut(dates, " "); strings.HasPrefix(first, start) {
		start = "" // the script takes the first date
	}
	hue, subject := 0, ""
	if len(x.Subjects) > 0 {
		hue, subject = e.Subjects.Hue(x.Subjects[0]), topmost(x.Subjects[0]).ID
	}
	status := x.Status
	if status == catalogue.StatusOpen {
		status = ""
	}
	row := []any{
		e.cardPath(x.Listing), title.Text, summary.Text, x.Value.Kind,
		capital(line), joined(" · ", capital(e.where(x)), e.originOf(x.Listing)), capital(e.agesOf(x)), capital(e.price(x)), hue,
		start, dates, x.Until.String(), e.registrationBy(x.Listing),
		e.state(x), status, title.Lang, summary.Lang, e.registrationFrom(x.Listing), subject,
	}
	for row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return row
}

// cardPath is what a card says of its listing's page: the path below the folder of
// all listings, or the address of a page elsewhere.
func (e *edition) cardPath(l *catalogue.Listing) string {
	if l.IsForeign() {
		return l.Origin.URL
	}
	return strings.TrimPrefix(l.Path, "opportunities/")
}

// kindWords are what a card says of its kind, by kinds.
func (e *edition) kindWords() map[string]string {
	words := map[string]string{}
	for _, s := range e.Kinds {
		words[s.Name] = e.T("kind." + s.Name)
	}
	return words
}

// mostSummary is how many characters of a summary a card shows.
const mostSummary = 150

// beginning is a text that is short enough, cut between words.
func beginning(s string) string {
	runes := []rune(s)
	if len(runes) <= mostSummary {
		return s
	}
	s = string(runes[:mostSummary])
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return s + "…"
}
