// Buttons that copy, share and print. They stand hidden in the page and are
// shown where they work.
import { all, announce, done, say } from "./page";

export function share(): void {
  for (const button of all("[data-copy]")) {
    show(button, () => {
      const what = button.dataset.copy || "url";
      void copy(button, what === "url" ? here() : what);
    });
  }
  if ("share" in navigator) {
    for (const button of all("[data-share]")) show(button, () => void send(whole(button.dataset.share)));
  }
  for (const button of all("[data-print]")) show(button, () => print());
}

/** whole is what the device's apps get: a message that says all, else the page. */
const whole = (text?: string): ShareData => ({ title: document.title, ...(text ? { text } : { text: description(), url: here() }) });

export function show(button: HTMLElement, act: () => void): void {
  button.hidden = false;
  button.addEventListener("click", act);
}

export const here = (): string => location.href.replace(/#.*/, "");

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
