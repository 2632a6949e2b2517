package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// generatedNow is the day of builds of generated catalogues: that of the sample catalogue,
// whose settings and vocabularies they have.
const generatedNow = "2026-11-22"

// generator writes listings of invented words, the same for equal seeds.
type generator struct {
	r                *rand.Rand
	folder           string
	english, arabic  *lexicon
	subjects, skills []string
	places           []string
	topics           map[string][2][]int // of a subject, in each lexicon
	providers        []string            // names
	titles           [2][]string         // given so far
}

// generate fills a folder with a catalogue of n listings: seven of ten in
// English only, and as many in both languages as in Arabic only.
func generate(repository, folder string, n int, seed uint64) error {
	g := &generator{r: rand.New(rand.NewPCG(seed, uint64(n))), folder: folder} //nolint:gosec // the same at every run
	words := rand.New(rand.NewPCG(seed, 1))                                    //nolint:gosec // one language for all sizes
	g.english, g.arabic = english(words), arabic(words)
	if err := g.settings(filepath.Join(repository, "content")); err != nil {
		return err
	}
	g.topics = map[string][2][]int{}
	for _, s := range g.subjects {
		g.topics[s] = [2][]int{g.english.subject(words), g.arabic.subject(words)}
	}
	if err := g.writeProviders(1 + n/40); err != nil {
		return err
	}
	for i := range n {
		if err := g.listing(i); err != nil {
			return err
		}
	}
	return nil
}

// settings copies those of the sample catalogue, and reads its terms.
func (g *generator) settings(sample string) error {
	files := []string{"catalogue.toml"}
	for _, name := range []string{"subjects", "skills", "places", "curriculum"} {
		files = append(files, "vocabularies/"+name+".toml")
	}
	for _, name := range files {
		text, err := os.ReadFile(filepath.Join(sample, name))
		if err != nil {
			return err
		}
		if err := g.write(name, string(text)); err != nil {
			return err
		}
	}
	for name, terms := range map[string]*[]string{"subjects": &g.subjects, "skills": &g.skills, "places": &g.places} {
		var vocabulary struct{ Terms []struct{ ID string } }
		if _, err := toml.DecodeFile(filepath.Join(sample, "vocabularies", name+".toml"), &vocabulary); err != nil {
			return err
		}
		for _, t := range vocabulary.Terms {
			*terms = append(*terms, t.ID)
		}
	}
	return nil
}

func (g *generator) write(name, text string) error {
	file := filepath.Join(g.folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o600)
}

func (g *generator) writeProviders(n int) error {
	kinds := strings.Fields("Museum Library Club School Society Studio Centre Lab")
	for i := range n {
		name := capital(g.english.lemmas[200+g.r.IntN(lemmas-200)]) + " " + g.oneOf(kinds)
		g.providers = append(g.providers, name)
		if err := g.write(fmt.Sprintf("providers/p%d.md", i), fmt.Sprintf("+++\nname = %q\n+++\n", name)); err != nil {
			return err
		}
	}
	return nil
}

func (g *generator) oneOf(list []string) string { return list[g.r.IntN(len(list))] }

// skewed is one of a list, those that begin it oftener.
func (g *generator) skewed(list []string) string {
	return list[int(float64(len(list))*g.r.Float64()*g.r.Float64())]
}

// listing writes the i-th: its facts, and its text in one language or both.
func (g *generator) listing(i int) error {
	subject := g.skewed(g.subjects)
	provider := int(float64(len(g.providers)) * g.r.Float64() * g.r.Float64())
	file := fmt.Sprintf("opportunities/p%d/l%d", provider, i)
	facts := g.facts(subject)
	x := g.r.IntN(100)
	if x >= 85 {
		return g.write(file+".md", g.text(1, subject, "lang = \"ar\"\n"+facts))
	}
	if x >= 70 {
		if err := g.write(file+".ar.md", g.text(1, subject, "")); err != nil {
			return err
		}
	}
	return g.write(file+".md", g.text(0, subject, facts))
}

// text is a file with a title, a summary and a body in a language: 0 is
// English, 1 Arabic.
func (g *generator) text(language int, subject, facts string) string {
	summary := g.sentence(language, subject, 12+g.r.IntN(12))
	var body strings.Builder
	for left := 90 + g.r.IntN(90); left > 0; {
		for range 2 + g.r.IntN(3) {
			n := 8 + g.r.IntN(12)
			body.WriteString(g.sentence(language, subject, n) + " ")
			left -= n
		}
		body.WriteString("\n\n")
	}
	return fmt.Sprintf("+++\ntitle = %q\nsummary = %q\n%s+++\n%s", g.title(language, subject), cut(summary, 270), facts, body.String())
}

func (g *generator) sentence(language int, subject string, n int) string {
	lexicon := []*lexicon{g.english, g.arabic}[language]
	words := make([]string, n)
	for i := range words {
		words[i] = lexicon.word(g.r, g.topics[subject][language])
		if g.r.IntN(60) == 0 {
			words[i] = strconv.Itoa(1 + g.r.IntN(120))
		}
	}
	words[0] = capital(words[0])
	return strings.Join(words, " ") + "."
}

var titleForms = [2][]string{
	strings.Fields("Club Workshop Camp Course Team Festival Lecture Morning Lab Tour"),
	strings.Fields("نادي ورشة مخيم دورة فريق مهرجان محاضرة صباح مختبر جولة"),
}

// title is mostly one that no other listing has; one of twelve is that of an
// earlier listing, as when something comes again.
func (g *generator) title(language int, subject string) string {
	given := g.titles[language]
	if len(given) > 20 && g.r.IntN(12) == 0 {
		return given[g.r.IntN(len(given))]
	}
	lexicon := []*lexicon{g.english, g.arabic}[language]
	term := func() string {
		if g.r.IntN(2) == 0 {
			return capital(lexicon.inflect(g.r, lexicon.lemmas[g.topics[subject][language][g.r.IntN(topical)]]))
		}
		return capital(lexicon.inflect(g.r, lexicon.lemmas[lexicon.rank(g.r)]))
	}
	form := g.oneOf(titleForms[language])
	var title string
	switch choice := g.r.IntN(4); {
	case language == 1 && choice < 2:
		title = form + " " + term() + " " + term()
	case language == 1:
		title = form + " " + term() + " من " + term() + " إلى " + term()
	case choice == 0:
		title = term() + " " + term() + " " + form
	case choice == 1:
		title = term() + " and " + term() + " for " + term()
	case choice == 2:
		title = "The " + form + " of " + term() + " " + term()
	default:
		title = term() + " " + form + ": " + term() + " with " + term()
	}
	title = cut(title, 118)
	g.titles[language] = append(given, title)
	return title
}

// facts are all fields but the texts. About one listing of eight is over.
func (g *generator) facts(subject string) string {
	var b strings.Builder
	youngest := 3 + g.r.IntN(12)
	fmt.Fprintf(&b, "kind = %q\nages = {min = %d, max = %d}\nlanguages = [%q]\n", g.oneOf(strings.Fields("club workshop course taster event camp talk visit")),
		youngest, youngest+2+g.r.IntN(7), g.oneOf([]string{"en", "en", "ar"}))
	fmt.Fprintf(&b, "subjects = %s\nskills = %s\n", list(subject, g.oneOf(g.subjects)), list(g.oneOf(g.skills), g.oneOf(g.skills)))
	if g.r.IntN(5) == 0 {
		b.WriteString("mode = \"online\"\n")
	} else {
		fmt.Fprintf(&b, "mode = \"in-person\"\nplace = {name = %q, locality = \"Doha\", district = %q, latitude = %.4f, longitude = %.4f}\n",
			g.oneOf(g.providers), g.skewed(g.places), 25.2+g.r.Float64()/4, 51.4+g.r.Float64()/5)
	}
	fmt.Fprintf(&b, "cost = %s\n", g.oneOf([]string{"{amount = 0}", "{amount = 0}", "{amount = 40}", "{from = 50, to = 120}", "{unknown = true}"}))
	start := time.Date(2026, 11, 22, 9+g.r.IntN(9), 0, 0, 0, time.UTC).AddDate(0, 0, g.r.IntN(340)-42)
	if g.r.IntN(5) == 0 {
		fmt.Fprintf(&b, "period = {from = %s, to = %s}\n", start.Format(time.DateOnly), start.AddDate(0, 0, 30+g.r.IntN(60)).Format(time.DateOnly))
		return b.String()
	}
	for i := range 1 + g.r.IntN(4) {
		at := start.AddDate(0, 0, 7*i)
		fmt.Fprintf(&b, "[[sessions]]\nstart = %s\nend = %s\n", at.Format("2006-01-02T15:04:05"), at.Add(90*time.Minute).Format("2006-01-02T15:04:05"))
	}
	return b.String()
}

// list is one term or two.
func list(a, b string) string {
	if a == b {
		return fmt.Sprintf("[%q]", a)
	}
	return fmt.Sprintf("[%q, %q]", a, b)
}

func capital(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// cut leaves out what a text has beyond n letters, at the end of a word.
func cut(text string, n int) string {
	letters := []rune(text)
	if len(letters) <= n {
		return text
	}
	short := string(letters[:n])
	return short[:strings.LastIndexByte(short, ' ')]
}
