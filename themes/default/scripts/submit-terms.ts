// Lists to search in: a field in which one writes, and the terms that have
// what is written in any of their names, in any language. What is in none can
// be proposed.
import { announce } from "./page";
import { element } from "./search-parts";

export interface Term { id: string; label: string; also?: string; hue?: number; figure?: string }
export type Word = (key: string, holes?: Record<string, string>) => string;

/** folded is a text as it is searched: without case, accents and vowel signs,
 * alefs and yehs alike. */
const folded = (text: string): string =>
  text.normalize("NFKD").replace(/[\p{M}ـ]/gu, "").replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").toLowerCase();

const most = 50; // terms that are shown at once

/** matching are the terms that have all words, those that begin with them
 * first. */
export function matching(terms: Term[], text: string): Term[] {
  const words = folded(text).split(/\s+/).filter(Boolean);
  const found = terms.flatMap((term) => {
    const names = ` ${folded(`${term.label} ${term.also ?? ""} ${term.id}`)}`;
    const place = words.every((word) => names.includes(word)) ? Number(!words.every((word) => names.includes(` ${word}`))) : -1;
    return place < 0 ? [] : [{ term, place }];
  });
  return found.sort((a, b) => a.place - b.place).map(({ term }) => term);
}

/** chip puts a term onto a field, or a proposal, which has no id. */
export function chip(field: HTMLElement, word: Word, label: string, id?: string): void {
  const chosen = field.querySelector<HTMLElement>("[data-chosen]")!;
  if (id && [...chosen.querySelectorAll<HTMLElement>("[data-id]")].some((c) => c.dataset.id === id)) return;
  if (field.dataset.as === "term") chosen.replaceChildren();
  const button = element("button", { type: "button" }, element("bdi", {}, label), " ", element("span", { "aria-hidden": "true" }, "×"));
  button.setAttribute("aria-label", word("remove", { label }));
  if (id) button.dataset.id = id;
  else {
    button.dataset.proposed = label;
    button.prepend(`${word("proposed")} `);
  }
  chosen.append(element("li", {}, button));
}

/** equip makes a field searchable. Changed is called when terms come or go. */
export function equip(field: HTMLElement, terms: () => Term[], word: Word, changed: () => void): void {
  const input = field.querySelector<HTMLInputElement>("[role=combobox]")!;
  const list = field.querySelector<HTMLElement>("[role=listbox]")!;
  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role=option]")];
  let at = -1;

  const shut = (): void => {
    list.hidden = true;
    input.ariaExpanded = "false";
    move(-1);
  };
  const move = (to: number): void => {
    at = to;
    options().forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    const option = options()[at];
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const open = (): void => {
    const text = input.value.trim();
    const found = matching(terms(), text);
    const items = found.slice(0, most).map((term) => element("li", { role: "option", "data-term": term.id }, element("bdi", {}, term.label)));
    const exact = found.some((term) => folded(term.label) === folded(text));
    if (text && !exact) items.push(element("li", { role: "option", class: "propose", "data-propose": text }, word("propose", { text })));
    items.forEach((item, i) => (item.id = `${list.id}-${i}`));
    list.replaceChildren(...items);
    list.hidden = !items.length;
    input.ariaExpanded = String(!!items.length);
    move(text && items.length ? 0 : -1);
    announce(word("found", { count: String(found.length) }));
  };
  const choose = (option: HTMLElement | undefined): void => {
    if (!option) return;
    const { term, propose } = option.dataset;
    chip(field, word, propose ?? option.textContent!, term);
    announce(word("chosen", { label: propose ?? option.textContent! }));
    input.value = "";
    shut();
    changed();
  };

  input.addEventListener("input", open);
  input.addEventListener("click", () => (list.hidden ? open() : shut()));
  input.addEventListener("blur", () => shut());
  list.addEventListener("pointerdown", (e) => e.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (e) => choose((e.target as Element).closest<HTMLElement>("[role=option]") ?? undefined));
  input.addEventListener("keydown", (e) => {
    const last = options().length - 1;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      if (list.hidden) open();
      else move(e.key === "ArrowDown" ? Math.min(at + 1, last) : Math.max(at - 1, 0));
    } else if (e.key === "Enter") {
      if (!list.hidden) choose(options()[at]);
    } else if (e.key === "Escape" && !list.hidden) shut();
    else if (e.key === "Backspace" && !input.value) {
      field.querySelector("[data-chosen] li:last-child")?.remove();
      return changed();
    } else return;
    e.preventDefault();
  });
  field.querySelector("[data-chosen]")!.addEventListener("click", (e) => {
    const item = (e.target as Element).closest("li");
    if (!item) return;
    item.remove();
    input.focus();
    changed();
  });
}
