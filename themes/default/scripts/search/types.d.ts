// What assets/search.js exports, for other sites: docs/search-api.md.

export interface Query {
  /** Words that a listing must have, all of them; the last may be a beginning. */
  text?: string;
  /** Terms by facets, as labels() names them: any of a facet's, all facets. */
  filters?: Record<string, readonly string[]>;
  /** The first and the last day, as 2026-11-24: what happens on a day between. */
  from?: string;
  to?: string;
  /** Degrees, and kilometres within which a listing must be. */
  near?: { latitude: number; longitude: number; within?: number };
  /** Relevance where there is text, else soonest, unless it says otherwise. */
  sort?: "relevance" | "soonest" | "nearest" | "newest";
}

/** Card is what is shown of a listing. Texts that it lacks are empty. */
export interface Card {
  /** The address of its page, and its path below the catalogue's home. */
  url: string;
  path: string;
  title: string;
  summary: string;
  kind: string;
  kindLabel: string;
  /** When, where, for which ages and for how much, in words. */
  when: string;
  where: string;
  ages: string;
  cost: string;
  /** The number of its colour, from 1; 0 for none. */
  tone: number;
  /** What the words of when begin with, as a date or a time. */
  start: string;
  /** The next dates: start, or start/end, parted by spaces. */
  dates: string;
  /** The last day on which it can be joined. */
  until: string;
  /** From when and until when one registers. */
  opens: string;
  by: string;
  /** What keeps one from joining, in words and as a name; empty where nothing. */
  state: string;
  status: string;
  /** The languages of texts that are not in the catalogue's. */
  titleLang: string;
  summaryLang: string;
  /** The subject of its picture. */
  subject: string;
  catalogue: Catalogue;
  /** Kilometres, where near was asked and it has a place. */
  distance?: number;
}

/** Correction is a word that was replaced; to[0] is the likeliest. */
export interface Correction {
  from: string;
  to: string[];
}

export interface Results {
  readonly count: number;
  readonly corrections: readonly Correction[];
  /** The query with each replaced word by its likeliest correction. */
  readonly corrected: string;
  /** The cards of results from (inclusive) to (exclusive), in order. */
  cards(from: number, to: number): Promise<Card[]>;
  /** For each term of a facet, how many listings there would be if it were the
   * only one chosen of its facet; terms with none are absent. */
  counts(facet: string): Promise<Map<string, number>>;
  /** How many would happen within days, whichever the query asked for. */
  countDays(ranges: readonly [from: string, to: string][]): Promise<number[]>;
  /** How many were first published in the 30 days before the index was made. */
  countNew(): number;
  /** Whether a word of a text is one that was found: for highlighting. */
  hit(word: string): boolean;
}

/** Labels are what facets and their terms are called, in the order in which
 * people see them; depth is how deep a term stands below a broader one. */
export interface Labels {
  facets: { name: string; label: string; terms: [name: string, label: string, depth?: number][] }[];
}

export interface Catalogue {
  readonly name: string;
  readonly language: string;
  /** How many current listings it has. */
  readonly listed: number;
  /** The address below which its pages are. */
  readonly home: string;
  labels(): Promise<Labels>;
  /** Fetches what a query will need, unless the network is to be spared. */
  prefetch(text: string): void;
}

export interface Options {
  /** Addresses of catalogues' search/index.json; else that of this script's. */
  catalogues?: readonly string[];
  /** The day from which on listings count, as 2026-11-24; else today. */
  today?: string;
  signal?: AbortSignal;
}

/** Searches catalogues as one. */
export declare function search(query: string | Query, filters?: Query["filters"], options?: Options): Promise<Results>;

/** Opens a catalogue by its search/index.json, once. */
export declare function open(url?: string | URL): Promise<Catalogue>;
