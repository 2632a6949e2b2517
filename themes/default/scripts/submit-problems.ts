// What is wrong, where it is: below each field that somebody has been at, and
// in a list at the end once all of it is to be sent.
import { one } from "./page";
import { element } from "./search-parts";
import type { Data } from "./submit";
import { controls, find } from "./submit-fields";
import { worded, type Problem } from "./submit/explain";

/** Said is a problem in words, at a field. */
export interface Said { field: HTMLElement; text: string }

/** labelOf is what the form calls a field. */
export const labelOf = (field: HTMLElement): string =>
  (field.querySelector(":scope > label, :scope > legend")?.firstChild?.textContent ?? "").trim();

/** places are where the problems of rules on several fields are shown. */
const places: { [rule: string]: string } = { "place-missing": "/place", "ages-missing": "/ages", "group-missing": "/group" };

/** put says a problem at the field that it is about. */
export function put(problem: Problem, form: HTMLElement, data: Data): Said {
  const rule = problem.rule.replace(/^\w+\//, "");
  const missing = rule === "missing-key" ? `/${problem.args.key!.slice(1, -1)}` : "";
  let field = /^time-/.test(rule) ? one('[data-choice="when"]', form)! : find(form, places[rule] ?? problem.pointer + missing);
  if (field.dataset.key === "cost") field = one('[data-choice="cost"]', field) ?? field;
  const label = labelOf(field);
  const own = data.says[rule];
  if (own) {
    const holes: { [name: string]: string } = { ...problem.args, label };
    return { field, text: own.replace(/\{(\w+)\}/g, (hole, name: string) => holes[name] ?? hole) };
  }
  const { message, hint } = worded({ ...problem, args: { ...problem.args, key: label } }, data.messages);
  return { field, text: [message, hint].filter(Boolean).join(". ") };
}

/** show writes problems below their fields, and takes away those that are
 * mended. Of what nobody has been at it says nothing unless all is asked for. */
export function show(form: HTMLElement, list: Said[], whole: boolean): void {
  const texts = new Map<HTMLElement, string[]>();
  for (const { field, text } of list) {
    if (whole || field.dataset.touched !== undefined) texts.set(field, [...(texts.get(field) ?? []), text]);
  }
  for (const old of form.querySelectorAll<HTMLElement>(".error")) {
    if (!texts.has(old.parentElement!)) clear(old);
  }
  for (const [field, words] of texts) write(field, words.join(" "));
}

let errors = 0;

function write(field: HTMLElement, text: string): void {
  let line = field.querySelector<HTMLElement>(":scope > .error");
  if (!line) {
    line = element("p", { class: "error", id: `error-${++errors}` });
    const label = field.querySelector(":scope > .help") ?? field.querySelector(":scope > label, :scope > legend");
    if (label) label.after(line);
    else field.append(line);
  }
  if (line.textContent !== text) line.textContent = text;
  for (const control of own(field)) {
    control.setAttribute("aria-invalid", "true");
    const ids = (control.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    if (!ids.includes(line.id)) control.setAttribute("aria-describedby", [line.id, ...ids].join(" "));
  }
}

function clear(line: HTMLElement): void {
  for (const control of own(line.parentElement!)) {
    control.removeAttribute("aria-invalid");
    const rest = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== line.id).join(" ");
    if (rest) control.setAttribute("aria-describedby", rest);
    else control.removeAttribute("aria-describedby");
  }
  line.remove();
}

/** own are a field's controls, of a table the first alone: a problem of the
 * whole is not one of each part. */
const own = (field: HTMLElement): HTMLElement[] => {
  const all = controls(field).filter((c) => c.type !== "hidden" && c.type !== "checkbox" && c.type !== "radio");
  return /table|list/.test(field.dataset.as ?? "") ? [] : all;
};

/** summary lists all problems; each leads to its field. */
export function summary(list: Said[]): void {
  const box = one("[data-problems]")!;
  const before = one("ul", box)!;
  const texts = list.map(({ field, text }) => `${labelOf(field)} ${text}`).join("\n");
  box.hidden = !list.length;
  if (before.dataset.texts === texts) return; // a link that has the focus keeps it
  before.dataset.texts = texts;
  before.replaceChildren(...list.map(({ field, text }) => {
    const target = controls(field).find((c) => c.type !== "hidden") ?? field;
    target.id ||= `at-${++errors}`;
    const label = labelOf(field);
    const link = element("a", { href: `#${target.id}` }, text.startsWith(label) || !label ? text : `${label}: ${text}`);
    link.onclick = () => {
      for (let at = target.closest("details"); at; at = at.parentElement!.closest("details")) at.open = true;
      target.focus();
      target.scrollIntoView({ block: "center" });
      return false;
    };
    return element("li", {}, link);
  }));
}
