package diag

import (
	"io"
	"net/url"
	"slices"
)

// SARIF writes problems in the Static Analysis Results Interchange Format
// 2.1.0, with their corrections; version is the program's. A result is new, or
// was there before the change.
func SARIF(w io.Writer, v Verdict, version string, t Target) error {
	s := sarif{Target: t, prints: fingerprints{}, rules: map[string]int{}}
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "fursa", Version: version, Language: base(t.Lang), Rules: []sarifRule{}}},
		Language:   base(t.Lang),
		ColumnKind: "unicodeCodePoints",
		Newlines:   []string{"\r\n", "\n"},
		Results:    []sarifResult{},
	}
	for _, d := range slices.Concat(v.Own, v.Caused, v.Before) {
		if _, known := s.rules[d.Rule]; !known {
			s.rules[d.Rule] = len(s.rules)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{d.Rule})
		}
	}
	for _, d := range v.Blocking() {
		run.Results = append(run.Results, s.result(d, "new"))
	}
	for _, d := range v.Before {
		run.Results = append(run.Results, s.result(d, "unchanged"))
	}
	return encode(w, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool     `json:"tool"`
	Language   string        `json:"language"`
	ColumnKind string        `json:"columnKind"`
	Newlines   []string      `json:"newlineSequences"`
	Results    []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name     string      `json:"name"`
	Version  string      `json:"version"`
	Language string      `json:"language"`
	Rules    []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID string `json:"id"`
}

type sarifResult struct {
	RuleID        string            `json:"ruleId"`
	RuleIndex     int               `json:"ruleIndex"`
	Level         string            `json:"level"`
	BaselineState string            `json:"baselineState"`
	Message       sarifText         `json:"message"`
	Locations     []sarifLocation   `json:"locations,omitempty"`
	Related       []sarifLocation   `json:"relatedLocations,omitempty"`
	Fingerprints  map[string]string `json:"partialFingerprints"`
	Fixes         []sarifFix        `json:"fixes,omitempty"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifLocation struct {
	Physical sarifPlace `json:"physicalLocation"`
	Message  *sarifText `json:"message,omitempty"`
}

type sarifPlace struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

type sarifFix struct {
	Description sarifText     `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion `json:"deletedRegion"`
	Inserted *sarifText  `json:"insertedContent,omitempty"`
}

// sarif makes results.
type sarif struct {
	Target
	prints fingerprints
	rules  map[string]int
}

func (s sarif) result(d Diagnostic, baseline string) sarifResult {
	text := d.Message(s.Lang)
	hint := d.Hint(s.Lang)
	if hint != "" {
		text += "\n" + hint
	}
	r := sarifResult{
		RuleID: d.Rule, RuleIndex: s.rules[d.Rule], Level: d.Severity.String(), BaselineState: baseline,
		Message:      sarifText{text},
		Fingerprints: map[string]string{"fursa/v1": s.prints.of(d, s.Target)},
	}
	if d.Span.Source == nil {
		return r
	}
	r.Locations = []sarifLocation{{Physical: s.place(d.Span)}}
	for i, related := range d.Related {
		if related.Span.Source != nil {
			r.Related = append(r.Related, sarifLocation{s.place(related.Span), &sarifText{d.Note(s.Lang, i)}})
		}
	}
	if d.Fix != nil && d.Span.placed() {
		r.Fixes = []sarifFix{{sarifText{text}, []sarifChange{s.change(d)}}}
	}
	return r
}

func (s sarif) place(at Span) sarifPlace {
	p := sarifPlace{Artifact: s.artifact(at.Source)}
	if at.placed() {
		region := regionOf(at)
		p.Region = &region
	}
	return p
}

func (s sarif) artifact(src *Source) sarifArtifact {
	u := url.URL{Path: s.Path(src.Path)}
	return sarifArtifact{u.String()}
}

func (s sarif) change(d Diagnostic) sarifChange {
	c := sarifChange{Artifact: s.artifact(d.Span.Source)}
	for _, e := range d.Fix {
		r := sarifReplacement{Deleted: regionOf(Span{d.Span.Source, e.Start, e.End})}
		if e.Text != "" {
			r.Inserted = &sarifText{e.Text}
		}
		c.Replacements = append(c.Replacements, r)
	}
	return c
}

// regionOf is a span with the column after its last character.
func regionOf(s Span) sarifRegion {
	from, to := s.Source.Position(s.Start), s.Source.Position(max(s.Start, s.End))
	return sarifRegion{from.Line, from.Column, to.Line, to.Column}
}
