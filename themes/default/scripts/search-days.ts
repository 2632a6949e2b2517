// When: today, this weekend, or any days.
import { zone } from "./page";
import { counting } from "./search-counting";
import { number, part, search } from "./search-parts";
import type { State } from "./search-state";

/** days makes the part for days work; what it returns shows a state there. */
export function days(): (state: State) => void {
  const details = part<HTMLDetailsElement>("when");
  const buttons = [...details.querySelectorAll("button")];
  const [from, to] = details.querySelectorAll("input") as unknown as [HTMLInputElement, HTMLInputElement];
  const presets = (): [from: string, to: string][] => {
    const now = Date.parse(new Intl.DateTimeFormat("sv", { timeZone: zone }).format(Date.now()));
    const day = (n: number): string => new Date(now + n * 864e5).toISOString().slice(0, 10);
    const free = (n: number): boolean => details.dataset.weekend!.includes(String(new Date(day(n)).getUTCDay()));
    let [first, last] = [0, 0];
    while (!free(first)) first++;
    for (last = first; last < 6 && free(last + 1); ) last++;
    return [[0, 0], [first, last], [0, 6], [0, 29]].map(([a, b]) => [day(a!), day(b!)]);
  };
  const draw = (state: State): void => {
    [from.value, to.value] = [state.from, state.to];
    presets().forEach(([first, last], i) => buttons[i]!.setAttribute("aria-pressed", String(state.from === first && state.to === last)));
  };
  buttons.forEach((button, i) => {
    button.onclick = () => {
      const [from, to] = button.getAttribute("aria-pressed") === "true" ? ["", ""] : presets()[i]!;
      search({ from, to });
    };
  });
  details.addEventListener("change", () => search({ from: from.value, to: to.value && to.value < from.value ? from.value : to.value }));
  counting(details, (results) => results.countDays(presets()), (counts) => {
    counts.forEach((n, i) => (buttons[i]!.querySelector("span")!.textContent = number(n)));
  });
  return draw;
}
