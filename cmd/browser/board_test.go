package main

import (
	"bytes"
	"fmt"
	"image/png"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

// The boards of the sample: the catalogue's in both languages, and a school's
// with two languages side by side.
var boards = []string{"board/", "ar/board/", "ar/schools/seven-palms-primary/board/"}

// hurried is a clock that begins at a moment and runs as many times faster,
// with the timers that follow it, until hurry says otherwise in the page.
func hurried(moment string, times int) chromedp.Action[chromedp.Void] {
	return before(fmt.Sprintf(`{
	const Real = Date, real = window.setInterval;
	let times = %d, begun = Real.now(), first = Real.parse(%q);
	const now = () => first + (Real.now() - begun) * times;
	window.hurry = (other) => { first = now(); begun = Real.now(); times = other; };
	window.Date = class extends Real {
		constructor(...args) { args.length ? super(...args) : super(now()); }
		static now() { return now(); }
	};
	window.setTimeout = (then, wait) => {
		const due = now() + wait;
		const timer = real(() => { if (now() >= due) { clearInterval(timer); then(); } }, 4);
	};
	window.setInterval = (then, wait) => window.setTimeout(function again() { window.setTimeout(again, wait); then(); }, wait);
}`, times, moment))
}

// walled is a host of its own for boards, which a test can stop and start, and
// whose files it can change while it is stopped.
type walled struct {
	t      *testing.T
	root   string
	addr   string
	files  map[string][]byte
	server *http.Server
}

func newWalled(t *testing.T) *walled {
	w := &walled{t: t, addr: "127.0.0.1:0", files: maps.Clone(site.files)}
	w.start()
	t.Cleanup(w.stop)
	return w
}

func (w *walled) start() {
	w.t.Helper()
	var listener net.Listener
	var err error
	for range 100 { // the port may take a moment to be free again
		if listener, err = net.Listen("tcp", w.addr); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	w.addr = listener.Addr().String()
	w.root = "http://" + w.addr + "/learn/"
	h, err := newHost("/learn/", w.files)
	if err != nil {
		w.t.Fatal(err)
	}
	w.server = &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	go func(s *http.Server) { _ = s.Serve(listener) }(w.server) // ends when it is closed
}

func (w *walled) stop() { _ = w.server.Close() }

// change replaces something in a file, which has it.
func (w *walled) change(file, old, with string) {
	w.t.Helper()
	if !bytes.Contains(w.files[file], []byte(old)) {
		w.t.Fatalf("%s has no %q", file, old)
	}
	w.files[file] = bytes.ReplaceAll(w.files[file], []byte(old), []byte(with))
}

var listed = regexp.MustCompile(`class="slide [^"]*" data-listing="([^"]+)"`)

// slidesOf are the listings of a board as it is built.
func slidesOf(t *testing.T, file string) []string {
	t.Helper()
	var all []string
	for _, m := range listed.FindAllSubmatch(site.files[file], -1) {
		all = append(all, string(m[1]))
	}
	if len(all) < 5 {
		t.Fatalf("%s has %d slides", file, len(all))
	}
	return all
}

// watched is what a board shows, each slide once it comes, until there are n.
const watched = `new Promise((done) => {
	const seen = [], most = %d;
	const look = () => {
		const slides = [...document.querySelectorAll(".slide")];
		const last = slides[slides.length - 1].dataset.listing;
		if (seen[seen.length - 1] !== last) seen.push(last);
		if (slides.length > 2) seen.push("too many slides");
		if (seen.length >= most) done(seen.slice(0, most));
	};
	new MutationObserver(look).observe(document.querySelector(".stage"), { childList: true });
	look();
})`

// A board goes through its slides, three times, and begins again; what came
// before is taken away, and each slide is at another place than the last.
func TestBoardTurns(t *testing.T) {
	tab := newTab(t)
	want := slidesOf(t, "board/index.html")
	do(t, tab, hurried("2026-11-22T06:00:00Z", 100), chromedp.Navigate(site.root+"board/"))
	got := evaluate[[]string](t, tab, fmt.Sprintf(watched, 3*len(want)))
	if diff := cmp.Diff(slices.Repeat(want, 3), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	places := evaluate[[]string](t, tab, `new Promise((done) => {
		const seen = new Set();
		const look = () => {
			seen.add([...document.querySelectorAll(".slide")].pop().querySelector(".title").getBoundingClientRect().left + " " + [...document.querySelectorAll(".slide")].pop().querySelector(".code").getBoundingClientRect().left);
			seen.size < 3 ? requestAnimationFrame(look) : done([...seen]);
		};
		look();
	})`)
	if len(places) != 3 {
		t.Errorf("the slides are at %q", places)
	}
}

// ancient takes away what browsers have learnt since 2016 and before.
const ancient = `for (const name of ["fetch", "Promise", "Symbol", "Map", "Set", "WeakMap", "Proxy", "URL", "URLSearchParams", "IntersectionObserver", "ResizeObserver", "AbortController", "requestIdleCallback"]) delete window[name];
for (const name of ["append", "prepend", "replaceWith", "replaceChildren", "before", "after", "remove", "closest", "matches", "toggleAttribute", "getAnimations"]) delete Element.prototype[name];
for (const name of ["forEach", "entries", "values", "keys"]) delete NodeList.prototype[name];
for (const name of ["includes", "find", "findIndex", "at", "flat", "flatMap", "fill"]) delete Array.prototype[name];
for (const name of ["includes", "startsWith", "endsWith", "repeat", "padStart", "padEnd", "at", "replaceAll"]) delete String.prototype[name];
for (const name of ["assign", "entries", "values", "fromEntries"]) delete Object[name];
delete Array.from; delete Array.of; delete Number.isNaN; delete Number.isFinite;
delete HTMLScriptElement.prototype.noModule;`

// An old browser shows the whole catalogue's board, whatever the address asks.
func TestBoardInOldBrowser(t *testing.T) {
	tab := newTab(t)
	want := slidesOf(t, "ar/board/index.html")
	var r record
	if err := chromedp.Listen(tab, r.hear); err != nil {
		t.Fatal(err)
	}
	do(t, tab, hurried("2026-11-22T06:00:00Z", 100), before(ancient), chromedp.Navigate(site.root+"ar/board/2.html?x=y"))
	// The watcher itself is not so old.
	shown := map[string]bool{}
	for range 2000 {
		shown[evaluate[string](t, tab, `document.querySelector(".slide:last-child").getAttribute("data-listing")`)] = true
		if len(shown) == len(want) {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(shown))); diff != "" {
		t.Errorf("it shows (-want +got):\n%s", diff)
	}
	if _, said := r.taken(); len(said) > 0 {
		t.Errorf("it complains: %q", said)
	}
}

// Without scripts one page leads to the next, by the browser's own clock.
func TestBoardWithoutScripts(t *testing.T) {
	tab := newTab(t)
	w := newWalled(t)
	for n := range 12 {
		file := "board/index.html"
		if n > 0 {
			file = fmt.Sprintf("board/%d.html", n+1)
		}
		w.change(file, `content="20; url`, `content="1; url`)
	}
	w.stop()
	w.start()
	want := slidesOf(t, "board/index.html")
	do(t, tab, scripts(false), chromedp.Navigate(w.root+"board/"))
	for n := range 4 {
		path := "/learn/board/"
		if n > 0 {
			path = fmt.Sprintf("/learn/board/%d.html", n+1)
		}
		shows(t, tab, `location.pathname + " " + [...document.querySelectorAll(".slide")].filter((s) => s.checkVisibility()).map((s) => s.dataset.listing)`, path+" "+want[n])
	}
	do(t, tab, chromedp.Navigate(w.root+"board/12.html"))
	shows(t, tab, `location.pathname`, "/learn/board/")
}

// An outage: what is there stays and goes round, and soon says how old it is;
// when the host is back the board shows what is new, and has not been loaded
// anew.
func TestBoardOutage(t *testing.T) {
	for _, board := range []struct{ path, age, title string }{
		{"board/", "As of Sunday 22 November at ", "Story hour in two languages"},
		{"ar/schools/seven-palms-primary/board/", "آخر تحديث: الأحد، 22 نوفمبر", "ساعة الحكاية بلغتين"},
	} {
		t.Run(board.path, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			w := newWalled(t)
			file := board.path + "index.html"
			want := slidesOf(t, file)
			do(t, tab, hurried("2026-11-22T06:00:00Z", 2000), chromedp.Navigate(w.root+board.path), chromedp.Evaluate[chromedp.Void](`window.mark = 1`))
			shows(t, tab, `getComputedStyle(document.querySelector(".age")).display`, "none")
			w.stop()
			shows(t, tab, `getComputedStyle(document.querySelector(".age")).display`, "block")
			age := evaluate[string](t, tab, `document.querySelector(".age").firstChild.textContent`)
			if !strings.HasPrefix(strings.ReplaceAll(strings.ReplaceAll(age, "Sunday, ", "Sunday "), "\u200f", ""), board.age) {
				t.Errorf("it says %q", age)
			}
			do(t, tab, chromedp.Evaluate[chromedp.Void](`hurry(100)`))
			shows(t, tab, `document.querySelectorAll(".slide").length`, 1)
			round := evaluate[[]string](t, tab, fmt.Sprintf(watched, len(want)))
			slices.Sort(round)
			slices.Sort(want)
			if diff := cmp.Diff(want, round); diff != "" {
				t.Errorf("without the host (-want +got):\n%s", diff)
			}
			w.change(file, board.title, "News of the day")
			w.start()
			do(t, tab, chromedp.Evaluate[chromedp.Void](`hurry(2000)`))
			shows(t, tab, `[...document.querySelectorAll(".title")].some((t) => t.textContent === "News of the day")`, true)
			shows(t, tab, `getComputedStyle(document.querySelector(".age")).display`, "none")
			if !evaluate[bool](t, tab, `window.mark === 1`) {
				t.Error("the page was loaded anew")
			}
		})
	}
}

// A host that says something else, such as that somebody should log in, does
// not empty a board.
func TestBoardIsNotEmptiedByOthers(t *testing.T) {
	tab := newTab(t)
	w := newWalled(t)
	do(t, tab, hurried("2026-11-22T06:00:00Z", 2000), chromedp.Navigate(w.root+"board/"))
	w.stop()
	w.files["board/index.html"] = []byte("<!doctype html><title>Log in</title>")
	w.start()
	shows(t, tab, `getComputedStyle(document.querySelector(".age")).display`, "block")
	shows(t, tab, `document.querySelectorAll(".slide h2").length > 0`, true)
}

// Another build has other scripts and styles: the board is loaded anew, once.
func TestBoardTakesNewBuild(t *testing.T) {
	tab := newTab(t)
	w := newWalled(t)
	do(t, tab, hurried("2026-11-22T06:00:00Z", 2000), chromedp.Navigate(w.root+"board/"), chromedp.Evaluate[chromedp.Void](`window.mark = 1`))
	w.stop()
	w.change("board/index.html", `<link rel="icon"`, `<link rel="me" href="`+w.root+`"><link rel="icon"`)
	w.start()
	shows(t, tab, `window.mark ?? 0`, 0)
	shows(t, tab, `document.querySelectorAll('link[rel="me"]').length`, 1)
	do(t, tab, chromedp.Evaluate[chromedp.Void](`window.mark = 2`))
	evaluate[[]string](t, tab, fmt.Sprintf(watched, 60))
	shows(t, tab, `window.mark`, 2)
}

// A month later a board shows what is still to come, with its next date; years
// later it says that there is nothing.
func TestBoardForgetsThePast(t *testing.T) {
	tab := newTab(t)
	do(t, tab, hurried(later, 100), chromedp.Navigate(site.root+"board/"))
	for _, listing := range evaluate[[]string](t, tab, fmt.Sprintf(watched, 4)) {
		if listing == "" {
			t.Error("there is nothing")
		}
	}
	shows(t, tab, `[...document.querySelectorAll(".when span")].filter((s) => s.checkVisibility() && Date.parse(s.dataset.over) < Date.parse("2026-12-22T09:00:00Z")).length`, 0)
	w := newWalled(t)
	w.change("ar/schools/seven-palms-primary/board/index.html", `<span>`, `<span data-over="2027-12-01T00:00:00Z">`) // what has no end
	w.stop()
	w.start()
	old := newTab(t)
	do(t, old, hurried("2036-01-01T09:00:00Z", 100), chromedp.Navigate(w.root+"ar/schools/seven-palms-primary/board/"))
	shows(t, old, `[...document.querySelectorAll(".slide")].pop().innerText.includes("عُد إلينا قريبًا")`, true)
	shows(t, old, `document.querySelectorAll(".slide").length`, 1)
}

// What the address asks for is shown, and nothing else ever; each code leads to
// its listing.
func TestBoardByAddress(t *testing.T) {
	clubs := []string{"opportunities/lantern-observatory/junior-astronomers", "opportunities/samra-college/maths-circle"}
	for path, want := range map[string][]string{
		"board/?subjects=sciences&kinds=club":        clubs,
		"ar/board/?subjects=sciences&kinds=club":     clubs,
		"board/?kinds=club&nonsense=1&q=astronomers": clubs[:1],
		"board/?q=nothingofthekind":                  {""},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			do(t, tab, at(look{width: desk, media: still}), hurried("2026-11-22T06:00:00Z", 1), before(`window.seen = new Set(); {
				const look = () => { for (const s of document.querySelectorAll(".slide")) if (s.checkVisibility({ visibilityProperty: true })) seen.add(s.dataset.listing); requestAnimationFrame(look); }; look();
			}`), chromedp.Navigate(site.root+path))
			shows(t, tab, `document.documentElement.className`, "live")
			if listing := evaluate[string](t, tab, `[...document.querySelectorAll(".slide")].pop().dataset.listing`); listing != "" {
				file, _, _ := strings.Cut(path, "board/")
				if got, want := scanned(t, tab, ".slide:last-child .square"), site.root+file+listing+"/"; got != want {
					t.Errorf("the code leads to %s, not to %s", got, want)
				}
			}
			do(t, tab, chromedp.Evaluate[chromedp.Void](`hurry(100)`))
			got := evaluate[[]string](t, tab, `new Promise((done) => setTimeout(() => done([...seen].sort()), 300000))`)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("it shows (-want +got):\n%s", diff)
			}
		})
	}
}

// longest is as bad as texts get: a title and a place that never end, with
// words as long.
const longest = "Donaudampfschifffahrtsgesellschaftskapitänsmütze and everything else that can be learnt about rivers, ships and the people on them, for all who have ever wanted to know"

// fits are the complaints about a board at the size of the window: something is
// scrolled, or hangs over, or is cut within a line.
const fits = `(() => {
	const complaints = [];
	const root = document.documentElement;
	if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) complaints.push("the page is " + root.scrollWidth + " by " + root.scrollHeight);
	for (const slide of document.querySelectorAll(".slide")) {
		const where = slide.className + " " + slide.dataset.listing + ": ";
		for (const part of slide.querySelectorAll(".says, .code")) {
			if (part.scrollWidth > part.clientWidth + 1) complaints.push(where + part.className + " is " + part.scrollWidth + " wide in " + part.clientWidth);
			if (part.scrollHeight > part.clientHeight + 1) complaints.push(where + part.className + " is " + part.scrollHeight + " high in " + part.clientHeight);
		}
		for (const part of slide.querySelectorAll(".says > *, .square, .scan")) {
			const box = part.getBoundingClientRect();
			if (box.width && (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)) complaints.push(where + part.className + " hangs over");
			const lines = box.height / parseFloat(getComputedStyle(part).lineHeight);
			if (part.closest(".says") && Math.abs(lines - Math.round(lines)) > 0.1) complaints.push(where + part.className + " has " + lines + " lines");
		}
	}
	return complaints;
})()`

// On screens of all shapes nothing is scrolled, and what does not fit is cut
// after whole lines; every slide of each board, at each of its places.
func TestBoardFits(t *testing.T) {
	sizes := []look{{width: 1920, height: 1080}, {width: 1080, height: 1920}, {width: 1280, height: 720}, {width: 800, height: 600}, {width: 600, height: 800}, {width: 2560, height: 1080}}
	for _, path := range boards {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			do(t, tab, scripts(false), chromedp.Navigate(site.root+path))
			for _, size := range sizes {
				do(t, tab, at(size))
				for _, texts := range []string{"", longest} {
					for move := range 4 {
						complaints := evaluate[[]string](t, tab, fmt.Sprintf(`(() => {
							document.documentElement.className = "live";
							for (const slide of document.querySelectorAll(".slide")) {
								slide.className = slide.className.replace(/move-\d/, "move-%d");
								const text = %q;
								if (text) for (const part of slide.querySelectorAll(".title, .where, .for, .when span")) { part.textContent = text; if (part.matches(".title")) part.classList.add("long"); }
							}
							return %s;
						})()`, move, texts, fits))
						if len(complaints) > few {
							complaints = complaints[:few]
						}
						for _, c := range complaints {
							t.Errorf("%d×%d: %s", size.width, size.height, c)
						}
					}
				}
				do(t, tab, chromedp.Navigate(site.root+path))
			}
		})
	}
}

// Telephones read the code from the whole screen, on all shapes.
func TestBoardCodes(t *testing.T) {
	for _, path := range boards {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			first := slidesOf(t, path+"index.html")[0]
			prefix, _, _ := strings.Cut(path, "board/")
			prefix, _, _ = strings.Cut(prefix, "schools/")
			for _, size := range []look{{width: 1920, height: 1080}, {width: 1080, height: 1920}, {width: 1280, height: 720}, {width: 800, height: 600}} {
				do(t, tab, at(size), clock("2026-11-22T06:00:00Z"), chromedp.Navigate(site.root+path))
				shows(t, tab, `document.documentElement.className.trim()`, "live")
				picture, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
				if err != nil {
					t.Fatal(err)
				}
				drawn, err := png.Decode(bytes.NewReader(picture))
				if err != nil {
					t.Fatal(err)
				}
				if got, want := decoded(t, drawn), site.root+prefix+first+"/"; got != want {
					t.Errorf("%d×%d: the code leads to %s, not to %s", size.width, size.height, got, want)
				}
			}
		})
	}
}

// Nothing on a board is there to be touched, in a frame of another site either.
func TestBoardIsOnlyLookedAt(t *testing.T) {
	tab := newTab(t)
	do(t, tab, chromedp.Navigate(site.root+"board/"))
	shows(t, tab, `document.querySelectorAll("a, button, input, select, textarea, iframe, video, audio, [tabindex], [onclick]").length`, 0)
	shows(t, tab, `getComputedStyle(document.body).cursor`, "none")
	shows(t, tab, `document.querySelector('meta[name="robots"]').content`, "noindex")
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><title>A frame</title><iframe width="800" height="450" src="%sboard/" onload="this.id = 'there'"></iframe>`, site.root)
	}))
	t.Cleanup(other.Close)
	do(t, tab, chromedp.Navigate(other.URL))
	shows(t, tab, `document.querySelectorAll("#there").length`, 1)
	picture, err := chromedp.Run(tab, chromedp.ScreenshotScale(chromedp.CSS("iframe"), 2))
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	if got := decoded(t, drawn); !strings.HasPrefix(got, site.root) {
		t.Errorf("in a frame its code leads to %s", got)
	}
}
