package main

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// On paper a listing says what it says, without what only a screen can do,
// and its code leads back to the page; on white too where the screen is dark.
func TestPrint(t *testing.T) {
	for _, l := range languages {
		for _, scheme := range []map[string]string{light, dark} {
			t.Run(l.code+" "+scheme["prefers-color-scheme"], func(t *testing.T) {
				t.Parallel()
				tab := newTab(t)
				address := site.root + l.prefix + nightSky
				do(t, tab, at(look{width: paper, height: 4000, print: true, media: scheme}), chromedp.Navigate(address))
				do(t, tab, chromedp.Evaluate[chromedp.Void](idle, chromedp.EvalAwaitPromise)) // buttons would be shown now
				shows(t, tab, `[...document.querySelectorAll("button, summary, nav, form, input")].filter((e) => e.checkVisibility()).map((e) => e.outerHTML)`, []string{})
				shows(t, tab, `[...document.querySelectorAll("h1, .ticket dd, .code bdi")].filter((e) => !e.checkVisibility()).length`, 0)
				shows(t, tab, `document.querySelector(".code bdi").innerText`, address)
				shows(t, tab, `[document.body, document.querySelector(".code svg")].map((e) => getComputedStyle(e).backgroundColor)`, []string{"rgb(255, 255, 255)", "rgb(255, 255, 255)"})
				shows(t, tab, `getComputedStyle(document.body).color`, "rgb(0, 0, 0)")
				if got := scanned(t, tab, ".code svg"); got != address {
					t.Errorf("the code leads to %q, not to %s", got, address)
				}
			})
		}
	}
}

// scanned is what a telephone reads where a selector's code is drawn.
func scanned(t *testing.T, tab context.Context, selector string) string {
	t.Helper()
	picture, err := chromedp.Run(tab, chromedp.ScreenshotScale(chromedp.CSS(selector), 3))
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	return decoded(t, drawn)
}

func decoded(t *testing.T, picture image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatalf("no code is read: %v", err)
	}
	return result.GetText()
}
