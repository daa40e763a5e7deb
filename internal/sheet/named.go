package sheet

import (
	"regexp"
	"slices"
	"strings"

	"sluss/internal/clock"
)

// monthNames are the first letters that tell a month in Swedish and English, and what may follow them.
var monthNames = [12]*regexp.Regexp{
	regexp.MustCompile(`^jan(uari|uary)?$`), regexp.MustCompile(`^feb(r|ruari|ruary)?$`), regexp.MustCompile(`^mar(s|ch)?$`),
	regexp.MustCompile(`^apr(il)?$`), regexp.MustCompile(`^ma[jy]$`), regexp.MustCompile(`^june?i?$`),
	regexp.MustCompile(`^jul[iy]?$`), regexp.MustCompile(`^aug(usti?)?$`), regexp.MustCompile(`^sept?(ember)?$`),
	regexp.MustCompile(`^o[kc]t(ober)?$`), regexp.MustCompile(`^nov(ember)?$`), regexp.MustCompile(`^dec(ember)?$`),
}

var (
	filler  = regexp.MustCompile(`^(den|the|of|mån|tis|ons|tor|tors|fre|lör|sön|[a-zåäö]+dag|[a-z]+day|mon|tue|wed|thu|fri|sat|sun)$`)
	ordinal = regexp.MustCompile(`^(\d{1,2})(:[ae]|st|nd|rd|th)$`)
	numeral = regexp.MustCompile(`^\d{1,4}$`)
)

// readNamed reads a day whose month is a word: 24 mars 2026, den 24:e mars 2026, March 24, 2026.
func readNamed(s string) (clock.Date, string) {
	words := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" -/,.", r) })
	month, at := 0, 0
	var before, after []string
	for i, w := range words {
		if m := ordinal.FindStringSubmatch(w); m != nil {
			w = m[1]
		}
		named := slices.IndexFunc(monthNames[:], func(m *regexp.Regexp) bool { return m.MatchString(w) }) + 1
		switch {
		case named > 0 && month == 0:
			month, at = named, i
		case filler.MatchString(w):
		case !numeral.MatchString(w):
			return "", "form"
		case month == 0:
			before = append(before, w)
		default:
			after = append(after, w)
		}
	}
	if month == 0 || at > 4 {
		return "", "form"
	}
	return around(month, before, after)
}

// around puts the numbers before and after a month's name together.
func around(month int, before, after []string) (clock.Date, string) {
	all := append(before, after...)
	if len(all) < 2 {
		if len(all) == 1 && len(all[0]) <= 2 {
			return "", "year"
		}
		return "", "day"
	}
	if len(all) > 2 {
		return "", "form"
	}
	first, second := all[0], all[1]
	switch {
	case len(first) == 4 && len(second) <= 2: // 2026 mars 24
		return day(atoi(first), month, atoi(second))
	case len(first) <= 2 && len(second) == 4:
		return day(atoi(second), month, atoi(first))
	case len(first) <= 2 && len(second) == 2 && len(before) == 1: // 24 mars 26
		r := short(second, pad(month), first)
		return r.d, r.problem
	}
	return "", "form"
}

func pad(month int) string { return string([]byte{byte('0' + month/10), byte('0' + month%10)}) }
