// Truth in time: a page says what was true when it was built. This decides
// anew, by the visitor's clock in the catalogue's zone, what has ended, whose
// registration is closed or closes soon, and what comes next.
import { begun, day, days, daysUntil, fullDate, inWords, moment, occurrences, over, today } from "./dates";
import { all, one, ready, say } from "./page";

/** soon is how many days before a deadline a page begins to say so. */
const soon = 7;

/** watch keeps the page true for as long as it is looked at. */
export function watch(): void {
  const look = (): void => {
    if (document.visibilityState === "visible") decide();
  };
  ready(look);
  setInterval(look, 60_000);
  addEventListener("pageshow", look);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("fursa:changed", look);
}

function decide(): void {
  const now = Date.now();
  const current = today(now);
  for (const listing of all("[data-listing]")) {
    state(listing, now, current);
    next(listing, now, current);
  }
  all("[data-coming]").forEach(hidePast);
}

/** state says that a listing has ended, or how its registration stands. What
 * was cancelled stays that; what is full or closed changes only by ending.
 * What the build has ended stays so, whatever the visitor's clock says. */
function state(listing: HTMLElement, now: number, current: string): void {
  const { until, by, opens, status } = listing.dataset;
  const past = !!until && until < current;
  if (past) {
    listing.classList.add("is-past");
    if (status !== "cancelled") put(listing, say("ended", { date: fullDate(until) }));
    return close(listing);
  }
  if (status || (opens && !begun(opens, now, current))) return;
  const closed = !!by && over(by, now, current);
  const closing = !!by && !closed && daysUntil(by, current) <= soon;
  listing.classList.toggle("is-closing", closing);
  if (closed) {
    listing.classList.add("is-closed");
    put(listing, say("deadline-passed", { date: fullDate(by) }));
    return close(listing);
  }
  if (closing) return put(listing, say("closing", { when: near(by, current) }));
  if (opens) own(".state", listing)[0]?.remove();
}

/** own are parts of a listing, without those of the cards that its page shows
 * of others. */
const own = (selector: string, listing: HTMLElement): HTMLElement[] =>
  all(selector, listing).filter((part) => part.closest("[data-listing]") === listing);

function near(by: string, current: string): string {
  const names = [say("today"), say("tomorrow")];
  const name = names[daysUntil(by, current)];
  return name ? moment(by).replace(fullDate(by), name) : moment(by);
}

/** put writes a listing's state, below its heading where it had none. */
function put(listing: HTMLElement, message: string): void {
  let line = own(".state", listing)[0];
  if (!line) {
    line = document.createElement("p");
    line.className = "state";
    const heading = one("h1, h2, h3", listing);
    if (heading) heading.after(line);
    else listing.prepend(line);
  }
  if (line.textContent !== message) line.textContent = message;
}

/** close takes the way to register away: the state says why. */
function close(listing: HTMLElement): void {
  for (const link of all("a[data-register][href]", listing)) {
    link.removeAttribute("href");
    link.setAttribute("role", "link");
    link.setAttribute("aria-disabled", "true");
  }
}

/** next puts the next occurrence where the page prints one that is over. Where
 * it prints several, each stays what it is. */
function next(listing: HTMLElement, now: number, current: string): void {
  const lines = own(".when time", listing) as HTMLTimeElement[];
  const line = lines.length === 1 && lines[0];
  const dates = occurrences(listing.dataset.dates);
  const same = (a: string, b: string): boolean => a === b || Date.parse(a) === Date.parse(b);
  const printed = line && dates.find((o) => same(o.start, line.dateTime));
  if (!printed || !over(printed.end, now, current)) return;
  const { until } = listing.dataset;
  const coming = dates.find((o) => !over(o.end, now, current));
  if (coming) {
    line.dateTime = coming.start;
    line.textContent = inWords(coming);
  } else if (until && until >= current && until > day(dates[dates.length - 1]?.end ?? "")) {
    line.dateTime = until; // there are more than the page knows
    line.textContent = say("until", { to: days(until, until) });
  }
}

/** hidePast hides what has ended from a list of what is coming, and shows the
 * list's word for nothing if nothing is left. */
function hidePast(list: HTMLElement): void {
  const cards = all("[data-listing]", list);
  for (const card of cards) card.hidden = card.classList.contains("is-past");
  const empty = one("[data-empty]", list);
  if (empty) empty.hidden = cards.some((card) => !card.hidden);
}
