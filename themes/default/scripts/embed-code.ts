// The code that people paste into pages of theirs, as the page shows it: that of
// the whole catalogue, which becomes that of a search and of the looks chosen.
import { all, one } from "./page";

const first = new Map<HTMLElement, string>();
let query = "";

/** codeFor has the page show the code of a search: the query of an address,
 * "?subjects=art", or empty for everything. */
export function codeFor(search: string): void {
  query = search;
  draw();
}

/** choices has the choice of looks change the code, once. */
export function choices(): void {
  const form = one("[data-looks]");
  if (!form) return;
  form.hidden = false;
  form.addEventListener("change", draw);
  form.addEventListener("submit", (event) => event.preventDefault());
}

/** looked is the query with the looks that are not the usual ones. */
function looked(): string {
  const params = new URLSearchParams(query);
  for (const select of all("[data-looks] select") as HTMLSelectElement[]) {
    if (select.value) params.set(select.name, select.value);
  }
  const text = params.toString();
  return text && `?${text}`;
}

function draw(): void {
  for (const box of all("[data-embed]")) {
    const { embed, about } = box.dataset as Record<string, string>;
    const change = (text: string): string => text
      .replaceAll(`"${embed}"`, `"${embed}${escaped(looked())}"`)
      .replaceAll(`"${about}"`, `"${about}${escaped(query)}"`);
    for (const code of all("[data-code]", box)) {
      if (!first.has(code)) first.set(code, code.textContent!);
      code.textContent = change(first.get(code)!);
      one("[data-copy]", code.closest("div")!)!.dataset.copy = code.textContent;
    }
    for (const code of all("[data-address]", box)) {
      code.textContent = embed + looked();
      one("[data-copy]", code.closest("div")!)!.dataset.copy = code.textContent;
    }
  }
  for (const link of all("[data-with-search]") as HTMLAnchorElement[]) link.search = "looked" in link.dataset ? looked() : query;
}

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
