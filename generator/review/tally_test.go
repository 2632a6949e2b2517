package review_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/review"
	"fursa/schema/diag"
)

// How much was found is said in the reader's language, in words that agree.
func TestTally(t *testing.T) {
	of := func(s diag.Severity, n int) diag.List {
		list := make(diag.List, n)
		for i := range list {
			list[i].Severity = s
		}
		return list
	}
	some := diag.Verdict{
		Own:    append(append(of(diag.Error, 3), of(diag.Warning, 1)...), of(diag.Note, 2)...),
		Before: append(of(diag.Warning, 11), of(diag.Note, 4)...),
	}
	want := map[string][]string{
		"en":    {"0 errors", "3 errors, 1 warning, 2 notes; 11 that were there before"},
		"en-GB": {"0 errors", "3 errors, 1 warning, 2 notes; 11 that were there before"},
		"fi":    {"0 errors", "3 errors, 1 warning, 2 notes; 11 that were there before"},
		"ar":    {"لا أخطاء", "3 أخطاء، تحذير واحد، ملاحظتان؛ و11 مشكلة كانت موجودة من قبل"},
		"ar-QA": {"لا أخطاء", "3 أخطاء، تحذير واحد، ملاحظتان؛ و11 مشكلة كانت موجودة من قبل"},
	}
	got := map[string][]string{}
	for lang := range want {
		for _, found := range []diag.Verdict{{}, some} {
			tally, err := review.Tally(found, lang)
			if err != nil {
				t.Fatal(err)
			}
			got[lang] = append(got[lang], tally)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
