// The form in which a provider writes a listing. This shows and hides its
// parts, keeps what is written in this browser, and tells the script of the
// checks, which comes after it, what the form says at each change.
import { all, one, ready, root } from "./page";
import { addEntry, controls, entriesOf, fieldsOf, fill, tableOf, valueOf, type Table } from "./submit-fields";
import { chip, equip, type Term } from "./submit-terms";

/** Data is what generator/plan/submitdata.go gives. */
export interface Data {
  words: Record<string, string>;
  says: Record<string, string>;
  messages: Record<string, Record<string, string>>;
  terms: Record<string, Term[] | null>;
  inline: string[];
  language: string;
  currency: string;
  email: string;
}

/** Draft is what the form says: the record, and what is not of it. */
export interface Draft {
  record: Table;
  outside: Table; // provider, fresh (a new one), body, slug
  choices: Record<string, string>;
  /** Terms that nobody has: the field's label, and the words for it. */
  proposals: [field: string, text: string, key: string][];
}

/** Told is the event «fursa:draft»: what the form says, and what of it has been
 * looked at; all of it where it is to be finished. */
export interface Told {
  draft: Draft;
  data: Data;
  finish: boolean;
}

const form = one("[data-submit]") as HTMLFormElement | null;
const fields = form && one("[data-as=form]", form)!;
const key = `fursa:submit:${root}${new URLSearchParams(location.search).get("edit") ?? ""}`;
let data: Data | undefined;
let waiting = 0;
let begun = false; // somebody has written something

const word = (name: string, holes: Record<string, string> = {}): string =>
  (data!.words[name] ?? name).replace(/\{(\w+)\}/g, (hole, part: string) => holes[part] ?? hole);

const outsides = (): HTMLElement[] => all("[data-as=outside]", form!);

function draft(): Draft {
  const proposals = all("[data-proposed]", form!).map((c): [string, string, string] => {
    const field = c.closest<HTMLElement>("[data-as]")!;
    return [field.querySelector("label")!.firstChild!.textContent!.trim(), c.dataset.proposed!, field.dataset.key!];
  });
  const choices = Object.fromEntries(all("[data-choice]", form!).map((c) => [c.dataset.choice!, one(":checked", c)?.getAttribute("value") ?? ""]));
  return { record: tableOf(fields!), outside: Object.assign({}, ...outsides().map(tableOf)), choices, proposals };
}

/** show puts a draft into the form. */
function show(d: Draft): void {
  const label = (field: HTMLElement, id: string): void =>
    chip(field, word, data!.terms[field.dataset.terms!]?.find((t) => t.id === id)?.label ?? id, id);
  fill(fields!, d.record, label);
  for (const outside of outsides()) fill(outside, d.outside, label);
  for (const [name, value] of Object.entries(d.choices)) {
    for (const radio of all(`[data-choice="${name}"] input`, form!) as HTMLInputElement[]) radio.checked = radio.value === value;
  }
  for (const [, text, name] of d.proposals) {
    const field = one(`[data-key="${name}"][data-terms]`, form!);
    if (field) chip(field, word, text);
  }
  settle();
}

/** state is what a choice says, or a field. */
function state(name: string): string[] {
  const choice = one(`[data-choice="${name}"]`, form!);
  if (choice) return [one(":checked", choice)?.getAttribute("value") ?? ""];
  const field = [...outsides(), fields!].flatMap(fieldsOf).find((f) => f.dataset.key === name)!;
  if (one("[data-proposed]", field)) return ["new"];
  return [valueOf(field) ?? []].flat().map(String);
}

/** settle shows what the choices ask for. What was written into another part is
 * kept: of a choice that was not made it is not sent, all else stays in sight. */
function settle(): void {
  for (const field of all("[data-if]", form!)) {
    const [name, wanted] = field.dataset.if!.split("=") as [string, string];
    const on = state(name).some((value) => wanted.split(" ").includes(value));
    const chosen = one(`[data-choice="${name}"]`, form!) || name === "provider";
    if (on || !chosen) delete field.dataset.off;
    else field.dataset.off = "";
    field.hidden = !on && (!!chosen || valueOf(field) === undefined);
    if (on && field.dataset.key === "sessions" && !entriesOf(field).length) addEntry(field);
  }
  for (const field of all("[data-as=repeats]", form!)) {
    const how = controls(field)[0]!.value;
    one("[data-until]", field)!.hidden = !how || how === "=";
    one("[data-rule]", field)!.hidden = how !== "=";
  }
  for (const field of data ? all("[data-terms]", form!) : []) {
    if (field.dataset.equipped) continue;
    field.dataset.equipped = "yes";
    equip(field, () => data!.terms[field.dataset.terms!] ?? [], word, changed);
  }
}

function changed(): void {
  begun = true;
  settle();
  clearTimeout(waiting);
  waiting = setTimeout(() => tell(false), 200);
}

/** tell keeps what the form says, and tells of it. */
function tell(finish: boolean): void {
  clearTimeout(waiting);
  if (!data) return;
  const now = draft();
  if (finish || begun) keep(now);
  document.dispatchEvent(new CustomEvent<Told>("fursa:draft", { detail: { draft: now, data, finish } }));
}

function keep(d: Draft): void {
  try {
    localStorage.setItem(key, JSON.stringify(d));
  } catch {
    const kept = one("[data-earlier-text]", form!)!;
    kept.textContent = kept.dataset.refused!;
    one("[data-earlier]", form!)!.hidden = false;
  }
}

function kept(): Draft | undefined {
  try {
    const d = JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null;
    return d?.record && d.outside && d.choices && d.proposals ? d : undefined;
  } catch {
    return undefined; // nothing that can be read
  }
}

/** anew forgets what is kept. */
function anew(): void {
  begun = false;
  try {
    localStorage.removeItem(key);
  } catch {
    // There is nothing to forget.
  }
  location.reload();
}

/** press sees to the buttons of the lists. */
function press(event: Event): void {
  const button = (event.target as Element).closest<HTMLElement>("[data-add], [data-remove]");
  if (!button) return;
  const list = button.closest<HTMLElement>("[data-as=list]")!;
  if (button.dataset.add !== undefined) controls(addEntry(list)).find((c) => c.offsetParent)?.focus();
  else {
    button.closest("[data-entry]")!.remove();
    one("[data-add]", list)!.focus();
  }
  changed();
}

/** touched marks what somebody has been at: its mistakes are shown from then
 * on. */
function touched(event: Event): void {
  const field = (event.target as Element).closest<HTMLElement>("[data-as]");
  if (!field || field === fields) return;
  if (field.dataset.as === "duration") delete field.dataset.was;
  field.dataset.touched = "";
  changed();
}

/** listen sees to what people do; what they have written before all that can be
 * chosen is there is told then. */
function listen(): void {
  form!.oninput = changed;
  form!.addEventListener("change", touched);
  form!.onclick = press;
  form!.onsubmit = () => false; // the Enter key in a field ends nothing
  one("[data-finish]", form!)!.onclick = () => {
    settle();
    tell(true);
  };
  one("[data-anew]", form!)!.onclick = anew;
  addEventListener("pagehide", () => begun && keep(draft()));
}

async function start(): Promise<void> {
  form!.hidden = false;
  settle();
  listen();
  const response = await fetch(form!.dataset.lists!);
  data = (await response.json()) as Data;
  const before = kept();
  one("[data-earlier]", form!)!.hidden = !before;
  if (before) show(before);
  else settle();
  document.addEventListener("fursa:fill", (event) => {
    if (!before) show((event as CustomEvent<Draft>).detail);
    tell(false);
  });
  await import(form!.dataset.script!);
  tell(false);
}

if (form) ready(() => void start().catch(() => (one("[data-failed]", form)!.hidden = false)));
