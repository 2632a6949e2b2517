package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/content"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// curated reads the records of a kind that commands write for curators; a file
// with an error ends the command.
func curated[T any](a *app, kind schema.Kind) ([]*catalogue.Record[T], error) {
	listing, list, err := content.Names(a.content)
	if err != nil {
		return nil, err
	}
	var records []*catalogue.Record[T]
	validator := schema.NewValidator()
	for _, n := range listing.Names {
		if n.Kind != kind || n.Lang != "" {
			continue
		}
		value, problems, err := readRecord[T](a, validator, n)
		if err != nil {
			return nil, err
		}
		list = append(list, problems...)
		records = append(records, &catalogue.Record[T]{Path: n.Path, Value: &value})
	}
	return records, a.judged(list)
}

// judged prints problems, and is errMistakes where one is an error.
func (a *app) judged(list diag.List) error {
	if err := a.problems(list); err != nil {
		return err
	}
	if list.Failed() {
		return errMistakes
	}
	return nil
}

// rewritten writes a record's file anew, in the form of «fursa fmt»: whole or
// not at all. Remarks at its top stay; with others it is left to people.
func rewritten(a *app, kind schema.Kind, file string, record any) error {
	remarks, err := remarksOf(file)
	if err != nil {
		return err
	}
	source := &diag.Source{Path: filepath.ToSlash(file), Text: append(remarks, schema.Encode(record, "")...)}
	d, list := document.Parse(source)
	if d != nil {
		list = append(list, schema.NewValidator().Check(kind, "", d)...)
	}
	if err := a.judged(list); err != nil {
		return err
	}
	text := schema.Format(kind, d)
	if len(text) > content.MaxSize {
		return fmt.Errorf("%s would have %d bytes, and a record's file has %d at the most: name providers and hosts, not each listing", file, len(text), content.MaxSize)
	}
	return replaceFile(file, text)
}

// remarksOf are the remarks at the top of a file of TOML, if there is one.
func remarksOf(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	d, _ := document.Parse(&diag.Source{Path: filepath.ToSlash(file), Text: text})
	if d == nil {
		return nil, nil
	}
	layout := d.Layout()
	first := layout.End
	if len(layout.Fields) > 0 {
		first = layout.Fields[0].Start
	}
	if layout.Remarked(first, layout.End) {
		return nil, fmt.Errorf("%s has remarks (# …) between its lines, which would be lost: move them to its top, or change it by hand", file)
	}
	if !layout.Remarked(layout.Start, first) {
		return nil, nil
	}
	return []byte(strings.TrimRight(string(text[layout.Start:first]), " \t\r\n") + "\n\n"), nil
}

// replaceFile writes a file so that it is always whole: the old one, or the new
// one.
func replaceFile(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".fursa-*")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", file, err), os.Remove(f.Name()))
	}
	return nil
}
