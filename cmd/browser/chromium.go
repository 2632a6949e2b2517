package main

import (
	"context"
	"errors"
	"os/exec"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// errNoBrowser says how to get one.
var errNoBrowser = errors.New("there is no Chromium: .ci/tools installs it on Debian; elsewhere install Chromium or Chrome")

// programs are what Chromium is called, first what is preferred. .ci/tools
// looks for the same names.
var programs = []string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
}

// chromium is the path of the browser's program.
func chromium() (string, error) {
	for _, name := range programs {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNoBrowser
}

// noOutside keeps a browser from asking for any name but this machine's.
const noOutside = "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"

// start starts a browser with a profile of its own that is thrown away. It
// ends with the context, or when stop is called.
func start(ctx context.Context, program string) (browser context.Context, stop func(), err error) {
	flags := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.NoSandbox, // it opens nothing but our own pages, and root has no sandbox
		chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", noOutside),
		chromedp.Flag("lang", "en"),
	)
	allocator, end := chromedp.NewExecAllocator(ctx, flags...)
	browser, cancel := chromedp.NewContext(allocator)
	stop = func() { cancel(); end() }
	if err := chromedp.Do(browser); err != nil {
		stop()
		return nil, nil, err
	}
	return browser, stop, nil
}

// open opens a tab of a browser, with storage, cache and workers of its own.
func open(browser context.Context) (tab context.Context, shut context.CancelFunc) {
	return chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
}

// look is how a page is looked at.
type look struct {
	width, height int64
	// media are features of media queries and their values.
	media map[string]string
	// print looks at it as on paper.
	print bool
}

// tall is the height of a window that has no other.
const tall = 800

// at gives a tab another look.
func at(l look) chromedp.Action[chromedp.Void] {
	media := emulation.SetEmulatedMediaParams{}
	if l.print {
		media.Media = "print"
	}
	for name, value := range l.media {
		media.Features = append(media.Features, &emulation.MediaFeature{Name: name, Value: value})
	}
	if l.height == 0 {
		l.height = tall
	}
	return chromedp.Steps(
		chromedp.EmulateViewport(l.width, l.height),
		chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, media)
			return err
		}),
	)
}

// scripts switches a page's scripts on or off, from the next page on.
func scripts(on bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
}

// focused has a tab behave as the one that somebody looks at, whichever tabs
// there are.
func focused() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return err
	})
}
