package main

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A template of a theme is changed, broken and mended while somebody looks at
// a page that is made with it.
func TestServeTheme(t *testing.T) {
	t.Chdir(t.TempDir())
	edition(t, "content", false)
	home := filepath.Join("theme", "templates", "home.html")
	if err := os.MkdirAll(filepath.Dir(home), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(home, []byte(`{{template "top" .}}<h1>{{.Title}}</h1>{{template "bottom" .}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	said := &spoken{}
	a := &app{out: said, err: said, content: "content", noColor: true, lang: "en"}
	in, err := a.input()
	if err != nil {
		t.Fatal(err)
	}
	in.Theme = "theme"
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.preview(ctx, in, listener) }()
	root := "http://" + listener.Addr().String()
	get(t, root)
	changes := listen(t, root+"/.fursa/reload")
	changes.await(t)

	rewrite(t, home, "<h1>", "<h1>Welcome! ")
	changes.show(t, root, "<h1>Welcome! ")
	rewrite(t, home, ".Title", ".Titel")
	if got := changes.show(t, root, "fursa-problems", "theme/templates/home.html:1:"); !strings.Contains(got, "<h1>Welcome! ") {
		t.Errorf("the last good site is gone:\n%s", got)
	}
	rewrite(t, home, "Welcome! {{.Titel", "Come in! {{.Title")
	if got := changes.show(t, root, "<h1>Come in! "); strings.Contains(got, "fursa-problems") {
		t.Errorf("it is mended, and the page says:\n%s", got)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("it ends with %v", err)
	}
}
