package plan

import (
	"cmp"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/picture"
	"fursa/schema"
	"fursa/schema/colour"
)

// shown is an image of the content folder as pages show it.
type shown struct {
	*Image
	width, height int
	copies        []copied
}

// copied is a smaller copy of an image.
type copied struct {
	path  string
	width int
}

// measure finds out how big the images are. One that can't be read is left as
// it is: its pages name no size.
func (s *site) measure() {
	s.shown = make(map[string]*shown, len(s.Images))
	for i := range s.Images {
		image := &s.Images[i]
		x := &shown{Image: image}
		s.shown[image.Path] = x
		_ = x.measure() // fonts have no size; what is broken is shown as it is
	}
}

func (x *shown) measure() error {
	r, err := x.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	if x.width, x.height, err = picture.Measure(r); err != nil {
		return err
	}
	again, err := x.Open()
	if err != nil {
		return err
	}
	defer again.Close()
	ext, err := picture.Extension(again)
	if err != nil {
		return err
	}
	for _, width := range picture.Widths(x.width) {
		x.copies = append(x.copies, copied{fmt.Sprintf("assets/picture-%s-%d%s", x.Sum[:12], width, ext), width})
	}
	return nil
}

// copies are the smaller copies of all images; images that are the same have
// the same ones.
func (s *site) copies() []Output {
	var outputs []Output
	done := map[string]bool{}
	for _, image := range s.Images {
		x := s.shown[image.Path]
		if done[x.Sum] {
			continue
		}
		done[x.Sum] = true
		for _, c := range x.copies {
			outputs = append(outputs, Output{Path: c.path, Class: AssetClass, Fixed: true, Write: func(w io.Writer) error {
				r, err := x.Open()
				if err != nil {
					return err
				}
				defer r.Close()
				return picture.Resize(w, r, c.width)
			}})
		}
	}
	return outputs
}

// picture is an image of the content folder as a page shows it; nil of one
// that stands elsewhere.
func (e *edition) picture(image *schema.Image) *Picture {
	x := e.shown[image.Src]
	if x == nil {
		return nil
	}
	p := &Picture{URL: e.path(image.Src), Alt: image.Alt, Credit: image.Credit, Width: x.width, Height: x.height}
	var set []string
	for _, c := range x.copies {
		set = append(set, e.path(c.path)+" "+strconv.Itoa(c.width)+"w")
	}
	if len(set) > 0 {
		p.SrcSet = strings.Join(append(set, p.URL+" "+strconv.Itoa(x.width)+"w"), ", ")
	}
	return p
}

// figure is the figure of a subject's topmost one, as a page uses it that has
// it among its figures.
func (e *edition) figure(t *catalogue.Term) template.HTML {
	return template.HTML(`<svg><use href="#f-` + topmost(t).ID + `"/></svg>`) //nolint:gosec // a slug
}

func topmost(t *catalogue.Term) *catalogue.Term {
	for t.Broader != nil {
		t = t.Broader
	}
	return t
}

// figuresOf are the figures that listings show, each once: their cards only
// refer to them.
func (e *edition) figuresOf(listings ...*catalogue.Listing) template.HTML {
	var tops []*catalogue.Term
	for _, l := range listings {
		if len(l.Subjects) == 0 {
			continue
		}
		if t := topmost(l.Subjects[0]); !slices.Contains(tops, t) {
			tops = append(tops, t)
		}
	}
	return e.figures(tops)
}

// allFigures are those of all subjects.
func (e *edition) allFigures() template.HTML {
	var tops []*catalogue.Term
	for _, t := range e.Subjects.Terms {
		if t.Broader == nil {
			tops = append(tops, t)
		}
	}
	return e.figures(tops)
}

func (e *edition) figures(tops []*catalogue.Term) template.HTML {
	if len(tops) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<svg class="figures" width="0" height="0" aria-hidden="true">`)
	for _, t := range tops {
		b.WriteString(string(e.patterns[t]))
	}
	b.WriteString("</svg>\n")
	return template.HTML(b.String()) //nolint:gosec // of slugs and numbers
}

// patternOf is a subject's figure as a symbol that a page can use.
func patternOf(id string) template.HTML {
	p := picture.Pattern(id)
	class := "fill"
	if p.Stroke {
		class = "line"
	}
	return template.HTML(`<symbol id="f-` + id + `" viewBox="0 0 320 120" preserveAspectRatio="xMidYMid slice"><path class="` + class + `" d="` + p.Path + `"/></symbol>`) //nolint:gosec // a slug and numbers
}

// code is an address as a QR code, for paper.
func code(address string) template.HTML {
	c, err := picture.QR(address)
	if err != nil {
		return "" // longer than any code holds
	}
	n := strconv.Itoa(c.Modules)
	return template.HTML(`<svg viewBox="0 0 ` + n + " " + n + `" aria-hidden="true"><path stroke-dasharray="` + c.Dashes + `" d="` + c.Path + `"/></svg>`) //nolint:gosec // made of numbers
}

// code is that of a listing's page, for screens and sheets; many schools show
// the same listings.
func (e *edition) code(x *entry) template.HTML {
	return x.code.get(func() template.HTML { return code(e.urlOf(x.Listing)) })
}

const (
	previewsNone    = "none"
	previewsListing = "listing"
)

func (e *edition) previews() string {
	return cmp.Or(e.Settings.Look.Previews, "subject")
}

// preview is the preview picture of a listing: its own, or its subject's.
func (e *edition) preview(x *entry) *Preview {
	if e.previews() == previewsListing && !x.Ended {
		return e.previewAt(e.listingPreview(x))
	}
	if len(x.Subjects) == 0 {
		return e.previewOf(nil)
	}
	return e.previewOf(x.Subjects[0])
}

// previewOf is the preview picture of a subject, nil for the catalogue.
func (e *edition) previewOf(t *catalogue.Term) *Preview {
	return e.subjectPreviews[t]
}

func (e *edition) previewAt(p picture.Preview) *Preview {
	if e.previews() == previewsNone {
		return nil
	}
	return &Preview{e.url(previewPath(p)), picture.PreviewWidth, picture.PreviewHeight}
}

func previewPath(p picture.Preview) string { return "assets/preview-" + p.Hash()[:16] + ".png" }

// addPreviews makes the pictures' addresses of the catalogue and of each
// subject, which pages share.
func (e *edition) addPreviews() {
	e.patterns = map[*catalogue.Term]template.HTML{}
	e.subjectPreviews = map[*catalogue.Term]*Preview{nil: e.previewAt(e.subjectPreview(nil))}
	for _, t := range e.Subjects.Terms {
		if t.Broader == nil {
			e.patterns[t] = patternOf(t.ID)
		}
		e.subjectPreviews[t] = e.previewAt(e.subjectPreview(t))
	}
}

func (e *edition) subjectPreview(t *catalogue.Term) picture.Preview {
	p := picture.Preview{Title: e.view.Name, Lang: e.lang, RTL: e.dir == "rtl", Seed: e.ID}
	p.Ground, p.Tone, p.Ink = colour.Subject(1)
	if t == nil {
		return p
	}
	p.Site, p.Title = e.view.Name, e.words(t.Label).Text
	if d := e.words(t.Description).Text; d != "" {
		p.Lines = []string{d}
	}
	e.paint(&p, t)
	return p
}

func (e *edition) paint(p *picture.Preview, t *catalogue.Term) {
	p.Ground, p.Tone, p.Ink = colour.Subject(e.Subjects.Hue(t))
	p.Seed = topmost(t).ID
}

func (e *edition) listingPreview(x *entry) picture.Preview {
	line, _ := e.whenLine(x)
	p := picture.Preview{
		Site: e.view.Name, Kind: e.T("kind." + x.Value.Kind), Title: x.value.Title,
		Lines: []string{capital(line), capital(e.where(x))}, Lang: e.lang, RTL: e.dir == "rtl", Seed: e.ID,
	}
	p.Ground, p.Tone, p.Ink = colour.Subject(1)
	if x.Provider != nil {
		p.Lines = append(p.Lines, e.providerLink(x.Provider).Text)
	}
	if len(x.Subjects) > 0 {
		e.paint(&p, x.Subjects[0])
	}
	return p
}

// previewOutputs are the preview pictures of the edition, each once.
func (e *edition) previewOutputs() []Output {
	if e.previews() == previewsNone {
		return nil
	}
	all := []picture.Preview{e.subjectPreview(nil)}
	for _, t := range e.Subjects.Terms {
		all = append(all, e.subjectPreview(t))
	}
	if e.previews() == previewsListing {
		for _, l := range e.Own() {
			if !l.Ended {
				all = append(all, e.listingPreview(e.entries[l]))
			}
		}
	}
	var outputs []Output
	done := map[string]bool{}
	for _, p := range all {
		at := previewPath(p)
		if !done[at] {
			done[at] = true
			outputs = append(outputs, Output{Path: at, Class: AssetClass, Fixed: true, Write: func(w io.Writer) error { return e.painter.Paint(w, p) }})
		}
	}
	return outputs
}
