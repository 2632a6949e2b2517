package generator

import (
	"bytes"
	"path"
	"strconv"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/content"
	"fursa/schema"
	"fursa/schema/when"
)

// twin is what a file that says the same as a changed listing must hold.
type twin struct {
	// title is the listing's, as titles are compared.
	title string
	// date stands in it as it is written; nil where there is none.
	date []byte
	// folder is that of its provider, where the listing has no date; else empty.
	folder string
}

// twins are what to look for of the listings that say something else than
// before.
func twins(was, is []*catalogue.Record[schema.Opportunity]) []twin {
	before := map[string]bool{}
	for _, r := range was {
		before[r.Path+catalogue.TwinKey(r)] = true
	}
	var list []twin
	for _, r := range is {
		if before[r.Path+catalogue.TwinKey(r)] || r.Value.Status == catalogue.StatusDraft {
			continue
		}
		t := twin{title: catalogue.TitleKey(r.Value.Title)}
		switch {
		case len(r.Value.Sessions) > 0:
			t.date = dated(r.Value.Sessions[0].Start.Date)
		case r.Value.Period != nil:
			t.date = dated(r.Value.Period.From)
		default:
			t.folder = path.Dir(r.Path) + "/"
		}
		list = append(list, t)
	}
	return list
}

func dated(d when.Date) []byte {
	if d.IsZero() {
		return nil
	}
	return []byte(d.String())
}

// fits says whether a file may be a twin. A title that is not written on one
// line, in letters alone, may be any.
func (t twin) fits(n content.Name, text []byte) bool {
	if n.Kind != schema.KindOpportunity || n.Lang != "" || !strings.HasPrefix(n.Path, t.folder) || !holds(text, t.date) {
		return false
	}
	title, ok := titleIn(text)
	return !ok || catalogue.TitleKey(title) == t.title
}

// titleIn is the title that stands in a file; false where it is not clear.
func titleIn(text []byte) (string, bool) {
	i := bytes.Index(text, []byte("\ntitle"))
	if i < 0 {
		return "", false
	}
	line, _, _ := bytes.Cut(text[i+1:], []byte("\n"))
	key, value, _ := bytes.Cut(line, []byte("="))
	quoted := string(bytes.TrimSpace(value))
	if string(bytes.TrimSpace(key)) != "title" || strings.ContainsAny(quoted, `\'`) {
		return "", false
	}
	title, err := strconv.Unquote(quoted)
	return title, err == nil
}
