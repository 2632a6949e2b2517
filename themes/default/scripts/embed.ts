// The page that other sites show in a frame. It reads its address: what to look
// for, as the search page has it, and how to look; and tells its height.
import { report } from "./embed-height";
import { dark } from "./embed-theme";
import { all, one, ready } from "./page";
import { cardOf } from "./search-cards";
import { counted, part } from "./search-parts";
import { address, asked, read, type State } from "./search-state";
import { Catalogue, find } from "./search/engine";
import { watch } from "./truth";

/** usual is how many listings are shown, most how many can be. */
const [usual, most] = [6, 24];

const params = new URLSearchParams(location.search);

/** own is what the address says of the looks; the rest is about listings. */
function own(name: string): string {
  const value = params.get(name) ?? "";
  params.delete(name);
  return value;
}

/** elsewhere has the links to the page in other languages ask the same there,
 * and is the address of one of them. */
function elsewhere(lang: string): string | undefined {
  const links = all("a[hreflang]") as HTMLAnchorElement[];
  const same = new URLSearchParams(location.search);
  same.delete("lang");
  for (const link of links) link.search = String(same);
  return links.find((link) => link.hreflang === lang)?.href;
}

async function start(): Promise<void> {
  const other = elsewhere(own("lang"));
  if (other) return location.replace(other);
  dark(own("theme"));
  document.body.classList.toggle("rows", own("layout") === "list");
  const limit = Math.min(Math.max(1, Math.floor(Number(own("limit"))) || usual), most);
  const state = read(`?${params}`);
  const chosen = address(state) !== location.pathname;
  const { search } = document.body.dataset;
  if (search && (chosen || limit > all("[data-results] > li").length)) await fill(search, state, limit, chosen);
  watch(); // says of each card whether it has ended, and once a minute anew
  ready(() => few(limit));
  setInterval(few, 60_000, limit);
  report();
}

/** fill puts what was found in the place of what the page was built with. */
async function fill(search: string, state: State, limit: number, chosen: boolean): Promise<void> {
  const list = part("results");
  list.ariaBusy = "true";
  try {
    const catalogue = await Catalogue.open(search);
    const results = await find([catalogue], asked(state, catalogue), { complete: true });
    const cards = await results.cards(0, Math.min(limit, results.count));
    list.replaceChildren(...cards.map((card) => cardOf(card, results)));
    part("count").textContent = counted(results.count);
    const about = one("[data-about]") as HTMLAnchorElement;
    if (chosen) about.href = about.dataset.about + address(state).slice(location.pathname.length);
    part("nothing").hidden = !!results.count;
  } catch {
    if (chosen) list.replaceChildren(); // what the page was built with is not what was asked for
    part("failed").hidden = !chosen;
  }
  list.ariaBusy = "false";
}

/** few leaves the first cards of what has not ended. */
function few(limit: number): void {
  let shown = 0;
  for (const card of all("[data-results] > li")) card.hidden = card.classList.contains("is-past") || shown++ >= limit;
}

void start();
