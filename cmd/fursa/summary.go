package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fursa/generator/review"
	"fursa/schema"
	"fursa/schema/diag"
)

// summarise adds the page of a change to the file that was named, or to that
// of the workflow's step; folder is the content folder's path in the
// repository.
func (v *check) summarise(r review.Review, folder, previewed string) error {
	file := v.summary
	if file == "" && v.format == "github" {
		file = os.Getenv("GITHUB_STEP_SUMMARY")
	}
	if file == "" {
		return nil
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644) //nolint:gosec // where the workflow wants it
	if err != nil {
		return fmt.Errorf("the summary: %w", err)
	}
	defer f.Close()
	repository := sentFrom(r.Settings.Repository, folder)
	o := review.Options{
		Languages: v.languages(r.Settings.Languages),
		Path:      inRepository(v.content, folder),
		Edit:      func(path string, line int) string { return editAt(repository, path, folder, line) },
		GitLab:    repository != nil && repository.IsGitLab(),
		Preview:   previewed,
	}
	if err := review.Summary(f, r, o); err != nil {
		return fmt.Errorf("the summary: %w", err)
	}
	return f.Close()
}

// languages are those of the summary: the one that was asked for, else those
// of the catalogue that there are messages in.
func (v *check) languages(spoken []string) []string {
	if v.lang != "" {
		return []string{v.language()}
	}
	var known []string
	for _, lang := range spoken {
		if base, _, _ := strings.Cut(lang, "-"); slices.Contains(diag.Languages, base) && !slices.Contains(known, base) {
			known = append(known, base)
		}
	}
	if len(known) == 0 {
		return diag.Languages
	}
	return known
}

// sentFrom is the repository and the branch that a change comes from, which
// may be somebody's copy: as the workflow says, else as the catalogue does.
func sentFrom(known *schema.Repository, folder string) *schema.Repository {
	r := &schema.Repository{Folder: cmp.Or(folder, ".")}
	var event struct {
		PullRequest struct {
			Head struct {
				Ref  string `json:"ref"`
				Repo struct {
					URL string `json:"html_url"`
				} `json:"repo"`
			} `json:"head"`
		} `json:"pull_request"`
	}
	text, err := os.ReadFile(os.Getenv("GITHUB_EVENT_PATH")) //nolint:gosec // where the workflow has it
	if err == nil && json.Unmarshal(text, &event) == nil {
		r.URL, r.Branch = event.PullRequest.Head.Repo.URL, event.PullRequest.Head.Ref
	}
	if name := os.Getenv("GITHUB_REPOSITORY"); r.URL == "" && name != "" {
		r.URL = cmp.Or(os.Getenv("GITHUB_SERVER_URL"), "https://github.com") + "/" + name
	}
	r.URL = cmp.Or(r.URL, os.Getenv("CI_MERGE_REQUEST_SOURCE_PROJECT_URL"))
	r.Branch = cmp.Or(r.Branch, os.Getenv("GITHUB_HEAD_REF"), os.Getenv("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"))
	if r.URL == "" || r.Branch == "" {
		return known
	}
	return r
}

// editAt is where a line of a file can be changed, by its path in the
// repository.
func editAt(r *schema.Repository, path, folder string, line int) string {
	if r == nil || r.URL == "" {
		return ""
	}
	file, err := filepath.Rel(cmp.Or(folder, "."), path)
	if err != nil {
		return ""
	}
	address := r.EditURL(filepath.ToSlash(file))
	if line > 0 {
		address += fmt.Sprintf("#L%d", line)
	}
	return address
}
