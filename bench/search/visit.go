package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// way is how a query comes into the box.
type way string

const (
	typed  way = "typed"  // letter by letter, one each keyPause
	pasted way = "pasted" // all at once
)

const (
	// keyPause is that of somebody who types well on a telephone.
	keyPause = 110 * time.Millisecond
	// focusPause is between the tap on the box and the first letter.
	focusPause = 300 * time.Millisecond
	// patience is how long results are waited for.
	patience = 3 * time.Minute
)

// visit is what happened when somebody opened an engine's page with nothing in
// the cache, waited until it had loaded, and searched.
type visit struct {
	toResults time.Duration // from the first letter until the results of the whole query are on screen
	afterLast time.Duration // the same from the last letter
	all       traffic       // of everything since the page was opened
	engine    traffic       // without the document, styles, icons
	rounds    int           // requests that waited for one another, all
	waiting   int           // those that were under way or began after the first letter
	log       []string      // of the requests, a line each
	offline   int64         // bytes that the service worker fetched for later
}

type traffic struct {
	requests int
	bytes    int64
}

// seen is what watch.js notes.
type seen struct {
	Inputs []input
	Lists  []shown
	Origin float64 // milliseconds of Unix time
}

type input struct {
	at   float64
	text string
}

type shown struct {
	there, painted float64
	titles         []string
}

func (i *input) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&i.at, &i.text})
}

func (s *shown) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&s.there, &s.painted, &s.titles})
}

// visit searches with an engine's page. Results have come when the titles are
// the wanted ones; nil takes what stands there once nothing has changed for a
// while, and nothing is being loaded.
func (b *bench) visit(c *corpus, e engine, q query, n conditions, w way, wanted []string) (visit, []string, error) {
	t, err := b.chrome.open(c.host, c.now, n, e.results)
	if err != nil {
		return visit{}, nil, err
	}
	defer t.close()
	if err := t.load(c.host.root + e.page(q.language)); err != nil {
		return visit{}, nil, err
	}
	if err := t.write(e.input, q.text, w); err != nil {
		return visit{}, nil, err
	}
	if wanted == nil && !e.small { // it may be long busy with nothing to be seen
		if err := t.evaluate(fmt.Sprintf("(%s)(%q)", e.ask(q.language), q.text), nil); err != nil {
			return visit{}, nil, err
		}
	}
	s, i, err := t.settle(wanted)
	if err != nil {
		return visit{}, nil, fmt.Errorf("%s, «%s», %s, %s: %w", e.name, q.text, n.name, w, err)
	}
	if i < 0 {
		return visit{}, nil, nil
	}
	time.Sleep(200 * time.Millisecond) // for what is still on its way
	return t.sum(s, s.Lists[i]), s.Lists[i].titles, nil
}

// write puts a text into a box.
func (t *tab) write(box, text string, w way) error {
	if err := t.evaluate(fmt.Sprintf("document.querySelector(%q).focus()", box), nil); err != nil {
		return err
	}
	time.Sleep(focusPause)
	if w == pasted {
		return t.call(t.session, "Input.insertText", map[string]any{"text": text}, nil)
	}
	next := time.Now()
	for _, letter := range text {
		time.Sleep(time.Until(next))
		if err := t.press(string(letter)); err != nil {
			return err
		}
		next = next.Add(keyPause)
	}
	return nil
}

// settle waits for results, and gives what was seen and the place among its
// lists of the last; -1 where nothing was found.
func (t *tab) settle(wanted []string) (seen, int, error) {
	quiet, changes := time.Now(), 0
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(40 * time.Millisecond) {
		var s seen
		if err := t.evaluate("bench", &s); err != nil {
			return s, -1, err
		}
		last := len(s.Lists) - 1
		painted := last >= 0 && s.Lists[last].painted > 0
		if wanted != nil && painted && reflect.DeepEqual(s.Lists[last].titles, wanted) {
			return s, last, nil
		}
		if len(s.Lists) != changes || t.busy() {
			changes, quiet = len(s.Lists), time.Now()
		}
		if wanted == nil && time.Since(quiet) > 2*time.Second {
			if last >= 0 && len(s.Lists[last].titles) == 0 {
				last = -1
			}
			return s, last, nil
		}
	}
	return seen{}, -1, fmt.Errorf("the results have not come within %s", patience)
}

// sum works out a visit whose results were that list.
func (t *tab) sum(s seen, results shown) visit {
	requests, offset := t.taken()
	clock := func(ms float64) float64 { return (s.Origin+ms)/1000 - offset }
	first, last := s.Inputs[0].at, s.Inputs[len(s.Inputs)-1].at
	v := visit{toResults: milliseconds(results.painted - first), afterLast: milliseconds(results.painted - last)}
	asked := map[string]bool{} // by the page itself
	for _, r := range requests {
		asked[r.url] = asked[r.url] || !r.offline
	}
	var before, after []request
	for _, r := range requests {
		if r.offline {
			if !asked[r.url] {
				v.offline += r.bytes
			}
			continue
		}
		v.log = append(v.log, fmt.Sprintf("%6.0f–%6.0f ms %7d B %s %s", (r.start-clock(first))*1000, (r.end-clock(first))*1000, r.bytes, r.kind, strings.TrimPrefix(r.url, t.host.root)))
		if r.start > clock(results.painted) {
			continue
		}
		v.all.add(r)
		if r.searches() {
			v.engine.add(r)
		}
		if r.end == 0 || r.end > clock(results.painted) {
			continue
		}
		before = append(before, r)
		if r.end > clock(first) {
			after = append(after, r)
		}
	}
	v.rounds, v.waiting = rounds(before), rounds(after)
	return v
}

// searches says that it is neither the document nor how it looks. An icon is
// of no kind that the browser knows.
func (r request) searches() bool {
	return !slices.Contains([]string{"Document", "Stylesheet", "Image", "Font", "Manifest"}, r.kind) && !strings.HasSuffix(r.url, ".svg")
}

func (t *traffic) add(r request) {
	t.requests++
	t.bytes += r.bytes
}

// rounds is the length of the longest chain of requests each of which began
// after the one before had ended.
func rounds(requests []request) int {
	requests = slices.Clone(requests)
	slices.SortFunc(requests, func(a, b request) int {
		if a.start < b.start {
			return -1
		}
		return 1
	})
	longest := 0
	chains := make([]int, len(requests))
	for i, r := range requests {
		chains[i] = 1
		for j, earlier := range requests[:i] {
			if earlier.end <= r.start {
				chains[i] = max(chains[i], chains[j]+1)
			}
		}
		longest = max(longest, chains[i])
	}
	return longest
}

func milliseconds(ms float64) time.Duration { return time.Duration(ms * float64(time.Millisecond)) }

func short(titles []string) string { return strings.Join(titles, " · ") }
