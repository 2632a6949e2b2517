// Small things that the parts of the search page share. Their words stand in
// the page, as data- attributes of the elements that say them.
import { lang, one, tag } from "./page";
import type { State } from "./search-state";

/** part is the element with an attribute data-<name>. */
export const part = <E extends HTMLElement>(name: string, within?: ParentNode): E => one(`[data-${name}]`, within) as E;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K, attributes: Record<string, string>, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
}

/** sentence is a message with its {holes} filled in. */
export const sentence = <T>(text: string | undefined, holes: Record<string, T>): (string | T)[] =>
  text!.split(/\{(\w+)\}/).map((part, i) => (i % 2 ? holes[part]! : part));

/** fill is a sentence of words alone. */
export const fill = (text: string | undefined, holes: Record<string, string>): string => sentence(text, holes).join("");

const numbers = new Intl.NumberFormat(tag); // dear to make: once, not at each letter
const plurals = new Intl.PluralRules(lang);

export const number = (n: number): string => numbers.format(n);

/** counted is "3 listings". */
export const counted = (n: number): string =>
  fill(part("count").dataset[n ? plurals.select(n) : "zero"], { count: number(n) });

let telling = 0;

/** tell has a message read out, once nobody types any more. */
export function tell(message: string): void {
  clearTimeout(telling);
  telling = setTimeout(() => (part("live").textContent = message), 700);
}

const send = (name: string, detail?: unknown): void => void document.dispatchEvent(new CustomEvent(name, { detail }));

/** search leads the page to another state. */
export const search = (state: Partial<State>): void => send("fursa:search", state);

/** fail says that the network does not answer. */
export const fail = (): void => send("fursa:failed");

/** put makes a list's items these, and leaves those that stay where they are:
 * one that has the keyboard would lose it. Both are in one order. */
export function put(list: Element, items: readonly Element[]): void {
  const stay = new Set(items);
  for (const item of [...list.children]) if (!stay.has(item)) item.remove();
  items.forEach((item, i) => {
    if (list.children[i] !== item) list.insertBefore(item, list.children[i] ?? null);
  });
}
