package content

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"fursa/feeds/snapshot"
	"fursa/schema"
	"fursa/schema/diag"
)

// snapshotFolder is where what was pulled of peers stands in a content folder. It
// begins with a dot: it is nobody's to edit, and is not committed.
const snapshotFolder = ".peers"

// Snapshot is what was pulled of a peer.
type Snapshot struct {
	// Peer is the name of its file.
	Peer string
	// State and Items are the files of package snapshot.
	State, Items *diag.Source
	Sum          [32]byte // SHA-256 of both
}

// snapshots reads what was pulled of the peers that have a file. Of a peer that
// was never pulled there is none.
func snapshots(root *os.Root, dir string, names []Name) ([]Snapshot, error) {
	var all []Snapshot
	for _, n := range names {
		if n.Kind != schema.KindPeer || n.Lang != "" {
			continue
		}
		s := Snapshot{Peer: path.Base(n.Path)}
		hash := sha256.New()
		for name, source := range map[string]**diag.Source{snapshot.StateName: &s.State, snapshot.ItemsName: &s.Items} {
			file := path.Join(snapshotFolder, s.Peer, name)
			text, err := root.ReadFile(file)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", printed(dir, file), bare(err))
			}
			*source = &diag.Source{Path: printed(dir, file), Text: text}
		}
		if s.State == nil {
			continue
		}
		if s.Items == nil {
			s.Items = &diag.Source{Path: printed(dir, path.Join(snapshotFolder, s.Peer, snapshot.ItemsName))}
		}
		hash.Write(s.State.Text)
		hash.Write(s.Items.Text)
		hash.Sum(s.Sum[:0])
		all = append(all, s)
	}
	return all, nil
}
