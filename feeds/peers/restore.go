package peers

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"fursa/feeds/snapshot"
)

// PublishedPath is where a site has the snapshots of its peers.
const PublishedPath = "fursa/peers/"

// Restore brings back, from a published site, the snapshots that are not at
// hand, or are of an earlier manifest than the published ones. read reads a file
// of the site by its path; one that is not there is fs.ErrNotExist. It gives the
// peers that it restored. A snapshot that is of two moments is found out when it
// is next read, and then pulled anew.
func Restore(ctx context.Context, folder *os.Root, slugs []string, read func(ctx context.Context, path string) ([]byte, error)) ([]string, error) {
	var restored []string
	for _, slug := range slugs {
		done, err := restore(ctx, folder, slug, read)
		if err != nil {
			return restored, fmt.Errorf("the published snapshot of %s: %w", slug, err)
		}
		if done {
			restored = append(restored, slug)
		}
	}
	return restored, nil
}

func restore(ctx context.Context, folder *os.Root, slug string, read func(context.Context, string) ([]byte, error)) (bool, error) {
	text, err := read(ctx, PublishedPath+slug+"/"+snapshot.StateName)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	published, err := snapshot.ReadState(text)
	if err != nil {
		return false, err
	}
	here, err := snapshot.Load(folder, slug)
	if err != nil {
		return false, err
	}
	if here.Version != 0 && here.Sequence >= published.Sequence && !here.Fetched.Before(published.Fetched) {
		return false, nil
	}
	items, err := read(ctx, PublishedPath+slug+"/"+snapshot.ItemsName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	err = replace(folder, slug, snapshot.ItemsName, func(f *os.File) error {
		_, err := f.Write(items)
		return err
	})
	if err != nil {
		return false, err
	}
	return true, save(folder, slug, published)
}
