package peers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"fursa/feeds"
	"fursa/feeds/convert"
	"fursa/feeds/fetch"
	"fursa/feeds/sign"
	"fursa/feeds/snapshot"
	"fursa/schema"
)

// mostPages are the pages that a list of schema.org may name.
const mostPages = 200

// reading counts the ways in which listings were made of what others publish:
// with another one, what has not changed is read again all the same.
const reading = 1

// converted are the formats of sources that are no Fursa catalogues, as package
// convert calls them.
func converted(format string) string {
	switch format {
	case FormatRPDE:
		return convert.FormatRPDE
	case FormatRSS, FormatAtom, FormatJSONFeed:
		return convert.FormatRSS
	case FormatICS:
		return convert.FormatICS
	case FormatSchema:
		return convert.FormatJSONLD
	}
	return ""
}

// prepare makes ready to read what is no Fursa catalogue.
func (j *job) prepare() error {
	format := converted(j.state.Format)
	if format == "" {
		return snapshot.Problem{Reason: snapshot.Unknown, Detail: j.state.Format}
	}
	a := convert.Assumptions{Defaults: convert.Defaults{Lang: j.Lang, Zone: j.Zone, Provider: j.Name}}
	if with := j.Assume; with != nil {
		a.Kind, a.Mode, a.Place, a.Ages = with.Kind, with.Mode, with.Place, agesOf(with.Ages)
		if with.Lang != "" {
			a.Lang = with.Lang
		}
	}
	settings, err := json.Marshal([]any{reading, j.Ours, a})
	if err != nil {
		return err
	}
	j.settings = sign.Sum(settings)
	if j.sharer, err = convert.NewSharer(format, a); err != nil {
		return snapshot.Problem{Reason: snapshot.Unknown, Detail: err.Error()}
	}
	return nil
}

func agesOf(r *schema.Range) string {
	if r == nil {
		return ""
	}
	end := func(n *int) string {
		if n == nil {
			return ""
		}
		return fmt.Sprint(*n)
	}
	return end(r.Min) + "-" + end(r.Max)
}

// document pulls a source that is one document, or a page and those that its
// lists name. What it no longer holds is gone, unless it is a feed that holds its
// newest items alone.
func (j *job) document(ctx context.Context) error {
	if err := j.prepare(); err != nil {
		return err
	}
	first, err := j.unchanged(ctx)
	if err != nil || j.same && !j.expires() {
		return err
	}
	if _, err := j.begin(ctx, ""); err != nil {
		return err
	}
	whole := len(j.old.lines) == j.state.Counts.Items
	if j.same && whole {
		j.age()
		return nil
	}
	if j.same {
		if first, err = j.ask(ctx, j.URL, false); err != nil {
			return err
		}
	}
	r := &readout{job: j, refused: map[string]bool{}}
	if err := r.all(ctx, first); err != nil {
		return err
	}
	j.next.Manifest = j.settings + " " + sign.Sum([]byte(strings.Join(r.sums, " ")))
	j.same = whole && j.next.Manifest == j.state.Manifest && !j.expires()
	if j.same {
		j.next.Counts, j.next.Refused = j.state.Counts, j.state.Refused
		return nil
	}
	j.leave(r)
	return nil
}

// unchanged asks whether anything has changed since the last time. It gives the
// document where that was sent.
func (j *job) unchanged(ctx context.Context) (fetch.Response, error) {
	conditional := strings.HasPrefix(j.state.Manifest, j.settings+" ")
	first, err := j.ask(ctx, j.URL, conditional)
	if err != nil || !first.NotModified {
		return first, err
	}
	for _, address := range slices.Sorted(maps.Keys(j.state.ETag)) {
		if address == j.URL {
			continue
		}
		answer, err := j.ask(ctx, address, true)
		if err != nil && !isGone(err) {
			return first, err
		}
		if err != nil || !answer.NotModified {
			return j.ask(ctx, j.URL, false)
		}
	}
	j.same = true
	return first, nil
}

func (j *job) ask(ctx context.Context, address string, conditional bool) (fetch.Response, error) {
	r := fetch.Request{URL: address, Accept: accepts(j.state.Format)}
	if conditional {
		r.ETag, r.LastModified = j.state.ETag[address], j.state.LastModified[address]
	}
	answer, err := j.any(ctx, r)
	if err == nil && j.state.Format == FormatJSONFeed {
		err = j.shallow(answer)
	}
	return answer, err
}

func accepts(format string) string {
	switch format {
	case FormatJSONFeed:
		return "application/feed+json, application/json;q=0.9, */*;q=0.5"
	case FormatICS:
		return "text/calendar, */*;q=0.5"
	case FormatSchema:
		return "application/ld+json, text/html;q=0.9, */*;q=0.5"
	}
	return "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
}

// isGone says whether somebody says that there is nothing at an address.
func isGone(err error) bool {
	var status fetch.StatusError
	return errors.As(err, &status) && (status.Code == 404 || status.Code == 410)
}

// readout is what stands in a document, and in the pages that it names.
type readout struct {
	*job
	// sums are those of the pages, order the ids of the listings in them.
	sums, order []string
	bytes       int64
	// refused are the ids of what is there, and not taken.
	refused map[string]bool
}

func (r *readout) all(ctx context.Context, first fetch.Response) error {
	r.next.ETag, r.next.LastModified = map[string]string{}, map[string]string{}
	if err := r.page(ctx, r.URL, first); err != nil || r.state.Format != FormatSchema {
		return err
	}
	host := hostOf(first.URL)
	n := 0
	for _, address := range convert.Pages(first.Body, first.URL) {
		if address == first.URL || address == r.URL || hostOf(address) != host {
			continue
		}
		if n++; n > mostPages {
			r.refuse(address, snapshot.TooLarge)
			continue
		}
		answer, err := r.ask(ctx, address, false)
		if isGone(err) {
			r.next.ETag[address] = ""
			continue
		}
		if err != nil {
			return err
		}
		if hostOf(answer.URL) != host {
			r.refuse(address, snapshot.NotTheirs)
			continue
		}
		if err := r.page(ctx, address, answer); err != nil {
			return err
		}
	}
	return nil
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Scheme + "://" + u.Host)
}

// page takes the listings of one page.
func (r *readout) page(ctx context.Context, address string, answer fetch.Response) error {
	r.next.ETag[address] = answer.ETag
	if answer.LastModified != "" {
		r.next.LastModified[address] = answer.LastModified
	}
	r.sums = append(r.sums, sign.Sum(answer.Body))
	if r.bytes += int64(len(answer.Body)); r.bytes > r.Bytes {
		return snapshot.Problem{Reason: snapshot.TooMuch, Detail: "pages"}
	}
	all, notes, err := r.sharer.Read(answer.Body, answer.URL)
	if err != nil {
		return snapshot.Problem{Reason: snapshot.Unreadable, Detail: fmt.Sprintf("%s: %v", answer.URL, err)}
	}
	for _, n := range notes {
		id := n.ID
		if id == "" {
			id = answer.URL
		}
		r.refused[ForeignID(r.Ours, r.Slug, id)] = true
		r.refuse(id, reasonOf([]convert.Note{n}))
	}
	if err := r.bound(); err != nil {
		return err
	}
	for _, f := range all {
		s := r.complete(f, ForeignID(r.Ours, r.Slug, f.Theirs), answer.URL)
		r.order = append(r.order, nameIn(s.ID))
		if err := r.put(ctx, s); err != nil {
			return err
		}
		if l := r.fresh.lines[s.ID]; int64(len(l.text)) > r.ItemBytes {
			r.refused[s.ID] = true
			r.fresh.remove(s.ID)
			r.refuse(f.Theirs, snapshot.TooLarge)
		}
	}
	return nil
}

// nameIn is the last part of an id.
func nameIn(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

// complete gives a listing that was found at an address its id, its path, and who
// offers it: the peer where nobody else is named.
func (j *job) complete(f convert.Foreign, id, at string) feeds.Shared {
	s, home := f.Shared, hostOf(at)+"/"
	s.ID, s.Path = id, "peers/"+j.Slug+"/"+nameIn(id)
	slug := f.Provider
	if s.Provider == nil {
		slug = j.Slug
		record, _ := json.Marshal(map[string]string{"name": j.Name, "lang": s.Lang}) // two texts can always be written
		s.Provider = &feeds.SharedProvider{SharedText: feeds.SharedText{Lang: s.Lang, Record: record}}
	}
	p := s.Provider
	p.ID, p.Path = j.Ours+"peers/"+j.Slug+"/providers/"+slug, "providers/"+slug
	if s.URL == "" {
		s.URL = p.URL
	}
	if p.URL == "" {
		p.URL = home
	}
	if s.URL == "" && j.state.Format == FormatSchema {
		s.URL = at
	}
	if s.URL == "" {
		s.URL = home
	}
	return s
}

// reasonOf is why there is no listing, in a word.
func reasonOf(notes []convert.Note) snapshot.Reason {
	if len(notes) == 0 {
		return snapshot.BadItem
	}
	switch notes[0].Problem.Rule {
	case "import/row-no-id":
		return snapshot.NoID
	case "import/row-no-title":
		return snapshot.NoTitle
	case "import/row-no-date":
		return snapshot.NoDate
	case "import/row-id-twice":
		return snapshot.Twice
	case "import/title-long":
		return snapshot.LongTitle
	case "schema/place-missing":
		return snapshot.NoPlace
	}
	return snapshot.BadItem
}
