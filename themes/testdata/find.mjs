// Answers queries over catalogues whose files stand in a folder, and counts the
// rounds: what is asked for before anything is answered is one.
import { readFileSync } from "node:fs";
import { Catalogue, find } from "./engine.mjs";

const input = JSON.parse(readFileSync(new URL("input.json", import.meta.url), "utf8"));
let rounds = 0;
let bytes = 0;
let waiting = [];

globalThis.fetch = (url) =>
  new Promise((answer) => {
    if (!waiting.length) setImmediate(round);
    waiting.push(() => answer(respond(url)));
  });

function round() {
  rounds++;
  for (const answer of waiting.splice(0)) answer();
}

function respond(url) {
  const file = readFileSync(input.folder + new URL(url).pathname);
  bytes += file.length;
  return { ok: true, json: async () => JSON.parse(file), arrayBuffer: async () => file };
}

const opened = () => Promise.all(input.catalogues.map((name) => Catalogue.open(`https://a.example/${name}.json`)));

async function answered({ query, complete, today, facet, ranges, words }, catalogues) {
  rounds = bytes = 0;
  const results = await find(catalogues, query, { complete, today });
  const first = await results.cards(0, 10);
  const cold = { rounds, bytes };
  const cards = await results.cards(0, results.count);
  return {
    count: results.count,
    paths: cards.map((card) => card.path.slice(-4)),
    same: JSON.stringify(first.map((card) => card.url)) === JSON.stringify(cards.slice(0, 10).map((card) => card.url)),
    counts: facet ? Object.fromEntries(await results.counts(facet)) : {},
    days: ranges ? await results.countDays(ranges) : [],
    corrections: results.corrections,
    corrected: results.corrected,
    distances: cards.map((card) => Math.round((card.distance ?? -1) * 10) / 10),
    hits: (words ?? []).filter((word) => results.hit(word)),
    ...cold,
  };
}

const answers = [];
let catalogues = await opened();
for (const asked of input.queries) {
  if (asked.cold) catalogues = await opened(); // nothing is at hand but the entry
  answers.push(await answered(asked, catalogues));
}
console.log(JSON.stringify(answers));
