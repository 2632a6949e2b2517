// A search as a school's file (schools/<name>.toml): its text, and what a file
// can't say of it.
import { active } from "./search-active";
import { labelOf } from "./search-facets";
import { placeOf, type State } from "./search-state";

/** School is what a coordinator says of the school beside the filters. */
export interface School {
  name: string;
  /** Of the name, where it is not the catalogue's first language. */
  lang: string;
  languages: string[];
  slots: { day: string; from: string; to: string }[];
}

/** keys are what facets are called in a file, where that is another word. */
const keys: Record<string, string> = { mode: "modes", places: "districts", endorsed: "endorsed_by" };

/** fileOf is a state in a school's terms, and what these can't say. Bands are
 * the ages of the catalogue's bands by their names. */
export function fileOf(state: State, school: School, bands: Record<string, number[]>): { text: string; missing: string[] } {
  const { wanted, missing } = wants(state, bands);
  const top = [`name = ${quoted(school.name)}`];
  if (school.lang) top.push(`lang = ${quoted(school.lang)}`);
  if (state.filters.grades) top.push(`grades = ${list(state.filters.grades)}`);
  if (school.languages.length) top.push(`languages = ${list(school.languages)}`);
  const at = placeOf(state);
  const tables = at ? [["[place]", `latitude = ${at.latitude}`, `longitude = ${at.longitude}`]] : [];
  for (const { day, from, to } of school.slots) tables.push(["[[slots]]", `day = ${quoted(day)}`, `from = ${from}:00`, `to = ${to}:00`]);
  if (at && state.within) wanted.push(`within_km = ${Number(state.within)}`);
  if (wanted.length) tables.push(["[want]", ...wanted]);
  return { text: [top, ...tables].map((lines) => lines.join("\n")).join("\n\n") + "\n", missing };
}

/** wants are the lines of [want], and what has none. */
function wants(state: State, bands: Record<string, number[]>): { wanted: string[]; missing: string[] } {
  const wanted: string[] = [];
  const missing = [state.q.trim() && `“${state.q.trim()}”`, [state.from, state.to].filter(Boolean).join(" – ")].filter(Boolean);
  for (const [facet, terms] of Object.entries(state.filters)) {
    const line = facet === "ages" ? ages(terms, bands) : facet === "cost" ? cost(terms)
      : terms.includes("step-free") ? "" : `${keys[facet] ?? facet} = ${list(terms)}`;
    if (line) wanted.push(line);
    else missing.push(terms.map((term) => labelOf(facet, term)).join(" · "));
  }
  return { wanted, missing };
}

/** quoted is a text as TOML writes it: as JSON does, but for U+007F, which it
 * wants escaped, and half characters, which it has no way to write. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(/\x7f|\\ud[89a-f][0-9a-f]{2}/g, "").replace(/[\ud800-\udfff]/gu, "");

const list = (texts: string[]): string => `[${texts.map(quoted).join(", ")}]`;

/** nameOf is what a school may be called by what it wants. */
export const nameOf = (state: State): string =>
  active({ ...state, q: "", from: "", to: "" }).map(([label]) => label).join(" · ").slice(0, 120);

/** slug is a file's name: from a school's name where that is written in Latin
 * letters, else from what it wants. */
export function slug(name: string, state: State): string {
  const of = (text: string): string =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-|-$/g, "");
  return of(name) || of(Object.values(state.filters).flat().join(" ")) || "our-school";
}

/** ages are one stretch of bands; empty where there are gaps between them. */
function ages(names: string[], bands: Record<string, number[]>): string {
  const own = names.map((name) => bands[name] ?? [0]).sort((a, b) => a[0]! - b[0]!);
  let [min, max = Infinity] = own[0]!;
  for (const [from, to = Infinity] of own) {
    if (from! > max + 1) return "";
    max = Math.max(max, to);
  }
  return `ages = { min = ${min}${max < Infinity ? `, max = ${max}` : ""} }`;
}

/** cost says what is free, and can't say what is not. */
const cost = (terms: string[]): string => (terms.join() === "free" ? "cost_max = 0" : "");
