// Package publish makes a folder hold exactly a build's files. It writes only
// what changed, removes only what it wrote, and shows readers nothing of a
// build that fails.
//
// All files that changed are staged on the same disk first; then a journal of
// the moves and removals is written and carried out: what is new before what
// changed, removals last, so that no page that can be reached links to one
// that is missing. A build killed before its journal is there leaves the old
// site; the next command after one killed later finishes the journal. A first
// build appears at once, by an exchange of folders where the system has that.
//
// What it knows of its own files stands in the folder .fursa of the output
// folder. Names that begin with a dot at the top of the output folder are
// never read, changed or counted. The whole output folder must lie on one
// file system, and must not be changed by others during a build.
//
// Only the journal is flushed to the disk, since flushing every file would
// take many times as long as the build: a process that is killed loses
// nothing. After a power cut the files written in the last seconds may be
// empty or missing; the next build sees it by their size and time, and writes
// them anew.
//
// It knows nothing of what the files hold, but the ledger's list of paths.
package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
)

// ErrBusy says that another build holds the folder.
var ErrBusy = errors.New("another build is writing to this folder")

// Class says when a changed file may appear: those of a lower class first.
type Class int

// The classes, in the order of publication.
const (
	Asset      Class = iota // what pages need: styles, scripts, images
	Page                    // what people read
	Feed                    // what lists pages for programs
	Index                   // what lists feeds and pages: sitemap, exports
	Manifest                // what says of feeds that they belong together
	LedgerFile              // the ledger
)

// File is one file of a build.
type File struct {
	// Path is where it stands in the output folder, with slashes, without
	// leading dots.
	Path  string
	Class Class
	// Write gives the bytes. It is called once or not at all, at any time and
	// beside others, and must give the same bytes whenever it is called.
	Write func(io.Writer) error
	// Fixed says that the path changes with the bytes: where the last build
	// left a file there, and it still stands, Write is not called.
	Fixed bool
}

// Last is a file that tells of the others, so that it is made after them.
type Last struct {
	Path  string
	Class Class
	// Make gives the File's Write. It is called once, with the hashes of all
	// files before it, the Last ones too, by their paths.
	Make func(hashes map[string]string) func(io.Writer) error
}

// Options are what a build chooses.
type Options struct {
	// Dir is the output folder. It is made where there is none.
	Dir string
	// Workers is how many files are made at a time; below 1 stands for one for
	// each processor. Memory grows by about a megabyte for each.
	Workers int
	// Inputs is a digest of everything that the build depends on, kept for
	// Unchanged; "" is unknown.
	Inputs string
}

// Report counts the files of a build, the last ones included.
type Report struct {
	// Files is how many the folder holds now: Written and Unchanged. Removed
	// is how many it no longer does.
	Files, Written, Removed, Unchanged int
	// Bytes is the size of all Files.
	Bytes int64
	// Foreign names the files there that no build wrote, sorted.
	Foreign []string
}

// Write makes the folder hold these files, and then the last ones, in their
// order; the one at ledger.Path comes last of all.
//
// Where a path is none or two clash, where a file that no build wrote stands
// in the way of another that is not the same, where a Write fails or ctx is
// cancelled: nothing changes that a reader could see. An error of moving files
// (a permission, say) leaves a journal, which the next Write or Recover
// finishes. ErrBusy comes at once.
func Write(ctx context.Context, files []File, last []Last, o Options) (Report, error) {
	if o.Workers < 1 {
		o.Workers = runtime.NumCPU()
	}
	wanted, err := arrange(files, last)
	if err != nil {
		return Report{}, err
	}
	f, err := open(o.Dir)
	if err != nil {
		return Report{}, err
	}
	defer f.close()
	if err := f.recover(); err != nil {
		return Report{}, err
	}
	b := &build{folder: f, wanted: wanted, workers: o.Workers}
	if err := b.survey(ctx); err != nil {
		return Report{}, err
	}
	if err := b.stage(ctx, last); err != nil {
		return Report{}, errors.Join(err, f.discard())
	}
	if err := b.publish(o.Inputs); err != nil {
		return Report{}, fmt.Errorf("publish to %s: %w", o.Dir, err)
	}
	return b.report(), nil
}

// build is one Write under way.
type build struct {
	*folder
	wanted  wanted
	workers int

	left  map[string]stamp // what the last build left, by path
	found []entry          // what stands in the folder, parents first
	here  map[string]kind  // found, by path
	clear []string         // ours, in the way of what comes

	made []made // of each wanted file, in the order of wanted.files
}

func (b *build) report() Report {
	r := Report{Files: len(b.made), Removed: len(b.stale()), Foreign: b.foreign()}
	for _, m := range b.made {
		r.Bytes += m.size
		if m.staged {
			r.Written++
		}
	}
	r.Unchanged = r.Files - r.Written
	return r
}

// publish shows what was staged.
func (b *build) publish(inputs string) error {
	index := b.index(inputs)
	if len(b.found) == 0 && exchanges {
		if done, err := b.swap(index); done || err != nil {
			return err
		}
	}
	return b.carry(b.journal(), index)
}
