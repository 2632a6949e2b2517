// Reads the feeds whose paths stand on standard input with feedsmith, and says
// what it found.
const { readFileSync } = require("node:fs");
const { parseFeed } = require("feedsmith");

const date = (text) => new Date(text).toISOString().replace(".000Z", "Z");

const readers = {
	rss: (f) => ({
		title: f.title,
		link: f.link,
		items: f.items.map((i) => ({
			id: i.guid.value,
			title: i.title,
			link: i.link,
			published: date(i.pubDate),
			summary: i.description,
			content: i.content?.encoded ?? "",
			author: i.dc?.creators?.[0] ?? i.authors?.[0] ?? "",
			image: i.media?.contents?.[0]?.url ?? "",
		})),
	}),
	atom: (f) => ({
		title: f.title.value ?? f.title,
		link: f.links.find((l) => l.rel === "alternate").href,
		items: f.entries.map((e) => ({
			id: e.id,
			title: e.title.value ?? e.title,
			link: e.links.find((l) => l.rel === "alternate").href,
			published: date(e.published),
			summary: e.summary.value ?? e.summary,
			content: e.content.value ?? e.content,
			author: e.authors?.[0]?.name ?? "",
			image: e.links.find((l) => l.rel === "enclosure")?.href ?? "",
		})),
	}),
	json: (f) => ({
		title: f.title,
		link: f.home_page_url,
		items: f.items.map((i) => ({
			id: i.id,
			title: i.title,
			link: i.url,
			published: date(i.date_published),
			summary: i.summary,
			content: i.content_html,
			author: i.authors?.[0]?.name ?? "",
			image: i.image ?? "",
		})),
	}),
};

const found = {};
for (const path of JSON.parse(readFileSync(0, "utf8"))) {
	const { format, feed } = parseFeed(readFileSync(path, "utf8"));
	found[path] = readers[format](feed);
}
process.stdout.write(JSON.stringify(found));
