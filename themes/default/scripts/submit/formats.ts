// What the schemas' formats assert, and how a text would have to be spelt.
import { slugify } from "./slug";
import type { Formats } from "./schema";

const days = (year: number, month: number): number => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();

export function isDate(text: string): boolean {
  const [, y, m, d] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  return m! >= 1 && m! <= 12 && d! >= 1 && d! <= days(y!, m!);
}

export const isClock = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text);

/** isMoment says whether a text is a day, or a day and a time. */
export const isMoment = (text: string): boolean =>
  isDate(text.slice(0, 10)) && (text.length === 10 || (/^[Tt ]$/.test(text[10]!) && isClock(text.slice(11))));

/** tagIn is the first HTML tag in a text; empty if there is none. */
export const tagIn = (text: string): string => /<[/!a-z][^>]*>/i.exec(text)?.[0] ?? "";

export function isURI(text: string): boolean {
  const [, scheme, host] = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?/i.exec(text) ?? [];
  return !!scheme && !/[\s<>"\u0000-\u001f\u007f]|%(?![0-9a-f]{2})/i.test(text) && (!!host || !/^https?$/i.test(scheme));
}

/** canonicalTag is how BCP 47 would have a tag written; empty for no tag, or
 * none of a registered language. */
function canonicalTag(text: string): string {
  try {
    const tag = new Intl.Locale(text.replaceAll("_", "-"));
    return new Intl.DisplayNames("en", { type: "language", fallback: "none" }).of(tag.language) ? tag.toString() : "";
  } catch {
    return "";
  }
}

const codes = (kind: "currency" | "region", form: RegExp) => (text: string): boolean =>
  form.test(text) && !!new Intl.DisplayNames("en", { type: kind, fallback: "none" }).of(text);

const name = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const email = new RegExp(`^[a-z0-9!#$%&'*+/=?^_\`{|}~\\u0080-\\uffff-]+(?:\\.[a-z0-9!#$%&'*+/=?^_\`{|}~\\u0080-\\uffff-]+)*@${name}(?:\\.${name})*$`, "i");

export const formats: Formats = {
  date: isDate,
  "local-time": isClock,
  "date-or-time": isMoment,
  duration: (s) => /^P(\d+W|(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)$/.test(s),
  email: (s) => s.length <= 254 && s.lastIndexOf("@") <= 64 && email.test(s),
  uri: isURI,
  "language-tag": (s) => s !== "und" && canonicalTag(s) === s,
  "currency-code": codes("currency", /^[A-Z]{3}$/),
  "country-code": codes("region", /^[A-Z]{2}$/),
  "time-zone": (s) => s === "UTC" || /^[^/ .\\]+\/[^ .\\]+$/.test(s),
  "plain-text": (s) => !!s.trim() && !tagIn(s),
};

/** respelt is a text as its format would have it, where only its spelling is
 * wrong; else empty. */
export function respelt(format: string, text: string): string {
  const fix = {
    uri: text.includes(".") && !text.includes(":") && `https://${text}`,
    slug: slugify(text),
    "language-tag": canonicalTag(text),
    "currency-code": text.toUpperCase(),
    "country-code": text.toUpperCase(),
    colour: sixDigits(text),
  }[format];
  return fix && (formats[format]?.(fix) ?? true) ? fix : "";
}

function sixDigits(text: string): string {
  const digits = text.trim().replace(/^#/, "").toLowerCase();
  if (!/^([0-9a-f]{3}){1,2}$/.test(digits)) return "";
  return `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}`;
}
