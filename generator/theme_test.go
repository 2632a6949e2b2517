package generator

import (
	"bytes"
	"testing"

	"fursa/generator/plan"
	"fursa/schema/diag"
	"fursa/schema/locale"
	"fursa/themes"
)

// sound loads and checks a theme that is the default one laid over itself, so
// that templates that nothing uses are told too.
func sound(t testing.TB) diag.List {
	t.Helper()
	var none *locale.Localizer
	theme, list, err := themes.Load(themes.Default(), "themes/default", plan.Functions(none, nil))
	if err != nil {
		t.Fatal(err)
	}
	more, err := theme.Check(plan.Views())
	if err != nil {
		t.Fatal(err)
	}
	return append(list, more...)
}

// The default theme is not checked when a site is built: it is checked here.
// A template that plan.Views does not name shows as one that nothing uses.
func TestDefaultThemeIsSound(t *testing.T) {
	list := sound(t)
	var told bytes.Buffer
	if err := diag.Text(&told, list, diag.Style{Lang: "en"}); err != nil {
		t.Fatal(err)
	}
	if len(list) > 0 {
		t.Errorf("the default theme:\n%s", &told)
	}
}

func BenchmarkThemeCheck(b *testing.B) {
	for b.Loop() {
		sound(b)
	}
}
