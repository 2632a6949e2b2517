// Package generator runs the pipeline: files → records → catalogue → search
// index → outputs → disk. Each step is a function of the one before; nothing here asks the
// clock, the network or the environment.
package generator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"fursa/feeds/sign"
	"fursa/generator/catalogue"
	"fursa/generator/content"
	"fursa/generator/ledger"
	"fursa/generator/plan"
	"fursa/generator/publish"
	"fursa/generator/pulled"
	"fursa/generator/search"
	"fursa/schema/diag"
	"fursa/themes"
)

// Input is everything that a site depends on.
type Input struct {
	// Content is the folder of the records.
	Content string
	// Theme is a folder whose files replace the default theme's; may be empty.
	Theme string
	// BaseURL is where the site is served, if not where catalogue.toml says.
	BaseURL string
	// Now is the date or instant asked for, Clock the present. Where Now is
	// not given, the catalogue's own «today» goes before the clock.
	Now   Now
	Clock time.Time
	// Drafts gives drafts a page.
	Drafts bool
	// Version is the program's: another one may make another site.
	Version string
	// Previous is the last ledger; nil for a first build.
	Previous *ledger.Ledger
}

// Site is a site that is planned and not written.
type Site struct {
	Catalogue *catalogue.Catalogue
	Outputs   []plan.Output
	theme     *themes.Theme
	now       time.Time
	theirs    int // warnings of what was pulled: nobody here can mend that
}

// Ledger is the ledger of the site as an output, given the hashes of the
// other outputs by their paths.
func (s Site) Ledger(hashes map[string]string) plan.Output {
	return plan.Output{Path: LedgerPath, Class: plan.IndexClass, Write: s.ledger(hashes, s.Catalogue.Ledger.Sequence)}
}

func (s Site) ledger(hashes map[string]string, sequence int64) func(io.Writer) error {
	next := *s.Catalogue.Ledger
	next.Paths, next.Sequence = hashes, sequence
	return next.Write
}

// LedgerPath is where a site says what was published when.
const LedgerPath = "fursa/ledger.json"

// Builder plans and builds sites. It remembers what it has made of a file
// until the file changes, so that the next run does not do it again.
type Builder struct{ reader *reader }

// NewBuilder makes a builder that remembers nothing yet.
func NewBuilder() *Builder { return &Builder{newReader()} }

// Plan reads and checks the files and lists what the site is made of. The
// site is nil where the files have errors.
func (b *Builder) Plan(ctx context.Context, in Input) (*Site, diag.List, error) {
	files, list, err := content.Load(ctx, in.Content)
	if err != nil {
		return nil, nil, err
	}
	return b.plan(ctx, in, files, list)
}

func (b *Builder) plan(ctx context.Context, in Input, files content.Content, list diag.List) (*Site, diag.List, error) {
	theme, problems, err := checkedTheme(in.Theme)
	if err != nil {
		return nil, nil, err
	}
	records, more, err := b.reader.read(ctx, files)
	if err != nil {
		return nil, nil, err
	}
	list = append(append(list, problems...), more...)
	records.Pulled, more, err = pulled.Read(ctx, b.reader.validator, files.Snapshots, records)
	if err != nil {
		return nil, nil, err
	}
	theirs := more
	now, err := in.Now.at(records.Settings, in.Clock)
	if err == nil {
		list = append(list, catalogue.Check(records, catalogue.NewIndex(records, recordPaths(files)), now.date)...)
	}
	list = append(list, catalogue.Duplicates(records.Opportunities, nil)...)
	list = append(settled(list), theirs...).Sorted()
	if list.Failed() || err != nil {
		return nil, list, nil //nolint:nilerr // a bad time zone is among the problems
	}
	c, err := catalogue.New(records, catalogue.Options{Now: now.instant, BaseURL: in.BaseURL, Drafts: in.Drafts, Previous: in.Previous})
	if err != nil {
		return nil, nil, err
	}
	list = append(list, catalogue.CheckSchools(c)...).Sorted()
	index := search.New(c)
	if err := index.AddColumns(c); err != nil {
		return nil, nil, err
	}
	pictures, err := images(in.Content, files)
	if err != nil {
		return nil, nil, err
	}
	outputs, problems, err := plan.Outputs(plan.Input{Catalogue: c, Search: index, Theme: theme, Images: pictures, Snapshots: snapshots(files)})
	if err != nil {
		list, err = explained(theme, list, err)
		return nil, list, err
	}
	if problems.Failed() {
		return nil, append(list, problems...).Sorted(), nil
	}
	return &Site{c, outputs, theme, now.instant, theirs.Count(diag.Warning)}, list, nil
}

// Report is what a build did.
type Report struct {
	publish.Report
	Listings int
	// First says that there was no last ledger.
	First bool
	// Same says that nothing had changed since the last build.
	Same bool
	// Warnings is the count of those that the list does not repeat, because
	// nothing has changed since it did.
	Warnings int
}

// Options are how a site is written.
type Options struct {
	// Output is the folder that will hold the site.
	Output  string
	Workers int
	// Strict writes nothing where there is a warning of our own files.
	Strict bool
	// PreviousHash tells one given Previous ledger from another; empty where
	// it is the output folder's own.
	PreviousHash string
	// Keys are the private keys of those that the catalogue names; Unsigned
	// builds without them.
	Keys     []sign.Key
	Unsigned bool
}

// Build makes the output folder hold the site, and nothing else of ours. It
// writes nothing where the files have errors.
func (b *Builder) Build(ctx context.Context, in Input, o Options) (Report, diag.List, error) {
	files, list, err := content.Load(ctx, in.Content)
	if err != nil {
		return Report{}, nil, err
	}
	memo := readMemo(o.Output)
	digest, err := digest(in, o, files)
	if err != nil {
		return Report{}, nil, err
	}
	if digest != "" && memo.Inputs == digest && !(o.Strict && memo.Ours > 0) {
		if done, ok := publish.Unchanged(o.Output, digest); ok {
			return Report{Report: done, Listings: memo.Listings, Same: true, Warnings: memo.Warnings}, nil, nil
		}
	}
	b.reader.trust(memo.Sound)
	site, list, err := b.plan(ctx, in, files, list)
	if err != nil || site == nil {
		return Report{}, list, err
	}
	signers, problems := o.signers(site.Catalogue.Settings, settingsFile(files))
	list = append(list, problems...).Sorted()
	ours := list.Count(diag.Warning) - site.theirs
	if list.Failed() || o.Strict && ours > 0 {
		return Report{}, list, nil
	}
	done, err := site.write(ctx, signers, publish.Options{Dir: o.Output, Workers: o.Workers, Inputs: digest})
	report := Report{Report: done, Listings: len(site.Catalogue.Listings), First: in.Previous == nil}
	if err != nil {
		list, err = explained(site.theme, list, err)
		return report, list, err
	}
	return report, list, writeMemo(o.Output, memoFile{
		Inputs: digest, Warnings: list.Count(diag.Warning), Ours: ours, Listings: report.Listings, Sound: b.reader.sound(),
	})
}

// recordPaths are the records of the content folder, those that could not be read
// included: what refers to them is not wrong.
func recordPaths(files content.Content) catalogue.Paths {
	all := make(catalogue.Paths, 0, len(files.Files))
	for _, f := range files.Files {
		all = append(all, f.Path)
	}
	return all
}

func outputs(list []plan.Output) []publish.File {
	files := make([]publish.File, len(list))
	for i, o := range list {
		files[i] = file(o)
	}
	return files
}

func file(o plan.Output) publish.File {
	class := map[plan.Class]publish.Class{
		plan.AssetClass: publish.Asset, plan.PageClass: publish.Page, plan.FeedClass: publish.Feed, plan.IndexClass: publish.Index,
	}[o.Class]
	return publish.File{Path: o.Path, Class: class, Write: o.Write, Fixed: o.Fixed}
}

func snapshots(files content.Content) []plan.Snapshot {
	var all []plan.Snapshot
	for _, s := range files.Snapshots {
		all = append(all, plan.Snapshot{Peer: s.Peer, State: s.State.Text, Items: s.Items.Text})
	}
	return all
}

func images(dir string, files content.Content) ([]plan.Image, error) {
	images := make([]plan.Image, len(files.Assets))
	for i, a := range files.Assets {
		name := filepath.Join(dir, filepath.FromSlash(a.Path))
		h := sha256.New()
		if err := copyFile(h, name); err != nil {
			return nil, err
		}
		images[i] = plan.Image{
			Path: a.Path, Size: a.Size, Sum: hex.EncodeToString(h.Sum(nil)),
			Open: func() (io.ReadCloser, error) { return os.Open(name) },
		}
	}
	return images, nil
}

func copyFile(w io.Writer, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// digest tells the inputs of one build from any other's. It is empty where
// that can't be told before the records are read.
func digest(in Input, o Options, files content.Content) (string, error) {
	h := sha256.New()
	theme, _, err := loadTheme(in.Theme)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(h, "%s\n%s\n%s\n%t\n%s\n%t\n", in.Version, theme.Hash, in.BaseURL, in.Drafts, o.PreviousHash, o.Unsigned)
	for _, k := range o.Keys {
		fmt.Fprintln(h, k.Public())
	}
	day, ok := in.Now.day(files, in.Clock)
	if !ok {
		return "", nil
	}
	fmt.Fprintln(h, day)
	for _, f := range files.Files {
		fmt.Fprintf(h, "%s\x00%s\x00%x\n", f.Path, f.Lang, f.Sum)
	}
	for _, s := range files.Snapshots {
		fmt.Fprintf(h, "%s\x00%x\n", s.Peer, s.Sum)
	}
	for _, a := range files.Assets {
		fmt.Fprintf(h, "%s\x00%d\n", a.Path, a.Size)
		if err := copyFile(h, filepath.Join(in.Content, filepath.FromSlash(a.Path))); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
