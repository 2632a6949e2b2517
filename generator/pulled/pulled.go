// Package pulled makes records of what was pulled of other catalogues: checked
// like our own, brought to our terms, and without what means something at its
// origin alone. What is wrong with a listing is a warning, since its reader can't
// mend it, and the listing is left out.
package pulled

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"fursa/feeds/snapshot"
	"fursa/generator/catalogue"
	"fursa/generator/content"
	"fursa/generator/workers"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// mostTold is of how many listings of a peer it is told what is wrong.
const mostTold = 20

// Read makes records of the snapshots of the peers that have a record, in the
// order of these. A peer that was never pulled has no listings.
func Read(ctx context.Context, v *schema.Validator, snapshots []content.Snapshot, r catalogue.Records) ([]*catalogue.Pulled, diag.List, error) {
	var all []*catalogue.Pulled
	var list diag.List
	zone, err := time.LoadLocation(r.Settings.TimeZone)
	if err != nil {
		return nil, nil, nil //nolint:nilerr // the settings have been told of it already
	}
	for _, record := range r.Peers {
		p := &catalogue.Pulled{Record: record}
		all = append(all, p)
		i := slices.IndexFunc(snapshots, func(s content.Snapshot) bool { return s.Peer == record.Slug() })
		if i < 0 || p.Trusts() == catalogue.TrustOff {
			continue
		}
		problems, err := (&reader{v, p, zone}).snapshot(ctx, snapshots[i])
		if err != nil {
			return nil, nil, err
		}
		list = append(list, problems.Demoted()...)
	}
	return all, list, nil
}

// reader reads one snapshot.
type reader struct {
	*schema.Validator
	peer *catalogue.Pulled
	zone *time.Location // ours
}

func (r *reader) snapshot(ctx context.Context, s content.Snapshot) (diag.List, error) {
	state, err := snapshot.ReadState(s.State.Text)
	if err != nil {
		return diag.List{diag.New("peers/bad-state", diag.Span{Source: s.State}, "problem", err)}, nil
	}
	if state.ID != r.peer.Value.ID {
		return diag.List{diag.New("peers/another", diag.Span{Source: s.State}, "peer", r.peer.Slug(), "id", strconv.Quote(state.ID))}, nil
	}
	r.peer.State = state
	lines := slices.Collect(snapshot.Places(s.Items.Text))
	results := make([]result, len(lines))
	err = workers.Each(ctx, runtime.GOMAXPROCS(0), len(lines), func(_, i int) error {
		results[i] = r.line(s.Items, lines[i][0], lines[i][1])
		return nil
	})
	if err != nil {
		return nil, err
	}
	return r.gather(results, s.Items), nil
}

// gather puts what came of the lines into the peer.
func (r *reader) gather(results []result, src *diag.Source) diag.List {
	var list diag.List
	told, untold := 0, 0
	unmapped := map[string]schema.Text{}
	for _, x := range results {
		switch {
		case len(x.list) > 0 && told == mostTold:
			untold++
		case len(x.list) > 0:
			told++
			list = append(list, x.list...)
		}
		if x.listing == nil {
			r.peer.Refused = append(r.peer.Refused, catalogue.Refusal{ID: x.id, Why: x.why})
			continue
		}
		r.peer.Items = append(r.peer.Items, *x.listing)
		for id, label := range x.unmapped {
			unmapped[id] = label
		}
	}
	if untold > 0 {
		list = append(list, diag.New("peers/more", diag.Span{Source: src}, "count", untold))
	}
	slices.SortFunc(r.peer.Items, func(a, b catalogue.Foreign) int { return strings.Compare(a.Path, b.Path) })
	r.peer.Unmapped = sortedLabels(unmapped)
	return list
}

// result is what came of a line.
type result struct {
	listing  *catalogue.Foreign // nil where it is refused
	unmapped map[string]schema.Text
	id       string
	why      snapshot.Reason
	list     diag.List
}

// line makes the record of a listing.
func (r *reader) line(src *diag.Source, start, end int) result {
	at := diag.Span{Source: src, Start: start, End: end}
	shared, err := snapshot.Line(src.Text[start:end])
	if err != nil {
		return result{why: snapshot.BadItem, list: diag.List{diag.New("peers/bad-json", at)}}
	}
	out := result{id: shared.ID, why: snapshot.BreaksRule}
	line, list := document.ParseLine(src, start, end)
	if list != nil {
		out.list = list
		return out
	}
	f := catalogue.Foreign{ID: shared.ID, URL: shared.URL}
	record, more := makeRecord[schema.Opportunity](r, line, schema.KindOpportunity, "", shared.Lang, languages(shared.Translations), func(v map[string]any) {
		out.unmapped = r.localise(v, shared.Terms)
		r.localTimes(v, shared.Zone)
	})
	list = append(list, more...)
	if provider := shared.Provider; provider != nil {
		p, more := makeRecord[schema.Provider](r, line, schema.KindProvider, "/provider", provider.Lang, nil, ownFields)
		if list = append(list, more...); p != nil {
			p.Path = r.path(provider.Path)
			f.Provider = &catalogue.ForeignProvider{Record: p, ID: provider.ID, URL: provider.URL}
		}
	}
	out.list = against(list)
	if record == nil || list.Failed() {
		return out
	}
	record.Path = r.path(shared.Path)
	record.Hash = sumOf(src.Text[start:end], shared.Modified)
	record.Value.SameAs = append(record.Value.SameAs, shared.SameAs...)
	slices.Sort(record.Value.SameAs)
	record.Value.SameAs = slices.Compact(record.Value.SameAs)
	f.Record = record
	out.listing = &f
	return out
}

// path is that of a record of the peer's here: "peers/kuopio/library/story-hour",
// or "peers/events/6f1c…" of one that has no path there.
func (r *reader) path(theirs string) string {
	ours := "peers/" + r.peer.Slug() + "/"
	if strings.HasPrefix(theirs, ours) {
		return theirs
	}
	return ours + catalogue.Slug(theirs)
}

// sumOf tells a line from any other, whatever number its change has.
func sumOf(line []byte, modified int64) string {
	number := []byte(`"modified":` + strconv.FormatInt(modified, 10))
	sum := sha256.Sum256(bytes.Replace(line, number, nil, 1))
	return hex.EncodeToString(sum[:16])
}

// makeRecord makes the record that stands in a line below at, with its
// translations, its fields changed by change first.
func makeRecord[T any](r *reader, line document.Line, kind schema.Kind, at, lang string, translated []string, change func(map[string]any)) (*catalogue.Record[T], diag.List) {
	d, list := line.Record(at+"/record", at+"/body")
	if d == nil {
		return nil, list
	}
	if list = append(list, r.Check(kind, "", d)...); list.Failed() {
		return nil, list
	}
	change(d.Value)
	value, err := schema.Decode[T](d.Value)
	if err != nil {
		return nil, append(list, diag.New("schema/undecoded", d.Span(""), "problem", err))
	}
	record := &catalogue.Record[T]{Source: d.Source, Lang: lang, Value: &value, Body: d.Body}
	for _, lang := range translated {
		in := at + "/translations/" + lang
		t, more := line.Record(in+"/record", in+"/body")
		if t != nil {
			more = append(more, r.Check(kind, lang, t)...)
		}
		if t == nil || more.Failed() {
			continue // the listing is read in its own language
		}
		value, err := schema.Decode[T](schema.Merge(d.Value, t.Value))
		if err != nil {
			continue // a translation that does not fit its record is none
		}
		body := t.Body
		if strings.TrimSpace(body) == "" {
			body = d.Body
		}
		record.Translations = append(record.Translations, catalogue.Translation[T]{Lang: lang, Source: t.Source, Value: &value, Body: body})
	}
	return record, list
}

// against are the problems for which a listing is left out, without corrections:
// nobody here can make them. What else could be better is its own catalogue's to
// hear.
func against(list diag.List) diag.List {
	var some diag.List
	for _, d := range list {
		if d.Severity == diag.Error {
			d.Fix = nil
			some = append(some, d)
		}
	}
	return some
}
