package feeds_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds"
)

// TestDirection is a table of plain texts that programs would turn round: they
// look at the first letter of a line.
func TestDirection(t *testing.T) {
	tests := map[string]struct{ lang, dir, text, want string }{
		"a Latin name first":              {"ar", "rtl", "STEM للجميع", "\u200fSTEM للجميع"},
		"a number first has none":         {"ar", "rtl", "5 ديسمبر: STEM", "5 ديسمبر: STEM"},
		"Arabic first":                    {"ar", "rtl", "نادي STEM", "نادي STEM"},
		"Latin alone stays":               {"ar", "rtl", "STEM: 3 < 4.", "STEM: 3 < 4."},
		"the line that would turn":        {"ar", "rtl", "في الدوحة\nSTEM للجميع\nSTEM", "في الدوحة\n\u200fSTEM للجميع\nSTEM"},
		"an Arabic name first":            {"en", "ltr", "فرصة means opportunity", "\u200eفرصة means opportunity"},
		"Hebrew is no less right-to-left": {"he", "rtl", "STEM לכולם", "\u200fSTEM לכולם"},
		"a mark is one already":           {"ar", "rtl", "\u200fSTEM للجميع", "\u200fSTEM للجميع"},
		"left to right":                   {"en", "ltr", "STEM for all", "STEM for all"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := astronomy()
			c.Items = []feeds.Item{peerTalk()}
			i := &c.Items[0]
			i.Lang, i.Dir, i.Title, i.Summary, i.HTML = test.lang, test.dir, test.text, test.text, ""
			for _, format := range formats {
				item := read(t, write(t, format.write, c)).Items[0]
				if diff := cmp.Diff(test.want, item.Title); diff != "" {
					t.Errorf("%s: title: %s", format.name, diff)
				}
				// As a reader that strips tags has it.
				text := strings.NewReplacer("<br>\n", "\n", "&lt;", "<", `<div dir="rtl" lang="`+test.lang+`">`, "", "</div>", "").Replace(item.Description)
				if diff := cmp.Diff(test.want, text); diff != "" {
					t.Errorf("%s: description: %s", format.name, diff)
				}
			}
			events := calendar()
			e := &events.Events[0]
			e.Lang, e.Summary = test.lang, test.text
			if got, err := readICS(t, writeICS(t, events)).Events()[0].Props.Text("SUMMARY"); err != nil || got != test.want {
				t.Errorf("calendar: got %q (%v), want %q", got, err, test.want)
			}
		})
	}
}
