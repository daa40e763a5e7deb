package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/sheet"
)

func TestDatesAreReadAsPeopleWriteThem(t *testing.T) {
	for _, s := range []string{
		"2026-03-24", "2026-3-24", "20260324", "24/3-2026", "24/3 - 2026", "24/3 2026", "24/03-2026", "24.3.2026", "24.03.2026", "24. 3. 2026", "2026.03.24", "2026/03/24", "2026 03 24", "24 3 2026",
		"2026-03-24 00:00", "2026-03-24 00:00:00", "2026-03-24 13.45", "2026-03-24T13:45:00", "2026-03-24 kl. 09.30", "2026-03-23T23:00:00Z", "2026-03-24T00:30:00+01:00", "2026-03-24t09:00Z",
		"24 mars 2026", "24 Mars 2026", "den 24 mars 2026", "24:e mars 2026", "tisdag 24 mars 2026", "tis 24 mar 2026", "24 mar. 2026", "24-mar-2026", "24 mars, 2026", "mars 24, 2026", "March 24th, 2026", "2026 mars 24", "24 mars 26",
		"24/3-26", "24/3 26", "24/3/2026", "3/24/2026", "24-3-2026", "46105", "46105.0", "46105,75", "\u00a024\u00a0mars\u00a02026 ", "2026–03–24", "2026\u20113\u201124", "２０２６-03-24", "\ufeff2026-03-24", "'2026-03-24",
	} {
		if d, err := sheet.ParseDate(s); err != nil || d != "2026-03-24" {
			t.Errorf("%q: %q, %v", s, d, err)
		}
	}
	for s, want := range map[string]clock.Date{"1985-07-09": "1985-07-09", "85-07-09": "1985-07-09", "850709": "1985-07-09", "9/7 85": "1985-07-09", "31/1-20": "2020-01-31", "5/5/2026": "2026-05-05",
		"1 maj 2026": "2026-05-01", "1 May 2026": "2026-05-01", "2 okt 2025": "2025-10-02", "2 oct 2025": "2025-10-02", "3 juni 2025": "2025-06-03", "3 july 2025": "2025-07-03", "9 sept 2025": "2025-09-09", "29 feb 2024": "2024-02-29"} {
		if d, err := sheet.ParseDate(s); err != nil || d != want {
			t.Errorf("%q: %q, %v", s, d, err)
		}
	}
}

func TestDatesThatMayBeMistakenAreRefused(t *testing.T) {
	for s, want := range map[string]string{
		"": "empty", " \u00a0\u200b": "empty", "i mars": "form", "mars": "day", "mar 2026": "day", "mars 2026": "day", "2026-03": "day", "03/2026": "day", "2026": "day", "24/3": "year", "24 mars": "year", "24.3.": "year",
		"Anna": "form", "24 foo 2026": "form", "2026-03-24-01": "form", "1": "form", "123": "form", "1234567": "form", "123456789": "form", "=1+1": "form", "24/3-126": "form", "okänt": "form", "-": "form", "1 2 mars 2026": "form",
		"2026-02-30": "calendar", "2026-13-01": "calendar", "20261301": "calendar", "31/4 2026": "calendar", "32 mars 2026": "calendar", "2025-02-29": "calendar", "2026-00-10": "calendar", "24032026": "calendar",
		"1026-03-24": "range", "0026-03-24": "range", "2999-01-01": "range", "202-03-24": "form",
		"3/4/2026": "ambiguous", "3-4-2026": "ambiguous", "26-03-24": "ambiguous", "260324": "ambiguous", "24.3.26": "ambiguous", "3/4/26": "ambiguous", "24/3-45": "ambiguous", "24 mars 50": "ambiguous",
	} {
		_, err := sheet.ParseDate(s)
		if f := fault.Of(err); f == nil || f.Key != "sheet.date."+want {
			t.Errorf("%q: %v, want %s", s, err, want)
		}
	}
}

func TestRefusedDateShowsNoMoreThanItsStart(t *testing.T) {
	_, err := sheet.ParseDate(strings.Repeat("å", 5000))
	if s := fault.Of(err).Args[0].(string); s != strings.Repeat("å", 40)+"…" {
		t.Errorf("got %q", s)
	}
}

func TestSerialsCountAsSpreadsheetsDo(t *testing.T) {
	for _, c := range []struct {
		n     float64
		mac   bool
		want  clock.Date
		wrong bool
	}{
		{1, false, "1900-01-01", false}, {59, false, "1900-02-28", false}, {60, false, "", true}, {61, false, "1900-03-01", false}, {46105, false, "2026-03-24", false}, {46105.99, false, "2026-03-24", false},
		{2958465, false, "9999-12-31", false}, {2958466, false, "", true}, {0, false, "", true}, {-1, false, "", true}, {0, true, "1904-01-01", false}, {44643, true, "2026-03-24", false}, {2957003, true, "9999-12-31", false}, {2957004, true, "", true},
	} {
		if d, err := sheet.SerialDate(c.n, c.mac); d != c.want || (err != nil) != c.wrong {
			t.Errorf("%v %v: %q, %v", c.n, c.mac, d, err)
		}
	}
}

func TestEveryDayIsReadInEveryForm(t *testing.T) {
	months := strings.Fields("januari februari mars april maj juni juli augusti september oktober november december")
	rapid.Check(t, func(t *rapid.T) {
		d := clock.Date("1930-01-01").Add(rapid.IntRange(0, 60000).Draw(t, "day"))
		y, m, dd := d.Time().Year(), int(d.Time().Month()), d.Time().Day()
		for _, s := range []string{string(d), fmt.Sprintf("%d%02d%02d", y, m, dd), fmt.Sprintf("%d/%d-%d", dd, m, y), fmt.Sprintf("%d/%d %d", dd, m, y), fmt.Sprintf("%d.%d.%d", dd, m, y),
			fmt.Sprintf("%d %s %d", dd, months[m-1], y), fmt.Sprintf("%d %s %d", dd, months[m-1][:3], y), fmt.Sprint(d.Sub("1899-12-30")), string(d) + " 00:00:00"} {
			if got, err := sheet.ParseDate(s); err != nil || got != d {
				t.Fatalf("%q: %q, %v", s, got, err)
			}
		}
		for _, s := range []string{fmt.Sprintf("%02d/%02d/%d", dd, m, y), fmt.Sprintf("%02d-%02d-%02d", y%100, m, dd), fmt.Sprintf("%02d%02d%02d", y%100, m, dd), fmt.Sprintf("%d/%d-%02d", dd, m, y%100)} {
			if got, err := sheet.ParseDate(s); err == nil && got != d && got.Time().Year() != y+100 && got.Time().Year() != y-100 {
				t.Fatalf("%q taken for %q", s, got)
			}
		}
	})
}

func TestNumbersAreReadWithCommaOrPoint(t *testing.T) {
	for s, want := range map[string]float64{"1,5": 1.5, "1.5": 1.5, "1 234,5": 1234.5, "−3": -3, "0": 0, "1e3": 1000} {
		if n, err := sheet.ParseNumber(s); err != nil || n != want {
			t.Errorf("%q: %v, %v", s, n, err)
		}
	}
	for _, s := range []string{"", "x", "1,2,3", "NaN", "inf", "0x10", "1_000"} {
		if n, err := sheet.ParseNumber(s); err == nil {
			t.Errorf("%q taken for %v", s, n)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-03-24", "24/3-26", "46105,5", "den 24:e mars 2026 kl. 9.30", "2026-03-23T23:00:00Z", "3/4/2026", "\u200b\u2212"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := sheet.ParseDate(s)
		if err != nil {
			if fa := fault.Of(err); fa == nil || !i18n.Get("sv").Has(fa.Key) || d != "" {
				t.Fatalf("%q: %q, %v", s, d, err)
			}
			return
		}
		if _, err := clock.ParseDate(string(d)); err != nil || d < "1900" || d >= "2200" {
			t.Fatalf("%q gives %q", s, d)
		}
	})
}
