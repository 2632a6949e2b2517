// Searches catalogues as one, by their static files: docs/search-format.md.
import type { Card, Correction, Query, Results } from "./types";
import { Catalogue } from "./catalogue";
import type { Leaf } from "./leaf";
import { correct, exists, lookUp, size, weighed, type Term } from "./lookup";
import { Scan, type Sort } from "./scan";
import { misspelt } from "./spelling";
import { formsOf, plain, query as parsed, replaced, wordsOf } from "./words";

export type { Card, Correction, Labels, Query, Results } from "./types";
export { Catalogue };

interface Options {
  /** The query came whole: what a misspelt word needs is fetched at once. */
  complete?: boolean;
  /** A date in the catalogue's zone; else by the clock. */
  today?: string;
  signal?: AbortSignal;
}

/** find answers when the number of results is known. A signal keeps it from going
 * on; files that are on their way come in, since the next query needs them. */
export async function find(catalogues: readonly Catalogue[], query: Query, options: Options = {}): Promise<Results> {
  const words = parsed(query.text ?? "");
  const sort = sortOf(query, words.length > 0);
  const alone = words.length < 2 && !query.from && !query.to && !query.near && !Object.keys(query.filters ?? {}).length;
  const [terms, scans] = await Promise.all([
    lookUp(catalogues, words, alone, options.complete ?? false),
    Promise.all(catalogues.map((c) => Scan.of(c, query, sort, words.length > 0, options.today ?? todayIn(c.entry.zone)))),
  ]);
  check(options.signal);
  const match = (those: readonly Term[]): number => matched(scans, those);
  if (!words.length || match(terms)) return new Found(query, terms, scans);
  const others = await otherwise(catalogues, terms, match);
  check(options.signal);
  return new Found(query, others ?? terms, scans);
}

function check(signal?: AbortSignal): void {
  if (signal?.aborted) throw signal.reason ?? new DOMException("", "AbortError");
}

function sortOf({ sort, near }: Query, words: boolean): Sort {
  if (!sort || (sort === "relevance" && !words) || (sort === "nearest" && !near)) return words ? "relevance" : "soonest";
  return sort;
}

const clocks: Record<string, Intl.DateTimeFormat> = {}; // by zone: dear to make

const todayIn = (zone: string): string => (clocks[zone] ??= new Intl.DateTimeFormat("en-CA", { timeZone: zone })).format(Date.now());

/** matched is how many listings have all terms, whatever else they fail. */
function matched(scans: readonly Scan[], terms: readonly Term[]): number {
  const those = weighed(scans.map((scan) => scan.catalogue), terms);
  return scans.reduce((sum, scan, c) => sum + scan.match(those.map((term) => term.hits[c])), 0);
}

/** otherwise is what may be meant where words are there, but no listing has all
 * of them: the first of the rarer words whose corrections find something. */
async function otherwise(catalogues: readonly Catalogue[], terms: readonly Term[], match: (terms: readonly Term[]) => number): Promise<Term[] | undefined> {
  if (!terms.every(exists)) return undefined;
  const rare = [...terms].sort((a, b) => size(a) - size(b)).slice(0, -1).filter((term) => !term.to && misspelt(term.word.text));
  const others = await Promise.all(rare.map((term) => correct(catalogues, term.word, false)));
  for (const [i, other] of others.entries()) {
    const those = other && terms.map((term) => (term === rare[i] ? other : term));
    if (those && match(those)) return those;
  }
  if (others.some((other) => other)) match(terms);
  return undefined;
}

/** page is how many results are put in order by their titles. */
const page = 10;

/** Found is the results of a query. */
class Found implements Results {
  readonly count: number;
  readonly corrections: readonly Correction[];
  readonly corrected: string;
  private order: [key: number, scan: Scan][] = [];
  private ordered = 0;
  private lists?: Map<Leaf, Set<number>>;
  private readonly hits = new Map<string, boolean>();
  private first?: Promise<Card[]>;

  constructor(private readonly query: Query, private readonly terms: readonly Term[], private readonly scans: readonly Scan[]) {
    this.count = scans.reduce((sum, scan) => sum + scan.countFrom(0), 0);
    this.corrections = terms.flatMap(({ word, to }) => (to ? [{ from: word.raw, to }] : []));
    const to = new Map(this.corrections.map((c) => [c.from, c.to[0]]));
    this.corrected = to.size ? replaced(plain(query.text ?? ""), (word) => to.get(word) ?? word) : query.text ?? "";
  }

  async cards(from: number, to: number): Promise<Card[]> {
    if (from >= page) return this.stored(from, to);
    this.first ??= this.stored(0, page).then((cards) => this.titled(cards));
    const [first, rest] = await Promise.all([this.first, this.stored(page, to)]);
    return first.slice(from, to).concat(rest);
  }

  /** titled puts those first whose title is what was looked for: only cards
   * know titles as a whole. */
  private titled(cards: Card[]): Card[] {
    if (!this.terms.length || sortOf(this.query, true) !== "relevance") return cards;
    const looked = wordsOf(this.corrected);
    const open = this.terms[this.terms.length - 1].word.partial ? looked.pop() : undefined;
    const fits = ({ title }: Card): number => {
      const words = wordsOf(title);
      const last = words[looked.length];
      if (looked.every((word, i) => word === words[i]) && words.length <= looked.length + 1 && (last === open || (open && last?.startsWith(open)))) {
        return last === open ? 3 : 2;
      }
      return words.length && words.every((word) => this.hit(word)) ? 1 : 0;
    };
    const ranked = cards.map((card): [number, Card] => [fits(card), card]);
    return ranked.sort((a, b) => b[0] - a[0]).map(([, card]) => card);
  }

  private stored(from: number, to: number): Promise<Card[]> {
    if (to > this.ordered) {
      this.ordered = Math.max(to, 32, 2 * this.ordered);
      this.order = this.scans.flatMap((scan) => Array.from(scan.top(this.ordered), (key): [number, Scan] => [key, scan]));
      this.order.sort((a, b) => b[0] - a[0]);
    }
    return Promise.all(this.order.slice(from, to).map(([key, scan]) => cardOf(scan, scan.listing(key))));
  }

  async counts(facet: string): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    await Promise.all(this.scans.map((scan) => scan.counts(facet, counts)));
    return counts;
  }

  async countDays(ranges: readonly [from: string, to: string][]): Promise<number[]> {
    const counts = ranges.map(() => 0);
    await Promise.all(this.scans.map((scan) => scan.countDays(ranges, counts)));
    return counts;
  }

  countNew(): number {
    return this.scans.reduce((sum, scan) => sum + scan.countFrom(scan.catalogue.entry.recent), 0);
  }

  hit(word: string): boolean {
    let hit = this.hits.get(word); // texts repeat their words
    if (hit === undefined) this.hits.set(word, (hit = this.finds(word)));
    return hit;
  }

  private finds(word: string): boolean {
    const lists = (this.lists ??= listsOf(this.terms));
    const last = this.terms[this.terms.length - 1]?.word;
    const found = (form: string): boolean => [...lists].some(([leaf, numbers]) => leaf.of(form)?.some((number) => numbers.has(number)));
    return wordsOf(word).some((one) => formsOf(one).some((form) => (last?.partial && form.startsWith(last.text)) || found(form)));
  }
}

/** listsOf are the lists by which terms were found: all their forms are found. */
function listsOf(terms: readonly Term[]): Map<Leaf, Set<number>> {
  const lists = new Map<Leaf, Set<number>>();
  for (const { leaf, number } of terms.flatMap((term) => term.hits.flat())) {
    if (!leaf) continue; // of a beginning, which is looked at anyway
    if (!lists.has(leaf)) lists.set(leaf, new Set());
    lists.get(leaf)!.add(number!);
  }
  return lists;
}

/** places are what stands where in a stored card. */
const places = "path title summary kind when where ages cost tone start dates until by state status titleLang summaryLang opens subject".split(" ");

async function cardOf({ catalogue, distance }: Scan, id: number): Promise<Card> {
  const row = await catalogue.card(id);
  const card = { catalogue, distance: distance && distance[id] < Infinity ? distance[id] : undefined } as any;
  places.forEach((name, i) => (card[name] = row[i] ?? ""));
  const away = card.path.includes(":"); // on another site
  if (!away) card.path = `opportunities/${card.path}`;
  card.url = away ? card.path : `${catalogue.home}${card.path}/`;
  card.kindLabel = catalogue.entry.kinds[card.kind] ?? "";
  card.tone = Number(card.tone);
  card.start ||= card.dates.split(/[ /]/)[0];
  return card;
}
