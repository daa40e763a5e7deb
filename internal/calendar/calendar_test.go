package calendar_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"time"

	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/i18n"
)

func TestHolidaysOfThreeYearsAreThoseOfTheList(t *testing.T) {
	list := listed(t)
	kinds := map[string]calendar.Kind{"helgdag": calendar.RedDay, "afton": calendar.Eve, "afton_em": calendar.HalfEve}
	for d := clock.Date("2026-01-01"); d < "2029-01-01"; d = d.Add(1) {
		key, kind, ok := calendar.Holiday(d)
		want, named := list[d]
		if named && want[3] == "klamdag" { // an ordinary working day that many take off
			named = false
		}
		switch {
		case ok != named:
			t.Errorf("%s: %s, want %v", d, key, want)
		case !ok:
		case i18n.Get("sv").T(key) != want[1] || kind != kinds[want[3]]:
			t.Errorf("%s: %s kind %d, want %v", d, key, kind, want)
		case i18n.Get("en").T(key) != strings.TrimSuffix(want[2], " (from 2pm)"):
			t.Errorf("%s: %s, want %v", d, i18n.Get("en").T(key), want)
		}
		if wd := d.Weekday(); calendar.Working(d) != (wd != time.Saturday && wd != time.Sunday && (!ok || kind == calendar.HalfEve)) {
			t.Errorf("%s: working %v", d, calendar.Working(d))
		}
	}
}

func listed(t *testing.T) map[clock.Date][]string {
	t.Helper()
	f, err := os.Open("testdata/holidays_2026_2028.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 60 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	list := map[clock.Date][]string{}
	for _, r := range rows[1:] {
		list[clock.Date(r[0])] = r
	}
	return list
}

func TestEasterIsThatOfTheAlmanac(t *testing.T) {
	for year, want := range map[int]clock.Date{1961: "1961-04-02", 1981: "1981-04-19", 2000: "2000-04-23", 2008: "2008-03-23", 2011: "2011-04-24",
		2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2035: "2035-03-25", 2038: "2038-04-25", 2049: "2049-04-18", 2076: "2076-04-19"} {
		if got := calendar.Easter(year); got != want {
			t.Errorf("%d: %s, want %s", year, got, want)
		}
	}
}

func TestOfTwoNamesTheMoreClosedIsGiven(t *testing.T) {
	for d, want := range map[clock.Date]string{"2008-05-01": "calendar.mayday", "2062-06-06": "calendar.national"} {
		if key, kind, ok := calendar.Holiday(d); key != want || kind != calendar.RedDay || !ok {
			t.Errorf("%s: %s %d", d, key, kind)
		}
	}
	// Ascension on the last of April: red, not the half eve of Walpurgis.
	for year := 2005; year < 2200; year++ {
		if d := calendar.Easter(year).Add(39); strings.HasSuffix(string(d), "-04-30") {
			if key, _, _ := calendar.Holiday(d); key != "calendar.ascension" {
				t.Errorf("%s: %s", d, key)
			}
		}
	}
}

func TestEveryYearHasThirteenHolidaysOrFewerByCoincidence(t *testing.T) {
	for year := 2005; year < 2200; year++ {
		first := clock.DateOf(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC))
		count := map[calendar.Kind]int{}
		for d := first; d < first.AddMonths(12); d = d.Add(1) {
			if _, kind, ok := calendar.Holiday(d); ok {
				count[kind]++
			}
		}
		if h := count[calendar.RedDay]; h < 12 || h > 13 || count[calendar.Eve] < 4 || count[calendar.HalfEve] < 3 {
			t.Errorf("%d: %v", year, count)
		}
	}
}

func TestNoDateHasNoName(t *testing.T) {
	for _, d := range []clock.Date{"", "x", "2026-13-01"} {
		if _, _, ok := calendar.Holiday(d); ok {
			t.Errorf("%q has a name", d)
		}
	}
}

func TestEveryDayIsNamedInEveryLanguage(t *testing.T) {
	for d := clock.Date("2026-01-01"); d < "2027-01-01"; d = d.Add(1) {
		if key, _, ok := calendar.Holiday(d); ok {
			for _, l := range i18n.All() {
				if !l.Has(key) {
					t.Errorf("%s lacks %s", l.Tag, key)
				}
			}
		}
	}
}

func TestWorkingDaysAfterADayPassHolidaysAndWeekends(t *testing.T) {
	for _, c := range []struct {
		from clock.Date
		n    int
		want clock.Date
	}{{"2026-11-20", 0, "2026-11-20"}, {"2026-11-20", 1, "2026-11-23"}, {"2026-11-23", 10, "2026-12-07"}, {"2026-12-18", 10, "2027-01-08"}, {"2026-04-02", 1, "2026-04-07"}} {
		if got := calendar.After(c.from, c.n); got != c.want {
			t.Errorf("%d working days after %s: %s, want %s", c.n, c.from, got, c.want)
		}
	}
}
