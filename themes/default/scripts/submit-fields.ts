// The form as a record and back. Its fields say in data-as how they are asked
// for; tables and lists of tables hold others, as the record does.

export type Value = string | number | boolean | Value[] | { [key: string]: Value };
export type Table = { [key: string]: Value };

const nearest = "[data-as], [data-entry]";

/** fieldsOf are the fields right below a table, or the form. */
export const fieldsOf = (table: Element): HTMLElement[] =>
  [...table.querySelectorAll<HTMLElement>("[data-as]")].filter((f) => f.parentElement!.closest(nearest) === table);

export const entriesOf = (list: Element): HTMLElement[] => [...list.querySelector(":scope > [data-entries]")!.children] as HTMLElement[];

export type Control = HTMLInputElement & HTMLSelectElement & HTMLTextAreaElement;
export const controls = (field: Element): Control[] => [...field.querySelectorAll<Control>("input, select, textarea")];

/** off says that a field belongs to a choice that was not made: what stands in
 * it is kept, and not written. */
const off = (field: HTMLElement): boolean => field.dataset.off !== undefined;

/** tableOf is what a table's fields say; what is empty is left out. */
export function tableOf(table: Element): Table {
  const record: Table = {};
  for (const field of fieldsOf(table)) {
    const value = off(field) ? undefined : valueOf(field);
    if (value !== undefined && field.dataset.as !== "outside") record[field.dataset.key!] = value;
  }
  return record;
}

const filled = (text: string): string | undefined => text.trim() || undefined;
const some = <V>(list: V[]): V[] | undefined => (list.length ? list : undefined);

/** digits are those of all keyboards as ASCII has them. */
const digits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (d) => String(d.charCodeAt(0) & 15)).replace("٫", ".");

function number(text: string): string | number | undefined {
  const plain = digits(text.trim());
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : filled(text);
}

const seconds = (time: string): string => (time.length === 5 ? `${time}:00` : time);

export function valueOf(field: HTMLElement): Value | undefined {
  const [first, second, third] = controls(field);
  switch (field.dataset.as) {
    case "table": {
      const table = tableOf(field);
      return Object.keys(table).length ? table : undefined;
    }
    case "list": return some(entriesOf(field).map(tableOf));
    case "flag": return true;
    case "fixed": return Number((field as HTMLInputElement).value);
    case "number": return number(first!.value);
    case "yesno": return first!.value ? first!.value === "true" : undefined;
    case "some": {
      const values = controls(field).filter((c) => c.checked).map((c) => c.value);
      const before = (field.dataset.order ?? "").split(" ").filter((value) => values.includes(value)); // as it was written
      return some([...new Set([...before, ...values])]);
    }
    case "lines": return some(first!.value.split("\n").map((line) => line.trim()).filter(Boolean));
    case "term": case "terms": {
      const ids = [...field.querySelectorAll<HTMLElement>("[data-id]")].map((chip) => chip.dataset.id!);
      return field.dataset.as === "term" ? ids[0] : some(ids);
    }
    case "time": return filled(seconds(first!.value));
    case "moment": return filled([first!.value, first!.value && seconds(second!.value)].filter(Boolean).join("T"));
    case "repeats":
      if (first!.value === "=") return filled(third!.value);
      return filled(first!.value && [first!.value, second!.value && `UNTIL=${second!.value.replaceAll("-", "")}`].filter(Boolean).join(";"));
    case "duration": {
      const amount = digits(first!.value.trim());
      if (field.dataset.was) return field.dataset.was; // nobody has touched it
      return filled(amount && `P${/[MH]/.test(second!.value) ? "T" : ""}${amount}${second!.value}`);
    }
  }
  return filled(first!.value);
}

/** fill puts a table into its fields; what it does not say is emptied. */
export function fill(table: Element, record: Table, label: (field: HTMLElement, id: string) => void): void {
  for (const field of fieldsOf(table)) if (field.dataset.as !== "outside") put(field, record[field.dataset.key!], label);
}

function put(field: HTMLElement, value: Value | undefined, label: (field: HTMLElement, id: string) => void): void {
  const [first, second, third] = controls(field);
  const text = value === undefined ? "" : String(value);
  switch (field.dataset.as) {
    case "flag": case "fixed": return;
    case "table": return fill(field, (value ?? {}) as Table, label);
    case "list":
      entriesOf(field).forEach((entry) => entry.remove());
      return ((value ?? []) as Table[]).forEach((record) => fill(addEntry(field), record, label));
    case "some": {
      const values = (value ?? []) as string[];
      field.dataset.order = values.join(" ");
      return controls(field).forEach((c) => (c.checked = values.includes(c.value)));
    }
    case "lines": return void (first!.value = ((value ?? []) as string[]).join("\n"));
    case "term": case "terms":
      field.querySelector("[data-chosen]")!.replaceChildren();
      return [value ?? []].flat().forEach((id) => label(field, String(id)));
    case "moment":
      [first!.value, second!.value] = [text.slice(0, 10), text.slice(11, 16)];
      return;
    case "repeats": {
      const [, how, year, month, day] = /^(FREQ=(?:DAILY|WEEKLY|WEEKLY;INTERVAL=2|MONTHLY))(?:;UNTIL=(\d{4})(\d\d)(\d\d))?$/.exec(text) ?? [];
      first!.value = how ?? (text && "=");
      second!.value = year ? `${year}-${month}-${day}` : "";
      third!.value = how ? "" : text;
      return;
    }
    case "duration": {
      const [, amount, unit] = /^PT?(\d+)([MHDW])$/.exec(text) ?? [];
      first!.value = amount ?? text;
      second!.value = unit ?? "M";
      if (text) field.dataset.was = text;
      else delete field.dataset.was;
      return;
    }
  }
  first!.value = text;
}

let entries = 0;

/** addEntry adds an empty entry to a list. Its ids are its own. */
export function addEntry(list: HTMLElement): HTMLElement {
  const entry = list.querySelector<HTMLTemplateElement>(":scope > template")!.content.firstElementChild!.cloneNode(true) as HTMLElement;
  const suffix = `-${++entries}`;
  for (const e of entry.querySelectorAll<HTMLElement>("*")) {
    for (const name of ["id", "for", "aria-controls", "aria-describedby"]) {
      if (e.hasAttribute(name)) e.setAttribute(name, e.getAttribute(name) + suffix);
    }
  }
  list.querySelector(":scope > [data-entries]")!.append(entry);
  return entry;
}

/** find is the field that a JSON Pointer of the record leads to, as far as the
 * form has one. */
export function find(form: HTMLElement, pointer: string): HTMLElement {
  let at = form;
  for (const key of pointer.split("/").slice(1)) {
    const next = at.dataset.as === "list" ? entriesOf(at)[Number(key)] : fieldsOf(at).find((f) => f.dataset.key === key && !off(f) && f.localName !== "input");
    if (!next) break;
    at = next;
  }
  return at;
}
