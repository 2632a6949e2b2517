// assets/search.js, a module for other sites: docs/search-api.md.
import { Catalogue, find } from "./search/engine";
import type * as api from "./search/types";

const opened = new Map<string, Promise<Catalogue>>();

export const open = (url: string | URL = new URL("../search/index.json", import.meta.url)): Promise<Catalogue> => {
  const { href } = new URL(url, globalThis.location?.href);
  let catalogue = opened.get(href);
  if (!catalogue) {
    opened.set(href, (catalogue = Catalogue.open(href)));
    catalogue.catch(() => opened.delete(href)); // asked for again
  }
  return catalogue;
};

export const search: typeof api.search = async (query, filters, options = {}) => {
  const asked = typeof query === "string" ? { text: query } : query;
  const catalogues = await Promise.all(options.catalogues?.map((url) => open(url)) ?? [open()]);
  return find(catalogues, filters ? { ...asked, filters } : asked, { complete: true, ...options });
};
