// Short names for addresses: schema/slug.go in TypeScript.
const most = 80;

export const isSlug = (text: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= most;

const folds: Record<string, string> = { æ: "ae", œ: "oe", ß: "ss", þ: "th", ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ı: "i", ŧ: "t" };

/** slugify makes a slug of a title; empty for one without any Latin letter or
 * digit. */
export function slugify(title: string): string {
  let slug = "";
  let gap = false;
  for (const letter of title.normalize("NFKD")) {
    const lower = [...letter.toLowerCase()][0]!;
    const fold = /[a-z0-9]/.test(lower) ? lower : folds[lower];
    if (fold) {
      slug += (gap && slug ? "-" : "") + fold;
      gap = false;
    } else if (!/\p{Mn}|['’]/u.test(letter)) gap = true;
  }
  if (slug.length <= most) return slug;
  const end = slug.lastIndexOf("-", most);
  return slug.slice(0, end > 0 ? end : most);
}
