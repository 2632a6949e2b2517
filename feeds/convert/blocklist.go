package convert

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// Blocklist is what came of somebody else's blocklist.
type Blocklist struct {
	schema.Blocklist
	// Skipped are entries that were not taken: what is neither an address nor a
	// host, such as a name with letters left out, and what the list does not
	// block whole.
	Skipped []string
}

// errNoBlocklist is a file that is none.
var errNoBlocklist = errors.New("this is no blocklist: want a file like content/blocklists/ours.toml, a line for each address or host, or the table that Mastodon exports")

// ReadBlocklist reads a blocklist: one of a Fursa catalogue (TOML), a text with
// an address or a host on each line and remarks after #, or the table that
// Mastodon exports (CSV), of which what is suspended is taken. Its entries are
// sorted. The list of problems is that of TOML; with an error in it there is no
// blocklist.
func ReadBlocklist(src *diag.Source) (Blocklist, diag.List, error) {
	text := bytes.TrimPrefix(src.Text, []byte("\ufeff"))
	var b Blocklist
	var list diag.List
	var err error
	switch head := firstLine(text); {
	case ours.MatchString(head):
		b.Blocklist, list, err = readOurs(src)
	case exported.MatchString(head):
		b, err = readExported(text)
	default:
		b = readLines(text)
		if len(b.Skipped) > len(b.Block) || len(b.Block) == 0 {
			err = errNoBlocklist
		}
	}
	if err != nil || list.Failed() {
		return Blocklist{}, list, err
	}
	slices.SortStableFunc(b.Block, func(a, b schema.Block) int { return strings.Compare(a.ID, b.ID) })
	b.Block = slices.CompactFunc(b.Block, func(a, b schema.Block) bool { return a.ID == b.ID })
	return b, list, nil
}

// What lists begin with.
var (
	ours     = regexp.MustCompile(`^(name|url|block)\s*=|^\[\[block\]\]`)
	exported = regexp.MustCompile(`(?i)^"?#?domain"?\s*(,|$)`)
)

// firstLine is the first line with something on it that is no remark; a header
// of a table may begin like one.
func firstLine(text []byte) string {
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && (line[0] != '#' || exported.MatchString(line)) {
			return line
		}
	}
	return ""
}

func readOurs(src *diag.Source) (schema.Blocklist, diag.List, error) {
	d, list := document.Parse(&diag.Source{Path: strings.TrimSuffix(src.Path, ".toml") + ".toml", Text: src.Text})
	if d != nil {
		list = append(list, schema.NewValidator().Check(schema.KindBlocklist, "", d)...)
	}
	if list.Failed() {
		return schema.Blocklist{}, list, nil
	}
	b, err := schema.Decode[schema.Blocklist](d.Value)
	return b, list, err
}

// readExported reads a table whose columns are #domain, #severity and
// #public_comment, in any order and among others.
func readExported(text []byte) (Blocklist, error) {
	table := csv.NewReader(bytes.NewReader(text))
	table.FieldsPerRecord = -1
	rows, err := table.ReadAll()
	if err != nil {
		return Blocklist{}, fmt.Errorf("read the table: %w", err)
	}
	header := slices.IndexFunc(rows, func(row []string) bool { return exported.MatchString(row[0]) })
	if header < 0 {
		return Blocklist{}, errNoBlocklist
	}
	column := func(name string) func(row []string) string {
		i := slices.IndexFunc(rows[header], func(cell string) bool {
			return strings.EqualFold(strings.TrimPrefix(strings.TrimSpace(cell), "#"), name)
		})
		return func(row []string) string {
			if i < 0 || i >= len(row) {
				return ""
			}
			return strings.TrimSpace(row[i])
		}
	}
	domain, severity, comment := column("domain"), column("severity"), column("public_comment")
	var b Blocklist
	for _, row := range rows[header+1:] {
		if s := severity(row); s != "" && !strings.EqualFold(s, "suspend") {
			b.Skipped = append(b.Skipped, domain(row)+" ("+s+")")
			continue
		}
		b.take(domain(row), comment(row))
	}
	return b, nil
}

func readLines(text []byte) Blocklist {
	var b Blocklist
	for line := range strings.Lines(string(text)) {
		// A remark begins a line, or follows a blank: in an address # stands
		// for something else.
		line = strings.TrimSpace(line)
		if at := strings.Index(line, " #"); at >= 0 {
			line = strings.TrimSpace(line[:at])
		}
		if line != "" && line[0] != '#' {
			b.take(line, "")
		}
	}
	return b
}

var (
	address = regexp.MustCompile(`^https?://[^\s<>"/?#]+\.?[^\s<>"]*$`)
	domain  = regexp.MustCompile(`^[\pL\pN_-]+(\.[\pL\pN_-]+)+\.?$`)
)

// take adds an entry, where it can be one.
func (b *Blocklist) take(id, why string) {
	if !address.MatchString(id) && !domain.MatchString(id) || len(id) > 2000 {
		b.Skipped = append(b.Skipped, id)
		return
	}
	b.Block = append(b.Block, schema.Block{ID: id, Why: Remark(why)})
}

// Remark is somebody else's reason as a blocklist may hold it.
func Remark(why string) string {
	why = strings.Join(strings.Fields(strings.NewReplacer("<", "‹", ">", "›").Replace(why)), " ")
	letters := []rune(why)
	if len(letters) > 500 {
		return string(letters[:499]) + "…"
	}
	if len(letters) < 2 {
		return ""
	}
	return why
}
