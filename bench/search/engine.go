package main

import (
	"fmt"
	"path"
	"strings"
)

// engine is a search in the browser.
type engine struct {
	name string
	// page is the address of its page in a language, below the root.
	page func(language string) string
	// input and results are selectors of the text box and of the titles found.
	input, results string
	// ask is a function of a language: JavaScript that is a function of a query,
	// which gives {count, titles}: how many were found, and the first ten's titles.
	ask func(language string) string
	// small is one that does not fetch its whole index.
	small bool
	// facet is the same, and gives how many terms of the subjects have a count.
	// Empty where there are no facets.
	facet func(language string) string
}

// fursa is the search page of the built site, and the module for others.
func fursa(c *corpus) engine {
	index := func(language string) string { return "/" + path.Join(c.prefix(language), "search", "index.json") }
	search := `import("/assets/search.js").then((m) => m.search(query, undefined, { catalogues: [new URL(%q, location).href] }))`
	return engine{
		name: "Fursa", small: true,
		page:  func(language string) string { return "/" + path.Join(c.prefix(language), "search") + "/" },
		input: "main input[type=search]", results: "[data-results] h3 a",
		ask: func(language string) string {
			return fmt.Sprintf(`async (query, titles = true) => { const found = await `+search+`;
				return { count: found.count, titles: titles ? (await found.cards(0, 10)).map((card) => card.title) : [] } }`, index(language))
		},
		facet: func(language string) string {
			return fmt.Sprintf(`async (query) => { const found = await `+search+`; return (await found.counts("subjects")).size }`, index(language))
		},
	}
}

// rival is a minimal page of web/.
func rival(_ *corpus, name string) engine {
	e := engine{
		name: name, small: name == "Pagefind",
		page:  func(language string) string { return "/rivals/" + strings.ToLower(name) + "-" + language + ".html" },
		input: "input", results: "ol a",
		ask: func(string) string { return "ask" },
	}
	if name == "Pagefind" {
		e.facet = func(string) string { return "facet" }
	}
	return e
}
