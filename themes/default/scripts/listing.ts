// A listing as a card or a page shows it, read so that it can be shown again.
import { one, root, text } from "./page";
import { facts, type Saved, type Text } from "./store";

/** pathOf is what a listing is known by: pages say it, and of cards it is where
 * they lead to, whatever the language. */
export function pathOf(listing: HTMLElement): string {
  const link = one("h1 a, h2 a, h3 a", listing) as HTMLAnchorElement | null;
  if (listing.dataset.listing || !link) return listing.dataset.listing ?? "";
  const path = new URL(link.href).pathname.slice(root.length).replace(/\/$/, "");
  return path.slice(path.indexOf("opportunities/"));
}

/** read is what a card, or a listing's page at an address, tells. Pages name
 * their other languages; what they say there is not known. */
export function read(listing: HTMLElement, address: string): Saved {
  const page = listing.ownerDocument;
  const heading = one("h1, h2, h3", listing);
  const link = one("h1 a, h2 a, h3 a", listing) as HTMLAnchorElement | null;
  const here: Text = {
    title: text("h1, h2, h3", listing),
    when: text(".when dd", listing) || text(".when", listing), // a page says more of it, below a label
    where: text(".where dd", listing) || text(".where", listing),
    url: new URL(link?.getAttribute("href") ?? address, address).pathname,
  };
  if (heading?.lang) here.lang = heading.lang;
  const data: Saved["data"] = {};
  for (const fact of facts) {
    const value = listing.dataset[fact];
    if (value) data[fact] = value;
  }
  return { path: pathOf(listing), data, texts: { [page.documentElement.lang]: here } };
}
