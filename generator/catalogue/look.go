package catalogue

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"fursa/schema"
	"fursa/schema/colour"
	"fursa/schema/diag"
)

// look checks what catalogue.toml says of the site's looks: that text can be
// read, and that files are there.
func (c *checker) look() {
	look := c.Settings.Look
	light, dark := Schemes(look)
	c.contrast("/look/colours", look.Colours, light)
	c.contrast("/look/colours_dark", look.ColoursDark, dark)
	if look.Logo != "" {
		c.asset("/look/logo", "catalogue/look-logo", look.Logo)
	}
	for i, f := range look.FontFiles {
		c.asset("/look/font_files/"+itoa(i)+"/src", "catalogue/look-font", f.Src)
	}
}

// asset checks that a file of the content folder is there.
func (c *checker) asset(pointer, rule, file string) {
	if c.Assets[file] {
		return
	}
	d := diag.New(rule, c.at(pointer), "file", strconv.Quote(file))
	if near, ok := schema.Near(file, slices.Sorted(maps.Keys(c.Assets))); ok {
		d.Args = append(d.Args, diag.Arg{Name: "near", Value: strconv.Quote(near)})
		d = d.Hinted("near")
	}
	c.add(d)
}

// faint is a text that can't be read on its ground.
type faint struct {
	// text and ground are keys of a scheme; text is empty for what On gives.
	text, ground string
	ratio        float64
}

func (f faint) involves(key string) bool { return f.text == key || f.ground == key }

// key is where a scheme holds the colour of a key.
func (s *Scheme) key(name string) *colour.Colour {
	return map[string]*colour.Colour{
		"ink": &s.Ink, "paper": &s.Paper, "surface": &s.Surface, "accent": &s.Accent, "highlight": &s.Highlight,
	}[name]
}

// faints are all texts of a scheme that can't be read, the worst first.
func (s Scheme) faints() []faint {
	var list []faint
	for _, p := range [][2]string{
		{"ink", "paper"}, {"ink", "surface"}, {"accent", "paper"}, {"accent", "surface"}, {"", "accent"}, {"", "highlight"},
	} {
		if ratio := colour.Contrast(s.text(p[0], p[1]), *s.key(p[1])); ratio < colour.AA {
			list = append(list, faint{p[0], p[1], ratio})
		}
	}
	slices.SortStableFunc(list, func(a, b faint) int { return int(math.Copysign(1, a.ratio-b.ratio)) })
	return list
}

// text is the colour of a text on a ground.
func (s Scheme) text(key, ground string) colour.Colour {
	if key == "" {
		return s.On(*s.key(ground))
	}
	return *s.key(key)
}

// contrast tells of texts that can't be read; for each colour that is to
// blame, of the worst. To blame is the text if the catalogue says its colour,
// else the ground: the theme's own colours go together.
func (c *checker) contrast(pointer string, said schema.Colours, s Scheme) {
	values := map[string]string{
		"ink": said.Ink, "paper": said.Paper, "surface": said.Surface, "accent": said.Accent, "highlight": said.Highlight,
	}
	told := map[string]bool{}
	for _, f := range s.faints() {
		key := f.text
		if values[key] == "" {
			key = f.ground
		}
		if values[key] == "" || told[key] {
			continue
		}
		told[key] = true
		d := diag.New("catalogue/look-contrast", c.at(pointer+"/"+key),
			"text", worded(f.text, s.text(f.text, f.ground)), "ground", worded(f.ground, *s.key(f.ground)), "ratio", floor(f.ratio))
		if near, ok := s.mended(key); ok {
			d.Args = append(d.Args, diag.Arg{Name: "line", Value: key + " = " + strconv.Quote(near.Hex())})
			d = d.Hinted("near")
		}
		c.add(d)
	}
}

// mended is the colour nearest to that of a key with which it goes together
// with all others, and nothing else gets worse.
func (s Scheme) mended(key string) (colour.Colour, bool) {
	before := len(s.faints())
	return colour.Nearest(*s.key(key), func(to colour.Colour) bool {
		*s.key(key) = to
		after := s.faints()
		return len(after) < before && !slices.ContainsFunc(after, func(f faint) bool { return f.involves(key) })
	})
}

// worded is a colour as a message says it: "ink #1c1b22".
func worded(key string, c colour.Colour) string {
	if key == "" {
		return c.Hex()
	}
	return key + " " + c.Hex()
}

// floor is a ratio with two digits that never seems to be enough when it is
// not.
func floor(ratio float64) string { return fmt.Sprintf("%.2f", math.Floor(ratio*100)/100) }
