// What is wrong with a record, each mistake once, as the Go validator says it:
// schema/explain.go, keyword.go and rules.go in TypeScript.
import { isURI, respelt, tagIn } from "./formats";
import { near, within } from "./near";
import { child, isTable, keys, length, lookup, repeated, type Fault, type Node, type Schemas, type Value } from "./schema";
import { example, inline } from "./toml";

/** Problem is one mistake: a rule, where it is (at the name of the value, where
 * key says so), and the values that its messages need. */
export interface Problem {
  rule: string;
  pointer: string;
  key: boolean;
  variant: string;
  args: Record<string, string>;
}

const ruleOf = (f: Fault): string => (f.keyword ? "" : f.node["x-rule"] ?? "");

export function explain(schemas: Schemas, value: Value): Problem[] {
  return new Explainer(schemas, value).problems();
}

/** named is the last key of a pointer that is not an index. */
const named = (pointer: string): string => keys(pointer).reverse().find((key) => !/^\d+$/.test(key)) ?? "";

const short = (text: string): string => (length(text) > 40 ? `${[...text].slice(0, 40).join("")}…` : text);

const quote = JSON.stringify;

class Explainer {
  private list: Problem[] = [];
  /** Pointers into the value, whose misspelt keys are mended, back to where
   * they were. */
  private moved: Record<string, string> = {};

  constructor(private schemas: Schemas, private value: Value) {}

  problems(): Problem[] {
    const faults = this.respell();
    const broken = faults.filter((f) => !ruleOf(f)).map((f) => f.pointer);
    for (const f of faults) {
      if (!ruleOf(f)) this.keyword(f);
      else if (!this.follows(f, broken)) this.rule(f);
    }
    return this.list;
  }

  private add(rule: string, pointer: string, key: boolean, args: Record<string, unknown>, variant = ""): void {
    const texts = Object.fromEntries(Object.entries(args).map(([name, v]) => [name, String(v)]));
    this.list.push({ rule: `schema/${rule}`, pointer: this.place(pointer), key, variant, args: texts });
  }

  private place(pointer: string): string {
    for (let at = pointer; at; at = at.slice(0, at.lastIndexOf("/"))) {
      if (at in this.moved) return this.moved[at] + pointer.slice(at.length);
    }
    return pointer;
  }

  /** respell reports unknown keys and mends them, level by level, until there
   * are none; it answers the faults that remain. */
  private respell(): Fault[] {
    for (;;) {
      const faults = this.schemas.faults(this.value);
      const unknown = faults.filter((f) => f.keyword === "additionalProperties");
      if (!unknown.length) return faults;
      this.value = JSON.parse(JSON.stringify(this.value));
      for (const f of unknown) this.mend(f);
    }
  }

  /** mend reports the unknown keys of one table, and puts their values where
   * they were meant to stand, or away. */
  private mend({ pointer, node }: Fault): void {
    const table: Node = lookup(this.value, pointer);
    const top: Node = this.schemas.root.properties;
    for (const key of Object.keys(table).sort()) {
      if (key in node.properties) continue;
      const at = child(pointer, key);
      const value = table[key];
      delete table[key];
      const names = vacant(node, table);
      const meant = near(key, names) || within(Math.floor(new TextEncoder().encode(key).length / 2), key, names.filter((n) => node.required?.includes(n)));
      const unknown = (args: Record<string, string>, variant = ""): void => this.add("unknown-key", at, true, { key: quote(key), ...args }, variant);
      if (meant) {
        unknown({ near: quote(meant) }, "near");
        this.moved[child(pointer, meant)] = this.place(at);
        table[meant] = value;
      } else if (pointer && key in top) {
        unknown({ section: named(pointer) }, "section");
        if (!(key in this.value)) {
          this.moved[child("", key)] = this.place(at);
          this.value[key] = value;
        }
      } else if (names.length > 12) unknown({ file: this.schemas.root.$id }, "many");
      else unknown({ keys: names.join(", ") });
    }
  }

  private broken(f: Fault): Value {
    return f.ofKey ? keys(f.pointer).pop() : lookup(this.value, f.pointer);
  }

  private problem(f: Fault, rule: string, args: Record<string, unknown> = {}, variant = ""): void {
    const usual = { key: named(this.place(f.pointer)), value: short(inline(this.broken(f))), limit: f.node[f.keyword] };
    this.add(rule, f.pointer, f.ofKey, { ...usual, ...args }, variant);
  }

  private keyword(f: Fault): void {
    const value = this.broken(f);
    switch (f.keyword) {
      case "required": return this.missing(f);
      case "dependentRequired": return this.alone(f);
      case "type": return this.wrongType(f);
      case "const": return this.problem(f, "only-true");
      case "enum": return this.notAllowed(f);
      case "format": case "pattern": return this.badFormat(f);
      case "minLength": case "maxLength":
        return this.problem(f, !value.trim() ? "empty" : f.keyword === "minLength" ? "too-short" : "too-long", { count: length(value) });
      case "minimum": return this.problem(f, "too-small");
      case "exclusiveMinimum": return this.problem(f, "not-positive");
      case "maximum": return this.problem(f, "too-large");
      case "minItems": case "minProperties": return this.problem(f, "empty");
      case "maxItems": return this.problem(f, "too-many", { count: value.length });
      case "uniqueItems": return this.problem({ ...f, pointer: child(f.pointer, repeated(value)) }, "listed-twice");
    }
  }

  /** missing reports the keys that a table lacks, with a line to paste. */
  private missing(f: Fault): void {
    const table = lookup(this.value, f.pointer);
    for (const name of f.node.required) {
      if (!(name in table)) {
        this.add("missing-key", f.pointer, true, { key: quote(name), line: `${name} = ${example(this.schemas.property(f.node, name))}` });
      }
    }
  }

  private alone(f: Fault): void {
    const table = lookup(this.value, f.pointer);
    for (const [key, needed] of Object.entries<string[]>(f.node.dependentRequired)) {
      for (const other of needed) if (key in table && !(other in table)) this.add("alone", child(f.pointer, key), true, { key, other });
    }
  }

  private wrongType(f: Fault): void {
    const last = keys(f.pointer).pop()!;
    const fix = mended(f.node, this.broken(f)) || example(this.schemas.resolved(f.node));
    this.problem(f, "wrong-type", { fix: /^\d+$/.test(last) ? fix : `${last} = ${fix}` }, f.node.type);
  }

  private notAllowed(f: Fault): void {
    const value = this.broken(f);
    const meant = near(typeof value === "string" ? value.toLowerCase() : "", f.node.enum);
    const allowed = f.node.enum.map(inline).join(", ");
    this.problem(f, "unknown-value", { allowed, ...(meant && { near: inline(meant) }) }, meant && "near");
  }

  /** badFormat says what a text is not. */
  private badFormat(f: Fault): void {
    const text: string = this.broken(f);
    const format: string = f.node.format;
    if (format === "plain-text") {
      const tag = tagIn(text);
      return tag ? this.problem(f, "html-in-text", { tag }) : this.problem(f, "empty");
    }
    const fix = respelt(format, text);
    if (fix) return this.problem(f, `bad-${format}`, { near: inline(fix) }, "near");
    if (format === "uri" && isURI(text)) return this.problem(f, "bad-uri", {}, "scheme");
    if (format === "date-or-time" && text.length > "2026-11-22T18:00:00".length) return this.problem(f, "bad-date-or-time", {}, "offset");
    this.problem(f, `bad-${format}`, format === "record-path" ? { example: example(f.node) } : {});
  }

  /** follows says whether a rule is broken only because one of the keys that it
   * speaks of is itself wrong. */
  private follows(f: Fault, broken: string[]): boolean {
    return subjects(f.node).some((key) => {
      const at = child(f.pointer, key);
      return broken.some((pointer) => pointer === at || pointer.startsWith(`${at}/`));
    });
  }

  /** rule reports a named rule of a schema: «name», or for a choice of which
   * exactly one must be made «name-missing» and «name-twice». */
  private rule(f: Fault): void {
    const table = lookup(this.value, f.pointer);
    const names = subjects(f.node.if ?? f.node);
    const given = Object.keys(isTable(table) ? table : {}).filter((key) => names.includes(key)).map((key) => child(f.pointer, key));
    const first = given[0];
    const second = given[given.length - 1];
    if (!f.node.oneOf) return this.add(ruleOf(f), first ?? f.pointer, !first, {});
    if (!first || !second) return this.add(`${ruleOf(f)}-missing`, f.pointer, true, {});
    this.add(`${ruleOf(f)}-twice`, second, true, { first: named(first), second: named(second) });
  }
}

const vacant = (node: Node, table: Node): string[] => Object.keys(node.properties).filter((name) => !(name in table)).sort();

/** subjects are the keys that a rule speaks of: what it requires, and what it
 * asks the values of. */
function subjects(rule: Value): string[] {
  if (Array.isArray(rule)) return rule.flatMap(subjects);
  if (!isTable(rule)) return [];
  return Object.entries(rule).flatMap(([key, inner]) => {
    if (key === "required") return inner as string[];
    return key === "properties" || key === "dependentRequired" ? Object.keys(inner) : subjects(inner);
  });
}

/** mended is a value as its schema wants it, where only its dress is wrong;
 * else empty. */
function mended(node: Node, value: Value): string {
  const isText = typeof value === "string";
  const isNumber = typeof value === "number";
  switch (node.type) {
    case "string": return isNumber ? quote(inline(value)) : "";
    case "integer": case "number": return isText && value.trim() === value && value && Number.isFinite(Number(value)) ? inline(Number(value)) : "";
    case "boolean": return value === "true" || value === "false" ? value : "";
    case "array":
      if (isText && node.items.type !== "object") return `[${inline(value)}]`;
      return isNumber ? `[${quote(inline(value))}]` : "";
  }
  return "";
}

/** worded is what a problem says, and what to do next, as the command line says
 * it; messages are its words, by rule. */
export function worded(problem: Problem, messages: Record<string, Record<string, string>>): { message: string; hint: string } {
  const parts = messages[problem.rule] ?? {};
  const fill = (text = ""): string => text.replace(/\{(\w+)\}/g, (hole, name: string) => problem.args[name] ?? hole);
  return { message: fill(parts.message), hint: fill(parts[problem.variant ? `hint-${problem.variant}` : "hint"]) };
}
