package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sluss/internal/clock"
)

var (
	timeTail   = regexp.MustCompile(`^(.{6,}?)(?: |t|,)\s*(?:kl\.?\s*)?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?$`)
	instant    = regexp.MustCompile(`^\d{4}-\d\d-\d\dt\d\d:\d\d(:\d\d(\.\d+)?)?(z|[+-]\d\d:\d\d)$`)
	onlyDigits = regexp.MustCompile(`^\d+$`)
	fraction   = regexp.MustCompile(`^(\d{5})[.,]\d+$`)
	threeParts = regexp.MustCompile(`^(\d{1,4}) ?([-/. ]) ?(\d{1,2}) ?([-/. ]) ?(\d{1,4})$`)
	yearMonth  = regexp.MustCompile(`^(\d{4}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{4}|(19|20)\d\d)$`)
	dayMonth   = regexp.MustCompile(`^\d{1,2}[-/.]\d{1,2}\.?$`)
)

const (
	firstYear, lastYear = 1900, 2199 // of dates that lists are taken to mean
	oldest, newest      = 60, 39     // two digits from oldest are 19.., up to newest 20..; between them nobody can tell
)

// ParseDate reads a day as people in Sweden write it: 2026-03-24, 20260324, 24/3-2026, 24/3 2026, 24.3.2026, 24 mars 2026,
// also with a time after it, or as a spreadsheet's serial number from 1900. Nothing is guessed: what may be two days
// (3/4/2026, 26-03-24) or lacks its day or year is refused.
//
// The error is an invalid fault sheet.date.empty, .form, .day, .year, .calendar, .range or .ambiguous with the cell as
// its argument.
func ParseDate(cell string) (clock.Date, error) { return parseDate(cell, from1900) }

func parseDate(cell string, base epoch) (clock.Date, error) {
	d, problem := readDate(tidy(cell), base)
	if problem == "" && (d < "1900" || d >= "2200") {
		problem = "range"
	}
	if problem != "" {
		return "", refuse("sheet.date."+problem, shorten(cell))
	}
	return d, nil
}

// shorten keeps the start of a cell for the text of a fault.
func shorten(s string) string {
	r := []rune(strings.ToValidUTF8(s[:min(len(s), 400)], ""))
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return string(r)
}

// tidy writes the cell in one way: lower case, plain digits, dashes and single blanks, nothing invisible.
func tidy(s string) string {
	if len(s) > 200 {
		s = s[:200]
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case r >= 0x2010 && r <= 0x2015, r == 0x2212:
			return '-'
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
	return strings.TrimPrefix(strings.Join(strings.Fields(s), " "), "'")
}

// readDate gives the day, or the last word of the key that tells what is wrong.
func readDate(s string, base epoch) (clock.Date, string) {
	if instant.MatchString(s) {
		return readInstant(strings.ToUpper(s))
	}
	if m := timeTail.FindStringSubmatch(s); m != nil {
		s = strings.TrimSpace(m[1])
	}
	if m := fraction.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	switch {
	case s == "":
		return "", "empty"
	case yearMonth.MatchString(s):
		return "", "day"
	case dayMonth.MatchString(s):
		return "", "year"
	case onlyDigits.MatchString(s):
		return readDigits(s, base)
	}
	if m := threeParts.FindStringSubmatch(s); m != nil {
		return readParts(m[1], m[2], m[3], m[4], m[5])
	}
	return readNamed(s)
}

// readInstant gives the day in Sweden: 23:00Z is the day after.
func readInstant(s string) (clock.Date, string) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return clock.DateOf(t.In(clock.Stockholm)), ""
		}
	}
	return "", "calendar"
}

// readDigits reads a run of digits by its length.
func readDigits(s string, base epoch) (clock.Date, string) {
	switch len(s) {
	case 5:
		if d, ok := base.day(atoi(s)); ok {
			return d, ""
		}
		return "", "calendar"
	case 6:
		return either(short(s[:2], s[2:4], s[4:]), short(s[4:], s[2:4], s[:2]))
	case 8:
		return day(atoi(s[:4]), atoi(s[4:6]), atoi(s[6:]))
	}
	return "", "form"
}

// readParts reads three numbers. A stroke and then something else (24/3-2026), a point or a blank puts the day first.
func readParts(a, sep1, b, sep2, c string) (clock.Date, string) {
	dayFirst := sep1 == "/" && sep2 != "/"
	switch {
	case len(a) == 4 && len(c) <= 2:
		return day(atoi(a), atoi(b), atoi(c))
	case len(a) > 2 || len(c) == 3:
		return "", "form"
	case len(c) == 4 && (dayFirst || sep1 == "." || sep1 == " "):
		return day(atoi(c), atoi(b), atoi(a))
	case len(c) == 4:
		return either(reading(day(atoi(c), atoi(b), atoi(a))), reading(day(atoi(c), atoi(a), atoi(b))))
	case dayFirst:
		r := short(c, b, a)
		return r.d, r.problem
	case sep1 == "/":
		return either(short(a, b, c), short(c, b, a), short(c, a, b))
	}
	return either(short(a, b, c), short(c, b, a))
}

// candidate is one way to read a cell.
type candidate struct {
	d       clock.Date
	problem string
}

func reading(d clock.Date, problem string) candidate { return candidate{d, problem} }

// either takes the only day that the readings agree on.
func either(readings ...candidate) (clock.Date, string) {
	best := candidate{problem: "calendar"}
	for _, r := range readings {
		switch {
		case r.problem == "ambiguous", r.problem == "" && best.problem == "" && r.d != best.d:
			return "", "ambiguous"
		case r.problem == "":
			best = r
		}
	}
	return best.d, best.problem
}

// short reads a year of two digits; one digit is no year.
func short(yy, mm, dd string) candidate {
	if len(yy) != 2 {
		return candidate{problem: "form"}
	}
	year := 2000 + atoi(yy)
	if year >= 2000+oldest {
		year -= 100
	}
	d, problem := day(year, atoi(mm), atoi(dd))
	if problem == "" && atoi(yy) > newest && atoi(yy) < oldest {
		problem = "ambiguous"
	}
	return candidate{d, problem}
}

// day gives a day that is in the calendar.
func day(year, month, dayOf int) (clock.Date, string) {
	t := time.Date(year, time.Month(month), dayOf, 0, 0, 0, 0, time.UTC)
	switch {
	case t.Day() != dayOf || int(t.Month()) != month:
		return "", "calendar"
	case year < firstYear || year > lastYear:
		return "", "range"
	}
	return clock.DateOf(t), ""
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
