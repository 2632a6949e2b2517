package plan_test

import (
	"encoding/json"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
)

// readFeed is what a reader says of a feed. What it does not tell, such as the
// summary beside the content, is empty.
type readFeed struct {
	Complaint, Title, Link string
	Items                  []readItem
}

// readItem is an item: Published in UTC, Summary and Content as HTML or, where
// it is compared, as text.
type readItem struct {
	ID, Title, Link, Published, Summary, Content, Author, Image, Start string
}

// writtenFeeds are the feeds of the sample as their JSON Feeds have them, by folder:
// JSON's own decoder is no feed reader, and reads what is written.
func writtenFeeds(t *testing.T, s site, folders []string) map[string]readFeed {
	t.Helper()
	all := map[string]readFeed{}
	for _, folder := range folders {
		var f struct {
			Title string
			Home  string `json:"home_page_url"`
			Items []struct {
				ID, URL, Title, Summary, Image string
				HTML                           string    `json:"content_html"`
				Published                      time.Time `json:"date_published"`
				Authors                        []struct{ Name string }
				Fursa                          struct{ Start string } `json:"_fursa"`
			}
		}
		if err := json.Unmarshal(s.files[path.Join(folder, "feed.json")], &f); err != nil {
			t.Fatal(err)
		}
		feed := readFeed{Title: f.Title, Link: f.Home}
		for _, i := range f.Items {
			item := readItem{
				ID: i.ID, Title: i.Title, Link: i.URL, Published: i.Published.UTC().Format(time.RFC3339),
				Summary: strings.Join(strings.Fields(i.Summary), " "), Content: textOf(t, i.HTML), Image: i.Image, Start: i.Fursa.Start,
			}
			if len(i.Authors) > 0 {
				item.Author = i.Authors[0].Name
			}
			feed.Items = append(feed.Items, item)
		}
		all[folder] = feed
	}
	return all
}

// textOf is what HTML says to a reader, blanks as a browser shows them.
func textOf(t *testing.T, fragment string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		t.Fatal(err)
	}
	return text(root)
}

// readFolders are the folders whose feeds the readers read: everything, and the
// first set of each family, in both languages.
func readFolders(t *testing.T, s site) []string {
	t.Helper()
	first := map[string]string{}
	for p := range s.named("feed.json") {
		folder := path.Dir(p)
		family := path.Dir(folder)
		if first[family] == "" || folder < first[family] {
			first[family] = folder
		}
	}
	folders := []string{".", "ar"}
	for _, folder := range first {
		if !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	if slices.Sort(folders); len(folders) != 2+2*9 {
		t.Fatalf("%d folders with feeds: %v", len(folders), folders)
	}
	return folders
}

// feedReader reads files of a site.
type feedReader struct {
	needs []string
	files []string // the names of the feeds that it can read
	read  func(t *testing.T, s site, paths []string) map[string]readFeed
	// lacks takes from what is written what the reader does not tell.
	lacks func(*readItem)
	// most is how many folders it reads at the most: newsboat starts anew for each.
	most int
}

func script(program string, args ...string) func(*testing.T, site, []string) map[string]readFeed {
	return func(t *testing.T, s site, paths []string) map[string]readFeed {
		return inquire[readFeed](t, s, paths, program, slices.Clone(args)...)
	}
}

var feedReaders = map[string]feedReader{
	"feedparser": {
		[]string{"python:feedparser"}, []string{"feed.xml", "atom.xml"},
		script(debianPython, "read_feedparser.py"),
		func(i *readItem) { i.Image = "" }, 99,
	},
	"newsboat": {
		[]string{"newsboat", "python:sqlite3"}, []string{"feed.xml", "atom.xml"},
		script(debianPython, "read_newsboat.py"),
		func(i *readItem) { i.Summary, i.Image, i.Start = "", "", "" }, 4,
	},
	"feedsmith": {
		[]string{"node", "npm:feedsmith"}, []string{"feed.xml", "atom.xml", "feed.json"},
		script("node", "read_feedsmith.cjs"),
		func(i *readItem) { i.Start = "" }, 99,
	},
	"gofeed": {
		nil, []string{"feed.xml", "atom.xml", "feed.json"}, readGofeed,
		func(i *readItem) { i.Image, i.Start = "", "" }, 99,
	},
}

// Every reader finds in every feed what was written, in both languages: the
// same titles, ids, dates and texts, and nothing to complain of.
func TestFeedReaders(t *testing.T) {
	s := sampleAt(t, "")
	folders := readFolders(t, s)
	written := writtenFeeds(t, s, folders)
	for name, reader := range feedReaders {
		t.Run(name, func(t *testing.T) {
			needs(t, reader.needs...)
			var paths []string
			for _, folder := range folders[:min(reader.most, len(folders))] {
				for _, file := range reader.files {
					paths = append(paths, path.Join(folder, file))
				}
			}
			found := reader.read(t, s, paths)
			for _, p := range paths {
				want := written[path.Dir(p)]
				want.Items = slices.Clone(want.Items)
				for n := range want.Items {
					reader.lacks(&want.Items[n])
				}
				if diff := cmp.Diff(want, readable(t, found[p], reader.lacks)); diff != "" {
					t.Errorf("%s (-written +read):\n%s", p, diff)
				}
			}
		})
	}
}

// readable is what a reader found as it shows it: as text.
func readable(t *testing.T, f readFeed, lacks func(*readItem)) readFeed {
	t.Helper()
	for n := range f.Items {
		i := &f.Items[n]
		i.Summary, i.Content = textOf(t, i.Summary), textOf(t, i.Content)
		if i.Content == "" {
			i.Content = i.Summary
		}
		lacks(i)
	}
	return f
}

func readGofeed(t *testing.T, s site, paths []string) map[string]readFeed {
	t.Helper()
	all := map[string]readFeed{}
	for _, p := range paths {
		feed := parseFeed(t, s.files[p])
		f := readFeed{Title: feed.Title, Link: feed.Link}
		for _, i := range feed.Items {
			f.Items = append(f.Items, newReadItem(i))
		}
		all[p] = f
	}
	return all
}

func newReadItem(i *gofeed.Item) readItem {
	item := readItem{
		ID: i.GUID, Title: i.Title, Link: i.Link, Published: i.PublishedParsed.UTC().Format(time.RFC3339),
		Summary: i.Description, Content: i.Content,
	}
	if len(i.Authors) > 0 {
		item.Author = i.Authors[0].Name
	}
	return item
}

// The feed of everything says what the catalogue does.
func TestWrittenFeeds(t *testing.T) {
	s := sampleAt(t, "")
	for folder, lang := range map[string]string{".": "en", "ar": "ar"} {
		titles, dates := map[string]string{}, map[string]string{}
		for _, l := range s.Catalogue.Current {
			v, _, _ := l.In(lang)
			titles[l.ID], dates[l.ID] = v.Title, l.Published.UTC().Format(time.RFC3339)
		}
		gotTitles, gotDates := map[string]string{}, map[string]string{}
		for _, i := range writtenFeeds(t, s, []string{folder})[folder].Items {
			gotTitles[i.ID], gotDates[i.ID] = i.Title, i.Published
		}
		if diff := cmp.Diff(titles, gotTitles); diff != "" {
			t.Errorf("%s: titles: %s", folder, diff)
		}
		if diff := cmp.Diff(dates, gotDates); diff != "" {
			t.Errorf("%s: dates: %s", folder, diff)
		}
	}
}
