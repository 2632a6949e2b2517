package content

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fursa/schema"
	"fursa/schema/diag"
)

const (
	catalogue = "catalogue"
	images    = "images"
	fonts     = "fonts"
)

// place is a folder of records.
type place struct {
	folder string
	kind   schema.Kind
	ext    string
	// owned says that the records stand in a folder for each provider.
	owned bool
}

// places are the folders of records, in the order in which people meet them.
func places() [11]place {
	return [...]place{
		{"opportunities", schema.KindOpportunity, ".md", true},
		{"providers", schema.KindProvider, ".md", false},
		{"schools", schema.KindSchool, ".toml", false},
		{"pathways", schema.KindPathway, ".md", false},
		{"badges", schema.KindBadge, ".toml", false},
		{"endorsements", schema.KindEndorsement, ".toml", true},
		{"peers", schema.KindPeer, ".toml", false},
		{"reviews", schema.KindReview, ".toml", false},
		{"blocklists", schema.KindBlocklist, ".toml", false},
		{"vocabularies", schema.KindVocabulary, ".toml", false},
		{"pages", schema.KindPage, ".md", false},
	}
}

// vocabularies are the names that a vocabulary may have.
func vocabularies() []string { return []string{"subjects", "skills", "places", "curriculum"} }

func placeOf(folder string) (place, bool) {
	for _, p := range places() {
		if p.folder == folder {
			return p, true
		}
	}
	return place{}, false
}

func folders() []string {
	names := []string{images, fonts}
	for _, p := range places() {
		names = append(names, p.folder)
	}
	slices.Sort(names)
	return names
}

// wants is how a file of the place is called: "providers/<name>.md".
func (p place) wants() string {
	if p.owned {
		return p.folder + "/<provider>/<name>" + p.ext
	}
	return p.folder + "/<name>" + p.ext
}

// checkFolder says what is wrong with a folder of the content folder by its
// path; if anything is, it is not entered.
func checkFolder(dir, folder string) *diag.Diagnostic {
	var d diag.Diagnostic
	at := diag.Span{Source: &diag.Source{Path: printed(dir, folder)}}
	parts := strings.Split(folder, "/")
	p, known := placeOf(parts[0])
	switch {
	case parts[0] == images, parts[0] == fonts, known && len(parts) == 1:
		return nil
	case !known:
		d = diag.Warn("content/unknown-folder", at, "name", quote(parts[0]), "known", strings.Join(folders(), ", "))
		if near, ok := schema.Near(parts[0], folders()); ok {
			d = diag.Warn("content/unknown-folder", at, "name", quote(parts[0]), "near", quote(near)).Hinted("near")
		}
	case !p.owned || len(parts) > 2:
		d = diag.New("content/wrong-folder", at, "folder", p.folder, "want", p.wants())
	case !schema.Slug(parts[1]):
		d = notSlug(at, parts[1], schema.Slugify(parts[1]), "")
	default:
		return nil
	}
	return &d
}

// language is the look of a BCP 47 tag as far as file names need it.
var language = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// named says which record the file at a path is, or why it is none.
func named(dir, file string) (Name, *diag.Diagnostic) {
	at := func() diag.Span { return diag.Span{Source: &diag.Source{Path: printed(dir, file)}} }
	folder, base := path.Split(file)
	parts := strings.Split(strings.TrimSuffix(folder, "/"), "/")
	ext := path.Ext(base)
	slug, lang, translated := strings.Cut(strings.TrimSuffix(base, ext), ".")

	p, known := placeOf(parts[0])
	switch {
	case folder == "" && slug == catalogue && ext == ".toml" && (!translated || language.MatchString(lang)):
		return Name{file, schema.KindCatalogue, catalogue, lang}, nil
	case !known:
		return stray(at(), file)
	case (len(parts) == 2) != p.owned || len(parts) > 2:
		d := diag.New("content/wrong-folder", at(), "folder", p.folder, "want", p.wants())
		return Name{}, &d
	case ext != p.ext:
		return otherExtension(at(), p, base)
	case !schema.Slug(slug) || translated && !language.MatchString(lang):
		d := notSlug(at(), strings.TrimSuffix(base, ext), suggestion(slug, lang), ext)
		return Name{}, &d
	case p.kind == schema.KindVocabulary && !slices.Contains(vocabularies(), slug):
		return unknownVocabulary(at(), slug)
	}
	return Name{file, p.kind, file[:len(folder)+len(slug)], lang}, nil
}

// suggestion is the name that was meant by one that is no slug, or no slug
// and language.
func suggestion(slug, lang string) string {
	switch small := strings.ToLower(lang); {
	case lang == "":
		return schema.Slugify(slug)
	case language.MatchString(small) && schema.Slugify(slug) != "":
		return schema.Slugify(slug) + "." + small
	default:
		return schema.Slugify(slug + "-" + lang)
	}
}

func notSlug(at diag.Span, name, slug, ext string) diag.Diagnostic {
	if slug == "" {
		return diag.New("content/not-a-slug", at, "name", quote(name)).Hinted("free")
	}
	return diag.New("content/not-a-slug", at, "name", quote(name), "slug", slug+ext)
}

// otherExtension deals with a file whose ending is not that of its folder: a
// record in another form, or something that is no record.
func otherExtension(at diag.Span, p place, base string) (Name, *diag.Diagnostic) {
	ext := path.Ext(base)
	switch strings.ToLower(ext) {
	case ".md", ".toml", ".markdown", ".txt", ".yaml", ".yml", ".json", "":
		d := diag.New("content/wrong-extension", at,
			"folder", p.folder, "want", p.ext, "name", strings.TrimSuffix(base, ext)+p.ext)
		return Name{}, &d
	}
	return stray(at, base)
}

// stray deals with a file that is no record.
func stray(at diag.Span, file string) (Name, *diag.Diagnostic) {
	d := diag.Warn("content/stray-file", at)
	switch ext := strings.ToLower(path.Ext(file)); {
	case slices.Contains(pictures(), ext), strings.HasPrefix(file, images+"/"):
		d = d.Hinted("picture")
	case slices.Contains(fontFormats(), ext), strings.HasPrefix(file, fonts+"/"):
		d = d.Hinted("font")
	}
	return Name{}, &d
}

func unknownVocabulary(at diag.Span, name string) (Name, *diag.Diagnostic) {
	d := diag.New("content/unknown-vocabulary", at, "name", quote(name), "known", strings.Join(vocabularies(), ", "))
	if near, ok := schema.Near(name, vocabularies()); ok {
		d = diag.New("content/unknown-vocabulary", at, "name", quote(name), "near", quote(near)).Hinted("near")
	}
	return Name{}, &d
}

func pictures() []string { return []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"} }

// fontFormats are the endings of fonts, of which only the first is taken: every
// browser reads it, and it is the smallest.
func fontFormats() []string { return []string{".woff2", ".woff", ".ttf", ".otf"} }

// isAsset says whether a file is copied to the site and not read: a picture or
// a font in its folder.
func isAsset(file string) bool {
	ext := path.Ext(file)
	return strings.HasPrefix(file, images+"/") && slices.Contains(pictures(), strings.ToLower(ext)) ||
		strings.HasPrefix(file, fonts+"/") && ext == fontFormats()[0]
}

// unreadable says why something of a mode is not opened.
func unreadable(src *diag.Source, mode fs.FileMode) *diag.Diagnostic {
	var d diag.Diagnostic
	switch {
	case mode&fs.ModeSymlink != 0:
		d = diag.New("content/symbolic-link", diag.Span{Source: src})
	case !mode.IsRegular():
		d = diag.New("content/not-a-file", diag.Span{Source: src})
	default:
		return nil
	}
	return &d
}

func tooLarge(src *diag.Source, size int64) *diag.Diagnostic {
	d := diag.New("content/too-large", diag.Span{Source: src}, "size", mebibytes(size), "limit", mebibytes(MaxSize))
	return &d
}

// mebibytes is a size above one, rounded up, so that it never seems to be
// the limit itself.
func mebibytes(size int64) string {
	tenths := (size*10 + MaxSize - 1) / MaxSize
	if tenths%10 == 0 {
		return fmt.Sprintf("%d MiB", tenths/10)
	}
	return fmt.Sprintf("%d.%d MiB", tenths/10, tenths%10)
}

func quote(name string) string { return strconv.Quote(name) }
