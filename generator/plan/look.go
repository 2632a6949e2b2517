package plan

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/schema"
)

// Look is the style sheet of what a catalogue changes of the theme's look, to
// stand after the theme's own: colours and fonts as custom properties in the
// cascade layer look, and the fonts that the site brings along. root is the
// path of the site's root, "/" or "/doha/". It is empty where nothing changes.
func Look(c schema.Catalogue, root string) string {
	var b strings.Builder
	for _, f := range c.Look.FontFiles {
		b.WriteString(fontFace(f, root))
	}
	if rules := variables(c.Look); rules != "" {
		b.WriteString("@layer look {\n" + rules + "}\n")
	}
	return b.String()
}

// variables are the rules of the layer.
func variables(look schema.Look) string {
	light, dark := catalogue.Schemes(look)
	usualLight, usualDark := catalogue.Schemes(schema.Look{})
	usual := properties(usualLight)
	day := slices.DeleteFunc(properties(light), func(p property) bool { return slices.Contains(usual, p) })
	var b strings.Builder
	if all := append(day, fonts(look.Fonts)...); len(all) > 0 {
		fmt.Fprintf(&b, "  :root { %s }\n", declarations(all))
	}
	// All of them: what is said of the day would win over the theme's night.
	if light != usualLight || dark != usualDark {
		fmt.Fprintf(&b, "  @media (prefers-color-scheme: dark) { :root { %s } }\n", declarations(properties(dark)))
	}
	return b.String()
}

func declarations(list []property) string {
	all := make([]string, len(list))
	for i, p := range list {
		all[i] = "--" + p.name + ": " + p.value
	}
	return strings.Join(all, "; ")
}

// property is a custom property of CSS.
type property struct{ name, value string }

// properties are the colours of a scheme by the names that themes know.
func properties(s catalogue.Scheme) []property {
	return []property{
		{"ink", s.Ink.Hex()}, {"paper", s.Paper.Hex()}, {"surface", s.Surface.Hex()},
		{"accent", s.Accent.Hex()}, {"on-accent", s.On(s.Accent).Hex()},
		{"highlight", s.Highlight.Hex()}, {"on-highlight", s.On(s.Highlight).Hex()},
	}
}

// fonts are those that a catalogue names.
func fonts(f schema.Fonts) []property {
	var list []property
	if f.Text != "" {
		list = append(list, property{"font-text", families(f.Text)})
	}
	if f.Headings != "" {
		list = append(list, property{"font-headings", families(f.Headings)})
	}
	return list
}

// generic are the names of CSS that stand for whatever font a device has.
var generic = []string{
	"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui",
	"ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded",
}

// families are names of fonts as CSS has them, in quotes; after the last one
// stands what every device has.
func families(stack string) string {
	var list []string
	last := false
	for name := range strings.SplitSeq(stack, ",") {
		name = strings.TrimSpace(name)
		last = slices.Contains(generic, name)
		if !last {
			name = `"` + name + `"`
		}
		list = append(list, name)
	}
	if !last {
		list = append(list, "system-ui", "sans-serif")
	}
	return strings.Join(list, ", ")
}

// fontFace is a font file's rule. Text is shown in another font until it has
// come.
func fontFace(f schema.FontFile, root string) string {
	var b strings.Builder
	src := url.URL{Path: root + f.Src}
	fmt.Fprintf(&b, "@font-face { font-family: %q; src: url(%q) format(\"woff2\"); ", f.Family, src.EscapedPath())
	if f.Weight != "" {
		fmt.Fprintf(&b, "font-weight: %s; ", f.Weight)
	}
	if f.Style != "" {
		fmt.Fprintf(&b, "font-style: %s; ", f.Style)
	}
	b.WriteString("font-display: swap }\n")
	return b.String()
}
