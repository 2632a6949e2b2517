package convert

import (
	"html"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	node "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// converters are reused: making one takes longer than most texts do, and one
// serves a single text at a time.
var converters = sync.Pool{New: func() any {
	return converter.NewConverter(converter.WithPlugins(base.NewBasePlugin(), commonmark.NewCommonmarkPlugin()))
}}

// proses remembers what texts became: sources repeat the same description
// for each season and each place.
type proses struct{ known sync.Map }

func (p *proses) fromHTML(text string, isHTML bool) (prose, error) {
	type key struct {
		text   string
		isHTML bool
	}
	if known, ok := p.known.Load(key{text, isHTML}); ok {
		return known.(prose), nil
	}
	made, err := fromHTML(text, isHTML)
	if err == nil {
		p.known.Store(key{text, isHTML}, made)
	}
	return made, err
}

// prose is a description in the forms that a listing needs.
type prose struct {
	// Markdown is its body; Plain its words on one line.
	Markdown, Plain string
	// Images and Links are how many of each were left out: images belong to
	// the source's server, and links may have no safe address.
	Images, Links int
}

// fromHTML converts HTML, or with isHTML false a plain text, in which no sign
// means anything.
func fromHTML(text string, isHTML bool) (prose, error) {
	if !isHTML {
		text = html.EscapeString(text)
	}
	if !isHTML || !strings.Contains(text, "<") { // its lines are all it has
		text = "<p>" + strings.ReplaceAll(strings.ReplaceAll(text, "\n\n", "</p><p>"), "\n", "<br>") + "</p>"
	}
	doc, err := node.Parse(strings.NewReader(text))
	if err != nil {
		return prose{}, err
	}
	var p prose
	p.strip(doc)
	var plain strings.Builder
	writePlain(&plain, doc)
	p.Plain = oneLine(plain.String())
	c := converters.Get().(*converter.Converter)
	defer converters.Put(c)
	markdown, err := c.ConvertNode(doc)
	p.Markdown = clean(string(markdown))
	return p, err
}

// strip takes images out, and the addresses of links that are not safe.
// Cells become paragraphs: tables in such texts are nearly all there for the
// layout.
func (p *prose) strip(n *node.Node) {
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		switch {
		case child.DataAtom == atom.Img:
			p.Images++
			n.RemoveChild(child)
		case child.DataAtom == atom.A && !isSafe(attribute(child, "href")):
			p.Links++
			child.Attr = nil
			child.DataAtom, child.Data = atom.Span, "span"
			p.strip(child)
		case slices.Contains(cells, child.DataAtom):
			child.DataAtom, child.Data = atom.Div, "div"
			p.strip(child)
		default:
			p.strip(child)
		}
		child = next
	}
}

func attribute(n *node.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// isSafe says whether a link may stand in a body.
func isSafe(address string) bool {
	u, err := url.Parse(strings.TrimSpace(address))
	return err == nil && slices.Contains([]string{"https", "http", "mailto", "tel"}, u.Scheme)
}

// cells are the elements that tables are made of.
var cells = []atom.Atom{atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th}

// blocks are the elements around whose texts there is space.
var blocks = []atom.Atom{
	atom.P, atom.Br, atom.Li, atom.Ul, atom.Ol, atom.Div, atom.Blockquote,
	atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Article, atom.Header, atom.Aside, atom.Hr,
}

func writePlain(b *strings.Builder, n *node.Node) {
	if n.Type == node.TextNode {
		b.WriteString(n.Data)
	}
	if n.DataAtom == atom.Script || n.DataAtom == atom.Style {
		return
	}
	space := slices.Contains(blocks, n.DataAtom)
	if space {
		b.WriteByte(' ')
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		writePlain(b, child)
	}
	if space {
		b.WriteByte(' ')
	}
}
