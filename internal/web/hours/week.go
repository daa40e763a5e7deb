package hours

import (
	"sluss/internal/clock"
	"sluss/internal/i18n"
)

// Week says on which days of the week something is, and between which times; 1 is Monday.
func Week(l *i18n.Lang, days string, at, until clock.LocalTime) string {
	var list []string
	for _, d := range days {
		list = append(list, l.Weekdays(int(d-'0')%7))
	}
	return l.T("placement.week", l.List(list...), l.Times(at, until))
}
