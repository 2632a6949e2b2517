package search_test

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"fursa/generator/search"
)

// client reads an index as the format page says: from the entry and the files
// that it names.
type client struct {
	testing.TB
	entry search.Entry
	files map[string][]byte
	// What was read before, by place in the entry.
	leaves  map[int]map[string][]impacts
	spelled map[int]map[string]int
}

func newClient(t testing.TB, x *search.Index) *client {
	c := &client{TB: t, entry: x.Entry, files: map[string][]byte{}, leaves: map[int]map[string][]impacts{}, spelled: map[int]map[string]int{}}
	for _, f := range x.Files {
		if c.files[f.Name] != nil {
			t.Errorf("%s is there twice", f.Name)
		}
		c.files[f.Name] = f.Bytes
	}
	return c
}

func (c *client) file(of search.Ranges, i int, extension string) []byte {
	c.Helper()
	name := of.Names[6*i:6*i+6] + extension
	content, ok := c.files[name]
	if !ok {
		c.Fatal("no file", name)
	}
	return content
}

// less orders texts as scripts do.
func less(a, b string) bool {
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b))) < 0
}

// holding is the file that a key is in.
func holding(keys []string, key string) int {
	return sort.Search(len(keys), func(i int) bool { return less(key, keys[i]) }) - 1
}

// spanned are the files from the one that holds a beginning to the one that
// holds its last continuation.
func spanned(keys []string, begin string) (from, to int) {
	return holding(keys, begin), holding(keys, begin+"\uffff")
}

// lines are the front-coded lines of a text, each with what follows its comma.
func (c *client) lines(text string) (texts, rest []string) {
	c.Helper()
	before := []uint16{}
	for line := range strings.SplitSeq(text, "\n") {
		n, err := strconv.ParseInt(line[:1], 36, 0)
		if err != nil || int(n) > len(before) {
			c.Fatalf("%q after %q: %v", line, string(utf16.Decode(before)), err)
		}
		own, after, _ := strings.Cut(line[1:], ",")
		before = append(slices.Clone(before[:n]), utf16.Encode([]rune(own))...)
		texts, rest = append(texts, string(utf16.Decode(before))), append(rest, after)
	}
	if !slices.IsSortedFunc(texts, func(a, b string) int {
		if less(a, b) {
			return -1
		}
		return 1
	}) {
		c.Errorf("not sorted: %q", texts)
	}
	return texts, rest
}

// impacts are impacts by numbers.
type impacts map[int]int

// leaf is the lists of each form of a leaf.
func (c *client) leaf(i int) map[string][]impacts {
	c.Helper()
	if forms, ok := c.leaves[i]; ok {
		return forms
	}
	content := c.file(c.entry.Leaves, i, ".w")
	text, content := c.sized(content)
	var lists []impacts
	for len(content) > 0 {
		var list []byte
		list, content = c.sized(content)
		lists = append(lists, c.list(list))
	}
	forms := map[string][]impacts{}
	next := 0
	texts, rest := c.lines(string(text))
	for i, form := range texts {
		back := []string{"0"}
		if rest[i] != "" {
			back = strings.Split(rest[i], ",")
		}
		for _, s := range back {
			n, err := strconv.Atoi(s)
			if err != nil || n > next || n == 0 && next == len(lists) {
				c.Fatalf("%s: %s of %d lists", form, rest[i], len(lists))
			}
			forms[form] = append(forms[form], lists[next-n])
			if n == 0 {
				next++
			}
		}
	}
	if next != len(lists) {
		c.Errorf("%d lists, and %d are named", len(lists), next)
	}
	c.leaves[i] = forms
	return forms
}

func (c *client) sized(content []byte) (part, rest []byte) {
	c.Helper()
	n, size := binary.Uvarint(content)
	if size <= 0 || int(n) > len(content)-size {
		c.Fatal("a length of", n)
	}
	return content[size : size+int(n)], content[size+int(n):]
}

func (c *client) list(content []byte) impacts {
	c.Helper()
	r := bitReader{bytes: content}
	numbers, each := r.list()
	if r.err != nil || len(content)*8-r.at > 7 {
		c.Fatal(r.err, r.at, "bits of", len(content)*8)
	}
	list := impacts{}
	for i, n := range numbers {
		list[int(n)] = each[i]
	}
	return list
}

// all is the lists of each form of all leaves.
func (c *client) all() map[string][]impacts {
	c.Helper()
	all := map[string][]impacts{}
	for i := range c.entry.Leaves.Keys {
		for form, lists := range c.leaf(i) {
			if all[form] != nil || holding(c.entry.Leaves.Keys, form) != i {
				c.Errorf("%s should not be in leaf %d", form, i)
			}
			all[form] = lists
		}
	}
	return all
}

// beginning is the listings of all words that begin so, the impacts of a file
// if it has one, and how many leaves were read.
func (c *client) beginning(begin string) (found impacts, leaves int) {
	c.Helper()
	if i := slices.Index(c.entry.Prefixes.Keys, begin); i >= 0 {
		return c.list(c.file(c.entry.Prefixes, i, ".p")), 0
	}
	found = impacts{}
	from, to := spanned(c.entry.Leaves.Keys, begin)
	for i := from; i <= to; i++ {
		for form, lists := range c.leaf(i) {
			for _, list := range lists {
				for n := range list {
					if strings.HasPrefix(form, begin) {
						found[n] = 0
					}
				}
			}
		}
	}
	return found, to - from + 1
}

// spellings are the keys of a spelling file, with the number that each has.
func (c *client) spellings(i int) map[string]int {
	c.Helper()
	if c.spelled[i] == nil {
		c.spelled[i] = map[string]int{}
		keys, sizes := c.lines(string(c.file(c.entry.Spelling, i, ".s")))
		for j, key := range keys {
			n, err := strconv.ParseInt(sizes[j], 36, 0)
			if err != nil || holding(c.entry.Spelling.Keys, key) != i {
				c.Fatal(key, err)
			}
			c.spelled[i][key] = int(n)
		}
	}
	return c.spelled[i]
}

// spelt are the keys that begin so.
func (c *client) spelt(begin string) map[string]int {
	c.Helper()
	found := map[string]int{}
	from, to := spanned(c.entry.Spelling.Keys, begin)
	for i := from; i <= to; i++ {
		for key, size := range c.spellings(i) {
			if strings.HasPrefix(key, begin) {
				found[key] = size
			}
		}
	}
	return found
}

// candidates are the forms, with their sizes, that a misspelt word may mean.
func (c *client) candidates(word string) map[string]int {
	c.Helper()
	units := utf16.Encode([]rune(word))
	n := len(units)
	text := func(from, to int) string { return string(utf16.Decode(units[from:to])) }
	end := func(length int) string { return backwards(text(n-length, n)) }
	var begins []string
	switch {
	case n == 4:
		begins = []string{"^" + text(0, 2), "$" + end(2), "^" + text(0, 1) + text(2, 3)}
	case n < 8:
		a := n / 2 // (n - 1) / 2, rounded up
		begins = []string{"^" + text(0, a), "$" + end(n-1-a)}
	default:
		a := n / 3                  // (n - 2) / 3, rounded up
		last := (n - 2 - a + 1) / 2 // rounded up
		begins = []string{"^" + text(0, a), "$" + end(last), "~" + text(a+1, n-1-last)}
	}
	found := map[string]int{}
	for _, begin := range begins {
		for key, size := range c.spelt(begin) {
			found[spelling(key)] = size
		}
	}
	return found
}

// spelling is the form of a key.
func spelling(key string) string {
	switch rest := key[1:]; key[0] {
	case '^':
		return rest
	case '$':
		return backwards(rest)
	case '~':
		after, before, _ := strings.Cut(rest, "|")
		return before + after
	}
	panic(fmt.Sprintf("no key: %q", key))
}

func backwards(s string) string {
	units := utf16.Encode([]rune(s))
	slices.Reverse(units)
	return string(utf16.Decode(units))
}
