package plan_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/catalogue"
	"fursa/generator/plan"
	"fursa/schema"
	"fursa/themes"
)

func TestLook(t *testing.T) {
	for name, c := range map[string]struct {
		look schema.Look
		want string
	}{
		"nothing": {schema.Look{Logo: "images/logo.png", Home: []string{"soon"}}, ""},
		"an accent; the night's follows from it": {
			schema.Look{Colours: schema.Colours{Accent: "#7a1f5c"}},
			`@layer look {
  :root { --accent: #7a1f5c }
  @media (prefers-color-scheme: dark) { :root { --ink: #eceaf2; --paper: #16151b; --surface: #211f28; --accent: #f7a7d6; --on-accent: #16151b; --highlight: #ffd23f; --on-highlight: #16151b } }
}
`,
		},
		"a black night": {
			schema.Look{ColoursDark: schema.Colours{Paper: "#000000"}},
			`@layer look {
  @media (prefers-color-scheme: dark) { :root { --ink: #eceaf2; --paper: #000000; --surface: #121212; --accent: #7fd4dc; --on-accent: #000000; --highlight: #ffd23f; --on-highlight: #000000 } }
}
`,
		},
		"the theme's own": {func() schema.Look {
			light, dark := catalogue.DefaultColours()
			return schema.Look{Colours: light, ColoursDark: dark}
		}(), ""},
		"fonts": {
			schema.Look{
				Fonts: schema.Fonts{Text: "29LT Bukra,Noto Sans Arabic", Headings: "Amiri, serif"},
				FontFiles: []schema.FontFile{
					{Family: "29LT Bukra", Src: "fonts/bukra.woff2", Weight: "100 900", Style: "normal"},
					{Family: "Amiri", Src: "fonts/amiri.woff2"},
				},
			},
			`@font-face { font-family: "29LT Bukra"; src: url("/doha/fonts/bukra.woff2") format("woff2"); font-weight: 100 900; font-style: normal; font-display: swap }
@font-face { font-family: "Amiri"; src: url("/doha/fonts/amiri.woff2") format("woff2"); font-display: swap }
@layer look {
  :root { --font-text: "29LT Bukra", "Noto Sans Arabic", system-ui, sans-serif; --font-headings: "Amiri", serif }
}
`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, plan.Look(schema.Catalogue{Look: c.look}, "/doha/")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A root is not trusted: nothing of it ends the address.
func TestLookUnderAHostileRoot(t *testing.T) {
	look := schema.Look{FontFiles: []schema.FontFile{{Family: "Amiri", Src: "fonts/amiri.woff2"}}}
	got := plan.Look(schema.Catalogue{Look: look}, `/a b"); } \/`)
	want := `@font-face { font-family: "Amiri"; src: url("/a%20b%22%29;%20%7D%20%5C/fonts/amiri.woff2") format("woff2"); font-display: swap }` + "\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

var token = regexp.MustCompile(`--([a-z-]+):\s*(#[0-9a-fA-F]{6})\b`)

// The theme's tokens are the colours that contrast is checked with.
func TestTheThemeHasTheDefaultColours(t *testing.T) {
	const file = "styles/10-tokens.css"
	text, err := fs.ReadFile(themes.Default(), file)
	if err != nil {
		t.Fatal(err)
	}
	day, night, _ := strings.Cut(string(text), "prefers-color-scheme: dark")
	light, dark := catalogue.Schemes(schema.Look{})
	for name, c := range map[string]struct {
		css    string
		scheme catalogue.Scheme
	}{"light": {day, light}, "dark": {night, dark}} {
		s := c.scheme
		want := map[string]string{
			"ink": s.Ink.Hex(), "paper": s.Paper.Hex(), "surface": s.Surface.Hex(),
			"accent": s.Accent.Hex(), "on-accent": s.On(s.Accent).Hex(),
			"highlight": s.Highlight.Hex(), "on-highlight": s.On(s.Highlight).Hex(),
		}
		got := map[string]string{}
		for _, m := range token.FindAllStringSubmatch(c.css, -1) {
			if _, ours := want[m[1]]; ours {
				got[m[1]] = strings.ToLower(m[2])
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s, %s (-want +got):\n%s", file, name, diff)
		}
	}
}

func BenchmarkLook(b *testing.B) {
	c := schema.Catalogue{Look: schema.Look{Colours: schema.Colours{Paper: "#fbf2e6", Accent: "#7a1f5c"}}}
	for b.Loop() {
		plan.Look(c, "/")
	}
}
