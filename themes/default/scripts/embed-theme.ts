// Light or dark, whatever the visitor's device prefers: the site around the frame
// is one of both.

/** dark has the page be «dark» or «light»; anything else leaves it to the
 * device. */
export function dark(theme: string): void {
  if (theme !== "dark" && theme !== "light") return;
  document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')!.content = theme;
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) settle(link, theme);
}

/** settle decides the rules of a style sheet that ask the device. A sandboxed
 * frame may read the sheet only where its host lets other sites read it. */
function settle(link: HTMLLinkElement, theme: string): void {
  try {
    for (const rule of link.sheet!.cssRules) choose(rule, theme);
  } catch {
    if (link.crossOrigin !== null) return;
    const open = link.cloneNode() as HTMLLinkElement;
    open.crossOrigin = "anonymous";
    open.onload = () => {
      settle(open, theme);
      link.remove();
    };
    open.onerror = () => open.remove();
    link.after(open);
  }
}

function choose(rule: CSSRule, theme: string): void {
  if (rule instanceof CSSMediaRule) {
    const prefers = /^\(prefers-color-scheme:\s*(dark|light)\)$/.exec(rule.media.mediaText)?.[1];
    if (prefers) rule.media.mediaText = prefers === theme ? "all" : "not all";
  }
  if (rule instanceof CSSStyleRule && /light dark/.test(rule.style.colorScheme)) rule.style.colorScheme = theme;
  for (const inner of (rule as CSSGroupingRule).cssRules ?? []) choose(inner, theme);
}
