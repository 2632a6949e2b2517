package convert

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"fursa/feeds"
)

// readRPDE reads the pages of an OpenActive feed, one after another. Of an
// item that comes again the last state counts; one that is deleted is none.
// A session is a date of its series where the feed has that too; by itself it
// has what its series says.
func readRPDE(text []byte, m Map) (table, error) {
	var order []string
	last := map[string]feeds.RPDEItem{}
	d := json.NewDecoder(bytes.NewReader(text))
	for {
		var raw json.RawMessage
		err := d.Decode(&raw)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("this is no page of an RPDE feed: %w", err)
		}
		page, err := feeds.ReadRPDE(raw)
		if err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			key := item.Kind + " " + string(item.ID)
			if _, again := last[key]; !again {
				order = append(order, key)
			}
			last[key] = item
		}
	}
	return rpdeTable(order, last, m)
}

func rpdeTable(order []string, last map[string]feeds.RPDEItem, m Map) (table, error) {
	data := newLinked(zoneOf(m))
	found := newEntries()
	var current []map[string]any
	for _, key := range order {
		item := last[key]
		if item.State != feeds.RPDEUpdated {
			continue
		}
		var value map[string]any
		d := json.NewDecoder(bytes.NewReader(item.Data))
		d.UseNumber()
		if err := d.Decode(&value); err != nil {
			found.add(nil, err)
			continue
		}
		if value == nil {
			found.add(entry{"id": string(item.ID)}, errors.New("it has no data"))
			continue
		}
		for modern, old := range map[string]string{"@id": "id", "@type": "type"} { // before version 2.0
			if value[modern] == nil && value[old] != nil {
				value[modern] = value[old]
			}
		}
		if value["@id"] == nil {
			value["@id"] = string(item.ID)
		}
		data.gather(value, 0)
		current = append(current, value)
	}
	for _, value := range joined(current) {
		if !isEntry(value) {
			found.add(nil, fmt.Errorf("it is neither an event nor a course, but a %s", cellOf(items(value["@type"]))))
			continue
		}
		columns, err := data.entry(value)
		found.add(columns, err)
		found.said(func() []part { return data.parts(value) })
	}
	return found.done("event or course")
}

// joined are the items without the sessions whose series is among them: these
// stand in it.
func joined(all []map[string]any) []map[string]any {
	isSession := func(v map[string]any) bool { return cellOf(items(v["@type"])) == "ScheduledSession" }
	series := map[string]map[string]any{}
	for _, v := range all {
		if id := idOf(v); id != "" && isEntry(v) && !isSession(v) {
			series[id] = v
		}
	}
	var own []map[string]any
	there := map[string]map[string]bool{} // the sessions in a series, by their ids
	for _, v := range all {
		id := idOf(v["superEvent"])
		in := series[id]
		if in == nil || !isSession(v) {
			own = append(own, v)
			continue
		}
		var known []any
		if in["subEvent"] != nil {
			known = items(in["subEvent"])
		}
		if there[id] == nil {
			there[id] = map[string]bool{}
			for _, e := range known {
				there[id][idOf(e)] = true
			}
		}
		if session := idOf(v); session == "" || !there[id][session] {
			there[id][session] = true
			in["subEvent"] = append(known, v)
		}
	}
	return own
}

// idOf is the id of what is named by it, or has one.
func idOf(value any) string {
	if table, ok := value.(map[string]any); ok {
		value = table["@id"]
	}
	id, _ := value.(string)
	return id
}
