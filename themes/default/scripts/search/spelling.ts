// How words may be misspelt: docs/search-format.md, Spelling.
import { after, lines, place } from "./words";

/** Spelling is a file of keys, and how many listings have each key's form, as
 * a binary logarithm. */
export class Spelling {
  private readonly keys: string[] = [];
  private readonly sizes: number[] = [];

  constructor(text: string) {
    lines(text, (key, size) => {
      this.keys.push(key);
      this.sizes.push(parseInt(size ?? "0", 36));
    });
  }

  /** Adds the forms whose keys begin with a piece, with their sizes. */
  collect(piece: string, into: Map<string, number>): void {
    const end = place(this.keys, after(piece));
    for (let i = Math.max(0, place(this.keys, piece)); i <= end; i++) {
      if (this.keys[i].startsWith(piece)) into.set(formOf(this.keys[i]), this.sizes[i]);
    }
  }
}

const reversed = (text: string): string => text.split("").reverse().join("");

function formOf(key: string): string {
  const rest = key.slice(1);
  if (key[0] === "$") return reversed(rest);
  const [end, beginning = ""] = rest.split("|");
  return beginning + end;
}

/** misspelt says whether corrections are looked for at all: a number is none. */
export const misspelt = (word: string): boolean => word.length > 2 && /\D/.test(word);

/** bound is how many edits a misspelt word may be away. */
const bound = (word: string): number => (word.length < 8 ? 1 : 2);

/** piecesOf are the beginnings of keys among which all forms are that may be
 * meant: one piece of a word is whole, whatever the edits are. */
export function piecesOf(word: string): string[] {
  const n = word.length;
  const first = n === 3 ? 2 : Math.ceil(n < 8 ? (n - 1) / 2 : (n - 2) / 3);
  const last = n < 5 ? 2 : n < 8 ? n - 1 - first : Math.ceil((n - 2 - first) / 2);
  const pieces = ["^" + word.slice(0, first), "$" + reversed(word.slice(-last))];
  if (n === 4) pieces.push("^" + word[0] + word[2]);
  if (n > 7) pieces.push("~" + word.slice(first + 1, n - 1 - last));
  return pieces;
}

/** corrected are the forms of candidates at the least distance, the eight with
 * the most listings, the likeliest first; open, those that only begin so. Three
 * letters are what is left of four. */
export function corrected(word: string, candidates: ReadonlyMap<string, number>, open: boolean): { forms: string[]; edits: number } {
  let edits = bound(word);
  let best: [form: string, size: number][] = [];
  for (const [form, size] of candidates) {
    if (form === word || (word.length === 3 && (open || form.length !== 4)) || form.length < word.length - edits || (!open && form.length > word.length + edits)) continue;
    const d = distance(word, open ? form.slice(0, word.length + edits) : form, open);
    if (d > edits) continue;
    if (d < edits) best = [];
    edits = d;
    best.push([form, size]);
  }
  best.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return { forms: best.slice(0, 8).map(([form]) => form), edits };
}

/** distance is how many insertions, deletions, substitutions and transpositions
 * of neighbours lie between two words; open, between a and the beginning of b
 * that is nearest. */
export function distance(a: string, b: string, open = false): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const differs = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + differs);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2] + 1);
      next.push(d);
    }
    before = row;
    row = next;
  }
  return open ? Math.min(...row) : row[b.length];
}
