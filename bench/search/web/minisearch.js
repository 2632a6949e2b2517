// MiniSearch with its index loaded at once, and the options that its
// documentation suggests for search as one types.
import MiniSearch from "/lib/minisearch/dist/es/index.js";
import { options } from "./minisearch-options.js";

const input = document.querySelector("input");
const list = document.querySelector("ol");
const engine = fetch(`minisearch-${document.documentElement.lang}.json`)
  .then((answer) => answer.text())
  .then((text) => MiniSearch.loadJSONAsync(text, options));

input.addEventListener("input", async () => {
  const found = (await engine).search(input.value);
  list.replaceChildren(...found.slice(0, 10).map((page) => {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    link.href = "/" + page.path + "/";
    link.textContent = page.title;
    return item;
  }));
});

globalThis.ask = async (query) => {
  const found = (await engine).search(query);
  return { count: found.length, titles: found.slice(0, 10).map((page) => page.title) };
};
