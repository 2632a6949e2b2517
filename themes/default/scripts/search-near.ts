// Near me: the browser is asked where somebody is when they ask for it, or follow
// a link that does and have let it tell this site before. Where they are stays
// in this tab, unless they want it in the address.
import { distance } from "./search-cards";
import { part, search, tell } from "./search-parts";
import { here, placeOf, type State } from "./search-state";

/** near makes its part of the filters work; what it returns shows a state
 * there. */
export function near(): (state: State) => void {
  const form = part<HTMLDetailsElement>("near-me");
  const [within, share, button] = ["select", "input", "button"].map((name) => form.querySelector(name)) as unknown as
    [HTMLSelectElement, HTMLInputElement, HTMLButtonElement];
  for (const option of within.options) if (option.value) option.textContent = distance(Number(option.value));
  let looked = false;
  const show = (state: State): void => {
    const on = !!placeOf(state);
    part("near-on").hidden = !on;
    if (on) [within.value, share.checked] = [state.within, state.near !== "me"];
    else if (state.near) {
      form.open = part<HTMLDetailsElement>("filters").open = true;
      message("ask");
      within.value = state.within;
      if (!looked) navigator.permissions?.query({ name: "geolocation" }).then((p) => p.state === "granted" && ask(), () => {});
      looked = true;
    }
  };
  const ask = (): void => {
    message("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        const place = `${latitude.toFixed(3)},${longitude.toFixed(3)}`;
        const near = share.checked || !kept(place) ? place : "me";
        message("private");
        search({ near, within: within.value, sort: "nearest" });
      },
      (error) => message(error.code === error.PERMISSION_DENIED ? "denied" : "unavailable"),
      { timeout: 15e3, maximumAge: 3e5 },
    );
  };
  button.onclick = ask;
  form.onchange = ask;
  return show;
}

/** kept puts a place into this tab; false where the browser keeps nothing. */
function kept(place: string): boolean {
  try {
    sessionStorage.setItem(here, place);
    return true;
  } catch {
    return false;
  }
}

function message(name: string): void {
  const line = part("near-says");
  tell((line.textContent = line.dataset[name]!));
}
