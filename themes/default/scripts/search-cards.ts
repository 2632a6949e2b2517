// The cards of results: those of the build's lists, made from the page's
// template.
import { tag } from "./page";
import { element, part } from "./search-parts";
import type { Card, Results } from "./search/engine";

/** marked is a text in which the words that were found are marks. */
const marked = (text: string, hit: (word: string) => boolean): (string | Node)[] =>
  text.split(/([\p{L}\p{M}\p{N}\u0640'’]+)/u).map((word, i) => (i % 2 && hit(word) ? element("mark", {}, word) : word));

/** distance is "3.2 km". */
export const distance = (km: number): string =>
  new Intl.NumberFormat(tag, { style: "unit", unit: "kilometer", maximumFractionDigits: km < 10 ? 1 : 0 }).format(km);

const known = new WeakMap<Element, Map<string, HTMLElement>>();

/** partsOf are the parts of a card by their classes, else by their names. */
function partsOf(card: HTMLElement): Map<string, HTMLElement> {
  let parts = known.get(card);
  if (!parts) known.set(card, (parts = new Map(Array.from(card.getElementsByTagName("*"), (e) => [e.getAttribute("class") ?? e.localName, e as HTMLElement]))));
  return parts;
}

/** cardOf shows a result, in the card of another where there is one: a new one
 * takes the browser several times as long. */
export function cardOf(card: Card, results: Results, old?: Element): HTMLElement {
  const shown = (old && known.has(old) ? old : part<HTMLTemplateElement>("card").content.firstElementChild!.cloneNode(true)) as HTMLElement;
  const parts = partsOf(shown);
  const hit = (word: string): boolean => results.hit(word);
  const write = (name: string, words: string | (string | Node)[], lang = ""): void => {
    const target = parts.get(name)!;
    if (typeof words !== "string") target.replaceChildren(...words);
    else if (target.textContent !== words) target.textContent = words;
    attribute(target, "lang", lang);
    attribute(target, "dir", lang && "auto");
  };
  shown.className = card.tone ? `card s-${card.tone}` : "card";
  for (const fact of ["path", "dates", "until", "by", "status", "opens"] as const) {
    attribute(shown, fact === "path" ? "data-listing" : `data-${fact}`, card[fact] ?? "");
  }
  attribute(parts.get("use")!, "href", `#f-${card.subject}`);
  attribute(parts.get("a")!, "href", card.url);
  const time = parts.get("time") as HTMLTimeElement;
  time.dateTime = card.start;
  time.textContent = card.when;
  write("when", card.start ? [time] : card.when);
  write("a", marked(card.title, hit), card.titleLang);
  write("gist", marked(card.summary, hit), card.summaryLang);
  write("where", [card.where, card.distance! >= 0 && distance(card.distance!)].filter(Boolean).join(" · "));
  write("kind", card.kindLabel);
  for (const name of ["state", "ages", "cost"] as const) write(name, card[name]);
  return shown;
}

function attribute(element: Element, name: string, value: string): void {
  if (!value) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
