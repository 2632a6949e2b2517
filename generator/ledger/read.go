package ledger

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Read reads what Write wrote, of this or an earlier Version. A ledger of a
// later one is an error: to guess at it would publish wrong dates. So are keys
// and states that this package does not know.
func Read(r io.Reader) (*Ledger, error) {
	var text strings.Builder
	if _, err := io.Copy(&text, r); err != nil {
		return nil, fmt.Errorf("read ledger: %w", err)
	}
	s := scanner{text: text.String()}
	l := s.ledger()
	if s.err != nil {
		return nil, fmt.Errorf("read ledger: %w", s.err)
	}
	l.Version = Version
	return l, nil
}

func (s *scanner) ledger() *Ledger {
	l := &Ledger{}
	s.object(func(key string) {
		switch key {
		case "version":
			l.Version = int(s.number())
			s.check(l.Version <= Version, "version %d comes from a newer Fursa; this one knows up to %d", l.Version, Version)
		case "catalogue":
			l.Catalogue = s.string()
		case "first":
			l.First = s.time()
		case "cursors":
			s.array(func() { l.Cursors = append(l.Cursors, s.number()) })
		case "sequence":
			l.Sequence = s.number()
		case "records":
			l.Records = map[string]Entry{}
			s.object(func(id string) { l.Records[id] = s.entry() })
		case "paths":
			l.Paths = s.texts()
		default:
			s.unknown(key)
		}
	})
	s.end()
	s.check(l.Version > 0, "this is not a ledger: it names no version")
	return l
}

func (s *scanner) entry() Entry {
	var e Entry
	s.object(func(key string) {
		switch key {
		case "hash":
			e.Hash = s.string()
		case "published":
			e.Published = s.time()
		case "modified":
			e.Modified = s.time()
		case "sent":
			e.Sent = s.string()
		case "change":
			e.Change = s.number()
		case "state":
			e.State = s.string()
		case "revisions":
			s.array(func() { e.Revisions = append(e.Revisions, s.revision()) })
		case "watched":
			e.Watched = s.texts()
		default:
			s.unknown(key)
		}
	})
	s.check(e.State == Live || e.State == Ended || e.State == Gone, "unknown state %q", e.State)
	return e
}

func (s *scanner) revision() Revision {
	var r Revision
	s.object(func(key string) {
		switch key {
		case "n":
			r.N = int(s.number())
		case "when":
			r.When = s.time()
		case "fields":
			s.array(func() { r.Fields = append(r.Fields, s.string()) })
		case "before":
			r.Before = s.texts()
		default:
			s.unknown(key)
		}
	})
	return r
}

func (s *scanner) texts() map[string]string {
	texts := map[string]string{}
	s.object(func(key string) { texts[key] = s.string() })
	return texts
}

func (s *scanner) time() time.Time {
	t, err := time.Parse(time.RFC3339, s.string())
	s.check(err == nil, "%v", err)
	return t.UTC()
}

func (s *scanner) unknown(key string) { s.check(false, "unknown key %q", key) }
