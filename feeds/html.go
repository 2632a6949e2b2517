package feeds

import (
	"html"
	"strings"
)

// description is an item's summary as HTML that also reads well with its tags
// stripped.
func (c Channel) description(i Item) string {
	return c.directed(i, paragraphs(i.Summary))
}

// content is all of an item as HTML. It begins with the summary, since who
// reads the content (Canvas, from Atom) does not read the description.
func (c Channel) content(i Item) string {
	if i.HTML == "" {
		return c.description(i)
	}
	return c.directed(i, "<p>"+paragraphs(i.Summary)+"</p>\n"+i.HTML)
}

// directed says in which language and direction HTML is to be read, where a
// reader would guess wrongly: most take everything for left to right, the
// others for what the channel is.
func (c Channel) directed(i Item, body string) string {
	if i.Dir != "rtl" && i.Dir == c.Dir {
		return body
	}
	return `<div dir="` + html.EscapeString(i.Dir) + `" lang="` + html.EscapeString(i.Lang) + `">` + body + `</div>`
}

// paragraphs is plain text as HTML, its lines kept. Quotes stay as they are: a
// reader that takes HTML for text shows fewer references then.
func paragraphs(text string) string {
	return strings.ReplaceAll(references(text, "&amp;", "&lt;", "&gt;"), "\n", "<br>\n")
}

// references is text with references in the place of & < >.
func references(text, ampersand, less, greater string) string {
	text = strings.ReplaceAll(text, "&", ampersand)
	text = strings.ReplaceAll(text, "<", less)
	return strings.ReplaceAll(text, ">", greater)
}
