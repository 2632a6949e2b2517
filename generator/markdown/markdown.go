// Package markdown makes safe HTML of the bodies of records, whoever wrote
// them. Raw HTML is left out, links keep only the schemes that
// schema allows, and headings start below the page's own.
package markdown

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Renderer renders bodies. It is safe for concurrent use.
type Renderer struct {
	md   goldmark.Markdown
	base *url.URL
}

// New makes a renderer that resolves the links and images of bodies that name
// no host, "/x" as well as "x", against base, the absolute URL of the site.
func New(base *url.URL) *Renderer {
	r := &Renderer{base: base}
	r.md = goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(transformer{base}, 100))),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(noHTML{}, 100))),
	)
	return r
}

// HTML renders a body: a run of block elements, every URL in it absolute. Its
// highest headings are of the level given, however they are written: they
// stand below those of the page.
func (r *Renderer) HTML(body string, level int) string {
	var b buffer
	b.Grow(len(body) + len(body)/4)
	ctx := parser.NewContext()
	ctx.Set(topLevel, level)
	// Rendering into a buffer fails only where a renderer is missing.
	if err := r.md.Convert([]byte(body), &b, parser.WithContext(ctx)); err != nil {
		panic(err)
	}
	return plain(b.String())
}

// buffer is a bytes.Buffer that goldmark writes to as it is: before any other
// it puts one of its own.
type buffer struct{ bytes.Buffer }

// Buffered implements util.BufWriter.
func (*buffer) Buffered() int { return 0 }

// Flush implements util.BufWriter.
func (*buffer) Flush() error { return nil }

// plain is s without the characters that turn the direction of text around;
// files hold none, but character references can bring them in.
func plain(s string) string {
	if !strings.ContainsFunc(s, turns) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if turns(r) {
			return -1
		}
		return r
	}, s)
}

func turns(r rune) bool {
	return 0x202A <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069
}

// Link is a link or an image of a body.
type Link struct {
	URL   string
	Alt   string // of an image: what it shows
	Image bool
}

// Links are the links and images of a body, in its order, as they are
// written.
func Links(body string) []Link {
	if !strings.ContainsAny(body, "[<") {
		return nil
	}
	source := []byte(body)
	var links []Link
	_ = ast.Walk(goldmark.DefaultParser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			links = append(links, Link{URL: string(n.Destination)})
		case *ast.Image:
			links = append(links, Link{URL: string(n.Destination), Alt: string(n.Text(source)), Image: true}) //nolint:staticcheck // the text of an image's children is its alt
		case *ast.AutoLink:
			links = append(links, Link{URL: string(n.URL(source))})
		}
		return ast.WalkContinue, nil
	})
	return links
}

// Allowed says whether a URL may stand in a body: relative, or of the schemes
// https, http, mailto and tel.
func Allowed(raw string) bool {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "", "https", "http", "mailto", "tel":
		return true
	}
	return false
}

// noHTML leaves raw HTML out without a trace: goldmark's own comment in its
// place is one that feeds must not hold.
type noHTML struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (noHTML) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	skip := func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
		return ast.WalkSkipChildren, nil
	}
	r.Register(ast.KindRawHTML, skip)
	r.Register(ast.KindHTMLBlock, skip)
}

// topLevel is the key of the level of the highest headings.
var topLevel = parser.NewContextKey()

// transformer changes a body's tree before it is rendered.
type transformer struct{ base *url.URL }

// Transform implements parser.ASTTransformer.
func (t transformer) Transform(doc *ast.Document, r text.Reader, ctx parser.Context) {
	shift := shiftTo(doc, ctx)
	var refused []*ast.AutoLink
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			n.Level = min(n.Level+shift, 6)
		case *ast.Link:
			n.Destination = t.absolute(n.Destination)
			n.SetAttributeString("rel", []byte("nofollow noopener ugc"))
		case *ast.AutoLink:
			if !Allowed(string(n.URL(r.Source()))) && n.AutoLinkType != ast.AutoLinkEmail {
				refused = append(refused, n)
			}
			n.SetAttributeString("rel", []byte("nofollow noopener ugc"))
		case *ast.Image:
			n.Destination = t.absolute(n.Destination)
			n.SetAttributeString("loading", []byte("lazy"))
		}
		return ast.WalkContinue, nil
	})
	for _, n := range refused {
		n.Parent().ReplaceChild(n.Parent(), n, ast.NewString(n.Label(r.Source())))
	}
}

// shiftTo is by how much the headings of a body go down.
func shiftTo(doc *ast.Document, ctx parser.Context) int {
	level, asked := ctx.Get(topLevel).(int)
	highest := 7
	for n := doc.FirstChild(); n != nil && asked; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			highest = min(highest, h.Level)
		}
	}
	if highest == 7 {
		return 0
	}
	return level - highest
}

func (t transformer) absolute(destination []byte) []byte {
	raw := string(destination)
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || !Allowed(raw) {
		return nil
	}
	if u.IsAbs() {
		return destination
	}
	// The site may be served under a path: its root is not the host's.
	if u.Host == "" {
		u.Path, u.RawPath = strings.TrimLeft(u.Path, "/"), strings.TrimLeft(u.RawPath, "/")
	}
	return []byte(t.base.ResolveReference(u).String())
}
