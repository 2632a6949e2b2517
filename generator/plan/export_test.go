package plan

import (
	"fmt"
	"net/url"

	"fursa/generator/markdown"
)

// Calendars are the calendar pages of a site, without the rest of it.
func Calendars(in Input) ([]Output, error) {
	base, err := url.Parse(in.Catalogue.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("base URL: %w", err)
	}
	s := &site{Input: in, Catalogue: in.Catalogue, base: base, markdown: markdown.New(base)}
	s.styles = "assets/site-" + in.Theme.Hash[:12] + ".css"
	for _, lang := range in.Catalogue.Settings.Languages {
		e, err := newEdition(s, lang)
		if err != nil {
			return nil, err
		}
		s.editions = append(s.editions, e)
	}
	var outputs []Output
	for _, e := range s.editions {
		if err := e.frame(); err != nil {
			return nil, err
		}
		outputs = append(outputs, e.calendarPages()...)
	}
	return outputs, nil
}
