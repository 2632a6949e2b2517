// The end of the form: the file, and the ways to send it.
import { all, one } from "./page";
import { copy } from "./share";

/** File is a file for the catalogue. */
export interface File { name: string; text: string }

/** Letter is what an e-mail says beside the file. */
export interface Letter { to: string; subject: string; body: string; paste: string }

/** most is how long an address can be: hosts refuse more than some 8,000
 * characters. mostMail is what mail programs take. */
const [most, mostMail] = [7500, 2000];

const shown = (element: HTMLElement, on: boolean): boolean => ((element.hidden = !on), on);

/** offer shows a file in a part of the page, with the ways to send it. New is
 * the address of a new file, edit that of a change; empty where there is none. */
export function offer(where: HTMLElement, file: File, make: string, edit: string, letter: Letter): void {
  const part = <E extends HTMLElement = HTMLAnchorElement>(name: string): E => one(`[data-${name}]`, where) as E;
  const address = make.replace("{file}", file.name);
  const whole = address.replace("{text}", encodeURIComponent(file.text));
  const fits = whole.length <= most && !edit;
  part("name").textContent = file.name;
  part("text").textContent = file.text;
  if (shown(part("open"), !!make && fits)) part("open").href = whole;
  if (shown(part("copy-open"), !!make && !fits)) part("copy-open").href = edit ? edit + file.name : address.replace("{text}", "");
  shown(part("long"), !!make && !fits);
  part("long").textContent = part("long").dataset[edit ? "edit" : "new"]!;
  for (const name of ["copy-file", "copy-open"]) part(name).onclick = () => void copy(part(name), file.text);
  const download = part("download");
  URL.revokeObjectURL(download.href);
  download.href = URL.createObjectURL(new Blob([file.text], { type: "text/markdown" }));
  download.download = file.name.slice(file.name.lastIndexOf("/") + 1);
  mail(part("mail"), part("mail-long"), file, letter);
}

/** mail is a letter with the file in it; where it is too long for a link, the
 * text is copied, to be put in. */
function mail(link: HTMLAnchorElement, note: HTMLElement, file: File, { to, subject, body, paste }: Letter): void {
  if (!shown(link, !!to)) return;
  const letter = (text: string): string => `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`;
  const whole = letter(`${body}${file.name}\n\n${file.text}`);
  const fits = whole.length <= mostMail;
  const short = letter(`${body}${file.name}\n\n${paste}\n\n`);
  link.href = fits ? whole : short.length <= mostMail ? short : letter(`${file.name}\n\n${paste}\n\n`);
  shown(note, !fits);
  link.onclick = () => void (fits || copy(link, body + file.text));
}

/** done shows the end, and where it leads. */
export function done(page: string, editing: boolean, first: boolean, proposals: string): void {
  const send = one("[data-send]")!;
  one("[data-page]", send)!.textContent = page;
  for (const step of all("[data-of-new]", send)) step.hidden = editing;
  for (const step of all("[data-of-edit]", send)) step.hidden = !editing;
  one("[data-first]", send)!.hidden = !first;
  shown(one("[data-proposals]", send)!, !!proposals);
  one("[data-proposals-text]", send)!.textContent = proposals;
  const button = one("[data-copy-proposals]", send)!;
  button.onclick = () => void copy(button, proposals);
}
