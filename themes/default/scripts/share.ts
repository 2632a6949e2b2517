// Buttons that copy, share and print. They stand hidden in the page and are
// shown where they work.
import { message } from "./message";
import { all, announce, done, say } from "./page";

export function share(): void {
  for (const button of all("[data-copy]")) {
    show(button, () => {
      const what = button.dataset.copy || "url";
      void copy(button, what === "url" ? here() : what === "message" ? message(here()) : what);
    });
  }
  if ("share" in navigator) {
    for (const button of all("[data-share]")) show(button, () => void send(whole()));
  }
  for (const link of all(".listing .pop a") as HTMLAnchorElement[]) fill(link, message(here()));
  for (const button of all("[data-print]")) show(button, () => print());
}

/** whole is what the device's apps get: a message, and the address where that
 * is the page's. */
function whole(): ShareData {
  const [title, text, url] = [document.title, message(here()), here()];
  if (!text) return { title, text: description(), url };
  return text.endsWith(`\n${url}`) ? { title, text: text.slice(0, -url.length - 1), url } : { title, text };
}

/** fill puts the message into a link that sends one, in the place of the shorter
 * one that the page has for who runs no scripts. */
function fill(link: HTMLAnchorElement, text: string): void {
  const part = link.href.startsWith("https://wa.me/?") ? "text" : link.href.startsWith("mailto:?") ? "body" : "";
  if (part) link.href = link.href.replace(new RegExp(`([?&]${part}=)[^&]*`), (_, name: string) => name + encodeURIComponent(text));
}

export function show(button: HTMLElement, act: () => void): void {
  button.hidden = false;
  button.addEventListener("click", act);
}

const here = (): string => location.href.replace(/#.*/, "");

const description = (): string => document.querySelector<HTMLMetaElement>('meta[name="description"]')?.content ?? "";

/** send opens the device's own share sheet. */
export async function send(what: ShareData): Promise<void> {
  try {
    await navigator.share(what);
  } catch (e) {
    // Who closes the sheet needs no message.
    if ((e as Error).name !== "AbortError") announce(say("share-failed"));
  }
}

export async function copy(button: HTMLElement, what: string): Promise<void> {
  const ok = await write(what);
  done(button, ok ? say("copied") : say("copy-failed", { text: what }));
}

async function write(what: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(what);
    return true;
  } catch {
    return writeFromField(what); // no permission, or a page without TLS
  }
}

function writeFromField(what: string): boolean {
  const focused = document.activeElement as HTMLElement | null;
  const field = document.createElement("textarea");
  field.value = what;
  field.readOnly = true;
  field.style.cssText = "position:fixed;inset-block-start:0;opacity:0";
  document.body.append(field);
  field.select();
  const ok = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return ok;
}
