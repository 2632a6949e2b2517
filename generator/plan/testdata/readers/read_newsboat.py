# Reads the feeds whose paths stand on standard input with newsboat, and says
# what it shows. It keeps equal ids of several feeds as one item, so that each
# feed has a run of its own.
import datetime
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile


def date(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def feed(path):
    with tempfile.TemporaryDirectory() as home:
        urls, cache = pathlib.Path(home, "urls"), pathlib.Path(home, "cache.db")
        urls.write_text(pathlib.Path(path).as_uri() + "\n")
        run = subprocess.run(
            ["newsboat", "-u", urls, "-C", "/dev/null", "-c", cache, "-x", "reload"],
            env={"HOME": home, "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"},
            capture_output=True,
            text=True,
        )
        db = sqlite3.connect(cache)
        title, link = db.execute("SELECT title, url FROM rss_feed").fetchone()
        rows = db.execute("SELECT guid, title, url, pubDate, content, author FROM rss_item ORDER BY id DESC").fetchall()
        db.close()
    return {
        "complaint": run.stdout + run.stderr,
        "title": title,
        "link": link,
        "items": [
            {"id": r[0], "title": r[1], "link": r[2], "published": date(r[3]), "content": r[4], "author": r[5]}
            for r in rows
        ],
    }


json.dump({path: feed(path) for path in json.load(sys.stdin)}, sys.stdout)
