// Where a value breaks a JSON Schema: as much of draft 2020-12 as this
// project's schemas use, with the faults that the Go validator finds.

export type Node = { [key: string]: any };
export type Value = any;

/** Fault is one keyword of a schema that a value breaks. */
export interface Fault {
  pointer: string;
  /** What was broken, "required"; empty for a rule. */
  keyword: string;
  node: Node;
  /** It is about the name of the value, not the value. */
  ofKey: boolean;
}

export const isTable = (v: Value): v is Node => typeof v === "object" && v !== null && !Array.isArray(v);

/** child is the JSON Pointer of a key, or of an index, below another. */
export const child = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

export const keys = (pointer: string): string[] =>
  pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

export const lookup = (value: Value, pointer: string): Value =>
  keys(pointer).reduce((v, key) => (v === null || typeof v !== "object" ? undefined : v[key]), value);

export const same = (a: Value, b: Value): boolean => canonical(a) === canonical(b);
const canonical = (v: Value): string => JSON.stringify(v, (_, w) => (isTable(w) ? Object.fromEntries(Object.entries(w).sort()) : w));

/** repeated is the index of the first entry of a list that was there before;
 * -1 if there is none. */
export const repeated = (list: Value[]): number => list.findIndex((v, i) => list.slice(0, i).some((w) => same(v, w)));

export const length = (text: string): number => [...text].length;

/** basic are the keywords of a single value, the most basic first: of those
 * that it breaks only the first is told. */
const basic = [
  "type", "const", "enum", "minItems", "minProperties", "minLength", "format", "pattern", "maxItems", "maxLength",
  "minimum", "exclusiveMinimum", "maximum", "uniqueItems",
];

const types: Record<string, (v: Value) => boolean> = {
  string: (v) => typeof v === "string",
  boolean: (v) => typeof v === "boolean",
  number: (v) => typeof v === "number",
  integer: (v) => Number.isInteger(v),
  array: Array.isArray,
  object: isTable,
};

/** tests say whether a value keeps to a keyword of a single value. */
const tests: Record<string, (limit: any, v: Value) => boolean> = {
  type: (type, v) => types[type]!(v),
  const: (wanted, v) => same(wanted, v),
  enum: (list, v) => list.some((w: Value) => same(w, v)),
  minItems: (n, v) => !Array.isArray(v) || v.length >= n,
  maxItems: (n, v) => !Array.isArray(v) || v.length <= n,
  uniqueItems: (_, v) => !Array.isArray(v) || repeated(v) < 0,
  minProperties: (n, v) => !isTable(v) || Object.keys(v).length >= n,
  minLength: (n, v) => typeof v !== "string" || length(v) >= n,
  maxLength: (n, v) => typeof v !== "string" || length(v) <= n,
  pattern: (p, v) => typeof v !== "string" || new RegExp(p, "u").test(v),
  minimum: (n, v) => typeof v !== "number" || v >= n,
  exclusiveMinimum: (n, v) => typeof v !== "number" || v > n,
  maximum: (n, v) => typeof v !== "number" || v <= n,
};

export type Formats = Record<string, (text: string) => boolean>;

/** Schemas are a schema and the file of definitions that it refers to. */
export class Schemas {
  constructor(readonly root: Node, readonly common: Node, readonly formats: Formats) {}

  /** resolved is a schema with its reference followed: the definition, under
   * its own words. */
  resolved(node: Node): Node {
    if (!node.$ref) return node;
    const { $ref, ...own } = node;
    return { ...this.resolved(this.common.$defs[$ref.split("#/$defs/")[1]]), ...own };
  }

  /** property is the schema of a table's property; undefined if it has none. */
  property(node: Node, name: string): Node | undefined {
    const property = node.properties?.[name];
    return property && this.resolved(property);
  }

  /** faults are the places where a value breaks the schema, each once. */
  faults(value: Value): Fault[] {
    const found = new Map<string, Fault>();
    for (const fault of this.check(this.root, value, "", false)) {
      const weight = basic.indexOf(fault.keyword);
      const slot = fault.pointer + (weight < 0 ? `#${fault.keyword}${fault.keyword ? "" : fault.node["x-rule"]}` : "");
      const known = found.get(slot);
      if (!known || weight < basic.indexOf(known.keyword)) found.set(slot, fault);
    }
    return [...found.values()];
  }

  /** check finds all faults; a named rule stands for all below it. */
  private check(node: Node, value: Value, pointer: string, ofKey: boolean): Fault[] {
    const own = this.resolved(node);
    const faults = this.all(own, value, pointer, ofKey);
    return faults.length && own["x-rule"] ? [{ pointer, keyword: "", node: own, ofKey }] : faults;
  }

  private all(node: Node, value: Value, pointer: string, ofKey: boolean): Fault[] {
    const faults: Fault[] = [];
    const broken = (keyword: string): void => void faults.push({ pointer, keyword, node, ofKey });
    const below = (schema: Node, v: Value, at: string, name = false): void => void faults.push(...this.check(schema, v, at, name));
    for (const [keyword, test] of Object.entries(tests)) {
      if (keyword in node && !test(node[keyword], value)) broken(keyword);
    }
    const format = this.formats[node.format];
    if (format && typeof value === "string" && !format(value)) broken("format");
    if (isTable(value)) this.table(node, value, pointer, broken, below);
    if (Array.isArray(value)) {
      value.forEach((v, i) => node.items && below(node.items, v, child(pointer, i)));
      if (node.contains && !value.some((v) => !this.check(node.contains, v, pointer, false).length)) broken("contains");
    }
    const fits = (schema: Node): boolean => !this.check(schema, value, pointer, ofKey).length;
    for (const part of node.allOf ?? []) below(part, value, pointer, ofKey);
    if (node.anyOf && !node.anyOf.some(fits)) broken("anyOf");
    if (node.oneOf && node.oneOf.filter(fits).length !== 1) broken("oneOf");
    if (node.if && node.then && fits(node.if)) below(node.then, value, pointer, ofKey);
    return faults;
  }

  private table(node: Node, value: Node, pointer: string, broken: (keyword: string) => void, below: (schema: Node, v: Value, at: string, name?: boolean) => void): void {
    if (node.required?.some((name: string) => !(name in value))) broken("required");
    for (const [name, needed] of Object.entries<string[]>(node.dependentRequired ?? {})) {
      if (name in value && needed.some((other) => !(other in value))) {
        broken("dependentRequired");
        break;
      }
    }
    let unknown = false;
    for (const [name, v] of Object.entries(value)) {
      const property = node.properties?.[name];
      if (property) below(property, v, child(pointer, name));
      else if (node.additionalProperties === false) unknown = true;
      else if (node.additionalProperties) below(node.additionalProperties, v, child(pointer, name));
      if (node.propertyNames) below(node.propertyNames, name, child(pointer, name), true);
    }
    if (unknown) broken("additionalProperties");
  }
}
