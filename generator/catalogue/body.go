package catalogue

import (
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"fursa/generator/markdown"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// body checks the links and images of a body.
func (c *checker) body(body string) {
	from := 0
	for _, l := range markdown.Links(body) {
		start := strings.Index(body[from:], l.URL) + from
		if start < from {
			start = max(strings.Index(body, l.URL), 0) // of a link whose address stands elsewhere
		}
		from = start + len(l.URL)
		at := func() diag.Span { return c.inBody(start, from) }
		switch {
		case !markdown.Allowed(l.URL):
			c.add(diag.New("links/scheme", at(), "url", strconv.Quote(l.URL)))
		case l.Image && l.Alt == "":
			c.add(diag.New("links/image-without-alt", at(), "image", strconv.Quote(l.URL), "path", l.URL))
		case l.Image && !strings.Contains(l.URL, "://") && !c.Assets[strings.TrimPrefix(l.URL, "/")]:
			c.add(diag.New("links/missing-image", at(), "image", strconv.Quote(l.URL)))
		case !l.Image:
			c.page(l.URL, at)
		}
	}
}

// page checks a link from a body to a page of this site: a record's, or one
// that a record had before it was renamed.
func (c *checker) page(raw string, at func() diag.Span) {
	u, err := url.Parse(raw)
	if err != nil || u.IsAbs() || u.Host != "" || u.Path == "" {
		return
	}
	target := strings.TrimPrefix(strings.TrimSuffix(path.Clean("/"+u.Path), "/index.html"), "/")
	for _, lang := range c.Settings.Languages {
		target = strings.TrimPrefix(target, lang+"/")
	}
	folder, slug, _ := strings.Cut(target, "/")
	parts := 1
	if folder == "opportunities" {
		parts = 2
	}
	if !slices.Contains([]string{"opportunities", "providers", "pathways", "badges", "schools", "pages"}, folder) ||
		slug == "" || strings.Count(slug, "/") != parts-1 || c.Paths.Has(target) || c.Aliases[target].Path != "" {
		return
	}
	c.missing(at(), target)
}

// inBody is where a range of bytes of the body stands in the file.
func (c *checker) inBody(start, end int) diag.Span {
	d, _ := document.Parse(c.source)
	if d == nil {
		return diag.Span{Source: c.source}
	}
	return d.BodySpan(start, end)
}
