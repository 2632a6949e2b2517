// Walks the change feed at the address that is the first argument with
// OpenActive's validator of feeds, and then gives each item's data to the one
// of data; says what they found. Findings in fields of our own are left out.
const { RpdeValidator } = require("@openactive/rpde-validator");
const { validate } = require("@openactive/data-model-validator");

const found = { feed: [], data: {} };

const walk = async () => {
	const log = await RpdeValidator(process.argv[2], { logCallback() {}, requestDelayMs: 0, pageLimit: 100 });
	for (const page of log.pages) for (const e of page.errors) found.feed.push(`${e.severity} ${e.type} ${page.url}: ${e.message}`);
};

const check = async () => {
	for (let url = process.argv[2]; url; ) {
		const page = await (await fetch(url)).json();
		for (const item of page.items) {
			if (item.state === "deleted") continue;
			for (const e of await validate(item.data, {})) {
				if (e.path.includes("fursa:")) continue;
				const key = `${e.severity} ${e.type} ${e.path.replace(/\[\d+\]/g, "[]")}`;
				found.data[key] = (found.data[key] ?? 0) + 1;
			}
		}
		url = page.next === url ? "" : page.next;
	}
};

walk().then(check).then(() => process.stdout.write(JSON.stringify(found)));
