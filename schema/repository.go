package schema

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"
)

// EditURL is where a file of the content folder ("providers/museum.md") can
// be changed in a browser.
func (r Repository) EditURL(file string) string {
	inside := url.URL{Path: path.Join(cmp.Or(r.Branch, "main"), cmp.Or(r.Folder, "content"), file)}
	return r.page("edit/" + inside.EscapedPath())
}

// NewURL is where a file of the content folder can be begun in a browser. The
// file's name ("schools/{name}.toml") stands in it as it is, and {text} for
// what the file is to hold: whoever uses the address puts in both, encoded.
func (r Repository) NewURL(file string) string {
	inside := url.URL{Path: path.Join(cmp.Or(r.Branch, "main"), cmp.Or(r.Folder, "content"))}
	keys := [2]string{"filename", "value"}
	if r.IsGitLab() {
		keys = [2]string{"file_name", "content"}
	}
	return r.page("new/" + inside.EscapedPath() + "?" + keys[0] + "=" + file + "&" + keys[1] + "={text}")
}

// IssueURL is where people can report a problem; the form is filled in with a
// title and a text.
func (r Repository) IssueURL(title, text string) string {
	keys := [2]string{"title", "body"}
	if r.IsGitLab() {
		keys = [2]string{"issue[title]", "issue[description]"}
	}
	return r.page("issues/new?" + url.Values{keys[0]: {title}, keys[1]: {text}}.Encode())
}

// page is the address of a page of the repository.
func (r Repository) page(address string) string {
	root := strings.TrimSuffix(strings.TrimSuffix(r.URL, "/"), ".git") + "/"
	if r.IsGitLab() {
		root += "-/"
	}
	return root + address
}

// IsGitLab says whether a repository's host is called so, gitlab.com or
// gitlab.museum.example; every other one is taken for GitHub.
func (r Repository) IsGitLab() bool {
	u, err := url.Parse(r.URL)
	return err == nil && slices.Contains(strings.Split(u.Hostname(), "."), "gitlab")
}

// RequestsURL is where one sees what others have proposed, and what became of
// it.
func (r Repository) RequestsURL() string {
	if r.IsGitLab() {
		return r.page("merge_requests")
	}
	return r.page("pulls")
}
