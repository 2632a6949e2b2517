// The search page: finds listings as people type and choose. What is looked
// for stands in the address, so that it can be shared and gone back to.
import { cardOf } from "./search-cards";
import { counted, element, part, sentence, tell } from "./search-parts";
import { address, asked, read, type Found, type State } from "./search-state";
import { Catalogue, find, type Query, type Results } from "./search/engine";

/** first is how many results are shown at once, next how many more. */
const [first, next] = [10, 20];

const form = part<HTMLFormElement>("search");
const input = form?.querySelector("input")!;
const sort = document.querySelector<HTMLSelectElement>("#search-sort")!;
const filters = part<HTMLDetailsElement>("filters");
const found = part("found");
const list = part("results");

let entry = form?.dataset.search!; // the address of the catalogue's
let opening: Promise<Catalogue> | undefined;
let catalogue: Catalogue;
let state: State;
let results: Results | undefined;
let running = new AbortController(); // of the latest search, whose answer alone counts
let narrowing: Promise<unknown> | undefined; // of the filters' script
let typing = 0;
let fresh = true; // typing has not yet made an entry in the history

function start(): void {
  filters.hidden = false;
  filters.open = "open" in form.dataset || matchMedia("(min-width: 56rem)").matches; // beside the results
  form.onsubmit = () => {
    if (matchMedia("(pointer: coarse)").matches) input.blur(); // its keyboard hides the results
    typed(true);
    return false;
  };
  input.oninput = () => typed();
  input.onchange = () => note(true);
  input.onfocus = () => open().then((c) => c.prefetch(input.value), () => {});
  sort.onchange = () => go({ ...state, sort: sort.value });
  filters.ontoggle = () => (results ? narrow() : filters.open && run());
  part("more").onclick = more;
  part("again").onclick = () => run();
  onpopstate = again;
  ononline = () => part("failed").hidden || run();
  onkeydown = keys;
  document.addEventListener("fursa:search", (event) => go({ ...state, ...(event as CustomEvent).detail }));
  document.addEventListener("fursa:failed", failed);
  again();
}

/** again takes the state from the address. Where nothing is asked, the ways in
 * that the page has stay on a narrow screen, and nothing is fetched: the network
 * is free for the first letter. */
function again(): void {
  state = read(location.search);
  input.value = state.q;
  fresh = true;
  if (results || filters.open || address(state) !== location.pathname) run();
}

/** go leads to another state, and to an entry in the history. */
function go(to: State): void {
  state = to;
  input.value = state.q;
  fresh = true;
  note(true);
  run();
}

/** typed takes over what stands in the field; complete says that it is whole. */
function typed(complete = false): void {
  if (!complete && input.value === state.q) return;
  state = { ...state, q: input.value };
  run(complete);
  clearTimeout(typing);
  if (complete) note(true);
  else typing = setTimeout(note, 400); // browsers bound how often the address changes
}

/** note puts the state into the address: one entry in the history for all that
 * is typed in one go, which ends with it where it is whole. */
function note(whole?: boolean): void {
  clearTimeout(typing);
  const now = address(state);
  if (now !== location.pathname + location.search) {
    history[fresh ? "pushState" : "replaceState"](null, "", now);
    fresh = false;
  }
  fresh ||= !!whole;
}

/** open has the catalogue's entry, asked for once unless it fails. */
function open(): Promise<Catalogue> {
  opening ??= Catalogue.open(entry).then((c) => (catalogue = c));
  opening.catch(() => (opening = undefined));
  return opening;
}

const query = (s: State): Query => asked(s, catalogue);

/** run searches. What is shown stays until the answer is there; an answer that
 * comes when something else has been asked is dropped. The first failure may be
 * that of a page older than the site, whose files have other names now. */
async function run(complete = true, second = false): Promise<void> {
  running.abort();
  const { signal } = (running = new AbortController());
  part("browse").hidden = true;
  found.hidden = false;
  found.ariaBusy = "true";
  try {
    await open();
    const answer = await find([catalogue], query(state), { complete, signal });
    if (signal.aborted) return;
    results = answer;
    show();
    await cards(0, first);
  } catch {
    if (signal.aborted) return;
    if (second) return failed();
    entry = new URL("index.json", form.action).href;
    opening = undefined;
    return run(complete, true);
  }
}

function show(): void {
  const { count, corrected, corrections } = results!;
  part("failed").hidden = true;
  part("near").hidden = !!count;
  part("count").textContent = counted(count);
  sort.disabled = false;
  sort.value = query(state).sort ?? (state.q.trim() ? "relevance" : "soonest");
  const instead = part("instead");
  instead.hidden = !corrections.length;
  instead.replaceChildren(...sentence(instead.dataset.text, {
    new: element("a", { href: address({ ...state, q: corrected }) }, corrected),
    old: element("s", {}, state.q.trim()),
  }));
  tell(counted(count) + (corrections.length ? `. ${instead.textContent}` : ""));
  narrow();
}

/** painted is when results that are at hand have been shown to who types: they
 * wait for these, not for the filters. */
const painted = (): unknown => document.activeElement === input && new Promise((then) => requestAnimationFrame(() => setTimeout(then)));

/** narrow has the filters show what was found. Their script is fetched when
 * they are open, or say something, or may say why nothing is found. */
function narrow(): void {
  if (!results) return;
  if (!narrowing && !filters.open && results.count && address({ ...state, q: "", sort: "" }) === location.pathname) return;
  const { signal } = running;
  const others = async (s: State): Promise<number> => (await find([catalogue], query(s), { signal })).count;
  const detail: Found = { state, results, catalogue, others };
  narrowing ??= import(form.dataset.filtersScript!);
  Promise.all([narrowing, painted()]).then(() => signal.aborted || document.dispatchEvent(new CustomEvent("fursa:found", { detail })), () => {
    narrowing = undefined;
    failed();
  });
}

/** cards shows results from one place to another, at once: a page is laid out
 * anew for each change. What is there from before stays until then. */
async function cards(from: number, to: number): Promise<void> {
  const { signal } = running;
  const shown = results!;
  found.ariaBusy = "true";
  to = Math.min(to, shown.count);
  part("more").hidden = to >= shown.count;
  while (list.children.length < to) list.append(element("li", { class: "card coming" }));
  const there = await shown.cards(from, to);
  if (signal.aborted) return;
  there.forEach((card, i) => cardOf(card, shown, list.children[from + i]));
  while (list.children[to]) list.children[to]!.remove();
  found.ariaBusy = "false";
  requestAnimationFrame(() => document.dispatchEvent(new Event("fursa:changed")));
}

async function more(): Promise<void> {
  const from = list.children.length;
  await cards(from, from + next).catch(failed);
  links()[from]?.focus();
}

/** failed says that the network did not answer, and leaves what is there. */
function failed(): void {
  const line = part("failed");
  line.hidden = false;
  found.ariaBusy = "false";
  if (!results) part("count").textContent = "";
  for (const card of list.querySelectorAll(".coming")) card.remove();
  tell(line.firstChild!.textContent!);
}

const links = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("h3 a")];

/** keys leads from the field to the results and among them by arrows, and back
 * by Escape, which empties the field. */
function keys(event: KeyboardEvent): void {
  const at = document.activeElement!;
  const stops = [input, ...links()];
  const place = stops.findIndex((stop) => stop === at || stop.closest("li")?.contains(at));
  const to = { ArrowDown: place + 1, ArrowUp: place - 1, Escape: 0 }[event.key];
  if (place < 0 || to === undefined || !stops[to] || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  stops[to].focus();
  if (to || place) return;
  input.value = "";
  typed();
}

if (form) start();
