package issue_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"fursa/feeds/issue"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/when"
)

// known is what the catalogue of these tests has.
func known() issue.Known {
	return issue.Known{
		Languages: []string{"en", "ar"},
		Providers: map[string][]string{"lantern-observatory": {"Lantern Observatory", "مرصد الفانوس"}},
		Subjects:  map[string][]string{"astronomy": {"Astronomy", "علم الفلك", "stars"}, "music": {"Music", "الموسيقى"}},
	}
}

// form is the form as GitHub reads it.
type form struct {
	Name, Description string
	Labels            []string
	Body              []struct {
		Type, ID   string
		Attributes struct {
			Label, Description, Value string
			Options                   []any
		}
		Validations struct{ Required bool }
	}
}

func drawn(t *testing.T, languages ...string) form {
	t.Helper()
	decoder := yaml.NewDecoder(bytes.NewReader(issue.Form{Languages: languages, Site: "https://learning.example/"}.GitHub()))
	decoder.KnownFields(true)
	var f form
	if err := decoder.Decode(&f); err != nil {
		t.Fatal(err)
	}
	return f
}

// GitHub refuses a form in which two questions have one id or one label, a
// question has none, or a list offers one thing twice.
func TestFormIsOneThatGitHubTakes(t *testing.T) {
	for _, languages := range [][]string{{"en", "ar"}, {"ar"}, {"en"}, {"fr"}, {"fr", "ar"}} {
		f := drawn(t, languages...)
		seen := map[string]bool{}
		for i, q := range f.Body {
			if i == 0 {
				if q.Type != "markdown" || q.Attributes.Value == "" {
					t.Errorf("%v: the form begins with %+v, not with some words", languages, q)
				}
				continue
			}
			if q.ID == "" || q.Attributes.Label == "" || seen[q.ID] || seen[q.Attributes.Label] {
				t.Errorf("%v: question %d is nameless, or like another one: %+v", languages, i, q)
			}
			seen[q.ID], seen[q.Attributes.Label] = true, true
			options := map[any]bool{}
			for _, o := range q.Attributes.Options {
				if m, ok := o.(map[string]any); ok {
					o = m["label"]
				}
				if o == "" || options[o] {
					t.Errorf("%v: %s offers %q twice, or nothing", languages, q.ID, o)
				}
				options[o] = true
			}
			if choosing := q.Type == "dropdown" || q.Type == "checkboxes"; choosing != (len(options) > 0) {
				t.Errorf("%v: %s is a %s with %d options", languages, q.ID, q.Type, len(options))
			}
		}
	}
}

// written is the text of an issue as GitHub puts it together: what was
// written below each question, by its id.
func written(t *testing.T, answers map[string]string, languages ...string) string {
	t.Helper()
	var b strings.Builder
	for _, q := range drawn(t, languages...).Body[1:] {
		answer, ok := answers[q.ID]
		if !ok {
			answer = "_No response_"
		}
		b.WriteString("### " + q.Attributes.Label + "\n\n" + answer + "\n\n")
	}
	return b.String()
}

func enough() map[string]string {
	return map[string]string{
		"provider": "Lantern Observatory", "title": "Night sky on the roof",
		"summary": "Look at the moon and Saturn through real telescopes.", "kind": "Workshop · ورشة عمل",
		"subjects": "Astronomy", "languages": "- [X] English · الإنجليزية\n- [ ] Arabic · العربية",
		"ages-min": "9", "mode": "Online · عبر الإنترنت", "time": "At any time · في أي وقت",
	}
}

func pointer[T any](v T) *T { return &v }

func TestRead(t *testing.T) {
	answers := enough()
	for id, answer := range map[string]string{
		"languages": "- [X] English · الإنجليزية\n- [x] Arabic · العربية",
		"subjects":  "stars، Music", "gender": "Girls only · للبنات فقط", "ages-max": "١٤",
		"mode": "In person · حضوريًا", "place-name": "Lantern\nObservatory", "place-address": "12 Sea Street", "place-locality": "Al Khor",
		"time": "Dates · المواعيد", "sessions": "2027-01-23 17:00-19:00\n- 2027-01-24 21:00 – 1:30\n٢٠٢٧-٠٢-٠١",
		"cost": "0", "registration-url": "https://lantern.example/roof", "registration-deadline": "2027-01-20",
		"contact-email": "roof@lantern.example", "contact-phone": "+974 0000 0000", "lang": "English · الإنجليزية",
		"body": "Bring a *coat*.\n\n### What you will see\n\nThe moon.\n\n### Title · العنوان\n\nA second title is text.",
	} {
		answers[id] = answer
	}
	day := func(y int, m time.Month, d int) when.Date { return when.Date{Year: y, Month: m, Day: d} }
	at := func(d when.Date, hour, minute int) when.Moment {
		return when.Moment{Date: d, Clock: when.Clock{Hour: hour, Minute: minute}, Timed: true}
	}
	want := issue.Listing{
		Provider: "lantern-observatory", Slug: "night-sky-on-the-roof",
		Record: schema.Opportunity{
			Title: "Night sky on the roof", Summary: "Look at the moon and Saturn through real telescopes.",
			Kind: "workshop", Ages: &schema.Range{Min: pointer(9), Max: pointer(14)}, Gender: "girls",
			Languages: []string{"en", "ar"}, Subjects: []string{"astronomy", "music"}, Mode: "in-person",
			Place: &schema.Place{Name: "Lantern Observatory", Address: "12 Sea Street", Locality: "Al Khor"},
			Sessions: []schema.Session{
				{Start: at(day(2027, 1, 23), 17, 0), End: at(day(2027, 1, 23), 19, 0)},
				{Start: at(day(2027, 1, 24), 21, 0), End: at(day(2027, 1, 25), 1, 30)},
				{Start: when.Moment{Date: day(2027, 2, 1)}},
			},
			Cost:         schema.Cost{Amount: pointer(0.0)},
			Registration: &schema.Registration{URL: "https://lantern.example/roof", Deadline: when.Moment{Date: day(2027, 1, 20)}},
			Contact:      &schema.Contact{Email: "roof@lantern.example", Phone: "+974 0000 0000"},
		},
		Body: "Bring a *coat*.\n\n### What you will see\n\nThe moon.\n\n### Title · العنوان\n\nA second title is text.",
	}
	text := written(t, answers, "en", "ar")
	for name, text := range map[string]string{"as GitHub writes it": text, "with other ends of lines": strings.ReplaceAll(text, "\n", "\r\n")} {
		got, list := issue.Read(&diag.Source{Path: "issue.md", Text: []byte(text)}, known(), "")
		if list != nil {
			t.Fatalf("%s: %s", name, printed(t, list, "en"))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func printed(t *testing.T, list diag.List, lang string) string {
	t.Helper()
	var b strings.Builder
	if err := diag.Text(&b, list, diag.Style{Lang: lang}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A form in one language, filled in on GitLab, where its explanations are
// comments, gives the same record.
func TestReadGitLab(t *testing.T) {
	text := string(issue.Form{Languages: []string{"ar"}, Site: "https://learning.example/"}.GitLab())
	for question, answer := range map[string]string{
		"الجهة المقدِّمة": "مرصد الفانوس", "العنوان": "Night sky", "الملخّص": "انظر إلى القمر وزحل عبر تلسكوبات حقيقية.",
		"النوع": "زيارة", "المواضيع": "علم الفلك", "أصغر عمر": "٩", "طريقة التقديم": "عبر الإنترنت", "متى": "بالاتفاق",
	} {
		text = strings.Replace(text, "### "+question+"\n", "### "+question+"\n\n"+answer+"\n", 1)
	}
	text = strings.Replace(text, "- [ ] العربية", "- [x] العربية", 1)
	k := known()
	k.Languages = []string{"ar"}
	got, list := issue.Read(&diag.Source{Path: "issue.md", Text: []byte(text)}, k, "")
	if list != nil {
		t.Fatalf("%s", printed(t, list, "en"))
	}
	want := issue.Listing{
		Provider: "lantern-observatory", Slug: "night-sky",
		Record: schema.Opportunity{
			Title: "Night sky", Summary: "انظر إلى القمر وزحل عبر تلسكوبات حقيقية.", Kind: "visit",
			Ages: &schema.Range{Min: pointer(9)}, Languages: []string{"ar"}, Subjects: []string{"astronomy"}, Mode: "online",
			ByArrangement: true, Cost: schema.Cost{Unknown: true},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// One wrong answer is one problem, told at its question in words that name no
// field of a file.
func TestProblems(t *testing.T) {
	for _, c := range []struct{ id, answer, want string }{
		{"provider", "Lantern Observatry", `issue.md, «Who offers it · الجهة المقدِّمة»:3:1: error: no provider is called "Lantern Observatry" [issue/provider]
  Lantern Observatry
  ^^^^^^^^^^^^^^^^^^
  hint: did you mean "Lantern Observatory"?
`},
		{"provider", "Chess Circle", `issue.md, «Who offers it · الجهة المقدِّمة»:3:1: error: no provider is called "Chess Circle" [issue/provider]
  Chess Circle
  ^^^^^^^^^^^^
  hint: write the name as it stands in a file of content/providers, or start a file for it: fursa new provider chess-circle
`},
		{"title", "_No response_", `issue.md, «Title · العنوان»:5:1: error: this question needs an answer [issue/missing]
  ### Title · العنوان
  ^^^^^^^^^^^^^^^^^^^
  hint: write the answer on a line below the question
`},
		{"title", "ليلة النجوم", `issue.md, «Title · العنوان»:7:1: error: no short name for addresses can be made of this title [issue/name]
  ليلة النجوم
  ^^^^^^^^^^^
  hint: choose one: fursa import issue --as lantern-observatory/a-short-name
`},
		{"summary", "Too short.", `issue.md, «Summary · الملخّص»:11:1: error: `},
		{"kind", "Lecture", `issue.md, «Kind · النوع»:15:1: error: "Lecture" is not one of the answers [issue/choice]`},
		{"subjects", "Astronomy, Musik", `issue.md, «Subjects · المواضيع»:19:12: error: no subject is called "Musik" [issue/subject]
  Astronomy, Musik
             ^^^^^
  hint: did you mean "Music"?
`},
		{"languages", "- [ ] English · الإنجليزية", `issue.md, «Languages · اللغات»:23:1: error: this question needs an answer [issue/missing]`},
		{"ages-min", "nine", `issue.md, «Youngest age · أصغر عمر»:32:1: error: "nine" is not a number [issue/number]
  nine
  ^^^^
  hint: write only the number, such as 12
`},
		{"ages-min", "_No response_", `issue.md, «Youngest age · أصغر عمر»:30:1: error: this question needs an answer [issue/missing]`},
		{"mode", "In person · حضوريًا", `issue.md, «Name of the place · اسم المكان»:42:1: error: this question needs an answer [issue/missing]`},
		{"time", "Dates · المواعيد", `issue.md, «Dates · المواعيد»:58:1: error: this question needs an answer [issue/missing]`},
		{"sessions", "23/1/2027", `issue.md, «Dates · المواعيد»:60:1: error: "23/1/2027" can't be read as a date [issue/date]
  23/1/2027
  ^^^^^^^^^
  hint: write the year first, like 2027-01-23 17:00-19:00, each date on a line of its own
`},
		{"sessions", "2027-02-30", `issue.md, «Dates · المواعيد»:60:1: error: "2027-02-30" can't be read as a date [issue/date]`},
		{"contact-email", "roof at lantern", `issue.md, «E-mail · البريد الإلكتروني»:76:1: error: `},
		{"registration-url", "lantern.example", `issue.md, «Page to register · صفحة التسجيل»:68:1: error: `},
	} {
		answers := enough()
		answers[c.id] = c.answer
		_, list := issue.Read(&diag.Source{Path: "issue.md", Text: []byte(written(t, answers, "en", "ar"))}, known(), "")
		if got := printed(t, list, "en"); len(list) != 1 || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s = %q:\n%s\nwant:\n%s", c.id, c.answer, got, c.want)
		}
	}
}

func TestNoForm(t *testing.T) {
	_, list := issue.Read(&diag.Source{Path: "issue.md", Text: []byte("Hello, I run a club.\n")}, known(), "")
	if len(list) != 1 || list[0].Rule != "issue/no-form" {
		t.Errorf("%s", printed(t, list, "en"))
	}
}

// A name that somebody chose stands for the one of the answers.
func TestChosenName(t *testing.T) {
	answers := enough()
	answers["provider"], answers["title"] = "Chess Circle", "ليلة النجوم"
	got, list := issue.Read(&diag.Source{Path: "issue.md", Text: []byte(written(t, answers, "en", "ar"))}, known(), "chess-circle/stars")
	if list != nil || got.Provider != "chess-circle" || got.Slug != "stars" {
		t.Errorf("%s/%s: %s", got.Provider, got.Slug, printed(t, list, "en"))
	}
}
