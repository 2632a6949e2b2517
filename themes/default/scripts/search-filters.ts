// The filters: terms of facets, and days. What terms are called is fetched when
// somebody opens the filters; how many listings each has, while its part of
// them is open.
import { zone } from "./page";
import { element, fill, number, part, put } from "./search-parts";
import { chosen, type State } from "./search-state";
import type { Catalogue, Labels, Results } from "./search/engine";
import { wordsOf } from "./search/words";

type Terms = Labels["facets"][number]["terms"];

interface Facet {
  terms: Terms;
  /** draw shows the terms that there are. */
  draw(): void;
}

/** many is from how many terms on a facet begins with the most frequent few. */
const [many, few] = [16, 12];

const facets = new Map<string, Facet>();
const looks: (() => void)[] = [];
let naming: Promise<void> | undefined;
let results: Results | undefined;
let state: State;
let go: (state: State) => void;
let fail: () => void;

/** filtersLeadTo says what to do with a choice, and when counts can't be had. */
export function filtersLeadTo(then: typeof go, failed: typeof fail): void {
  [go, fail] = [then, failed];
  days();
}

/** named fetches what facets and terms are called, once; those of which a state
 * has terms are open from the start. */
export function named(catalogue: Catalogue, s: State): Promise<void> {
  state = s;
  naming ??= catalogue.labels().then((labels) => labels.facets.forEach(facet));
  naming.catch(() => (naming = undefined));
  return naming;
}

/** labelOf is what a term is called; its name, while that is not known. */
export const labelOf = (facet: string, term: string): string => facets.get(facet)?.terms.find(([name]) => name === term)?.[1] ?? term;

/** known is a state without the terms that the catalogue does not have. */
export function known(s: State): State {
  for (const [name, terms] of Object.entries(s.filters)) {
    s = chosen(s, name, terms.filter((term) => facets.get(name)?.terms.some(([own]) => own === term)));
  }
  return s;
}

/** showFilters makes the filters those of a state and its results. */
export function showFilters(s: State, found: Results): void {
  [state, results] = [s, found];
  for (const { draw } of facets.values()) draw();
  for (const look of looks) look();
}

/** counting asks for counts while a part of the filters is open, and gives them
 * to a function that shows them unless there are newer results by then. */
function counting<C>(details: HTMLDetailsElement, ask: (results: Results) => Promise<C>, show: (counts: C) => void): void {
  const look = async (): Promise<void> => {
    const asked = results;
    if (!asked || !details.open) return;
    try {
      const counts = await ask(asked);
      if (asked === results) show(counts);
    } catch {
      if (asked === results) fail();
    }
  };
  details.addEventListener("toggle", look);
  looks.push(look);
}

function facet({ name, label, terms }: Labels["facets"][number]): void {
  const list = element("ul", {});
  const group = element("div", { role: "group", "aria-label": label }, list);
  const details = element("details", {}, element("summary", {}, label), group);
  const { find: finding, all: whole } = part("facets").dataset;
  const title = fill(finding, { label });
  const find = element("input", { type: "search", placeholder: title, "aria-label": title, autocomplete: "off" });
  const all = element("button", { type: "button", class: "quiet" }, fill(whole, { count: number(terms.length) }));
  const rows = new Map<string, HTMLElement>();
  let counts = new Map<string, number>();
  let short = terms.length >= many;

  const row = (term: string, label: string, depth = 0): HTMLElement => {
    const box = element("input", { type: "checkbox", name, value: term });
    box.onchange = () => {
      const others = (state.filters[name] ?? []).filter((other) => other !== term);
      go(chosen(state, name, box.checked ? [...others, term] : others));
    };
    return element("li", { class: `depth-${depth}` }, element("label", {}, box, ` ${label} `, element("span", { class: "count" })));
  };
  const draw = (): void => {
    const on = new Set(state.filters[name]);
    const there = terms.filter(([term]) => on.has(term) || counts.has(term));
    const looked = wordsOf(find.value).join(" ");
    const shown = looked ? there.filter(([term, label]) => on.has(term) || ` ${wordsOf(label).join(" ")}`.includes(` ${looked}`))
      : short ? frequent(there, counts, on) : there;
    all.hidden = !!looked || shown.length === there.length;
    put(list, shown.map(([term, label, depth]) => {
      if (!rows.has(term)) rows.set(term, row(term, label, depth));
      const shown = rows.get(term)!;
      shown.querySelector("input")!.checked = on.has(term);
      shown.querySelector(".count")!.textContent = number(counts.get(term) ?? 0);
      return shown;
    }));
  };

  if (short) {
    list.before(find);
    list.after(all);
    find.oninput = draw;
    all.onclick = () => {
      short = false;
      find.focus();
      draw();
    };
  }
  details.open = name in state.filters;
  facets.set(name, { terms, draw });
  counting(details, (results) => results.counts(name), (found) => {
    counts = found;
    draw();
  });
  part("facets").append(details);
}

/** frequent are the most frequent terms, those above them and those that are
 * chosen. */
function frequent(terms: Terms, counts: Map<string, number>, on: Set<string>): Terms {
  const most = new Set([...counts].sort((a, b) => b[1] - a[1]).slice(0, few).map(([term]) => term));
  let below = 0; // the depth of the next one, which stands under its own
  return [...terms].reverse().filter(([term, , depth = 0]) => {
    const keep = depth < below || most.has(term) || on.has(term);
    if (keep) below = depth;
    return keep;
  }).reverse();
}

/** days makes the part for days: some to press, and any others. */
function days(): void {
  const details = part<HTMLDetailsElement>("when");
  const buttons = [...details.querySelectorAll("button")];
  const [from, to] = details.querySelectorAll("input") as unknown as [HTMLInputElement, HTMLInputElement];
  const presets = (): [from: string, to: string][] => {
    const now = Date.parse(new Intl.DateTimeFormat("sv", { timeZone: zone }).format(Date.now()));
    const day = (n: number): string => new Date(now + n * 864e5).toISOString().slice(0, 10);
    const free = (n: number): boolean => details.dataset.weekend!.includes(String(new Date(day(n)).getUTCDay()));
    let [first, last] = [0, 0];
    while (!free(first)) first++;
    for (last = first; last < 6 && free(last + 1); ) last++;
    return [[0, 0], [first, last], [0, 6], [0, 29]].map(([a, b]) => [day(a!), day(b!)]);
  };
  const draw = (): void => {
    [from.value, to.value] = [state.from, state.to];
    presets().forEach(([first, last], i) => buttons[i]!.setAttribute("aria-pressed", String(state.from === first && state.to === last)));
  };
  buttons.forEach((button, i) => {
    button.onclick = () => {
      const [from, to] = button.getAttribute("aria-pressed") === "true" ? ["", ""] : presets()[i]!;
      go({ ...state, from, to });
    };
  });
  details.addEventListener("change", () => go({ ...state, from: from.value, to: to.value && to.value < from.value ? from.value : to.value }));
  looks.push(draw);
  counting(details, (results) => results.countDays(presets()), (counts) => {
    counts.forEach((n, i) => (buttons[i]!.querySelector("span")!.textContent = number(n)));
  });
}
