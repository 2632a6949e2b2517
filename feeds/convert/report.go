package convert

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// WriteText says in a few lines what became of the rows and what is to be
// written, the reasons in a language: each row that was not used, and each
// file that people keep, by itself; parts of rows counted by reason.
func WriteText(w io.Writer, r Report, c Changes, lang string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d rows: %d listings, %d not used\n", r.Rows, r.Listings, len(r.Unused))
	added := 0
	for _, f := range c.Files {
		if f.New {
			added++
		}
	}
	fmt.Fprintf(&b, "%d files: %d new, %d changed; %d listings unchanged\n", len(c.Files), added, len(c.Files)-added, c.Unchanged)
	section(&b, "not used", lines(r.Unused, lang))
	section(&b, "left alone", lines(c.Notes, lang))
	section(&b, "parts of rows", counts(r.Notes, lang))
	_, err := io.WriteString(w, b.String())
	return err
}

func section(b *strings.Builder, name string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s:\n", name)
	for _, line := range lines {
		b.WriteString("  " + line + "\n")
	}
}

// lines is each note by itself.
func lines(notes []Note, lang string) []string {
	out := make([]string, len(notes))
	for i, n := range notes {
		var at []string
		if n.Line > 0 {
			at = append(at, fmt.Sprintf("line %d", n.Line))
		}
		if n.ID != "" {
			at = append(at, "id "+n.ID)
		}
		if len(at) > 0 {
			out[i] = strings.Join(at, ", ") + ": "
		}
		out[i] += n.Problem.Message(lang)
	}
	return out
}

// counts is how many notes there are of each kind, the commonest first.
func counts(notes []Note, lang string) []string {
	type kind struct{ rule, column string }
	n, example := map[kind]int{}, map[kind]Note{}
	var kinds []kind
	for _, note := range notes {
		k := kind{note.Problem.Rule, note.Column}
		if n[k]++; n[k] == 1 {
			kinds, example[k] = append(kinds, k), note
		}
	}
	slices.SortStableFunc(kinds, func(a, b kind) int { return cmp.Compare(n[b], n[a]) })
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = fmt.Sprintf("%6d  ", n[k])
		if k.column != "" {
			out[i] += k.column + ": "
		}
		first := example[k]
		out[i] += fmt.Sprintf("%s (first on line %d)", first.Problem.Message(lang), first.Line)
	}
	return out
}

// jsonReport is the whole report as others may read it.
type jsonReport struct {
	Rows      int        `json:"rows"`
	Listings  int        `json:"listings"`
	New       []string   `json:"new"`
	Changed   []string   `json:"changed"`
	Unchanged int        `json:"unchanged"`
	Unused    []jsonNote `json:"unused"`
	Kept      []jsonNote `json:"kept"`
	Notes     []jsonNote `json:"notes"`
}

type jsonNote struct {
	Line   int    `json:"line,omitempty"`
	ID     string `json:"id,omitempty"`
	Column string `json:"column,omitempty"`
	Value  string `json:"value,omitempty"`
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
	Hint   string `json:"hint"`
}

// WriteJSON writes everything, note by note, the reasons in a language.
func WriteJSON(w io.Writer, r Report, c Changes, lang string) error {
	out := jsonReport{
		Rows: r.Rows, Listings: r.Listings, New: []string{}, Changed: []string{}, Unchanged: c.Unchanged,
		Unused: jsonNotes(r.Unused, lang), Kept: jsonNotes(c.Notes, lang), Notes: jsonNotes(r.Notes, lang),
	}
	for _, f := range c.Files {
		if f.New {
			out.New = append(out.New, f.Path)
		} else {
			out.Changed = append(out.Changed, f.Path)
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	return e.Encode(out)
}

func jsonNotes(notes []Note, lang string) []jsonNote {
	out := make([]jsonNote, len(notes))
	for i, n := range notes {
		out[i] = jsonNote{n.Line, n.ID, n.Column, n.Value, n.Problem.Rule, n.Problem.Message(lang), n.Problem.Hint(lang)}
	}
	return out
}
