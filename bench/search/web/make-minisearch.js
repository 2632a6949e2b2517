// node make-minisearch.js <folder of node_modules> <fields.json> <index.json>
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { options } from "./minisearch-options.js";

const [modules, fields, output] = process.argv.slice(2);
const MiniSearch = createRequire(modules + "/")("minisearch");
const engine = new MiniSearch(options);
engine.addAll(JSON.parse(readFileSync(fields, "utf8")));
writeFileSync(output, JSON.stringify(engine));
