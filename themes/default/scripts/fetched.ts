// A listing read from its page, for lists that name what is not stored here.
import { read } from "./listing";
import { one } from "./page";
import type { Saved } from "./store";

/** fetched is what a page of this site says of its listing; undefined where
 * there is no page, or it is none of a listing. */
export async function fetched(address: string): Promise<Saved | undefined> {
  try {
    const response = await fetch(address);
    if (!response.ok) return undefined;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const listing = one("article[data-listing]", page);
    return listing ? read(listing, response.url || address) : undefined;
  } catch {
    return undefined; // no network
  }
}
