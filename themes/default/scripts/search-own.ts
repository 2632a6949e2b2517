// Where a search leads: one term that has a page and feeds of its own to these,
// any search to the page that makes a channel of it.
import { active } from "./search-active";
import { labelOf } from "./search-facets";
import { element } from "./search-parts";
import { one } from "./page";
import { address, type State } from "./search-state";

/** showOwn leads on from a state, where the page has a place for it. */
export function showOwn(state: State): void {
  const own = one("[data-own]");
  if (!own) return;
  const channel = one("[data-channel]") as HTMLAnchorElement;
  channel.search = address(state).slice(location.pathname.length);
  const [[facet, [term]] = ["", []]] = Object.entries(state.filters) as [string, string[]][];
  const family = own.dataset.families!.split(" ").find((f) => f.startsWith(`${facet}=`));
  own.hidden = !term || !family || active(state).length > 1;
  if (own.hidden) return own.querySelector("span")!.replaceChildren();
  const page = `${family!.slice(facet.length + 1)}${term}/`;
  const { rss, calendar } = own.dataset;
  own.querySelector("span")!.replaceChildren(
    link(page, labelOf(facet, term!)), " · ", link(`${page}feed.xml`, rss!), " · ", link(`${page}calendar.ics`, calendar!));
}

const link = (href: string, text: string): HTMLElement => element("a", { href }, text);
