// Package repository writes what a new catalogue's repository begins with: an
// example of each kind of record, the workflows that check what is sent and
// publish the site, the forms by which people send it, settings for editors,
// and guides for those who keep the catalogue and for those who list in it. It
// answers files, and writes none; a release to run, and its hash, are given to
// it, never guessed.
package repository

import (
	"maps"

	"fursa/schema"
	"fursa/schema/when"
)

// Host is what keeps a repository, and runs its workflows.
type Host string

// The hosts.
const (
	GitHub Host = "github"
	GitLab Host = "gitlab"
)

// Settings are what a new catalogue says of itself. Languages hold at least
// one; URL is where it will be served, ending in a slash. What may be empty:
// Name, Country, Contact, Repository, Owner, and Release, without which the
// workflows refuse to run.
type Settings struct {
	Name       schema.Text
	URL        string
	Languages  []string
	TimeZone   string
	Currency   string
	Country    string
	Contact    schema.Contact
	Repository string // its page on the web; empty where it has none yet
	Host       Host
	Owner      string // who must agree, as the host names accounts: "@city/curators"
	Release    Release
	Today      when.Date
}

// Release is the program that the workflows run.
type Release struct {
	URL    string // of the program for Linux
	SHA256 string // in hexadecimal digits
}

// Files are the files of the repository, by their paths with slashes.
func Files(s Settings) (map[string][]byte, error) {
	w, err := newWriter(s)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"content/catalogue.toml": w.catalogue()}
	maps.Copy(files, w.schemas())
	maps.Copy(files, w.issueForm())
	for _, folder := range []string{"files/all", "files/" + string(s.Host)} {
		if err := w.folder(folder, files); err != nil {
			return nil, err
		}
	}
	return files, w.guides(files)
}
