// The card that a draft will have in lists, made from the page's template. The
// build writes it anew, with all that it knows of recurring dates.
import { days, inWords } from "./dates";
import { one, tag } from "./page";
import { element } from "./search-parts";
import type { Told } from "./submit";
import { find, type Table } from "./submit-fields";

type Record = { [key: string]: any };

/** chosen is what the form calls the value of a field that has only some. */
const chosen = (key: string): string => {
  const select = one(`select`, find(one("[data-as=form]")!, `/${key}`)) as HTMLSelectElement | null;
  return select?.value ? select.selectedOptions[0]!.text : "";
};

/** showCard shows a draft as a card. */
export function showCard({ draft, data }: Told): void {
  const record: Record = draft.record;
  const card = one<"">("template[data-card]") as unknown as HTMLTemplateElement;
  const shown = card.content.firstElementChild!.cloneNode(true) as HTMLElement;
  const term = data.terms.subjects?.find((t) => t.id === record.subjects?.[0]);
  if (term?.hue) shown.classList.add(`s-${term.hue}`);
  if (term) shown.querySelector("use")!.setAttribute("href", `#f-${term.figure}`);
  const word = (key: string, holes: { [name: string]: unknown } = {}): string =>
    (data.words[key] ?? "").replace(/\{(\w+)\}/g, (_, name: string) => String(holes[name] ?? ""));
  const texts: { [selector: string]: string } = {
    h3: record.title ?? word("untitled"), ".kind": chosen("kind"), ".gist": record.summary ?? "",
    ".when": when(record, word), ".where": where(record, data.terms.places ?? []), ".ages": ages(record.ages, word), ".cost": cost(record.cost, data.currency, word),
  };
  for (const [selector, text] of Object.entries(texts)) {
    const line = shown.querySelector(selector)!;
    line.textContent = text.slice(0, 1).toUpperCase() + text.slice(1);
    if (!text) line.remove();
  }
  one("[data-preview]")!.replaceChildren(shown);
}

type Word = (key: string, holes?: { [name: string]: unknown }) => string;

function when(record: Record, word: Word): string {
  if (record.anytime) return word("anytime");
  if (record.by_arrangement) return word("by-arrangement");
  const { from, to } = record.period ?? {};
  if (from && to) return days(from, to);
  if (from || to) return from ? word("from", { from: days(from, from) }) : word("until", { to: days(to, to) });
  const starts: Table[] = (record.sessions ?? []).filter((s: Table) => s.start);
  const [first] = starts.sort((a, b) => (a.start! < b.start! ? -1 : 1));
  return first ? inWords({ start: String(first.start), end: String(first.end ?? first.start) }) : "";
}

function where(record: Record, places: { id: string; label: string }[]): string {
  if (record.mode !== "in-person" && record.mode !== "hybrid") return chosen("mode");
  const { name, address, district, locality } = record.place ?? {};
  return [name ?? address, places.find((t) => t.id === district)?.label ?? locality].filter(Boolean).join(" · ");
}

const number = (n: number): string => new Intl.NumberFormat(tag).format(n);

function ages(range: Record | undefined, word: Word): string {
  const { min, max } = range ?? {};
  if (typeof min !== "number" && typeof max !== "number") return "";
  const holes = { min: number(min ?? 0), max: number(max ?? 0) };
  if (max === undefined) return word("ages-from", holes);
  if (!min) return word("ages-to", holes);
  return word(min === max ? "ages-only" : "ages-range", holes);
}

function cost(price: Record | undefined, currency: string, word: Word): string {
  if (!price) return "";
  if (price.unknown) return word("cost-unknown");
  if (price.amount === 0) return word("cost-free");
  const money = (n: unknown): string => {
    if (typeof n !== "number") return String(n);
    try {
      return new Intl.NumberFormat(tag, { style: "currency", currency: price.currency ?? currency, currencyDisplay: "code", maximumFractionDigits: n % 1 ? 2 : 0 }).format(n);
    } catch {
      return number(n); // no such currency: the checks say so
    }
  };
  const { amount, from, to } = price;
  const text = amount !== undefined ? money(amount) : from === undefined ? word("cost-to", { to: money(to) })
    : to === undefined ? word("cost-from", { from: money(from) }) : word("cost-between", { from: money(from), to: money(to) });
  return text;
}
