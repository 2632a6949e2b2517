// What a board shows that is asked for in its address:
//
//   board/?subjects=robotics&places=al-khor&q=…
//
// The parameters are those of the search page, so that a search becomes a screen
// by putting «board» for «search»:
//
//   q              words
//   <facet>        a term of a facet, such as subjects=robotics; once for each
//                  term: any of a facet's terms, all facets
//   from, to       the first and the last day, 2026-11-24
//   near, within   latitude,longitude in degrees, and kilometres; near=me means
//                  nothing on a screen
//   sort           soonest (also where there is none), relevance, nearest, newest
//
// Others are left alone. The board shows the first twelve that can be joined and
// differ in title, of the language in whose tree it stands. Modules as this one
// are unknown to old browsers, which show the whole catalogue's.
import { inWords, occurrences, over, today } from "./dates";
import { asked, read } from "./search-state";
import { Catalogue, find, type Card } from "./search/engine";

/** As many as generator/plan puts on a board, with as many dates and letters. */
const most = 12;
const dates = 4;
const long = 32;
/** How often there is a new search, and how soon after one that failed. */
const often = 600_000;
const again = 60_000;

const codes = new Map<string, Promise<Element | null>>();

/** code is the QR code that a listing's page has. */
function code(url: string): Promise<Element | null> {
  let found = codes.get(url);
  if (!found) {
    codes.set(url, (found = fetch(url).then(async (response) => {
      if (!response.ok) throw new Error(String(response.status));
      return new DOMParser().parseFromString(await response.text(), "text/html").querySelector(".code svg");
    })));
    found.catch(() => codes.delete(url)); // asked for again
  }
  return found;
}

/** wanted are the cards of what the address asks for. */
async function wanted(): Promise<Card[]> {
  const catalogue = await Catalogue.open(new URL(document.documentElement.dataset.entry!, location.href).href);
  const state = read(location.search);
  const query = asked({ ...state, sort: state.sort || "soonest" }, catalogue);
  const results = await find([catalogue], query, { complete: true });
  const cards: Card[] = [];
  const now = Date.now();
  for (let from = 0; cards.length < most && from < Math.min(results.count, 10 * most); from += most) {
    for (const card of await results.cards(from, from + most)) {
      const closed = card.status || (card.by && over(card.by, now, today(now)));
      if (!closed && cards.length < most && !cards.some(({ title }) => title === card.title)) cards.push(card);
    }
  }
  return cards;
}

/** end is when a moment is over, as board.ts reads it; the night after a day,
 * by the clock of the screen. */
const end = (moment: string): string => (moment.includes("T") ? moment : `${moment}T23:59:59`);

/** slide shows a card in the page's own form. */
async function slide(card: Card, blank: Element): Promise<Element> {
  const shown = document.importNode(blank, true);
  const write = (selector: string, text: string, lang = ""): void => {
    const target = shown.querySelector<HTMLElement>(selector)!;
    target.textContent = text;
    if (lang) Object.assign(target, { lang, dir: "auto" });
  };
  shown.className = `slide move-0${card.tone ? ` s-${card.tone}` : ""}`;
  shown.setAttribute("data-listing", card.path);
  write(".kind", card.kindLabel);
  write(".title", card.title, card.titleLang);
  shown.querySelector(".title")!.classList.toggle("long", [...card.title].length > long);
  write(".where", card.where);
  write(".for", [card.ages, card.cost].filter(Boolean).join(" · "));
  const coming = occurrences(card.dates).slice(0, dates).map((o) => [inWords(o), o.end] as const);
  if (!coming.length) coming.push([card.when, card.until]);
  const days = coming.map(([text, until]) => {
    const span = document.createElement("span");
    span.textContent = text.replace(/(\S)–(?=\S)/g, "$1\u2060–\u2060").replace(/ (\S{1,2})$/, "\u00a0$1"); // no line ends there
    const last = [until, card.by].filter(Boolean).map(end).sort((a, b) => Date.parse(a) - Date.parse(b))[0];
    if (last) span.setAttribute("data-over", last);
    return span;
  });
  shown.querySelector(".when")!.replaceChildren(...days);
  const drawn = await code(card.url);
  if (drawn) shown.querySelector(".square")!.append(document.importNode(drawn, true));
  return shown;
}

async function look(): Promise<void> {
  let wait = often;
  try {
    const blank = document.querySelector<HTMLTemplateElement>("#blank")!.content.firstElementChild!;
    const detail = document.createElement("div");
    detail.append(...await Promise.all((await wanted()).map((card) => slide(card, blank))));
    document.dispatchEvent(new CustomEvent("fursa:slides", { detail }));
  } catch {
    wait = again; // what is shown stays
  }
  setTimeout(look, wait * (1 + Math.random() / 5));
}

if (location.search.length > 1) look();
