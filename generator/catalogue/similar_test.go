package catalogue_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"fursa/generator/catalogue"
)

// terms are subjects and skills to tell listings apart by, and a museum's
// listings beside the library's.
func terms() []txtar.File {
	return append(without,
		file("vocabularies/subjects.toml", `terms = [
			{ id = "sciences", label = { en = "Sciences" } },
			{ id = "astronomy", broader = "sciences", label = { en = "Astronomy" } },
			{ id = "biology", broader = "sciences", label = { en = "Biology" } },
			{ id = "art", label = { en = "Art" } },
			{ id = "music", label = { en = "Music" } },
		]`),
		file("vocabularies/skills.toml", `terms = [{ id = "teamwork", label = { en = "Teamwork" } }]`),
		file("vocabularies/places.toml", `terms = [{ id = "msheireb", label = { en = "Msheireb" } }, { id = "wakra", label = { en = "Wakra" } }]`),
	)
}

func museum(f txtar.File) txtar.File {
	f.Name = "opportunities/museum/" + f.Name[len("opportunities/library/"):]
	return f
}

func TestSimilar(t *testing.T) {
	online := "mode = \"online\"\nanytime = true\n"
	about := func(slug, fields string) txtar.File { return listing(slug, online+"title = \""+slug+"\"\n"+fields) }
	stars := about("stars", `subjects = ["astronomy"]`)
	for name, c := range map[string]struct {
		files []txtar.File
		want  []string
	}{
		"nothing else":      {nil, nil},
		"nothing in common": {[]txtar.File{about("a", `subjects = ["art"]`)}, nil},
		"narrow subjects before broad ones": {
			[]txtar.File{about("a", `subjects = ["biology"]`), about("b", `subjects = ["astronomy"]`)},
			[]string{"library/b", "library/a"},
		},
		"several of a provider only where there are no others": {
			[]txtar.File{
				about("a", `subjects = ["astronomy"]`), about("b", `subjects = ["astronomy"]`), about("c", `subjects = ["astronomy"]`),
				museum(about("d", `subjects = ["biology"]`)),
			},
			[]string{"library/a", "museum/d", "library/b"},
		},
		"not the same once more": {
			[]txtar.File{listing("twin", online+"title = \"stars\"\nsubjects = [\"astronomy\"]"), museum(about("stars", `subjects = ["biology"]`))},
			[]string{"museum/stars"},
		},
		"what can be joined before what can't, and nothing that has ended": {
			[]txtar.File{
				about("a", "subjects = [\"astronomy\"]\nstatus = \"full\""), about("b", `subjects = ["biology"]`),
				about("c", "subjects = [\"astronomy\"]\nstatus = \"cancelled\""), about("d", "subjects = [\"astronomy\"]\nexpires = 2026-11-01"),
				museum(about("e", "subjects = [\"astronomy\"]\nstatus = \"full\"")),
			},
			[]string{"library/b", "museum/e", "library/a"},
		},
		"what can be joined of one provider before what is full of another": {
			[]txtar.File{
				about("a", `subjects = ["biology"]`), about("b", `subjects = ["biology"]`), about("c", `subjects = ["biology"]`),
				museum(about("d", "subjects = [\"astronomy\"]\nstatus = \"full\"")),
			},
			[]string{"library/a", "library/b", "library/c"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			made := made(t, catalogue.Options{}, append(append(terms(), stars), c.files...)...)
			if diff := cmp.Diff(c.want, paths(made.Similar(made.Listing("library/stars")))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Each trait by itself brings a listing before another that has none.
func TestSimilarTraits(t *testing.T) {
	const fields = "subjects = [\"art\"]\nskills = [\"teamwork\"]\nkind = \"club\"\nages = { min = 8, max = 10 }\nlanguages = [\"ar\"]\naudience = [\"schools\"]\nmode = \"in-person\"\nanytime = true\nplace = { district = \"msheireb\" }"
	for trait, want := range map[string]string{
		`skills = ["teamwork"]`:              "library/b",
		`kind = "club"`:                      "library/b",
		`ages = { min = 9, max = 11 }`:       "library/b",
		`ages = { min = 15 }`:                "library/a", // others altogether
		`languages = ["en", "ar"]`:           "library/b",
		`audience = ["schools", "families"]`: "library/b",
		`place = { district = "msheireb" }`:  "library/b",
		`place = { district = "wakra" }`:     "library/a", // no gain: in the order of paths
		`subjects = ["art", "music"]`:        "library/a",
	} {
		c := made(t, catalogue.Options{}, append(terms(),
			listing("me", "title = \"Me\"\n"+fields),
			listing("a", "title = \"A\"\nmode = \"in-person\"\nanytime = true\nsubjects = [\"art\"]"),
			listing("b", "title = \"B\"\nmode = \"in-person\"\nanytime = true\n"+trait+orSubjects(trait)),
		)...)
		if got := paths(c.Similar(c.Listing("library/me"))); len(got) != 2 || got[0] != want {
			t.Errorf("%s: %v, want %s first", trait, got, want)
		}
	}
}

// orSubjects are the subjects of a listing whose fields name none.
func orSubjects(fields string) string {
	if fields[:8] == "subjects" {
		return ""
	}
	return "\nsubjects = [\"art\"]"
}

// What is for girls is not offered on the page of what is for boys.
func TestSimilarGender(t *testing.T) {
	of := func(slug, gender string) txtar.File {
		return listing(slug, "title = \""+slug+"\"\nmode = \"online\"\nanytime = true\n"+gender)
	}
	c := made(t, catalogue.Options{}, append(terms(),
		of("boys", `gender = "boys"`), of("girls", `gender = "girls"`), of("any", `gender = "any"`), of("unsaid", ""), of("more", `gender = "boys"`))...)
	for slug, want := range map[string][]string{
		"boys":  {"library/any", "library/more", "library/unsaid"},
		"girls": {"library/any", "library/unsaid"},
	} {
		if diff := cmp.Diff(want, paths(c.Similar(c.Listing("library/"+slug)))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", slug, diff)
		}
	}
}

// What has ended leads on to what has not.
func TestSimilarToWhatHasEnded(t *testing.T) {
	c := made(t, catalogue.Options{}, append(terms(),
		listing("past", "title = \"Past\"\nmode = \"online\"\nsessions = [{ start = 2026-03-01 }]"),
		listing("a", "title = \"A\"\nmode = \"online\"\nanytime = true"))...)
	if diff := cmp.Diff([]string{"library/a"}, paths(c.Similar(c.Listing("library/past")))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if similar := c.Similar(c.Listing("library/a")); similar != nil {
		t.Errorf("what has ended is offered: %v", paths(similar))
	}
}
