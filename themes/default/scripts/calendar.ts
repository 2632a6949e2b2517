// Several calendars as one (RFC 5545): each event once, each time zone once.

/** merge is one calendar of the events of others; empty if there are none. */
export function merge(calendars: string[], name: string): string {
  const events = new Map<string, string>();
  const zones = new Map<string, Set<string>>();
  for (const calendar of calendars.map((c) => c.replace(/\r\n?/g, "\n"))) {
    for (const event of components(calendar, "VEVENT")) events.set(identity(event), event);
    // A calendar has the rules of a zone that its own events need.
    for (const zone of components(calendar, "VTIMEZONE")) {
      const id = /^TZID:.*$/m.exec(zone)?.[0] ?? "";
      const rules = zones.get(id) ?? new Set();
      for (const rule of components(zone, "STANDARD|DAYLIGHT")) rules.add(rule);
      zones.set(id, rules);
    }
  }
  if (events.size === 0) return "";
  return [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fursa//Fursa//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    fold(`X-WR-CALNAME:${name.replace(/[\\;,]/g, "\\$&")}`),
    ...[...zones].flatMap(([id, rules]) => ["BEGIN:VTIMEZONE", id, ...rules, "END:VTIMEZONE"]),
    ...events.values(), "END:VCALENDAR", "",
  ].join("\n").replace(/\n/g, "\r\n");
}

/** components are those of a kind, as they stand. */
const components = (within: string, kinds: string): string[] => within.match(new RegExp(`^BEGIN:(?:${kinds})$[^]*?^END:(?:${kinds})$`, "gm")) ?? [];

/** identity is what tells an event from others. */
const identity = (event: string): string => (event.replace(/\n[ \t]/g, "").match(/^(?:UID|RECURRENCE-ID)[:;].*$/gm) ?? [event]).join("\n");

/** fold breaks a line before it has 75 octets: 18 characters never have more
 * than 72. */
const fold = (line: string): string => (line.match(/.{1,18}/gu) ?? []).join("\n ");
