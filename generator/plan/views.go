package plan

// Views are what the plan gives to the templates that it renders, by the
// templates' names, with as little in each as ever is: pages without what
// they can do without. Themes are checked against them.
func Views() map[string]any {
	page := Page{Site: &Site{}}
	return map[string]any{
		"open":       &Site{},
		"header":     &Site{},
		"footer":     &Site{},
		"feed-links": &Feeds{},
		"feeds":      &Feeds{},
		"feed-line":  &Feeds{},
		"card":       Card{},
		"home":       HomePage{Page: page},
		"terms":      TermsPage{Page: page},
		"list":       ListPage{Page: page},
		"listing":    ListingPage{Page: page},
		"page":       TextPage{Page: page},
		"not-found":  NotFoundPage{Page: page},
		"moved":      Moved{},
		"calendar":   CalendarPage{Page: page},
		"search":     SearchPage{Page: page},
		"federation": FederationPage{Page: page},
		"channel":    ChannelPage{SearchPage: SearchPage{Page: page}},
		"embed":      EmbedPage{Page: page},
		"embed-how":  EmbedHowPage{Page: page},
		"saved":      SavedPage{Page: page},
		"submit":     SubmitPage{Page: page},
		"offline":    OfflinePage{Page: page},
		"school":     SchoolPage{Page: page},
		"timetable":  TimetablePage{Page: page},
		"board":      BoardPage{Page: page},
		"slide":      Slide{},
		"poster":     PosterPage{Page: page},
		"newsletter": NewsletterPage{Page: page},
		"mail":       Mail{},
		"issue":      Mail{},
	}
}
