// Package plan lists every file that a site is made of, before any is made:
// pages, feeds, exports and what goes with them. An Output writes its bytes
// when it is asked to; nothing here touches a disk.
package plan

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/markdown"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/themes"
)

// Class is when an output is published: what others depend on comes first.
type Class int

// The classes, in the order of publication.
const (
	AssetClass Class = iota
	PageClass
	FeedClass
	IndexClass
)

// Output is one file of the site.
type Output struct {
	// Path is relative to the output folder, with slashes.
	Path  string
	Class Class
	// Write writes the file's bytes, the same ones every time. It is safe
	// to call for several outputs at once.
	Write func(io.Writer) error
}

// Image is a picture of the content folder.
type Image struct {
	// Path is where it stands in the content folder, and on the site.
	Path string
	// Size is in bytes.
	Size int64
	Open func() (io.ReadCloser, error)
}

// Input is everything that a site depends on.
type Input struct {
	Catalogue *catalogue.Catalogue
	Theme     *themes.Theme
	Images    []Image
}

// site is what the outputs of all languages share.
type site struct {
	Input
	*catalogue.Catalogue
	base     *url.URL // ends in a slash
	markdown *markdown.Renderer
	styles   string // the path of the style sheet
	editions []*edition
}

// Outputs lists the files of a site, sorted by path. It fails where the theme
// or a language does not work, not for any record.
func Outputs(in Input) ([]Output, error) {
	base, err := url.Parse(in.Catalogue.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("base URL: %w", err)
	}
	s := &site{Input: in, Catalogue: in.Catalogue, base: base, markdown: markdown.New(base)}
	s.styles = "assets/site-" + in.Theme.Hash[:12] + ".css"
	var outputs []Output
	for _, lang := range in.Catalogue.Settings.Languages {
		e, err := newEdition(s, lang)
		if err != nil {
			return nil, err
		}
		s.editions = append(s.editions, e)
	}
	for _, e := range s.editions {
		if err := e.frame(); err != nil {
			return nil, err
		}
		outputs = append(outputs, e.pages()...)
		outputs = append(outputs, e.channels()...)
	}
	outputs = append(outputs, s.redirects()...)
	outputs = append(outputs, s.exports()...)
	assets, err := s.assets()
	if err != nil {
		return nil, err
	}
	outputs = append(outputs, assets...)
	outputs = append(outputs, s.service()...)
	slices.SortFunc(outputs, func(a, b Output) int { return strings.Compare(a.Path, b.Path) })
	return outputs, nil
}

// asset is the address of an asset of the theme.
func (s *site) asset(name string) (string, error) {
	a, ok := s.Theme.Asset(name)
	if !ok {
		return "", fmt.Errorf("the theme has no asset %q", name)
	}
	return s.path("assets/" + a.File), nil
}

// assets are the style sheet, the theme's assets, the images and the schemas.
func (s *site) assets() ([]Output, error) {
	sheet, problems := s.Theme.StyleSheet("")
	for _, p := range problems {
		if p.Severity == diag.Error {
			return nil, fmt.Errorf("theme: %s", p.Message("en"))
		}
	}
	outputs := []Output{bytesOutput(s.styles, AssetClass, sheet)}
	for _, a := range s.Theme.Assets() {
		outputs = append(outputs, bytesOutput("assets/"+a.File, AssetClass, a.Text))
	}
	for _, image := range s.Images {
		outputs = append(outputs, Output{image.Path, AssetClass, func(w io.Writer) error {
			r, err := image.Open()
			if err != nil {
				return err
			}
			defer r.Close()
			_, err = io.Copy(w, r)
			return err
		}})
	}
	for name, text := range schema.Files() {
		outputs = append(outputs, bytesOutput("schema/"+name, AssetClass, text))
	}
	return outputs, nil
}

func bytesOutput(path string, class Class, text []byte) Output {
	return Output{path, class, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	}}
}

// path is the address of a file on the site, from the host's root.
func (s *site) path(file string) string {
	return s.base.Path + strings.TrimSuffix(file, "index.html")
}

// url is the absolute address of a file on the site.
func (s *site) url(file string) string {
	return s.base.String() + strings.TrimSuffix(file, "index.html")
}
