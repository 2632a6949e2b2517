package plan_test

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"fursa/feeds"
	"fursa/generator"
	"fursa/generator/ledger"
)

// Of HTML and CSS, what all mail programs know (caniemail.com); «min-width» and
// «calc» may be dropped and «display» be taken for a cell's: columns then
// stand as the width before says. Outlook turns links with a direction round.
var (
	mailElements = map[string][]string{
		"html": {"lang", "dir"}, "head": nil, "meta": {"charset", "name", "content", "http-equiv"}, "title": nil, "body": {"style"},
		"div": {"lang", "dir", "style"}, "table": {"role", "lang", "dir", "style"}, "tbody": nil, "tr": nil, "td": {"style"},
		"h1": {"lang", "dir", "style"}, "h2": {"lang", "dir", "style"}, "h3": {"lang", "dir", "style"}, "p": {"lang", "dir", "style"}, "a": {"href"}, "strong": nil, "br": nil,
	}
	mailProperties = []string{
		"margin", "padding", "width", "max-width", "min-width", "max-height", "overflow", "display", "vertical-align", "direction", "text-align",
		"font-family", "font-size", "line-height", "word-break", "border-collapse", "border-bottom", "border-top",
	}
)

// mailRules are what each element of an e-mail must keep, by what breaks them.
var mailRules = map[string]func(n *html.Node, styles map[string]string) bool{
	"is no element for e-mails": func(n *html.Node, _ map[string]string) bool { _, ok := mailElements[n.Data]; return !ok },
	"has an attribute that is not for e-mails": func(n *html.Node, _ map[string]string) bool {
		return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return !slices.Contains(mailElements[n.Data], a.Key) })
	},
	"has a property that is not for e-mails": func(_ *html.Node, styles map[string]string) bool {
		for name := range styles {
			if !slices.Contains(mailProperties, name) {
				return true
			}
		}
		return false
	},
	"has a colour that one of light and dark would hide": func(_ *html.Node, styles map[string]string) bool {
		return styles["color"]+styles["background"]+styles["background-color"] != ""
	},
	"loads something": func(_ *html.Node, styles map[string]string) bool {
		return strings.Contains(fmt.Sprint(styles), "url(")
	},
	"is filled in with nothing safe": func(_ *html.Node, styles map[string]string) bool {
		return strings.Contains(fmt.Sprint(styles), "Zgotmpl")
	},
	"leads to no absolute address": func(n *html.Node, _ map[string]string) bool {
		href, _ := attr(n, "href")
		u, err := url.Parse(href)
		return n.Data == "a" && (err != nil || u.Scheme != "https" || u.Host == "")
	},
	"is wider than 600 pixels": func(n *html.Node, styles map[string]string) bool {
		return n.Data == "table" && (styles["width"] != "600px" || styles["max-width"] != "100%")
	},
	"has a direction that one program or another does not see": func(n *html.Node, styles map[string]string) bool {
		if n.Data == "td" {
			return styles["direction"] == "" || styles["text-align"] == ""
		}
		dir, ok := attr(n, "dir")
		side := map[string]string{"ltr": "left", "rtl": "right"}[dir]
		return ok && n.Data == "div" && (styles["direction"] != dir || styles["text-align"] != side)
	},
}

// stylesOf are the declarations of an element by their properties, the first
// of each.
func stylesOf(n *html.Node) map[string]string {
	styles := map[string]string{}
	style, _ := attr(n, "style")
	for d := range strings.SplitSeq(style, ";") {
		name, value, _ := strings.Cut(d, ":")
		if _, twice := styles[name]; !twice && d != "" {
			styles[name] = value
		}
	}
	return styles
}

// checkMail holds an e-mail against the rules.
func checkMail(t *testing.T, name string, content []byte) {
	t.Helper()
	const clipped = 102 << 10 // by Gmail
	if len(content) >= clipped {
		t.Errorf("%s: %d bytes", name, len(content))
	}
	p := parsePage(t, name, content)
	for n := range p.root.Descendants() {
		if n.Type == html.CommentNode {
			t.Errorf("%s: a comment: %s", name, n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		for rule, breaks := range mailRules {
			if breaks(n, stylesOf(n)) {
				t.Errorf("%s: <%s> %v %s", name, n.Data, n.Attr, rule)
			}
		}
	}
	root, body := p.first("html", "", ""), p.first("body", "", "")
	lang, _ := attr(root, "lang")
	if scheme := p.first("meta", "name", "color-scheme"); lang != langOf(name) || scheme == nil || text(p.first("title", "", "")) == "" {
		t.Errorf("%s: its language is %q, or it lacks a title or a word on light and dark", name, lang)
	}
	if first := body.FirstChild.NextSibling; stylesOf(first)["display"] != "none" || text(first) == "" {
		t.Errorf("%s: nothing to show beside its title", name)
	}
}

// mails are the e-mails of a site, by their paths.
func (s site) mails() map[string][]byte {
	found := map[string][]byte{}
	for p, content := range s.files {
		if isMail(p) {
			found[p] = content
		}
	}
	return found
}

// checkNewsletters holds all newsletters of a site against what they promise.
func checkNewsletters(t *testing.T, s site) {
	t.Helper()
	for p, content := range s.mails() {
		checkMail(t, p, content)
		checkText(t, strings.TrimSuffix(p, ".html")+".txt", s.files[strings.TrimSuffix(p, ".html")+".txt"])
	}
	for p, content := range s.named("message.txt") {
		checkMessage(t, p, string(content))
	}
}

func checkMessage(t *testing.T, name, message string) {
	t.Helper()
	if n := len(utf16.Encode([]rune(strings.TrimSpace(message)))); n == 0 || n >= 1000 {
		t.Errorf("%s: %d UTF-16 units", name, n)
	}
	if !strings.Contains(message, "\nhttps://") {
		t.Errorf("%s: no address:\n%s", name, message)
	}
}

// checkText wants short lines, addresses alone on theirs, and each line in its
// direction: marking it again adds nothing.
func checkText(t *testing.T, name string, content []byte) {
	t.Helper()
	for part := range strings.SplitSeq(string(content), "\n=====") {
		dir := "ltr"
		if strings.Contains(part, "\nجميع الفرص") {
			dir = "rtl"
		}
		for line := range strings.Lines(part) {
			checkLine(t, name, strings.TrimSuffix(line, "\n"), dir)
		}
	}
}

func checkLine(t *testing.T, name, line, dir string) {
	t.Helper()
	marks := func(r rune) rune {
		if r == '\u200e' || r == '\u200f' || 0x64B <= r && r <= 0x652 { // those of direction and vowels take no column
			return -1
		}
		return r
	}
	if strings.Contains(line, "https://") {
		if !strings.HasPrefix(line, "https://") || strings.Contains(line, " ") {
			t.Errorf("%s: an address is not alone: %s", name, line)
		}
	} else if n := len([]rune(strings.Map(marks, line))); n > 78 {
		t.Errorf("%s: %d columns: %s", name, n, line)
	}
	if feeds.Marked(line, dir) != line {
		t.Errorf("%s: would be turned round: %s", name, line)
	}
}

// The sample's newsletters, at a host's root and below, are fit to be sent.
func TestNewsletters(t *testing.T) {
	atEachBase(t, func(t *testing.T, s site) {
		if n, m := len(s.mails()), len(s.named("message.txt")); n != 10 || m != 5 {
			t.Fatalf("%d e-mails and %d messages, want two and one for each language and each school", n, m)
		}
		checkNewsletters(t, s)
	})
}

// Titles as long as they may be, in both languages and outside the basic plane,
// fill no e-mail over what Gmail shows and no message over what a chat takes.
func TestNewslettersOfLongTitles(t *testing.T) {
	listings := map[string]string{}
	long := strings.TrimSpace(strings.Repeat("𝕬 فرصة ", 17))
	for i := range 90 {
		name := fmt.Sprintf("long-%02d", i)
		listings[name] = fmt.Sprintf("sessions = [{ start = 2026-11-%02dT10:00:00, end = 2026-11-%02dT12:00:00 }]\nplace = { name = %q, address = %q }\n"+
			"pays = { note = %q }\npublished = 2026-11-20\neligibility = %q", 23+i%6, 23+i%6, long, long, long, long)
	}
	dir := folder(t, listings)
	write(t, dir, "schools/bay.toml", fmt.Sprintf("name = %q\nlanguages = [\"ar\", \"en\"]\n", long))
	for name := range listings {
		file := filepath.Join(dir, "opportunities/museum", name+".md")
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(string(content), "Listing "+name, name+" "+strings.Repeat("𝕬 فرصة ", 15), 1)
		text = strings.Replace(text, "What people do at listing "+name, strings.Repeat("ملخّص <&> ", 27), 1)
		write(t, dir, "opportunities/museum/"+name+".md", strings.Replace(text, "\"online\"", "\"in-person\"", 1))
	}
	s := made(t, generator.Input{Content: dir, BaseURL: "https://city.example/learn/"})
	checkNewsletters(t, s)
	mail := string(s.files["ar/schools/bay/newsletter/week.html"])
	if n := strings.Count(mail, "/opportunities/museum/long-"); n < 20 || n%2 != 0 || !strings.Contains(mail, "And ") {
		t.Errorf("%d titles, or no word of how many there are beside", n)
	}
	for p, content := range s.named("index.html") {
		for _, n := range parsePage(t, p, content).all("a", "href", "") {
			href, _ := attr(n, "href")
			if u, err := url.Parse(href); err == nil && u.Host == "wa.me" {
				checkMessage(t, p, u.Query().Get("text"))
			}
		}
	}
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// What an issue tells: first what has changed, then what closes, what takes
// place, and what is new; each listing once; nothing that nobody can join.
func TestIssue(t *testing.T) {
	dir := folder(t, map[string]string{
		"moved":     "sessions = [{ start = 2026-11-28T10:00:00 }]",
		"closing":   "sessions = [{ start = 2026-11-25T10:00:00 }]\nregistration = { deadline = 2026-11-24T16:00:00 }",
		"later":     "sessions = [{ start = 2027-02-01T10:00:00 }]\nregistration = { deadline = 2027-01-25 }",
		"club":      "sessions = [{ start = 2026-09-01T16:00:00, end = 2026-09-01T18:00:00, rrule = \"FREQ=WEEKLY;BYDAY=TU\" }]",
		"exhibits":  "sessions = [{ start = 2026-10-01, end = 2026-11-27 }]",
		"goes-on":   "sessions = [{ start = 2026-10-01, end = 2027-03-27 }]",
		"full":      "sessions = [{ start = 2026-11-25T10:00:00 }]\nstatus = \"full\"",
		"shut":      "sessions = [{ start = 2026-11-25T10:00:00 }]\nregistration = { deadline = 2026-11-21 }",
		"next-week": "sessions = [{ start = 2026-12-02T10:00:00 }]",
	})
	write(t, dir, "schools/bay.toml", "name = \"Bay School\"\nlanguages = [\"en\"]\npin = [\"museum/goes-on\"]\n")
	var last *ledger.Ledger
	build := func(month time.Month, day int) site {
		s := made(t, generator.Input{Content: dir, Previous: last, BaseURL: "https://city.example/", Now: generator.Now{Instant: time.Date(2026, month, day, 9, 0, 0, 0, time.UTC)}})
		last = s.Catalogue.Ledger
		return s
	}
	build(11, 1)
	replace(t, filepath.Join(dir, "opportunities/museum/moved.md"), "2026-11-28T10", "2026-11-29T10")
	write(t, dir, "opportunities/museum/fresh.md", "+++\ntitle = \"STEM at any time\"\nsummary = \"What people do who come in whenever they like to.\"\nkind = \"resource\"\nages = { min = 8 }\nlanguages = [\"en\"]\nsubjects = [\"sciences\"]\nmode = \"online\"\nanytime = true\ncost = { amount = 0 }\n+++\n")
	s := build(11, 22)
	checkGolden(t, "testdata/newsletter.txtar", func(file string) string { return string(s.files[file]) })
	// The catalogue is younger than a month: nothing is new in that.
	month := string(s.files["schools/bay/newsletter/month.txt"])
	var headings []string
	for line := range strings.Lines(month) {
		if strings.HasPrefix(line, "==") {
			headings = append(headings, strings.Trim(line, "= \n"))
		}
	}
	want := []string{"Changed or cancelled", "Last days to register", "22–28 November 2026", "29 November – 5 December 2026"}
	if diff := cmp.Diff(want, headings); diff != "" {
		t.Errorf("the month (-want +got):\n%s", diff)
	}
	checkWeekly(t, s, "https://doha.example/schools/bay/newsletter#2026-W47", "Mon, 16 Nov 2026 00:00:00 +0300")
	checkWeekly(t, build(11, 23), "https://doha.example/schools/bay/newsletter#2026-W48", "Mon, 23 Nov 2026 00:00:00 +0300")
}

// checkWeekly wants one item, of a week.
func checkWeekly(t *testing.T, s site, id, published string) {
	t.Helper()
	at, err := time.Parse(time.RFC1123Z, published)
	if err != nil {
		t.Fatal(err)
	}
	feed := parseFeed(t, s.files["schools/bay/newsletter/feed.xml"])
	if len(feed.Items) != 1 {
		t.Fatalf("%d items", len(feed.Items))
	}
	item := feed.Items[0]
	if item.GUID != id || !item.PublishedParsed.Equal(at) || !strings.HasPrefix(item.Title, "Bay School: 2") {
		t.Errorf("%s of %s: %s", item.GUID, item.Published, item.Title)
	}
	mail := parsePage(t, "week.html", s.files["schools/bay/newsletter/week.html"])
	table := parsePage(t, "feed.xml", []byte(item.Content)).first("table", "", "")
	var got, want bytes.Buffer
	if err := html.Render(&want, mail.first("table", "", "")); err != nil {
		t.Fatal(err)
	}
	if err := html.Render(&got, table); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.String(), got.String()); diff != "" {
		t.Errorf("the item holds something else than the e-mail:\n%s", diff)
	}
}

// A week without anything says so; to tools that send e-mails nothing is new.
func TestEmptyIssue(t *testing.T) {
	s := withSchool(t, "name = \"Bay School\"\nwant = { kinds = [\"camp\"] }\n", map[string]string{"talk": "anytime = true"})
	const at = "schools/bay/newsletter/"
	for name, want := range map[string]string{
		"week.html": "Nothing is new, closing or on", "week.txt": "Nothing is new, closing or on", "month.txt": "Nothing is new, closing or on",
		"message.txt": "Nothing is new, closing or on", "index.html": "Nothing is new, closing or on",
	} {
		if !strings.Contains(string(s.files[at+name]), want) {
			t.Errorf("%s does not say that there is nothing", name)
		}
	}
	items := parseFeed(t, s.files[at+"feed.xml"]).Items
	if len(items) != 1 || items[0].GUID != "https://doha.example/"+path.Clean(at)+"#empty" {
		t.Errorf("%d items, the first %s", len(items), items[0].GUID)
	}
	checkNewsletters(t, s)
}

// The school's page, in each language, leads to the newsletter, which stands
// with the leading one.
func TestNewsletterIsFound(t *testing.T) {
	s := sampleAt(t, "")
	for page, want := range map[string]string{
		"schools/seven-palms-primary/index.html":         "/ar/schools/seven-palms-primary/newsletter/",
		"ar/schools/seven-palms-primary/index.html":      "/ar/schools/seven-palms-primary/newsletter/",
		"ar/schools/harbour-lane-preparatory/index.html": "/schools/harbour-lane-preparatory/newsletter/",
		"opportunities/index.html":                       "/newsletter/",
		"ar/index.html":                                  "/ar/newsletter/",
	} {
		if parsePage(t, page, s.files[page]).first("a", "href", want) == nil {
			t.Errorf("%s does not lead to %s", page, want)
		}
	}
	reads := parsePage(t, "ar", s.files["ar/schools/seven-palms-primary/index.html"]).first("p", "class", "reads")
	var links []string
	for n := range reads.Descendants() {
		if n.Data == "a" {
			href, _ := attr(n, "href")
			links = append(links, text(n)+" "+href)
		}
	}
	want := []string{"واتساب /ar/schools/seven-palms-primary/newsletter/", "كلاس دوجو /ar/schools/seven-palms-primary/newsletter/"}
	for _, w := range want {
		if !slices.Contains(links, w) {
			t.Errorf("the school's channels are %v, without %s", links, w)
		}
	}
}
