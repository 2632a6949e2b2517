package themes_test

import (
	"context"
	"strings"
	"testing"
	"unicode/utf16"
)

// chatPage is a listing's page with what a message is made of.
func chatPage(attributes, title, long, register string) string {
	lang := map[string]string{english: "en", arabic: "ar"}[attributes]
	return page(attributes, `<article class="listing" data-listing="opportunities/a/b"><h1>`+title+`</h1><p class="state">`+long+`</p><p class="lead">`+long+`</p>
<section class="ticket"><dl><div class="fact when"><dt>When</dt><dd><time datetime="2026-12-05">Saturday</time></dd><dd>`+long+`</dd></div>
<div class="fact where"><dt>Where</dt><dd>Museum</dd><dd><a href="https://map.example/">Show on a map</a></dd></div>
<div class="fact cost"><dt>Cost</dt><dd>`+long+`</dd><dd>`+long+`</dd></div><div class="fact talk"><dt>Languages</dt><dd>`+long+`</dd></div></dl></section>
<section aria-labelledby="join"><h2 id="join">How to join</h2><dl><dt>Register by</dt><dd><time datetime="2026-12-01">1 December</time></dd><dt>Consent</dt><dd>`+long+`</dd></dl>
<p><a data-register href="`+register+`">Register</a></p></section>
<ul><li><button type="button" hidden data-copy="url">Copy the link</button></li></ul></article><script type="module" src="/assets/message-`+lang+`.js"></script>`)
}

// A message for a chat says what decides, whatever the page says, in fewer
// than 1,000 units of UTF-16; no character is cut in two.
func chatMessages(t *testing.T, b context.Context) {
	const clipboard = `window.copied = []; Object.defineProperty(navigator, "clipboard", { value: { writeText: async (s) => { copied.push(s); } } });`
	endless := strings.Repeat("𝕬", 4000)
	x := open(t, b, map[string]string{
		"short/":   chatPage(english, "Night sky", "Bring a blanket.", "https://a.example/"),
		"endless/": chatPage(english, endless, endless, "https://a.example/?"+strings.Repeat("a", 2000)),
		"words/":   chatPage(arabic, "STEM للجميع", strings.Repeat("فرصة ", 900), "https://a.example/"),
	}, visitor{now: "2026-11-24T12:00:00+03:00", before: clipboard})
	copied := func(path string) string {
		x.visit(path)
		x.press("li + li button")
		x.shows("copied.length", 1)
		message := eval[string](x, "copied[0]")
		if n := len(utf16.Encode([]rune(message))); n >= 1000 {
			t.Errorf("%s: %d units", path, n)
		}
		if strings.ContainsRune(message, '\uFFFD') {
			t.Errorf("%s: half a character: %s", path, message)
		}
		return message
	}
	const short = "Night sky – Bring a blanket.\nBring a blanket.\nWhen: Saturday · Bring a blanket.\nWhere: Museum\nCost: Bring a blanket. · Bring a blanket.\n" +
		"Languages: Bring a blanket.\nHow to join: https://a.example/\nConsent: Bring a blanket.\n"
	if got := copied("short/"); got != short+x.site+"short/" {
		t.Errorf("short: %s", got)
	}
	for _, want := range []string{"𝕬𝕬…\n", "\nWhen: Saturday …\n", "\nWhere: Museum\n", "\n" + x.site + "endless/"} {
		if got := copied("endless/"); !strings.Contains(got, want) || strings.Contains(got, "How to join") {
			t.Errorf("endless, without %q: %s", want, got)
		}
	}
	if got := copied("words/"); !strings.HasPrefix(got, "\u200fSTEM للجميع") || !strings.Contains(got, "فرصة…\n") || !strings.Contains(got, "\nHow to join: https://a.example/\n") {
		t.Errorf("words: %s", got)
	}
}
