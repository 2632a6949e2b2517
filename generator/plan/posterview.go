package plan

import "html/template"

// PosterPage is seen by the template «poster»: sheets of paper on which stands
// what a school can join within a month.
type PosterPage struct {
	Page
	Heading string
	// Sheets are that of the whole school, and one for each of its grades. The
	// QR codes of their listings stand once, among the page's Figures.
	Sheets []Sheet
}

// Sheet is one sheet of paper. ID is the fragment that shows it; with «-a3»
// after it, on the larger paper.
type Sheet struct {
	ID, Name string
	// Texts are the sheet's own words in the school's languages: one, or two
	// that stand side by side.
	Texts []SheetText
	Rows  []SheetRow
	// Address is the absolute address of the school's page, Code the same as a
	// QR code.
	Address string
	Code    template.HTML
}

// SheetText is what a sheet says in one language. Scan says what its code leads
// to, and how many listings it has no room for; None that there is nothing, and
// is empty where there is something.
type SheetText struct {
	Lang, Dir, Title string
	School           Text
	Span, Scan, None string
}

// SheetRow is a listing on a sheet, in the languages of its Texts. Code is the
// fragment of its QR code, empty where no code holds its address.
type SheetRow struct {
	Address, Code string
	Texts         []SheetEntry
}

// SheetEntry is a listing on a sheet in one language.
type SheetEntry struct {
	Lang, Dir               string
	Title                   Text
	When, Where, Ages, Cost string
}
