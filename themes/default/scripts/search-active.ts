// The filters that are on, as chips that take each away; and, where nothing
// matches, what there would be without one.
import { tag } from "./page";
import { distance } from "./search-cards";
import { labelOf } from "./search-facets";
import { counted, element, fill, part, search, sentence } from "./search-parts";
import { address, chosen, nothing, type State } from "./search-state";

/** Active is what a filter says, and the state without it. */
type Active = [label: string, without: State];

/** active are the filters that are on: all words and each term, or, to see what
 * there would be without, each word and all terms of a facet. */
export function active(state: State, each = false): Active[] {
  const { q, filters, from, to, near, within, sort } = state;
  const words = q.trim().split(/\s+/).filter(Boolean);
  const all: Active[] = (each ? words : q.trim() ? [q.trim()] : []).map((word, i) =>
    [`“${word}”`, { ...state, q: each ? words.filter((_, j) => j !== i).join(" ") : "" }]);
  for (const [facet, terms] of Object.entries(filters)) {
    for (const some of each ? [terms] : terms.map((term) => [term])) {
      all.push([some.map((term) => labelOf(facet, term)).join(" · "), chosen(state, facet, terms.filter((term) => !some.includes(term)))]);
    }
  }
  if (from || to) all.push([days(from, to), { ...state, from: "", to: "" }]);
  if (near) all.push([nearness(within), { ...state, near: "", within: "", sort: sort === "nearest" ? "" : sort }]);
  return all;
}

/** days is "from 24 November 2026", or "24–28 November 2026". */
function days(from: string, to: string): string {
  const format = new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: "UTC" });
  const { since, until } = part("when").dataset;
  if (from && to) return format.formatRange(new Date(from), new Date(to));
  return fill(from ? since : until, { date: format.format(new Date(from || to)) });
}

function nearness(within: string): string {
  const { here, within: text } = part("near-me").dataset;
  return within ? fill(text, { distance: distance(Number(within)) }) : here!;
}

/** button leads to a state. */
function button(words: (string | Node)[], state: State): HTMLButtonElement {
  const b = element("button", { type: "button" }, ...words);
  b.onclick = () => search(state);
  return b;
}

/** replace fills a list with buttons. Where one of those before had the
 * keyboard, the one in its place has it now; without one, the field. */
function replace(list: HTMLElement, buttons: HTMLElement[]): void {
  const place = [...list.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
  list.replaceChildren(...buttons.map((b) => element("li", {}, b)));
  if (place >= 0) (buttons[place] ?? document.querySelector<HTMLElement>("#search-words")!).focus();
}

export function showChips(state: State): void {
  const list = part("chips");
  const { remove, clear } = list.dataset;
  const chips = active(state).map(([label, without]) => {
    const chip = button([element("bdi", {}, label), " ", element("span", { "aria-hidden": "true" }, "×")], without);
    chip.setAttribute("aria-label", fill(remove, { label }));
    return chip;
  });
  if (chips.length > 1) chips.push(button([clear!], nothing));
  replace(list, chips);
  list.hidden = !chips.length;
}

/** showMisses says what there would be, where there is nothing. Count is how
 * many listings a state has. */
export async function showMisses(none: boolean, state: State, count: (state: State) => Promise<number>): Promise<void> {
  const [heading, list] = part("near").querySelectorAll<HTMLElement>("h3, ul");
  const offer = (offers: HTMLElement[]): void => {
    replace(list!, offers);
    heading!.hidden = !offers.length;
  };
  offer([]);
  if (!none) return;
  const less = active(state, true).filter(([, without]) => address(without) !== address(nothing));
  const counts = await Promise.all(less.map(([, without]) => count(without)));
  offer(less.flatMap(([label, without], i) => {
    const n = counts[i]!;
    const words = sentence<string | Node>(list!.dataset.without, { label: element("bdi", {}, label), count: counted(n) });
    return n ? [button(words, without)] : [];
  }));
}
