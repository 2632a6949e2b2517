package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// first measures how long the first ten results of a query take, with nothing
// in the cache, and what they cost. Engines take turns.
func (b *bench) first(c *corpus) error {
	all := queries(c, b.seed)
	wanted := map[string][]string{} // titles, by engine and query
	for _, e := range c.engines {
		for _, q := range all {
			_, titles, err := b.visit(c, e, q, unthrottled, pasted, nil)
			if err != nil {
				fmt.Fprintln(b.log, err)
			}
			wanted[e.name+q.text] = titles
			fmt.Fprintf(b.log, "%s: %s «%s» (%s): %d results: %.200s\n", c.name, e.name, q.text, q.kind, len(titles), short(titles))
		}
	}
	if err := b.costs(c, all, wanted); err != nil {
		return err
	}
	return b.times(c, all, wanted)
}

// costs prints what each query fetches when it is pasted, so that nothing is
// asked for on the way to it.
func (b *bench) costs(c *corpus, all []query, wanted map[string][]string) error {
	fmt.Fprintf(b.out, "\n### %s: what the first ten results cost\n\n", c.name)
	fmt.Fprintf(b.out, "%d listings. Pasted, %s, one visit each, nothing in the cache. KB of 1,000 bytes over the wire with headers; «engine» is without the document, styles and icons; rounds are requests that waited for one another, in all and from the first letter on.\n\n", c.size(), fast4G)
	fmt.Fprint(b.out, "| query | kind |")
	for _, e := range c.engines {
		fmt.Fprintf(b.out, " %s: results | engine, KB | all, KB | requests | rounds |", e.name)
	}
	fmt.Fprintf(b.out, "\n|---|---|%s\n", strings.Repeat("--:|--:|--:|--:|--:|", len(c.engines)))
	totals, offline := map[string][]float64{}, int64(0)
	for i, q := range all {
		fmt.Fprintf(b.out, "| %s | %s |", q.text, q.kind)
		for _, e := range c.engines {
			titles := wanted[e.name+q.text]
			if titles == nil || !e.small && i > 0 {
				fmt.Fprintf(b.out, " %d | – | – | – | – |", len(titles))
				continue
			}
			v, _, err := b.visit(c, e, q, fast4G, pasted, titles)
			if err != nil {
				fmt.Fprintf(b.log, "%v\n", err)
				fmt.Fprint(b.out, " failed | – | – | – | – |")
				continue
			}
			fmt.Fprintf(b.log, "%s: %s «%s», from the first letter; on screen after %.0f ms:\n  %s\n", c.name, e.name, q.text, v.toResults.Seconds()*1000, strings.Join(v.log, "\n  "))
			offline = max(offline, v.offline)
			totals[e.name] = append(totals[e.name], float64(v.engine.bytes)/1000)
			fmt.Fprintf(b.out, " %d | %s | %s | %d | %d, %d |", len(titles), kilobytes(v.engine.bytes), kilobytes(v.all.bytes), v.all.requests, v.rounds, v.waiting)
		}
		fmt.Fprintln(b.out)
	}
	fmt.Fprint(b.out, "| median | |")
	for _, e := range c.engines {
		fmt.Fprintf(b.out, " | %s | | | |", spread(totals[e.name], 1))
	}
	fmt.Fprintf(b.out, "\n\nBesides, Fursa's service worker fetched at most %s KB for reading offline.\n", kilobytes(offline))
	return b.facets(c, all[1])
}

// facets prints what counts of one facet fetch after the results.
func (b *bench) facets(c *corpus, q query) error {
	fmt.Fprintln(b.out)
	for _, e := range c.engines {
		if e.facet == nil {
			continue
		}
		bytes, requests, terms, err := b.facetCost(c, e, q)
		if err != nil {
			fmt.Fprintf(b.log, "%s: %v\n", e.name, err)
			continue
		}
		fmt.Fprintf(b.out, "Counts of one facet (subjects, %d terms) after the results of «%s»: %s %s KB in %d requests.\n\n", terms, q.text, e.name, kilobytes(bytes), requests)
	}
	return nil
}

func (b *bench) facetCost(c *corpus, e engine, q query) (bytes int64, requests, terms int, err error) {
	t, err := b.chrome.open(c.host, c.now, unthrottled, e.results)
	if err != nil {
		return 0, 0, 0, err
	}
	defer t.close()
	if err := t.load(c.host.root + e.page(q.language)); err != nil {
		return 0, 0, 0, err
	}
	if err := t.evaluate(fmt.Sprintf("(%s)(%q)", e.ask(q.language), q.text), nil); err != nil {
		return 0, 0, 0, err
	}
	time.Sleep(300 * time.Millisecond)
	before, _ := t.taken()
	if err := t.evaluate(fmt.Sprintf("(%s)(%q)", e.facet(q.language), q.text), &terms); err != nil {
		return 0, 0, 0, err
	}
	time.Sleep(300 * time.Millisecond)
	after, _ := t.taken()
	for _, r := range after[len(before):] {
		if !r.offline {
			bytes += r.bytes
			requests++
		}
	}
	return bytes, requests, terms, nil
}

// timed are the kinds of queries that are timed.
var timed = []string{"one word, in some", "two words", "misspelt"}

// times prints how long results take. What fetches its whole index first is
// timed with one query, since all take the same.
func (b *bench) times(c *corpus, all []query, wanted map[string][]string) error {
	fmt.Fprintf(b.out, "\n### %s: from the first letter to ten results on screen\n\n", c.name)
	fmt.Fprintf(b.out, "Seconds: median (least–most) of %d visits, engines in turn, nothing in the cache. The box is focused when the page has loaded, the first letter comes %d ms later; typed is one letter each %d ms. Titles are of the whole query; for typed also the time from its last letter.\n\n",
		b.runs, focusPause.Milliseconds(), keyPause.Milliseconds())
	fmt.Fprintln(b.out, "| network | way | query | engine | from the first letter | from the last | ÷ Fursa |")
	fmt.Fprintln(b.out, "|---|---|---|---|--:|--:|--:|")
	for _, n := range []conditions{slow4G, fast4G} {
		for _, w := range []way{pasted, typed} {
			done := map[string]bool{}
			for i, q := range all {
				if !slices.Contains(timed, q.kind) || done[q.kind] {
					continue
				}
				done[q.kind] = true
				b.timesOf(c, q, n, w, wanted, i == 1 && w == pasted)
			}
		}
	}
	return nil
}

// timesOf prints the times of a query; large engines are left out unless asked for.
func (b *bench) timesOf(c *corpus, q query, n conditions, w way, wanted map[string][]string, large bool) {
	first, last := map[string][]time.Duration{}, map[string][]time.Duration{}
	for run := range b.runs {
		for _, e := range c.engines {
			titles := wanted[e.name+q.text]
			if titles == nil || !e.small && (!large || run > 0) {
				continue
			}
			v, _, err := b.visit(c, e, q, n, w, titles)
			if err != nil {
				fmt.Fprintf(b.log, "%v\n", err)
				continue
			}
			fmt.Fprintf(b.log, "%s: %s, %s, «%s», %s: %.2f s\n", c.name, n.name, w, q.text, e.name, v.toResults.Seconds())
			first[e.name], last[e.name] = append(first[e.name], v.toResults), append(last[e.name], v.afterLast)
		}
	}
	own := median(seconds(first["Fursa"]))
	for _, e := range c.engines {
		if len(first[e.name]) == 0 {
			if e.small {
				fmt.Fprintf(b.out, "| %s | %s | %s | %s | finds nothing | – | – |\n", n.name, w, q.text, e.name)
			}
			continue
		}
		ratio := "–"
		if own > 0 {
			ratio = fmt.Sprintf("%.2f", median(seconds(first[e.name]))/own)
		}
		fmt.Fprintf(b.out, "| %s | %s | %s | %s | %s | %s | %s |\n", n.name, w, q.text, e.name,
			spread(seconds(first[e.name]), 2), spread(seconds(last[e.name]), 2), ratio)
	}
}
