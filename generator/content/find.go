package content

import (
	"context"
	"crypto/sha256"
	"fmt"
	"runtime"

	"fursa/generator/workers"
	"fursa/schema/diag"
)

// NameOf says which record the file at a path of a content folder is, with
// slashes; false where it is none.
func NameOf(file string) (Name, bool) {
	if hidden(file) || isAsset(file) {
		return Name{}, false
	}
	name, problem := named("", file)
	return name, problem == nil
}

// IsAsset says whether the file at a path of a content folder is a picture or
// a font.
func IsAsset(file string) bool { return !hidden(file) && isAsset(file) }

// Given is a record file with a text that need not stand in the folder: one
// that stood there before.
func Given(dir string, name Name, text []byte) File {
	return File{&diag.Source{Path: printed(dir, name.File), Text: text}, name.Kind, name.Path, name.Lang, sha256.Sum256(text)}
}

// Find are those of some files that fit by their text, in their order. The text
// is fits' for the time of the call only, and fits is called for several files
// at once. Files of more than MaxSize are not looked at.
func Find(ctx context.Context, dir string, names []Name, fits func(n Name, text []byte) bool) ([]Name, error) {
	found := make([]bool, len(names))
	slurpers := make([]slurper, runtime.GOMAXPROCS(0))
	err := workers.Each(ctx, len(slurpers), len(names), func(worker, i int) error {
		text, err := slurpers[worker].slurp(dir, names[i].File)
		if err != nil {
			return fmt.Errorf("read %s: %w", printed(dir, names[i].File), bare(err))
		}
		found[i] = len(text) <= MaxSize && fits(names[i], text)
		return nil
	})
	for i := range slurpers {
		slurpers[i].close()
	}
	if err != nil {
		return nil, err
	}
	var list []Name
	for i, n := range names {
		if found[i] {
			list = append(list, n)
		}
	}
	return list, nil
}
