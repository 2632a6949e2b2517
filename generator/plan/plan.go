// Package plan lists every file that a site is made of, before any is made:
// pages, feeds, exports and what goes with them. An Output writes its bytes
// when it is asked to; nothing here touches a disk.
package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/markdown"
	"fursa/generator/picture"
	"fursa/generator/search"
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
	// Fixed says that the path changes with the bytes, so that a file that
	// stands there need not be made again.
	Fixed bool
}

// Image is a picture of the content folder.
type Image struct {
	// Path is where it stands in the content folder, and on the site.
	Path string
	// Size is in bytes.
	Size int64
	// Sum tells its bytes from all others.
	Sum  string
	Open func() (io.ReadCloser, error)
}

// Input is everything that a site depends on.
type Input struct {
	Catalogue *catalogue.Catalogue
	// Search is the search index of the catalogue.
	Search *search.Index
	Theme  *themes.Theme
	Images []Image
	// Snapshots are what was pulled of other catalogues.
	Snapshots []Snapshot
}

// Snapshot is what was pulled of a peer: the bytes of the two files of package
// snapshot.
type Snapshot struct {
	Peer         string
	State, Items []byte
}

// site is what the outputs of all languages share.
type site struct {
	Input
	*catalogue.Catalogue
	base     *url.URL // ends in a slash
	root     string   // the same
	markdown *markdown.Renderer
	sheet    []byte
	module   themes.Module // the search for other sites
	element  []byte        // the script of <fursa-embed>
	styles   string        // the path of the style sheet
	// moreSheet is what a few pages have besides, at the path moreStyles.
	moreSheet  []byte
	moreStyles string
	icon       string // the path of the icon
	painter    *picture.Painter
	shown      map[string]*shown // images of the content folder by path
	boardAssets
	folders  map[string][sha256.Size]byte // of search cards, by name: what they hold
	editions []*edition
}

// Outputs lists the files of a site, sorted by path. Where a style or a script
// of the theme is broken there are none, and the list says so. It fails where
// a language does not work, not for any record.
func Outputs(in Input) ([]Output, diag.List, error) {
	s, problems, err := newSite(in)
	if err != nil || problems.Failed() {
		return nil, problems, err
	}
	var outputs []Output
	for _, e := range s.editions {
		outputs = append(outputs, e.pages()...)
		outputs = append(outputs, e.channels()...)
		outputs = append(outputs, e.newsletters()...)
		outputs = append(outputs, e.previewOutputs()...)
		outputs = append(outputs, e.scriptOutputs()...)
	}
	outputs = append(outputs, s.indexOutputs()...)
	outputs = append(outputs, s.offlineOutputs()...)
	outputs = append(outputs, s.boards()...)
	outputs = append(outputs, s.redirects()...)
	outputs = append(outputs, s.exports()...)
	outputs = append(outputs, s.changeFeed()...)
	outputs = append(outputs, s.snapshotOutputs()...)
	outputs = append(outputs, s.assets()...)
	outputs = append(outputs, s.copies()...)
	outputs = append(outputs, s.service()...)
	slices.SortFunc(outputs, func(a, b Output) int { return strings.Compare(a.Path, b.Path) })
	return outputs, nil, nil
}

// newSite makes what the outputs share.
func newSite(in Input) (*site, diag.List, error) {
	base, err := url.Parse(in.Catalogue.BaseURL)
	if err != nil {
		return nil, nil, fmt.Errorf("base URL: %w", err)
	}
	s := &site{Input: in, Catalogue: in.Catalogue, base: base, root: base.String(), markdown: markdown.New(base), folders: map[string][sha256.Size]byte{}}
	if s.painter, err = picture.NewPainter(); err != nil {
		return nil, nil, err
	}
	s.measure()
	sheet, problems := in.Theme.StyleSheet(Look(in.Catalogue.Settings, base.Path))
	s.sheet, s.styles, s.icon = sheet, hashed("site.css", sheet), hashed("icon.svg", iconOf(in.Catalogue))
	module, list := in.Theme.SearchModule()
	s.module, problems = module, append(problems, list...)
	problems = append(problems, s.addBoardAssets()...)
	s.moreSheet, list = in.Theme.MoreSheet()
	s.moreStyles, problems = hashed("more.css", s.moreSheet), append(problems, list...)
	s.element, list = in.Theme.EmbedElement()
	problems = append(problems, list...)
	for _, lang := range in.Catalogue.Settings.Languages {
		e, list, err := newEdition(s, lang)
		if err != nil {
			return nil, nil, err
		}
		problems = append(problems, list...)
		s.editions = append(s.editions, e)
	}
	if problems.Failed() {
		return nil, problems, nil
	}
	for _, e := range s.editions {
		if err := e.frame(); err != nil {
			return nil, nil, err
		}
		if err := e.addIndex(); err != nil {
			return nil, nil, fmt.Errorf("search index: %w", err)
		}
	}
	return s, nil, nil
}

// asset is the address of an asset of the theme.
func (s *site) asset(name string) (string, error) {
	a, ok := s.Theme.Asset(name)
	if !ok {
		return "", fmt.Errorf("the theme has no asset %q", name)
	}
	return s.path("assets/" + a.File), nil
}

// What other sites search with stands at an address that stays.
const (
	moduleName  = "assets/search.js"
	moduleTypes = "assets/search.d.ts"
)

// assets are the style sheet, the icon, the search and the embed for other sites, the
// theme's assets, the images and the schemas.
func (s *site) assets() []Output {
	outputs := []Output{
		bytesOutput(s.styles, AssetClass, s.sheet), bytesOutput(s.icon, AssetClass, iconOf(s.Catalogue)),
		bytesOutput(s.boardStyles, AssetClass, s.boardSheet), bytesOutput(s.boardScript, AssetClass, s.boardCode),
		bytesOutput(s.moreStyles, AssetClass, s.moreSheet),
		bytesOutput(moduleName, IndexClass, s.module.Script), bytesOutput(moduleTypes, IndexClass, s.module.Types),
		bytesOutput(elementName, IndexClass, s.element),
	}
	for _, a := range s.Theme.Assets() {
		outputs = append(outputs, bytesOutput("assets/"+a.File, AssetClass, a.Text))
	}
	for _, image := range s.Images {
		outputs = append(outputs, Output{Path: image.Path, Class: AssetClass, Write: func(w io.Writer) error {
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
	return outputs
}

func bytesOutput(path string, class Class, text []byte) Output {
	return Output{Path: path, Class: class, Write: func(w io.Writer) error {
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
	return s.root + strings.TrimSuffix(file, "index.html")
}

// hashed is the path of an asset, with a part that changes with its bytes.
func hashed(name string, text []byte) string {
	sum := sha256.Sum256(text)
	ext := path.Ext(name)
	return "assets/" + strings.TrimSuffix(name, ext) + "-" + hex.EncodeToString(sum[:6]) + ext
}
