package schema

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fursa/schema/document"
)

// price is an amount of money as people write it: «$20», «20 QAR», «مجاني».
// Currency is empty where none is said.
type price struct {
	amount   float64
	currency string
}

// signs are the signs and short forms of currencies that stand for one alone;
// a dollar of which no country is said is the American one.
var signs = map[string]string{
	"$": "USD", "us$": "USD", "usd$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "₺": "TRY",
	"qr": "QAR", "q.r": "QAR", "q.r.": "QAR", "ر.ق": "QAR", "ر.ق.": "QAR", "ر. ق.": "QAR", "ريال قطري": "QAR",
	"ر.س": "SAR", "ر.س.": "SAR", "ريال سعودي": "SAR", "د.إ": "AED", "د.إ.": "AED", "د.ك": "KWD", "د.ك.": "KWD",
}

// free are the words that say that something costs nothing.
var free = []string{"free", "free of charge", "for free", "no charge", "no cost", "gratis", "مجاني", "مجانا", "مجانًا", "مجاناً", "مجانية"}

var (
	moneyLike = regexp.MustCompile(`^(\D*?)\s*(\d[\d.,٬٫]*)\s*(\D*?)(?:\s*/-)?$`)
	rangeLike = regexp.MustCompile(`^(\D*?\d[\d.,]*)\s*(?:-|–|—|to|إلى|الى)\s*(\d[\d.,]*\s*\D*)$`)
)

// priceOf reads a price; false where it is none, or could be several.
func priceOf(s string) (price, bool) {
	s = strings.TrimSpace(latin(s))
	if slices.Contains(free, strings.ToLower(s)) {
		return price{}, true
	}
	m := moneyLike.FindStringSubmatch(s)
	if m == nil || m[1] != "" && m[3] != "" {
		return price{}, false
	}
	value, ok := document.Meant(m[2])
	if !ok {
		return price{}, false
	}
	amount, isNumber := number(value)
	currency := currencyOf(m[1] + m[3])
	if !isNumber || currency == "" && m[1]+m[3] != "" {
		return price{}, false
	}
	return price{amount, currency}, true
}

// prices reads «50–120 QAR».
func prices(s string) (from, to price, ok bool) {
	m := rangeLike.FindStringSubmatch(strings.TrimSpace(latin(s)))
	if m == nil {
		return from, to, false
	}
	from, ok1 := priceOf(m[1])
	to, ok2 := priceOf(m[2])
	if from.currency == "" {
		from.currency = to.currency
	}
	if to.currency == "" {
		to.currency = from.currency
	}
	return from, to, ok1 && ok2 && from.currency == to.currency && from.amount < to.amount
}

// currencyOf is the code that a sign, or a code in any case, stands for;
// empty where it stands for none, or for several.
func currencyOf(s string) string {
	s = strings.TrimSpace(s)
	if code, ok := signs[strings.ToLower(s)]; ok {
		return code
	}
	if code := strings.ToUpper(s); isCurrency(code) {
		return code
	}
	return ""
}

// costTable is the table of cost that a text, or a number, says.
func costTable(value any) string {
	s, isText := value.(string)
	if n, ok := number(value); ok && n >= 0 {
		return "{ amount = " + inline(n) + " }"
	}
	if !isText {
		return ""
	}
	if from, to, ok := prices(s); ok {
		return "{ from = " + inline(from.amount) + ", to = " + inline(to.amount) + said(from.currency) + " }"
	}
	if p, ok := priceOf(s); ok {
		return "{ amount = " + inline(p.amount) + said(p.currency) + " }"
	}
	return ""
}

func said(currency string) string {
	if currency == "" {
		return ""
	}
	return ", currency = " + strconv.Quote(currency)
}

var agesLike = regexp.MustCompile(`^(\d{1,4})\s*(?:-|–|—|to|إلى|الى)\s*(\d{1,4})$`)

// rangeTable is the table of a range that a text says: «10–14», «10+».
func rangeTable(value any) string {
	s, _ := value.(string)
	s = strings.TrimSpace(latin(s))
	if m := agesLike.FindStringSubmatch(s); m != nil {
		return "{ min = " + digits(m[1]) + ", max = " + digits(m[2]) + " }"
	}
	if low, ok := strings.CutSuffix(s, "+"); ok && digits(low) != "" {
		return "{ min = " + digits(low) + " }"
	}
	return ""
}

// digits is a whole number without zeros before it; empty for all else.
func digits(s string) string {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 {
		return ""
	}
	return strconv.Itoa(n)
}
