// What somebody looks for, and the address of the page that says so.
import { root } from "./page";
import type { Catalogue, Query, Results } from "./search/engine";

export interface State {
  /** As it stands in the field: a space at its end says that a word is whole. */
  q: string;
  /** Terms by facets, in the order in which they were chosen. */
  filters: Record<string, string[]>;
  /** The first and the last day, "2026-11-24", or empty. */
  from: string;
  to: string;
  /** "latitude,longitude", "me" where the place stays in this browser, or
   * empty. */
  near: string;
  /** At most so many kilometres away; empty for any distance. */
  within: string;
  /** Empty for the usual order. */
  sort: string;
}

/** Found is what the page tells its filters, as an event «fursa:found». */
export interface Found {
  state: State;
  results: Results;
  catalogue: Catalogue;
  /** How many listings there would be in another state. */
  others(state: State): Promise<number>;
}

const names = ["q", "from", "to", "near", "within", "sort"] as const;

export const nothing: State = { q: "", filters: {}, from: "", to: "", near: "", within: "", sort: "" };

/** read is the state that an address's query says; what makes no sense in it
 * is left out. */
export function read(query: string): State {
  const params = new URLSearchParams(query);
  const state: State = { ...nothing, filters: {} };
  for (const name of new Set(params.keys())) {
    if (!(name in state)) state.filters[name] = [...new Set(params.getAll(name))];
  }
  for (const name of names) state[name] = params.get(name) ?? "";
  for (const name of ["from", "to"] as const) if (!/^\d{4}-\d\d-\d\d$/.test(state[name])) state[name] = "";
  return state;
}

/** address is that of this page with a state. */
export function address(state: State): string {
  const params = new URLSearchParams();
  const { q, filters, ...own } = state;
  for (const [name, terms] of Object.entries({ q, ...filters, ...own })) {
    for (const term of [terms].flat()) if (term.trim()) params.append(name, term.trim());
  }
  const text = params.toString();
  return location.pathname + (text && `?${text}`);
}

/** chosen is a state with other terms of a facet. */
export function chosen(state: State, facet: string, terms: string[]): State {
  const filters = { ...state.filters, [facet]: terms };
  if (!terms.length) delete filters[facet];
  return { ...state, filters };
}

/** here is where this tab keeps where somebody is. */
export const here = `fursa:near:${root}`;

/** placeOf is the place that a state is about; undefined where it is not known
 * in this browser. */
export function placeOf({ near }: State): { latitude: number; longitude: number } | undefined {
  try {
    const [latitude, longitude] = ((near === "me" ? sessionStorage.getItem(here) : near) ?? "").split(",").map(Number);
    return longitude! + latitude! ? { latitude: latitude!, longitude: longitude! } : undefined;
  } catch {
    return undefined; // this browser keeps nothing
  }
}

/** asked is what a state asks of a catalogue, which may lack some facets. */
export function asked(s: State, catalogue: Catalogue): Query {
  const near = placeOf(s);
  return {
    text: s.q,
    filters: Object.fromEntries(Object.entries(s.filters).filter(([name]) => name in catalogue.entry.sets)),
    from: s.from || undefined,
    to: s.to || undefined,
    near: near && { ...near, within: Number(s.within) || undefined },
    sort: s.sort === "nearest" && !near ? undefined : (s.sort as Query["sort"]) || undefined,
  };
}
