// FlexSearch, whose index is made in the browser of all listings' fields: what
// it exports is several times as large.
import { Document } from "/lib/flexsearch/dist/flexsearch.bundle.module.min.js";

const fields = ["title", "provider", "subjects", "skills", "place", "summary", "body"];
const input = document.querySelector("input");
const list = document.querySelector("ol");

const engine = fetch(`fields-${document.documentElement.lang}.json`)
  .then((answer) => answer.json())
  .then((listings) => {
    const index = new Document({
      document: { id: "id", index: fields.map((field) => ({ field, tokenize: "forward" })) },
    });
    listings.forEach((listing, id) => index.add({ id, ...listing }));
    return { index, listings };
  });

// Fields are searched one by one; a listing's place is its best, those found by
// more fields first.
const find = async (query, limit) => {
  const { index, listings } = await engine;
  const found = index.search(query, { limit, suggest: true, merge: true });
  return found.map((result) => listings[result.id]);
};

input.addEventListener("input", async () => {
  const found = await find(input.value, 10);
  list.replaceChildren(...found.map((page) => {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    link.href = "/" + page.path + "/";
    link.textContent = page.title;
    return item;
  }));
});

// All of them are asked for only to be counted: that takes it long.
globalThis.ask = async (query, titles = true) => {
  const found = await find(query, titles ? 10 : 1e6);
  return { count: found.length, titles: found.slice(0, 10).map((page) => page.title) };
};
