// The cards of results: those of the build's lists, made from the page's
// template.
import { lang, tag } from "./page";
import { element, part } from "./search-parts";
import type { Card, Results } from "./search/engine";

/** marked is a text in which the words that were found are marks. What lies
 * between is one piece each: a page is laid out piece by piece. */
function marked(text: string, results: Results): (string | Node)[] {
  const pieces: (string | Node)[] = [""];
  text.split(/([\p{L}\p{M}\p{N}\u0640'’]+)/u).forEach((word, i) => {
    if (i % 2 && results.hit(word)) pieces.push(element("mark", {}, word), "");
    else pieces[pieces.length - 1] += word;
  });
  return pieces;
}

/** distance is "3.2 km". */
export const distance = (km: number): string =>
  new Intl.NumberFormat(tag, { style: "unit", unit: "kilometer", maximumFractionDigits: km < 10 ? 1 : 0 }).format(km);

/** partsOf are the parts of a card by their classes, else by their names, at once:
 * each selector takes its time. */
const partsOf = (card: Element): Map<string, any> =>
  new Map(Array.from(card.getElementsByTagName("*"), (e) => [e.getAttribute("class") ?? e.localName, e]));

/** cardOf shows a result, in the place of another one if there is one: with its
 * elements, unless some are gone or say what was done; new ones take longer. */
export function cardOf(card: Card, results: Results, old?: Element): HTMLElement {
  let shown = old as HTMLElement;
  let parts = old && partsOf(old);
  if (!card.start || !parts?.has("time") || !parts.has("state") || parts.get("keep").dataset.done) {
    shown = part<HTMLTemplateElement>("card").content.firstElementChild!.cloneNode(true) as HTMLElement;
    parts = partsOf(shown);
    old?.replaceWith(shown);
  }
  const write = (name: string, words: (string | Node)[], own?: string): void => {
    const target = parts!.get(name);
    if (words[1] || target.textContent !== words[0]) target.replaceChildren(...words);
    if (own != null) Object.assign(target, { lang: own || lang, dir: own && "auto" });
  };
  shown.className = card.tone ? `card s-${card.tone}` : "card";
  shown.dataset.listing = card.path;
  for (const fact of ["dates", "until", "by", "status", "opens"] as const) {
    if (card[fact]) shown.dataset[fact] = card[fact];
    else delete shown.dataset[fact];
  }
  parts.get("use").setAttribute("href", `#f-${card.subject}`);
  parts.get("a").href = card.url;
  parts.get("time").dateTime = card.start;
  if (!card.start) parts.get("time").remove();
  write(card.start ? "time" : "when", [card.when]);
  write("a", marked(card.title, results), card.titleLang);
  write("gist", marked(card.summary, results), card.summaryLang);
  write("kind", [card.kindLabel]);
  write("where", [[card.where, card.distance! >= 0 && distance(card.distance!)].filter(Boolean).join(" · ")]);
  for (const name of ["state", "ages", "cost"] as const) write(name, [card[name]]);
  return shown;
}
