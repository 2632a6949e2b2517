package plan_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/generator/plan"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// making opens the page that makes a channel, of the sample unless there are
// other outputs.
func making(t *testing.T, ctx context.Context, lang, query string, outputs map[string]plan.Output) *host {
	t.Helper()
	if outputs == nil {
		outputs = planned(sampleAt(t, bases[1]).Site)
	}
	h := serve(t, "/learn/doha/", outputs)
	_, err := chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: fmt.Sprintf(stopped, clock.Format(time.RFC3339))})
	if err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(h.url(folders[lang]+"channel/"+query)))
	settled(t, ctx)
	until(t, ctx, `document.querySelector("[data-file]").value && document.querySelector("[data-volume]").textContent`)
	return h
}

// fill types into a field of the school's form, as people do.
func fill(t *testing.T, ctx context.Context, name, value string) {
	t.Helper()
	ask[bool](t, ctx, `(document.querySelector('[data-school] [name="`+name+`"]').select(), true)`)
	do(t, ctx, chromedp.SendKeys(`[data-school] [name="`+name+`"]`, value+"\t"))
}

// chosen chooses a value of a list.
func chosen(t *testing.T, ctx context.Context, list, value string) {
	t.Helper()
	ask[bool](t, ctx, `((e) => { e.value = "`+value+`"; for (const name of ["input", "change"]) e.dispatchEvent(new Event(name, { bubbles: true })); return true })(document.querySelector("`+list+`"))`)
}

// writtenFile is the file that the page has written, and its path.
func writtenFile(t *testing.T, ctx context.Context) (file, text string) {
	t.Helper()
	return ask[string](t, ctx, `document.querySelector("[data-path]").textContent`), ask[string](t, ctx, `document.querySelector("[data-file]").value`)
}

// schoolOf is a school's file as a record; it must be sound.
func schoolOf(t *testing.T, file, text string) map[string]any {
	t.Helper()
	doc, list := document.Parse(&diag.Source{Path: file, Text: []byte(text)})
	if len(list) > 0 {
		t.Fatalf("%s: %v", text, list)
	}
	if list := schema.NewValidator().Check(schema.KindSchool, "", doc); len(list) > 0 {
		t.Fatalf("%s: %v", text, list)
	}
	return doc.Value
}

// A coordinator says what the school is and what it wants; the file says the
// same, and a catalogue with it in has that school, with nothing to complain of.
func TestChannelIsASchoolsFile(t *testing.T) {
	const query = "?q=sky&subjects=astronomy&subjects=technology&ages=9-11&ages=12-14&grades=4&grades=5&places=doha&mode=in-person&cost=free&supports=step-free&from=2026-12-01"
	for lang, c := range map[string]struct {
		name, slug, missing string
		more                map[string]any
		languages           []any
	}{
		"en": {`Creek “Road” \"School`, "creek-road-school", "“sky” · 2026-12-01 · Step-free access", map[string]any{}, []any{"ar", "en"}},
		"ar": {"مدرسة الخور", "al-khor", "“sky” · 2026-12-01 · مدخل خالٍ من الدرج", map[string]any{"lang": "ar"}, []any{"ar"}},
	} {
		t.Run(lang, func(t *testing.T) {
			ctx := tab(t)
			making(t, ctx, lang, query, nil)
			fill(t, ctx, "name", c.name)
			fill(t, ctx, "slug", c.slug)
			chosen(t, ctx, "#school-lead", "ar")
			if lang == "ar" {
				press(t, ctx, `[name="languages"][value="en"]`)
			}
			fill(t, ctx, "place", "25.3188، 51.5243")
			addressIs(t, ctx, query+"&near=25.3188,51.5243&within=10")
			press(t, ctx, `[data-slot] [value="tue"]`)
			until(t, ctx, `document.querySelector("[data-file]").value.includes("[[slots]]") && document.querySelector("[data-file]").value.includes("within_km")`)
			file, text := writtenFile(t, ctx)
			if file != "schools/"+c.slug+".toml" {
				t.Errorf("the file is %s", file)
			}
			want := map[string]any{
				"name": c.name, "grades": []any{"4", "5"}, "languages": c.languages,
				"place": map[string]any{"latitude": 25.3188, "longitude": 51.5243},
				"slots": []any{map[string]any{"day": "tue", "from": "07:00:00", "to": "13:00:00"}},
				"want": map[string]any{
					"subjects": []any{"astronomy", "technology"}, "ages": map[string]any{"min": int64(9), "max": int64(14)}, "grades": []any{"4", "5"},
					"districts": []any{"doha"}, "modes": []any{"in-person"}, "cost_max": int64(0), "within_km": int64(10),
				},
			}
			for key, value := range c.more {
				want[key] = value
			}
			if diff := cmp.Diff(want, schoolOf(t, file, text), cmp.Transformer("text", func(x fmt.Stringer) string { return x.String() })); diff != "" {
				t.Errorf("%s (-want +got):\n%s", text, diff)
			}
			if got := ask[string](t, ctx, `document.querySelector("[data-missing] b").textContent`); got != c.missing {
				t.Errorf("missing %q, want %q", got, c.missing)
			}
			checkAccepted(t, file, text)
		})
	}
}

// checkAccepted has a file be one of the sample catalogue's.
func checkAccepted(t *testing.T, file, text string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, list, err := generator.NewBuilder().Plan(t.Context(), generator.Input{Content: dir, BaseURL: bases[1], Clock: clock, Version: "test"})
	if err != nil || s == nil {
		t.Fatal(err, list)
	}
	for _, d := range list {
		if d.Span.Source != nil && strings.HasSuffix(d.Span.Source.Path, file) && d.Rule != "schools/nothing-fits" {
			t.Errorf("%s: %s\n%s", file, d.Rule, text)
		}
	}
	page := strings.TrimSuffix(file, ".toml") + "/index.html"
	if outputs := planned(s); outputs["ar/"+page].Write == nil {
		t.Errorf("there is no ar/%s", page)
	}
}

// The same choices are at once an embed, a screen and a search.
func TestChannelAtOnce(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		ctx := tab(t)
		making(t, ctx, lang, "?subjects=sciences&kinds=club", nil)
		root := bases[1] + "/" + folders[lang]
		chosen(t, ctx, "#look-theme", "dark")
		got := ask[[]string](t, ctx, `[...document.querySelectorAll(".paste")].flatMap((e) => [e.querySelector("code").textContent, e.querySelector("button").dataset.copy])`)
		name := map[string]string{"en": "Learning in Doha", "ar": "التعلم في الدوحة"}[lang]
		frame := `<iframe src="` + root + `embed/?subjects=sciences&amp;kinds=club&amp;theme=dark" title="` + name + `" width="100%" height="640" style="border: 0;" loading="lazy"></iframe>`
		element := `<script src="` + bases[1] + `/assets/embed.js" async></script>` + "\n" + `<fursa-embed src="` + root + `embed/?subjects=sciences&amp;kinds=club&amp;theme=dark"><a href="` + root + `search/?subjects=sciences&amp;kinds=club">` + name + `</a></fursa-embed>`
		screen := root + "board/?subjects=sciences&kinds=club"
		if diff := cmp.Diff([]string{frame, frame, element, element, screen, screen}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		links := ask[[]string](t, ctx, `[...document.querySelectorAll("[data-with-search]")].map((a) => new URL(a.href).pathname + new URL(a.href).search)`)
		at := "/learn/doha/" + folders[lang]
		const asked = "?subjects=sciences&kinds=club"
		if diff := cmp.Diff([]string{at + "search/" + asked, at + "embed/" + asked + "&theme=dark", at + "embed/how/" + asked, at + "board/" + asked}, links); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// The ways to send the file have its text, also as somebody has changed it; what
// is too long for a link says so, and leaves the text to be copied.
func TestChannelIsSent(t *testing.T) {
	ctx := tab(t)
	making(t, ctx, "ar", "?subjects=sciences", nil)
	fill(t, ctx, "name", "مدرسة الخور")
	sent := func() map[string]string {
		return ask[map[string]string](t, ctx, `((begin, mail) => ({
			file: begin.searchParams.get("filename"), value: begin.searchParams.get("value"), to: mail.pathname, subject: mail.searchParams.get("subject"),
			body: mail.searchParams.get("body"), copy: document.querySelector("[data-copy-file]").dataset.copy,
			long: String(document.querySelector("[data-long]").checkVisibility()),
		}))(new URL(document.querySelector("[data-begin]").href), new URL(document.querySelector("a[data-mail]").href))`)
	}
	file, text := writtenFile(t, ctx)
	want := map[string]string{
		"file": file, "value": text, "to": "learning@doha.example", "subject": "قناة: " + file,
		"body": strings.ReplaceAll(text, "\n", "\r\n"), "copy": text, "long": "false",
	}
	if diff := cmp.Diff(want, sent()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	longer := text + strings.Repeat("# نحن مدرسة كبيرة.\n", 100)
	ask[bool](t, ctx, `((e) => { e.value = `+"`"+longer+"`"+`; return e.dispatchEvent(new InputEvent("input")) })(document.querySelector("[data-file]"))`)
	want["value"], want["copy"], want["long"] = "", longer, "true"
	want["body"] = "(يرجى لصق نص الملف هنا، فهو أطول من أن يحمله رابط.)"
	if diff := cmp.Diff(want, sent()); diff != "" {
		t.Errorf("too long (-want +got):\n%s", diff)
	}
	ask[bool](t, ctx, `(() => { window.saved = []; URL.createObjectURL = (blob) => (saved.push(blob.text()), "#"); HTMLAnchorElement.prototype.click = function () { saved.unshift(this.download) }; document.querySelector("[data-download]").click(); return true })()`)
	got := ask[[]string](t, ctx, `Promise.all(saved)`)
	if diff := cmp.Diff([]string{strings.TrimPrefix(file, "schools/"), longer}, got); diff != "" {
		t.Errorf("downloaded (-want +got):\n%s", diff)
	}
}

// The page says how much arrives, and warns of nearly everything and of nothing.
func TestChannelSaysHowMuch(t *testing.T) {
	listings := map[string]string{}
	for i := range 40 {
		audience, published := "learners", "2025-10-01"
		if i >= 35 {
			audience, published = "teachers", "2026-11-10"
		}
		listings[fmt.Sprintf("a%02d", i)] = "anytime = true\naudience = [\"" + audience + "\"]\npublished = " + published
	}
	outputs := planned(made(t, generator.Input{Content: folder(t, listings), BaseURL: bases[1]}).Site)
	for query, want := range map[string][]any{
		"":                                     {"40 listings", "New in a month: about 5", true, false},
		"?audience=learners":                   {"35 listings", "New in a month: about 0", true, false},
		"?audience=teachers":                   {"5 listings", "New in a month: about 5", false, false},
		"?audience=teachers&q=nothinglikethis": {"No listings", "New in a month: about 0", false, true},
	} {
		ctx := tab(t)
		making(t, ctx, "en", query, outputs)
		got := ask[[]any](t, ctx, `[document.querySelector("[data-count]").textContent, document.querySelector("[data-volume]").textContent,
			document.querySelector("[data-flood]").checkVisibility(), document.querySelector("[data-near]").checkVisibility()]`)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", query, diff)
		}
	}
}

// Without script the page has an example that is sound, somebody to send it to,
// and what is there already.
func TestChannelWithoutScript(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		ctx := tab(t)
		h := serve(t, "/learn/doha/", planned(sampleAt(t, bases[1]).Site))
		if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
			t.Fatal(err)
		}
		do(t, ctx, chromedp.Navigate(h.url(folders[lang]+"channel/")))
		if shown := ask[[]string](t, ctx, `[...document.querySelectorAll("[data-filters], [data-found]")].filter((e) => e.checkVisibility()).map((e) => e.outerHTML)`); len(shown) > 0 {
			t.Errorf("it shows %q", shown)
		}
		example := ask[string](t, ctx, `document.querySelector("[data-browse] code").textContent`)
		if name := schoolOf(t, "schools/ours.toml", example)["name"]; name == nil {
			t.Errorf("%s names no school", example)
		}
		if body := ask[string](t, ctx, `new URL(document.querySelector('[data-browse] a[href^="mailto:learning@doha.example"]').href).searchParams.get("body")`); body != example {
			t.Errorf("the message is %q, want %q", body, example)
		}
		for _, link := range ask[[]string](t, ctx, `[...document.querySelectorAll("[data-browse] .links a")].map((a) => a.pathname)`) {
			if _, there := h.outputs[strings.TrimPrefix(link, "/learn/doha/")+"index.html"]; !there {
				t.Errorf("there is no %s", link)
			}
		}
	}
}
