package main

import (
	"fmt"
	"strings"

	"fursa/feeds/convert"
)

// explain writes what became of the first entries of a source, part by part.
func (a *app) explain(entries []convert.Explanation) {
	for _, x := range entries {
		became, lacking := x.Path, ", which stays empty"
		if x.Unused != nil {
			lacking = ""
			became = "not used: " + x.Unused.Problem.Message(a.language())
		}
		fmt.Fprintf(a.out, "%d: %s → %s\n", x.Line, short(x.ID), became)
		for _, p := range x.Parts {
			if p.Text == "" && len(p.Notes) == 0 {
				continue
			}
			fmt.Fprintf(a.out, "  %s: %s\n", p.Name, short(p.Text))
			a.explainUses(p.Uses, lacking)
			a.explainNotes("    ", p.Notes)
			if len(p.Uses) == 0 && len(p.Notes) == 0 {
				fmt.Fprintln(a.out, "    not used: nothing asks for it")
			}
		}
		if len(x.Others) > 0 {
			fmt.Fprintln(a.out, "  said by the map, or following from the rest")
			a.explainUses(x.Others, lacking)
		}
		a.explainNotes("  ", x.Notes)
		fmt.Fprintln(a.out)
	}
}

// explainUses writes fields with their values, or what is to be said of those
// that have none.
func (a *app) explainUses(uses []convert.Use, lacking string) {
	for _, u := range uses {
		if u.Value == "" {
			fmt.Fprintf(a.out, "    → %s%s\n", u.Field, lacking)
			continue
		}
		fmt.Fprintf(a.out, "    → %s = %s\n", u.Field, short(u.Value))
	}
}

func (a *app) explainNotes(indent string, notes []convert.Note) {
	for _, n := range notes {
		fmt.Fprintf(a.out, "%s! %s\n", indent, n.Problem.Message(a.language()))
	}
}

// short is a text on one line, cut where it is long.
func short(text string) string {
	const most = 76
	line := []rune(strings.Join(strings.Fields(text), " "))
	if len(line) <= most {
		return string(line)
	}
	return string(line[:most-1]) + "…"
}
