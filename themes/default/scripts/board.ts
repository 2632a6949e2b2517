// A notice board: shows one slide after another, fetches what is new, and says
// how old it is when that fails. It is plain ES5, and uses nothing that browsers
// of 2016 lack: a screen on a wall is rarely updated. Where even that fails, it
// leads from page to page as the board does without scripts.
//
// On the catalogue's own board scripts/board-search.ts may bring other slides,
// by the event «fursa:slides» whose detail is an element that holds them.

var minute = 60000;
/** often is how often a board asks for what is new, patience how long it waits
 * for an answer, and for slides that are asked for in its address. */
var often = 10 * minute, again = minute, patience = 30000;
/** old is the age from which on a board says how old it is. */
var old = 3 * 60 * minute;
var fade = 1500, moves = 4;

var html = document.documentElement;
var stage: Element;
var age: HTMLElement;
var slides: Element[] = [];
var standing: Element;
var shown: Element | undefined;
/** Where in slides the one is that is shown, and how many were before it. */
var at = 0, turns = 0;
/** When the content was last known to be what the site has. */
var heard = Date.now();
/** The address asks for slides that another script brings; it has brought some;
 * what there is is shown. */
var filtered = false, brought = false, settled = false;

// Nothing of the whole catalogue is shown where the address asks for a part.
if (location.search.length > 1 && data("entry") && "noModule" in document.createElement("script")) {
  filtered = true;
  html.className = "waiting";
  document.addEventListener("fursa:slides", function (event) {
    brought = true;
    hear((event as CustomEvent).detail);
    settle();
  });
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();

function data(name: string): string {
  return html.getAttribute("data-" + name) || "";
}

function start(): void {
  var seconds = Number(data("seconds")) * 1000;
  try {
    stage = document.querySelector(".stage")!;
    age = document.querySelector(".age") as HTMLElement;
    take(stage);
    shown = slides[0] || standing;
    while (stage.firstChild) stage.removeChild(stage.firstChild);
    stage.appendChild(shown);
    if (filtered) setTimeout(settle, patience);
    else if (standing && !current(shown)) settle();
    settled = settled || !filtered;
    if (settled) html.className = "live";
    setInterval(turn, seconds);
    if (location.pathname !== data("board")) refresh();
    else later(often);
  } catch (e) {
    setTimeout(function () { location.replace(data("next")); }, seconds);
  }
}

/** hear takes what the site has now. */
function hear(from: ParentNode): void {
  heard = Date.now();
  take(from);
}

/** take has the slides in an element be those that are shown from the next turn
 * on, beginning after the one that is shown now. */
function take(from: ParentNode): void {
  var found = from.querySelectorAll(".slide");
  var fresh: Element[] = [];
  for (var i = 0; i < found.length; i++) {
    var slide = document.importNode(found[i]!, true);
    if (/ standing/.test(slide.className)) standing = slide;
    else fresh.push(slide);
  }
  slides = fresh;
  for (var j = 0; shown && j < slides.length; j++) if (path(slides[j]!) === path(shown)) at = j;
}

function path(slide: Element): string | null {
  return slide.getAttribute("data-listing");
}

/** settle shows the first slide that has something to say: on a board that has
 * waited for what its address asks, of what has come, else of the page's own. */
function settle(): void {
  if (settled) return;
  settled = true;
  while (stage.firstChild) stage.removeChild(stage.firstChild);
  shown = undefined;
  at = -1;
  turn();
  html.className = "live";
}

/** turn shows the next slide that has something to say. */
function turn(): void {
  if (!settled) return;
  turns++;
  tell();
  var next = standing || shown!; // only the first page has the one for none
  for (var n = 1; n <= slides.length; n++) {
    var i = (at + n) % slides.length;
    if (current(slides[i]!)) {
      at = i;
      next = slides[i]!;
      break;
    }
  }
  // The place changes with each turn: nothing stays where it is, even if it is
  // the only slide.
  next.className = next.className.replace(/move-\d/, "move-" + (turns % moves));
  if (next === shown) return;
  var before = shown;
  while (before && stage.firstChild !== before) stage.removeChild(stage.firstChild!); // of a slow device
  shown = next;
  if (before) next.className += " coming";
  stage.appendChild(next);
  next.getBoundingClientRect(); // so that it is seen to come
  next.className = next.className.replace(" coming", "");
  setTimeout(function () { if (before && before !== shown && before.parentNode) stage.removeChild(before); }, fade);
}

/** current says whether a slide has a date that is not over, or none at all,
 * and shows the next of its dates. */
function current(slide: Element): boolean {
  var lists = slide.querySelectorAll(".when");
  var some = lists.length === 0;
  for (var i = 0; i < lists.length; i++) {
    var dates = lists[i]!.querySelectorAll("span");
    var next = -1;
    for (var j = dates.length - 1; j >= 0; j--) {
      var over = dates[j]!.getAttribute("data-over");
      if (!over || Date.parse(over) > Date.now()) next = j;
    }
    for (var k = 0; k < dates.length; k++) dates[k]!.style.display = k === next ? "inline" : "none";
    if (next >= 0) some = true;
  }
  return some;
}

/** later asks for what is new after a while, never all screens at once. */
function later(wait: number): void {
  setTimeout(refresh, wait * (1 + Math.random() / 5));
}

/** refresh asks for the board as it is now. What a host says instead, such as
 * that somebody should log in, is no board. */
function refresh(): void {
  var request = new XMLHttpRequest();
  var failed = function () { later(again); };
  request.onload = function () {
    var page = request.status === 200 ? (request.response as Document | null) : null;
    var content = page && page.querySelector("#board .stage");
    if (!content) return failed();
    // Another build may have other markup. A page that has just been opened is
    // as new as it gets.
    if (turns > moves && files(page!) !== files(document)) return location.reload();
    if (!brought) hear(content);
    later(often);
  };
  request.onerror = request.ontimeout = failed;
  request.open("GET", data("board"));
  request.responseType = "document";
  request.timeout = patience;
  request.setRequestHeader("Cache-Control", "max-age=0");
  request.send();
}

/** files are the addresses of the style sheet and the scripts of a page. */
function files(page: Document): string {
  var all = page.head.querySelectorAll("link, script");
  var list = "";
  for (var i = 0; i < all.length; i++) list += (all[i]!.getAttribute("href") || all[i]!.getAttribute("src")) + " ";
  return list;
}

/** tell says how old the content is, once it is old. */
function tell(): void {
  var stale = Date.now() - heard > old;
  age.style.display = stale ? "block" : "none";
  for (var i = 0; stale && i < age.children.length; i++) {
    var line = age.children[i] as HTMLElement;
    line.textContent = line.getAttribute("data-text")!.replace("{when}", inWords(heard, line.getAttribute("data-tag")!));
  }
}

function inWords(time: number, tag: string): string {
  try {
    return new Date(time).toLocaleString(tag, { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit", timeZone: data("zone") });
  } catch (e) {
    return new Date(time).toLocaleString(); // of a browser without languages or zones
  }
}
