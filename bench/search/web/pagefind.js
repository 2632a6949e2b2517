// Pagefind as its documentation recommends it: initialised when the box gains
// focus, searched with its own debounce, which loads what it needs meanwhile.
import * as pagefind from "/pagefind/pagefind.js";

const input = document.querySelector("input");
const list = document.querySelector("ol");

const pages = (found) => Promise.all(found.results.slice(0, 10).map((r) => r.data()));

input.addEventListener("focus", () => pagefind.init(), { once: true });
input.addEventListener("input", async () => {
  const found = await pagefind.debouncedSearch(input.value);
  if (found === null) return;
  const text = input.value;
  const shown = await pages(found);
  if (text !== input.value) return;
  list.replaceChildren(...shown.map((page) => {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    link.href = page.url;
    link.textContent = page.meta.title;
    return item;
  }));
});

globalThis.ask = async (query, titles = true) => {
  const found = await pagefind.search(query);
  return { count: found.results.length, titles: titles ? (await pages(found)).map((p) => p.meta.title) : [] };
};
// Pagefind counts a facet once a search names a term of it.
globalThis.facet = async (query) => {
  const found = await pagefind.search(query, { filters: { subjects: "none such" } });
  return Object.keys(found.filters.subjects ?? {}).length;
};
