package main

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"fursa/feeds/convert"
	"fursa/schema/diag"
)

func (a *app) importCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "import",
		Short: "Turn other people's listings into records",
	}
	c.AddCommand(a.importCSV(), a.importJSON(), a.importIssue(),
		a.importFeed(convert.FormatICS, "CALENDAR", "Turn a calendar into records",
			"Turn the events of an iCalendar file into records; dates of one series become one."),
		a.importFeed(convert.FormatRSS, "FEED", "Turn a feed into records",
			"Turn the items of a feed (RSS, Atom, JSON Feed) into records. Their dates are those\nof RSS's event module; items without them are not used."),
		a.importFeed(convert.FormatJSONLD, "PAGE", "Turn a page's events and courses into records",
			"Turn what a page (HTML) or a JSON-LD file describes as events and courses of\nschema.org into records. Of a folder all pages are read."),
		a.importFeed(convert.FormatRPDE, "PAGES", "Turn an OpenActive feed into records",
			"Turn the pages of an OpenActive feed (RPDE), a file or a folder with all of them,\ninto records."),
		a.importFeed(convert.FormatXCRI, "CATALOGUE", "Turn an XCRI-CAP catalogue into records",
			"Turn the presentations of courses of an XCRI-CAP 1.2 catalogue into records."),
	)
	return c
}

func (a *app) importCSV() *cobra.Command {
	c := &cobra.Command{
		Use:   "csv --map MAP SOURCE",
		Short: "Turn a table into records",
		Long: `Turn the rows of a table (CSV, may be compressed: .gz) into records in the
content folder, by a map that says which column means what. What a row does
not say is left unsaid. Importing again updates what the import made and keeps
what people have edited. - reads standard input.`,
		Example: "  fursa import csv --map examples/chicago/map.toml programs.csv.gz\n  fursa import csv --map map.toml --dry-run --report report.csv table.csv",
	}
	return a.byMap(c, convert.CSV)
}

func (a *app) importJSON() *cobra.Command {
	c := &cobra.Command{
		Use:   "json --map MAP SOURCE",
		Short: "Turn a list in JSON into records",
		Long: `Turn the entries of a JSON file, or of one with an entry on each line (NDJSON),
into records as fursa import csv does. The map's columns are dotted paths in an
entry, such as location.address.postalCode. - reads standard input.`,
		Example: "  fursa import json --map map.toml courses.json",
	}
	return a.byMap(c, func(r io.Reader, m convert.Map) (convert.Result, diag.List, error) {
		return convert.Read(convert.FormatJSON, r, m)
	})
}

// reader makes listings of a source by a map.
type reader func(io.Reader, convert.Map) (convert.Result, diag.List, error)

// importing is what an import does beside reading.
type importing struct {
	mapFile, report string
	dryRun, explain bool
}

func (i *importing) flags(c *cobra.Command) {
	c.Args = cobra.ExactArgs(1)
	c.Flags().StringVar(&i.mapFile, "map", "", "the file that says which column means what")
	c.Flags().StringVar(&i.report, "report", "", "write every row and value that was not used to this file (.csv or .json)")
	c.Flags().BoolVar(&i.dryRun, "dry-run", false, "say what would be done, and write nothing")
	c.Flags().BoolVar(&i.explain, "explain", false, "show what becomes of each part of the first entries, and write nothing")
}

// byMap makes a command of a format that needs a map.
func (a *app) byMap(c *cobra.Command, read reader) *cobra.Command {
	var i importing
	i.flags(c)
	_ = c.MarkFlagRequired("map")
	c.RunE = func(_ *cobra.Command, args []string) error {
		m, err := a.readMap(i.mapFile)
		if err != nil {
			return err
		}
		return a.importFrom(args[0], m, i, read)
	}
	return c
}

// importFrom reads a source, writes what comes of it, and tells.
func (a *app) importFrom(file string, m convert.Map, i importing, read reader) error {
	source, err := a.openSource(file)
	if err != nil {
		return err
	}
	defer source.Close()
	result, list, err := read(source, m)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if err := a.problems(list); err != nil {
		return err
	}
	if list.Failed() {
		return errMistakes
	}
	changes, err := convert.Plan(result, a.content)
	if err != nil {
		return err
	}
	if i.explain {
		i.dryRun = true
		a.explain(result.Explained)
	}
	if !i.dryRun {
		if err := changes.Apply(a.content); err != nil {
			return err
		}
	}
	notes := slices.Concat(result.Report.Unused, result.Report.Notes, changes.Notes)
	if i.report != "" {
		if err := writeReport(i.report, notes, a.language()); err != nil {
			return err
		}
	}
	a.imported(result.Report, changes, i.dryRun)
	return nil
}

func (a *app) readMap(file string) (convert.Map, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return convert.Map{}, err
	}
	m, list := convert.ReadMap(&diag.Source{Path: filepath.ToSlash(file), Text: text})
	if err := a.problems(list); err != nil {
		return m, err
	}
	if list.Failed() {
		return m, errMistakes
	}
	return m, nil
}

// openSource opens a file, all files of a folder, or standard input for -. Reading it undoes gzip.
func (a *app) openSource(file string) (io.ReadCloser, error) {
	if file == "-" {
		return io.NopCloser(a.in), nil
	}
	if at, err := os.Stat(file); err == nil && at.IsDir() {
		return folder(file)
	}
	return os.Open(file)
}

// imported says what an import did, and why rows and values were not used:
// each reason with how often it was met.
func (a *app) imported(r convert.Report, changes convert.Changes, dryRun bool) {
	news := 0
	for _, f := range changes.Files {
		if f.New {
			news++
		}
	}
	would := ""
	if dryRun {
		would = "would be "
	}
	a.say("%d rows: %d listings, %d rows not used", r.Rows, r.Listings, len(r.Unused))
	a.say("%d files %swritten (%d of them new), %d listings as they were", len(changes.Files), would, news, changes.Unchanged)
	for _, part := range []struct {
		title string
		notes []convert.Note
	}{{"rows not used", r.Unused}, {"values left out or changed", r.Notes}, {"left as it is", changes.Notes}} {
		a.reasons(part.title, part.notes)
	}
}

func (a *app) reasons(title string, notes []convert.Note) {
	if len(notes) == 0 {
		return
	}
	type reason struct {
		text  string
		times int
		first convert.Note
	}
	byRule := map[string]*reason{}
	for _, n := range notes {
		key := n.Problem.Rule + " " + n.Column
		if byRule[key] == nil {
			byRule[key] = &reason{first: n}
		}
		byRule[key].times++
	}
	var all []*reason
	for _, r := range byRule {
		r.text = r.first.Problem.Message(a.language())
		all = append(all, r)
	}
	slices.SortFunc(all, func(x, y *reason) int { return cmp.Or(cmp.Compare(y.times, x.times), cmp.Compare(x.text, y.text)) })
	a.say("%s:", title)
	for _, r := range all {
		where := ""
		if r.first.Line > 0 {
			where = fmt.Sprintf(" (first on line %d)", r.first.Line)
		}
		a.say("  %6d × %s%s", r.times, r.text, where)
	}
}

// writeReport writes all notes as a table or, for .json, as a list.
func writeReport(file string, notes []convert.Note, lang string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if strings.HasSuffix(file, ".json") {
		err = reportJSON(f, notes, lang)
	} else {
		err = reportCSV(f, notes, lang)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return f.Close()
}

func reportJSON(w io.Writer, notes []convert.Note, lang string) error {
	type entry struct {
		Line    int    `json:"line,omitempty"`
		ID      string `json:"id,omitempty"`
		Column  string `json:"column,omitempty"`
		Value   string `json:"value,omitempty"`
		Rule    string `json:"rule"`
		Message string `json:"message"`
	}
	entries := make([]entry, len(notes))
	for i, n := range notes {
		entries[i] = entry{n.Line, n.ID, n.Column, n.Value, n.Problem.Rule, n.Problem.Message(lang)}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(entries)
}

func reportCSV(w io.Writer, notes []convert.Note, lang string) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"line", "id", "column", "value", "rule", "message"}); err != nil {
		return err
	}
	for _, n := range notes {
		if err := out.Write([]string{strconv.Itoa(n.Line), n.ID, n.Column, n.Value, n.Problem.Rule, n.Problem.Message(lang)}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
