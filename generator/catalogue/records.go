package catalogue

import (
	"strings"

	"fursa/schema"
	"fursa/schema/diag"
)

// Record is one record of a kind T with its translations.
type Record[T any] struct {
	// Path is the record's identity: "opportunities/museum/night-sky".
	Path   string
	Source *diag.Source
	// Lang is the language of Value and Body.
	Lang  string
	Value *T
	// Body is Markdown.
	Body string
	// Translations are sorted by language.
	Translations []Translation[T]
	// Hash changes with the bytes of the record or of a translation of it.
	Hash string
}

// Translation is a record in another language; text that its file does not
// translate stands as it is in the original.
type Translation[T any] struct {
	Lang   string
	Source *diag.Source
	Value  *T
	Body   string
}

// In is the record in a language, and whether it is written in it; in any
// other language it is the original.
func (r *Record[T]) In(lang string) (value *T, body string, written bool) {
	for i := range r.Translations {
		if t := &r.Translations[i]; t.Lang == lang {
			return t.Value, t.Body, true
		}
	}
	return r.Value, r.Body, r.Lang == lang
}

// Slug is the path without its folder: "museum/night-sky".
func (r *Record[T]) Slug() string { return Slug(r.Path) }

// Slug is a record's path without its folder.
func Slug(path string) string {
	_, slug, _ := strings.Cut(path, "/")
	return slug
}

// Records are the checked records of one build, each kind sorted by path.
type Records struct {
	Settings schema.Catalogue
	// Source is the file of the settings; nil where it could not be read.
	Source        *diag.Source
	Opportunities []*Record[schema.Opportunity]
	Providers     []*Record[schema.Provider]
	Schools       []*Record[schema.School]
	Pathways      []*Record[schema.Pathway]
	Badges        []*Record[schema.Badge]
	Endorsements  []*Record[schema.Endorsement]
	Peers         []*Record[schema.Peer]
	Reviews       []*Record[schema.Review]
	Blocklists    []*Record[schema.Blocklist]
	Vocabularies  []*Record[schema.Vocabulary]
	Pages         []*Record[schema.Page]
	// Pulled are the peers with what was pulled of them.
	Pulled []*Pulled
	// Assets are the paths of the images and fonts in the content folder.
	Assets []string
}

// Only are the records of the paths that keep says; settings and assets stay.
func (r Records) Only(keep func(path string) bool) Records {
	r.Opportunities = only(r.Opportunities, keep)
	r.Providers = only(r.Providers, keep)
	r.Schools = only(r.Schools, keep)
	r.Pathways = only(r.Pathways, keep)
	r.Badges = only(r.Badges, keep)
	r.Endorsements = only(r.Endorsements, keep)
	r.Peers = only(r.Peers, keep)
	r.Reviews = only(r.Reviews, keep)
	r.Blocklists = only(r.Blocklists, keep)
	r.Vocabularies = only(r.Vocabularies, keep)
	r.Pages = only(r.Pages, keep)
	return r
}

func only[T any](records []*Record[T], keep func(path string) bool) []*Record[T] {
	var kept []*Record[T]
	for _, r := range records {
		if keep(r.Path) {
			kept = append(kept, r)
		}
	}
	return kept
}

// HasAliases says whether a record claims an old path.
func (r Records) HasAliases() bool { return len(NewIndex(r, nil).Aliases) > 0 }
