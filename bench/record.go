package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/BurntSushi/toml"
)

// record is a Markdown file of the content folder.
type record struct {
	front map[string]any
	body  []byte
	// first and last are the days on which it begins and ends, as
	// "2021-06-01", so that they compare as text; empty where unknown.
	first, last string
}

func readRecord(file string) (record, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return record{}, err
	}
	r, err := parseRecord(text)
	if err != nil {
		return r, fmt.Errorf("%s: %w", file, err)
	}
	return r, nil
}

func parseRecord(text []byte) (record, error) {
	fence := []byte("+++\n")
	text, opened := bytes.CutPrefix(text, fence)
	front, body, closed := bytes.Cut(text, append([]byte("\n"), fence...))
	if !opened || !closed {
		return record{}, errors.New("no front matter between +++ lines")
	}
	r := record{body: body}
	if err := toml.Unmarshal(front, &r.front); err != nil {
		return r, err
	}
	r.place()
	return r, nil
}

// place sets the first and the last day. The table's listings have a period
// or single sessions, never rules.
func (r *record) place() {
	if period, ok := r.front["period"].(map[string]any); ok {
		r.first, r.last = day(period["from"]), day(period["to"])
	}
	sessions, _ := r.front["sessions"].([]map[string]any)
	for _, s := range sessions {
		start, end := day(s["start"]), day(s["end"])
		if r.first == "" || start < r.first {
			r.first = start
		}
		r.last = max(r.last, start, end)
	}
}

func day(v any) string {
	t, ok := v.(time.Time)
	if !ok {
		return ""
	}
	return t.Format(time.DateOnly)
}

// ended says that today is after its last day.
func (r *record) ended() bool { return r.last != "" && r.last < today }

// coming says that it has an event in a calendar: a session of the next 12
// months, or a period yet to begin.
func (r *record) coming() bool {
	if _, ok := r.front["sessions"]; ok {
		return !r.ended() && r.first <= yearAhead
	}
	return r.first >= today
}

// dates are up to six sessions of the next 12 months, as pages have them:
// 2021-06-02T17:00:00/2021-06-02T17:45:00.
func (r *record) dates() []string {
	sessions, _ := r.front["sessions"].([]map[string]any)
	var dates []string
	for _, s := range sessions {
		start, _ := s["start"].(time.Time)
		text := start.Format("2006-01-02T15:04:05")
		if text < today || text > yearAhead || len(dates) == 6 {
			continue
		}
		if end, ok := s["end"].(time.Time); ok {
			text += "/" + end.Format("2006-01-02T15:04:05")
		}
		dates = append(dates, text)
	}
	return dates
}
