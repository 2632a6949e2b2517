// A search as a channel: a file of the catalogue (schools/<name>.toml), of which
// this writes the text.
import { active } from "./search-active";
import { labelOf } from "./search-facets";
import { element, part } from "./search-parts";
import { placeOf, type State } from "./search-state";

/** keys are what facets are called in a file, where that is another word. */
const keys: Record<string, string> = { mode: "modes", places: "districts", endorsed: "endorsed_by" };

/** showChannel leads to the page and the feeds of what is looked for, where it
 * has its own; anything else that has filters can become a channel. */
export function showChannel(state: State): void {
  const own = part("own");
  const form = part("channel");
  const [[facet, [term]] = ["", []]] = Object.entries(state.filters) as [string, string[]][];
  const family = form.dataset.families!.split(" ").find((f) => f.startsWith(`${facet}=`));
  own.hidden = !term || !family || active(state).length > 1;
  form.hidden = !own.hidden || !(term || state.within);
  if (!form.hidden) return write(state);
  const page = `${family?.slice(facet.length + 1)}${term}/`;
  const { rss, calendar } = own.dataset;
  own.querySelector("span")!.replaceChildren(
    link(page, labelOf(facet, term ?? "")), " · ", link(`${page}feed.xml`, rss!), " · ", link(`${page}calendar.ics`, calendar!));
}

const link = (href: string, text: string): HTMLElement => element("a", { href }, text);

/** write writes the file. Its text can be copied, and put into a new file where
 * the catalogue has a repository; hosts refuse addresses beyond some 8,000
 * characters. */
function write(state: State): void {
  const form = part("channel");
  const area = form.querySelector("textarea")!;
  const { text, missing } = fileOf(state);
  const name = slug(state);
  area.value = text;
  area.rows = text.split("\n").length;
  part("file").textContent = `schools/${name}.toml`;
  part("missing").hidden = !missing.length;
  part("missing").lastElementChild!.textContent = missing.join(" · ");
  area.oninput = () => {
    form.querySelector<HTMLElement>("[data-copy]")!.dataset.copy = area.value;
    const address = form.dataset.new!.replace("{name}", name);
    const whole = address.replace("{text}", encodeURIComponent(area.value));
    const begin = part("begin");
    if (address) begin.replaceChildren(link(whole.length < 7500 ? whole : address.replace("{text}", ""), begin.dataset.begin!));
  };
  area.oninput(new InputEvent("input"));
}

/** fileOf is a state in a channel's terms, and what these can't say. */
function fileOf(state: State): { text: string; missing: string[] } {
  const want: string[] = [];
  const place: string[] = [];
  const missing = [state.q && `“${state.q}”`, [state.from, state.to].filter(Boolean).join(" – ")].filter(Boolean);
  for (const [facet, terms] of Object.entries(state.filters)) {
    const line = facet === "ages" ? ages(terms) : facet === "cost" ? cost(terms) : `${keys[facet] ?? facet} = ${JSON.stringify(terms)}`;
    if (line) want.push(line);
    else missing.push(terms.map((term) => labelOf(facet, term)).join(" · "));
  }
  const at = state.within && placeOf(state);
  if (at) {
    want.push(`within_km = ${state.within}`);
    place.push("", "[place]", `latitude = ${at.latitude}`, `longitude = ${at.longitude}`);
  }
  const name = active({ ...state, q: "", from: "", to: "" }).map(([label]) => label).join(" · ");
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
