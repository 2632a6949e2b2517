package plan

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"fursa/generator/catalogue"
)

const (
	// onSheet is how many listings a sheet has room for, each with a code that
	// a telephone reads at arm's length, above one that it reads from farther.
	onSheet = 6
	// sheetDays is how many days ahead a sheet looks. It does not end with the
	// month: one that is hung up on the 28th would be empty.
	sheetDays = 30
	// inLargeType is how many letters of a title stand in two lines of the
	// largest type of a poster.
	inLargeType = 55
)

func posterPath(s *catalogue.School) string { return s.Path() + "/poster" }

// posterLink leads to a school's posters. They stand once, in the tree of its
// leading language.
func (e *edition) posterLink(s *catalogue.School) Link {
	return Link{Text: e.T("poster.link"), URL: e.editionIn(s.Languages[0]).href(posterPath(s))}
}

// posters is the page of a school's posters, in its leading language only.
func (e *edition) posters(s *set) []Output {
	if e.lang != s.school.Languages[0] {
		return nil
	}
	path := posterPath(s.school)
	return []Output{e.render(e.file(path), "poster", func() any { return e.posterPage(s, path) })}
}

// posterPage is a sheet for the whole school and one for each grade. Only one
// of them is seen at a time; which one, the fragment says.
func (e *edition) posterPage(s *set, path string) PosterPage {
	heading := e.T("poster.title", "school", s.heading)
	p := PosterPage{Page: e.page(path, heading, e.described(heading)), Heading: heading}
	p.Alternates, p.Languages = nil, nil
	school := Link{Text: s.title.Text, Lang: s.title.Lang, Dir: s.title.Dir, URL: e.href(s.Path())}
	p.Crumbs = e.crumbs(append(e.familyCrumb(s), school)...)
	codes := &sheetCodes{edition: e, ids: map[*catalogue.Listing]string{}}
	p.Sheets = []Sheet{e.sheet(s, "all", "", codes)}
	for i, g := range s.school.Record.Value.Grades {
		p.Sheets = append(p.Sheets, e.sheet(s, fmt.Sprintf("g-%d", i+1), g, codes))
	}
	p.Figures = codes.html()
	return p
}

// sheet is one sheet, for a grade or, where that is empty, the whole school.
func (e *edition) sheet(s *set, id, grade string, codes *sheetCodes) Sheet {
	listed, left := e.sheetListings(s.school, grade)
	sheet := Sheet{ID: id, Name: e.T("lessons.all-grades"), Address: e.url(e.file(s.Path()))}
	if grade != "" {
		sheet.Name = e.grade(grade)
	}
	sheet.Code = code(sheet.Address)
	editions := e.sideBySide(s.school)
	for _, in := range editions {
		sheet.Texts = append(sheet.Texts, in.sheetText(s.school, grade, len(listed), left))
	}
	for _, l := range listed {
		row := SheetRow{Address: e.urlOf(l), Code: codes.of(l)}
		for _, in := range editions {
			row.Texts = append(row.Texts, in.sheetEntry(l))
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return sheet
}

// sheetListings are what stands on a sheet, in the order of the school's page:
// what it has pinned, what is on within a month, what is on at any time. Left
// is how many others can be joined.
func (e *edition) sheetListings(s *catalogue.School, grade string) (listed []*catalogue.Listing, left int) {
	until := e.Today.AddDays(sheetDays)
	for i, l := range s.Listings {
		if !l.Joinable(e.Today) || grade != "" && !e.sheetFor(l, grade) {
			continue
		}
		if soon := i < s.Pinned || !until.Before(l.Next); soon && len(listed) < onSheet {
			listed = append(listed, l)
		} else {
			left++
		}
	}
	return listed, left
}

// sheetFor says whether a listing is for a grade; one that does not say for
// whom it is, is for all.
func (e *edition) sheetFor(l *catalogue.Listing, grade string) bool {
	return l.Ages == nil && len(l.Value.Grades) == 0 || e.ForGrade(l, grade)
}

// sheetText is what a sheet says in this edition's language.
func (e *edition) sheetText(s *catalogue.School, grade string, listed, left int) SheetText {
	school := e.schoolName(s)
	t := SheetText{
		Lang: e.lang, Dir: e.dir,
		Title: e.T("poster.month", "whom", school.Text),
		Span:  e.DateRange(e.Today, e.Today.AddDays(sheetDays)),
		Scan:  e.T("poster.scan"),
	}
	if grade != "" {
		t.Title, t.School = e.T("poster.month", "whom", e.grade(grade)), school
	}
	if left > 0 {
		t.Scan = e.N("poster.more", left)
	}
	if listed == 0 {
		t.None = e.T("poster.none")
	}
	return t
}

// sheetEntry is a listing in this edition's language.
func (e *edition) sheetEntry(l *catalogue.Listing) SheetEntry {
	x := e.entries[l]
	line, _ := e.whenLine(x)
	return SheetEntry{
		Lang: e.lang, Dir: e.dir, Title: e.title(x), When: capital(line),
		Where: capital(e.where(x)), Ages: capital(e.agesOf(x)), Cost: capital(e.price(x)),
	}
}

// sheetCodes are the QR codes of listings, each drawn once for all sheets.
type sheetCodes struct {
	*edition
	ids     map[*catalogue.Listing]string
	symbols []string
}

// of is the fragment of a listing's code.
func (c *sheetCodes) of(l *catalogue.Listing) string {
	if id, ok := c.ids[l]; ok {
		return id
	}
	drawn := string(c.code(c.entries[l]))
	if drawn == "" {
		return "" // the address is longer than any code holds
	}
	id := fmt.Sprintf("code-%d", len(c.symbols)+1)
	c.ids[l] = id
	drawn = strings.Replace(strings.Replace(drawn, "<svg ", `<symbol id="`+id+`" `, 1), "</svg>", "</symbol>", 1)
	c.symbols = append(c.symbols, strings.Replace(drawn, ` aria-hidden="true"`, "", 1))
	return id
}

func (c *sheetCodes) html() template.HTML {
	if len(c.symbols) == 0 {
		return ""
	}
	all := slices.Concat([]string{`<svg class="figures" width="0" height="0" aria-hidden="true">`}, c.symbols, []string{"</svg>"})
	return template.HTML(strings.Join(all, "")) //nolint:gosec // made of numbers
}
