package convert_test

import (
	"testing"

	"golang.org/x/text/encoding/charmap"

	"fursa/feeds/convert"
)

func TestMend(t *testing.T) {
	all := convert.Encodings
	for _, tt := range []struct {
		name, in, want string
		encodings      []string
	}{
		{"plain", "It's plain.", "It's plain.", all},
		{"right already", "Café “Été” — naïve, señor, Ørsted", "Café “Été” — naïve, señor, Ørsted", all},
		{"right Arabic", "مكتبة الحيّ", "مكتبة الحيّ", all},
		{"right Chinese", "回家学画画", "回家学画画", all},

		{"UTF-8 as Windows-1252", "Itâ€™s â€œfineâ€\u009d â€“ CafÃ©", "It’s “fine” – Café", all},
		{"UTF-8 as Latin-1", "It\u00e2\u0080\u0099s", "It’s", all},
		{"a mark and a space", "CafÃ© Â· 5 â‚¬", "Café · 5 €", all},
		{"Arabic as Windows-1252", "Ø¹Ø±Ø¨ÙŠ", "عربي", all},
		{"beside letters that are right", "Zürich’s CafÃ©", "Zürich’s Café", all},
		{"capitals before a dash", "CAFÉ—open", "CAFÉ—open", all},
		{"capitals before a quote", "“IRMÃ”", "“IRMÃ”", all},
		{"not asked for", "CafÃ©", "CafÃ©", []string{"macintosh"}},
		{"nothing asked for", "childÕs", "childÕs", nil},

		{"Mac apostrophe", "a childÕs play", "a child’s play", all},
		{"Mac quotes", "the ÒbestÓ of it", "the “best” of it", all},
		{"Mac dash", "8 a.m. Ð 5 p.m.", "8 a.m. – 5 p.m.", all},
		{"Mac Spanish", "ÁHola! Informaci\u0097n para ni\u0096os", "¡Hola! Información para niños", all},
		{"Mac trade mark", "LEGO¨ bricks", "LEGO® bricks", all},
		{"a word in Latin-1 beside Mac", "José and childÕs", "José and childÕs", all},
		{"a letter that Latin-1 lacks", "“x” childÕs", "“x” childÕs", all},
		{"Icelandic", "Ðorður", "Ðorður", all},
		{"Portuguese capitals", "LIÇÕES DE VIOLÃO", "LIÇÕES DE VIOLÃO", all},

		{"Windows-1252 as Latin-1", "the \u0093Freedom Song\u0094 \u0096 that\u0092s it", "the “Freedom Song” – that’s it", all},
	} {
		got, changed := convert.Mend(tt.in, tt.encodings)
		if got != tt.want || changed != (tt.in != tt.want) {
			t.Errorf("%s: %q became %q, changed %v, want %q", tt.name, tt.in, got, changed, tt.want)
		}
	}
}

// FuzzMend wants that a text read in the wrong encoding either comes back or
// is left alone, and that what has come back is not mended again.
func FuzzMend(f *testing.F) {
	for _, s := range []string{"It’s a café", "¡Hola, niños!", "“Quoted” – dash", "عربي", "plain"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if again, changed := convert.Mend(s, nil); changed || again != s {
			t.Errorf("%q changed with no encoding asked for", s)
		}
		broken, err := charmap.ISO8859_1.NewDecoder().String(s) // UTF-8 read as Latin-1
		if err != nil {
			t.Skip()
		}
		got, changed := convert.Mend(broken, []string{"utf-8"})
		if !changed && got != broken {
			t.Errorf("%q became %q, said to be unchanged", broken, got)
		}
	})
}
