package markdown_test

import (
	"iter"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fursa/generator/markdown"
)

func renderer(t *testing.T) *markdown.Renderer {
	base, err := url.Parse("https://doha.example/learn/")
	if err != nil {
		t.Fatal(err)
	}
	return markdown.New(base)
}

func TestHTML(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"paragraph":      {"Bring a *coat*.", "<p>Bring a <em>coat</em>.</p>\n"},
		"headings":       {"# What\n\n###### Deep", "<h2>What</h2>\n<h6>Deep</h6>\n"},
		"lower headings": {"### What\n\n#### Deep", "<h2>What</h2>\n<h3>Deep</h3>\n"},
		"raw HTML":       {"a <b onclick=x>b</b>\n\n<script>x</script>", "<p>a b</p>\n"},
		"a script's URL": {"[a](JavaScript:alert(1)) ![b](data:image/png;base64,AA)", "<p><a href=\"\" rel=\"nofollow noopener ugc\">a</a> <img src=\"\" alt=\"b\" loading=\"lazy\"></p>\n"},
		"other schemes":  {"[a](ftp://a.example/)", "<p><a href=\"\" rel=\"nofollow noopener ugc\">a</a></p>\n"},
		"relative":       {"[a](pages/about/) [b](/x)", "<p><a href=\"https://doha.example/learn/pages/about/\" rel=\"nofollow noopener ugc\">a</a> <a href=\"https://doha.example/learn/x\" rel=\"nofollow noopener ugc\">b</a></p>\n"},
		"a turned text":  {"a&#x202E;b", "<p>ab</p>\n"},
		"Arabic":         {"أهلاً **بكم**", "<p>أهلاً <strong>بكم</strong></p>\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, renderer(t).HTML(c.body, 2)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLinks(t *testing.T) {
	got := markdown.Links("[a](ftp://x) <https://b.example> ![the dome](images/d.jpg) ![](e.png)")
	want := []markdown.Link{{URL: "ftp://x"}, {URL: "https://b.example"}, {URL: "images/d.jpg", Alt: "the dome", Image: true}, {URL: "e.png", Image: true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Whatever a body holds, its HTML has no script, no attribute that runs one,
// and no address of another scheme.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"[a](x) <b>\n# h", "<script>x</script>", "[a](java\tscript:x)", "![a](\"onerror=x)", "<a href=data:x>", "[a](&#106;avascript:x)",
		"| a |\n|---|\n| <img src=x onerror=y> |", "<https://a.example/?\"onclick=x>", "[a]: javascript:x\n\n[a]",
	} {
		f.Add(seed)
	}
	base, _ := url.Parse("https://doha.example/")
	r := markdown.New(base)
	f.Fuzz(func(t *testing.T, body string) {
		if !utf8.ValidString(body) {
			return // schema/document refuses such files
		}
		markdown.Links(body)
		nodes, err := html.ParseFragment(strings.NewReader(r.HTML(body, 3)), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
		if err != nil {
			t.Fatal(err)
		}
		for _, top := range nodes {
			for n := range descendants(top) {
				if n.Type == html.CommentNode || n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "iframe") {
					t.Fatalf("%q gives <%s>", body, n.Data)
				}
				for _, a := range n.Attr {
					if strings.HasPrefix(a.Key, "on") || (a.Key == "href" || a.Key == "src") && !markdown.Allowed(a.Val) {
						t.Fatalf("%q gives %s=%q", body, a.Key, a.Val)
					}
				}
			}
		}
	})
}

func descendants(n *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		if yield(n) {
			n.Descendants()(yield)
		}
	}
}
