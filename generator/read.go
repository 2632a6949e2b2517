package generator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"fursa/generator/catalogue"
	"fursa/generator/content"
	"fursa/generator/workers"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// reader makes records of files. What it makes of a file depends on nothing
// but the file (and the catalogue's zone and languages), so that it keeps the
// result, its problems included, until the file changes.
type reader struct {
	validator *schema.Validator
	memo      map[string]result
	trusted   map[string]bool // sums of files known to be sound
	used      map[string]result
}

// result is what became of a record's files.
type result struct {
	// record is a *catalogue.Record[…]; nil where it could not be made. It is
	// there in spite of errors that keep nothing else of it from being checked.
	record any
	list   diag.List
}

func newReader() *reader {
	return &reader{validator: schema.NewValidator(), memo: map[string]result{}, trusted: map[string]bool{}}
}

// trust spares the checks of files that an earlier run found nothing in.
func (r *reader) trust(sums []string) {
	for _, s := range sums {
		r.trusted[s] = true
	}
}

// sound are the files of the last run in which nothing was found.
func (r *reader) sound() []string {
	var sums []string
	for key, result := range r.used {
		if len(result.list) == 0 {
			sums = append(sums, key)
		}
	}
	slices.Sort(sums)
	return sums
}

// group is a record's file and its translations.
type group []content.File

// frame is what reading a record needs of the catalogue's settings.
type frame struct {
	lang   string
	zone   *time.Location
	script string // tells one frame from another in the memo
}

// read makes records of all files, in parallel, in the order of the files.
func (r *reader) read(ctx context.Context, files content.Content) (catalogue.Records, diag.List, error) {
	var records catalogue.Records
	settings, frame, list := r.settings(files)
	records.Settings = settings
	if len(settings.Languages) > 0 {
		records.Source = settingsFile(files)
	}
	for _, a := range files.Assets {
		records.Assets = append(records.Assets, a.Path)
	}
	groups := group(files.Files).groups()
	results := make([]result, len(groups))
	names := make([]string, len(groups))
	err := workers.Each(ctx, runtime.GOMAXPROCS(0), len(groups), func(_, i int) error {
		names[i] = groups[i].key(frame)
		known, ok := r.memo[names[i]]
		if !ok {
			known = r.record(groups[i], frame, r.trusted[names[i]])
		}
		results[i] = known
		return nil
	})
	if err != nil {
		return records, nil, err
	}
	r.used = make(map[string]result, len(results))
	for i, result := range results {
		list = append(list, result.list...)
		r.used[names[i]] = result
		add(&records, result.record)
	}
	r.memo = r.used
	return records, list, nil
}

// settings are those of catalogue.toml; what the records need of them stands
// in the frame, with a sensible value where they are broken.
func (r *reader) settings(files content.Content) (settings schema.Catalogue, f frame, list diag.List) {
	f = frame{lang: "en", zone: time.UTC}
	for _, file := range files.Files {
		if file.Kind != schema.KindCatalogue {
			continue
		}
		d, problems := r.document(file, false)
		if file.Lang == "" && !problems.Failed() {
			var more diag.List
			settings, more = f.take(d)
			problems = append(problems, more...)
		}
		list = append(list, problems...)
	}
	return settings, f, list
}

// take sets the frame by the settings in a document.
func (f *frame) take(d *document.Document) (schema.Catalogue, diag.List) {
	settings, err := schema.Decode[schema.Catalogue](d.Value)
	if err != nil {
		return settings, diag.List{undecoded(d, err)}
	}
	zone, err := time.LoadLocation(settings.TimeZone)
	if err != nil {
		return settings, diag.List{diag.New("when/unknown-zone", d.Span("/time_zone"), "zone", strconv.Quote(settings.TimeZone))}
	}
	f.zone, f.lang = zone, settings.Languages[0]
	f.script = f.lang + " " + settings.TimeZone
	return settings, nil
}

// groups are the records' files, each with its translations.
func (g group) groups() []group {
	var groups []group
	for i := 0; i < len(g); {
		j := i + 1
		for j < len(g) && g[j].Path == g[i].Path {
			j++
		}
		if g[i].Kind != schema.KindCatalogue {
			groups = append(groups, g[i:j])
		}
		i = j
	}
	return groups
}

// key tells a group and all that its result depends on from any other.
func (g group) key(f frame) string {
	h := sha256.New()
	fmt.Fprintln(h, f.script)
	for _, file := range g {
		fmt.Fprintf(h, "%s\x00%s\x00%s\x00%x\n", file.Kind, file.Source.Path, file.Lang, file.Sum)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// record makes a group's record.
func (r *reader) record(g group, f frame, trusted bool) result {
	switch g[0].Kind {
	case schema.KindOpportunity:
		return makeRecord(r, g, f, trusted, func(v *schema.Opportunity) string { return v.Lang })
	case schema.KindProvider:
		return makeRecord(r, g, f, trusted, func(v *schema.Provider) string { return v.Lang })
	case schema.KindSchool:
		return makeRecord(r, g, f, trusted, func(v *schema.School) string { return v.Lang })
	case schema.KindPathway:
		return makeRecord(r, g, f, trusted, func(v *schema.Pathway) string { return v.Lang })
	case schema.KindBadge:
		return makeRecord(r, g, f, trusted, func(v *schema.Badge) string { return v.Lang })
	case schema.KindEndorsement:
		return makeRecord(r, g, f, trusted, func(v *schema.Endorsement) string { return v.Lang })
	case schema.KindPeer:
		return makeRecord(r, g, f, trusted, func(*schema.Peer) string { return "" })
	case schema.KindReview:
		return makeRecord(r, g, f, trusted, func(*schema.Review) string { return "" })
	case schema.KindBlocklist:
		return makeRecord(r, g, f, trusted, func(*schema.Blocklist) string { return "" })
	case schema.KindVocabulary:
		return makeRecord(r, g, f, trusted, func(*schema.Vocabulary) string { return "" })
	case schema.KindPage:
		return makeRecord(r, g, f, trusted, func(v *schema.Page) string { return v.Lang })
	}
	return result{}
}

// add puts a record where its kind belongs.
func add(records *catalogue.Records, record any) {
	switch x := record.(type) {
	case *catalogue.Record[schema.Opportunity]:
		records.Opportunities = append(records.Opportunities, x)
	case *catalogue.Record[schema.Provider]:
		records.Providers = append(records.Providers, x)
	case *catalogue.Record[schema.School]:
		records.Schools = append(records.Schools, x)
	case *catalogue.Record[schema.Pathway]:
		records.Pathways = append(records.Pathways, x)
	case *catalogue.Record[schema.Badge]:
		records.Badges = append(records.Badges, x)
	case *catalogue.Record[schema.Endorsement]:
		records.Endorsements = append(records.Endorsements, x)
	case *catalogue.Record[schema.Peer]:
		records.Peers = append(records.Peers, x)
	case *catalogue.Record[schema.Review]:
		records.Reviews = append(records.Reviews, x)
	case *catalogue.Record[schema.Blocklist]:
		records.Blocklists = append(records.Blocklists, x)
	case *catalogue.Record[schema.Vocabulary]:
		records.Vocabularies = append(records.Vocabularies, x)
	case *catalogue.Record[schema.Page]:
		records.Pages = append(records.Pages, x)
	}
}

// makeRecord makes the record of a group, of the type of its kind.
func makeRecord[T any](r *reader, g group, f frame, trusted bool, langOf func(*T) string) result {
	if g[0].Lang != "" {
		return result{} // its record could not be read, which has been told
	}
	d, list := r.document(g[0], trusted)
	if d == nil || !readable(list) {
		for _, file := range g[1:] {
			_, more := r.document(file, trusted)
			list = append(list, more...)
		}
		return result{list: list}
	}
	value, err := schema.Decode[T](d.Value)
	if err != nil {
		return result{list: append(list, undecoded(d, err))}
	}
	if v, ok := any(value).(schema.Opportunity); ok && !trusted && timed(v) {
		list = append(list, r.validator.Times(v, d, f.zone)...)
	}
	record := &catalogue.Record[T]{Path: g[0].Path, Source: g[0].Source, Value: &value, Body: d.Body, Lang: langOf(&value)}
	if record.Lang == "" {
		record.Lang = f.lang
	}
	hash := sha256.New()
	hash.Write(g[0].Sum[:])
	for _, file := range g[1:] {
		hash.Write(file.Sum[:])
		t, more := translated[T](r, d, file, trusted)
		list = append(list, more...)
		switch {
		case t == nil:
		case file.Lang == record.Lang:
			list = append(list, diag.New("links/same-language", diag.Span{Source: file.Source}, "language", file.Lang))
		default:
			record.Translations = append(record.Translations, *t)
		}
	}
	record.Hash = hex.EncodeToString(hash.Sum(nil)[:16])
	return result{record, list}
}

// readable says whether a file, whatever is wrong with its words, has all
// parts that a record needs: then the rest of it is checked in the same run.
func readable(list diag.List) bool {
	for _, d := range list {
		if d.Severity != diag.Error {
			continue
		}
		switch d.Rule {
		case "schema/unknown-key", "schema/too-short", "schema/too-long", "schema/html-in-text", "schema/listed-twice",
			"schema/bad-email", "schema/bad-uri", "schema/bad-phone", "schema/wrong-order", "schema/min-over-max", "schema/bad-slug":
		default:
			return false
		}
	}
	return true
}

// timed says whether every session has a start: the key may be misspelt.
func timed(v schema.Opportunity) bool {
	return !slices.ContainsFunc(v.Sessions, func(s schema.Session) bool { return s.Start.IsZero() })
}

// translated is a record in the language of one of its translation files.
func translated[T any](r *reader, original *document.Document, file content.File, trusted bool) (*catalogue.Translation[T], diag.List) {
	d, list := r.document(file, trusted)
	if list.Failed() {
		return nil, list
	}
	value, err := schema.Decode[T](schema.Merge(original.Value, d.Value))
	if err != nil {
		return nil, append(list, undecoded(d, err))
	}
	body := d.Body
	if strings.TrimSpace(body) == "" {
		body = original.Body
	}
	return &catalogue.Translation[T]{Lang: file.Lang, Source: file.Source, Value: &value, Body: body}, list
}

// document parses and checks one file.
func (r *reader) document(file content.File, trusted bool) (*document.Document, diag.List) {
	d, list := document.Parse(file.Source)
	if d == nil || trusted {
		return d, list
	}
	return d, append(list, r.validator.Check(file.Kind, file.Lang, d)...)
}

// undecoded is for what a schema lets through and a type does not: the two
// have come apart.
func undecoded(d *document.Document, err error) diag.Diagnostic {
	return diag.New("schema/undecoded", d.Span(""), "problem", err)
}

// settingsFile is catalogue.toml.
func settingsFile(files content.Content) *diag.Source {
	i := slices.IndexFunc(files.Files, func(f content.File) bool { return f.Kind == schema.KindCatalogue && f.Lang == "" })
	return files.Files[i].Source
}
