package peers

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"fursa/feeds"
	"fursa/feeds/fetch"
	"fursa/feeds/snapshot"
)

// pages are a change feed: the page at an address, and the address of the next.
type pages func(ctx context.Context, at string) (page feeds.RPDEPage, next string, err error)

// longest is how many bytes the address of a page has at the most: all of a walk
// are remembered.
const longest = 2048

// walk goes along a feed from an address to its end, which it gives. It takes
// each item on its way. An error comes with the address of the page where the
// walk ended; the items of all pages before it were taken.
func (p *puller) walk(ctx context.Context, start string, get pages, take func(feeds.RPDEItem) error) (string, error) {
	seen := map[string]bool{}
	last, changes := int64(-1), 0
	for at := start; ; {
		if seen[at] {
			return at, snapshot.Problem{Reason: snapshot.Loop, Detail: "back at " + at}
		}
		if seen[at] = true; len(seen) > p.Pages {
			return at, snapshot.Problem{Reason: snapshot.TooMuch, Detail: fmt.Sprintf("%d pages", p.Pages)}
		}
		page, next, err := get(ctx, at)
		if err != nil {
			return at, err
		}
		// Removals fill no memory, and may be without end all the same.
		if changes += len(page.Items); changes > 10*p.Items {
			return at, snapshot.Problem{Reason: snapshot.TooMuch, Detail: fmt.Sprintf("%d changes", changes)}
		}
		for _, item := range page.Items {
			n, err := strconv.ParseInt(string(item.Modified), 10, 64)
			if err == nil && n < last {
				return at, snapshot.Problem{Reason: snapshot.Loop, Detail: fmt.Sprintf("change %d stands after %d", n, last)}
			}
			if err == nil {
				last = n
			}
			if err := take(item); err != nil {
				return at, err
			}
		}
		if len(next) > longest {
			return at, snapshot.Problem{Reason: snapshot.Unreadable, Detail: fmt.Sprintf("the address of the page after %s has %d bytes", at, len(next))}
		}
		if next == at && len(page.Items) > 0 {
			return at, snapshot.Problem{Reason: snapshot.Loop, Detail: at + " leads to itself, and is not empty"}
		}
		if next == at {
			return at, nil
		}
		at = next
	}
}

// get gets the JSON that stands at a URL. What it can't get is a Problem.
func (p *puller) get(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	r.Accept = "application/json, */*;q=0.5"
	answer, err := p.any(ctx, r)
	if err != nil {
		return answer, err
	}
	return answer, p.shallow(answer)
}

// any gets what stands at a URL, whatever it is.
func (p *puller) any(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	r.Max = p.PageBytes
	answer, err := p.Get(ctx, r)
	var tooLong fetch.TooLongError
	if errors.As(err, &tooLong) {
		return answer, snapshot.Problem{Reason: snapshot.TooMuch, Detail: tooLong.Error()}
	}
	if err != nil {
		return answer, unreachable{snapshot.Problem{Reason: snapshot.Unreachable, Detail: err.Error()}, err}
	}
	return answer, nil
}

// unreachable is a Problem with what it came of.
type unreachable struct {
	snapshot.Problem
	because error
}

func (u unreachable) Unwrap() []error { return []error{u.Problem, u.because} }

// shallow refuses JSON that is nested too deep, or lists too much, before
// anybody reads it: some bytes of it may fill many more of the memory.
func (p *puller) shallow(answer fetch.Response) error {
	depth, wide, quoted := 0, 0, false
	for i := 0; i < len(answer.Body); i++ {
		switch c := answer.Body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ',' && depth <= 2:
			if wide++; wide > p.Wide {
				return snapshot.Problem{Reason: snapshot.TooMuch, Detail: fmt.Sprintf("%s lists more than %d things", answer.URL, p.Wide)}
			}
		case c == '{' || c == '[':
			if depth++; depth > p.Depth {
				return snapshot.Problem{Reason: snapshot.TooMuch, Detail: fmt.Sprintf("%s is nested more than %d levels deep", answer.URL, p.Depth)}
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}

// page reads a page of a feed.
func page(answer fetch.Response) (feeds.RPDEPage, error) {
	if !utf8.Valid(answer.Body) {
		return feeds.RPDEPage{}, snapshot.Problem{Reason: snapshot.Unreadable, Detail: answer.URL + " is not UTF-8"}
	}
	p, err := feeds.ReadRPDE(answer.Body)
	if err != nil {
		return p, snapshot.Problem{Reason: snapshot.Unreadable, Detail: fmt.Sprintf("%s: %v", answer.URL, err)}
	}
	return p, nil
}
