package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Reader reads what bodies say. It is safe for concurrent use.
type Reader struct{ parser parser.Parser }

// NewReader makes a reader.
func NewReader() *Reader { return &Reader{goldmark.DefaultParser()} }

// Text is the words of a body, for whoever looks for them: what links say,
// and what images show, without addresses and raw HTML.
func (r *Reader) Text(body string) string {
	source := []byte(body)
	var b bytes.Buffer
	b.Grow(len(body))
	_ = ast.Walk(r.parser.Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			if n.Type() == ast.TypeBlock {
				b.WriteByte('\n')
			}
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(said(n.Value(source)))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			b.Write(n.Lines().Value(source))
		case *ast.AutoLink, *ast.RawHTML, *ast.HTMLBlock:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// said is a text without escapes and character references.
func said(text []byte) []byte {
	if !bytes.ContainsAny(text, `&\`) {
		return text
	}
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(text)))
}
