package schema_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"fursa/schema"
)

// starterPath is a path under which a starting file of a kind is read.
func starterPath(kind schema.Kind) string {
	if strings.HasPrefix(string(schema.Starter(kind, "en", nil)), "+++") {
		return "starter.md"
	}
	return "starter.toml"
}

func TestStarterPassesAsItStands(t *testing.T) {
	v := schema.NewValidator()
	for _, kind := range schema.Kinds {
		for _, lang := range []string{"en", "ar", "fr"} {
			text := string(schema.Starter(kind, lang, nil))
			d := parse(t, starterPath(kind), text)
			if list := v.Check(kind, "", d); list != nil {
				t.Errorf("%s in %s:\n%s\n%s", kind, lang, printed(t, list), text)
			}
			for line := range strings.Lines(text) {
				if strings.HasPrefix(line, "# ") && utf8.RuneCountInString(strings.TrimSpace(line)) > 80 {
					t.Errorf("%s in %s: a line is too long: %s", kind, lang, line)
				}
			}
		}
	}
}

func TestStarterOfAnOpportunityIsADraft(t *testing.T) {
	text := string(schema.Starter(schema.KindOpportunity, "en", nil))
	status := strings.Index(text, "status = \"draft\"\n")
	if first := strings.Index(text, "\ntitle = "); status < 0 || status > first {
		t.Errorf("no draft line before the title:\n%s", text)
	}
}

// optional is a commented-out line of a starting file.
var optional = regexp.MustCompile(`(?m)^#([a-z_]+)[.a-z_]* = `)

// Every field stands in the file, and what is commented out would pass too if
// somebody took the # away from a field's lines.
func TestStarterLinesCanBeUsed(t *testing.T) {
	// More than one time is a mistake; so is what belongs to another one.
	others := map[string]string{
		"period": "schema/time-twice", "anytime": "schema/time-twice", "by_arrangement": "schema/time-twice",
		"available": "schema/available-without-arrangement", "group": "schema/group-without-schools",
	}
	v := schema.NewValidator()
	for _, kind := range schema.Kinds {
		text := string(schema.Starter(kind, "en", nil))
		var fields []string
		for _, m := range optional.FindAllStringSubmatch(text, -1) {
			fields = append(fields, m[1])
		}
		for _, field := range slices.Compact(fields) {
			used := regexp.MustCompile(`(?m)^#(`+field+`[ .])`).ReplaceAllString(text, "$1")
			if _, after, ok := strings.Cut(used, "\n"+field+" = [\n"); ok {
				list, _, _ := strings.Cut(after, "\n#]")
				used = strings.Replace(used, list+"\n#]", strings.ReplaceAll(list, "#", "")+"\n]", 1)
			}
			d := parse(t, starterPath(kind), used)
			var rules []string
			for _, problem := range v.Check(kind, "", d) {
				rules = append(rules, problem.Rule)
			}
			want := []string(nil)
			if rule := others[field]; kind == schema.KindOpportunity && rule != "" {
				want = []string{rule}
			}
			if field == "audience" && kind == schema.KindOpportunity {
				want = nil
			}
			if diff := cmp.Diff(want, rules); diff != "" {
				t.Errorf("%s: with %s (-want +got):\n%s", kind, field, diff)
			}
		}
	}
}

func TestStarterHasEveryField(t *testing.T) {
	for _, p := range properties(t) {
		parts := strings.Split(p.pointer, "/")
		text := string(schema.Starter(schema.Kind(parts[0]), "en", nil))
		if len(parts) == 2 && !regexp.MustCompile(`(?m)^#?`+parts[1]+`[ .]`).MatchString(text) {
			t.Errorf("%s is not there", p.pointer)
		}
	}
}

func TestStarterTakesExamples(t *testing.T) {
	text := string(schema.Starter(schema.KindOpportunity, "ar", map[string]any{
		"subjects":       []any{"robotics"},
		"place.district": "west-bay",
		"sessions":       []any{map[string]any{"end": "2027-01-05T18:00:00", "start": "2027-01-05T17:00:00"}},
	}))
	for _, want := range []string{
		"\nsubjects = [\"robotics\"]\n",
		"\n#place.district = \"west-bay\"\n",
		"\nsessions = [{start = 2027-01-05T17:00:00, end = 2027-01-05T18:00:00}]\n",
		"\n# العنوان: الاسم الذي يعرفه به الناس،",
		"القيم المسموح بها: club, workshop, course,",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}
