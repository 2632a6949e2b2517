// Dates as the build writes them. What pages carry is local time with its
// offset ("2026-11-24T16:00+03:00") or a day ("2026-11-24"), so the day and
// the clock are read from the text itself, whatever zone the visitor is in.
import { lang, say, tag, zone } from "./page";

export interface Occurrence {
  start: string;
  end: string; // the start where there is none
}

/** occurrences are those of data-dates: start or start/end, between spaces. */
export function occurrences(list = ""): Occurrence[] {
  return list.split(/\s+/).filter(Boolean).map((entry) => {
    const [start = "", end = start] = entry.split("/");
    return { start, end };
  });
}

const timed = (moment: string): boolean => moment.includes("T");
export const day = (moment: string): string => moment.slice(0, 10);

const calendar = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });

/** today is the day in the catalogue's zone, as 2026-11-24. */
export function today(now: number): string {
  const parts = calendar.formatToParts(now);
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** daysUntil is how many days after another a day is. */
export function daysUntil(later: string, earlier: string): number {
  return Math.round((Date.parse(day(later)) - Date.parse(day(earlier))) / 864e5);
}

/** over says whether a moment is past: a time when it has come, a day when it
 * has ended. */
export function over(moment: string, now: number, current: string): boolean {
  return timed(moment) ? Date.parse(moment) <= now : moment < current;
}

/** begun says whether a moment has come: a day at its start. */
export const begun = (moment: string, now: number, current: string): boolean => (timed(moment) ? over(moment, now, current) : moment <= current);

// A local time is put as if it were UTC's, and written in UTC.
const wall = (moment: string): Date => new Date(`${moment.slice(0, 16)}${timed(moment) ? "" : "T00:00"}Z`);

type Style = Intl.DateTimeFormatOptions;
const long: Style = { day: "numeric", month: "long", year: "numeric" };
const full: Style = { weekday: "long", ...long };
const time: Style = { timeStyle: "short" };

const formats = new Map<Style, Intl.DateTimeFormat>();

function format(style: Style): Intl.DateTimeFormat {
  let f = formats.get(style);
  if (!f) formats.set(style, (f = new Intl.DateTimeFormat(tag, { ...style, timeZone: "UTC" })));
  return f;
}

// Browsers differ in the marks and the narrow spaces that they put in.
const plain = (s: string): string => s.replace(/[\u200e\u200f]/g, "").replace(/[\u00a0\u2009\u202f]/g, " ");

/** fullDate is "Saturday 5 December 2026". Some browsers put a comma after the
 * English weekday, others none. */
export function fullDate(moment: string): string {
  const date = plain(format(full).format(wall(moment)));
  return lang === "en" ? date.replace(",", "") : date;
}

/** moment is a day, and the time where there is one. */
export const moment = (m: string): string => (timed(m) ? fullDate(m) + say("time") + clock(m) : fullDate(m));

const clock = (m: string): string => plain(format(time).format(wall(m)));

/** clocks is "18:00–20:00", "6:00–8:00 م", "11:00 ص – 1:00 م". */
function clocks(from: string, to: string): string {
  const half = (m: string) => format(time).formatToParts(wall(m)).find((p) => p.type === "dayPeriod")?.value;
  if (!half(from)) return `${clock(from)}–${clock(to)}`;
  if (half(from) !== half(to)) return `${clock(from)} – ${clock(to)}`;
  return `${clock(from).replace(half(from) ?? "", "").trim()}–${clock(to)}`;
}

/** days is "5–7 December 2026"; one day is that day. */
export function days(from: string, to: string): string {
  if (day(from) === day(to)) return plain(format(long).format(wall(from)));
  return plain(format(long).formatRange(wall(day(from)), wall(day(to))));
}

/** inWords is an occurrence as pages print it. */
export function inWords({ start, end }: Occurrence): string {
  if (!timed(start)) return days(start, end);
  if (Date.parse(end) <= Date.parse(start)) return moment(start);
  if (day(start) !== day(end)) return say("from-to", { from: moment(start), to: moment(end) });
  return fullDate(start) + say("time") + clocks(start, end);
}
