package locale_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/locale"
)

// More messages go before the site's own; a language that has none of a key,
// or none at all, has the English one.
func TestMoreMessages(t *testing.T) {
	more := locale.Messages{
		"en": []byte("\"nav.home\" = \"Start\"\n\"ours.ask\" = \"Ask {{.who}}\"\n[\"ours.books\"]\none = \"{{.Count}} book\"\nother = \"{{.Count}} books\"\n"),
		"ar": []byte("\"nav.home\" = \"البداية\"\n[\"ours.books\"]\ntwo = \"كتابان\"\nother = \"{{.Count}} كتاب\"\n"),
		"fr": []byte("\"nav.home\" = \"Début\"\n"),
	}
	var got [][]string
	for _, lang := range []string{"en", "ar", "fr", "de"} {
		l, err := locale.New(lang, "latn", more)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, []string{l.T("nav.home"), l.T("ours.ask", "who", "Huda"), l.N("ours.books", 2), l.T("nav.subjects")})
	}
	if diff := cmp.Diff([][]string{
		{"Start", "Ask Huda", "2 books", "Subjects"},
		{"البداية", "Ask Huda", "كتابان", "المجالات"},
		{"Début", "Ask Huda", "2 books", "Subjects"},
		{"Start", "Ask Huda", "2 books", "Subjects"},
	}, got); diff != "" {
		t.Error(diff)
	}
	keys, err := locale.Keys(more)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"ours.ask", "ours.books", "nav.subjects", "weekday.mon"} {
		if !slices.Contains(keys, key) {
			t.Errorf("%s is not among the keys", key)
		}
	}
	for _, bad := range []locale.Messages{{"en": []byte("nav = ")}, {"no language": nil}} {
		if _, err := locale.Keys(bad); err == nil {
			t.Errorf("no error for %s", bad)
		}
	}
}
