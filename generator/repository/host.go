package repository

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// placeholder is the address of a catalogue that has none yet.
const placeholder = "https://catalogue.example/"

// SetHost sets the host as it was named, or else by the repository's address,
// and the owner, where none is named, to the repository's.
func (s *Settings) SetHost(name string) error {
	// git's own form of an address, which hosts offer beside the page's.
	if server, path, ok := strings.Cut(strings.TrimPrefix(s.Repository, "git@"), ":"); ok && strings.HasPrefix(s.Repository, "git@") {
		s.Repository = "https://" + server + "/" + path
	}
	s.Repository = strings.TrimSuffix(strings.TrimSuffix(s.Repository, "/"), ".git")
	u, err := url.Parse(s.Repository)
	if err != nil {
		return fmt.Errorf("repository: %w", err)
	}
	if s.Repository != "" && u.Scheme != "https" && u.Scheme != "http" {
		return fmt.Errorf("repository: %q is not the address of a page, such as https://github.com/city/catalogue", s.Repository)
	}
	switch {
	case name == string(GitHub) || name == string(GitLab):
		s.Host = Host(name)
	case name != "":
		return fmt.Errorf("host: %q is neither github nor gitlab", name)
	case slices.Contains(strings.Split(u.Hostname(), "."), "gitlab"):
		s.Host = GitLab
	default:
		s.Host = GitHub
	}
	if owner, _, ok := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/"); ok && s.Owner == "" {
		s.Owner = "@" + owner
	}
	return nil
}

// SetURL sets where the site will be served: the address that was given, else
// the one that GitHub's or GitLab's own pages give the repository, else a
// placeholder.
func (s *Settings) SetURL(given string) error {
	s.URL = given
	if given == "" {
		s.URL = s.ownPages()
	}
	u, err := url.Parse(s.URL)
	if err != nil {
		return fmt.Errorf("url: %w", err)
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return fmt.Errorf("url: %q is not a whole address, such as https://learning.example/doha/", s.URL)
	}
	if !strings.HasSuffix(s.URL, "/") {
		s.URL += "/"
	}
	return nil
}

// ownPages is where the pages of a repository on github.com or gitlab.com are
// served.
func (s *Settings) ownPages() string {
	u, err := url.Parse(s.Repository)
	if err != nil {
		return placeholder
	}
	owner, name, ok := strings.Cut(strings.Trim(u.Path, "/"), "/")
	domain := map[string]string{"github.com": "github.io", "gitlab.com": "gitlab.io"}[u.Host]
	if !ok || domain == "" {
		return placeholder
	}
	pages := strings.ToLower(owner) + "." + domain
	if strings.EqualFold(name, pages) {
		return "https://" + pages + "/"
	}
	return "https://" + pages + "/" + name + "/"
}

// Placeholder says whether the address is none that could be published.
func (s *Settings) Placeholder() bool { return s.URL == placeholder }
