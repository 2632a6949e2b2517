package when

import (
	"fmt"
	"strconv"
	"strings"
)

// Duration is a nominal length of time as ISO 8601 writes it, part by part:
// PT90M is not PT1H30M, and a day may have 23 hours. Weeks stand alone.
type Duration struct {
	Years, Months, Weeks, Days, Hours, Minutes, Seconds int
}

// part is one designator of a duration and the number that it belongs to.
type part struct {
	unit byte
	n    *int
}

func (d *Duration) day() []part {
	return []part{{'Y', &d.Years}, {'M', &d.Months}, {'W', &d.Weeks}, {'D', &d.Days}}
}

func (d *Duration) time() []part {
	return []part{{'H', &d.Hours}, {'M', &d.Minutes}, {'S', &d.Seconds}}
}

// ParseDuration reads PT1H30M, P2D, P1Y6M, P6W: whole numbers of at most six
// digits, the larger units first.
func ParseDuration(s string) (Duration, error) {
	var d Duration
	rest, ok := strings.CutPrefix(s, "P")
	day, clock, timed := strings.Cut(rest, "T")
	if !ok || rest == "" || timed == (clock == "") ||
		!scan(day, d.day()) || !scan(clock, d.time()) ||
		strings.Contains(day, "W") && (timed || strings.ContainsAny(day, "YMD")) {
		return Duration{}, fmt.Errorf("%q is not a duration like PT1H30M or P2D", s)
	}
	return d, nil
}

// scan reads numbers, each with its unit, into parts of that order.
func scan(s string, parts []part) bool {
	for s != "" {
		i := strings.IndexFunc(s, func(r rune) bool { return r < '0' || '9' < r })
		if i < 1 || i > 6 {
			return false
		}
		for len(parts) > 0 && parts[0].unit != s[i] {
			parts = parts[1:]
		}
		if len(parts) == 0 {
			return false
		}
		*parts[0].n = digits(s[:i])
		s, parts = s[i+1:], parts[1:]
	}
	return true
}

// String is the duration as records write it: PT1H30M; PT0S for none.
func (d Duration) String() string {
	day, clock := format(d.day()), format(d.time())
	switch {
	case clock != "":
		return "P" + day + "T" + clock
	case day != "":
		return "P" + day
	}
	return "PT0S"
}

func format(parts []part) string {
	var b []byte
	for _, p := range parts {
		if *p.n != 0 {
			b = append(strconv.AppendInt(b, int64(*p.n), 10), p.unit)
		}
	}
	return string(b)
}
