// The cards of results: those of the build's lists, made from the page's
// template.
import { tag } from "./page";
import { element, part } from "./search-parts";
import type { Card, Results } from "./search/engine";

/** marked is a text in which the words that were found are marks. */
const marked = (text: string, results: Results): (string | Node)[] =>
  text.split(/([\p{L}\p{M}\p{N}\u0640'’]+)/u).map((word, i) => (i % 2 && results.hit(word) ? element("mark", {}, word) : word));

/** distance is "3.2 km". */
export const distance = (km: number): string =>
  new Intl.NumberFormat(tag, { style: "unit", unit: "kilometer", maximumFractionDigits: km < 10 ? 1 : 0 }).format(km);

/** cardOf shows a result. */
export function cardOf(card: Card, results: Results): HTMLElement {
  const shown = part<HTMLTemplateElement>("card").content.firstElementChild!.cloneNode(true) as HTMLElement;
  // Its parts by their classes, else by their names, at once: each selector takes its time.
  const parts = new Map(Array.from(shown.getElementsByTagName("*"), (e) => [e.getAttribute("class") ?? e.localName, e as HTMLElement]));
  const write = (name: string, words: (string | Node)[], lang = ""): void => {
    const target = parts.get(name)!;
    target.append(...words);
    if (lang) Object.assign(target, { lang, dir: "auto" });
  };
  if (card.tone) shown.classList.add(`s-${card.tone}`);
  shown.dataset.listing = card.path;
  for (const fact of ["dates", "until", "by", "status", "opens"] as const) {
    if (card[fact]) shown.dataset[fact] = card[fact];
  }
  parts.get("use")!.setAttribute("href", `#f-${card.subject}`);
  (parts.get("a") as HTMLAnchorElement).href = card.url;
  (parts.get("time") as HTMLTimeElement).dateTime = card.start;
  if (!card.start) parts.get("time")!.remove();
  write(card.start ? "time" : "when", [card.when]);
  write("a", marked(card.title, results), card.titleLang);
  write("gist", marked(card.summary, results), card.summaryLang);
  write("kind", [card.kindLabel]);
  write("where", [[card.where, card.distance! >= 0 && distance(card.distance!)].filter(Boolean).join(" · ")]);
  for (const name of ["state", "ages", "cost"] as const) write(name, [card[name]]);
  return shown;
}
