package hours

import (
	"sluss/internal/i18n"
	"sluss/internal/place"
)

// Extent says how much of the week a place is.
func Extent(l *i18n.Lang, e place.Extent) string {
	var parts []string
	if e.Days > 0 {
		parts = append(parts, l.T("place.extent.days", e.Days))
	}
	if e.Hours > 0 {
		parts = append(parts, l.T("place.extent.hours", e.Hours))
	}
	if e.Percent > 0 {
		parts = append(parts, l.T("place.extent.percent", e.Percent))
	}
	if e.Words != "" {
		parts = append(parts, l.Apart(e.Words))
	}
	return l.List(parts...)
}
