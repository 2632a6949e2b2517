package main

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
)

// report prints what was measured, as Markdown.
type report struct {
	w             *workspace
	cases         []benchCase
	samples       map[string][]sample
	before, after string // load averages
	pictures      string // what is said of preview pictures
}

func (r report) write(out io.Writer) {
	r.head(out)
	r.table(out)
	r.ratios(out)
	if r.pictures != "" {
		fmt.Fprintf(out, "%s\n\n", r.pictures)
	}
	r.sites(out)
}

func (r report) head(out io.Writer) {
	source := "the city of Chicago's table"
	if r.w.isGenerated {
		source = "listings generated from a seed, because the city's table is not here"
	}
	fmt.Fprintf(out, "%d rows of %s, as of %s; %d runs in turn after one to warm up.\n\n", r.w.listings, source, today, len(r.samples[r.cases[0].name]))
	fmt.Fprintf(out, "- machine: %s/%s, %d processors; load average %s before, %s after\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), r.before, r.after)
	fmt.Fprintf(out, "- Fursa: %s, %s\n", r.w.version("git", "-C", r.w.repository, "describe", "--always", "--dirty"), runtime.Version())
	fmt.Fprintf(out, "- Hugo: %s\n", cmp.Or(r.w.hugo, "not run"))
	fmt.Fprintf(out, "- cp: %s\n", r.w.version("cp", "--version"))
	fmt.Fprintln(out, "- commands:")
	for _, c := range r.cases {
		line := strings.ReplaceAll(strings.Join(c.command, " "), r.w.dir, ".")
		if c.name == "hugo" {
			line = "hugo" + strings.TrimPrefix(line, c.command[0])
		}
		fmt.Fprintf(out, "  - %s: `%s`\n", c.name, line)
	}
	fmt.Fprintln(out)
}

func (r report) table(out io.Writer) {
	fmt.Fprintln(out, "| case | | wall, s | spread | CPU, s | peak, MiB | files | of them written | MB | wall ÷ cp | wall ÷ Hugo |")
	fmt.Fprintln(out, "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, c := range r.cases {
		runs := r.samples[c.name]
		wall := spread(runs, wallSeconds)
		fmt.Fprintf(out, "| %s | %s | %.2f | %.2f–%.2f | %.2f | %.0f |", c.name, c.what,
			wall.median, wall.least, wall.most, spread(runs, cpuSeconds).median, spread(runs, peakMiB).median)
		if c.output == "" {
			fmt.Fprintln(out, " – | – | – | – | – |")
			continue
		}
		// Every run makes the same files.
		t := runs[len(runs)-1].tree
		fmt.Fprintf(out, " %d | %d | %.1f | %s | %s |\n", t.files, t.written, float64(t.bytes)/1e6,
			r.ratio(c.name, "cp", wallSeconds).short(), r.ratio(c.name, "hugo", wallSeconds).short())
	}
	fmt.Fprintln(out)
}

// wanted are the ratios that Fursa is built to reach, in wall time and, where
// peak is set, in memory; 0 is no aim.
var wanted = []struct {
	a, b       string
	wall, peak float64
}{
	{"full", "cp", 2, 0},
	{"full", "hugo", 1. / 5, 1. / 3},
	{"same", "full", 1. / 10, 0},
	{"one", "full", 0, 0},
	{"next", "full", 0, 0},
	{"large", "small", 11, 0},
	{"two", "full", 2.1, 0},
	{"validate-one", "validate", 1. / 10, 0},
}

func (r report) ratios(out io.Writer) {
	fmt.Fprintln(out, "| ratio | wall | spread | wanted at most | CPU | peak | wanted at most |")
	fmt.Fprintln(out, "|---|--:|--:|--:|--:|--:|--:|")
	for _, row := range wanted {
		wall := r.ratio(row.a, row.b, wallSeconds)
		if wall.n == 0 {
			continue
		}
		fmt.Fprintf(out, "| %s ÷ %s | %.3f | %.3f–%.3f | %s | %s | %s | %s |\n", row.a, row.b, wall.median, wall.least, wall.most,
			aim(row.wall), r.ratio(row.a, row.b, cpuSeconds).short(), r.ratio(row.a, row.b, peakMiB).short(), aim(row.peak))
	}
	fmt.Fprintln(out)
}

func aim(x float64) string {
	if x == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3g", x)
}

// numbers are the middle and the ends of n measured values.
type numbers struct {
	median, least, most float64
	n                   int
}

func (s numbers) short() string {
	if s.n == 0 || s.median == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3g", s.median)
}

func wallSeconds(s sample) float64 { return s.Wall.Seconds() }
func cpuSeconds(s sample) float64  { return s.CPU.Seconds() }
func peakMiB(s sample) float64     { return float64(s.Peak) / (1 << 20) }

func spread(runs []sample, of func(sample) float64) numbers {
	var values []float64
	for _, s := range runs {
		values = append(values, of(s))
	}
	return numbersOf(values)
}

func numbersOf(values []float64) numbers {
	if len(values) == 0 {
		return numbers{}
	}
	slices.Sort(values)
	n := len(values)
	return numbers{(values[(n-1)/2] + values[n/2]) / 2, values[0], values[n-1], n}
}

// ratio compares two cases run by run, so that each pair met the same load.
func (r report) ratio(a, b string, of func(sample) float64) numbers {
	var values []float64
	for i, s := range r.samples[a] {
		if i < len(r.samples[b]) && a != b {
			if below := of(r.samples[b][i]); below > 0 {
				values = append(values, of(s)/below)
			}
		}
	}
	return numbersOf(values)
}
