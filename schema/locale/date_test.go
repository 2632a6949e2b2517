package locale_test

import (
	"testing"
	"time"

	"fursa/schema/locale"
	"fursa/schema/when"
)

var (
	saturday = when.Date{Year: 2026, Month: time.December, Day: 5}
	morning  = when.Clock{Hour: 9, Minute: 5}
	evening  = when.Clock{Hour: 18}
)

func TestDates(t *testing.T) {
	for _, c := range []struct{ lang, numerals, full, short, month string }{
		{"en", "", "Saturday 5 December 2026", "5 Dec 2026", "December 2026"},
		{"en", "arab", "Saturday 5 December 2026", "5 Dec 2026", "December 2026"},
		{"en-GB", "", "Saturday 5 December 2026", "5 Dec 2026", "December 2026"},
		{"en-US", "", "Saturday, December 5, 2026", "Dec 5, 2026", "December 2026"},
		{"ar", "", "السبت، ٥ ديسمبر ٢٠٢٦", "٥ ديسمبر ٢٠٢٦", "ديسمبر ٢٠٢٦"},
		{"ar", "arab", "السبت، ٥ ديسمبر ٢٠٢٦", "٥ ديسمبر ٢٠٢٦", "ديسمبر ٢٠٢٦"},
		{"ar", "latn", "السبت، 5 ديسمبر 2026", "5 ديسمبر 2026", "ديسمبر 2026"},
		{"ar-QA", "", "السبت، 5 ديسمبر 2026", "5 ديسمبر 2026", "ديسمبر 2026"},
		{"ar-QA", "arab", "السبت، ٥ ديسمبر ٢٠٢٦", "٥ ديسمبر ٢٠٢٦", "ديسمبر ٢٠٢٦"},
		{"ca", "", "dissabte, 5 de desembre de 2026", "5 de des. 2026", "desembre de 2026"},
		{"de", "", "Samstag, 5. Dezember 2026", "5. Dez. 2026", "Dezember 2026"},
		{"es", "", "sábado, 5 de diciembre de 2026", "5 dic. 2026", "diciembre de 2026"},
		{"fa", "", "شنبه ۵ دسامبر ۲۰۲۶", "۵ دسامبر ۲۰۲۶", "دسامبر ۲۰۲۶"},
		{"fa", "arab", "شنبه ۵ دسامبر ۲۰۲۶", "۵ دسامبر ۲۰۲۶", "دسامبر ۲۰۲۶"},
		{"fi", "", "lauantai 5. joulukuuta 2026", "5. jouluk. 2026", "joulukuu 2026"},
		{"fr", "", "samedi 5 décembre 2026", "5 déc. 2026", "décembre 2026"},
		{"it", "", "sabato 5 dicembre 2026", "5 dic 2026", "dicembre 2026"},
		{"nl", "", "zaterdag 5 december 2026", "5 dec. 2026", "december 2026"},
		{"pt", "", "sábado, 5 de dezembro de 2026", "5 de dez. de 2026", "dezembro de 2026"},
		{"sv", "", "lördag 5 december 2026", "5 dec. 2026", "december 2026"},
		{"sw", "", "Jumamosi, 5 Desemba 2026", "5 Des 2026", "Desemba 2026"},
		{"tr", "", "5 Aralık 2026 Cumartesi", "5 Ara 2026", "Aralık 2026"},
		{"ur", "", "ہفتہ، 5 دسمبر، 2026", "5 دسمبر، 2026", "دسمبر 2026"},
		{"hi", "", "Saturday 5 December 2026", "5 Dec 2026", "December 2026"},
	} {
		l := localizer(t, c.lang, c.numerals)
		check(t, []said{
			{c.lang, c.numerals, l.Date(saturday), c.full},
			{c.lang, c.numerals, l.ShortDate(saturday), c.short},
			{c.lang, c.numerals, l.Month(2026, time.December), c.month},
			{c.lang, c.numerals, l.Date(when.Date{}) + l.ShortDate(when.Date{}), ""},
		})
	}
}

func TestDateRange(t *testing.T) {
	day := func(y, m, d int) when.Date { return when.Date{Year: y, Month: time.Month(m), Day: d} }
	within := [2]when.Date{day(2026, 12, 5), day(2026, 12, 7)}
	months := [2]when.Date{day(2026, 11, 28), day(2026, 12, 3)}
	years := [2]when.Date{day(2026, 12, 28), day(2027, 1, 3)}
	for _, c := range []struct{ lang, numerals, within, months, years string }{
		{"en", "", "5–7 December 2026", "28 November – 3 December 2026", "28 December 2026 – 3 January 2027"},
		{"en-US", "", "December 5–7, 2026", "November 28 – December 3, 2026", "December 28, 2026 – January 3, 2027"},
		{"ar", "latn", "5–7 ديسمبر 2026", "28 نوفمبر – 3 ديسمبر 2026", "28 ديسمبر 2026 – 3 يناير 2027"},
		{"ar", "arab", "٥–٧ ديسمبر ٢٠٢٦", "٢٨ نوفمبر – ٣ ديسمبر ٢٠٢٦", "٢٨ ديسمبر ٢٠٢٦ – ٣ يناير ٢٠٢٧"},
		{"de", "", "5.–7. Dezember 2026", "28. November – 3. Dezember 2026", "28. Dezember 2026 – 3. Januar 2027"},
		{"es", "", "5–7 de diciembre de 2026", "28 de noviembre – 3 de diciembre de 2026", "28 de diciembre de 2026 – 3 de enero de 2027"},
		{"ur", "", "5–7 دسمبر، 2026", "28 نومبر – 3 دسمبر، 2026", "28 دسمبر، 2026 – 3 جنوری، 2027"},
	} {
		l := localizer(t, c.lang, c.numerals)
		check(t, []said{
			{c.lang, c.numerals, l.DateRange(within[0], within[1]), c.within},
			{c.lang, c.numerals, l.DateRange(months[0], months[1]), c.months},
			{c.lang, c.numerals, l.DateRange(years[0], years[1]), c.years},
		})
	}
	en := localizer(t, "en", "")
	check(t, []said{
		{"en", "one day", en.DateRange(saturday, saturday), "5 December 2026"},
		{"en", "no end", en.DateRange(saturday, when.Date{}), "5 December 2026"},
		{"en", "no start", en.DateRange(when.Date{}, saturday), "5 December 2026"},
		{"en", "neither", en.DateRange(when.Date{}, when.Date{}), ""},
		{"en", "same month of another year", en.DateRange(saturday, day(2027, 12, 7)), "5 December 2026 – 7 December 2027"},
	})
}

func TestClock(t *testing.T) {
	noon, midnight := when.Clock{Hour: 12}, when.Clock{}
	for _, c := range []struct{ lang, numerals, morning, evening, noon, midnight, half, day string }{
		{"en", "", "09:05", "18:00", "12:00", "00:00", "12:00–18:00", "09:05–18:00"},
		{"en-US", "", "9:05 AM", "6:00 PM", "12:00 PM", "12:00 AM", "12:00–6:00 PM", "9:05 AM – 6:00 PM"},
		{"ar", "latn", "9:05 ص", "6:00 م", "12:00 م", "12:00 ص", "12:00–6:00 م", "9:05 ص – 6:00 م"},
		{"ar", "arab", "٩:٠٥ ص", "٦:٠٠ م", "١٢:٠٠ م", "١٢:٠٠ ص", "١٢:٠٠–٦:٠٠ م", "٩:٠٥ ص – ٦:٠٠ م"},
		{"fi", "", "9.05", "18.00", "12.00", "0.00", "12.00–18.00", "9.05–18.00"},
	} {
		l := localizer(t, c.lang, c.numerals)
		check(t, []said{
			{c.lang, c.numerals, l.Clock(morning), c.morning},
			{c.lang, c.numerals, l.Clock(evening), c.evening},
			{c.lang, c.numerals, l.Clock(noon), c.noon},
			{c.lang, c.numerals, l.Clock(midnight), c.midnight},
			{c.lang, c.numerals, l.ClockRange(noon, evening), c.half},
			{c.lang, c.numerals, l.ClockRange(morning, evening), c.day},
		})
	}
}

func TestDateTime(t *testing.T) {
	timed := when.Moment{Date: saturday, Clock: evening, Timed: true}
	en, ar := localizer(t, "en", ""), localizer(t, "ar", "latn")
	check(t, []said{
		{"en", "", en.DateTime(timed), "Saturday 5 December 2026, 18:00"},
		{"en", "", en.DateTime(when.Moment{Date: saturday}), "Saturday 5 December 2026"},
		{"ar", "latn", ar.DateTime(timed), "السبت، 5 ديسمبر 2026، 6:00 م"},
	})
}

func TestWeekday(t *testing.T) {
	en, ar := localizer(t, "en", ""), localizer(t, "ar", "")
	check(t, []said{
		{"en", "", en.Weekday(time.Wednesday), "Wednesday"},
		{"en", "", en.WeekdayShort(time.Wednesday), "Wed"},
		{"ar", "", ar.Weekday(time.Wednesday), "الأربعاء"},
		{"ar", "", ar.WeekdayShort(time.Wednesday), "الأربعاء"},
	})
}

func BenchmarkDates(b *testing.B) {
	l := localizer(b, "ar", "arab")
	later := when.Date{Year: 2027, Month: time.January, Day: 3}
	for name, f := range map[string]func(*locale.Localizer) string{
		"Date":       func(l *locale.Localizer) string { return l.Date(saturday) },
		"ShortDate":  func(l *locale.Localizer) string { return l.ShortDate(saturday) },
		"DateRange":  func(l *locale.Localizer) string { return l.DateRange(saturday, later) },
		"ClockRange": func(l *locale.Localizer) string { return l.ClockRange(morning, evening) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f(l)
			}
		})
	}
}
