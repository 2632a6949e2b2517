package main

import (
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"
)

// theme gives Hugo what Fursa made of its theme once and Hugo has not to make:
// the files of assets, the pages that are the same for all listings, and the
// head, header and footer of every page, as partials.
func (s *hugoSite) theme() error {
	home, err := os.ReadFile(filepath.Join(s.made, "index.html"))
	if err != nil {
		return err
	}
	open, rest, _ := strings.Cut(string(home), "<title>")
	_, rest, _ = strings.Cut(rest, "<body>\n")
	header, rest, _ := strings.Cut(rest, `<svg class="figures"`)
	_, footer, found := strings.Cut(rest, "</main>\n")
	if !found {
		return errors.New("the pages of Fursa are not as Hugo's templates expect them: see bench/hugotheme.go")
	}
	for name, text := range map[string]string{"open": open, "header": header, "footer": footer} {
		if err := os.WriteFile(filepath.Join(s.to, "layouts", "_partials", name+".html"), []byte(text), 0o600); err != nil {
			return err
		}
	}
	for _, name := range []string{"assets", "search/index.html", "saved", "offline", "sw.js"} {
		if err := copyTree(filepath.Join(s.made, name), filepath.Join(s.to, "static", name)); err != nil {
			return err
		}
	}
	return s.writeSubjects()
}

var (
	symbol  = regexp.MustCompile(`<symbol id="f-([^"]+)".*?</symbol>`)
	hue     = regexp.MustCompile(`<li class="s-(\d+)"><a href="/subjects/([^/]+)/">`)
	preview = regexp.MustCompile(`<meta property="og:image" content="([^"]+)">`)
)

// writeSubjects gives templates the figure, the colour and the preview picture
// of each subject; the catalogue's own preview is that of no subject.
func (s *hugoSite) writeSubjects() error {
	page, err := os.ReadFile(filepath.Join(s.made, "subjects", "index.html"))
	if err != nil {
		return err
	}
	data := map[string]map[string]string{"figures": {}, "hues": {}, "previews": {}}
	for _, m := range symbol.FindAllStringSubmatch(string(page), -1) {
		data["figures"][m[1]] = m[0]
	}
	subjects := []string{""}
	for _, m := range hue.FindAllStringSubmatch(string(page), -1) {
		data["hues"][m[2]] = m[1]
		subjects = append(subjects, m[2])
	}
	for _, subject := range subjects {
		page, err := os.ReadFile(filepath.Join(s.made, "subjects", subject, "index.html"))
		if err != nil {
			return err
		}
		m := preview.FindSubmatch(page)
		if m == nil {
			return fmt.Errorf("the page of the subject %q has no preview picture", subject)
		}
		data["previews"]["of-"+subject] = html.UnescapeString(string(m[1]))
	}
	return s.writeData("theme", data)
}

func (s *hugoSite) writeData(name string, data any) error {
	text, err := toml.Marshal(data)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(s.to, "data"), 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.to, "data", name+".toml"), text, 0o600)
}

// copyTree copies a file, or a folder with what is in it.
func copyTree(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return os.CopyFS(to, os.DirFS(from))
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o600)
}
