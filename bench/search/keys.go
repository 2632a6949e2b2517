package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

const (
	slowdown   = 4 // of the processor
	keyQueries = 30
	// keyGap is between measured keystrokes: longer than anybody's pause, so
	// that each is measured by itself.
	keyGap = 500 * time.Millisecond
)

// keys prints how long a keystroke takes whose files have been fetched before.
func (b *bench) keys(c *corpus) error {
	all := keyTexts(c, b.seed)
	fmt.Fprintf(b.out, "\n### %s: a keystroke with the files at hand\n\n", c.name)
	fmt.Fprintf(b.out, "%d queries of two words typed with %d ms between letters, processor slowed %d times, network not, after a pass that typed them all the same way; requests that there still were are counted, from the cache too. To results: from the input event's time until changed results are in the document, of the keystrokes that change them; at work: how long the page's main thread had tasks after a keystroke, of all. In milliseconds.\n\n", len(all), keyGap.Milliseconds(), slowdown)
	fmt.Fprintln(b.out, "| engine | keystrokes | of them with other results | requests | to results: p50 | p95 | p99 | at work: p50 | p95 | p99 |")
	fmt.Fprintln(b.out, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, e := range c.engines {
		k, err := b.keysOf(c, e, all)
		if err != nil {
			fmt.Fprintf(b.log, "%s: %v\n", e.name, err)
			continue
		}
		fmt.Fprintf(b.out, "| %s | %d | %d | %d |", e.name, len(k.work), len(k.results), k.requests)
		for _, values := range [][]float64{k.results, k.work} {
			for _, share := range []float64{0.5, 0.95, 0.99} {
				fmt.Fprintf(b.out, " %.1f |", quantile(values, share))
			}
		}
		fmt.Fprintln(b.out)
	}
	return nil
}

// keyTexts are beginnings of titles, in the first language of the pages.
func keyTexts(c *corpus, seed uint64) []string {
	r := rand.New(rand.NewPCG(seed, 6)) //nolint:gosec // the same at every run
	var all []string
	for _, title := range sample(r, titles(c.listings[c.languages[0]], c.languages[0]), keyQueries) {
		words := strings.Fields(strings.ToLower(title))
		all = append(all, strings.Join(words[:min(2, len(words))], " "))
	}
	return all
}

// keystrokes are milliseconds, and how many requests there were meanwhile.
type keystrokes struct {
	results, work []float64
	requests      int
}

func (b *bench) keysOf(c *corpus, e engine, all []string) (keystrokes, error) {
	var k keystrokes
	t, err := b.chrome.open(c.host, c.now, unthrottled, e.results)
	if err != nil {
		return k, err
	}
	defer t.close()
	if err := t.load(c.host.root + e.page(c.languages[0])); err != nil {
		return k, err
	}
	if err := t.call(t.session, "Performance.enable", nil, nil); err != nil {
		return k, err
	}
	// As slowly as it is measured: who types fast skips what letters between fetch.
	if err := t.pass(e, all, &keystrokes{}); err != nil {
		return k, err
	}
	if err := t.call(t.session, "Emulation.setCPUThrottlingRate", map[string]any{"rate": slowdown}, nil); err != nil {
		return k, err
	}
	before, _ := t.taken()
	err = t.pass(e, all, &k)
	after, _ := t.taken()
	for _, r := range after[len(before):] {
		if r.searches() && !r.offline {
			k.requests++
		}
	}
	return k, err
}

// pass types all texts into an emptied box, and adds what the letters take.
func (t *tab) pass(e engine, all []string, k *keystrokes) error {
	if err := t.evaluate(fmt.Sprintf("document.querySelector(%q).focus()", e.input), nil); err != nil {
		return err
	}
	for _, text := range all {
		if err := t.strokes(text, k); err != nil {
			return err
		}
		if err := t.empty(e.input); err != nil {
			return err
		}
	}
	return nil
}

// empty takes what stands in a box out of it.
func (t *tab) empty(box string) error {
	err := t.evaluate(fmt.Sprintf(`{ const box = document.querySelector(%q); box.value = ""; box.dispatchEvent(new Event("input", { bubbles: true })) }`, box), nil)
	time.Sleep(keyGap)
	return err
}

// strokes types a text letter by letter and adds what each takes.
func (t *tab) strokes(text string, k *keystrokes) error {
	for _, letter := range text {
		before, err := t.tasks()
		if err != nil {
			return err
		}
		if err := t.press(string(letter)); err != nil {
			return err
		}
		time.Sleep(keyGap)
		after, err := t.tasks()
		if err != nil {
			return err
		}
		k.work = append(k.work, after-before)
		var s seen
		if err := t.evaluate("bench", &s); err != nil {
			return err
		}
		at := s.Inputs[len(s.Inputs)-1].at
		if n := len(s.Lists); n > 0 && s.Lists[n-1].there > at {
			k.results = append(k.results, s.Lists[n-1].there-at)
		}
		if err := t.evaluate("bench.inputs.length = bench.lists.length = 0", nil); err != nil {
			return err
		}
	}
	return nil
}

// tasks is for how many milliseconds the page's main thread has had tasks.
func (t *tab) tasks() (float64, error) {
	var answer struct {
		Metrics []struct {
			Name  string
			Value float64
		}
	}
	if err := t.call(t.session, "Performance.getMetrics", nil, &answer); err != nil {
		return 0, err
	}
	for _, m := range answer.Metrics {
		if m.Name == "TaskDuration" {
			return m.Value * 1000, nil
		}
	}
	return 0, fmt.Errorf("the browser does not tell TaskDuration")
}
