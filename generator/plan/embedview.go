package plan

import "html/template"

// EmbedPage is seen by the template «embed»: a page that other sites show in a
// frame. Policy is the attribute content of its Content-Security-Policy, which
// names the site: a sandboxed frame has no origin that would be its own.
type EmbedPage struct {
	Page
	Policy  template.HTMLAttr
	Heading Text
	// About leads to the same on the site, Script is the address of the page's
	// script, Entry that of the search index, empty where the page can't be
	// asked for anything else.
	About         Link
	Script, Entry string
	Cards         []template.HTML
}

// EmbedCode is what people paste into a page of theirs. Frame is the code of a
// frame, Element that of an element which follows the height; Address is that
// of the page in the frame, Feed that of its RSS feed and About that of the
// same on the site, all absolute; How leads to where each program wants it.
type EmbedCode struct {
	Frame, Element       string
	Address, Feed, About string
	How                  string
}

// EmbedHowPage is seen by the template «embed-how»: where one pastes what.
type EmbedHowPage struct {
	Page
	Code    EmbedCode
	Script  string
	Channel string
}
