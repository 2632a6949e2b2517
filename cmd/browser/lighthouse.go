package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

// lighthouseProgram is where .ci/tools puts Lighthouse.
var lighthouseProgram = filepath.Join(".tools", "node_modules", ".bin", "lighthouse")

// categories are what Lighthouse judges, of 100.
var categories = []string{"performance", "accessibility", "best-practices", "seo"}

// judged are the kinds of pages that are judged where none are named.
var judged = []string{"home", "list", "listing-picture"}

// verdict is what is read of Lighthouse's report.
type verdict struct {
	Categories map[string]struct {
		Score     float64 `json:"score"` // of 1
		AuditRefs []struct {
			ID     string  `json:"id"`
			Weight float64 `json:"weight"`
		} `json:"auditRefs"`
	} `json:"categories"`
	Audits map[string]struct {
		Title string   `json:"title"`
		Score *float64 `json:"score"` // null where it does not apply
	} `json:"audits"`
}

// lighthouse has pages judged as on a telephone and prints the medians, and
// what keeps a page from the best. It judges nothing itself.
func lighthouse(ctx context.Context, program string, o options, out io.Writer) error {
	if len(o.kinds) == len(kinds) {
		o.kinds, _ = kindsNamed(judged) // they are of the table: a test sees to it
	}
	s, err := serve(ctx, o.content, o.theme, "/")
	if err != nil {
		return err
	}
	defer s.close()
	table := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintf(table, "page\tlanguage\t%s\n", strings.Join(categories, "\t"))
	var complaints []string
	for _, k := range o.kinds {
		for _, l := range languages {
			var runs []verdict
			for range o.runs {
				v, err := ask(ctx, program, s.url(k, l))
				if err != nil {
					return fmt.Errorf("%s, %s: %w", k.name, l.code, err)
				}
				runs = append(runs, v)
			}
			fmt.Fprintf(table, "%s\t%s", k.name, l.code)
			for _, c := range categories {
				fmt.Fprintf(table, "\t%s", scores(runs, c))
			}
			fmt.Fprintln(table)
			for _, c := range failed(runs[0]) {
				complaints = append(complaints, fmt.Sprintf("%s, %s: %s", k.name, l.code, c))
			}
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, c := range complaints {
		fmt.Fprintln(out, c)
	}
	return nil
}

// ask runs Lighthouse once, with its own settings, which are a telephone's.
func ask(ctx context.Context, program, address string) (verdict, error) {
	var v verdict
	c := exec.CommandContext(ctx, lighthouseProgram, address, "--quiet", "--output=json", //nolint:gosec // our own tool and page
		"--only-categories="+strings.Join(categories, ","),
		"--chrome-flags=--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"+
			" --disable-component-update --disable-sync --host-resolver-rules='"+noOutside+"'")
	c.Env = append(os.Environ(), "CHROME_PATH="+program)
	var said strings.Builder
	c.Stderr = &said
	report, err := c.Output()
	if err != nil {
		return v, fmt.Errorf("lighthouse: %w\n%s", err, said.String())
	}
	return v, json.Unmarshal(report, &v)
}

// scores are the median of a category over some runs and, where they differ,
// the worst and the best.
func scores(runs []verdict, category string) string {
	var all []int
	for _, v := range runs {
		all = append(all, int(v.Categories[category].Score*100+0.5))
	}
	slices.Sort(all)
	median, worst, best := all[len(all)/2], all[0], all[len(all)-1]
	if worst == best {
		return fmt.Sprint(median)
	}
	return fmt.Sprintf("%d (%d–%d)", median, worst, best)
}

// failed are the audits that cost a page points, by category.
func failed(v verdict) []string {
	var all []string
	for _, name := range categories {
		for _, ref := range v.Categories[name].AuditRefs {
			audit := v.Audits[ref.ID]
			if ref.Weight > 0 && audit.Score != nil && *audit.Score < 0.9 {
				all = append(all, fmt.Sprintf("%s: %s (%s, %.0f)", name, audit.Title, ref.ID, *audit.Score*100))
			}
		}
	}
	return all
}
