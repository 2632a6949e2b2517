// One catalogue's listings under the conditions of a query.
import type { Query } from "./types";
import type { Catalogue, Sets } from "./catalogue";
import type { Hit } from "./lookup";

/** The conditions besides words that a listing can fail, as bits; each facet has
 * one more. */
const days = 1;
const near = 2;
const passed = 4;
const facets = 8;

export type Sort = NonNullable<Query["sort"]>;

/** More than there are listings: keys hold a rank and a listing's age. */
const most = 2 ** 24;

export class Scan {
  /** The conditions that each listing fails; undefined while nobody asked for any. */
  private failed?: Uint32Array;
  /** Greater numbers come first; undefined where scores or age decide alone. */
  private rank?: Int32Array;
  private readonly bits: Record<string, number> = {};
  /** The listings that have all words; all current ones where there are no words. */
  private words!: Fit;
  /** Kilometres, where near was asked. */
  distance?: Float32Array;

  private constructor(readonly catalogue: Catalogue, private readonly sort: Sort) {}

  /** Scans a catalogue for all of a query but its words. */
  static async of(c: Catalogue, query: Query, sort: Sort, words: boolean, today: string): Promise<Scan> {
    const chosen = Object.entries(query.filters ?? {}).filter(([, terms]) => terms.length);
    const [soonest, until, dates, points, ...files] = await Promise.all([
      words && sort !== "soonest" ? undefined : c.sets("soonest"),
      today > c.entry.date ? c.sets("until") : undefined,
      query.from || query.to ? c.sets("days") : undefined,
      query.near ? c.sets("points") : undefined,
      ...chosen.map(([name]) => c.sets(name)),
    ]);
    const scan = new Scan(c, sort);
    // Past ones are in no set; the last are looked at first.
    if (!words) scan.match([ofTerms(soonest).reverse().map((ids) => ({ list: { ids, impacts: new Uint8Array(ids.length).fill(1) }, weight: 1 }))]);
    if (soonest && sort === "soonest") scan.rankByDay(soonest);
    if (until) scan.leaveOut(until, today);
    if (query.from || query.to) scan.keep(days, between(dates, query.from, query.to));
    if (query.near) scan.measure(points, query.near);
    chosen.forEach(([name, terms], i) => {
      const bit = (scan.bits[name] = facets << i);
      scan.keep(bit, ofTerms(files[i], terms));
    });
    return scan;
  }

  /** failures is what each listing fails, to be written. */
  private failures(): Uint32Array {
    return (this.failed ??= new Uint32Array(this.catalogue.entry.ids));
  }

  /** Only the listings of these sets meet a condition. */
  private keep(bit: number, sets: readonly Uint32Array[]): void {
    const failed = this.failures();
    for (let id = 0; id < failed.length; id++) failed[id] |= bit;
    for (const ids of sets) for (let i = 0; i < ids.length; i++) failed[ids[i]] &= ~bit;
  }

  private leaveOut(until: Sets, today: string): void {
    const failed = this.failures();
    until.head.days.forEach((day: string, i: number) => {
      if (day && day < today) for (const id of until.set(i)) failed[id] |= passed;
    });
  }

  private rankByDay(soonest: Sets): void {
    const rank = (this.rank = new Int32Array(this.catalogue.entry.ids));
    soonest.head.days.forEach((day: string, i: number) => {
      const of = day ? -dayOf(day) : -most;
      for (const id of soonest.set(i)) rank[id] = of;
    });
  }

  private measure(points: Sets | undefined, from: NonNullable<Query["near"]>): void {
    const failed = this.failures();
    const far = (this.distance = new Float32Array(failed.length).fill(Infinity));
    points?.head.points.forEach((point: [number, number], i: number) => {
      const km = apart(from.latitude, from.longitude, ...point);
      for (const id of points.set(i)) far[id] = Math.min(far[id], km);
    });
    for (let id = 0; id < far.length; id++) if (far[id] > (from.within ?? Infinity)) failed[id] |= near;
    if (this.sort === "nearest") this.rank = Int32Array.from(far, (km) => -Math.min(Math.round(km * 100), most - 1));
  }

  /** match keeps the listings that have each word, and says how many there are. */
  match(words: readonly (readonly Counted[])[]): number {
    this.words = all(words.map((hits) => fitOf(hits, this.catalogue.entry.ids)), this.catalogue.entry.ids);
    return this.words.ids.length;
  }

  /** How many there are of a number or a higher one. */
  countFrom(from: number): number {
    const { failed, words: { ids } } = this;
    if (!failed && !from) return ids.length;
    let n = 0;
    for (let i = 0; i < ids.length; i++) if (ids[i] >= from && !failed?.[ids[i]]) n++;
    return n;
  }

  /** The keys of the first results, the last first: a rank and a listing's age,
   * 1 for the newest. */
  top(n: number): Float64Array {
    const { failed, rank, sort, words: { ids, best } } = this;
    const { closed, entry } = this.catalogue;
    const keys = new Float64Array(4 * n);
    let filled = 0;
    let least = -Infinity;
    // From the newest on: of many that are equal, the first are the best.
    for (let i = ids.length; i--; ) {
      const id = ids[i];
      if (failed?.[id]) continue;
      const first = sort === "relevance" ? (best[id] * (closed[id] ? 40 : 50) * (id < entry.recent ? 10 : 11)) | 0 : rank ? rank[id] : 0; // in 6000ths
      const key = first * most + id - entry.ids;
      if (key <= least) continue;
      if (filled === keys.length) {
        keys.sort().copyWithin(0, filled - n);
        filled = n;
        least = keys[0];
      }
      keys[filled++] = key;
    }
    return keys.subarray(0, filled).sort().subarray(-n);
  }

  /** The listing of a key. */
  listing(key: number): number {
    const rank = Math.ceil(key / most);
    return this.catalogue.entry.ids - (rank * most - key);
  }

  /** Adds how many listings each term of a facet would have, were it the only one
   * chosen. */
  async counts(facet: string, into: Map<string, number>): Promise<void> {
    const sets = await this.catalogue.sets(facet);
    sets?.head.terms.forEach((term: string, i: number) => {
      const n = this.passing(sets.set(i), this.bits[facet] ?? 0);
      if (n) into.set(term, (into.get(term) ?? 0) + n);
    });
  }

  /** Adds how many listings happen within each range of days. */
  async countDays(ranges: readonly [string, string][], into: number[]): Promise<void> {
    const sets = await this.catalogue.sets("days");
    ranges.forEach(([from, to], i) => {
      for (const ids of between(sets, from, to)) into[i] += this.passing(ids, days);
    });
  }

  /** How many of these listings fail no condition but perhaps one. */
  private passing(ids: Uint32Array, but: number): number {
    const { failed, words: { best } } = this;
    let n = 0;
    for (let i = 0; i < ids.length; i++) if (best[ids[i]] && !(failed && failed[ids[i]] & ~but)) n++;
    return n;
  }
}

type Counted = Pick<Hit, "list" | "weight">;

/** Fit is the listings that have a word, each once, and by listing how well, 0
 * for all others. */
interface Fit {
  readonly ids: Uint32Array;
  readonly best: Float32Array;
}

/** all is the listings that have all words, and the sums of how well. */
function all(words: readonly Fit[], length: number): Fit {
  if (words.length < 2) return words[0];
  const ids = words.reduce((a, b) => (b.ids.length < a.ids.length ? b : a)).ids.slice();
  const sum = new Float32Array(length);
  let n = ids.length;
  for (const { best } of words) {
    const before = n;
    n = 0;
    for (let i = 0; i < before; i++) {
      const id = ids[i];
      if (best[id]) {
        sum[id] += best[id];
        ids[n++] = id;
      } else sum[id] = 0;
    }
  }
  return { ids: ids.subarray(0, n), best: sum };
}

/** fitOf is what lists that have a word say together: the best of each listing. */
function fitOf(hits: readonly Counted[], length: number): Fit {
  const found = new Uint32Array(hits.reduce((sum, { list }) => sum + list.ids.length, 0));
  const best = new Float32Array(length);
  let n = 0;
  for (const { list: { ids, impacts }, weight } of hits) {
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i];
      const score = impacts[i] * weight;
      if (!best[id]) found[n++] = id;
      if (score > best[id]) best[id] = score;
    }
  }
  return { ids: found.subarray(0, n), best };
}

/** ofTerms is the sets of these terms, or all. */
const ofTerms = (sets: Sets | undefined, terms?: readonly string[]): Uint32Array[] =>
  sets?.filter((i) => !terms || terms.includes(sets.head.terms[i])) ?? [];

/** between is the sets of listings that happen from one day to another. */
function between(sets: Sets | undefined, from?: string, to?: string): Uint32Array[] {
  if (!sets) return [];
  const start = dayOf(sets.head.from);
  const first = from ? dayOf(from) - start : -Infinity;
  const last = to ? dayOf(to) - start : Infinity;
  return sets.filter((i) => meets(sets.head.runs[i], first, last));
}

/** meets says whether one of the days is within two others: the first, then how
 * many follow one another, how many are left out, and so on. */
function meets(runs: readonly number[], first: number, last: number): boolean {
  let day = runs[0];
  for (let i = 1; i < runs.length && day <= last; i += 2) {
    if (day + runs[i] > first && first <= last) return true;
    day += runs[i] + runs[i + 1];
  }
  return false;
}

const dayOf = (date: string): number => Date.parse(date) / 864e5;

/** apart is how many kilometres lie between two places, in degrees. */
function apart(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const radian = Math.PI / 180;
  const half = (a: number, b: number): number => Math.sin(((b - a) * radian) / 2) ** 2;
  return 12742 * Math.asin(Math.sqrt(half(lat1, lat2) + Math.cos(lat1 * radian) * Math.cos(lat2 * radian) * half(lon1, lon2)));
}
