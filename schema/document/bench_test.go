package document_test

import (
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"fursa/schema/document"
)

// listing is a record of the usual size, about 2 KB.
const listing = `+++
title = "Night sky over the roof"
summary = "Telescopes on the roof of the museum, with an astronomer for every six visitors, and hot karak for all."
kind = "workshop"
audience = ["learners", "families"]
ages = { min = 8, max = 14 }
languages = ["en", "ar"]
subjects = ["sciences/astronomy", "sciences/physics"]
skills = ["observation"]
mode = "in-person"
duration = "PT2H"
supports = ["wheelchair", "quiet-hour"]
cost = { amount = 25.5, currency = "QAR", per = "person" }
status = "open"
published = 2026-11-01

[place]
name = "Museum of Islamic Art"
address = "Corniche"
locality = "Doha"
country = "QA"
latitude = 25.2955
longitude = 51.5392
step_free = true

[[sessions]]
id = "first"
start = 2026-12-05T18:00:00
end = 2026-12-05T20:00:00
rrule = "FREQ=WEEKLY;COUNT=4"
except = [2026-12-12T18:00:00]

[registration]
url = "https://museum.example/night-sky"
email = "learning@museum.example"
deadline = 2026-12-03
capacity = 24

[contact]
name = "Learning team"
phone = "+974 4444 5555"

[image]
src = "images/roof.jpg"
alt = "Two children at a telescope, the skyline behind them"
+++
`

func text2KB() string {
	return listing + strings.Repeat("Come early: the **rings of Saturn** are low at this time of the year.\n", 11)
}

func BenchmarkParse(b *testing.B) {
	src := source("content/opportunities/museum/night-sky.md", text2KB())
	b.SetBytes(int64(len(src.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := document.Parse(src); problems != nil {
			b.Fatal(problems)
		}
	}
}

// BenchmarkDecoder is the part of Parse that is the TOML decoder's.
func BenchmarkDecoder(b *testing.B) {
	fields := strings.Split(text2KB(), "+++\n")[1]
	b.ReportAllocs()
	for b.Loop() {
		var v any
		if _, err := toml.Decode(fields, &v); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSpan is what the first place that is asked for costs beyond Parse.
func BenchmarkSpan(b *testing.B) {
	src := source("content/opportunities/museum/night-sky.md", text2KB())
	b.ReportAllocs()
	for b.Loop() {
		d, problems := document.Parse(src)
		if problems != nil {
			b.Fatal(problems)
		}
		d.Span("/title")
	}
}
