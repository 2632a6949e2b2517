package locale_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/locale"
)

func localizer(t testing.TB, lang, numerals string) *locale.Localizer {
	t.Helper()
	l, err := locale.New(lang, numerals)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// said is what a language says, and in which language and numerals.
type said struct{ lang, numerals, got, want string }

func check(t *testing.T, cases []said) {
	t.Helper()
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.lang, c.numerals, c.got, c.want)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for _, c := range [][2]string{{"", ""}, {"english!", ""}, {"en", "roman"}} {
		if _, err := locale.New(c[0], c[1]); err == nil {
			t.Errorf("New(%q, %q): no error", c[0], c[1])
		}
	}
}

func TestIdentity(t *testing.T) {
	type identity struct{ Lang, Dir, Name string }
	for _, want := range []identity{
		{"en", "ltr", "English"},
		{"ar", "rtl", "العربية"},
		{"ar-QA", "rtl", "العربية"},
		{"fr", "ltr", "français"},
		{"fa", "rtl", "فارسی"},
		{"qsl", "ltr", "qsl"},
	} {
		l := localizer(t, want.Lang, "")
		if diff := cmp.Diff(want, identity{l.Lang(), l.Dir(), l.Name()}); diff != "" {
			t.Error(diff)
		}
	}
	if diff := cmp.Diff([]string{"ar", "en"}, locale.Known()); diff != "" {
		t.Error(diff)
	}
}

func TestDirection(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "ltr", "ar": "rtl", "ar-Latn": "ltr", "he": "rtl", "ur": "rtl", "dv": "rtl",
		"ks": "rtl", "ks-Deva": "ltr", "az-Arab": "rtl", "ja": "ltr", "": "ltr", "no tag": "ltr",
	} {
		if got := locale.Direction(lang); got != want {
			t.Errorf("Direction(%q) = %q, want %q", lang, got, want)
		}
	}
}

func TestT(t *testing.T) {
	en, latn, arab := localizer(t, "en", "arab"), localizer(t, "ar", "latn"), localizer(t, "ar", "arab")
	check(t, []said{
		{"en", "", en.T("kind.workshop"), "Workshop"},
		{"ar", "", arab.T("kind.workshop"), "ورشة عمل"},
		{"en", "", en.T("no.such-key"), "no.such-key"},
		{"en", "", en.T("no.such-key", "a", 1), "no.such-key"},
		{"en", "no value", en.T("page.of", "page", 1), "page.of"},
		{"en", "", en.T("page.of", "page", 1, "pages", 1200), "Page 1 of 1,200"},
		{"ar", "latn", latn.T("page.of", "page", 1, "pages", 12), "الصفحة 1 من 12"},
		{"ar", "arab", arab.T("page.of", "page", 1, "pages", 12), "الصفحة ١ من ١٢"},
		{"ar", "arab", arab.T("age.range", "min", 8.0, "max", "12"), "الأعمار ٨–12"},
		{"en", "", en.T("weekday.mon"), "Monday"},
		{"en", "", en.T("weekday-short.sun"), "Sun"},
		{"ar", "", arab.T("weekday.mon"), "الاثنين"},
		{"ar", "", arab.T("when.every", "days", arab.List([]string{"الاثنين", "الأربعاء"})), "أيام الاثنين والأربعاء من كل أسبوع"},
	})
}

func TestN(t *testing.T) {
	en, latn, arab := localizer(t, "en", ""), localizer(t, "ar", "latn"), localizer(t, "ar", "arab")
	const key = "count.listings"
	check(t, []said{
		{"en", "", en.N(key, 0), "0 listings"},
		{"en", "", en.N(key, 1), "1 listing"},
		{"en", "", en.N(key, 21654), "21,654 listings"},
		{"en", "", en.N("no.such-key", 1), "no.such-key"},
		{"ar", "latn", latn.N(key, 0), "لا توجد فرص"},
		{"ar", "latn", latn.N(key, 1), "فرصة واحدة"},
		{"ar", "latn", latn.N(key, 2), "فرصتان"},
		{"ar", "latn", latn.N(key, 3), "3 فرص"},
		{"ar", "latn", latn.N("count.days", 11), "11 يومًا"},
		{"ar", "latn", latn.N("count.days", 100), "100 يوم"},
		{"ar", "latn", latn.N("count.days", 103), "103 أيام"},
		{"ar", "arab", arab.N(key, 10), "١٠ فرص"},
		{"ar", "arab", arab.N(key, 21654), "٢١٬٦٥٤ فرصة"},
	})
}

func TestLanguageWithoutMessages(t *testing.T) {
	fr, hi, qsl := localizer(t, "fr", ""), localizer(t, "hi", ""), localizer(t, "qsl", "")
	check(t, []said{
		{"fr", "", fr.T("nav.home"), "Home"},
		{"fr", "", fr.N("count.days", 0), "0 days"},
		{"fr", "", fr.T("weekday.mon"), "lundi"},
		{"fr", "", fr.Number(1234.5), "1\u00a0234,5"},
		{"hi", "", hi.T("nav.home"), "Home"},
		{"hi", "", hi.T("weekday.mon"), "Monday"},
		{"hi", "", hi.Number(1234567), "1,234,567"},
		{"hi", "", hi.LanguageName("ar"), "अरबी"},
		{"qsl", "", qsl.LanguageName("ar") + ", " + qsl.CountryName("QA"), "Arabic, Qatar"},
	})
}

func TestText(t *testing.T) {
	en, ar := localizer(t, "en", ""), localizer(t, "ar", "")
	check(t, []said{
		{"en", "", en.List(nil), ""},
		{"en", "", en.List([]string{"a"}), "a"},
		{"en", "", en.List([]string{"a", "b"}), "a and b"},
		{"en", "", en.List([]string{"a", "b", "c"}), "a, b and c"},
		{"ar", "", ar.List([]string{"أ", "ب", "ج"}), "أ وب وج"},
		{"en", "", en.Quote("roof"), "“roof”"},
		{"ar", "", ar.Quote("سطح"), "«سطح»"},
		{"en", "", en.LanguageName("ar"), "Arabic"},
		{"en", "", en.LanguageName("qsl"), "qsl"},
		{"en", "", en.LanguageName("no tag"), "no tag"},
		{"ar", "", ar.LanguageName("fr"), "الفرنسية"},
		{"en", "", en.CountryName("QA"), "Qatar"},
		{"en", "", en.CountryName("??"), "??"},
		{"ar", "", ar.CountryName("QA"), "قطر"},
	})
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		lang string
		want []string
	}{
		{"en", []string{"apple", "Éclair", "Grade 2", "Grade 10", "zoo"}},
		{"sv", []string{"zoo", "ål", "ärta", "öl"}},
		{"de", []string{"ärger", "öl", "zoo"}},
		// The article is a part of the word.
		{"ar", []string{"أحمد", "الصف ٢", "الصف ١٠", "بيت", "يوم"}},
	} {
		l := localizer(t, c.lang, "")
		got := slices.Clone(c.want)
		slices.Reverse(got)
		slices.SortFunc(got, l.Compare)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.lang, diff)
		}
	}
	l := localizer(t, "en", "")
	if l.Compare("a", "a") != 0 || l.Compare("a", "A") == 0 {
		t.Error("only equal texts compare as equal")
	}
}

func TestConcurrentUse(t *testing.T) {
	l := localizer(t, "ar", "arab")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for n := range 200 {
				if got := l.N("count.days", 11) + l.Money(50, "USD"); got != "١١ يومًا٥٠\u00a0US$" {
					t.Errorf("%d: %q", n, got)
				}
				if l.Compare("أحمد", "بيت") >= 0 {
					t.Error("out of order")
				}
			}
		})
	}
	wait.Wait()
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		localizer(b, "ar", "arab")
	}
}

func BenchmarkT(b *testing.B) {
	l := localizer(b, "ar", "arab")
	b.ReportAllocs()
	for b.Loop() {
		l.T("kind.workshop")
	}
}

func BenchmarkTArgs(b *testing.B) {
	l := localizer(b, "ar", "arab")
	b.ReportAllocs()
	for b.Loop() {
		l.T("page.of", "page", 1, "pages", 12)
	}
}

func BenchmarkN(b *testing.B) {
	l := localizer(b, "ar", "arab")
	b.ReportAllocs()
	for b.Loop() {
		l.N("count.listings", 12)
	}
}

func BenchmarkCompare(b *testing.B) {
	l := localizer(b, "ar", "arab")
	b.ReportAllocs()
	for b.Loop() {
		l.Compare("مدرسة قطر", "مدرسة دبي")
	}
}

func BenchmarkLanguageName(b *testing.B) {
	l := localizer(b, "ar", "arab")
	b.ReportAllocs()
	for b.Loop() {
		l.LanguageName("en")
	}
}
