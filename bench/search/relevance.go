package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// answer of an engine to a query.
type found struct {
	Count  int
	Titles []string
}

// askAll asks an engine many queries in its own page, some at a time.
func (b *bench) askAll(c *corpus, e engine, language string, all []string, titles bool) ([]found, error) {
	t, err := b.chrome.open(c.host, c.now, unthrottled, e.results)
	if err != nil {
		return nil, err
	}
	defer t.close()
	if err := t.load(c.host.root + e.page(language)); err != nil {
		return nil, err
	}
	var answers []found
	for some := range slices.Chunk(all, 20) {
		text, err := json.Marshal(some)
		if err != nil {
			return nil, err
		}
		var got []found
		err = t.evaluate(fmt.Sprintf("(async () => { const ask = %s; const all = []; for (const q of %s) all.push(await ask(q, %t)); return all })()",
			strings.ReplaceAll(e.ask(language), "ask", "globalThis.ask"), text, titles), &got)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.name, err)
		}
		answers = append(answers, got...)
	}
	return answers, nil
}

// relevance prints where the listings of known titles stand among the results.
func (b *bench) relevance(c *corpus) error {
	const n = 300
	fmt.Fprintf(b.out, "\n### %s: listings that somebody knows of\n\n", c.name)
	fmt.Fprintf(b.out, "Queries made of up to %d distinct titles with seed %d; any listing of the title is right. MRR: mean of one divided by its place among the first ten, 0 below; @5: how many are among the first five.\n\n", n, b.seed)
	fmt.Fprint(b.out, "| set | queries |")
	for _, e := range c.engines {
		fmt.Fprintf(b.out, " %s: MRR | @5 |", e.name)
	}
	fmt.Fprintf(b.out, "\n|---|--:|%s\n", strings.Repeat("--:|--:|", len(c.engines)))
	for _, s := range judgedSets(c, b.seed, n) {
		fmt.Fprintf(b.out, "| %s | %d |", s.name, len(s.questions))
		for _, e := range c.engines {
			mrr, five, err := b.judge(c, e, s)
			if err != nil {
				fmt.Fprintf(b.log, "%v\n", err)
				fmt.Fprint(b.out, " failed | – |")
				continue
			}
			fmt.Fprintf(b.out, " %.3f | %.3f |", mrr, five)
		}
		fmt.Fprintln(b.out)
	}
	return b.prefixes(c)
}

func (b *bench) judge(c *corpus, e engine, s set) (mrr, five float64, err error) {
	var all []string
	for _, q := range s.questions {
		all = append(all, q.query)
	}
	answers, err := b.askAll(c, e, s.questions[0].language, all, true)
	if err != nil {
		return 0, 0, err
	}
	for i, q := range s.questions {
		place := slices.IndexFunc(answers[i].Titles, func(title string) bool {
			return strings.Join(strings.Fields(title), " ") == strings.Join(strings.Fields(q.title), " ")
		})
		if place >= 0 {
			mrr += 1 / float64(place+1)
		}
		if place >= 0 && place < 5 {
			five++
		} else {
			fmt.Fprintf(b.log, "%s: %s, %s: «%s» for «%s»: place %d of %d; %.200s\n", c.name, s.name, e.name, q.query, q.title, place+1, answers[i].Count, short(answers[i].Titles))
		}
	}
	n := float64(len(s.questions))
	return mrr / n, five / n, nil
}

// prefixes prints how many of the listings that a plain scan finds come with
// the beginning of a word.
func (b *bench) prefixes(c *corpus) error {
	const n = 200
	language := c.languages[0]
	counts := prefixSample(c.listings[language], b.seed, n)
	all := slices.Sorted(maps.Keys(counts))
	fmt.Fprintf(b.out, "\n%d beginnings of words of listings, two letters or more, beside a plain scan of all their words. Complete: queries that bring at least as many listings as the scan; of all: what they bring of what the scans found, more left out.\n\n", n)
	fmt.Fprintln(b.out, "| engine | complete | of all |\n|---|--:|--:|")
	for _, e := range c.engines {
		answers, err := b.askAll(c, e, language, all, false)
		if err != nil {
			fmt.Fprintf(b.log, "%v\n", err)
			continue
		}
		complete, got, of := 0, 0, 0
		for i, prefix := range all {
			want := counts[prefix]
			if answers[i].Count >= want {
				complete++
			} else {
				fmt.Fprintf(b.log, "%s: «%s»: %s has %d of %d\n", c.name, prefix, e.name, answers[i].Count, want)
			}
			got, of = got+min(want, answers[i].Count), of+want
		}
		fmt.Fprintf(b.out, "| %s | %d of %d | %.3f |\n", e.name, complete, n, float64(got)/float64(of))
	}
	return nil
}
