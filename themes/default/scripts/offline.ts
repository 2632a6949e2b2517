// Keeping what was opened for times without a network: starts the service
// worker or takes it away, says when a page is a copy, and lists the copies on
// the offline page.
import { all, one, root, say, tag } from "./page";
import { show } from "./share";

/** offline sets up what a page has for it: a button «data-offline-toggle», a
 * note «data-offline-note», a list «data-kept» and a button
 * «data-offline-again». */
export function offline(): void {
  if (!("serviceWorker" in navigator)) return;
  const allowed = document.documentElement.dataset.offline === "on";
  if (allowed) toggle();
  afterLoad(() => (allowed && wanted() ? start() : stop()));
  note();
  void list();
}

const choice = `fursa:${root}:offline`;

function wanted(): boolean {
  try {
    return localStorage.getItem(choice) !== "off";
  } catch {
    return true; // the browser keeps nothing: nothing was turned off
  }
}

function afterLoad(then: () => Promise<unknown>): void {
  const go = (): void => void then().catch(() => undefined); // a page is whole without it
  if (document.readyState === "complete") go();
  else addEventListener("load", go, { once: true });
}

function start(): Promise<unknown> {
  return navigator.serviceWorker.register(`${root}sw.js`, { scope: root, updateViaCache: "none" });
}

/** stop removes the worker and all that it kept. */
async function stop(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(root);
  if (registration && new URL(registration.scope).pathname === root) await registration.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(`fursa:${root}:`)).map((name) => caches.delete(name)));
}

function toggle(): void {
  for (const button of all("[data-offline-toggle]")) {
    const press = (): void => button.setAttribute("aria-pressed", String(wanted()));
    press();
    show(button, () => {
      const on = !wanted();
      try {
        localStorage.setItem(choice, on ? "on" : "off");
      } catch {
        return; // what cannot be remembered does not change
      }
      press();
      void (on ? start() : stop()).catch(() => undefined);
    });
  }
}

/** keptAt is when this page was kept, where it is a copy: the worker wrote it
 * into the copy's headers. */
function keptAt(): number | undefined {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return entry?.serverTiming?.find((timing) => timing.name === "kept")?.duration;
}

function note(): void {
  const show = (): void => {
    const at = keptAt();
    const text = [navigator.onLine ? "" : say("offline.note"), at ? say("offline.kept", { ago: ago(at) }) : ""].join(" ").trim();
    for (const element of all("[data-offline-note]")) {
      element.textContent = text;
      element.hidden = !text;
    }
  };
  show();
  addEventListener("online", show);
  addEventListener("offline", show);
}

/** ago is a time in words, in the page's language and numerals. */
function ago(then: number): string {
  const format = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  const minutes = Math.round((then - Date.now()) / 60000);
  if (minutes > -60) return format.format(minutes, "minute");
  if (minutes > -24 * 60) return format.format(Math.round(minutes / 60), "hour");
  return format.format(Math.round(minutes / 60 / 24), "day");
}

/** list shows the pages that are kept, the latest first. */
async function list(): Promise<void> {
  const target = one("[data-kept]");
  if (!target) return;
  // At the address of another page that could not be had: try it again.
  if (!/\/offline\/$/.test(location.pathname)) again();
  const cache = await caches.open(`fursa:${root}:pages`);
  for (const request of [...(await cache.keys())].reverse()) {
    const response = await cache.match(request);
    const entry = response?.headers.get("content-type")?.startsWith("text/html") && link(request.url, await response.text());
    if (entry) target.append(entry);
  }
  const section = target.closest<HTMLElement>("[hidden]");
  if (section && target.children.length > 0) section.hidden = false;
}

/** again asks for the page anew, when there is a network or somebody wants to. */
function again(): void {
  const reload = (): void => location.reload();
  addEventListener("online", reload);
  for (const button of all("[data-offline-again]")) show(button, reload);
}

function link(address: string, html: string): HTMLElement | undefined {
  const page = new DOMParser().parseFromString(html, "text/html");
  const title = page.querySelector("h1")?.textContent?.trim() || page.title;
  if (page.querySelector("[data-kept]") || !title) return undefined;
  const a = document.createElement("a");
  a.href = address;
  a.textContent = title;
  a.lang = page.querySelector("h1")?.lang || page.documentElement.lang;
  a.dir = "auto";
  const item = document.createElement("li");
  item.append(a);
  return item;
}
