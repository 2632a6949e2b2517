// Which lists of the catalogues have the words of a query.
import type { Catalogue } from "./catalogue";
import type { List } from "./bits";
import type { Leaf } from "./leaf";
import { corrected, misspelt, piecesOf } from "./spelling";
import type { Word } from "./words";

/** What an impact counts: in twelfths, so that halves, thirds and quarters of
 * it are whole numbers. */
const whole = 12;
const less = 9;

/** Hit is a list that has a word. */
export interface Hit {
  readonly form: string;
  readonly list: List;
  readonly weight: number;
  /** As a part of what its impacts count, and in how many listings that is: a
   * form, or all that begin so. */
  readonly part: string;
  readonly of: number;
  /** Where the list comes from, if from a leaf, and its number there. */
  readonly leaf?: Leaf;
  readonly number?: number;
}

/** Term is a word of a query, its lists in each catalogue, and by which forms
 * it was replaced. */
export interface Term {
  readonly word: Word;
  readonly hits: readonly Hit[][];
  readonly to?: string[];
}

export const exists = (term: Term): boolean => term.hits.some((hits) => hits.length);

/** size is about how many listings have a term. */
export const size = (term: Term): number =>
  term.hits.reduce((sum, hits) => sum + Math.max(0, ...hits.map((hit) => hit.list.ids.length)), 0);

/** lookUp finds each word in all catalogues, and the corrections of those that
 * none has. A query that came whole asks how its words are spelt at once.
 * alone: nothing but this word decides, so that a prefix's file says enough. */
export function lookUp(catalogues: readonly Catalogue[], words: readonly Word[], alone: boolean, complete: boolean): Promise<Term[]> {
  return Promise.all(
    words.map(async (word) => {
      const spelt = misspelt(word.text);
      if (complete && spelt && !catalogues.some((c) => c.has(word))) meant(catalogues, word.text).catch(() => {});
      const term = { word, hits: await Promise.all(catalogues.map((c) => ofWord(c, word, alone))) };
      return (!exists(term) && spelt && (await correct(catalogues, word, word.partial))) || term;
    }),
  );
}

async function ofForms(c: Catalogue, forms: readonly string[], weight: (i: number) => number): Promise<Hit[]> {
  const leaves = await Promise.all(forms.map((form) => c.leaf(form)));
  return leaves.flatMap((leaf, i) => (leaf.of(forms[i]) ?? []).map((number) => hitOf(leaf, forms[i], number, weight(i))));
}

function hitOf(leaf: Leaf, form: string, number: number, weight: number): Hit {
  const list = leaf.list(number);
  return { form, list, weight, part: form, of: list.ids.length, leaf, number };
}

async function ofWord(c: Catalogue, { text, forms, partial }: Word, alone: boolean): Promise<Hit[]> {
  const prefix = partial ? c.prefix(text) : undefined;
  const own = prefix && alone ? forms.slice(1) : forms;
  const [hits, longer] = await Promise.all([
    ofForms(c, own, (i) => (own[i] === text ? whole : less)),
    prefix?.then((list) => [{ form: text, list, weight: whole, part: text + "*", of: list.ids.length }]) ?? (partial ? ofBeginning(c, text) : []),
  ]);
  return hits.concat(longer);
}

/** ofBeginning is the lists of the forms that begin so, each once. */
async function ofBeginning(c: Catalogue, text: string): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (const leaf of await c.leaves(text)) {
    const seen = new Set<number>();
    for (const [form, lists] of leaf.beginning(text)) {
      if (form === text) continue;
      for (const number of lists) if (!seen.has(number)) hits.push(hitOf(leaf, form, number, less));
      for (const number of lists) seen.add(number);
    }
  }
  const of = hits.reduce((sum, hit) => sum + hit.of, 0);
  return hits.map((hit) => ({ ...hit, part: text + "*", of }));
}

/** meant are forms that a word may be a misspelling of, and their sizes. */
async function meant(catalogues: readonly Catalogue[], word: string): Promise<Map<string, number>> {
  const candidates = new Map<string, number>();
  const collect = async (c: Catalogue, piece: string): Promise<void> => {
    for (const file of await c.spelling(piece)) file.collect(piece, candidates);
  };
  await Promise.all(catalogues.flatMap((c) => piecesOf(word).map((piece) => collect(c, piece))));
  return candidates;
}

/** correct is the corrections of a word as a term; open, those that begin with
 * a correction of it too. */
export async function correct(catalogues: readonly Catalogue[], word: Word, open: boolean): Promise<Term | undefined> {
  const candidates = await meant(catalogues, word.text);
  let { forms, edits } = corrected(word.text, candidates, false);
  if (open && !forms.length) ({ forms, edits } = corrected(word.text, candidates, true));
  if (!forms.length) return undefined;
  return { word, to: forms, hits: await Promise.all(catalogues.map((c) => ofForms(c, forms, () => whole / (edits + 1)))) };
}

/** weighed is terms whose impacts count by how rare, in all catalogues together,
 * that is of which their lists are a part. */
export function weighed(catalogues: readonly Catalogue[], terms: readonly Term[]): readonly Term[] {
  const populations = catalogues.map((c) => c.entry.population);
  const all = populations.reduce((sum, p) => sum + p, 0);
  return terms.map((term) => {
    const total: Record<string, number> = {};
    for (const hits of term.hits) {
      const own = Object.fromEntries(hits.map((hit) => [hit.part, hit.of]));
      for (const part in own) total[part] = (total[part] ?? 0) + rounded(own[part]);
    }
    const weigh = (hit: Hit, c: number): Hit => {
      const fairly = rarity(all, total[hit.part]) / rarity(populations[c], rounded(hit.list.ids.length));
      return { ...hit, weight: hit.weight * (hit.part === hit.form ? fairly : Math.min(1, fairly)) };
    };
    return { ...term, hits: term.hits.map((hits, c) => hits.map((hit) => weigh(hit, c))) };
  });
}

/** rounded is a number to a quarter of a power of two. */
const rounded = (n: number): number => 2 ** (Math.round(4 * Math.log2(n)) / 4);

/** rarity is what a word of so many listings is worth beside one of a single; the
 * impacts of more frequent words are all 1, and say no more. */
const rarity = (p: number, d: number): number => Math.max(1 / 16, idf(p, Math.min(d, p)) / idf(p, 1));

const idf = (p: number, d: number): number => Math.log(1 + (p - d + 0.5) / (d + 0.5));
