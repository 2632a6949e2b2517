// The buttons that put a listing on My list, and the count in the header.
import { pathOf, read } from "./listing";
import { all, announce, done, ready, say, tag, text } from "./page";
import { add, keep, onChange, remove, saved } from "./store";

const numbers = new Intl.NumberFormat(tag);

export function save(): void {
  document.addEventListener("click", (e) => {
    const button = (e.target as Element).closest<HTMLElement>("[data-save]");
    const listing = button?.closest<HTMLElement>("[data-listing]");
    // The page My list sees to its own buttons.
    if (button && listing && !button.closest("[data-saved-list]")) toggle(button, listing);
  });
  onChange(show);
  document.addEventListener("fursa:changed", show);
  ready(() => {
    show();
    renew();
  });
}

function toggle(button: HTMLElement, listing: HTMLElement): void {
  const item = read(listing, location.href);
  const removing = saved().some((s) => s.path === item.path);
  const ok = removing ? remove(item.path) : add([item]);
  if (!ok) announce(say("storage-failed"));
  else done(button, say(removing ? "removed" : "added"));
}

/** equip gives cards in lists a button; without a script they need none. */
function equip(): void {
  for (const card of all(".card[data-listing]")) {
    if (card.querySelector("[data-save]")) continue;
    const button = document.createElement("button");
    const label = document.createElement("span");
    button.type = "button";
    button.className = "keep";
    button.dataset.save = "";
    label.className = "hush";
    label.dataset.label = "";
    button.append(label);
    card.append(button);
  }
}

/** show makes buttons and counts say what is on the list. */
function show(): void {
  equip();
  const paths = new Set(saved().map((item) => item.path));
  for (const button of all("[data-save]")) {
    const listing = button.closest<HTMLElement>("[data-listing]");
    if (listing) mark(button, listing, paths.has(pathOf(listing)));
  }
  for (const count of all("[data-saved-count]")) {
    count.textContent = numbers.format(paths.size);
    count.hidden = paths.size === 0;
  }
}

function mark(button: HTMLElement, listing: HTMLElement, on: boolean): void {
  const word = say(on ? "saved" : "save");
  const label = button.querySelector<HTMLElement>("[data-label]") ?? (button.children.length === 0 ? button : null);
  if (label && label.textContent !== word) label.textContent = word;
  button.setAttribute("aria-pressed", String(on));
  button.setAttribute("aria-label", `${word}: ${text("h1, h2, h3", listing)}`);
  button.hidden = false;
}

/** renew writes down what this page says of listings that are on the list:
 * dates move, and another language has other words. */
function renew(): void {
  const list = saved();
  const before = JSON.stringify(list);
  for (const listing of all("[data-listing]")) {
    const item = list.find((s) => s.path === pathOf(listing));
    if (!item || listing.closest("[data-saved-list]")) continue;
    const now = read(listing, location.href);
    item.data = now.data;
    Object.assign(item.texts, now.texts);
  }
  if (JSON.stringify(list) !== before) keep(list);
}
