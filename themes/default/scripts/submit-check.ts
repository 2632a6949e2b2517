// What the form loads after it is there: the checks, the card, the file, and
// what an existing listing says.
import { lang, one } from "./page";
import { element } from "./search-parts";
import { copy } from "./share";
import { isPath } from "./store";
import type { Data, Draft, Told } from "./submit";
import { showCard } from "./submit-card";
import { listingAt } from "./submit-edit";
import { controls, find, type Table } from "./submit-fields";
import { labelOf, put, show, summary, type Said } from "./submit-problems";
import { done, offer, type Letter } from "./submit-send";
import { explain } from "./submit/explain";
import { formats } from "./submit/formats";
import { order, times } from "./submit/order";
import { Schemas } from "./submit/schema";
import { isSlug, slugify } from "./submit/slug";
import { encode } from "./submit/toml";

const form = one("[data-submit]") as HTMLFormElement;
const fields = one("[data-as=form]", form)!;
const who = one("[data-who]", form)!;
const address = one("[data-address]", form)!;
const editing = ((path) => (path && isPath(path) ? path : ""))(new URLSearchParams(location.search).get("edit") ?? "");

const fetched = async (url: string): Promise<any> => (await fetch(url)).json();
const common = fetched(form.dataset.schema!.replace("opportunity", "common"));
const schemasOf = async (kind: string): Promise<Schemas> =>
  new Schemas(await fetched(form.dataset.schema!.replace("opportunity", kind)), await common, formats);
const opportunity = schemasOf("opportunity");
let provider: Promise<Schemas> | undefined;

let latest = 0;
let whole = false; // all mistakes are shown, not only those of what was touched

const failed = (): void => void (one("[data-failed]", form)!.hidden = false);

document.addEventListener("fursa:draft", (event) => void hear((event as CustomEvent<Told>).detail).catch(failed));

/** hear takes what the form says now. An answer that comes when it says
 * something else again is dropped. */
async function hear(told: Told): Promise<void> {
  const turn = ++latest;
  const { draft, data, finish } = told;
  whole ||= finish;
  showCard(told);
  const schemas = await opportunity;
  const fresh = newProvider(draft, data);
  suggest(draft, fresh?.name as string | undefined);
  const said = [...explain(schemas, draft.record), ...order(draft.record), ...times(draft.record)].map((p) => put(p, fields, data));
  said.unshift(...outside(draft, data, !!fresh));
  if (fresh) {
    provider ??= schemasOf("provider");
    said.push(...explain(await provider, fresh).map((p) => put(p, find(who, "/fresh"), data)));
  }
  if (finish && !said.length && !editing) said.push(...(await taken(draft, data)));
  if (turn !== latest) return;
  show(form, said, whole);
  if (whole) summary(said);
  const send = one("[data-send]")!;
  if (said.length || !(finish || !send.hidden)) {
    send.hidden = true;
    if (finish) one("[data-problems]", form)!.focus();
    return;
  }
  await write(draft, data, fresh);
  if (turn !== latest) return;
  send.hidden = false;
  if (finish) one("#send", send)!.focus();
}

/** newProvider is the record of a provider that is not in the catalogue. */
function newProvider(draft: Draft, data: Data): Table | undefined {
  const [, name] = draft.proposals.find(([, , key]) => key === "provider") ?? [];
  if (!name || editing) return undefined;
  const { slug, ...rest } = (draft.outside.fresh ?? {}) as Table;
  return { name, ...(lang !== data.language && { lang }), ...rest };
}

const suggested = new Map<HTMLElement, string>();

/** suggest fills in the short names that nobody has written: made of the title,
 * and where that has no Latin letters, of the subject and the kind. */
function suggest(draft: Draft, provider = ""): void {
  const { title, subjects, kind } = draft.record as { title?: string; subjects?: string[]; kind?: string };
  const own = slugify(title ?? "") || (title ? [subjects?.[0], kind].filter(Boolean).join("-") : "");
  draft.outside.slug = suggestFor(find(address, "/slug"), own);
  const fresh = find(who, "/fresh");
  if (provider) draft.outside.fresh = { ...(draft.outside.fresh as Table), slug: suggestFor(find(fresh, "/slug"), slugify(provider)) };
}

function suggestFor(field: HTMLElement, slug: string): string {
  const [input] = controls(field);
  const value = input!.value.trim();
  if (!value || value === suggested.get(field) || value === slug) {
    input!.value = slug;
    suggested.set(field, slug);
  }
  return input!.value.trim();
}

/** outside are the problems of what is not of the record. */
function outside(draft: Draft, data: Data, fresh: boolean): Said[] {
  if (editing) return [];
  const said: Said[] = [];
  const check = (field: HTMLElement, name: string, ok: boolean): void => {
    if (!ok) said.push({ field, text: (data.says[name] ?? name).replace("{label}", labelOf(field)) });
  };
  check(find(who, "/provider"), "provider", fresh || !!draft.outside.provider);
  check(find(address, "/slug"), "slug", isSlug(draft.outside.slug as string));
  if (fresh) {
    const { slug } = draft.outside.fresh as { slug: string };
    check(find(find(who, "/fresh"), "/slug"), "slug", isSlug(slug));
    check(find(find(who, "/fresh"), "/slug"), "taken", !data.terms.providers?.some((p) => p.id === slug));
  }
  return said;
}

const path = (draft: Draft): string =>
  editing || `opportunities/${draft.outside.provider ?? (draft.outside.fresh as Table).slug}/${draft.outside.slug}`;

const pageOf = (draft: Draft): string => new URL(`../${path(draft)}/`, location.href).href;

/** taken asks whether there is a listing of that name already. */
async function taken(draft: Draft, data: Data): Promise<Said[]> {
  const there = await fetch(pageOf(draft), { method: "HEAD" }).then((r) => r.ok, () => false);
  return there ? [{ field: find(address, "/slug"), text: data.says.taken ?? "" }] : [];
}

/** write shows the file, and the ways to send it. */
async function write(draft: Draft, data: Data, fresh?: Table): Promise<void> {
  const { new: make = "", edit = "" } = form.dataset;
  const word = (key: string): string => data.words[key] ?? "";
  const text = encode(draft.record, String(draft.outside.body ?? ""), await opportunity, data.inline);
  const proposals = draft.proposals.filter(([, , key]) => key !== "provider").map(([label, words]) => `${label}: ${words}`).join("\n");
  const letter: Letter = {
    to: data.email, subject: `${word(editing ? "mail-change" : "mail-new")} ${draft.record.title}`,
    body: proposals && `${word("proposals")}\n${proposals}\n\n`, paste: word("paste"),
  };
  offer(one("[data-file-of=listing]")!, { name: `${path(draft)}.md`, text }, make, editing && edit, letter);
  if (fresh) {
    const { slug } = draft.outside.fresh as { slug: string };
    const file = { name: `providers/${slug}.md`, text: encode(fresh, "", await provider!, []) };
    offer(one("[data-file-of=provider]")!, file, make, "", { ...letter, subject: `${word("mail-provider")} ${fresh.name}`, body: "" });
  }
  done(pageOf(draft), !!editing, !!fresh, proposals);
}

/** edit begins with what a listing says. Where that can't be read, the page
 * says how to change the file itself. */
async function edit(): Promise<void> {
  const heading = one("[data-heading]")!;
  heading.textContent = heading.dataset.change!;
  who.hidden = address.hidden = true;
  const listing = await listingAt(form.dataset.export!, editing).catch(() => undefined);
  if (!listing) return byHand();
  const record = listing.opportunity as Table;
  const { sessions, period, by_arrangement: arranged, cost } = listing.opportunity;
  const choices = {
    when: sessions ? "sessions" : period ? "period" : arranged ? "by_arrangement" : "anytime",
    cost: cost.amount === 0 ? "free" : cost.amount !== undefined ? "amount" : cost.unknown ? "unknown" : "range",
  };
  const draft: Draft = { record, outside: listing.body ? { body: listing.body } : {}, choices, proposals: [] };
  document.dispatchEvent(new CustomEvent("fursa:fill", { detail: draft }));
  translated(Object.keys(listing.translations ?? {}));
  const cancel = one("[data-cancelling]", form)!;
  cancel.hidden = record.status === "cancelled";
  one("button", cancel)!.onclick = () => {
    const status = find(fields, "/status");
    controls(status)[0]!.value = "cancelled";
    for (let at = status.closest("details"); at; at = at.parentElement!.closest("details")) at.open = true;
    status.dispatchEvent(new Event("change", { bubbles: true }));
    one("[data-finish]", form)!.click();
  };
}

/** translated leads to the files that have the text in other languages. */
function translated(languages: string[]): void {
  const line = one("[data-translations]", form)!;
  const { edit } = form.dataset;
  line.hidden = !languages.length || !edit;
  const names = new Intl.DisplayNames(lang, { type: "language" });
  one("span", line)!.replaceChildren(...languages.map((l) => element("a", { href: `${edit}${editing}.${l}.md`, rel: "noopener" }, names.of(l) ?? l)));
}

function byHand(): void {
  const part = one("[data-by-hand]", form)!;
  const link = one("[data-edit-file]", part) as HTMLAnchorElement;
  const button = one("[data-copy-line]", part)!;
  part.hidden = false;
  fields.hidden = true;
  link.hidden = !form.dataset.edit;
  link.href = `${form.dataset.edit}${editing}.md`;
  button.onclick = () => void copy(button, 'status = "cancelled"\n');
}

if (editing) void edit().catch(failed);
