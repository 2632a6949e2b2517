// Near me: the browser is asked where somebody is when they ask for it, never
// before. Where they are stays in this tab, unless they want it in the
// address.
import { distance } from "./search-cards";
import { part, tell } from "./search-parts";
import { here, placeOf, read } from "./search-state";

/** near makes the part of the filters work. */
export function near(): void {
  const form = part("near-me");
  const [within, share, button] = ["select", "input", "button"].map((name) => form.querySelector(name)) as unknown as
    [HTMLSelectElement, HTMLInputElement, HTMLButtonElement];
  for (const option of within.options) if (option.value) option.textContent = distance(Number(option.value));
  const show = (): void => {
    const state = read(location.search);
    const on = !!placeOf(state);
    part("near-on").hidden = !on;
    if (on) [within.value, share.checked] = [state.within, state.near !== "me"];
    else if (state.near) say("ask");
  };
  const ask = (): void => {
    say("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        const place = `${latitude.toFixed(3)},${longitude.toFixed(3)}`;
        const near = share.checked || !kept(place) ? place : "me";
        say("private");
        document.dispatchEvent(new CustomEvent("fursa:search", { detail: { near, within: within.value, sort: "nearest" } }));
      },
      (error) => say(error.code === error.PERMISSION_DENIED ? "denied" : "unavailable"),
      { timeout: 15e3, maximumAge: 3e5 },
    );
  };
  button.onclick = ask;
  form.onchange = ask;
  document.addEventListener("fursa:changed", show);
  show();
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

function say(name: string): void {
  const line = part("near-says");
  tell((line.textContent = line.dataset[name]!));
}
