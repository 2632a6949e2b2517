// Make a channel: the filters of the search page, and of what they say a
// school's file, an embed and a screen. It is loaded in place of the filters'
// own script, which it has in it.
import { choices, codeFor } from "./embed-code";
import { all, one } from "./page";
import { fileOf, nameOf, slug, type School } from "./search-channel";
import { shows } from "./search-filters";
import { element, fill, number, part, search } from "./search-parts";
import { address, nothing, placeOf, type Found, type State } from "./search-state";

/** mostAddress is how many characters hosts take in an address, mostMail how
 * many mail programs do. */
const [mostAddress, mostMail] = [7500, 1800];

const form = part<HTMLFormElement>("school");
const area = part<HTMLTextAreaElement>("file");
const [name, file, lead, place] = ["name", "slug", "lead", "place"].map((of) => form.elements.namedItem(of)) as
  [HTMLInputElement, HTMLInputElement, HTMLSelectElement, HTMLInputElement];

let state: State = nothing;

/** school is what the form says. */
function school(): School {
  const also = all("[name=languages]", form) as HTMLInputElement[];
  const others = also.filter((box) => box.checked && box.value !== lead.value);
  const slots = all("[data-slot]", form).flatMap((row) => {
    const [box, from, to] = row.querySelectorAll("input") as unknown as HTMLInputElement[];
    return box!.checked && from!.value && from!.value < to!.value ? [{ day: box!.value, from: from!.value, to: to!.value }] : [];
  });
  const { lang, unnamed } = form.dataset as Record<string, string>;
  const called = name.value.replace(/\s+/g, " ").trim();
  return { name: called.length > 1 ? called : nameOf(state) || unnamed!, lang: lang!, languages: [lead.value, ...others.map((box) => box.value)], slots };
}

/** write writes the file anew. */
function write(): void {
  const { text, missing } = fileOf(state, school(), JSON.parse(form.dataset.ages!));
  area.value = text;
  area.rows = text.split("\n").length;
  file.placeholder = slug(name.value, state);
  part("missing").hidden = !missing.length;
  part("missing").lastElementChild!.textContent = missing.join(" · ");
  leadOn();
}

/** leadOn has the ways on lead on with the text as it stands in the field, which
 * people may have changed. */
function leadOn(): void {
  const path = `schools/${fileName()}.toml`;
  part("path").textContent = path;
  part("copy-file").dataset.copy = area.value;
  const begin = part<HTMLAnchorElement>("begin");
  const address = (form.dataset.new ?? "").replace("{name}", fileName());
  const whole = address.replace("{text}", encodeURIComponent(area.value));
  const long = whole.length > mostAddress;
  begin.hidden = !address;
  if (address) begin.href = long ? address.replace("{text}", "") : whole;
  part("long").hidden = !address || !long;
  const mail = one("a[data-mail]") as HTMLAnchorElement | null;
  if (!mail) return;
  const head = `${form.dataset.mail}?subject=${encodeURIComponent(fill(mail.dataset.subject, { path }))}&body=`;
  const body = encodeURIComponent(area.value.replace(/\n/g, "\r\n"));
  mail.href = head + (head.length + body.length > mostMail ? encodeURIComponent(mail.dataset.paste!) : body);
}

const fileName = (): string => slug(file.value || file.placeholder, state);

/** volume says how much arrives: at present, and a month. It is not known of a
 * catalogue that is younger than that. */
async function volume({ results, catalogue }: Found): Promise<void> {
  const line = part("volume");
  const { month, ahead } = line.dataset;
  const known = catalogue.entry.recent > 0;
  const today = Date.now();
  const day = (n: number): string => new Date(today + n * 864e5).toISOString().slice(0, 10);
  const [n] = known ? [results.countNew()] : await results.countDays([[day(0), day(29)]]);
  line.textContent = fill(known ? month : ahead, { count: number(n!) });
  part("flood").hidden = results.count <= 30 || results.count * 5 <= catalogue.listed * 4;
}

/** show makes the page that of a state. */
function show(now: State, found: Found): void {
  state = now;
  const at = placeOf(state);
  if (at) place.value = `${at.latitude}, ${at.longitude}`;
  part("elsewhere").hidden = !at && !state.filters.places;
  write();
  const query = address(state).slice(location.pathname.length);
  codeFor(query);
  for (const link of all("[data-screen]") as HTMLAnchorElement[]) link.search = query;
  part("screen-address").textContent = part("screen-address").dataset.screenAddress + query;
  part("screen-copy").dataset.copy = part("screen-address").textContent!;
  void volume(found).catch(() => (part("volume").textContent = "")); // something else is asked by now
}

/** located takes a place as maps give it, "25.3188, 51.5243". */
function located(): void {
  const [latitude, longitude] = place.value.split(/[,،;\s]+/).filter(Boolean).map(Number);
  const sound = Math.abs(latitude!) <= 90 && Math.abs(longitude!) <= 180;
  place.setCustomValidity(sound || !place.value.trim() ? "" : place.dataset.wrong!);
  if (!place.reportValidity()) return;
  const near = sound ? `${latitude},${longitude}` : "";
  if (near !== state.near) search({ near, within: near && (state.within || "10") });
}

/** download hands the file over as one. */
function download(): void {
  const url = URL.createObjectURL(new Blob([area.value], { type: "application/toml" }));
  element("a", { href: url, download: `${fileName()}.toml` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", (event) => event.target !== place && write());
place.addEventListener("change", located);
area.addEventListener("input", leadOn);
part("download").addEventListener("click", download);
choices();
shows.push(show);
