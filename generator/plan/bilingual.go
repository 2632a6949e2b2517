package plan

import "fursa/generator/catalogue"

// sideBySide are the editions of the first two of a school's languages, the
// leading one first: what is read from afar or on paper sets them side by side.
func (s *site) sideBySide(school *catalogue.School) []*edition {
	var editions []*edition
	for _, lang := range school.Languages[:min(2, len(school.Languages))] {
		editions = append(editions, s.editionIn(lang))
	}
	return editions
}
