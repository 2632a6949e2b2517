// Package proof writes a few pages of a planned site into a folder that opens
// from the disk: somebody looks at them before they are published. Scripts are
// left out, since a browser runs none of a site's from a disk; links to pages
// that are not there lead to the published site.
package proof

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"fursa/generator/plan"
)

// Page is a page of a proof.
type Page struct {
	// Path is its output's: "ar/opportunities/museum/night-sky/index.html".
	Path string
	// Title is what the index calls it, Lang the language of the page.
	Title, Lang, Dir string
}

// Write writes the pages, what they show, and an index of them. The folder is
// made where there is none; what else it holds stays. Base is the address of
// the published site, ending in a slash.
func Write(dir, base, heading string, outputs []plan.Output, pages []Page) error {
	u, err := url.Parse(base)
	if err != nil {
		return fmt.Errorf("preview: %w", err)
	}
	p := &proof{dir: dir, base: u, outputs: map[string]plan.Output{}, pages: map[string]bool{}, written: map[string]bool{}}
	for _, o := range outputs {
		p.outputs[o.Path] = o
	}
	for _, page := range pages {
		p.pages[page.Path] = true
	}
	for _, page := range pages {
		if err := p.page(page.Path); err != nil {
			return fmt.Errorf("preview: %s: %w", page.Path, err)
		}
	}
	if err := p.write("index.html", p.index(heading, pages)); err != nil {
		return fmt.Errorf("preview: %w", err)
	}
	return nil
}

type proof struct {
	dir     string
	base    *url.URL
	outputs map[string]plan.Output
	pages   map[string]bool
	written map[string]bool // what pages show, by its path
	styles  string
}

// page writes a page with its links made relative, and what it shows.
func (p *proof) page(name string) error {
	var text bytes.Buffer
	if err := p.outputs[name].Write(&text); err != nil {
		return err
	}
	var out bytes.Buffer
	z := html.NewTokenizer(&text)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return p.write(name, out.Bytes())
		case html.StartTagToken, html.SelfClosingTagToken:
			raw := bytes.Clone(z.Raw())
			token := z.Token()
			if token.Data == "script" {
				skip(z)
				continue
			}
			if gone(token) {
				continue
			}
			changed, err := p.relink(&token, path.Dir(name))
			if err != nil {
				return err
			}
			if changed {
				raw = []byte(token.String())
			}
			out.Write(raw)
		default:
			out.Write(z.Raw())
		}
	}
}

// skip goes on behind the end of a script.
func skip(z *html.Tokenizer) {
	for tt := z.Next(); tt != html.ErrorToken; tt = z.Next() {
		if name, _ := z.TagName(); tt == html.EndTagToken && string(name) == "script" {
			return
		}
	}
}

// gone says whether an element of the head is of use on the web only. A policy
// that allows a site's own files allows none on a disk.
func gone(t html.Token) bool {
	rel := attribute(t, "rel")
	return t.Data == "meta" && attribute(t, "http-equiv") == "Content-Security-Policy" ||
		t.Data == "link" && rel != "stylesheet" && rel != "icon"
}

func attribute(t html.Token, key string) string {
	i := slices.IndexFunc(t.Attr, func(a html.Attribute) bool { return a.Key == key })
	if i < 0 {
		return ""
	}
	return t.Attr[i].Val
}

// relink makes the addresses of an element relative to a folder.
func (p *proof) relink(t *html.Token, folder string) (changed bool, err error) {
	for i, a := range t.Attr {
		value := a.Val
		switch a.Key {
		case "href", "src", "action":
			value, err = p.target(a.Val, folder)
		case "srcset":
			value, err = p.targets(a.Val, folder)
		}
		if err != nil {
			return false, err
		}
		changed = changed || value != a.Val
		t.Attr[i].Val = value
	}
	return changed, nil
}

// targets are the addresses of a srcset.
func (p *proof) targets(set, folder string) (string, error) {
	var all []string
	for candidate := range strings.SplitSeq(set, ",") {
		address, width, _ := strings.Cut(strings.TrimSpace(candidate), " ")
		to, err := p.target(address, folder)
		if err != nil {
			return "", err
		}
		all = append(all, strings.TrimSpace(to+" "+width))
	}
	return strings.Join(all, ", "), nil
}

// target is where an address of the site leads to from a page in a folder:
// another page of the proof, a file beside them, or the published site.
func (p *proof) target(address, folder string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, p.base.Path) {
		return address, nil //nolint:nilerr // what is no address of ours stays
	}
	file := strings.TrimPrefix(u.Path, p.base.Path)
	if file == "" || strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	if o, ok := p.outputs[file]; ok && o.Class == plan.AssetClass {
		if err := p.copy(o); err != nil {
			return "", err
		}
	} else if !p.pages[file] {
		return p.base.ResolveReference(u).String(), nil
	}
	to, err := filepath.Rel(filepath.FromSlash(folder), filepath.FromSlash(file))
	if err != nil {
		return "", err
	}
	u.Path, u.RawPath = filepath.ToSlash(to), ""
	return u.String(), nil
}

// copy writes what a page shows. What style sheets ask for stands beside them.
func (p *proof) copy(o plan.Output) error {
	if p.written[o.Path] {
		return nil
	}
	p.written[o.Path] = true
	var text bytes.Buffer
	if err := o.Write(&text); err != nil {
		return err
	}
	if path.Ext(o.Path) == ".css" {
		p.styles = o.Path
		for name, other := range p.outputs {
			if path.Dir(name) == path.Dir(o.Path) && bytes.Contains(text.Bytes(), []byte(path.Base(name))) {
				if err := p.copy(other); err != nil {
					return err
				}
			}
		}
	}
	return p.write(o.Path, text.Bytes())
}

func (p *proof) write(name string, text []byte) error {
	to := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o644)
}

// index is a page with links to all pages.
func (p *proof) index(heading string, pages []Page) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n<link rel=\"stylesheet\" href=\"%s\">\n</head>\n<body>\n<main class=\"wrap\">\n<h1>%[1]s</h1>\n<ul>\n",
		html.EscapeString(heading), html.EscapeString(p.styles))
	for _, page := range pages {
		link := url.URL{Path: page.Path}
		fmt.Fprintf(&b, "<li lang=%q dir=%q><a href=\"%s\">%s</a></li>\n", page.Lang, page.Dir, html.EscapeString(link.String()), html.EscapeString(page.Title))
	}
	b.WriteString("</ul>\n</main>\n</body>\n</html>\n")
	return b.Bytes()
}
