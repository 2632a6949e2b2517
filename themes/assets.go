package themes

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path"
	"slices"
	"strings"

	"fursa/schema"
	"fursa/schema/diag"
)

// Asset is a file of a theme that is published as it is: a picture or a font.
type Asset struct {
	// Name is its name in the theme's assets folder.
	Name string
	// File is its name on the site, with a hash of what it holds, so that
	// browsers can keep it for ever.
	File string
	Text []byte
}

// assetTypes are the endings of what is published as it is. Scripts and style
// sheets have folders of their own, since they are bundled.
var assetTypes = []string{".avif", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp", ".woff", ".woff2"}

// hidden says whether a file is one that systems and editors leave behind.
func hidden(file string) bool { return strings.HasPrefix(path.Base(file), ".") }

func (t *Theme) addAsset(src *diag.Source) diag.List {
	name := path.Base(src.Path)
	ending := path.Ext(name)
	if !slices.Contains(assetTypes, strings.ToLower(ending)) {
		return diag.List{diag.New("theme/asset-type", diag.Span{Source: &diag.Source{Path: src.Path}}, "name", name, "types", strings.Join(assetTypes, " "))}
	}
	sum := sha256.Sum256(src.Text)
	file := strings.TrimSuffix(name, ending) + "-" + hex.EncodeToString(sum[:6]) + ending
	t.assets[name] = Asset{name, file, src.Text}
	return nil
}

// Assets are the pictures and fonts of the theme, by name.
func (t *Theme) Assets() []Asset {
	return slices.SortedFunc(maps.Values(t.assets), func(a, b Asset) int { return cmp.Compare(a.Name, b.Name) })
}

// Asset is the asset of a name; false where the theme has none.
func (t *Theme) Asset(name string) (Asset, bool) {
	a, ok := t.assets[name]
	return a, ok
}

// unknownAsset says that the theme has no asset of a name.
func (t *Theme) unknownAsset(at diag.Span, name string) diag.Diagnostic {
	names := slices.Sorted(maps.Keys(t.assets))
	d := diag.New("theme/asset", at, "name", name)
	if near, ok := schema.Near(name, names); ok {
		d.Args = append(d.Args, diag.Args("near", near)...)
		return d.Hinted("near")
	}
	return d
}
