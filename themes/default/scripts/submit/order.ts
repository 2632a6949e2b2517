// What no schema can say of a record: pairs that stand the wrong way round,
// entries with the same id, times that cannot be. It is schema/tables.go and as
// much of schema/times.go as needs no calendar: recurrence rules and the days
// on which clocks change are the command line's to check.
import { isClock, isMoment } from "./formats";
import { child, isTable, type Node, type Value } from "./schema";
import type { Problem } from "./explain";

const ordered = [["min", "max"], ["from", "to"], ["from", "until"], ["opens", "deadline"], ["published", "expires"]] as const;

const problem = (rule: string, pointer: string, args: Record<string, unknown>): Problem =>
  ({ rule, pointer, key: false, variant: "", args: Object.fromEntries(Object.entries(args).map(([k, v]) => [k, String(v)])) });

/** order finds them in every table of a record. */
export function order(value: Value, pointer = ""): Problem[] {
  if (Array.isArray(value)) return value.flatMap((v, i) => order(v, child(pointer, i)));
  if (!isTable(value)) return [];
  const found: Problem[] = [];
  for (const [low, high] of ordered) {
    if (!(low in value && high in value && after(value[low], value[high]))) continue;
    const rule = typeof value[low] === "string" ? "schema/wrong-order" : "schema/min-over-max";
    found.push(problem(rule, child(pointer, high), { low, high, first: value[low], second: value[high] }));
  }
  for (const [key, inner] of Object.entries(value)) {
    const at = child(pointer, key);
    if (Array.isArray(inner)) found.push(...twins(inner, at));
    found.push(...order(inner, at));
  }
  return found;
}

function twins(entries: Value[], pointer: string): Problem[] {
  const ids = entries.map((e) => (isTable(e) && typeof e.id === "string" ? e.id : undefined));
  return ids.flatMap((id, i) => (id !== undefined && ids.indexOf(id) < i ? [problem("schema/same-id", `${child(pointer, i)}/id`, { id: JSON.stringify(id) })] : []));
}

/** after says whether one value comes after another of its sort. */
function after(low: Value, high: Value): boolean {
  if (typeof low === "number") return typeof high === "number" && low > high;
  if (typeof low !== "string" || typeof high !== "string") return false;
  if (isClock(low)) return isClock(high) && full(low) >= full(high);
  return isMoment(low) && isMoment(high) && later(low, high);
}

const full = (clock: string): string => (clock.length === 5 ? `${clock}:00` : clock);
const timed = (moment: string): boolean => moment.length > 10;
const exact = (moment: string): string => moment.slice(0, 10) + (timed(moment) ? `T${full(moment.slice(11))}` : "");

/** later says whether one moment is after another; where either is a whole day,
 * they are compared by their days. */
const later = (a: string, b: string): boolean =>
  timed(a) && timed(b) ? exact(a) > exact(b) : a.slice(0, 10) > b.slice(0, 10);

/** times finds what cannot be in the sessions and the registration. */
export function times(record: Node): Problem[] {
  const sessions: Node[] = Array.isArray(record.sessions) ? record.sessions.filter(isTable) : [];
  const found = sessions.flatMap(({ start, end, except }, i) => {
    if (!valid(start)) return [];
    const at = (field: string): string => `/sessions/${i}/${field}`;
    const mixed = (field: string, moment: string): Problem => problem("when/date-and-time-mixed", at(field), { moment: exact(moment), start: exact(start), day: start.slice(0, 10) });
    const own: Problem[] = [];
    if (valid(end) && timed(end) !== timed(start)) own.push(mixed("end", end));
    else if (valid(end) && exact(end) < exact(start)) own.push(problem("when/end-before-start", at("end"), { end: exact(end), start: exact(start), day: start.slice(0, 10) }));
    (Array.isArray(except) ? except : []).forEach((moment, n) => valid(moment) && timed(moment) && !timed(start) && own.push(mixed(`except/${n}`, moment)));
    return own;
  });
  const deadline = record.registration?.deadline;
  const start = lastStart(record, sessions);
  if (valid(deadline) && start && later(deadline, start)) {
    found.push(problem("schema/deadline-after-start", "/registration/deadline", { deadline: exact(deadline), start: exact(start), day: start.slice(0, 10) }));
  }
  return found;
}

const valid = (moment: Value): moment is string => typeof moment === "string" && isMoment(moment);

/** lastStart is the start of the last session, or the last day of a period;
 * empty where there is none, or a series that only a calendar knows the end of. */
function lastStart(record: Node, sessions: Node[]): string {
  if (record.period) return valid(record.period.to) ? record.period.to : "";
  if (sessions.some((s) => s.rrule || !valid(s.start))) return "";
  return sessions.map((s) => exact(s.start)).sort().pop() ?? "";
}
