// The search page: filters the listings of search/listings.json as people
// type and choose. What is looked for stands in the address, so that it can be
// shared and gone back to.
import { indexed, marked, query, weight, type Word } from "./match";
import { words } from "./words";

/** A row of listings.json, in the order that generator/plan/search.go gives
 * it; what stands at the end and is empty is left out. Numbers of texts are
 * places in Data.texts. */
type Row = [
  slug: string, title: string, summary: number, terms: number[],
  when: number, where: number, ages: number, cost: number, tone: number,
  start?: number, dates?: number, until?: number, by?: number,
  state?: number, status?: number, titleLang?: number, summaryLang?: number, opens?: number,
];

interface Data {
  /** The address below which listings stand. */
  base: string;
  /** What cards say of their kind, by kinds. */
  kinds: Record<string, string>;
  facets: { name: string; label: string; terms: [name: string, label: string, depth?: number][] }[];
  texts: string[];
  listings: Row[];
}

interface Term { facet: number; name: string; label: string; text: string; box?: HTMLInputElement; count?: HTMLElement }

interface State { q: string; sort: string; chosen: Set<number> }

interface Found { rows: Row[]; counts: Uint32Array; without: Map<number, number>; withoutText: number }

const pageSize = 30;
const root = document.documentElement;
const locale = root.dataset.numerals ? `${root.lang}-u-nu-${root.dataset.numerals}` : root.lang;
const numbers = new Intl.NumberFormat(locale);
const plurals = new Intl.PluralRules(root.lang);

const one = <E extends HTMLElement>(selector: string): E => document.querySelector<E>(selector)!;
const fill = (text: string, values: Record<string, string>): string => text.replace(/\{(\w+)\}/g, (_, key: string) => values[key]);
const counted = (n: number): string => fill(words[`search.count-${n ? plurals.select(n) : "zero"}`], { count: numbers.format(n) });

function element<K extends keyof HTMLElementTagNameMap>(
  name: K, properties: Partial<HTMLElementTagNameMap[K]> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const e = Object.assign(document.createElement(name), properties);
  e.append(...children);
  return e;
}

/** Search is the page with its data. */
class Search {
  private readonly form = one<HTMLFormElement>("form[data-search]");
  private readonly input = this.form.querySelector<HTMLInputElement>("[name=q]")!;
  private readonly sort = this.form.querySelector<HTMLSelectElement>("[name=sort]")!;
  private readonly list = one("[data-results]");
  private readonly more = one<HTMLButtonElement>("[data-more]");
  private readonly terms: Term[] = [];
  private readonly rows: Row[];
  private readonly texts = new Map<Row, string[]>();
  private state: State = { q: "", sort: "", chosen: new Set() };
  private found: Found = { rows: [], counts: new Uint32Array(), without: new Map(), withoutText: 0 };
  private shown = 0;
  private typing = 0;
  private fresh = true; // typing has not yet made an entry in the history

  constructor(private readonly data: Data) {
    data.facets.forEach((facet, i) => {
      for (const [name, label] of facet.terms) this.terms.push({ facet: i, name, label, text: indexed(label) });
    });
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: root.dataset.zone || undefined }).format(Date.now());
    this.rows = data.listings.filter((row) => !row[11] || data.texts[row[11]] >= today);
    this.build();
    this.listen();
    this.read();
    this.show();
    this.prepare(0);
  }

  /** build makes the filters, once; show changes their counts. */
  private build(): void {
    const target = one("[data-facets]");
    let next = 0;
    for (const facet of this.data.facets) {
      const list = element("ul");
      for (const [name, label, depth = 0] of facet.terms) {
        const term = this.terms[next];
        term.box = element("input", { type: "checkbox", name: facet.name, value: name });
        term.box.dataset.term = String(next++);
        term.count = element("span", { className: "count" });
        list.append(element("li", { className: `depth-${depth}` }, element("label", {}, term.box, " ", label, " ", term.count)));
      }
      const group = element("div", {}, list);
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", facet.label);
      target.append(element("details", {}, element("summary", {}, facet.label), group));
    }
    const filters = one<HTMLDetailsElement>("[data-filters]");
    filters.hidden = false;
    filters.open = matchMedia("(min-width: 56rem)").matches; // beside the results
    this.sort.disabled = false;
    one("[data-browse]").hidden = true;
  }

  private listen(): void {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.typed();
      this.fresh = true;
    });
    this.input.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = window.setTimeout(() => this.typed(), 120);
    });
    this.input.addEventListener("change", () => (this.fresh = true));
    one("[data-facets]").addEventListener("change", (event) => {
      const box = event.target as HTMLInputElement;
      const chosen = new Set(this.state.chosen);
      if (box.checked) chosen.add(Number(box.dataset.term));
      else chosen.delete(Number(box.dataset.term));
      this.go({ ...this.state, chosen });
    });
    this.sort.addEventListener("change", () => this.go({ ...this.state, sort: this.sort.value }));
    this.more.addEventListener("click", () => {
      const first = this.shown;
      this.extend();
      this.list.children[first]?.querySelector("a")?.focus();
    });
    addEventListener("popstate", () => {
      this.fresh = true;
      this.read();
      this.show();
    });
  }

  /** typed takes over what stands in the field: one entry of the history for
   * all that is typed in one go. */
  private typed(): void {
    clearTimeout(this.typing);
    const q = this.input.value.trim();
    if (q === this.state.q) return;
    this.go({ ...this.state, q }, this.fresh);
    this.fresh = false;
  }

  private go(state: State, entry = true): void {
    this.state = state;
    if (entry) history.pushState(null, "", this.address());
    else history.replaceState(null, "", this.address());
    this.fresh = true;
    this.show();
  }

  private address(): string {
    const params = new URLSearchParams();
    if (this.state.q) params.set("q", this.state.q);
    for (const i of [...this.state.chosen].sort((a, b) => a - b)) params.append(this.nameOf(i), this.terms[i].name);
    if (this.state.sort) params.set("sort", this.state.sort);
    const text = params.toString();
    return location.pathname + (text && `?${text}`);
  }

  private nameOf(term: number): string {
    return this.data.facets[this.terms[term].facet].name;
  }

  /** read takes the state from the address. Terms that the catalogue no
   * longer has are left out. */
  private read(): void {
    const params = new URLSearchParams(location.search);
    const chosen = new Set<number>();
    this.terms.forEach((term, i) => {
      if (params.getAll(this.nameOf(i)).includes(term.name)) chosen.add(i);
    });
    this.state = { q: (params.get("q") ?? "").trim(), sort: params.get("sort") ?? "", chosen };
    this.input.value = this.state.q;
    const open = new Set([...chosen].map((i) => this.terms[i].facet));
    one("[data-facets]").querySelectorAll("details").forEach((details, i) => (details.open ||= open.has(i)));
  }

  /** textsOf are a listing's words, the weightiest first. */
  private textsOf(row: Row): string[] {
    let texts = this.texts.get(row);
    if (!texts) {
      const about = row[3].filter((i) => said.has(this.nameOf(i))).map((i) => this.terms[i].text);
      texts = [indexed(row[1]), about.join(""), indexed(this.data.texts[row[2]])];
      this.texts.set(row, texts);
    }
    return texts;
  }

  /** prepare folds the listings' words bit by bit, before somebody types. */
  private prepare(from: number): void {
    for (const row of this.rows.slice(from, from + 200)) this.textsOf(row);
    if (from < this.rows.length) setTimeout(() => this.prepare(from + 200));
  }

  /** find filters: any of a facet's terms, all facets, all words. A term's
   * count is what there would be if it were the only one of its facet. */
  private find(looked: Word[], chosen: Set<number>): Found {
    const counts = new Uint32Array(this.terms.length);
    const without = new Map<number, number>();
    const hits: [row: Row, weight: number][] = [];
    let withoutText = 0;
    let need = 0;
    for (const i of chosen) need |= 1 << this.terms[i].facet;
    for (const row of this.rows) {
      let missing = need;
      for (const i of row[3]) if (chosen.has(i)) missing &= ~(1 << this.terms[i].facet);
      if (missing & (missing - 1)) continue; // two facets or more
      const fits = looked.length ? weight(this.textsOf(row), looked) : 1;
      if (!fits) {
        if (!missing) withoutText++;
        continue;
      }
      if (missing) without.set(missing, (without.get(missing) ?? 0) + 1);
      else hits.push([row, fits]);
      for (const i of row[3]) if (!missing || missing === 1 << this.terms[i].facet) counts[i]++;
    }
    if (looked.length && this.state.sort !== "soonest") hits.sort((a, b) => b[1] - a[1]); // stable: soonest first
    return { rows: hits.map(([row]) => row), counts, without, withoutText };
  }

  private show(): void {
    this.found = this.find(query(this.state.q), this.state.chosen);
    this.sort.value = this.state.sort || (query(this.state.q).length ? "relevance" : "soonest");
    this.terms.forEach((term, i) => {
      const chosen = this.state.chosen.has(i);
      term.box!.checked = chosen;
      term.count!.textContent = numbers.format(this.found.counts[i]);
      term.box!.closest("li")!.hidden = !chosen && this.found.counts[i] === 0;
    });
    one("[data-count]").textContent = counted(this.found.rows.length);
    this.chips();
    this.near();
    this.list.replaceChildren();
    this.shown = 0;
    this.extend();
  }

  private extend(): void {
    const looked = query(this.state.q);
    const next = this.found.rows.slice(this.shown, this.shown + pageSize);
    this.list.append(...next.map((row) => this.card(row, looked)));
    this.shown += next.length;
    this.more.hidden = this.shown >= this.found.rows.length;
    document.dispatchEvent(new Event("fursa:changed"));
  }

  private card(row: Row, looked: Word[]): Node {
    const template = one<HTMLTemplateElement>("template[data-card]");
    const card = template.content.firstElementChild!.cloneNode(true) as HTMLElement;
    const text = (i: number): string => this.data.texts[(row[i] as number | undefined) ?? 0];
    const put = (selector: string, value: string, lang = ""): void => {
      const target = card.querySelector<HTMLElement>(selector);
      if (!value) target?.remove();
      else if (target) target.append(...(selector === "h3 a" ? marked(value, looked) : [value]));
      if (target && lang) Object.assign(target, { lang, dir: "auto" });
    };
    const path = `opportunities/${row[0]}`;
    if (row[8]) card.classList.add(`s-${row[8]}`);
    put(".kind", this.data.kinds[this.names(row, "kinds")[0]] ?? "");
    card.querySelector("use")?.setAttribute("href", `#f-${this.subject(row)}`);
    Object.assign(card.dataset, { listing: path });
    for (const [name, i] of [["dates", 10], ["until", 11], ["by", 12], ["status", 14], ["opens", 17]] as const) {
      if (text(i)) card.dataset[name] = text(i);
    }
    card.querySelector<HTMLAnchorElement>("h3 a")!.href = `${this.data.base}${path}/`;
    put("h3 a", row[1], text(15));
    put(".gist", text(2), text(16));
    put(".state", text(13));
    const start = text(9) || text(10).split(/[ /]/)[0];
    put(start ? ".when time" : ".when", text(4));
    const time = card.querySelector("time");
    if (start && time) time.dateTime = start;
    else time?.remove();
    put(".where", text(5));
    put(".ages", text(6));
    put(".cost", text(7));
    return card;
  }

  private names(row: Row, facet: string): string[] {
    return row[3].filter((i) => this.nameOf(i) === facet).map((i) => this.terms[i].name);
  }

  /** subject is the topmost one by which a listing has its colour: colours go
   * round the topmost subjects in their order. */
  private subject(row: Row): string {
    const tops = this.data.facets.find((f) => f.name === "subjects")?.terms.filter((t) => !t[2]) ?? [];
    const own = this.names(row, "subjects");
    return tops.find((t, i) => (i % 12) + 1 === row[8] && own.includes(t[0]))?.[0] ?? "";
  }

  /** active are the filters that are on: what they say, and the state without
   * each. */
  private active(): { label: string; state: State }[] {
    const filters = [...this.state.chosen].map((i) => {
      const chosen = new Set(this.state.chosen);
      chosen.delete(i);
      return { label: this.terms[i].label, state: { ...this.state, chosen } };
    });
    if (query(this.state.q).length) filters.unshift({ label: `“${this.state.q}”`, state: { ...this.state, q: "" } });
    return filters;
  }

  private chips(): void {
    const list = one("[data-chips]");
    const filters = this.active();
    list.hidden = filters.length === 0;
    list.replaceChildren();
    filters.forEach(({ label, state }, i) => {
      const button = this.button(label, state, () => (list.querySelectorAll<HTMLElement>("button")[i] ?? this.input).focus());
      button.className = "chip";
      button.append(" ", element("span", { ariaHidden: "true" }, "×"));
      button.setAttribute("aria-label", fill(words["search.remove"], { label }));
      list.append(element("li", {}, button));
    });
    if (filters.length < 2) return;
    const all = this.button(words["search.clear"], { ...this.state, q: "", chosen: new Set() }, () => this.input.focus());
    list.append(element("li", {}, all));
  }

  /** near says what there would be without one of the filters. */
  private near(): void {
    const section = one("[data-near]");
    section.hidden = this.found.rows.length > 0;
    if (section.hidden) return;
    const list = section.querySelector("ul")!;
    list.replaceChildren();
    const offer = (label: string, state: State, n: number): void => {
      if (!n) return;
      const text = fill(words["search.without"], { label, count: counted(n) });
      list.append(element("li", {}, this.button(text, state, () => this.input.focus())));
    };
    offer(`“${this.state.q}”`, { ...this.state, q: "" }, this.found.withoutText);
    const looked = query(this.state.q);
    looked.forEach((word) => {
      const rest = looked.filter((other) => other !== word);
      if (!rest.length) return;
      const q = rest.map((other) => other.text).join(" ");
      offer(`“${word.text}”`, { ...this.state, q }, this.find(query(q), this.state.chosen).rows.length);
    });
    for (const [facets, n] of this.found.without) {
      const dropped = [...this.state.chosen].filter((i) => 1 << this.terms[i].facet === facets);
      const chosen = new Set([...this.state.chosen].filter((i) => !dropped.includes(i)));
      offer(dropped.map((i) => this.terms[i].label).join(" · "), { ...this.state, chosen }, n);
    }
    section.querySelector<HTMLElement>("h3")!.hidden = list.children.length === 0;
  }

  /** button leads to another state; then says where the keyboard goes on,
   * since the button itself will be gone. */
  private button(text: string, state: State, then: () => void): HTMLButtonElement {
    const button = element("button", { type: "button" }, text);
    button.addEventListener("click", () => {
      this.input.value = state.q;
      this.go(state);
      then();
    });
    return button;
  }
}

/** The facets whose terms are looked through with the words. */
const said = new Set(["subjects", "skills", "kinds", "providers"]);

async function start(): Promise<void> {
  const form = document.querySelector<HTMLFormElement>("form[data-search]");
  if (!form) return;
  const count = one("[data-count]");
  one("[data-found]").hidden = false;
  const params = new URLSearchParams(location.search);
  form.querySelector<HTMLInputElement>("[name=q]")!.value = params.get("q") ?? "";
  count.textContent = words["search.loading"];
  try {
    const response = await fetch(form.dataset.search!);
    if (!response.ok) throw new Error(response.statusText);
    new Search(await response.json());
  } catch {
    count.textContent = words["search.failed"];
  }
}

void start();
