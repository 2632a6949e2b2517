// A message for a group chat: what the page of a listing says, in fewer
// characters than the apps take, counted as they do, in UTF-16. A button copies
// it; the device's apps and the links that send a message get it too.
import { all, one, ready, say, text } from "./page";
import { copy, here, show } from "./share";

/** most is how long a message may be, longest how long one of its lines. */
const most = 999;
const longest = 200;

function start(): void {
  const listing = one("article.listing");
  if (!listing) return;
  const message = composed(listing, here());
  for (const button of all("[data-copy=url]", listing)) button.closest("li")?.after(copying(message));
  for (const button of all("[data-share]", listing)) button.dataset.share = message;
  for (const link of all(".pop a", listing) as HTMLAnchorElement[]) fill(link, message);
}

/** copying is an entry of a list: a button that copies the message. */
function copying(message: string): HTMLElement {
  const entry = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say("copy-message");
  show(button, () => void copy(button, message));
  entry.append(button);
  return entry;
}

/** fill puts the message into a link that sends one, in the place of the shorter
 * one that the page has for who runs no scripts. */
function fill(link: HTMLAnchorElement, message: string): void {
  const part = link.href.startsWith("https://wa.me/?") ? "text" : link.href.startsWith("mailto:?") ? "body" : "";
  if (part) link.href = link.href.replace(new RegExp(`([?&]${part}=)[^&]*`), (_, name: string) => name + encodeURIComponent(message));
}

/** Line is a line of a message; those of a lower rank are left out last. */
interface Line {
  rank: number;
  text: string;
}

/** ranks are the facts of a page by their classes, what decides first. */
const ranks = ["when", "where", "ages", "cost", "by"];

function composed(listing: HTMLElement, address: string): string {
  const title = [text("h1", listing), text(".state", listing)].filter(Boolean).join(" – ");
  const lines: Line[] = [{ rank: 0, text: clipped(title) }, { rank: 7, text: clipped(text(".lead", listing)) }];
  for (const fact of all(".ticket .fact", listing)) {
    const rank = ranks.indexOf(fact.className.replace("fact ", ""));
    lines.push({ rank: rank < 0 ? 8 : rank + 1, text: said(text("dt", fact), all("dd", fact)) });
  }
  lines.push(...joining(listing), { rank: 0, text: address });
  for (const line of lines) line.text = marked(line.text);
  return fitting(lines.filter((line) => line.text));
}

/** joining is how to join: where to register, and what else the page says of
 * it, but for the last day, which stands above. */
function joining(listing: HTMLElement): Line[] {
  const label = text("#join", listing);
  const link = one("[data-register]", listing) as HTMLAnchorElement | null;
  const lines: Line[] = link?.href ? [{ rank: 6, text: `${label}: ${link.href}` }] : [];
  for (const term of all("[aria-labelledby=join] dt", listing)) {
    const values: HTMLElement[] = [];
    for (let next = term.nextElementSibling; next?.localName === "dd"; next = next.nextElementSibling) values.push(next as HTMLElement);
    if (!values.some((value) => one("time", value))) lines.push({ rank: link ? 9 : 6, text: said(term.textContent ?? "", values) });
  }
  return lines;
}

/** said is a fact in a line, with as many of its values as there is room for. A
 * link to another site, such as a map, says nothing. */
function said(label: string, values: HTMLElement[]): string {
  const words = values
    .filter((value) => !one('a[href^="https:"], a[href^="http:"]', value))
    .map((value) => (value.textContent ?? "").replace(/\s+/g, " ").trim())
    .filter(Boolean);
  if (words.length === 0) return "";
  let line = clipped(`${label.trim()}: ${words[0]}`);
  for (const more of words.slice(1)) {
    if (line.length + more.length + 3 > longest) return `${line} …`;
    line += ` · ${more}`;
  }
  return line;
}

/** clipped is a line that is not too long, cut between words where it has some,
 * and never within a character. */
function clipped(line: string): string {
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut.replace(/\s+\S*$/, "")}…`;
}

/** marked is a line that apps, which look at its first letter, read in the
 * page's direction. */
function marked(line: string): string {
  const rightToLeft = /\p{Script=Arabic}|\p{Script=Hebrew}/u;
  const first = /\p{L}/u.exec(line)?.[0] ?? "";
  const other = [...line.matchAll(/\p{L}/gu)].some(([letter]) => rightToLeft.test(letter) !== rightToLeft.test(first));
  const rtl = document.documentElement.dir === "rtl";
  return first && other && rightToLeft.test(first) !== rtl ? (rtl ? "\u200f" : "\u200e") + line : line;
}

/** fitting are as many of the lines as there is room for, the most important
 * ones, in their order. */
function fitting(lines: Line[]): string {
  let room = most;
  const stay = new Set<Line>();
  for (const line of [...lines].sort((a, b) => a.rank - b.rank)) {
    if (line.text.length + 1 > room) continue;
    room -= line.text.length + 1;
    stay.add(line);
  }
  return lines.filter((line) => stay.has(line)).map((line) => line.text).join("\n");
}

ready(start);
