// The page My list: shows what is saved in this browser, or what a link shares
// (#l=path,path); prints, shares, exports and clears it.
import { merge } from "./calendar";
import { fetched } from "./fetched";
import { all, announce, done, lang, one, ready, say } from "./page";
import { copy, send, show } from "./share";
import { add, facts, isPath, keep, onChange, remove, saved, type Saved, type Text } from "./store";

/** most is how many listings a link can share. */
const most = 100;

let shown: Saved[] = []; // the cards of the page, in their order
let drawn = 0; // how often it was drawn: what comes late for an old one is dropped

function start(): void {
  const list = one("[data-saved-list]");
  if (!list) return;
  list.addEventListener("click", toggle);
  for (const button of all("[data-saved-print]")) show(button, () => print());
  for (const button of all("[data-saved-share]")) show(button, () => share(button));
  for (const button of all("[data-saved-ics]")) show(button, () => void download(button));
  for (const button of all("[data-saved-keep]")) show(button, keepThese);
  for (const button of all("[data-saved-clear]")) show(button, () => clear(button));
  addEventListener("hashchange", draw);
  onChange((elsewhere) => (elsewhere ? draw() : states()));
  draw();
}

/** shared are the paths of a link that shares a list, once each. */
function shared(): string[] {
  const list = new URLSearchParams(location.hash.slice(1)).get("l") ?? "";
  return [...new Set(list.split(","))].filter(isPath).slice(0, most);
}

/** address is that of a listing's page in the language of this one, which
 * stands beside the folder of all listings. */
const address = (path: string): string => new URL(`../${path}/`, location.href).href;

function draw(): void {
  const list = saved();
  const paths = shared();
  shown = paths.length === 0 ? list : paths.map((path) => list.find((s) => s.path === path) ?? { path, data: {}, texts: {} });
  const turn = ++drawn;
  one("[data-saved-list]")?.replaceChildren(...shown.map(card));
  states();
  for (const item of shown) if (!item.texts[lang]) void complete(item, turn);
}

/** complete asks a listing's page for what is not known here. */
async function complete(item: Saved, turn: number): Promise<void> {
  const found = await fetched(address(item.path));
  if (turn !== drawn) return;
  const old = cardOf(item.path);
  if (found?.path === item.path) {
    item.data = found.data;
    Object.assign(item.texts, found.texts);
    if (saved().some((s) => s.path === item.path)) add([item]);
    old?.replaceWith(card(item));
  } else if (old && Object.keys(item.texts).length === 0) {
    const line = one(".when", old);
    if (line) line.textContent = say("not-loaded");
  }
  document.dispatchEvent(new Event("fursa:changed"));
}

const cardOf = (path: string): HTMLElement | undefined => all("[data-saved-list] [data-listing]").find((c) => c.dataset.listing === path);

/** card fills in the page's template. Where the page's language is not known
 * of a listing, another one stands in. */
function card(item: Saved): HTMLElement {
  const template = document.querySelector<HTMLTemplateElement>("template[data-card]");
  const element = template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
  const { language, text } = known(item);
  element.dataset.listing = item.path;
  for (const fact of facts) if (item.data[fact]) element.dataset[fact] = item.data[fact];
  const link = one("a", element) as HTMLAnchorElement | null;
  if (link) link.href = language === lang ? address(item.path) : sameSite(text.url);
  fill(link, text.title, text.lang ?? language);
  const start = item.data.dates?.split(/[\s/]/)[0];
  const time = start ? (one(".when time", element) as HTMLTimeElement | null) : null;
  if (time && start) time.dateTime = start;
  fill(time ?? one(".when", element), text.when, language);
  fill(one(".where", element), text.where, language);
  return element;
}

/** known is what a listing is called, in the page's language if that is known,
 * else in another; by its path where nothing is known yet. */
function known(item: Saved): { language: string; text: Text } {
  const text = item.texts[lang];
  if (text) return { language: lang, text };
  const [other] = Object.entries(item.texts);
  if (other) return { language: other[0], text: other[1] };
  const name = (item.path.split("/").pop() ?? "").replace(/[-_]/g, " ");
  return { language: lang, text: { title: name, when: "", where: "", url: "" } };
}

const sameSite = (url: string): string => new URL(url.replace(/^\/+/, "/"), location.origin).pathname;

function fill(element: HTMLElement | null, text: string, language: string): void {
  if (!element) return;
  element.textContent = text;
  if (language !== lang) {
    element.lang = language;
    element.dir = "auto";
  }
}

/** states shows what belongs to an empty, a shared and a saved list. */
function states(): void {
  const sharing = shared().length > 0;
  const none = current().length === 0;
  const hide = (selector: string, hidden: boolean): void => all(selector).forEach((e) => (e.hidden = hidden));
  hide("[data-saved-empty]", shown.length > 0);
  hide("[data-saved-shared]", !sharing);
  hide("[data-saved-actions]", none);
  hide("[data-saved-clear]", sharing || none);
  if (shown.length > 0) hide("[data-saved-undo]", true);
  document.dispatchEvent(new Event("fursa:changed"));
}

/** toggle takes a card's listing off the list, or puts it back: the card stays
 * until the page is opened again, so that nobody loses their place. */
function toggle(e: Event): void {
  const button = (e.target as Element).closest<HTMLElement>("[data-save]");
  const item = shown.find((s) => s.path === button?.closest<HTMLElement>("[data-listing]")?.dataset.listing);
  if (!button || !item) return;
  const removing = saved().some((s) => s.path === item.path);
  const ok = removing ? remove(item.path) : add([item]);
  if (!ok) announce(say("storage-failed"));
  else done(button, say(removing ? "removed" : "added"));
}

/** current is what the page shows and is not taken off. */
function current(): Saved[] {
  const paths = new Set(saved().map((s) => s.path));
  return shared().length > 0 ? shown : shown.filter((s) => paths.has(s.path));
}

function share(button: HTMLElement): void {
  const url = `${location.href.replace(/#.*/, "")}#l=${current().map((s) => s.path).join(",")}`;
  if ("share" in navigator) void send({ title: document.title, url });
  else void copy(button, url);
}

function keepThese(): void {
  if (!add(shown)) return announce(say("storage-failed"));
  history.replaceState(null, "", location.pathname + location.search);
  draw();
  announce(say("kept"));
  all("[data-saved-list] a")[0]?.focus();
}

function clear(button: HTMLElement): void {
  const before = saved();
  if (!keep([])) return announce(say("storage-failed"));
  draw();
  announce(say("cleared"));
  const undo = undoButton(button);
  undo.hidden = false;
  undo.focus();
  undo.onclick = () => {
    if (!add(before)) return announce(say("storage-failed"));
    draw();
    announce(say("undone"));
    button.focus();
  };
}

/** undoButton stands where a list was cleared, and so outside of what an empty
 * list hides. */
function undoButton(clear: HTMLElement): HTMLElement {
  const there = one("[data-saved-undo]");
  if (there) return there;
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.savedUndo = "";
  button.textContent = say("undo");
  (clear.closest("[data-saved-actions]") ?? clear).after(button);
  return button;
}

/** download offers the list's dates as one calendar, and tells which listings
 * are not in it. */
async function download(button: HTMLElement): Promise<void> {
  const items = current();
  const answers = await Promise.all(items.map(calendar));
  const names = (of: string | null): string =>
    items.filter((_, i) => answers[i] === of).map((s) => known(s).text.title).join(say("list"));
  const merged = merge(answers.filter((a): a is string => !!a), document.title);
  const messages = [merged ? say("exported") : say("nothing-dated")];
  if (merged && names("")) messages.push(say("undated", { names: names("") }));
  if (names(null)) messages.push(say("not-reached", { names: names(null) }));
  if (merged) offer(merged);
  done(button, messages.join(" "));
}

/** calendar is a listing's own: empty if it has none, null if that cannot be
 * told. */
async function calendar(item: Saved): Promise<string | null> {
  try {
    const response = await fetch(`${address(item.path)}calendar.ics`);
    if (response.ok) {
      const text = await response.text();
      return text.includes("BEGIN:VEVENT") ? text : "";
    }
    return response.status === 404 ? "" : null;
  } catch {
    return null;
  }
}

function offer(calendar: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([calendar], { type: "text/calendar" }));
  link.download = "my-list.ics";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

ready(start);
