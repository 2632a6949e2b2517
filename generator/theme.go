package generator

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"fursa/generator/plan"
	"fursa/schema/diag"
	"fursa/schema/locale"
	"fursa/themes"
)

// loadTheme reads the default theme, with the files of a folder over it where
// one is named.
func loadTheme(dir string) (*themes.Theme, diag.List, error) {
	// Templates are parsed before there is a language or an address: names
	// suffice.
	var none *locale.Localizer
	functions := plan.Functions(none, func(string) (string, error) { return "", nil })
	var over fs.FS
	if dir != "" {
		if info, err := os.Stat(dir); err != nil {
			return nil, nil, fmt.Errorf("theme: %w", err)
		} else if !info.IsDir() {
			return nil, nil, fmt.Errorf("theme: %s is no folder", dir)
		}
		over = os.DirFS(dir)
	}
	return themes.Load(over, filepath.ToSlash(dir), functions)
}

// checkedTheme is loadTheme with all that is wrong with the theme. The
// default theme is sound: a test checks it.
func checkedTheme(dir string) (*themes.Theme, diag.List, error) {
	theme, list, err := loadTheme(dir)
	if err != nil || dir == "" {
		return theme, list, err
	}
	more, err := theme.Check(plan.Views())
	list = append(list, more...)
	_, more = theme.StyleSheet("")
	list = append(list, more...)
	_, more = theme.Bundle(nil)
	return theme, append(list, more...), err
}

// explained adds to a list what an error says of the theme: what a template
// does with some values shows only when it has them. Any other error stays
// one.
func explained(theme *themes.Theme, list diag.List, err error) (diag.List, error) {
	if d, ok := theme.Explain(err); ok {
		return append(list, d).Sorted(), nil
	}
	return list, err
}
