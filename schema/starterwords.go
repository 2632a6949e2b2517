package schema

// filledFields are fields that a schema does not require by name, but a
// record hardly does without.
func filledFields() map[Kind][]string {
	return map[Kind][]string{
		KindOpportunity: {"ages", "place.name", "place.address", "sessions"},
		KindReview:      {"accepted"},
	}
}

// usefulFields are the optional fields that most records of a kind have.
func usefulFields() map[Kind][]string {
	return map[Kind][]string{
		KindOpportunity: {"audience", "grades", "skills", "place", "duration", "registration", "contact", "image"},
		KindProvider:    {"summary", "kind", "url", "contact", "districts"},
		KindSchool:      {"place", "grades", "languages", "want"},
		KindPathway:     {"audience", "grades", "image"},
		KindBadge:       {"image", "skills", "unlocks"},
		KindEndorsement: {"scope", "until"},
		KindPeer:        {"format", "trust", "want"},
		KindReview:      {"refused"},
		KindBlocklist:   {"url"},
		KindVocabulary:  {"title"},
		KindPage:        {"summary", "menu"},
		KindCatalogue:   {"description", "country", "licence", "contact", "grades", "school_calendar"},
	}
}

// words are what a starting file says beside what the schema does.
type words struct{ draft, useful, further, values, body string }

func starterWords() map[string]words {
	return map[string]words{
		"en": {
			draft: "Draft: while this line is here, the listing is not published. Remove it when" +
				" all below is filled in.",
			useful:  "Often useful. To use a line that begins with # and a name, remove its #.",
			further: "Further fields, for those who need them.",
			values:  "Allowed:",
			body: "Write here what people will do, in your own words: what happens, whom they\n" +
				"meet, what to bring. This part is Markdown: leave an empty line between\n" +
				"paragraphs, and begin a line with - to make a list.",
		},
		"ar": {
			draft: "مسودة: لا يُنشر هذا العرض ما دام هذا السطر هنا. احذفه بعد أن تملأ كل ما يلي.",
			useful: "حقول كثيرة الفائدة. لاستعمال سطر يبدأ بعلامة # يليها اسم الحقل مباشرة، احذف" +
				" العلامة #.",
			further: "حقول أخرى لمن يحتاج إليها.",
			values:  "القيم المسموح بها:",
			body: "اكتب هنا بكلماتك ما سيفعله المشاركون: ماذا يحدث، ومن يلتقون، وماذا يحضرون\n" +
				"معهم. هذا الجزء مكتوب بصيغة Markdown: اترك سطرًا فارغًا بين الفقرات، وابدأ\n" +
				"السطر بعلامة - لتكتب قائمة.",
		},
	}
}
