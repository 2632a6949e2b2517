package convert_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds/convert"
	"fursa/schema/diag"
)

// TestMapErrors breaks the town's map, one mistake at a time.
func TestMapErrors(t *testing.T) {
	good := read(t, "testdata/map.toml")
	for name, tt := range map[string]struct {
		old, new string
		// want is what is said, and of which part of the map.
		want []string
	}{
		"not TOML":                   {`name = "town"`, `name = town`, []string{"document/unquoted-text: town"}},
		"unknown key":                {"otherwise = \"event\"", "otherwize = \"event\"\notherwise = \"event\"", []string{"import/map-key: otherwize (near)"}},
		"strange key":                {`id = "Nr"`, "id = \"Nr\"\nzebra = 1", []string{"import/map-key: zebra"}},
		"a text for list":            {`encodings = ["utf-8", "macintosh"]`, `encodings = "utf-8"`, []string{`import/map-type: "utf-8"`}},
		"a number for a text":        {`case = "title"`, `case = 3`, []string{"import/map-type: 3"}},
		"a text for a number":        {"limit = 2", `limit = "2"`, []string{`import/map-type: "2"`}},
		"a text for a table":         {"same = {\"OLD TN\" = \"Old Town\"}", `same = "Old Town"`, []string{`import/map-type: "Old Town"`}},
		"a text for yes":             {"html = true", `html = "yes"`, []string{`import/map-type: "yes"`}},
		"no name":                    {`name = "town"`, `name = ""`, []string{`import/map-missing: ""`}},
		"a name with spaces":         {`name = "town"`, `name = "My Town"`, []string{`import/map-slug: "My Town"`}},
		"no title":                   {`to = "title"`, `to = "eligibility"`, []string{"import/map-no-title: [[fields]]"}},
		"long delimiter":             {`delimiter = ";"`, `delimiter = ";;"`, []string{`import/map-delimiter: ";;"`}},
		"unknown charset":            {`delimiter = ";"`, "delimiter = \";\"\ncharset = \"klingon\"", []string{`import/map-charset: "klingon"`}},
		"unknown encoding":           {`"macintosh"`, `"macintoshh"`, []string{`import/map-choice: "macintoshh" (near)`}},
		"bad date format":            {`date = "D.M.YYYY"`, `date = "%d.%m.%Y"`, []string{`import/map-format: "%d.%m.%Y"`}},
		"bad time format":            {`time = "h:mm AM"`, `time = "hours"`, []string{`import/map-format: "hours"`}},
		"unknown kind":               {`otherwise = "event"`, `otherwise = "evnet"`, []string{`import/map-choice: "evnet" (near)`}},
		"unknown kind of a rule":     {`id = "club"`, `id = "Club"`, []string{`import/map-choice: "Club" (near)`}},
		"subject with capitals":      {`id = "music"`, `id = "Music"`, []string{`import/map-slug: "Music"`}},
		"rule without id":            {"id = \"club\"\n", "", []string{"import/map-missing: [[kind.rules]]"}},
		"rules without columns":      {"columns = [\"What\"]\n", "", []string{"import/map-missing: [kind]"}},
		"grade not in the list":      {`3 = "3"}`, `3 = "4"}`, []string{`import/map-choice: "4" (near)`}},
		"unknown field":              {`to = "place.district"`, `to = "place.distrikt"`, []string{`import/map-field: "place.distrikt" (near)`}},
		"strange field":              {`to = "registration.deadline"`, `to = "sessions.start"`, []string{`import/map-field: "sessions.start"`}},
		"column and value":           {"value = \"DE\"", "value = \"DE\"\ncolumn = \"What\"", []string{"import/map-source: [[fields]]"}},
		"neither":                    {"value = \"DE\"\n", "", []string{"import/map-source: [[fields]]"}},
		"a word that is none":        {`no = "in-person"`, `no = "inperson"`, []string{`import/map-choice: "inperson" (near)`}},
		"a value of another form":    {`free = {amount = 0}`, `free = {amont = 0}`, []string{"import/map-value: {amont = 0}"}},
		"a constant of another form": {`value = "DE"`, `value = 49`, []string{"import/map-value: 49"}},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(good, tt.old) {
				t.Fatalf("the map has no %q", tt.old)
			}
			src := &diag.Source{Path: "map.toml", Text: []byte(strings.Replace(good, tt.old, tt.new, 1))}
			_, list := convert.ReadMap(src)
			if diff := cmp.Diff(tt.want, said(list)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// said is the rule of each problem, the text that it points at, and the
// variant of its hint.
func said(list diag.List) []string {
	var out []string
	for _, d := range list {
		text := string(d.Span.Source.Text[d.Span.Start:d.Span.End])
		first, _, _ := strings.Cut(text, "\n")
		line := d.Rule + ": " + first
		if d.Variant != "" {
			line += " (" + d.Variant + ")"
		}
		out = append(out, line)
	}
	return out
}

// TestMissingColumn is a mistake in the map that only the source shows.
func TestMissingColumn(t *testing.T) {
	m := townMap(t, `column = "Quarter"`, `column = "Quater"`)
	_, list, err := convert.CSV(strings.NewReader(header+rowArt), m)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{`import/no-such-column: "Quater" (near)`}, said(list)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
