// Reads the calendars whose paths stand on standard input with ical.js, and
// says what it found; rules are followed until the date that is the first
// argument.
const { readFileSync } = require("node:fs");
const ICAL = require("ical.js").default ?? require("ical.js");

const until = new Date(process.argv[2] + "T00:00:00Z");

const moment = (t) => (t.isDate ? t.toString() : t.toJSDate().toISOString().replace(".000Z", "Z"));

const starts = (event) => {
	if (!event.isRecurring()) return [moment(event.startDate)];
	const found = [];
	const dates = event.iterator();
	for (let t = dates.next(); t && t.toJSDate() <= until; t = dates.next()) found.push(moment(t));
	return found;
};

const found = {};
for (const path of JSON.parse(readFileSync(0, "utf8"))) {
	const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
	for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
	found[path] = {
		name: calendar.getFirstPropertyValue("x-wr-calname"),
		events: calendar.getAllSubcomponents("vevent").map((component) => {
			const event = new ICAL.Event(component);
			return {
				uid: event.uid,
				summary: event.summary,
				description: event.description,
				location: event.location ?? "",
				url: component.getFirstPropertyValue("url"),
				status: component.getFirstPropertyValue("status"),
				starts: starts(event),
			};
		}),
	};
	ICAL.TimezoneService.reset();
}
process.stdout.write(JSON.stringify(found));
