package plan

import (
	"net/url"

	"fursa/generator/markdown"
)

// opened is a site with its editions framed, as Outputs makes it.
func opened(in Input) (*site, error) {
	base, err := url.Parse(in.Catalogue.BaseURL)
	if err != nil {
		return nil, err
	}
	s := &site{Input: in, Catalogue: in.Catalogue, base: base, markdown: markdown.New(base), styles: "assets/site-" + in.Theme.Hash[:12] + ".css"}
	for _, lang := range in.Catalogue.Settings.Languages {
		e, err := newEdition(s, lang)
		if err != nil {
			return nil, err
		}
		s.editions = append(s.editions, e)
	}
	for _, e := range s.editions {
		if err := e.frame(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// SearchOutputs are the search pages of all languages and their data.
func SearchOutputs(in Input) ([]Output, error) {
	s, err := opened(in)
	if err != nil {
		return nil, err
	}
	var outputs []Output
	for _, e := range s.editions {
		outputs = append(outputs, e.searchOutputs()...)
	}
	return outputs, nil
}

// WorkerOutputs are the service worker and the offline pages.
func WorkerOutputs(in Input, script []byte, precache []string, on bool) ([]Output, error) {
	s, err := opened(in)
	if err != nil {
		return nil, err
	}
	return s.worker(script, precache, on), nil
}

// SearchURL is an address of the search page in the catalogue's last language.
func SearchURL(in Input, pairs ...string) (string, error) {
	s, err := opened(in)
	if err != nil {
		return "", err
	}
	return s.editions[len(s.editions)-1].searchURL(pairs...), nil
}
