package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"runtime"

	"github.com/chromedp/chromedp"

	"fursa/generator/workers"
)

// highest is as many pixels as Chromium draws in one picture.
const highest = 16_000

// paper is the width of an A4 page between its margins, in CSS pixels.
const paper = 718

// picture is a look and what its picture is called.
type picture struct {
	name string
	look look
}

// pictures are those that are taken of each page.
func pictures() []picture {
	var all []picture
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{360, 768, 1280} {
			all = append(all, picture{
				fmt.Sprintf("%s-%d", scheme, width),
				look{width: width, media: map[string]string{"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}},
			})
		}
	}
	return append(all, picture{"print", look{width: paper, print: true}})
}

// screenshots takes pictures of kinds of pages in both languages into
// o.out/<kind>/<language>-<look>.png, and prints each into a PDF beside them.
func screenshots(ctx context.Context, program string, o options, out io.Writer) error {
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	folder, err := os.OpenRoot(o.out)
	if err != nil {
		return err
	}
	defer folder.Close()
	s, err := serve(ctx, o.content, o.theme, "/")
	if err != nil {
		return err
	}
	defer s.close()
	browser, stop, err := start(ctx, program)
	if err != nil {
		return err
	}
	defer stop()
	n := len(o.kinds) * len(languages)
	err = workers.Each(ctx, runtime.GOMAXPROCS(0), n, func(_, i int) error {
		k, l := o.kinds[i/len(languages)], languages[i%len(languages)]
		if err := portray(browser, s, k, l, folder); err != nil {
			return fmt.Errorf("%s, %s: %w", k.name, l.code, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d pictures and %d PDFs of %d kinds of pages in %s\n", n*len(pictures()), n, len(o.kinds), o.out)
	return nil
}

// portray takes all pictures of a page.
func portray(browser context.Context, s *sample, k kind, l language, folder *os.Root) error {
	if err := folder.MkdirAll(k.name, 0o755); err != nil {
		return err
	}
	tab, shut := open(browser)
	defer shut()
	for _, p := range pictures() {
		// To an address with a fragment, where it is already, a browser does not go.
		if err := chromedp.Do(tab, at(p.look), chromedp.Navigate("about:blank"), chromedp.Navigate(s.url(k, l))); err != nil {
			return err
		}
		image, err := wholePage(tab, p.look)
		if err != nil {
			return err
		}
		if err := folder.WriteFile(path.Join(k.name, l.code+"-"+p.name+".png"), image, 0o644); err != nil {
			return err
		}
	}
	pdf, err := chromedp.Run(tab, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		return err
	}
	return folder.WriteFile(path.Join(k.name, l.code+".pdf"), pdf, 0o644)
}

// settled waits until the pictures that a page shows are there to be drawn.
const settled = `Promise.all([...document.images].filter((image) => image.checkVisibility()).map((image) => image.decode().catch(() => {}))).then(() => true)`

// wholePage is a PNG of all of the page that a tab shows. The window is made
// as high as the page: Chromium's own way to take a whole page leaves pages
// that run from right to left blank or cuts them.
func wholePage(tab context.Context, l look) ([]byte, error) {
	height, err := chromedp.Run(tab, chromedp.Evaluate[int64](`document.documentElement.scrollHeight`))
	if err != nil {
		return nil, err
	}
	l.height = min(max(height, tall), highest)
	if err := chromedp.Do(tab, at(l)); err != nil {
		return nil, err
	}
	if _, err := chromedp.Run(tab, chromedp.Evaluate[bool](settled, chromedp.EvalAwaitPromise)); err != nil {
		return nil, err
	}
	return chromedp.Run(tab, chromedp.CaptureScreenshot())
}
