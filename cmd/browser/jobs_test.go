package main

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
)

// A listing's page has jobs: into a calendar, to other people, onto paper, to
// whoever can mend it. Those of the clock are in truth_test.go.

const (
	nightSky = "opportunities/lantern-observatory/night-sky/"
	polar    = "opportunities/samra-college/ask-a-polar-scientist/"
	openWeek = "opportunities/city-learning-office/open-doors-week/"
)

// english and arabic are the sample's languages.
var english, arabic = languages[0], languages[1]

// listingTab is a tab that shows a page of the site.
func listingTab(t *testing.T, l language, path string) context.Context {
	t.Helper()
	tab := newTab(t)
	do(t, tab, at(look{width: desk}), chromedp.Navigate(site.root+l.prefix+path))
	return tab
}

// query are the parameters, once each, of the first link whose address begins
// so.
func query(t *testing.T, tab context.Context, begins string) map[string]string {
	t.Helper()
	address := evaluate[string](t, tab, `document.querySelector('a[href^="`+begins+`"]')?.href ?? ""`)
	if address == "" {
		t.Fatalf("no link leads to %s…", begins)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for name, v := range values {
		all[name] = strings.Join(v, "|")
	}
	return all
}

// some are those of a map with these names.
func some(all map[string]string, names ...string) map[string]string {
	few := map[string]string{}
	for _, name := range names {
		if v, ok := all[name]; ok {
			few[name] = v
		}
	}
	return few
}

// The links to calendars have the next date: a time, a time of another zone,
// whole days.
func TestCalendarLinks(t *testing.T) {
	for _, c := range []struct {
		path, title     string
		google, outlook map[string]string
	}{
		{nightSky, "A night under the desert sky",
			map[string]string{"dates": "20261205T150000Z/20261205T173000Z", "ctz": "Asia/Qatar"},
			map[string]string{"startdt": "2026-12-05T15:00:00Z", "enddt": "2026-12-05T17:30:00Z"}},
		{polar, "Ask a polar scientist",
			map[string]string{"dates": "20270127T080000Z/20270127T090000Z", "ctz": "Europe/Helsinki"},
			map[string]string{"startdt": "2027-01-27T08:00:00Z", "enddt": "2027-01-27T09:00:00Z"}},
		{openWeek, "Open Doors Week 2027",
			map[string]string{"dates": "20270124/20270131", "ctz": "Asia/Qatar"},
			map[string]string{"startdt": "2027-01-24", "enddt": "2027-01-30", "allday": "true"}},
	} {
		t.Run(c.path, func(t *testing.T) {
			tab := listingTab(t, english, c.path)
			google := query(t, tab, "https://calendar.google.com/calendar/render?")
			outlook := query(t, tab, "https://outlook.live.com/calendar/0/deeplink/compose?")
			if diff := cmp.Diff(some(google, "dates", "ctz"), c.google); diff != "" {
				t.Errorf("Google (-got +want):\n%s", diff)
			}
			if diff := cmp.Diff(some(outlook, "startdt", "enddt", "allday"), c.outlook); diff != "" {
				t.Errorf("Outlook (-got +want):\n%s", diff)
			}
			titles := []string{google["action"], google["text"], outlook["path"], outlook["rru"], outlook["subject"]}
			if diff := cmp.Diff(titles, []string{"TEMPLATE", c.title, "/calendar/action/compose", "addevent", c.title}); diff != "" {
				t.Error(diff)
			}
			for _, text := range []string{google["details"], outlook["body"]} {
				if !strings.HasSuffix(text, "\n"+site.root+c.path) {
					t.Errorf("the text does not lead back to the page: %q", text)
				}
			}
		})
	}
}

// The calendar file is downloaded, and a calendar reads it.
func TestCalendarFile(t *testing.T) {
	tab, dir := listingTab(t, english, nightSky), t.TempDir()
	// The browser would name the file after itself; its identity is the name.
	allow := chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		on := true
		_, err := cdp.Call(ctx, target, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
			Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllowAndName, DownloadPath: dir, EventsEnabled: &on,
			BrowserContextID: chromedp.FromContext(ctx).BrowserContextID,
		})
		return err
	})
	do(t, tab, allow)
	reach(t, tab, `.do details:first-of-type summary`)
	done := func(e cdpbrowser.EventDownloadProgress) bool {
		return e.State == cdpbrowser.DownloadProgressStateCompleted
	}
	do(t, tab, chromedp.KeyEvent(kb.Enter))
	reach(t, tab, `a[href$="calendar.ics"]`)
	event, err := chromedp.Run(tab, chromedp.WaitEvent(cdpbrowser.DownloadProgress, done, chromedp.KeyEvent(kb.Enter)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, event.GUID))
	if err != nil {
		t.Fatal(err)
	}
	checkCalendar(t, text, map[string]int{"A night under the desert sky": 4})
}

// checkCalendar reads a calendar: how many events have which title.
func checkCalendar(t *testing.T, text []byte, want map[string]int) {
	t.Helper()
	calendar, err := ical.NewDecoder(bytes.NewReader(text)).Decode()
	if err != nil {
		t.Fatalf("%v:\n%s", err, text)
	}
	got := map[string]int{}
	for _, event := range calendar.Events() {
		title, err := event.Props.Text(ical.PropSummary)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := event.DateTimeStart(nil); err != nil {
			t.Errorf("%s: %v", title, err)
		}
		got[title]++
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("events by title (-got +want):\n%s", diff)
	}
}

// The links that share say what matters, or without scripts the title and the
// date, and lead to the page in the language that somebody reads.
func TestShareLinks(t *testing.T) {
	const when, wann = "Saturday 5 December 2026, 18:00–20:30", "السبت، 5 ديسمبر 2026، 6:00–8:30 م"
	for _, c := range []struct {
		l           language
		title, when string
	}{{english, "A night under the desert sky", when}, {arabic, "ليلة تحت سماء البر", wann}} {
		t.Run(c.l.code, func(t *testing.T) {
			tab := listingTab(t, c.l, nightSky)
			address := site.root + c.l.prefix + nightSky
			got := []map[string]string{
				query(t, tab, "https://wa.me/?"), query(t, tab, "mailto:?"),
				query(t, tab, "https://classroom.google.com/share?"), query(t, tab, "https://teams.microsoft.com/share?"),
			}
			want := []map[string]string{
				{"text": messageIn(t, c.l) + address},
				{"subject": c.title, "body": messageIn(t, c.l) + address},
				{"url": address}, {"href": address},
			}
			if diff := cmp.Diff(got, want); diff != "" {
				t.Errorf("(-got +want):\n%s", diff)
			}
			do(t, tab, scripts(false), chromedp.Navigate(address))
			plain := []map[string]string{query(t, tab, "https://wa.me/?"), query(t, tab, "mailto:?")}
			want = []map[string]string{{"text": c.title + "\n" + c.when + "\n" + address}, {"subject": c.title, "body": c.when + "\n" + address}}
			if diff := cmp.Diff(plain, want); diff != "" {
				t.Errorf("without scripts (-got +want):\n%s", diff)
			}
		})
	}
}

// messageIn is what the listing says in a chat, before its address.
func messageIn(t *testing.T, l language) string {
	t.Helper()
	text, err := os.ReadFile("testdata/message-" + l.code + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The copy button puts the page's address on the clipboard, and says so.
func TestCopy(t *testing.T) {
	tab := newTab(t)
	allow := chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		for _, name := range []string{"clipboard-read", "clipboard-write"} {
			_, err := chromedp.CallBrowser(ctx, cdpbrowser.SetPermission, cdpbrowser.SetPermissionParams{
				Permission: &cdpbrowser.PermissionDescriptor{Name: name}, Setting: cdpbrowser.PermissionSettingGranted,
				Origin: strings.TrimSuffix(site.root, "/learn/"), BrowserContextID: chromedp.FromContext(ctx).BrowserContextID,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	do(t, tab, at(look{width: telephone}), allow, chromedp.Navigate(site.root+arabic.prefix+nightSky+"?from=somebody#what"))
	press(t, tab, `details:has([data-copy]) summary`)
	press(t, tab, `[data-copy]`)
	want := site.root + arabic.prefix + nightSky + "?from=somebody"
	shows(t, tab, `navigator.clipboard.readText()`, want)
	shows(t, tab, `document.querySelector("[data-copy]").dataset.done`, "تم النسخ.")
}

// The device's own sheet is offered only where there is one, with what other
// programs need.
func TestShareSheet(t *testing.T) {
	for _, c := range []struct {
		name, before string
		shown        bool
	}{
		{"none", `delete Navigator.prototype.share;`, false},
		{"one", `window.sheet = []; Object.defineProperty(Navigator.prototype, "share", { configurable: true, value: async (what) => { sheet.push(what); } });`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab := newTab(t)
			do(t, tab, at(look{width: telephone}), before(c.before), chromedp.Navigate(site.root+nightSky))
			press(t, tab, `details:has([data-share]) summary`)
			shows(t, tab, `document.querySelector("[data-copy]").checkVisibility()`, true)
			shows(t, tab, `document.querySelector("[data-share]").checkVisibility()`, c.shown)
			if !c.shown {
				return
			}
			press(t, tab, `[data-share]`)
			shows(t, tab, `sheet`, []any{map[string]any{
				"title": "A night under the desert sky – Learning in Doha",
				"text":  messageIn(t, english) + site.root + nightSky,
			}})
		})
	}
}

// Who finds a mistake can tell it by mail, with the page's address.
func TestReport(t *testing.T) {
	for l, subject := range map[language]string{english: "Problem with: A night under the desert sky", arabic: "مشكلة في: ليلة تحت سماء البر"} {
		tab := listingTab(t, l, nightSky)
		got := query(t, tab, "mailto:learning@doha.example?subject=")
		if diff := cmp.Diff(got, map[string]string{"subject": subject, "body": site.root + l.prefix + nightSky + "\n\n"}); diff != "" {
			t.Errorf("%s (-got +want):\n%s", l.code, diff)
		}
	}
}

// Where a catalogue says where its files are, a page leads to its own file.
func TestEdit(t *testing.T) {
	tab, content := newTab(t), t.TempDir()
	if err := os.CopyFS(content, os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(content, "catalogue.toml")
	text, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`(?m)^(\[repository\]\nurl = ).*$`)
	if !address.Match(text) {
		t.Fatal("the sample says nowhere where its files are")
	}
	text = address.ReplaceAll(text, []byte(`${1}"https://github.com/doha/learning"`))
	if err := os.WriteFile(settings, text, 0o644); err != nil {
		t.Fatal(err)
	}
	edited, err := serve(t.Context(), content, "", "/")
	if err != nil {
		t.Fatal(err)
	}
	defer edited.close()
	for _, l := range languages {
		do(t, tab, chromedp.Navigate(edited.root+l.prefix+nightSky))
		form := edited.root + l.prefix + "submit/?edit=" + url.QueryEscape(strings.TrimSuffix(nightSky, "/"))
		shows(t, tab, `document.querySelector(".mend a:last-of-type").href`, form)
		do(t, tab, chromedp.Navigate(form))
		shows(t, tab, `document.querySelector("[data-translations] a")?.href`, "https://github.com/doha/learning/edit/main/content/opportunities/lantern-observatory/night-sky.ar.md")
	}
}
