// A search as a channel: a file of the catalogue (schools/<name>.toml), of which
// this writes the text.
import { part } from "./search-parts";
import { placeOf, read, type State } from "./search-state";

/** keys are what facets are called in a file, where that is another word. */
const keys: Record<string, string> = { mode: "modes", places: "districts", endorsed: "endorsed_by" };

/** channel keeps the text that of the page's search. */
export function channel(): void {
  const form = part("channel");
  const area = form.querySelector("textarea")!;
  const copy = form.querySelector<HTMLElement>("[data-copy]")!;
  const link = form.querySelector("a");
  const missing = part("missing");
  const show = (): void => {
    const state = read(location.search);
    const file = fileOf(state);
    const name = slug(state);
    area.value = file.text;
    area.rows = file.text.split("\n").length;
    part("file").textContent = `schools/${name}.toml`;
    missing.hidden = !file.missing.length;
    missing.lastElementChild!.textContent = file.missing.join(" · ");
    offer(name);
    area.oninput = () => offer(name);
  };
  // The text can be copied, and put into a new file where the catalogue has a
  // repository; hosts refuse addresses beyond some 8,000 characters.
  const offer = (name: string): void => {
    copy.dataset.copy = area.value;
    const address = (form.dataset.new ?? "").replace("{name}", name);
    const whole = address.replace("{text}", encodeURIComponent(area.value));
    if (link) link.href = whole.length < 7500 ? whole : address.replace("{text}", "");
  };
  document.addEventListener("fursa:changed", show);
  show();
}

/** labelOf is what the page calls a term; its name, where it shows none. */
const labelOf = (term: string): string =>
  document.querySelector(`[data-facets] [value="${CSS.escape(term)}"]`)?.nextSibling?.textContent?.trim() ?? term;

/** fileOf is a state in a channel's terms, and what these can't say. */
function fileOf(state: State): { text: string; missing: string[] } {
  const want: string[] = [];
  const place: string[] = [];
  const missing = [state.q && `“${state.q}”`, [state.from, state.to].filter(Boolean).join(" – ")].filter(Boolean);
  for (const [facet, terms] of Object.entries(state.filters)) {
    const line = facet === "ages" ? ages(terms) : facet === "cost" ? cost(terms) : `${keys[facet] ?? facet} = ${JSON.stringify(terms)}`;
    if (line) want.push(line);
    else missing.push(terms.map(labelOf).join(" · "));
  }
  const at = state.within && placeOf(state);
  if (at) {
    want.push(`within_km = ${state.within}`);
    place.push("", "[place]", `latitude = ${at.latitude}`, `longitude = ${at.longitude}`);
  }
  const name = Object.values(state.filters).flat().map(labelOf).join(" · ") || part("near-me").dataset.here!;
  return { text: [`name = ${JSON.stringify(name.slice(0, 120))}`, ...place, "", "[want]", ...want, ""].join("\n"), missing };
}

const slug = (state: State): string =>
  Object.values(state.filters).flat().join("-").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-|-$/g, "") || "near-me";

/** ages are one stretch of bands; empty where there are gaps between them. */
function ages(bands: string[]): string {
  const all: Record<string, [min: number, max?: number]> = JSON.parse(part("channel").dataset.ages!);
  const own = bands.map((band) => all[band] ?? [0]).sort((a, b) => a[0] - b[0]);
  let [min, max = Infinity] = own[0]!;
  for (const [from, to = Infinity] of own) {
    if (from > max + 1) return "";
    max = Math.max(max, to);
  }
  return `ages = { min = ${min}${max < Infinity ? `, max = ${max}` : ""} }`;
}

/** cost says what is free, and can't say what is not. */
const cost = (terms: string[]): string => (terms.join() === "free" ? "cost_max = 0" : "");
