// The service worker: what was opened opens again without a network. It is
// served as sw.js at the site's root. The line that generator/plan puts before
// it says what this build consists of; another build is another worker, which
// takes over at once and leaves the pages that were kept as they are.

declare const fursa: {
  version: string;
  /** What every page needs: style sheets, scripts, the offline pages. */
  precache: string[];
  /** Where the pages of each language begin, and their offline page; the
   * longest beginning first. */
  fallbacks: [string, string][];
};

interface Extendable extends Event {
  waitUntil(promise: Promise<unknown>): void;
}

interface Fetch extends Extendable {
  readonly request: Request;
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(response: Promise<Response>): void;
}

interface Worker {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(): Promise<readonly { url: string }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<E extends Event>(type: string, listener: (event: E) => void): void;
}

const worker = self as unknown as Worker;
const root = new URL(worker.registration.scope).pathname;

// Several catalogues may share a host: the names of caches say whose they are.
const cachesOf = `fursa:${root}:`;
const shell = `${cachesOf}shell:${fursa.version}`;
const pages = `${cachesOf}pages`;
const pictures = `${cachesOf}pictures`;
const assets = `${cachesOf}assets`;
const index = `${cachesOf}index`;
const most: Record<string, number> = { [pages]: 100, [pictures]: 150, [assets]: 60, [index]: 300 };

/** How long a network may take where there is a copy, in milliseconds. */
const patience = 3000;

worker.addEventListener<Extendable>("install", (event) => event.waitUntil(install()));
worker.addEventListener<Extendable>("activate", (event) => event.waitUntil(activate()));
worker.addEventListener<Fetch>("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const elsewhere = url.origin !== location.origin || !url.pathname.startsWith(root);
  if (elsewhere || request.method !== "GET" || request.headers.has("range")) return;
  const path = url.pathname.slice(root.length);
  if (path.startsWith("assets/search/")) {
    event.respondWith(hashed(event, index));
  } else if (path.startsWith("assets/search.")) {
    return; // what other sites load has no hash in its name
  } else if (path.startsWith("assets/")) {
    event.respondWith(hashed(event, request.destination === "image" ? pictures : assets));
  } else if (request.destination === "image") {
    event.respondWith(picture(event));
  } else if (request.mode === "navigate" ? isPage(path) : isEntry(path)) {
    event.respondWith(fresh(event, url.pathname));
  }
});

/** Feeds, exports and the ledger have other endings. */
function isPage(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return !name.includes(".") || name.endsWith(".html");
}

/** The address of the search index's entry, which has another one in each
 * build. */
function isEntry(path: string): boolean {
  return /(^|\/)search\/index\.json$/.test(path);
}

async function install(): Promise<void> {
  const cache = await caches.open(shell);
  await cache.addAll(fursa.precache.map((url) => new Request(url, { cache: "no-cache" })));
  await worker.skipWaiting();
}

async function activate(): Promise<void> {
  const old = `${cachesOf}shell:`;
  for (const name of await caches.keys()) {
    if (!name.startsWith(old) || name === shell) continue;
    // Pages that are kept or open may still ask for the old style sheet.
    const from = await caches.open(name);
    for (const request of await from.keys()) {
      const response = await from.match(request);
      if (response && request.url.includes("/assets/")) await keep(assets, request.url, response);
    }
    await caches.delete(name);
  }
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
  await Promise.all((await worker.clients.matchAll()).map((client) => keepOpened(client.url)));
}

/** keepOpened keeps a page that was opened before there was a worker. */
async function keepOpened(address: string): Promise<void> {
  const { pathname } = new URL(address);
  if (!isPage(pathname)) return;
  const response = await fetch(pathname).catch(() => undefined);
  if (response && keepable(response)) await keep(pages, pathname, response);
}

/** hashed answers for a file whose name changes with its content. */
async function hashed(event: Fetch, store: string): Promise<Response> {
  const cached = await kept(event.request.url, shell, store);
  return cached ?? fetched(event, store, event.request.url);
}

/** picture answers with the copy, and renews it for the next time. */
async function picture(event: Fetch): Promise<Response> {
  const { url } = event.request;
  const cached = await kept(url, pictures);
  const answer = fetched(event, pictures, url);
  if (!cached) return answer;
  event.waitUntil(answer.catch(() => undefined));
  return cached;
}

/** fresh answers with the page as it is now; with the copy where the network
 * fails, or takes too long. */
async function fresh(event: Fetch, path: string): Promise<Response> {
  const cached = await kept(path, pages);
  const answer = fetched(event, pages, path);
  if (!cached) return answer.catch(() => fallback(event.request, path));
  event.waitUntil(answer.catch(() => undefined));
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(cached), patience));
  const first = await Promise.race([answer, late]).catch(() => cached);
  return first.status >= 500 ? cached : first;
}

async function fallback(request: Request, path: string): Promise<Response> {
  const page = fursa.fallbacks.find(([start]) => path.startsWith(start));
  const cached = request.mode === "navigate" && page ? await kept(page[1], shell) : undefined;
  return cached ?? Response.error();
}

async function fetched(event: Fetch, store: string, key: string): Promise<Response> {
  const response = (await event.preloadResponse) ?? (await fetch(event.request));
  const gone = response.status === 404 || response.status === 410;
  if (keepable(response)) event.waitUntil(keep(store, key, response.clone()));
  else if (gone) event.waitUntil(caches.open(store).then((cache) => cache.delete(key)));
  return response;
}

/** keepable leaves out errors, redirections, and what its host keeps back. */
function keepable(response: Response): boolean {
  const control = response.headers.get("cache-control") ?? "";
  return response.status === 200 && response.type === "basic" && !response.redirected && !/no-store|private/.test(control);
}

/** keep stores a response, with the time as a header that the page can read,
 * and removes the oldest ones. */
async function keep(store: string, key: string, response: Response): Promise<void> {
  const headers = new Headers(response.headers);
  headers.set("server-timing", `kept;dur=${Date.now()}`);
  const { status, statusText } = response;
  const copy = new Response(await response.blob(), { status, statusText, headers });
  const cache = await caches.open(store);
  await cache.delete(key);
  await cache.put(key, copy);
  if (entryOf(key)) await leaveOthers(cache, key);
  const keys = (await cache.keys()).filter(({ url }) => !entryOf(url));
  const surplus = keys.slice(0, Math.max(0, keys.length - (most[store] ?? keys.length)));
  await Promise.all(surplus.map((request) => cache.delete(request)));
}

/** entryOf is the language of which an address is the search index's entry. */
function entryOf(url: string): string | undefined {
  return /\/assets\/search\/entry-(.+)-[^-]+\.json$/.exec(url)?.[1];
}

/** leaveOthers leaves of the index what entries name: that of each language
 * that was kept last. */
async function leaveOthers(cache: Cache, entry: string): Promise<void> {
  let names = "";
  const files: Request[] = [];
  for (const request of await cache.keys()) {
    const lang = entryOf(request.url);
    if (!lang) files.push(request);
    else if (lang === entryOf(entry) && request.url !== entry) await cache.delete(request);
    else names += await (await cache.match(request))?.text();
  }
  for (const request of files) {
    const name = /\/assets\/search\/([^/.]+)/.exec(request.url)?.[1];
    if (name && !names.includes(name)) await cache.delete(request);
  }
}

async function kept(key: string, ...stores: string[]): Promise<Response | undefined> {
  for (const store of stores) {
    const response = await (await caches.open(store)).match(key);
    if (response) return response;
  }
  return undefined;
}
