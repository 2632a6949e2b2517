package generator

import (
	"fursa/feeds/sign"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// signer is a key that signs, and where its signature stands.
type signer struct {
	key  sign.Key
	path string
}

// signers are the keys that sign: the one that the catalogue names and, while
// it changes keys, the former one too. The list says which are missing, and
// which were given and are none of these.
func (o Options) signers(settings schema.Catalogue, src *diag.Source) ([]signer, diag.List) {
	if o.Unsigned {
		return nil, nil
	}
	var signers []signer
	var list diag.List
	used := map[string]bool{}
	for _, want := range []struct{ field, public, path string }{
		{"key", settings.Key, sign.SignaturePath}, {"former_key", settings.FormerKey, sign.FormerPath},
	} {
		if want.public == "" {
			continue
		}
		if key, ok := o.private(want.public); ok {
			signers, used[want.public] = append(signers, signer{key, want.path}), true
			continue
		}
		list = append(list, diag.New("key/missing", at(src, "/"+want.field), "field", want.field))
	}
	for _, key := range o.Keys {
		if !used[key.Public()] {
			list = append(list, diag.New("key/not-named", at(src, "/key"), "public", key.Public()))
		}
	}
	return signers, list
}

// private is the given key with this public half.
func (o Options) private(public string) (sign.Key, bool) {
	for _, key := range o.Keys {
		if key.Public() == public {
			return key, true
		}
	}
	return sign.Key{}, false
}

// at is a place in the settings; their file, where they don't have it.
func at(src *diag.Source, pointer string) diag.Span {
	if d, _ := document.Parse(src); d != nil {
		return d.Span(pointer)
	}
	return diag.Span{Source: src}
}
