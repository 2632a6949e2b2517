// The word of a list that was most likely meant: schema/near.go in TypeScript.

/** near is empty if no word is. */
export const near = (word: string, words: string[]): string => within(Math.max(1, Math.floor([...word].length / 3)), word, words);

/** within is near for words at most so many edits away. */
export function within(most: number, word: string, words: string[]): string {
  let best = "";
  let distance = most + 1;
  for (const w of [...words].sort()) {
    const d = edits([...word], [...w]);
    if (d < distance) [best, distance] = [w, d];
  }
  return best;
}

/** edits is Damerau and Levenshtein's distance, in its restricted form. */
function edits(a: string[], b: string[]): number {
  let before: number[] = [];
  let last = [...Array(b.length + 1).keys()];
  a.forEach((letter, i) => {
    const row = [i + 1];
    b.forEach((other, j) => {
      let d = Math.min(last[j + 1]! + 1, row[j]! + 1, last[j]! + Number(letter !== other));
      if (i && j && letter === b[j - 1] && a[i - 1] === other) d = Math.min(d, before[j - 1]! + 1);
      row.push(d);
    });
    [before, last] = [last, row];
  });
  return last[b.length]!;
}
