package peers

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"

	"fursa/feeds/snapshot"
)

const mostRefused = 100

func save(folder *os.Root, slug string, s snapshot.State) error {
	s.Version = snapshot.Version
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(s); err != nil {
		return err
	}
	return replace(folder, slug, snapshot.StateName, func(f *os.File) error {
		_, err := f.Write(out.Bytes())
		return err
	})
}

// replace writes a file of a snapshot so that it is always whole: the old one,
// or the new one.
func replace(folder *os.Root, slug, name string, write func(*os.File) error) error {
	if err := folder.MkdirAll(slug, 0o755); err != nil {
		return err
	}
	path := slug + "/" + name
	f, err := folder.Create(path + ".new")
	if err != nil {
		return err
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return folder.Rename(path+".new", path)
}
