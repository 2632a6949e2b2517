package diag

import (
	"io"
	"slices"
)

// JSONVersion is the version of the format that JSON writes. New members may
// come without a new version.
const JSONVersion = 1

// JSON writes problems for programs, as one object:
//
//	{
//	  "version": 1,
//	  "errors": 1, "warnings": 0, "notes": 0,
//	  "problems": [{
//	    "rule": "document/duplicate-key",
//	    "severity": "error",
//	    "message": "title is given twice",
//	    "hint": "keep one of the two and delete the other",
//	    "path": "content/pages/about.md",
//	    "line": 3, "column": 1, "endLine": 3, "endColumn": 6,
//	    "start": 24, "end": 29,
//	    "related": [{"message": "first given here", "path": …}],
//	    "fix": [{"line": 3, "column": 1, …, "start": 24, "end": 31, "text": ""}],
//	    "before": true
//	  }]
//	}
//
// Severities are error, warning and note. Lines and columns count from 1, a
// column being one Unicode code point and a byte order mark none; endColumn
// is the column after the last. Start and end are byte offsets in the file,
// from 0, the mark counted. A problem without a place in a text has no
// members but path of these, one of no file not even that. Hint, related and
// fix may be absent. A fix is the certain correction: each of its texts is to
// be written over its range of the problem's file. A problem that was there
// before the change that is checked, in a file that the change leaves alone,
// says so; it is not counted. Message and hint are in the language; rule and
// severity are the same in all.
func JSON(w io.Writer, v Verdict, lang string) error {
	l := v.Blocking()
	report := jsonReport{
		Version:  JSONVersion,
		Errors:   l.Count(Error),
		Warnings: l.Count(Warning),
		Notes:    l.Count(Note),
		Problems: make([]jsonProblem, 0, len(l)+len(v.Before)),
	}
	for i, d := range slices.Concat(l, v.Before) {
		p := jsonProblem{
			Rule:      d.Rule,
			Severity:  d.Severity.String(),
			jsonPlace: jsonPlaceOf(d.Message(lang), d.Span),
			Hint:      d.Hint(lang),
			Before:    i >= len(l),
		}
		for i, r := range d.Related {
			p.Related = append(p.Related, jsonPlaceOf(d.Note(lang, i), r.Span))
		}
		for _, e := range d.Fix {
			at := Span{d.Span.Source, e.Start, e.End}
			p.Fix = append(p.Fix, jsonEdit{jsonRangeOf(at), e.Text})
		}
		report.Problems = append(report.Problems, p)
	}
	return encode(w, report)
}

type jsonReport struct {
	Version  int           `json:"version"`
	Errors   int           `json:"errors"`
	Warnings int           `json:"warnings"`
	Notes    int           `json:"notes"`
	Problems []jsonProblem `json:"problems"`
}

type jsonProblem struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	jsonPlace
	Hint    string      `json:"hint,omitempty"`
	Related []jsonPlace `json:"related,omitempty"`
	Fix     []jsonEdit  `json:"fix,omitempty"`
	Before  bool        `json:"before,omitempty"`
}

type jsonEdit struct {
	*jsonRange
	Text string `json:"text"`
}

type jsonPlace struct {
	Message string `json:"message"`
	Path    string `json:"path,omitempty"`
	*jsonRange
}

type jsonRange struct {
	Line      int `json:"line"`
	Column    int `json:"column"`
	EndLine   int `json:"endLine"`
	EndColumn int `json:"endColumn"`
	Start     int `json:"start"`
	End       int `json:"end"`
}

func jsonPlaceOf(message string, s Span) jsonPlace {
	return jsonPlace{Message: message, Path: s.path(), jsonRange: jsonRangeOf(s)}
}

// jsonRangeOf is nil for a span without a text.
func jsonRangeOf(s Span) *jsonRange {
	if s.Source == nil || s.Source.Text == nil {
		return nil
	}
	from, to := s.Source.Position(s.Start), s.Source.Position(s.End)
	return &jsonRange{from.Line, from.Column, to.Line, to.Column, s.Start, s.End}
}
