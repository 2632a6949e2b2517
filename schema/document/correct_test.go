package document_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/diag"
	"fursa/schema/document"
)

// TestCorrections: what certain corrections make of a text, one after the
// other until there is none; where the text stays as it is, none is certain.
func TestCorrections(t *testing.T) {
	for text, want := range map[string]string{
		"title = “Night sky” # “ours”\n":          "title = \"Night sky\" # “ours”\n",
		"title = \"Night sky”\n":                  "title = \"Night sky\"\n",
		"title = «سماء الليل»\n":                  "title = \"سماء الليل\"\n",
		"subjects = [“art”, “history”]\n":         "subjects = [\"art\", \"history\"]\n",
		"title = “The “best” club”\n":             "title = \"The \\\"best\\\" club\"\n",
		"title = Night sky # ours\n":              "title = \"Night sky\" # ours\n",
		"title = Night sky\"\n":                   "title = \"Night sky\"\n",
		"subjects = [art, history]\n":             "subjects = [\"art\", \"history\"]\n",
		"title = Night sky kind = \"visit\"\n":    "title = Night sky kind = \"visit\"\n",
		"open = Yes\n":                            "open = true\n",
		"amount = ٢٥٫٥\n":                         "amount = 25.5\n",
		"start = ٢٠٢٦-١٢-٣١\n":                    "start = 2026-12-31\n",
		"amount = 5,50\n":                         "amount = 5.50\n",
		"amount = 1,500\n":                        "amount = 1,500\n",
		"postcode = 0123\n":                       "postcode = 0123\n",
		"start = 31/12/2026\n":                    "start = 2026-12-31\n",
		"except = [12/31/2026]\n":                 "except = [2026-12-31]\n",
		"start = 05/06/2026\n":                    "start = 05/06/2026\n",
		"start = 05/05/2026\n":                    "start = 2026-05-05\n",
		"start = 22.11.26\n":                      "start = 22.11.26\n",
		"start = 31.12.32\n":                      "start = 2032-12-31\n",
		"start = 22/11/2026 6:30\n":               "start = 22/11/2026 6:30\n",
		"start = 2026-3-5\n":                      "start = 2026-03-05\n",
		"start = 2026-02-30\n":                    "start = 2026-02-30\n",
		"start = 22 November 2026\n":              "start = 2026-11-22\n",
		"start = Sunday, Nov. 22nd, 2026, 6pm\n":  "start = 2026-11-22T18:00\n",
		"start = ٢٢ نوفمبر ٢٠٢٦\n":                "start = 2026-11-22\n",
		"start = 31 November 2026\n":              "start = \"31 November 2026\"\n",
		"start = 22/11/2026 6:30 pm\n":            "start = 2026-11-22T18:30\n",
		"start = 22/11/2026 18:00:30\n":           "start = 2026-11-22T18:00:30\n",
		"from = 5pm\n":                            "from = 17:00\n",
		"from = 12 a.m.\n":                        "from = 00:00\n",
		"from = 9:30\n":                           "from = 09:30\n",
		"from = 6:30\n":                           "from = 6:30\n",
		"from = 25:00\n":                          "from = 25:00\n",
		"title = \"Night sky\nkind = \"visit\"\n": "title = \"Night sky\"\nkind = \"visit\"\n",
		"title = \"Night sky # ours\n":            "title = \"Night sky # ours\n",
		"place = { name = \"Roof }\n":             "place = { name = \"Roof }\n",
		"summary = \"\"\"\nOne\n":                 "summary = \"\"\"\nOne\n",
		"summary = \"\"\"\nOne\nTwo\"\na = 1\n":   "summary = \"\"\"\nOne\nTwo\"\"\"\na = 1\n",
		"a = [\"x]\nb = 1\n":                      "a = [\"x\"]\nb = 1\n",
		"a =\n  - x\n  - \"y\"\nb = 1\n":          "a = [\"x\", \"y\"]\nb = 1\n",
		"any time = true\n":                       "any_time = true\n",
		"title: \"Night sky\"\n":                  "title = \"Night sky\"\n",
		"title: Night sky\n":                      "title = \"Night sky\"\n",
		"place = {name:\"x\"}\n":                  "place = {name = \"x\"}\n",
		"title \"Night sky\"\n":                   "title = \"Night sky\"\n",
		"see below\n":                             "see below\n",
		"[[sessions]\nstart = 1\n":                "[[sessions]]\nstart = 1\n",
		"[place\nname = \"x\"\n":                  "[place]\nname = \"x\"\n",
		"a = [\"x\", \"y\"\nb = 1\n":              "a = [\"x\", \"y\"]\nb = 1\n",
		"a = [\"x\",\n[place]\nname = \"x\"\n":    "a = [\"x\"]\n[place]\nname = \"x\"\n",
		"a = [\n\"x\",\n[place]\nname = \"x\"\n":  "a = [\n\"x\",\n[place]\nname = \"x\"\n",
		"place = {name = \"x\"\nb = 1\n":          "place = {name = \"x\"\nb = 1\n",
		"a = [\"x\" \"y\"]\n":                     "a = [\"x\", \"y\"]\n",
		"a = [\"x\"، \"y\"]\n":                    "a = [\"x\", \"y\"]\n",
		"a = [\"x, \"y\"]\n":                      "a = [\"x, \"y\"]\n",
		"a = [\"x\",, \"y\"]\n":                   "a = [\"x\", \"y\"]\n",
		"title = \"The \"best\" club\"\n":         "title = \"The \\\"best\\\" club\"\n",
		"title = \"x\" y\n":                       "title = \"x\" y\n",
		"path = \"C:\\data\\dogs\"\n":             "path = \"C:\\\\data\\\\dogs\"\n",
		"path = \"C:\\data\\new\"\n":              "path = \"C:\\data\\new\"\n",
		"title\u00a0= \"x\"\n":                    "title = \"x\"\n",
		"\u200ftitle = \"x\"\n":                   "title = \"x\"\n",
		"title = \"a\u202eb\u202c\"\n":            "title = \"ab\"\n",
		"a = 1\x00\n":                             "a = 1\x00\n",
		"+++\ntitle = \"x\"\n+++\n":               "title = \"x\"\n",
		"+++\ntitle = \"x\"\n+++\nText\n":         "+++\ntitle = \"x\"\n+++\nText\n",
	} {
		if d := cmp.Diff(want, mended("a.toml", text)); d != "" {
			t.Errorf("%q (-want +got):\n%s", text, d)
		}
	}
	for text, want := range map[string]string{
		"---\ntitle: Night sky\n---\nText: x\n":     "+++\ntitle = \"Night sky\"\n+++\nText: x\n",
		"---\ntitle: Night sky\n":                   "---\ntitle: Night sky\n",
		"+++\ntitle = \"x\"\n++++\nText\n":          "+++\ntitle = \"x\"\n+++\nText\n",
		"+++\ntitle = \"x\"\n\nText\n":              "+++\ntitle = \"x\"\n+++\n\nText\n",
		"+++\ntitle = \"x\"\nText\n":                "+++\ntitle = \"x\"\nText\n",
		"title = \"x\"\n":                           "+++\ntitle = \"x\"\n+++\n",
		"# Title\n\nText\n":                         "# Title\n\nText\n",
		"\ufeff+++\r\ntitle = x\r\n+++\r\n“Text”\n": "\ufeff+++\r\ntitle = \"x\"\r\n+++\r\n“Text”\n",
	} {
		if d := cmp.Diff(want, mended("a.md", text)); d != "" {
			t.Errorf("%q (-want +got):\n%s", text, d)
		}
	}
}

// mended is a text with its certain corrections made, one run after the other.
func mended(path, text string) string {
	for range 20 {
		_, problems := document.Parse(source(path, text))
		fixes := problems.Fixes(path)
		if len(fixes) == 0 {
			break
		}
		text = string(diag.Apply([]byte(text), fixes))
	}
	return text
}
