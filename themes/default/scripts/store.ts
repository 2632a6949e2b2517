// My list, in this browser and nowhere else: localStorage, one entry a site.
import { root } from "./page";

/** What a listing is called on the pages of one language. */
export interface Text {
  title: string;
  lang?: string; // of the title, where it is not the page's
  when: string;
  where: string;
  url: string; // from the host's root
}

export interface Saved {
  path: string; // "opportunities/museum/night-sky"
  data: Record<string, string>; // dates, until, by, opens, status: as pages have them
  texts: Record<string, Text>; // by language
}

const key = `fursa:saved:${root}`;

/** The parts of a listing that the page tells scripts. */
export const facts = ["dates", "until", "by", "opens", "status"] as const;

/** saved is the list, the latest last; empty where there is none, or none that
 * can be read. */
export function saved(): Saved[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(list) ? list.filter(sound) : [];
  } catch {
    return [];
  }
}

function sound(item: Partial<Saved> | null): item is Saved {
  return typeof item?.path === "string" && isPath(item.path) && item.data instanceof Object && item.texts instanceof Object;
}

/** isPath says whether a text can be the path of a listing: it ends up in
 * addresses. */
export const isPath = (path: string): boolean => /^opportunities(\/[\p{L}\p{N}_-]+)+$/u.test(path);

/** keep replaces the list; false where the browser keeps nothing, or has no
 * more room. */
export function keep(list: Saved[]): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(list));
  } catch {
    return false;
  }
  document.dispatchEvent(new Event("fursa:saved"));
  return true;
}

/** add puts listings at the end of the list; those that it has take the place
 * of what it had of them. */
export function add(items: Saved[]): boolean {
  const list = saved();
  for (const item of items) {
    const at = list.findIndex((s) => s.path === item.path);
    list.splice(at < 0 ? list.length : at, 1, item);
  }
  return keep(list);
}

export const remove = (path: string): boolean => keep(saved().filter((item) => item.path !== path));

/** onChange calls back when the list changes: by another script of the page,
 * in another tab, or while the page was away. */
export function onChange(then: (elsewhere: boolean) => void): void {
  document.addEventListener("fursa:saved", () => then(false));
  addEventListener("storage", (e) => {
    if (e.key === key || e.key === null) then(true);
  });
  addEventListener("pageshow", (e) => {
    if (e.persisted) then(true);
  });
}
