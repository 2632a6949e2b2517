package colour

import "image/color"

// Subjects is how many hues there are for subjects.
const Subjects = 12

// subjects are the light scheme of themes/default/styles/20-subjects.css, the
// same numbers in the same order: tint, tone and deep in OKLCH.
var subjects = [Subjects][3][3]float64{
	{{0.897, 0.056, 49}, {0.75, 0.125, 49}, {0.42, 0.095, 49}},      // orange
	{{0.885, 0.056, 176}, {0.725, 0.092, 176}, {0.38, 0.066, 176}},  // teal
	{{0.915, 0.048, 302}, {0.785, 0.108, 302}, {0.42, 0.135, 302}},  // violet
	{{0.94, 0.07, 117}, {0.835, 0.126, 117}, {0.395, 0.085, 117}},   // lime
	{{0.87, 0.058, 272}, {0.7, 0.125, 272}, {0.39, 0.13, 272}},      // indigo
	{{0.92, 0.043, 357}, {0.8, 0.1, 357}, {0.43, 0.13, 357}},        // pink
	{{0.92, 0.078, 86}, {0.805, 0.132, 86}, {0.415, 0.082, 86}},     // amber
	{{0.88, 0.068, 331}, {0.72, 0.135, 331}, {0.405, 0.13, 331}},    // orchid
	{{0.91, 0.072, 147}, {0.78, 0.125, 147}, {0.38, 0.088, 147}},    // green
	{{0.89, 0.054, 242}, {0.735, 0.108, 242}, {0.4, 0.088, 242}},    // sky
	{{0.88, 0.056, 22}, {0.715, 0.122, 22}, {0.41, 0.125, 22}},      // red
	{{0.922, 0.045, 211}, {0.795, 0.088, 211}, {0.385, 0.065, 211}}, // cyan
}

// Subject is the palette of a hue from 1 to Subjects in the light scheme: tint
// is a ground, tone a pattern on it, deep the text on it. Any other number
// gives greys.
func Subject(n int) (tint, tone, deep color.NRGBA) {
	p := [3][3]float64{{0.9, 0, 0}, {0.75, 0, 0}, {0.4, 0, 0}}
	if n >= 1 && n <= Subjects {
		p = subjects[n-1]
	}
	at := func(i int) color.NRGBA { return OKLCH(p[i][0], p[i][1], p[i][2]).NRGBA() }
	return at(0), at(1), at(2)
}
