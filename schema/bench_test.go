package schema_test

import (
	"testing"

	"fursa/schema"
)

// BenchmarkCheck is a valid listing with 22 properties, 50 with those of its
// tables and lists: what a build does for nearly every file.
func BenchmarkCheck(b *testing.B) {
	d := fixture(b, "testdata/valid/typical.opportunity.md")
	v := schema.NewValidator()
	v.Check(schema.KindOpportunity, "", d)
	b.ReportAllocs()
	for b.Loop() {
		if list := v.Check(schema.KindOpportunity, "", d); list != nil {
			b.Fatal(list)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	d := fixture(b, "testdata/valid/typical.opportunity.md")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := schema.Decode[schema.Opportunity](d.Value); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFirst is what the check of a single file pays before it begins.
func BenchmarkFirst(b *testing.B) {
	d := fixture(b, "testdata/valid/typical.opportunity.md")
	for b.Loop() {
		schema.NewValidator().Check(schema.KindOpportunity, "", d)
	}
}
