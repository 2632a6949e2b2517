package schema_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema"
)

// Words that a form shows as an example are in both languages.
func TestExamplesOfTextsAreTranslated(t *testing.T) {
	var visit func(kind schema.Kind, fields []schema.Field)
	visit = func(kind schema.Kind, fields []schema.Field) {
		for _, f := range fields {
			// A licence is called the same everywhere.
			if f.Format == "plain-text" && f.Name != "licence" && (f.Example["en"] == "" || !arabic.MatchString(f.Example["ar"])) {
				t.Errorf("%s: %s has the examples %v", kind, f.Path, f.Example)
			}
			visit(kind, f.Fields)
		}
	}
	for _, kind := range []schema.Kind{schema.KindOpportunity, schema.KindProvider} {
		visit(kind, schema.Fields(kind))
	}
}

func TestFields(t *testing.T) {
	for _, f := range schema.Fields(schema.KindOpportunity) {
		if f.Name != "ages" {
			continue
		}
		want := schema.Field{
			Name: "ages", Path: "ages", Type: "object", Inline: true,
			Title: schema.Text{"en": "Ages", "ar": "الأعمار"},
			Description: schema.Text{
				"en": "The ages that it is made for, in years. Either end may be left out. Give this or the grades, unless it is only for teachers.",
				"ar": "الأعمار التي صُمّم لها النشاط، بالسنوات. يمكن ترك أحد الطرفين. اكتب هذا أو الصفوف، إلا إذا كان للمعلمين فقط.",
			},
			Example: schema.Text{},
			Fields: []schema.Field{
				{
					Name: "min", Path: "ages.min", Type: "integer", Example: schema.Text{"en": "10"}, Title: f.Fields[0].Title, Description: f.Fields[0].Description,
				},
				{
					Name: "max", Path: "ages.max", Type: "integer", Example: schema.Text{"en": "14"}, Title: f.Fields[1].Title, Description: f.Fields[1].Description,
				},
			},
		}
		if diff := cmp.Diff(want, f); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}
