package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// typed is a stop of the tab key, and what is typed there.
type typed struct{ stop, keys string }

// submitted are the steps from an empty form to a listing, by the keyboard
// alone: what is looked for is in the other language in one place.
var submitted = map[string][]typed{
	"en": {
		{"#submit-provider", "lantern"}, {"", kb.Enter},
		{"#field-title", "Moons of Jupiter"},
		{"#field-summary", "Find four moons with your own eyes, and draw where they stand."},
		{"#field-kind", "Works"},
		{"#field-subjects", "الفلك"}, {"", kb.Enter},
		{"#submit-body", "Bring a coat.\r\rWe have *telescopes*."},
		{"#field-ages-min", "٩"},
		{"#field-languages", "العربية"}, {"", kb.Enter}, {"", "engl"}, {"", kb.Enter},
		{`[data-key="start"] [type="date"]`, "12052026"}, {`[data-key="start"] [type="time"]`, "0630PM"},
		{`[data-key="end"] [type="date"]`, "12052026"}, {`[data-key="end"] [type="time"]`, "0800PM"},
		{"#field-mode", "In person"},
		{"#field-place-name", "Lantern Observatory"}, {"#field-place-address", "Observatory Track"},
		{`[name="choice-cost"]`, " "},
	},
	"ar": {
		{"#submit-provider", "lantern"}, {"", kb.Enter},
		{"#field-title", "أقمار المشتري"},
		{"#field-summary", "اعثر على أربعة أقمار بعينيك، وارسم مواقعها كما رآها غاليليو."},
		{"#field-kind", "ورشة"},
		{"#field-subjects", "astronomy"}, {"", kb.Enter},
		{"#field-ages-min", "9"}, {"#field-ages-max", "12"},
		{"#field-languages", "arab"}, {"", kb.Enter},
		{`[name="choice-when"]`, kb.ArrowUp},
		{"#field-mode", "عبر"},
		{`[name="choice-cost"]`, kb.ArrowUp},
	},
}

// walk does the steps of a form.
func walk(t *testing.T, tab context.Context, steps []typed) {
	t.Helper()
	for _, s := range steps {
		if s.stop != "" {
			reach(t, tab, s.stop)
		}
		do(t, tab, chromedp.KeyEvent(s.keys))
		if strings.HasPrefix(s.stop, `[name="choice-`) && s.keys == kb.ArrowUp {
			do(t, tab, chromedp.KeyEvent(" "))
		}
	}
}

const equipped = `document.querySelectorAll("[data-submit] [data-equipped]").length > 5 && document.querySelectorAll("[data-preview] .card").length`

// atForm opens the form of a language, with the device's stubs.
func atForm(t *testing.T, l language, query string) context.Context {
	t.Helper()
	tab := newTab(t)
	do(t, tab, before(stubs), at(look{width: desk}), chromedp.Navigate(site.root+l.prefix+"submit/"+query))
	shows(t, tab, equipped, 1)
	return tab
}

// prefilled are the file's name and text that the form's link carries.
func prefilled(t *testing.T, tab context.Context, block, link string) (name, text string) {
	t.Helper()
	u, err := url.Parse(evaluate[string](t, tab, fmt.Sprintf(`document.querySelector('[data-file-of="%s"] [data-%s]').href`, block, link)))
	if err != nil {
		t.Fatal(err)
	}
	if want := "https://git.doha.example/learning/catalogue/new/main/content"; want != u.Scheme+"://"+u.Host+u.Path {
		t.Errorf("the link leads to %s", u)
	}
	return u.Query().Get("filename"), u.Query().Get("value")
}

// validates puts files into a copy of the sample catalogue, and checks them as
// fursa validate does.
func validates(t *testing.T, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	var names []string
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	list, err := generator.NewBuilder().Check(t.Context(), generator.Input{Content: dir, Clock: time.Now()}, names)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		if d.Severity != diag.Note {
			t.Errorf("%s: %s", d.Rule, d.Message("en"))
		}
	}
}

const finish = `[data-finish]`

// Somebody fills the form by the keyboard from nothing, and arrives at a link
// with a file in it that fursa validate has nothing to say of.
func TestSubmit(t *testing.T) {
	want := map[string][2]string{
		"en": {"opportunities/lantern-observatory/moons-of-jupiter.md", `+++
title = "Moons of Jupiter"
summary = "Find four moons with your own eyes, and draw where they stand."
kind = "workshop"
ages = {min = 9}
languages = ["ar", "en"]
subjects = ["astronomy"]
mode = "in-person"
cost = {amount = 0}

[place]
name = "Lantern Observatory"
address = "Observatory Track"

[[sessions]]
start = 2026-12-05T18:30:00
end = 2026-12-05T20:00:00
+++

Bring a coat.

We have *telescopes*.
`},
		"ar": {"opportunities/lantern-observatory/astronomy-workshop.md", `+++
title = "أقمار المشتري"
summary = "اعثر على أربعة أقمار بعينيك، وارسم مواقعها كما رآها غاليليو."
lang = "ar"
kind = "workshop"
ages = {min = 9, max = 12}
languages = ["ar"]
subjects = ["astronomy"]
mode = "online"
anytime = true
cost = {unknown = true}
+++
`},
	}
	for _, l := range languages {
		t.Run(l.code, func(t *testing.T) {
			t.Parallel()
			tab := atForm(t, l, "")
			walk(t, tab, submitted[l.code])
			reach(t, tab, finish)
			do(t, tab, chromedp.KeyEvent(kb.Enter))
			shows(t, tab, `[document.querySelector("[data-send]").hidden, [...document.querySelectorAll("[data-problems]:not([hidden]) li")].map((p) => p.textContent)]`, []any{false, []any{}})
			name, text := prefilled(t, tab, "listing", "open")
			if diff := cmp.Diff(want[l.code], [2]string{name, text}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			validates(t, map[string]string{name: text})
			shows(t, tab, `document.activeElement.id`, "send")
		})
	}
}

// set writes a text into a field, as if it were pasted.
func set(selector, text string) string {
	return fmt.Sprintf(`{ const field = document.querySelector(%q); field.value = %q; for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true })); }`, selector, text)
}

// An Arabic listing that is too long for a link is copied, and the link opens
// an empty file of the right name; the e-mail asks for the text to be pasted.
func TestSubmitLong(t *testing.T) {
	tab := atForm(t, languages[1], "")
	walk(t, tab, submitted["ar"])
	do(t, tab, chromedp.Evaluate[chromedp.Void](set("#submit-body", strings.Repeat("نلتقي على السطح بعد الغروب، ونحضر معنا معطفًا. ", 40))))
	press(t, tab, finish)
	shows(t, tab, `document.querySelector("[data-send]").hidden`, false)
	const parts = `["open", "copy-open", "long", "mail-long"].filter((part) => document.querySelector('[data-file-of="listing"] [data-' + part + ']').checkVisibility())`
	shows(t, tab, parts, []string{"copy-open", "long", "mail-long"})
	name, text := prefilled(t, tab, "listing", "copy-open")
	if name != "opportunities/lantern-observatory/astronomy-workshop.md" || text != "" {
		t.Errorf("the link has %s and %q", name, text)
	}
	do(t, tab, chromedp.Evaluate[chromedp.Void](`document.querySelector('[data-file-of="listing"] [data-copy-open]').dispatchEvent(new MouseEvent("click", { cancelable: true, bubbles: false }))`))
	shows(t, tab, `copied.length`, 1)
	validates(t, map[string]string{name: evaluate[string](t, tab, `copied[0]`)})
	shows(t, tab, `document.querySelector('[data-file-of="listing"] [data-mail]').href.length < 2000`, true)
	shows(t, tab, `file.text().then((text) => [document.querySelector('[data-file-of="listing"] [data-download]').download, text === copied[0]])`, []any{"astronomy-workshop.md", true})
}

// Who is not in the list of providers makes a file for that, too, and what is
// proposed for the lists goes along.
func TestSubmitNewProvider(t *testing.T) {
	tab := atForm(t, languages[0], "")
	steps := append([]typed{{"#submit-provider", "Sand & Stars"}, {"", kb.Enter}}, submitted["en"][2:]...)
	walk(t, tab, steps)
	do(t, tab, chromedp.Focus(chromedp.CSS("#field-subjects")), chromedp.KeyEvent("Cosmic dust"), chromedp.KeyEvent(kb.Enter),
		chromedp.Focus(chromedp.CSS("#field-fresh-contact-email")), chromedp.KeyEvent("sand@stars.example"))
	press(t, tab, finish)
	shows(t, tab, `document.querySelector("[data-send]").hidden`, false)
	listing, text := prefilled(t, tab, "listing", "open")
	provider, about := prefilled(t, tab, "provider", "open")
	want := map[string]string{"providers/sand-stars.md": "+++\nname = \"Sand & Stars\"\n\n[contact]\nemail = \"sand@stars.example\"\n+++\n"}
	if diff := cmp.Diff(want, map[string]string{provider: about}); diff != "" || listing != "opportunities/sand-stars/moons-of-jupiter.md" {
		t.Errorf("%s, %s", listing, diff)
	}
	validates(t, map[string]string{listing: text, provider: about})
	shows(t, tab, `document.querySelector("[data-proposals-text]").textContent`, "Subjects: Cosmic dust")
	shows(t, tab, `decodeURIComponent(document.querySelector('[data-file-of="listing"] [data-mail]').href).includes("Proposed for the lists:\nSubjects: Cosmic dust")`, true)
}

// What was written is there again, until one starts anew; a browser that keeps
// nothing is told of, and the form works.
func TestSubmitIsKept(t *testing.T) {
	tab := atForm(t, languages[0], "")
	shows(t, tab, `document.querySelector("[data-earlier]").checkVisibility()`, false)
	walk(t, tab, submitted["en"][:6])
	shows(t, tab, `Object.keys(localStorage).length`, 1)
	do(t, tab, chromedp.Reload())
	shows(t, tab, equipped, 1)
	shows(t, tab, `[document.querySelector("#field-title").value, document.querySelector("#field-kind").value, document.querySelector("[data-key=provider] [data-id]").dataset.id, document.querySelector("[data-earlier]").checkVisibility(), document.querySelector(".card h3").textContent]`,
		[]any{"Moons of Jupiter", "workshop", "lantern-observatory", true, "Moons of Jupiter"})
	press(t, tab, "[data-anew]")
	shows(t, tab, `[document.querySelector("#field-title").value, document.querySelector("[data-earlier]").checkVisibility()]`, []any{"", false})

	refusing := newTab(t)
	do(t, refusing, before(`Object.defineProperty(window, "localStorage", { get() { throw new Error("refused"); } });`), at(look{width: telephone}), chromedp.Navigate(site.root+"submit/"))
	shows(t, refusing, equipped, 1)
	walk(t, refusing, submitted["en"])
	shows(t, refusing, `document.querySelector("[data-earlier-text]").textContent`, "This browser keeps nothing for this site: finish before you close the page.")
	press(t, refusing, finish)
	shows(t, refusing, `document.querySelector("[data-send]").hidden`, false)
}

// What is wrong is said at its field once somebody has been there, and all of
// it at the end, in a list that leads to each.
func TestSubmitProblems(t *testing.T) {
	axe := axeSource(t)
	for _, l := range languages {
		t.Run(l.code, func(t *testing.T) {
			t.Parallel()
			tab := atForm(t, l, "")
			do(t, tab, chromedp.Evaluate[chromedp.Void](set("#field-summary", "Short")))
			shows(t, tab, `[...document.querySelectorAll(".error")].map((e) => e.parentElement.dataset.key)`, []string{"summary"})
			shows(t, tab, `document.getElementById(document.querySelector("#field-summary").getAttribute("aria-describedby").split(" ")[0]).className`, "error")
			press(t, tab, finish)
			shows(t, tab, `document.querySelectorAll("[data-problems] li").length > 8`, true)
			shows(t, tab, `document.activeElement.matches("[data-problems]")`, true)
			shows(t, tab, `[...document.querySelectorAll("[data-problems] a")].every((a) => document.getElementById(a.hash.slice(1)))`, true)
			do(t, tab, chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
			shows(t, tab, `document.activeElement.id`, "submit-provider")
			do(t, tab, chromedp.Evaluate[chromedp.Void](axe))
			for _, c := range checks {
				if c.script != "still.js" {
					t.Run(c.name, func(t *testing.T) { c.run(t, tab) })
				}
			}
		})
	}
}

// The end of the form holds what all pages hold.
func TestSubmitEndIsAccessible(t *testing.T) {
	axe := axeSource(t)
	for _, l := range languages {
		t.Run(l.code, func(t *testing.T) {
			t.Parallel()
			tab := atForm(t, l, "")
			walk(t, tab, submitted[l.code])
			press(t, tab, finish)
			shows(t, tab, `document.querySelector("[data-send]").hidden`, false)
			do(t, tab, chromedp.Evaluate[chromedp.Void](axe))
			for _, c := range checks {
				t.Run(c.name, func(t *testing.T) { c.run(t, tab) })
			}
		})
	}
}

// A listing that is there begins with what its file says, and cancelling it is
// one press: the file is that of the record with one line more.
func TestSubmitEdit(t *testing.T) {
	tab := atForm(t, languages[0], "?edit="+strings.TrimSuffix(nightSky, "/"))
	shows(t, tab, `document.querySelector("#field-title").value`, "A night under the desert sky")
	shows(t, tab, `document.querySelector("h1").textContent`, "Change this listing")
	shows(t, tab, `[...document.querySelectorAll("[data-translations] a")].map((a) => a.href)`,
		[]string{"https://git.doha.example/learning/catalogue/edit/main/content/opportunities/lantern-observatory/night-sky.ar.md"})
	press(t, tab, "[data-cancel]")
	shows(t, tab, `document.querySelector("[data-send]").hidden`, false)
	shows(t, tab, `document.querySelector('[data-file-of="listing"] [data-copy-open]').href`,
		"https://git.doha.example/learning/catalogue/edit/main/content/opportunities/lantern-observatory/night-sky.md")
	text := evaluate[string](t, tab, `document.querySelector('[data-file-of="listing"] [data-text]').textContent`)
	const name = "opportunities/lantern-observatory/night-sky.md"
	validates(t, map[string]string{name: text})
	original, err := os.ReadFile("../../content/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(canonical(t, string(original), "cancelled"), text); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// canonical is a listing's file as schema.Encode writes it, with a status.
func canonical(t *testing.T, text, status string) string {
	t.Helper()
	d := parsed(t, text)
	o, err := schema.Decode[schema.Opportunity](d.Value)
	if err != nil {
		t.Fatal(err)
	}
	o.Status = status
	return string(schema.Encode(o, d.Body))
}

// parsed is a file that can be read.
func parsed(t *testing.T, text string) *document.Document {
	t.Helper()
	d, list := document.Parse(&diag.Source{Path: "listing.md", Text: []byte(text)})
	if d == nil || list.Failed() {
		t.Fatalf("it cannot be read:\n%s", text)
	}
	return d
}

// A listing that can't be read is changed in its file, and the page says how.
func TestSubmitEditByHand(t *testing.T) {
	tab := newTab(t)
	do(t, tab, before(stubs), at(look{width: telephone}), chromedp.Navigate(site.root+"submit/?edit=opportunities/ghaf-makers/none"))
	shows(t, tab, `[document.querySelector("[data-by-hand]").checkVisibility(), document.querySelector(".fields").checkVisibility(), document.querySelector("[data-edit-file]").href]`,
		[]any{true, false, "https://git.doha.example/learning/catalogue/edit/main/content/opportunities/ghaf-makers/none.md"})
	press(t, tab, "[data-copy-line]")
	shows(t, tab, "copied", []string{"status = \"cancelled\"\n"})
}

// Without scripts the page has the address to write to, and a template.
func TestSubmitWithoutScripts(t *testing.T) {
	for _, l := range languages {
		tab := newTab(t)
		do(t, tab, scripts(false), at(look{width: telephone}), chromedp.Navigate(site.root+l.prefix+"submit/"))
		shows(t, tab, `document.querySelector("noscript a").href`, "mailto:learning@doha.example")
		text := evaluate[string](t, tab, `document.querySelector("noscript pre").textContent`)
		d := parsed(t, text)
		if list := schema.NewValidator().Check(schema.KindOpportunity, "", d); len(list) > 0 {
			t.Errorf("%s: the template has mistakes: %s", l.code, list[0].Message("en"))
		}
	}
}
