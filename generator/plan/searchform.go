package plan

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fursa/schema"
	"fursa/schema/when"
)

// weekend are the days of the week without school, as the script of the search
// page counts them: from 0, Sunday, to 6. Saturday and Sunday where the
// catalogue does not say, or has school every day.
func weekend(s *schema.SchoolCalendar) string {
	const usual = "06"
	if s == nil {
		return usual
	}
	var days strings.Builder
	for d := time.Sunday; d <= time.Saturday; d++ {
		school := slices.ContainsFunc(s.Days, func(name string) bool {
			day, ok := when.ParseWeekday(name)
			return ok && day == d
		})
		if !school {
			days.WriteString(strconv.Itoa(int(d)))
		}
	}
	if days.Len() == 0 {
		return usual
	}
	return days.String()
}
