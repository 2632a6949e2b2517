package schema_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema"
)

func TestRepository(t *testing.T) {
	for _, c := range []struct {
		repository schema.Repository
		want       [3]string
	}{
		{schema.Repository{URL: "https://github.com/doha/learning"}, [3]string{
			"https://github.com/doha/learning/edit/main/content/pages/a%20b.md",
			"https://github.com/doha/learning/issues/new?body=It+is+%26+was&title=Night+sky",
			"https://github.com/doha/learning/new/main/content?filename=schools/{name}.toml&value={text}",
		}},
		{schema.Repository{URL: "https://github.com/doha/learning.git/", Branch: "next", Folder: "."}, [3]string{
			"https://github.com/doha/learning/edit/next/pages/a%20b.md",
			"https://github.com/doha/learning/issues/new?body=It+is+%26+was&title=Night+sky",
			"https://github.com/doha/learning/new/next?filename=schools/{name}.toml&value={text}",
		}},
		{schema.Repository{URL: "https://gitlab.museum.example/doha/learning/", Folder: "site/content"}, [3]string{
			"https://gitlab.museum.example/doha/learning/-/edit/main/site/content/pages/a%20b.md",
			"https://gitlab.museum.example/doha/learning/-/issues/new?issue%5Bdescription%5D=It+is+%26+was&issue%5Btitle%5D=Night+sky",
			"https://gitlab.museum.example/doha/learning/-/new/main/site/content?file_name=schools/{name}.toml&content={text}",
		}},
	} {
		got := [3]string{c.repository.EditURL("pages/a b.md"), c.repository.IssueURL("Night sky", "It is & was"), c.repository.NewURL("schools/{name}.toml")}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.repository.URL, diff)
		}
	}
}
