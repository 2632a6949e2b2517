package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
)

// GitLab writes problems as a report of GitLab's Code Quality.
func GitLab(w io.Writer, l List, t Target) error {
	report := make([]gitLabProblem, 0, len(l))
	prints := fingerprints{}
	for _, d := range l {
		p := gitLabProblem{
			Description: d.Message(t.Lang),
			CheckName:   d.Rule,
			Fingerprint: prints.of(d, t),
			Severity:    [...]string{"major", "minor", "info"}[d.Severity],
		}
		if hint := d.Hint(t.Lang); hint != "" {
			p.Description += ": " + hint
		}
		if d.Span.Source != nil {
			p.Location.Path = t.Path(d.Span.Source.Path)
		}
		p.Location.Lines.Begin = 1
		if d.Span.placed() {
			p.Location.Lines.Begin = d.Span.Source.Position(d.Span.Start).Line
		}
		report = append(report, p)
	}
	return encode(w, report)
}

type gitLabProblem struct {
	Description string `json:"description"`
	CheckName   string `json:"check_name"`
	Fingerprint string `json:"fingerprint"`
	Severity    string `json:"severity"`
	Location    struct {
		Path  string `json:"path"`
		Lines struct {
			Begin int `json:"begin"`
		} `json:"lines"`
	} `json:"location"`
}

// fingerprints tell problems apart from one run to the next, wherever in a
// file they have moved to: it counts those that are the same in all else.
type fingerprints map[string]int

func (f fingerprints) of(d Diagnostic, t Target) string {
	path := ""
	if d.Span.Source != nil {
		path = t.Path(d.Span.Source.Path)
	}
	same := fmt.Sprintf("%q %q %q", path, d.Rule, d.Args)
	f[same]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", same, f[same]))
	return hex.EncodeToString(sum[:16])
}

// encode writes a value as JSON for programs, and for people who look.
func encode(w io.Writer, value any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(value)
}
