// Package calendar is the Swedish year: public holidays and eves by rule, and the rhythm of group starts.
//
// The rules are those in force since 2005, when the National Day became a holiday and Whit Monday ceased to be one.
package calendar

import (
	"time"

	"sluss/internal/clock"
)

// Kind tells how much of a holiday is closed.
type Kind int

// The kinds. A RedDay is a public holiday; an Eve is closed all day in practice; a HalfEve is closed from the
// afternoon, commonly from two.
const (
	RedDay Kind = iota + 1
	Eve
	HalfEve
)

// day is a named day of the year.
type day struct {
	key  string
	kind Kind
}

// fixed are the days that fall on the same date each year, by MM-DD.
var fixed = map[string]day{
	"01-01": {"calendar.newyear", RedDay},
	"01-05": {"calendar.twelfthnight", HalfEve},
	"01-06": {"calendar.epiphany", RedDay},
	"04-30": {"calendar.walpurgis", HalfEve},
	"05-01": {"calendar.mayday", RedDay},
	"06-06": {"calendar.national", RedDay},
	"12-24": {"calendar.christmaseve", Eve},
	"12-25": {"calendar.christmas", RedDay},
	"12-26": {"calendar.boxing", RedDay},
	"12-31": {"calendar.newyearseve", Eve},
}

// moving are the days that follow Easter Sunday, by the number of days after it.
var moving = map[int]day{
	-3: {"calendar.maundy", HalfEve},
	-2: {"calendar.goodfriday", RedDay},
	-1: {"calendar.eastereve", Eve},
	0:  {"calendar.easter", RedDay},
	1:  {"calendar.eastermonday", RedDay},
	39: {"calendar.ascension", RedDay},
	48: {"calendar.whitsuneve", Eve},
	49: {"calendar.whitsun", RedDay},
}

// Holiday names a day: the key of its name, its kind, and whether it has one. Of two names on one day the more closed is
// given, and of two holidays the one of fixed date. Ordinary Saturdays and Sundays have no name.
func Holiday(d clock.Date) (key string, kind Kind, ok bool) {
	t := d.Time()
	if d == "" || t.IsZero() {
		return "", 0, false
	}
	var best day
	for _, c := range [...]day{fixed[t.Format("01-02")], moving[d.Sub(Easter(t.Year()))], saturday(t)} {
		if c.kind != 0 && (best.kind == 0 || c.kind < best.kind) {
			best = c
		}
	}
	return best.key, best.kind, best.kind != 0
}

// saturday gives the days bound to a Saturday, and their eves: Midsummer (20–26 June) and All Saints (31 October –
// 6 November).
func saturday(t time.Time) day {
	switch t.Weekday() {
	case time.Saturday:
		return bound(t, day{"calendar.midsummer", RedDay}, day{"calendar.allsaints", RedDay})
	case time.Friday:
		return bound(t.AddDate(0, 0, 1), day{"calendar.midsummereve", Eve}, day{"calendar.allsaintseve", HalfEve})
	}
	return day{}
}

func bound(sat time.Time, midsummer, saints day) day {
	m, d := sat.Month(), sat.Day()
	switch {
	case m == time.June && d >= 20 && d <= 26:
		return midsummer
	case m == time.October && d == 31, m == time.November && d <= 6:
		return saints
	}
	return day{}
}

// Working tells whether offices are open on the day, if only in the morning: not on a Saturday or Sunday, a holiday or
// an eve that is closed all day.
func Working(d clock.Date) bool {
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return false
	}
	_, kind, ok := Holiday(d)
	return !ok || kind == HalfEve
}

// After is the day so many working days after the day.
func After(d clock.Date, working int) clock.Date {
	for working > 0 {
		if d = d.Add(1); Working(d) {
			working--
		}
	}
	return d
}

// Full tells whether offices are open all day.
func Full(d clock.Date) bool {
	_, _, named := Holiday(d)
	return !named && Working(d)
}

// Easter is Easter Sunday of a year in the Gregorian calendar, by the anonymous algorithm of 1876 (Meeus, Jones, Butcher).
func Easter(year int) clock.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (b - (b+8)/25 + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	l := (32 + 2*e + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return clock.DateOf(time.Date(year, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC))
}
