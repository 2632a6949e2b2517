package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"fursa/bench/process"
)

// making prints what making the index takes: Fursa's part of a build by
// itself and within the whole build, and Pagefind over the built pages.
func (b *bench) making(c *corpus) error {
	program := filepath.Join(b.dir, "indexing")
	compile := exec.CommandContext(b.ctx, "go", "build", "-o", program, "./search/indexing")
	compile.Dir = filepath.Join(b.repository, "bench")
	if text, err := compile.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", compile, err, text)
	}
	var m makings
	for range b.runs {
		if err := b.makeOnce(c, program, &m); err != nil {
			return err
		}
	}
	fmt.Fprintf(b.out, "\n### %s: making the index\n\n", c.name)
	fmt.Fprintf(b.out, "Median (least–most) of %d runs in turn, each into an absent folder. Fursa's index alone: the index of a planned site made again in one process, words and facets; its processor time is that of a profile of the build, in which cards are too. Its memory is what the heap held at most beyond the planned site; that of the others the largest resident set.\n\n", b.runs)
	fmt.Fprintln(b.out, "| | wall, s | CPU, s | peak, MiB |\n|---|--:|--:|--:|")
	fmt.Fprintf(b.out, "| Fursa, the index alone | %s | %s | %s |\n", spread(m.alone.wall, 2), spread(m.alone.cpu, 2), spread(m.alone.peak, 0))
	fmt.Fprintf(b.out, "| Fursa, the whole build | %s | %s | %s |\n", spread(m.whole.wall, 2), spread(m.whole.cpu, 2), spread(m.whole.peak, 0))
	if len(m.pagefind.wall) == 0 {
		fmt.Fprintf(b.out, "\nThe index is %.3f of the build's CPU.\n", median(m.share))
		return nil
	}
	fmt.Fprintf(b.out, "| Pagefind | %s | %s | %s |\n", spread(m.pagefind.wall, 2), spread(m.pagefind.cpu, 2), spread(m.pagefind.peak, 0))
	fmt.Fprintf(b.out, "\nThe index is %.3f of the build's CPU; of Pagefind's wall time %.3f, CPU %.3f, memory %.3f.\n", median(m.share),
		median(m.alone.wall)/median(m.pagefind.wall), median(m.alone.cpu)/median(m.pagefind.cpu), median(m.alone.peak)/median(m.pagefind.peak))
	return nil
}

// makings is what was measured, run by run.
type makings struct {
	alone, whole, pagefind uses
	share                  []float64
}

// uses are seconds and MiB.
type uses struct{ wall, cpu, peak []float64 }

func (u *uses) add(p process.Use) {
	u.wall, u.cpu = append(u.wall, p.Wall.Seconds()), append(u.cpu, p.CPU.Seconds())
	u.peak = append(u.peak, float64(p.Peak)/(1<<20))
}

func (b *bench) makeOnce(c *corpus, program string, m *makings) error {
	content, output, profile := c.path("content"), c.path("built"), c.path("profile")
	defer os.RemoveAll(output)
	whole, err := process.Run(b.ctx, b.dir, []string{program, "build", content, c.now, output, profile})
	if err != nil {
		return err
	}
	m.whole.add(whole)
	share, err := b.share(profile)
	if err != nil {
		return err
	}
	m.share = append(m.share, share)
	m.alone.cpu = append(m.alone.cpu, share*whole.CPU.Seconds())
	text, err := exec.CommandContext(b.ctx, program, "index", content, c.now).Output()
	if err != nil {
		return err
	}
	var alone struct{ Seconds, Bytes float64 }
	if err := json.Unmarshal(text, &alone); err != nil {
		return err
	}
	m.alone.wall, m.alone.peak = append(m.alone.wall, alone.Seconds), append(m.alone.peak, alone.Bytes/(1<<20))
	fmt.Fprintf(b.log, "%s: the index alone %.2f s\n", c.name, alone.Seconds)
	if c.size() > b.pagefindUpTo {
		return nil
	}
	if !made(c.path("pages")) {
		if err := b.writePages(c); err != nil {
			return err
		}
	}
	defer os.RemoveAll(c.path("pagefind.again"))
	pagefind, err := process.Run(b.ctx, b.dir, pagefindCommand(b.rivals, c.path("pages"), c.path("pagefind.again")))
	if err == nil {
		fmt.Fprintf(b.log, "%s: Pagefind %.2f s\n", c.name, pagefind.Wall.Seconds())
		m.pagefind.add(pagefind)
	}
	return err
}

var accounted = regexp.MustCompile(`Showing nodes accounting for .*, ([0-9.]+)% of`)

// share is the part of a profile that is spent on the search index.
func (b *bench) share(profile string) (float64, error) {
	c := exec.CommandContext(b.ctx, "go", "tool", "pprof", "-top", "-nodefraction=0", "-edgefraction=0", `-focus=generator/search\.|edition\)\.addIndex`, profile)
	c.Env = append(os.Environ(), "PPROF_TMPDIR="+os.TempDir())
	text, err := c.Output()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", c, err)
	}
	found := accounted.FindSubmatch(text)
	if found == nil {
		return 0, fmt.Errorf("%s says nothing of a share:\n%.300s", c, text)
	}
	percent, err := strconv.ParseFloat(string(found[1]), 64)
	return percent / 100, err
}
