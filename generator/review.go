package generator

import (
	"cmp"
	"context"
	"maps"
	"path"
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/content"
	"fursa/generator/review"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// Change is what has changed in a content folder.
type Change struct {
	// Paths are the files that were added, changed or removed, by their paths
	// in the folder, with slashes.
	Paths []string
	// Before are those of them that were there before, with the text that they
	// had; an asset's need not be given.
	Before map[string][]byte
}

// Review finds what is wrong with the files of a change, and what the change
// makes wrong in others. It reads what has changed and what that refers to,
// and of all other files looks only into those that may refer to something
// that is not as it was. What schools receive is checked where a school's own
// file has changed. The change is asked for when the folder has been listed,
// so that it can be found out meanwhile.
func (b *Builder) Review(ctx context.Context, in Input, change func() (Change, error)) (review.Review, error) {
	listing, problems, err := content.Names(in.Content)
	if err != nil {
		return review.Review{}, err
	}
	changed, err := change()
	if err != nil {
		return review.Review{}, err
	}
	r := newReviewer(b, in, changed, listing)
	list, settings, err := r.list(ctx)
	if err != nil {
		return review.Review{}, err
	}
	verdict, err := r.judge(ctx, list)
	if err != nil {
		return review.Review{}, err
	}
	r.judgeNames(&verdict, problems)
	verdict.Own, verdict.Caused, verdict.Before = verdict.Own.Sorted(), verdict.Caused.Sorted(), verdict.Before.Sorted()
	return review.Review{Verdict: verdict, Settings: settings, Sent: r.sent()}, nil
}

// reviewer compares a content folder with what it was before a change.
type reviewer struct {
	*Builder
	in      Input
	changed map[string]bool // by path in the content folder
	before  map[string][]byte
	was, is side
	// touched are the records of the change, chosen all that have something to
	// do with it.
	touched, chosen map[string]bool
	// looked are the files that were looked into because they may refer to
	// something that is gone: what else is wrong with them is no concern here.
	looked map[string]bool
}

func newReviewer(b *Builder, in Input, change Change, listing content.Listing) *reviewer {
	r := &reviewer{Builder: b, in: in, changed: map[string]bool{}, before: change.Before, is: present(in.Content, listing), chosen: map[string]bool{}, looked: map[string]bool{}}
	for _, p := range change.Paths {
		r.changed[p] = true
		if n, ok := content.NameOf(p); ok {
			r.chosen[n.Path] = true
		}
	}
	r.touched = maps.Clone(r.chosen)
	r.was = newSide(r.earlier(listing), func(file string) (content.File, bool, diag.List, error) {
		if !r.changed[file] {
			return r.is.read(file)
		}
		name, ok := content.NameOf(file)
		return content.Given(in.Content, name, r.before[file]), ok, nil, nil
	})
	return r
}

// earlier is the listing before the change.
func (r *reviewer) earlier(now content.Listing) content.Listing {
	was := content.Listing{Names: make([]content.Name, 0, len(now.Names)+len(r.before))}
	for _, n := range now.Names {
		if !r.changed[n.File] {
			was.Names = append(was.Names, n)
		}
	}
	for _, a := range now.Assets {
		if !r.changed[a.Path] {
			was.Assets = append(was.Assets, a)
		}
	}
	for p := range r.before {
		if n, ok := content.NameOf(p); ok {
			was.Names = append(was.Names, n)
		} else if content.IsAsset(p) {
			was.Assets = append(was.Assets, content.Asset{Path: p})
		}
	}
	slices.SortFunc(was.Names, func(a, b content.Name) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Lang, b.Lang))
	})
	slices.SortFunc(was.Assets, func(a, b content.Asset) int { return strings.Compare(a.Path, b.Path) })
	return was
}

// list is everything that is wrong with the records of the change and with
// those that may refer to them.
func (r *reviewer) list(ctx context.Context) (list diag.List, settings schema.Catalogue, err error) {
	now, err := r.readSome(ctx, r.is, r.chosen)
	if err != nil {
		return nil, settings, err
	}
	then, err := r.readSome(ctx, r.was, r.chosen)
	if err != nil {
		return nil, settings, err
	}
	list = now.check(r.in)
	names, err := r.find(ctx, wanted(then, now, r.chosen, list))
	if err != nil {
		return nil, settings, err
	}
	if len(names) > 0 {
		for _, n := range names {
			r.looked[n.File], r.chosen[n.Path] = !r.touched[n.Path], true
		}
		if now, err = r.readSome(ctx, r.is, r.chosen); err != nil {
			return nil, settings, err
		}
		list = now.check(r.in)
	}
	list = append(list, r.twins(now)...)
	schools, err := r.schools(ctx, now, list)
	return settled(append(list, schools...)), now.records.Settings, err
}

// twins are the listings that are there twice, told of those of the change
// where they can be.
func (r *reviewer) twins(s some) diag.List {
	return catalogue.Duplicates(s.records.Opportunities, func(record string) bool { return r.touched[record] })
}

// schools is what is wrong with what schools of the change receive.
func (r *reviewer) schools(ctx context.Context, now some, list diag.List) (diag.List, error) {
	changed := now.records.Only(func(record string) bool { return r.touched[record] })
	if len(changed.Schools) == 0 || list.Failed() {
		return nil, nil
	}
	all, err := r.checkAll(ctx, r.in, nil)
	return slices.DeleteFunc(all, func(d diag.Diagnostic) bool { return !r.isOwn(d.Span) }), err
}

// find are the files, beside the changed ones, that may refer to what is
// wanted.
func (r *reviewer) find(ctx context.Context, w want) ([]content.Name, error) {
	var names []content.Name
	others := make([]content.Name, 0, len(r.is.listing.Names))
	for _, n := range r.is.listing.Names {
		switch {
		case r.changed[n.File]:
		case w.everything, slices.ContainsFunc(w.folders, func(f string) bool { return strings.HasPrefix(n.Path+"/", f+"/") }):
			names = append(names, n)
		default:
			others = append(others, n)
		}
	}
	if len(w.gone)+len(w.claimed)+len(w.twins) == 0 {
		return names, nil
	}
	found, err := content.Find(ctx, r.in.Content, others, w.fits())
	return append(names, found...), err
}

// judge tells problems apart by whose they are. What the old state of the same
// records had is not of this change.
func (r *reviewer) judge(ctx context.Context, list diag.List) (diag.Verdict, error) {
	var v diag.Verdict
	var others diag.List
	for _, d := range list {
		if r.isOwn(d.Span) {
			v.Own = append(v.Own, d)
		} else {
			others = append(others, d)
		}
	}
	if len(others) == 0 {
		return v, nil
	}
	was, err := r.readSome(ctx, r.was, r.chosen)
	if err != nil {
		return v, err
	}
	known := map[problem]bool{}
	for _, d := range append(was.check(r.in), r.twins(was)...) {
		known[problemOf(d)] = true
	}
	for _, d := range others {
		switch {
		case !known[problemOf(d)]:
			v.Caused = append(v.Caused, d)
		case !r.looked[r.inside(d.Span.Source.Path)]:
			v.Before = append(v.Before, d)
		}
	}
	return v, nil
}

// problem tells problems of files that have not changed from one another.
// What a hint proposes may be another thing today.
type problem struct {
	rule, path string
	start, end int
}

func problemOf(d diag.Diagnostic) problem {
	p := problem{rule: d.Rule, start: d.Span.Start, end: d.Span.End}
	if d.Span.Source != nil {
		p.path = d.Span.Source.Path
	}
	return p
}

// isOwn says whether a problem stands in a file of the change, or is about a
// folder that only holds such.
func (r *reviewer) isOwn(at diag.Span) bool {
	if at.Source == nil {
		return false
	}
	file := r.inside(at.Source.Path)
	if r.changed[file] {
		return true
	}
	for p := range r.changed {
		if strings.HasPrefix(p, file+"/") && at.Source.Text == nil {
			return true
		}
	}
	return false
}

// inside is a path as problems name it, as one in the content folder.
func (r *reviewer) inside(printed string) string {
	root := path.Join(strings.ReplaceAll(r.in.Content, "\\", "/"), "x")
	return strings.TrimPrefix(printed, strings.TrimSuffix(root, "x"))
}

// judgeNames tells the problems of file names apart. One in another file that
// has to do with a changed one is the change's doing: a translation that has
// lost its original, a name that differs from a new one in case only.
func (r *reviewer) judgeNames(v *diag.Verdict, problems diag.List) {
	for _, d := range problems {
		related := slices.ContainsFunc(d.Related, func(other diag.Related) bool { return r.isOwn(other.Span) })
		name, named := content.NameOf(r.inside(d.Span.Source.Path))
		switch {
		case r.isOwn(d.Span):
			v.Own = append(v.Own, d)
		case related, named && name.Lang != "" && r.removed(name.Path):
			v.Caused = append(v.Caused, d)
		default:
			v.Before = append(v.Before, d)
		}
	}
}

// removed says whether the change takes a record away.
func (r *reviewer) removed(record string) bool {
	return has(r.was.listing, record) && !has(r.is.listing, record)
}

// has says whether a listing has a record, not counting translations of it.
func has(l content.Listing, record string) bool {
	i, found := slices.BinarySearchFunc(l.Names, record, func(n content.Name, p string) int { return strings.Compare(n.Path, p) })
	return found && l.Names[i].Lang == ""
}

// sent are the records of the change.
func (r *reviewer) sent() []review.Sent {
	all := map[string]*review.Sent{}
	for _, p := range slices.Sorted(maps.Keys(r.changed)) {
		name, ok := content.NameOf(p)
		if !ok {
			continue
		}
		s := all[name.Path]
		if s == nil {
			is, was := has(r.is.listing, name.Path), has(r.was.listing, name.Path)
			s = &review.Sent{Path: name.Path, Added: is && !was, Removed: was && !is}
			all[name.Path] = s
		}
		s.Files = append(s.Files, path.Join(r.in.Content, p))
		s.Title = cmp.Or(s.Title, r.title(p))
	}
	var sent []review.Sent
	for _, p := range slices.Sorted(maps.Keys(all)) {
		sent = append(sent, *all[p])
	}
	return sent
}

// title is what a changed file calls its record, now or before.
func (r *reviewer) title(p string) string {
	for _, s := range []side{r.is, r.was} {
		file, ok, _, err := s.read(p)
		if err != nil || !ok {
			continue
		}
		d, _ := document.Parse(file.Source)
		if d == nil {
			continue
		}
		for _, key := range []string{"title", "name"} {
			if title, ok := d.Value[key].(string); ok {
				return title
			}
		}
	}
	return ""
}
