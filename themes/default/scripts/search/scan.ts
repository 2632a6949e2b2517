// One catalogue's listings under the conditions of a query.
import type { Query } from "./types";
import type { Catalogue, Sets } from "./catalogue";
import type { Hit } from "./lookup";

/** The conditions that a listing can fail, as bits; each facet has one more. */
const text = 1;
const days = 2;
const near = 4;
const passed = 8;
const facets = 16;

export type Sort = NonNullable<Query["sort"]>;

/** More than there are listings: keys hold a rank and a listing's age. */
const most = 2 ** 24;

export class Scan {
  /** The conditions that each listing fails. */
  private readonly failed: Uint32Array;
  /** Greater numbers come first. */
  private readonly rank: Int32Array;
  private readonly bits: Record<string, number> = {};
  /** The listings that have all words; undefined where there are no words. */
  private having?: Uint32Array;
  /** Kilometres, where near was asked. */
  distance?: Float32Array;

  constructor(readonly catalogue: Catalogue) {
    this.failed = new Uint32Array(catalogue.entry.ids);
    this.rank = new Int32Array(catalogue.entry.ids);
  }

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
    const scan = new Scan(c);
    if (!words) scan.keep(text, ofTerms(soonest)); // past ones are in no set
    if (soonest && sort === "soonest") scan.rankByDay(soonest);
    if (until) scan.leaveOut(until, today);
    if (query.from || query.to) scan.keep(days, between(dates, query.from, query.to));
    if (query.near) scan.measure(points, query.near, sort === "nearest");
    chosen.forEach(([name, terms], i) => {
      const bit = (scan.bits[name] = facets << i);
      scan.keep(bit, ofTerms(files[i], terms));
    });
    return scan;
  }

  /** Only the listings of these sets meet a condition. */
  private keep(bit: number, sets: readonly Uint32Array[]): void {
    const { failed } = this;
    for (let id = 0; id < failed.length; id++) failed[id] |= bit;
    for (const ids of sets) for (let i = 0; i < ids.length; i++) failed[ids[i]] &= ~bit;
  }

  private leaveOut(until: Sets, today: string): void {
    until.head.days.forEach((day: string, i: number) => {
      if (day && day < today) for (const id of until.set(i)) this.failed[id] |= passed;
    });
  }

  private rankByDay(soonest: Sets): void {
    soonest.head.days.forEach((day: string, i: number) => {
      const rank = day ? -dayOf(day) : -most;
      for (const id of soonest.set(i)) this.rank[id] = rank;
    });
  }

  private measure(points: Sets | undefined, from: NonNullable<Query["near"]>, sorted: boolean): void {
    const far = new Float32Array(this.failed.length).fill(Infinity);
    points?.head.points.forEach((point: [number, number], i: number) => {
      const km = apart(from.latitude, from.longitude, ...point);
      for (const id of points.set(i)) far[id] = Math.min(far[id], km);
    });
    this.distance = far;
    for (let id = 0; id < far.length; id++) {
      if (far[id] > (from.within ?? Infinity)) this.failed[id] |= near;
      if (sorted) this.rank[id] = -Math.min(Math.round(far[id] * 100), most - 1);
    }
  }

  /** match keeps the listings that have each word, and says how many there are.
   * Their scores are their ranks, where these are wanted. */
  match(words: readonly (readonly Hit[])[], sort: Sort): number {
    const { failed, rank, catalogue } = this;
    const { recent } = catalogue.entry;
    const { having, score } = scores(words, failed.length);
    for (let id = 0; id < failed.length; id++) failed[id] |= text;
    for (let i = 0; i < having.length; i++) {
      const id = having[i];
      failed[id] &= ~text;
      if (sort === "relevance") rank[id] = score[id] * (catalogue.closed[id] ? 40 : 50) * (id < recent ? 10 : 11); // in 6000ths
    }
    this.having = having;
    return having.length;
  }

  /** How many there are of a number or a higher one. */
  countFrom(id: number): number {
    let n = 0;
    this.each((at) => (n += at < id || this.failed[at] ? 0 : 1));
    return n;
  }

  /** each calls back for every listing that can be among the results. */
  private each(call: (id: number) => void): void {
    if (this.having) for (let i = 0; i < this.having.length; i++) call(this.having[i]);
    else for (let id = 0; id < this.failed.length; id++) call(id);
  }

  /** The keys of the first results, the last first: a rank and a listing's age,
   * 1 for the newest. */
  top(n: number): Float64Array {
    const { failed, rank } = this;
    const keys = new Float64Array(Math.max(2 * n, 512));
    let filled = 0;
    let least = -Infinity;
    this.each((id) => {
      const key = rank[id] * most + id - failed.length;
      if (failed[id] || key <= least) return;
      if (filled === keys.length) {
        keys.sort().copyWithin(0, filled - n);
        filled = n;
        least = keys[0];
      }
      keys[filled++] = key;
    });
    return keys.subarray(0, filled).sort().subarray(-n);
  }

  /** The listing of a key. */
  listing(key: number): number {
    const rank = Math.ceil(key / most);
    return this.failed.length - (rank * most - key);
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
    const { failed } = this;
    let n = 0;
    for (let i = 0; i < ids.length; i++) if (!(failed[ids[i]] & ~but)) n++;
    return n;
  }
}

/** scores are the sums of each listing's best impacts for all words, and the
 * listings that have all. */
function scores(words: readonly (readonly Hit[])[], length: number): { having: Uint32Array; score: Float32Array } {
  let having = new Uint32Array();
  let score = new Float32Array(length);
  words.forEach((hits, i) => {
    const best = new Float32Array(length);
    const found = raised(best, hits);
    having = i ? having.filter((id) => best[id]) : found;
    if (i) having.forEach((id) => (score[id] += best[id]));
    else score = best;
  });
  return { having, score };
}

/** raised is the listings of lists, each once; best gets their best impacts. */
function raised(best: Float32Array, hits: readonly Hit[]): Uint32Array {
  const found = new Uint32Array(hits.reduce((sum, { list }) => sum + list.ids.length, 0));
  let n = 0;
  for (const { list: { ids, impacts }, weight } of hits) {
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i];
      const score = impacts[i] * weight;
      if (!best[id]) found[n++] = id;
      if (score > best[id]) best[id] = score;
    }
  }
  return found.subarray(0, n);
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
