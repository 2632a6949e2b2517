package convert_test

import (
	"fmt"
	"strings"
	"testing"

	"fursa/feeds/convert"
)

// TestExplained compares, for each format, what is said of the first entries:
// where each of their parts went, what was dropped, and why.
func TestExplained(t *testing.T) {
	got := map[string]string{
		"csv":  toldOf(convertCSV(t, strings.NewReader(read(t, "testdata/source.csv")), townMap(t))),
		"json": toldOf(convertAs(t, convert.FormatJSON, read(t, "testdata/source.json"), readMap(t, jsonMap))),
	}
	for format, source := range map[string]string{
		convert.FormatICS: "source.ics", convert.FormatRSS: "source.rss", convert.FormatJSONLD: "source.html",
		convert.FormatRPDE: "source.rpde", convert.FormatXCRI: "source.xcri",
	} {
		got[format] = toldOf(convertAs(t, format, read(t, "testdata/"+source), ownMap(t, format)))
	}
	compareGolden(t, "testdata/explained.txtar", got)
}

func toldOf(r convert.Result) string {
	var b strings.Builder
	for _, x := range r.Explained {
		fmt.Fprintf(&b, "%d %q %s\n", x.Line, x.ID, x.Path)
		if x.Unused != nil {
			b.WriteString("unused " + written([]convert.Note{*x.Unused}))
		}
		for _, p := range x.Parts {
			fmt.Fprintf(&b, "  %s %.60q %q\n", p.Name, p.Text, p.Uses)
			b.WriteString(written(p.Notes))
		}
		fmt.Fprintf(&b, "  others %q\n", x.Others)
		b.WriteString(written(x.Notes))
	}
	return b.String()
}
