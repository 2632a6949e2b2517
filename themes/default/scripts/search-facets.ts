// The filters by terms: subjects, places, costs. What they are called is fetched
// once; how many listings each has, while its facet is open.
import { counting } from "./search-counting";
import { element, fill, number, part, put, search } from "./search-parts";
import { chosen, type State } from "./search-state";
import type { Catalogue, Labels } from "./search/engine";
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
let naming: Promise<void> | undefined;
let state: State;

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

/** showFacets makes the facets those of a state. */
export function showFacets(s: State): void {
  state = s;
  for (const { draw } of facets.values()) draw();
}

function facet({ name, label, terms }: Labels["facets"][number]): void {
  const list = element("ul", {});
  const group = element("div", { role: "group", "aria-label": label }, list);
  const details = element("details", {}, element("summary", {}, label), group);
  const { find: finding, all: whole } = part("facets").dataset;
  const title = fill(finding, { label });
  const find = element("input", { type: "search", placeholder: title, "aria-label": title, autocomplete: "off" });
  const all = element("button", { type: "button", class: "quiet" });
  const rows = new Map<string, HTMLElement>();
  let counts = new Map<string, number>();
  let short = terms.length >= many;

  const row = (term: string, label: string, depth = 0): HTMLElement => {
    const box = element("input", { type: "checkbox", name, value: term });
    box.onchange = () => {
      const others = (state.filters[name] ?? []).filter((other) => other !== term);
      // The next one may be chosen before the results of this are there.
      state = chosen(state, name, box.checked ? [...others, term] : others);
      search({ filters: state.filters });
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
    all.textContent = fill(whole, { count: number(there.length) });
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
