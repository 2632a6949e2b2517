// A catalogue's search files: docs/search-format.md, The entry. Each is fetched
// once and kept as what was read from it.
import type { Catalogue as Public, Labels } from "./types";
import { Bits, parts, spacious, textOf, type List } from "./bits";
import { fetched } from "./fetched";
import { Leaf } from "./leaf";
import { Spelling } from "./spelling";
import { after, lines, place, query, type Word } from "./words";

const version = 1;

interface Index {
  keys: string[];
  /** Six letters each. */
  names: string;
}

interface Entry {
  version: number;
  name: string;
  language: string;
  site: string;
  date: string;
  zone: string;
  ids: number;
  listed: number;
  population: number;
  recent: number;
  closed: string;
  leaves: Index;
  prefixes: Index;
  spelling: Index;
  known: string;
  sets: Record<string, string | undefined>;
  cards: string;
  kinds: Record<string, string>;
  labels: string;
  inline?: Record<string, string>;
}

/** Sets are the listings of each term, day or place of a file. */
export class Sets {
  readonly head: Record<string, any>;
  private readonly packed: Uint8Array[];
  private readonly sets: Uint32Array[] = [];

  constructor(file: Uint8Array) {
    const [head, ...packed] = parts(file);
    this.head = JSON.parse(textOf(head));
    this.packed = packed;
  }

  set(i: number): Uint32Array {
    return (this.sets[i] ??= new Bits(this.packed[i]).set());
  }

  /** The sets of some numbers. */
  filter(wanted: (i: number) => boolean): Uint32Array[] {
    return [...this.packed.keys()].filter(wanted).map((i) => this.set(i));
  }
}

/** Row is a card as it is stored. */
export type Row = (string | undefined)[];

export class Catalogue implements Public {
  readonly home: string;
  readonly name: string;
  readonly language: string;
  readonly listed: number;
  /** Listings that can't be joined any more are 1. */
  readonly closed: Uint8Array;
  private readonly files = new Map<string, Promise<any>>();
  private readonly known = new Set<string>();

  private constructor(private readonly url: string, readonly entry: Entry) {
    this.home = new URL(entry.site, url).href;
    this.name = entry.name;
    this.language = entry.language;
    this.listed = entry.listed;
    this.closed = new Uint8Array(entry.ids);
    for (const id of new Bits(unpacked(entry.closed)).set()) this.closed[id] = 1;
    lines(entry.known, (word) => this.known.add(word));
  }

  /** Opens an entry, or the search/index.json that names one. */
  static async open(url: string | URL, signal?: AbortSignal): Promise<Catalogue> {
    let at = new URL(url, globalThis.location?.href).href;
    const read = (): Promise<Entry & { entry?: string }> => fetched(at, (response) => response.json(), { signal });
    let entry = await read();
    if (entry.entry) {
      at = new URL(entry.entry, at).href;
      entry = await read();
    }
    if (entry.version !== version) throw new Error(`${at}: version ${entry.version} of the search index; this script reads ${version}`);
    return new Catalogue(at, entry);
  }

  labels(): Promise<Labels> {
    return this.file(this.entry.labels, parsed);
  }

  prefetch(text: string): void {
    const network = (globalThis.navigator as { connection?: { saveData?: boolean } } | undefined)?.connection;
    if (network?.saveData) return;
    const words = query(text);
    const files = words.flatMap((word): Promise<unknown>[] => [
      ...word.forms.map((form) => this.leaf(form)),
      ...(word.partial ? [this.prefix(word.text) ?? this.leaves(word.text)] : []),
    ]);
    for (const file of files) file.catch(() => {}); // whoever needs it asks again
  }

  leaf(form: string): Promise<Leaf> {
    const { keys, names } = this.entry.leaves;
    return this.leafOf(named(names, place(keys, form)));
  }

  /** The leaves of all forms that begin so. */
  leaves(beginning: string): Promise<Leaf[]> {
    return Promise.all(range(this.entry.leaves, beginning).map((name) => this.leafOf(name)));
  }

  private leafOf(name: string): Promise<Leaf> {
    return name ? this.file(name + ".w", (file) => new Leaf(file)) : Promise.resolve(new Leaf(new Uint8Array())); // of an empty catalogue
  }

  /** The listings of all forms that begin so; undefined where only leaves say. */
  prefix(beginning: string): Promise<List> | undefined {
    const { keys, names } = this.entry.prefixes;
    const i = place(keys, beginning);
    return keys[i] === beginning ? this.file(named(names, i) + ".p", (file) => new Bits(file).list()) : undefined;
  }

  /** Whether it is certain, before any file is there, that the catalogue has a
   * word. */
  has({ text, forms, partial }: Word): boolean {
    return (partial && this.entry.prefixes.keys.includes(text)) || forms.some((form) => this.known.has(form));
  }

  spelling(piece: string): Promise<Spelling[]> {
    return Promise.all(range(this.entry.spelling, piece).map((name) => this.file(name + ".s", (file) => new Spelling(textOf(file)))));
  }

  /** undefined where no listing has a term of that name. */
  sets(name: string): Promise<Sets> | undefined {
    const file = this.entry.sets[name];
    return typeof file === "string" ? this.file(file + ".f", (bytes) => new Sets(bytes)) : undefined;
  }

  async card(id: number): Promise<Row> {
    const folder = named(this.entry.cards, id >> 8);
    const rows: Row[] = await this.file(`${folder}/${(id & 255) >> 3}.json`, parsed);
    return rows[id & 7];
  }

  /** file is read once; again where that failed. */
  private file<T>(name: string, read: (file: Uint8Array) => T): Promise<T> {
    let file = this.files.get(name);
    if (!file) {
      this.files.set(name, (file = this.load(name).then(read)));
      file.catch(() => this.files.delete(name));
    }
    return file;
  }

  private async load(name: string): Promise<Uint8Array> {
    const inline = this.entry.inline?.[name];
    if (inline === undefined) return fetched(new URL(name, this.url).href, bytesOf, { cache: "force-cache" });
    return name.endsWith(".json") ? new TextEncoder().encode(inline) : unpacked(inline);
  }
}

const named = (names: string, i: number): string => names.substr(i * 6, 6);

/** range is the names of the files that hold what begins so. */
function range({ keys, names }: Index, beginning: string): string[] {
  const all: string[] = [];
  const last = place(keys, after(beginning));
  for (let i = Math.max(0, place(keys, beginning)); i <= last; i++) all.push(named(names, i));
  return all;
}

const bytesOf = async (response: Response): Promise<Uint8Array> => spacious(new Uint8Array(await response.arrayBuffer()));

const unpacked = (base64: string): Uint8Array => spacious(Array.from(atob(base64), (c) => c.charCodeAt(0)));

const parsed = (file: Uint8Array): any => JSON.parse(textOf(file));
