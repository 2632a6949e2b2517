package themes

import (
	"errors"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	texttemplate "text/template"

	"fursa/schema"
	"fursa/schema/diag"
)

// place is how the template packages say where they failed: "template:
// card:3:12: …", a line from 1 and a column in bytes from 0, which parsers
// leave out.
var place = regexp.MustCompile(`^(?:html/)?template: ?([^:]*):(?:(\d+):)?(?:(\d+):)? ?(.*)$`)

// unknownFunction and token are what a parser's message quotes.
var (
	unknownFunction = regexp.MustCompile(`^function "(.*)" not defined$`)
	token           = regexp.MustCompile(`"(.+)"|'(.)'|(\{\{[a-z]+)`)
)

// unreadable is what a parser says of a file. It knows the line alone: the
// column is that of what it quotes, or of the line's first action.
func (t *Theme) unreadable(src *diag.Source, err error) diag.Diagnostic {
	m := place.FindStringSubmatch(err.Error())
	if m == nil {
		return broken(diag.Span{Source: src}, err.Error())
	}
	line, _ := strconv.Atoi(m[2])
	start := offset(src.Text, line, 0)
	rest, _, _ := strings.Cut(string(src.Text[start:]), "\n")
	if quoted := token.FindStringSubmatch(m[4]); quoted != nil {
		text := quoted[1] + quoted[2] + quoted[3]
		if i := strings.Index(rest, text); i >= 0 {
			return t.unknownFunction(diag.Span{Source: src, Start: start + i, End: start + i + len(text)}, m[4])
		}
	}
	at := start + max(strings.Index(rest, "{{"), 0)
	return broken(diag.Span{Source: src, Start: at, End: at}, m[4])
}

// unknownFunction is a parser's problem, with the nearest function where one
// is not known.
func (t *Theme) unknownFunction(at diag.Span, problem string) diag.Diagnostic {
	d := broken(at, problem)
	m := unknownFunction.FindStringSubmatch(problem)
	if m == nil {
		return d
	}
	names := slices.Sorted(maps.Keys(t.funcs))
	d.Args = append(d.Args, diag.Args("known", strings.Join(names, ", "))...)
	for _, known := range [][]string{names, builtins} {
		if near, ok := schema.Near(m[1], known); ok {
			d.Args = append(d.Args, diag.Args("near", near)...)
			return d.Hinted("near")
		}
	}
	return d.Hinted("function")
}

func broken(at diag.Span, problem string) diag.Diagnostic {
	return diag.New("theme/template", at, "problem", problem)
}

// Explain is an error of a template that was rendered as a problem of the
// theme; false where the error is none.
func (t *Theme) Explain(err error) (diag.Diagnostic, bool) {
	var failed texttemplate.ExecError
	var unsafe *template.Error
	switch {
	case errors.As(err, &failed):
		return t.failed(failed)
	case errors.As(err, &unsafe):
		return broken(t.locate(unsafe.Error(), ""), plainly(unsafe)), true
	}
	return diag.Diagnostic{}, false
}

// executing is how an error of rendering quotes what it was at.
var executing = regexp.MustCompile(`^executing ".*?" at <(.*?)>: (.*)$`)

func (t *Theme) failed(err texttemplate.ExecError) (diag.Diagnostic, bool) {
	m := place.FindStringSubmatch(err.Err.Error())
	if m == nil || t.sources[m[1]] == nil {
		return diag.Diagnostic{}, false
	}
	what, problem := "", m[4]
	if e := executing.FindStringSubmatch(m[4]); e != nil {
		what, problem = e[1], e[2]
	}
	at := t.locate(err.Err.Error(), what)
	if !strings.HasPrefix(problem, "nil pointer evaluating ") {
		return broken(at, problem), true
	}
	part := what[:max(strings.LastIndexByte(what, '.'), 0)]
	return diag.New("theme/absent", at, "field", part), true
}

// locate is where an error's message says that it was; what is the text
// there, of which the message may give the second part's place.
func (t *Theme) locate(message, what string) diag.Span {
	m := place.FindStringSubmatch(message)
	if m == nil || t.sources[m[1]] == nil {
		return diag.Span{}
	}
	src := t.sources[m[1]]
	line, _ := strconv.Atoi(m[2])
	column, _ := strconv.Atoi(m[3])
	return spanOf(src, offset(src.Text, line, column), what)
}

// spanOf is the range of a text that stands at an offset, or begins before it
// and spreads over it: the parser keeps the place of the second part of
// .Title.Text.
func spanOf(src *diag.Source, at int, text string) diag.Span {
	text = strings.TrimSuffix(text, "...")
	for back := range min(len(text), at+1) {
		if strings.HasPrefix(string(src.Text[at-back:min(len(src.Text), at-back+len(text))]), text) {
			return diag.Span{Source: src, Start: at - back, End: at - back + len(text)}
		}
	}
	return diag.Span{Source: src, Start: at, End: at}
}

// plainly is what an error of escaping says, without the escaper's own terms.
func plainly(err *template.Error) string {
	switch err.ErrorCode {
	case template.ErrEndContext:
		return "a tag or a quoted value in it does not end"
	case template.ErrBranchEnd:
		return "the branches of a condition or loop end in different places of the markup, as within a tag and after it"
	}
	problem, _, _ := strings.Cut(err.Description, ": {state")
	return problem
}

// offset is the byte at a line, from 1, and a column in bytes, from 0.
func offset(text []byte, line, column int) int {
	at := 0
	for ; line > 1 && at < len(text); at++ {
		if text[at] == '\n' {
			line--
		}
	}
	return min(at+column, len(text))
}
