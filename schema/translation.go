package schema

import "maps"

// translation is the schema of a kind's translation files, derived from its
// own: only the properties marked x-translatable, as deep as they lie;
// entries of lists with the id that says which entry they translate; nothing
// else required. It answers false for a kind that has no such properties, and
// for the catalogue, whose texts stand side by side in all languages.
func translation(kind Kind) (node, bool) {
	if kind == KindCatalogue {
		return nil, false
	}
	name := schemaFile(kind)
	t := trees{commonFile: parsed(commonFile), name: parsed(name)}
	original := t[name]
	tree, ok := t.translatable(original)
	if !ok {
		return nil, false
	}
	tree["$schema"] = original["$schema"]
	tree["$id"] = translationFile(kind)
	tree["description"] = "The text of a record in another language, in a file beside it such as name.ar.md. What stands here replaces the original's text; the rest is taken from it."
	tree["x-i18n"].(node)["ar"].(node)["description"] = "نص السجل بلغة أخرى، في ملف بجانبه مثل name.en.md. ما يُكتب هنا يحل محل النص الأصلي، والباقي يُؤخذ منه."
	return tree, true
}

// translatable is the part of a schema that a translation may hold.
func (t trees) translatable(n node) (node, bool) {
	n = t.resolved(n)
	if n["x-translatable"] == true {
		return n, true
	}
	out := node{}
	for _, key := range []string{"title", "description", "x-i18n", "type"} {
		if v, ok := n[key]; ok {
			out[key] = v
		}
	}
	if items, ok := n["items"].(node); ok {
		entry, ok := t.translatable(items)
		if !ok || entry["type"] != "object" {
			return nil, false
		}
		entry["properties"].(node)["id"] = t.property(t.resolved(items), "id")
		entry["required"] = []any{"id"}
		out["items"] = entry
		return out, true
	}
	properties, _ := n["properties"].(node)
	kept := node{}
	for name, p := range properties {
		if p, ok := t.translatable(p.(node)); ok {
			kept[name] = p
		}
	}
	out["properties"], out["additionalProperties"] = kept, false
	return out, len(kept) > 0
}

// Merge is a record's value in another language: the original, with the
// translation's text over it. Entries of lists are matched by their "id";
// those that the original does not have are left out. Neither value is
// changed, and the result shares parts with both.
func Merge(original, translation map[string]any) map[string]any {
	out := maps.Clone(original)
	for key, text := range translation {
		out[key] = merged(original[key], text)
	}
	return out
}

func merged(original, translation any) any {
	switch t := translation.(type) {
	case map[string]any:
		if o, ok := original.(map[string]any); ok {
			return Merge(o, t)
		}
	case []any:
		if o, ok := original.([]any); ok {
			return mergedList(o, t)
		}
	}
	return translation
}

func mergedList(original, translation []any) []any {
	byID := map[any]map[string]any{}
	for _, entry := range translation {
		if m, ok := entry.(map[string]any); ok && m["id"] != nil {
			byID[m["id"]] = m
		}
	}
	out := make([]any, len(original))
	for i, entry := range original {
		out[i] = entry
		if m, ok := entry.(map[string]any); ok {
			if t, ok := byID[m["id"]]; ok {
				out[i] = Merge(m, t)
			}
		}
	}
	return out
}
