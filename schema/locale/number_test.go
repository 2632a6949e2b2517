package locale_test

import "testing"

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		n              float64
		en, latn, arab string
	}{
		{0, "0", "0", "٠"},
		{12, "12", "12", "١٢"},
		{999, "999", "999", "٩٩٩"},
		{1000, "1,000", "1,000", "١٬٠٠٠"},
		{1234567.5, "1,234,567.5", "1,234,567.5", "١٬٢٣٤٬٥٦٧٫٥"},
		{0.25, "0.25", "0.25", "٠٫٢٥"},
		{-3, "-3", "\u200e-3", "\u061c-٣"},
	} {
		check(t, []said{
			{"en", "", localizer(t, "en", "").Number(c.n), c.en},
			{"en", "arab", localizer(t, "en", "arab").Number(c.n), c.en},
			{"ar", "latn", localizer(t, "ar", "latn").Number(c.n), c.latn},
			{"ar", "arab", localizer(t, "ar", "arab").Number(c.n), c.arab},
		})
	}
}

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		lang, numerals string
		amount         float64
		currency, want string
	}{
		{"en", "", 50, "QAR", "QAR\u00a050"},
		{"en", "", 12.5, "QAR", "QAR\u00a012.50"},
		{"en", "", 1250, "USD", "$1,250"},
		{"en", "", 9.99, "GBP", "£9.99"},
		{"en", "", 1.25, "KWD", "KWD\u00a01.250"},
		{"en", "", 12.999, "QAR", "QAR\u00a013"},
		{"en", "", 1500.4, "JPY", "¥1,500"},
		{"en", "", 5, "XXQ", "XXQ\u00a05"},
		{"en", "", 5, "points", "points\u00a05"},
		{"ar", "latn", 50, "QAR", "50\u00a0ر.ق.\u200f"},
		{"ar", "latn", 1250.5, "QAR", "1,250.50\u00a0ر.ق.\u200f"},
		{"ar", "arab", 50, "QAR", "٥٠\u00a0ر.ق.\u200f"},
		{"ar", "arab", 1250.5, "QAR", "١٬٢٥٠٫٥٠\u00a0ر.ق.\u200f"},
		{"ar", "latn", 5, "USD", "5\u00a0US$"},
		{"ar", "latn", 5, "EUR", "5\u00a0€"},
		{"fr", "", 12.5, "EUR", "12,50\u00a0€"},
		{"de", "", 1250, "EUR", "1.250\u00a0€"},
		{"nl", "", 5, "EUR", "€\u00a05"},
		{"tr", "", 5, "EUR", "€5"},
		{"fa", "", 5, "EUR", "\u200e€\u00a0۵"},
	} {
		l := localizer(t, c.lang, c.numerals)
		check(t, []said{{c.lang, c.numerals, l.Money(c.amount, c.currency), c.want}})
	}
}

func TestMeasures(t *testing.T) {
	en, latn, arab := localizer(t, "en", ""), localizer(t, "ar", "latn"), localizer(t, "ar", "arab")
	check(t, []said{
		{"en", "", en.Distance(0), "50 m"},
		{"en", "", en.Distance(0.78), "800 m"},
		{"en", "", en.Distance(0.98), "1 km"},
		{"en", "", en.Distance(1.54), "1.5 km"},
		{"en", "", en.Distance(12.4), "12 km"},
		{"ar", "latn", latn.Distance(1.54), "1.5 كم"},
		{"ar", "arab", arab.Distance(1.54), "١٫٥ كم"},
		{"en", "", en.Duration(0, 0), "0 minutes"},
		{"en", "", en.Duration(0, 45), "45 minutes"},
		{"en", "", en.Duration(1, 0), "1 hour"},
		{"en", "", en.Duration(0, 90), "1 hour 30 minutes"},
		{"ar", "latn", latn.Duration(2, 15), "ساعتان و15 دقيقة"},
		{"ar", "arab", arab.Duration(3, 0), "٣ ساعات"},
	})
}

func BenchmarkNumber(b *testing.B) {
	l := localizer(b, "ar", "arab")
	b.ReportAllocs()
	for b.Loop() {
		l.Number(1234.5)
	}
}

func BenchmarkMoney(b *testing.B) {
	l := localizer(b, "ar", "arab")
	b.ReportAllocs()
	for b.Loop() {
		l.Money(50, "QAR")
	}
}
