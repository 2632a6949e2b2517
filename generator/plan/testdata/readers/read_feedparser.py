# Reads the feeds whose paths stand on standard input with feedparser, and says
# what it found, and what it complained of.
import json
import sys
import time

import feedparser


def date(parsed):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed)


def item(e):
    content = e.get("content") or [{"value": ""}]
    return {
        "id": e.id,
        "title": e.title,
        "link": e.link,
        "published": date(e.published_parsed),
        "summary": e.summary,
        "content": content[0]["value"],
        "author": e.get("author", ""),
        "image": next((m["url"] for m in e.get("media_content", [])), ""),
        "start": e.get("ev_startdate", ""),
    }


def feed(path):
    found = feedparser.parse(path)
    return {
        "complaint": str(found.get("bozo_exception", "")),
        "title": found.feed.title,
        "link": found.feed.link,
        "items": [item(e) for e in found.entries],
    }


json.dump({path: feed(path) for path in json.load(sys.stdin)}, sys.stdout)
