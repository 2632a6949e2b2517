// Values as TOML has them: schema/toml.go and schema/encode.go in TypeScript.
import { isClock, isMoment } from "./formats";
import { isTable, length, type Node, type Schemas, type Value } from "./schema";

/** inline is a value on one line, as messages show it. */
export function inline(value: Value): string {
  if (typeof value === "string") return isMoment(value) || isClock(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (!isTable(value)) return String(value);
  return `{ ${Object.keys(value).sort().map((key) => `${key} = ${inline(value[key])}`).join(", ")} }`;
}

/** example is a value that a property's schema shows. */
export function example(node: Node | undefined): string {
  if (node?.examples) return inline(node.examples[0]);
  if (node?.enum) return inline(node.enum[0]);
  if (node?.type === "boolean") return "true";
  if (node?.type === "array") return `[${example(node.items)}]`;
  return node?.type === "object" ? "{ … }" : '"…"';
}

const lineWidth = 80;

/** encode is the canonical file of a record, with a body below it; inlined are
 * the paths of the tables that stand on one line. */
export function encode(record: Node, body: string, schemas: Schemas, inlined: string[]): string {
  const lines: string[] = [];
  table(lines, "", record, schemas.root, schemas, inlined);
  const text = body.replace(/^\n+|\n+$/g, "");
  return `+++\n${lines.join("\n")}\n+++\n${text && `\n${text}\n`}`;
}

/** table writes the keys of a table, then its sections under their full names:
 * a plain key after a section would belong to that. */
function table(lines: string[], path: string, value: Node, node: Node, schemas: Schemas, inlined: string[]): void {
  const sections: [string, Value, Node][] = [];
  for (const key of Object.keys(node.properties)) {
    const schema = schemas.property(node, key)!;
    const at = path ? `${path}.${key}` : key;
    const entries = schema.type === "array" && schemas.resolved(schema.items).type === "object";
    if (value[key] === undefined || value[key] === false && schema.const === true) continue;
    if (entries || (schema.type === "object" && !inlined.includes(at))) sections.push([at, value[key], schema]);
    else lines.push(`${key} = ${written(value[key], schema, schemas, key.length + 3)}`);
  }
  for (const [at, inner, schema] of sections) {
    const list = Array.isArray(inner);
    for (const entry of list ? inner : [inner]) {
      lines.push("", list ? `[[${at}]]` : `[${at}]`);
      table(lines, at, entry, list ? schemas.resolved(schema.items) : schema, schemas, inlined);
    }
  }
}

/** written is one value; column is where on the line it begins, 0 where it must
 * stay on that. */
function written(value: Value, node: Node, schemas: Schemas, column: number): string {
  if (typeof value === "string") {
    if (["date", "date-or-time", "local-time"].includes(node.format)) return value.replace(/(^|T)(\d\d:\d\d)$/, "$1$2:00"); // TOML wants the seconds
    return quoted(value, column > 0);
  }
  if (Array.isArray(value)) {
    const items = value.map((v) => written(v, schemas.resolved(node.items), schemas, 0));
    const short = `[${items.join(", ")}]`;
    return column === 0 || items.length < 2 || column + length(short) <= lineWidth ? short : `[\n  ${items.join(",\n  ")},\n]`;
  }
  if (!isTable(value)) return String(value);
  const known = Object.keys(node.properties).filter((key) => value[key] !== undefined);
  return `{${known.map((key) => `${key} = ${written(value[key], schemas.property(node, key)!, schemas, 0)}`).join(", ")}}`;
}

/** quoted is a TOML basic string, over several lines where it has some and may. */
function quoted(text: string, several: boolean): string {
  const lines = several && text.includes("\n");
  const escaped = text.replace(/[\\"\p{Cc}+]/gu, (c, at: number) => {
    if (c === "\\") return "\\\\";
    if (c === '"') return lines && at + 1 < text.length && text[at + 1] !== '"' ? c : '\\"';
    if (c === "+") return lines && text.startsWith("+++", at) ? "\\u002B" : c;
    if (c === "\n") return lines ? c : "\\n";
    if (c === "\t") return lines ? c : "\\t";
    return `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
  return lines ? `"""\n${escaped}"""` : `"${escaped}"`;
}
