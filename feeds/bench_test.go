package feeds_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"fursa/feeds"
)

// BenchmarkChannel writes channels of 50 listings, as most are, in each format.
func BenchmarkChannel(b *testing.B) {
	c := astronomy()
	c.Items = nil
	for n := range 50 {
		item := []feeds.Item{nightSky(), rocketClub()}[n%2]
		item.ID = fmt.Sprintf("%s/%d", item.ID, n)
		item.HTML = strings.Repeat("<p>Bring a <b>friend</b>, and a coat &amp; scarf.</p>\n", 10)
		c.Items = append(c.Items, item)
	}
	for _, format := range formats {
		b.Run(format.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := format.write(io.Discard, c); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(c.Items)), "ns/item")
		})
	}
}

// BenchmarkCalendar writes a calendar of 50 events.
func BenchmarkCalendar(b *testing.B) {
	c := calendar()
	c.Events = nil
	for n := range 50 {
		e := rooftop()
		e.UID = fmt.Sprintf("%s/%d", e.UID, n)
		c.Events = append(c.Events, e)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := feeds.ICS(io.Discard, c); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(c.Events)), "ns/event")
}
