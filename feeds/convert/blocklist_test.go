package convert_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds/convert"
	"fursa/schema"
	"fursa/schema/diag"
)

func TestReadBlocklist(t *testing.T) {
	long := strings.Repeat("a", 600)
	for name, c := range map[string]struct {
		text string
		want convert.Blocklist
	}{
		"Mastodon's table": {
			"#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\r\n" +
				"zzz.example,suspend,false,false,\"spam, <b>mostly</b>\nand more\",false\r\n" +
				"quiet.example,silence,false,false,loud,false\r\naaa.example,Suspend,true,true,,false\r\nh**n.example,suspend,true,true,,true\r\n",
			convert.Blocklist{
				Blocklist: schema.Blocklist{Block: []schema.Block{{ID: "aaa.example"}, {ID: "zzz.example", Why: "spam, ‹b›mostly‹/b› and more"}}},
				Skipped:   []string{"quiet.example (silence)", "h**n.example"},
			},
		},
		"a table of other columns": {
			"\ufeffdomain,public_comment\nb.example," + long + "\na.example,x\na.example,again\nc.example\n",
			convert.Blocklist{Blocklist: schema.Blocklist{Block: []schema.Block{
				{ID: "a.example"}, {ID: "b.example", Why: long[:499] + "…"}, {ID: "c.example"},
			}}},
		},
		"a table with nothing in it": {"#domain,#severity\n", convert.Blocklist{}},
		"lines": {
			"# Ours\n\nspam.example\n\thttps://host.example/a#b  # since 2024\nكتب.example\ncom\nexample\n",
			convert.Blocklist{
				Blocklist: schema.Blocklist{Block: []schema.Block{{ID: "https://host.example/a#b"}, {ID: "spam.example"}, {ID: "كتب.example"}}},
				Skipped:   []string{"com", "example"},
			},
		},
		"a catalogue's": {
			"# Theirs\nname = \"What Turku blocks\"\nurl = \"https://turku.example/list\"\n[[block]]\nid = \"spam.example\"\nwhy = \"Spam\"\n[[block]]\nid = \"https://a.example/\"\n",
			convert.Blocklist{Blocklist: schema.Blocklist{
				Name: "What Turku blocks", URL: "https://turku.example/list",
				Block: []schema.Block{{ID: "https://a.example/"}, {ID: "spam.example", Why: "Spam"}},
			}},
		},
	} {
		got, list, err := convert.ReadBlocklist(&diag.Source{Path: "list.txt", Text: []byte(c.text)})
		if err != nil || list != nil {
			t.Errorf("%s: %v, %v", name, list, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestReadBlocklistRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":           "",
		"remarks":           "# nothing\n",
		"a page":            "<!doctype html>\n<p>spam.example</p>\n<p>No</p>",
		"mostly other text": "spam.example\nthis is\nno list\n",
		"half a table":      "#domain,#severity\nspam.example,\"suspend\n",
	} {
		if got, _, err := convert.ReadBlocklist(&diag.Source{Path: "list", Text: []byte(text)}); err == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
	_, list, err := convert.ReadBlocklist(&diag.Source{Path: "list", Text: []byte("name = \"Spam\"\nblock = [{id = \"a/b\"}]\n")})
	if err != nil || len(list) != 1 || list[0].Rule != "schema/bad-block-address" {
		t.Errorf("a broken list: %v, %v", list, err)
	}
}
