package pulled

import (
	"maps"
	"slices"
	"time"

	"fursa/feeds"
	"fursa/schema"
	"fursa/schema/when"
)

// theirOwn are the fields that name what only the origin has: its records, its
// files, its vocabularies beside those that are mapped, and its addresses.
var theirOwn = []string{"aliases", "partners", "requires", "part_of", "skills", "curriculum", "image", "logo", "districts"}

// ownFields takes out of a record what means something at its origin alone.
func ownFields(record map[string]any) {
	for _, field := range theirOwn {
		delete(record, field)
	}
	if c, ok := record["credential"].(map[string]any); ok {
		delete(c, "badges")
	}
	if p, ok := record["place"].(map[string]any); ok {
		delete(p, "district")
	}
}

// localise brings a listing's terms to ours, by what the peer's file says of them.
// It gives the labels, by id, of subjects that stand for none.
func (r *reader) localise(record map[string]any, terms feeds.SharedTerms) map[string]schema.Text {
	m := schema.PeerMap{}
	if r.peer.Value.Map != nil {
		m = *r.peer.Value.Map
	}
	unmapped := map[string]schema.Text{}
	var subjects []any
	for _, id := range texts(record["subjects"]) {
		if ours := mapped(m.Subjects, id, terms.Subjects[id]); ours == "" {
			unmapped[id] = labelOf(id, terms.Subjects[id])
		} else if !slices.Contains(subjects, any(ours)) {
			subjects = append(subjects, ours)
		}
	}
	record["subjects"] = subjects
	var grades []any
	for _, id := range texts(record["grades"]) {
		if ours := mapped(m.Grades, id, terms.Grades[id]); ours != "" && !slices.Contains(grades, any(ours)) {
			grades = append(grades, ours)
		}
	}
	delete(record, "grades")
	if len(grades) > 0 {
		record["grades"] = grades
	}
	district := func(p any) string {
		place, _ := p.(map[string]any)
		id, _ := place["district"].(string)
		return mapped(m.Districts, id, terms.Districts[id])
	}
	ours := district(record["place"])
	sessions, _ := record["sessions"].([]any)
	for _, s := range sessions {
		session, _ := s.(map[string]any)
		place, ok := session["place"].(map[string]any)
		if !ok {
			continue
		}
		at := district(place)
		delete(place, "district")
		if at != "" {
			place["district"] = at
		}
	}
	ownFields(record)
	if place, ok := record["place"].(map[string]any); ok && ours != "" {
		place["district"] = ours
	}
	return unmapped
}

// localTimes brings when registration opens and closes into our time zone. Other
// times name their own, or are those of the place.
func (r *reader) localTimes(record map[string]any, zone string) {
	theirs, err := time.LoadLocation(zone)
	registration, ok := record["registration"].(map[string]any)
	if zone == "" || err != nil || !ok {
		return
	}
	for _, field := range []string{"opens", "deadline"} {
		text, _ := registration[field].(string)
		if m, err := when.ParseMoment(text); err == nil && m.Timed {
			registration[field] = m.In(theirs).In(r.zone).Format("2006-01-02T15:04:05")
		}
	}
}

// mapped is our term for one of theirs, which a file names by its id or by a
// label; empty where it does not.
func mapped(m map[string]string, id string, label map[string]string) string {
	if ours := m[id]; ours != "" {
		return ours
	}
	for _, lang := range slices.Sorted(maps.Keys(label)) {
		if ours := m[label[lang]]; ours != "" {
			return ours
		}
	}
	return ""
}

// labelOf is what a term is called; its id, where it has no label.
func labelOf(id string, label map[string]string) schema.Text {
	if len(label) == 0 {
		return schema.Text{"": id}
	}
	return schema.Text(label)
}

func texts(v any) []string {
	list, _ := v.([]any)
	var all []string
	for _, e := range list {
		if s, ok := e.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

// sortedLabels are labels in the order of their ids.
func sortedLabels(labels map[string]schema.Text) []schema.Text {
	var all []schema.Text
	for _, id := range slices.Sorted(maps.Keys(labels)) {
		all = append(all, labels[id])
	}
	return all
}

// languages are those of translations, sorted.
func languages(translations map[string]feeds.SharedText) []string {
	return slices.Sorted(maps.Keys(translations))
}
