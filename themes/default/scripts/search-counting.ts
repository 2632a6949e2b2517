// How many listings each filter has: asked for while its part of the page is
// open.
import { fail } from "./search-parts";
import type { Results } from "./search/engine";

let results: Results | undefined;
const looks: (() => void)[] = [];

/** count asks anew, for other results. */
export function count(found: Results): void {
  results = found;
  for (const look of looks) look();
}

/** counting asks for counts while a part of the filters is open, and gives them
 * to a function that shows them unless there are newer results by then. */
export function counting<C>(details: HTMLDetailsElement, ask: (results: Results) => Promise<C>, show: (counts: C) => void): void {
  const look = async (): Promise<void> => {
    const asked = results;
    if (!asked || !details.open) return;
    try {
      const counts = await ask(asked);
      if (asked === results) show(counts);
    } catch {
      if (asked === results) fail();
    }
  };
  details.addEventListener("toggle", look);
  looks.push(look);
}
