# Reads the calendars whose paths stand on standard input with icalendar, and
# says what it found; rules are followed by dateutil until the date that is the
# first argument.
import datetime
import json
import pathlib
import sys

import icalendar
from dateutil import rrule

until = datetime.datetime.fromisoformat(sys.argv[1])


def moment(value):
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def starts(event):
    first = event.decoded("dtstart")
    if "rrule" not in event:
        return [moment(first)]
    timed = isinstance(first, datetime.datetime)
    begin = first if timed else datetime.datetime.combine(first, datetime.time())
    rule = rrule.rruleset()
    rule.rrule(rrule.rrulestr(event["rrule"].to_ical().decode(), dtstart=begin))
    excepted = event.get("exdate", [])
    for line in excepted if isinstance(excepted, list) else [excepted]:
        for day in line.dts:
            rule.exdate(day.dt if timed else datetime.datetime.combine(day.dt, datetime.time()))
    end = until.replace(tzinfo=begin.tzinfo)
    return [moment(s if timed else s.date()) for s in rule.between(begin, end, inc=True)]


def event(e):
    return {
        "uid": str(e["uid"]),
        "summary": str(e["summary"]),
        "description": str(e["description"]),
        "location": str(e.get("location", "")),
        "url": str(e["url"]),
        "status": str(e["status"]),
        "starts": starts(e),
    }


def calendar(path):
    found = icalendar.Calendar.from_ical(pathlib.Path(path).read_bytes())
    return {
        "complaint": "".join(str(e.errors) for e in found.walk() if e.errors),
        "name": str(found["x-wr-calname"]),
        "events": [event(e) for e in found.walk("vevent")],
    }


json.dump({path: calendar(path) for path in json.load(sys.stdin)}, sys.stdout)
