package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"time"
)

// columns are those of the city's table.
const columns = "id,program_name,description,org_name,capacity,min_age,max_age,meeting_type,address,city,state,zipcode," +
	"start_date,end_date,start_time,end_time,program_price,program_pays_participants,program_has_scholarships," +
	"program_provides_transportation,program_provides_free_food,min_grade,max_grade,latitude,longitude,community_name"

// topics are words that the map of the city's table knows, one a subject.
var topics = []string{"Basketball", "Swimming", "Ballet", "Piano", "Theater", "Painting", "Robotics", "Astronomy"}

var forms = []string{"Club", "Workshop", "Camp", "Course", "Team", "Open House", "Festival", "Lecture"}

var districts = []string{
	"ALBANY PARK", "AUSTIN", "BRIDGEPORT", "CHATHAM", "EDGEWATER", "ENGLEWOOD", "HYDE PARK", "LINCOLN PARK",
	"LOGAN SQUARE", "LOOP", "PULLMAN", "ROGERS PARK", "ROSELAND", "UPTOWN", "WEST TOWN", "WOODLAWN",
}

// words make the descriptions; those that begin the list come most often.
var words = strings.Fields(`the and you will to a of in with we for on your learn about from this is our at by each
young people together make time new group week meet show first ideas own small hands skills start bring home work
through many ways simple questions answer friends project city parts after evening morning people team try build
share plan careful bright open teacher guide neighbourhood practice result change world story material tools space
everyone welcome needed experience level advanced beginner join free register early limited places parents family
weekly schedule held during season program final presentation community discover explore create understand develop`)

// generate writes a table of n rows, the same at every run: about 200 words
// each, with the city's shares of rough times, bands of prices and online
// meetings. Ended rows are about a fifth on 2021-06-01.
func generate(file string, n int) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	table := csv.NewWriter(out)
	if err := table.Write(strings.Split(columns, ",")); err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(2021, 6)) //nolint:gosec // the same listings at every run
	for i := range n {
		if err := table.Write(row(r, i)); err != nil {
			return err
		}
	}
	table.Flush()
	return errors.Join(table.Error(), out.Close())
}

func row(r *rand.Rand, i int) []string {
	oneOf := func(list []string) string { return list[r.IntN(len(list))] }
	topic, district := oneOf(topics), oneOf(districts)
	start := time.Date(2020, 9, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(1000))
	end := start
	if r.IntN(5) < 3 {
		end = start.AddDate(0, 0, 7*(1+r.IntN(12)))
	}
	from, to := "", ""
	if r.IntN(5) > 0 {
		hour := 8 + r.IntN(11)
		from, to = strconv.Itoa(hour*3600), strconv.Itoa((hour+1+r.IntN(3))*3600)
	}
	youngest := 3 + r.IntN(13)
	meeting, address, city, state, zip, lat, lon := "online", "", "", "", "", "", ""
	if r.IntN(4) > 0 {
		meeting, city, state = "face_to_face", "Chicago", "IL"
		address = fmt.Sprintf("%d W. %dth St.", 100+r.IntN(6000), 10+r.IntN(100))
		zip = strconv.Itoa(60601 + r.IntN(60))
		lat, lon = fmt.Sprintf("%.6f", 41.65+r.Float64()/3), fmt.Sprintf("%.6f", -87.85+r.Float64()/3)
	} else {
		district = ""
	}
	return []string{
		strconv.Itoa(10_000 + i), fmt.Sprintf("%s %s at %s", topic, oneOf(forms), oneOf(districts)), description(r, topic),
		fmt.Sprintf("Learning House %d", 1+int(370*r.Float64()*r.Float64())), strconv.Itoa(10 + r.IntN(40)),
		strconv.Itoa(youngest), strconv.Itoa(youngest + 2 + r.IntN(6)), meeting, address, city, state, zip,
		start.Format(time.DateOnly), end.Format(time.DateOnly), from, to,
		oneOf([]string{"Free", "Free", "$50 or Less", "More Than $50", "Unknown"}), "Not Paid", oneOf([]string{"NO", "NO", "YES"}),
		"NO", oneOf([]string{"False", "False", "True"}), "0", "13", lat, lon, district,
	}
}

// description is some paragraphs of HTML, about 200 words in all.
func description(r *rand.Rand, topic string) string {
	var b strings.Builder
	for left := 120 + r.IntN(160); left > 0; {
		b.WriteString("<p>" + topic)
		for range 3 + r.IntN(3) {
			n := 8 + r.IntN(10)
			for range n {
				b.WriteString(" " + words[int(float64(len(words))*r.Float64()*r.Float64())])
			}
			b.WriteString(". We")
			left -= n + 1
		}
		b.WriteString(" <strong>meet</strong>.</p>")
	}
	return b.String()
}
