package markdown_test

import (
	"testing"

	"fursa/generator/markdown"
)

func TestText(t *testing.T) {
	r := markdown.NewReader()
	for body, want := range map[string]string{
		"":                                   "",
		"Half*way* **up**\nthe hill":         "Halfway up\nthe hill\n",
		"# Stars\n\n- one\n- `two`":          "Stars\none\n\ntwo\n\n\n",
		"[a map](https://x.example/far)":     "a map\n",
		"![a dome](/dome.jpg) here":          "a dome here\n",
		"see <https://x.example/far>":        "see \n",
		"a <b>bold</b> <!-- x --> word":      "a bold  word\n",
		"<div>\ngone\n</div>":                "\n",
		"fish &amp; don\\'t &#233;t&eacute;": "fish & don't été\n",
		"    code":                           "code\n\n",
	} {
		if got := r.Text(body); got != want {
			t.Errorf("%q: %q, and not %q", body, got, want)
		}
	}
}
