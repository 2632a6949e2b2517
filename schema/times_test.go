package schema_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/schema"
	"fursa/schema/diag"
)

func TestTimes(t *testing.T) {
	const session = "[[sessions]]\nstart = 2026-11-22T18:00:00\n"
	for _, c := range []struct{ name, fields, want string }{
		{"sound", session + "end = 2026-11-22T20:00:00\n[registration]\ndeadline = 2026-11-22", ""},
		{"end before start", session + "end = 2026-11-22T17:00:00", "3:7 when/end-before-start"},
		{"excepted in vain", session + "rrule = \"FREQ=WEEKLY;COUNT=2\"\nexcept = [2026-11-23T18:00:00]", "4:11 when/except-matches-nothing (warning)"},
		{"a zone that is none", session + "zone = \"Asia/Doha\"", "3:8 when/unknown-zone"},
		{"deadline after a session", session + "[registration]\ndeadline = 2026-11-22T18:30:00", "4:12 schema/deadline-after-start"},
		{"deadline on the day after", session + "[registration]\ndeadline = 2026-11-23", "4:12 schema/deadline-after-start"},
		{"deadline before the last", session + "[[sessions]]\nstart = 2026-12-01\n[registration]\ndeadline = 2026-11-25", ""},
		{"deadline within a series", session + "rrule = \"FREQ=WEEKLY;COUNT=2\"\n[registration]\ndeadline = 2026-11-29", ""},
		{"deadline after a series", session + "rrule = \"FREQ=WEEKLY;COUNT=2\"\n[registration]\ndeadline = 2026-11-30", "5:12 schema/deadline-after-start"},
		{"a series without end", session + "rrule = \"FREQ=WEEKLY\"\n[registration]\ndeadline = 2036-11-30", ""},
		{"deadline after a period", "period = { to = 2026-12-20 }\n[registration]\ndeadline = 2026-12-21", "3:12 schema/deadline-after-start"},
		{"a period without end", "period = { from = 2026-12-20 }\n[registration]\ndeadline = 2026-12-21", ""},
	} {
		d := parse(t, "listing.toml", c.fields)
		o, err := schema.Decode[schema.Opportunity](d.Value)
		if err != nil {
			t.Fatal(err)
		}
		qatar := time.FixedZone("Asia/Qatar", 3*60*60)
		var got []string
		for _, p := range schema.NewValidator().Times(o, d, qatar) {
			at := p.Span.Source.Position(p.Span.Start)
			line := fmt.Sprintf("%d:%d %s", at.Line, at.Column, p.Rule)
			if p.Severity == diag.Warning {
				line += " (warning)"
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
