// Menus that open are details elements and work without this. As people expect
// of a menu, Escape closes it, and so does a click or the focus elsewhere.
import { all, one } from "./page";

export function menus(): void {
  document.addEventListener("click", (e) => close(e.target as Node));
  document.addEventListener("focusin", (e) => close(e.target as Node));
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    const open = one("details.pop[open]");
    if (open?.contains(document.activeElement)) one("summary", open)?.focus();
    close();
  });
}

/** close closes the menus, but the one that somebody is in. */
function close(within: Node | null = null): void {
  for (const menu of all("details.pop[open]")) if (!menu.contains(within)) menu.removeAttribute("open");
}
