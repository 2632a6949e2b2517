// What every script needs of the page: its data- attributes, its words, and a
// voice.
import { words } from "./words";

const html = document.documentElement;

export const lang = html.lang || "en";
export const zone = html.dataset.zone || "UTC";
/** The path of the site's root, with a slash at its end. */
export const root = html.dataset.root || "/";

/** The tag that makes Intl write dates and numbers as the build does: English
 * as Britain writes it, the Gregorian calendar, the catalogue's numerals. */
export const tag = ((): string => {
  const script = { ar: "arab", fa: "arabext", ur: "arabext" }[lang.slice(0, 2)];
  const numerals = html.dataset.numerals === "arab" ? script : html.dataset.numerals;
  return `${lang === "en" ? "en-GB" : lang}-u-ca-gregory${numerals ? `-nu-${numerals}` : ""}`;
})();

/** say is a message, its {holes} filled in. */
export function say(key: string, holes: Record<string, string> = {}): string {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (hole, name: string) => holes[name] ?? hole);
}

/** ready calls back once the whole page is there. */
export function ready(then: () => void): void {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", then, { once: true });
  else then();
}

export function all(selector: string, within: ParentNode = document): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(selector)];
}

export function one(selector: string, within: ParentNode = document): HTMLElement | null {
  return within.querySelector<HTMLElement>(selector);
}

export function text(selector: string, within: ParentNode): string {
  return (one(selector, within)?.textContent ?? "").replace(/\s+/g, " ").trim();
}

let voice: HTMLElement | undefined;

/** announce puts a message where screen readers read it out, in the page's own
 * place for messages if it has one. */
export function announce(message: string): void {
  const first = !voice;
  voice ??= one("[data-live]") ?? unseen();
  voice.textContent = "";
  // A region is heard when it changes after it is there.
  setTimeout(() => voice && (voice.textContent = message), first ? 100 : 10);
}

function unseen(): HTMLElement {
  const region = document.createElement("p");
  region.setAttribute("role", "status");
  region.dataset.live = "";
  region.style.cssText = "position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap";
  document.body.append(region);
  return region;
}

const told = new WeakMap<HTMLElement, number>();

/** done announces what a button did, and marks the button for a while with the
 * words as data-done, which styles can show. */
export function done(button: HTMLElement, message: string): void {
  announce(message);
  button.dataset.done = message;
  clearTimeout(told.get(button));
  told.set(button, setTimeout(() => delete button.dataset.done, 4000));
}
