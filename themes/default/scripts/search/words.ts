// Texts as words, and words as the forms by which the index knows them:
// docs/search-format.md, Words.

/** Letters that Unicode does not take apart. */
const letters: Record<string, string> = {
  "\u0671": "\u0627", // alef wasla
  "\u0649": "\u064a", // alef maqsura, as yeh
  "\u06cc": "\u064a", // Farsi yeh
  "\u06a9": "\u0643", // keheh, as kaf
  "\u0629": "\u0647", // teh marbuta, as heh
  ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ",
};

// Marks go, and with them what NFKD takes off alef, waw and yeh with hamza; so
// do hamza alone (0621), lengthening (0640) and the apostrophe that is a letter.
const marks = /[^\p{L}\p{N}]|[\u0621\u0640\u02bc]/gu;
const special = new RegExp(`[${Object.keys(letters).join("")}]`, "g");
const digits = /[\u0660-\u0669\u06f0-\u06f9]/g;
const longest = 40;

/** Most words are of letters that need no folding; with these, what each
 * keystroke asks of the words on the page takes a tenth of the time. */
const simple = /^[a-z\d]+$/i;

/** fold is a word in the form that is looked up. */
export function fold(word: string): string {
  if (simple.test(word)) return word.toLowerCase().slice(0, longest);
  return word
    .normalize("NFKD")
    .toLowerCase()
    .replace(marks, "")
    .replace(special, (letter) => letters[letter])
    .replace(digits, (digit) => String(digit.charCodeAt(0) & 15))
    .slice(0, longest);
}

/** Letters of scripts that are written without spaces. */
const alone = "(?=\\p{L})[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}]";
const whole = new RegExp(`^(?:\\p{N}|${alone})`, "u");
const runs = new RegExp(`${alone}\\p{M}*|(?:(?!${alone})[\\p{L}\\p{M}\\p{N}])+`, "gu");

/** plain is a text whose apostrophes are in no word: don't is one, l'art two. */
export function plain(text: string): string {
  return text.replace(/[’ʼ]/g, "'").replace(/([\p{L}\p{M}\p{N}])'(?=(?:\p{L}\p{M}*){1,2}(?![\p{L}\p{M}\p{N}]))/gu, "$1");
}

/** replaced is a plain text in which each word is what by says of it. */
export function replaced(text: string, by: (word: string) => string): string {
  return text.replace(runs, by);
}

/** wordsOf are the words of a text, folded, in order. */
export function wordsOf(text: string): string[] {
  if (simple.test(text)) return [fold(text)];
  return (plain(text).match(runs) ?? []).map(fold).filter((word) => word);
}

/** What is written together with a noun: al-, bi-l-, wa-l-, li-l-. */
const article = /^(?:[وف]?[بكل]?ال|[وف]?لل)(?=..)/;

/** formsOf are a folded word's forms: first itself, then an Arabic one's
 * without what is written together with it. */
export function formsOf(word: string): string[] {
  if (simple.test(word)) return [word];
  return [...new Set([word, word.replace(article, ""), word.replace(/^[وفبكل](?=...)/, "")])];
}

/** Word is a word of a query; partial, where somebody may still be typing it. */
export interface Word {
  /** As it was typed. */
  readonly raw: string;
  readonly text: string;
  readonly forms: readonly string[];
  readonly partial: boolean;
}

/** query is the words that are looked for. A single letter at the end is
 * somebody typing. */
export function query(text: string): Word[] {
  const words: Word[] = [];
  const ended = /\s$/.test(text);
  for (const raw of plain(text).match(runs) ?? []) {
    const folded = fold(raw);
    if (folded) words.push({ raw, text: folded, forms: formsOf(folded), partial: false });
  }
  const last = words[words.length - 1];
  if (!last || ended) return words;
  if (last.text.length > 1) words[words.length - 1] = { ...last, partial: true };
  else if (!whole.test(last.text)) words.pop();
  return words;
}

/** lines reads sorted lines that leave out what they share with the one before:
 * each is a form, and what stands after its comma. */
export function lines(text: string, each: (form: string, rest: string | undefined) => void): void {
  let form = "";
  if (!text) return;
  for (const line of text.split("\n")) {
    const comma = line.indexOf(",");
    const end = comma < 0 ? line.length : comma;
    form = form.slice(0, parseInt(line[0], 36)) + line.slice(1, end);
    each(form, comma < 0 ? undefined : line.slice(comma + 1));
  }
}

/** place is the number of the last of sorted texts that is not after another;
 * -1 where all are. */
export function place(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= text) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** after comes behind every text that begins so. */
export const after = (beginning: string): string => `${beginning}\uffff`;
