// Package retention is how long what is written about somebody is kept, and how it is destroyed: proposed by one, decided
// by another, done when thirty days have gone, and done again on a backup that is put back.
package retention

import (
	"slices"
	"strings"
	"time"

	"sluss/internal/clock"
)

// Rule is one dated rule on how long notes are kept. It is data: a new law is a new line, and what was decided by an older one stays.
type Rule struct {
	ID     string // as kept with each round; its name is a text retention.rule.*
	From   clock.Date
	To     clock.Date // the first day it no longer holds
	Years  int        // after the last note
	Sample []int      // those born on these days of any month are kept for research
	Kept   []string   // municipalities and counties, by the beginning of their code, where everybody is
	Source string
}

// Rules are in the order of their days. Checked against the summaries named, not against the enacted text.
var Rules = []Rule{
	{ID: "sol2001", From: "2002-01-01", To: "2025-07-01", Years: 5, Sample: []int{5, 15, 25}, Kept: []string{"1480", "05", "09"},
		Source: "socialtjänstlagen (2001:453) 12 kap. 1–2 §§; socialtjänstförordningen (2001:937) 7 kap. 2 §"},
	{ID: "sol2025", From: "2025-07-01", To: clock.Forever, Years: 5, Sample: []int{5, 15, 25}, Kept: []string{"1480", "05", "09"},
		Source: "socialtjänstlagen (2025:400) 16 kap. 1–4 §§; socialtjänstförordningen (2001:937) 7 kap. 2 §"},
}

// On gives the rule that holds on a day.
func On(d clock.Date) Rule {
	for _, r := range Rules {
		if r.From <= d && d < r.To {
			return r
		}
	}
	return Rules[0]
}

// Dates gives from which day something must be destroyed whose last note is of the day, and the latest day for it: the last of
// the calendar year after.
func (r Rule) Dates(last clock.Date) (from, latest clock.Date) {
	from = last.AddMonths(12 * r.Years)
	return from, clock.DateOf(time.Date(from.Time().Year()+1, time.December, 31, 0, 0, 0, 0, time.UTC))
}

// Keep tells whether somebody is kept for research: in a municipality where everybody is, or born on one of the days. A birth
// day of 0 is not known; then nobody can tell, and the person is not destroyed.
func (r Rule) Keep(municipality string, birthDay int) bool {
	if slices.ContainsFunc(r.Kept, func(code string) bool { return strings.HasPrefix(municipality, code) }) {
		return true
	}
	return birthDay == 0 || slices.Contains(r.Sample, birthDay)
}
