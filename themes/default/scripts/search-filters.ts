// What narrows a search down: filters by terms, days and place, and what is
// made of them. It is loaded once somebody asks for it, or has followed a link
// that does; the search page works on words without it.
import { showChips, showMisses } from "./search-active";
import { count } from "./search-counting";
import { days } from "./search-days";
import { known, named, showFacets } from "./search-facets";
import { near } from "./search-near";
import { showOwn } from "./search-own";
import { fail, part } from "./search-parts";
import { address, type Found, type State } from "./search-state";

const filters = part<HTMLDetailsElement>("filters");

/** shows make the page that of a state. What else a page shows of one is added. */
export const shows: ((state: State, found: Found) => void)[] = [showFacets, days(), near(), showChips, showOwn];


/** show makes the filters those of what was found. Terms that the catalogue no
 * longer has are left out of what is looked for. */
async function show(found: Found): Promise<void> {
  const { state, results, catalogue, others } = found;
  try {
    await named(catalogue, state);
  } catch {
    return fail();
  }
  const sound = known(state);
  if (address(sound) !== address(state)) {
    history.replaceState(null, "", address(sound));
    return void dispatchEvent(new PopStateEvent("popstate")); // the page reads its address again
  }
  for (const one of shows) one(state, found);
  count(results);
  await showMisses(!results.count, state, others).catch(() => {}); // something else is asked by now
}

// Where the filters hide the results, a button leads from them to these.
part("shut").onclick = () => {
  filters.open = false;
  part("found").scrollIntoView();
  filters.querySelector("summary")!.focus({ preventScroll: true });
};

document.addEventListener("fursa:found", (event) => void show((event as CustomEvent<Found>).detail));
