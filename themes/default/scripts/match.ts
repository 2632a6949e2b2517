// Words as people type them against words as they are written: without case,
// accents, width, Arabic vowels and lengthening; one form for the letters that
// Arabic writers interchange; the article and one-letter words that Arabic
// writes together with the next word leniently.

/** Letters that Unicode does not take apart. */
const letters: Record<string, string> = {
  "\u0671": "\u0627", // alef wasla
  "\u0649": "\u064a", // alef maqsura, as yeh
  "\u06cc": "\u064a", // Farsi yeh
  "\u06a9": "\u0643", // keheh, as kaf
  "\u0629": "\u0647", // teh marbuta, as heh
  "\u00df": "ss", "\u00e6": "ae", "\u0153": "oe", "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u0131": "i", "\u03c2": "\u03c3",
};

// Marks go, and with them what NFKD takes off alef, waw and yeh with hamza;
// so do hamza alone (0621) and lengthening (0640).
const marks = /[\p{M}\u0621\u0640]/gu;
const special = new RegExp(`[${Object.keys(letters).join("")}]`, "g");
const digits = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** fold is a text in which equal words are equal. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(marks, "")
    .replace(special, (letter) => letters[letter])
    .replace(digits, (digit) => String(digit.charCodeAt(0) & 15));
}

const split = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** What is written together with a noun: al-, bi-l-, wa-l-, li-l-. */
const article = /^(?:[وف]?[بكل]?ال|[وف]?لل)(?=..)/;

/** indexed is a text to look words up in: each of its words between blanks,
 * Arabic ones without what may be written before them too. */
export function indexed(text: string): string {
  const all: string[] = [];
  for (const word of split(text)) {
    all.push(word);
    const bare = word.replace(article, "");
    if (bare !== word) all.push(bare);
    if (/^[وفبكل].../.test(word)) all.push(word.slice(1));
  }
  return ` ${all.join(" ")} `;
}

/** Word is a word that is looked for, in each of its forms; partial, where
 * somebody may still be typing it. */
export interface Word {
  text: string;
  forms: string[];
  partial: boolean;
}

/** query is the words that are looked for; none before the second letter. */
export function query(text: string): Word[] {
  const words = split(text);
  if (words.join("").length < 2) return [];
  return words.map((word, i) => {
    const forms = [word, word.replace(article, "")];
    if (/^(?:و|لل).../.test(word)) forms.push(word.slice(1));
    return { text: word, forms: [...new Set(forms)], partial: i === words.length - 1 };
  });
}

/** has says whether an indexed text has a word: 2 as it stands there, 1 the
 * beginning of one, 0 not. */
export function has(text: string, word: Word): 0 | 1 | 2 {
  if (word.forms.some((form) => text.includes(` ${form} `))) return 2;
  return word.partial && word.forms.some((form) => text.includes(` ${form}`)) ? 1 : 0;
}

/** weight is how well texts, the weightiest first, fit words that must all be
 * there; 0 where one is missing. */
export function weight(texts: readonly string[], words: readonly Word[]): number {
  let sum = 0;
  for (const word of words) {
    let best = 0;
    texts.forEach((text, i) => (best = Math.max(best, has(text, word) * 4 ** (texts.length - i))));
    if (best === 0) return 0;
    sum += best;
  }
  return sum;
}

/** marked is a text in which the words that are looked for are marks. */
export function marked(text: string, words: readonly Word[]): (string | HTMLElement)[] {
  return text.split(/([\p{L}\p{N}\p{M}\u0640]+)/u).map((part, i) => {
    if (i % 2 === 0 || !words.some((word) => has(indexed(part), word))) return part;
    const mark = document.createElement("mark");
    mark.textContent = part;
    return mark;
  });
}
