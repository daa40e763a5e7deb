package pnr_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/pnr"
	"sluss/internal/pnr/testnumbers"
)

func TestParseReadsWhatPeopleWrite(t *testing.T) {
	for _, text := range []string{
		"198507099805", "8507099805", "19850709-9805", "850709-9805", "1985-07-09-9805", "1985 07 09 9805", "850709 – 9805",
		"850709\u20109805", "850709\u20119805", "850709\u20129805", "850709\u20139805", "850709\u20149805", "850709\u20159805", "850709\u22129805",
		"\u00a0850709-9805\u00a0", "\ufeff19850709-9805", "19850709\u200b-\u200e9805\u202c", "850709\u00ad9805", "\t850709-9805\r\n",
		"１９８５０７０９－９８０５", "٨٥٠٧٠٩-٩٨٠٥", "۸۵۰۷۰۹-۹۸۰۵",
		"198507099805.0", "198507099805,00", "8507099805.0", "1.98507099805E+11", "1,98507099805E+11", "1.98507099805e11", "8.507099805E+9", "8.507099805E+09", "'198507099805",
	} {
		n, err := pnr.Parse(text, today)
		if err != nil || n.Reveal() != "198507099805" {
			t.Errorf("%q: %q, %v", text, n.Reveal(), err)
		}
	}
}

func TestANumberIsFoundWithinAText(t *testing.T) {
	for text, want := range map[string]bool{
		"Det gällde 19850709-9805.": true, "(850709-9805)": true, "198507099805": true, "": false,
		"Den 2026-10-01 och 2026-10-02, ring 070-174 06 21": false, "19850709-9806": false,
	} {
		if got := pnr.Within(text, "2026-10-12"); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

func TestParseTellsWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"": pnr.Empty, " \u00a0\u200b ": pnr.Empty, "-": pnr.Empty, "850709": pnr.Short, "0": pnr.Short, "98507099805": pnr.Short, "850709980": pnr.Short,
		"1985070998055": pnr.Long, "19850709-9805 19850709-9805": pnr.Long, "Anna": pnr.Letters, "850709/9805": pnr.Letters, "85O7O9-98O5": pnr.Letters,
		"+8507099805": pnr.Letters, "850709++9805": pnr.Letters, "8507+099805": pnr.Letters, "850709-9805 Anna": pnr.Letters, "<b>": pnr.Letters,
		"851309-9805": pnr.Date, "850230-9805": pnr.Date, "850200-9805": pnr.Date, "850099-9805": pnr.Date, "17850709-9805": pnr.Date, "850732-9805": pnr.Date,
		"20270101-9805": pnr.Future, "850709-0005": pnr.Serial, "850709-9806": pnr.Check, "750709-9805": pnr.Check,
		"850709-T123": pnr.Interim, "19850709t123": pnr.Interim, "19850709TF29": pnr.Interim, "850709-Å123": pnr.Letters,
		"556036-0793": pnr.Org, "16556036-0793": pnr.Org, "556036-0794": pnr.Date,
		"1.98507E+11": pnr.Rounded, "1,9850709981E+11": pnr.Rounded, "1.98507099805E+12": pnr.Rounded, "1E+400": pnr.Rounded, "8.507E+9": pnr.Rounded,
	} {
		_, err := pnr.Parse(text, today)
		if f := fault.Of(err); f == nil || f.Key != want || f.Kind != fault.Invalid {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestShortAndLongTellHowMany(t *testing.T) {
	for text, want := range map[string]int{"850709-98": 8, "98507099805": 11, "1985070998055": 13} {
		_, err := pnr.Parse(text, today)
		if f := fault.Of(err); f == nil || len(f.Args) != 1 || f.Args[0] != want {
			t.Errorf("%q: %+v", text, err)
		}
	}
}

func TestCenturyFollowsSignAndToday(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"090527+1474", "190905271474"}, {"090527-1474", "200905271474"}, {"0905271474", "200905271474"},
		{"000229-2399", "200002292399"}, {"210791-9967", "202107919967"}, {"570428-9999", "195704289999"}, {"570428+9999", "185704289999"},
	} {
		if n, err := pnr.Parse(c.text, today); err != nil || n.Reveal() != c.want {
			t.Errorf("%s: %s, %v", c.text, n.Reveal(), err)
		}
	}
}

func TestBirthLaterThisYearMeansACenturyAgo(t *testing.T) {
	for day, want := range map[clock.Date]string{"2085-07-08": "1985", "2085-07-09": "2085", "2084-12-31": "1985"} {
		if n, err := pnr.Parse("850709-9805", day); err != nil || n.Reveal()[:4] != want {
			t.Errorf("%s: %s, %v", day, n.Reveal(), err)
		}
	}
	if n, err := pnr.Parse("210791-9967", "2021-07-30"); err != nil || n.Reveal()[:4] != "1921" {
		t.Errorf("coordination number: %s, %v", n.Reveal(), err)
	}
}

func TestTestNumbersAreReadInEveryForm(t *testing.T) {
	all := testnumbers.All()
	if len(all) != 640 {
		t.Fatalf("%d numbers", len(all))
	}
	coords, years, sexes := 0, map[string]int{}, map[pnr.Sex]int{}
	for _, d := range all {
		n := must(t, d)
		for _, form := range []string{n.Dashed(), d[2:8] + "-" + d[8:], d[2:], d[:1] + "." + d[1:] + "E+11"} {
			if m, err := pnr.Parse(form, today); err != nil || m != n {
				t.Errorf("%s: %v", form, err)
			}
		}
		if n.Coordination() {
			coords++
		}
		years[d[:4]]++
		sexes[n.Sex()]++
	}
	if coords != 40 || len(years) != 53 || years["1955"] == 0 || years["2007"] == 0 || min(sexes[pnr.Male], sexes[pnr.Female]) < 250 {
		t.Errorf("%d coordination numbers, %d years, %v", coords, len(years), sexes)
	}
	slices.Sort(all)
	if len(slices.Compact(all)) != 640 {
		t.Error("a number stands twice")
	}
}

// luhnDigit is written apart from the code under test: the digit that makes the weighted sum end in nought.
func luhnDigit(nine string) byte {
	sum := 0
	for i, r := range nine {
		v := int(r - '0')
		if i%2 == 0 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return byte('0' + (10-sum%10)%10)
}

func anyNumber(t *rapid.T) string {
	born := clock.Date("1930-01-01").Add(rapid.IntRange(0, 35000).Draw(t, "day"))
	d := strings.ReplaceAll(string(born), "-", "")
	if rapid.Bool().Draw(t, "coordination") {
		d = d[:6] + string(d[6]+6) + d[7:]
	}
	d += rapid.StringMatching(`0[0-9][1-9]|[1-9][0-9][0-9]`).Draw(t, "serial")
	return d + string(luhnDigit(d[2:]))
}

func TestEveryNumberComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyNumber(t)
		n, err := pnr.Parse(d, today)
		if err != nil || n.Reveal() != d {
			t.Fatalf("%s: %s, %v", d, n.Reveal(), err)
		}
		if m, err := pnr.Parse(n.Dashed(), today); err != nil || m != n {
			t.Fatalf("%s: %v", n.Dashed(), err)
		}
		if m, err := pnr.Parse(d[2:], today); d >= "192604" && (err != nil || m != n) {
			t.Fatalf("%s: %s, %v", d[2:], m.Reveal(), err)
		}
	})
}

func TestOneWrongDigitIsAlwaysSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyNumber(t)
		i := rapid.IntRange(2, 11).Draw(t, "place") // the check digit does not cover the century
		wrong := d[:i] + string('0'+(d[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10) + d[i+1:]
		if n, err := pnr.Parse(wrong, today); err == nil {
			t.Fatalf("%s taken for %s", wrong, n.Reveal())
		}
	})
}

func TestEveryRefusalHasItsText(t *testing.T) {
	keys := []string{pnr.Empty, pnr.Short, pnr.Long, pnr.Letters, pnr.Date, pnr.Future, pnr.Serial, pnr.Check, pnr.Interim, pnr.Org, pnr.Rounded}
	for _, l := range i18n.All() {
		for _, k := range keys {
			if s := l.T(k, 3); !l.Has(k) || len(s) < 30 || strings.Contains(s, "{") {
				t.Errorf("%s %s: %q", l.Tag, k, s)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"850709-9805", "19850709+9805", "1.98507099805E+11", "１９８５", "\u200b-", "191500722390", "850709-T123", "556036-0793"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := pnr.Parse(text, today)
		var fa *fault.Fault
		if err != nil {
			if !errors.As(err, &fa) || !n.IsZero() || !i18n.Get("sv").Has(fa.Key) {
				t.Fatalf("%q: %v, %v", text, n, err)
			}
			return
		}
		d := n.Reveal()
		if len(d) != 12 || luhnDigit(d[2:11]) != d[11] || n.BirthDate() > today {
			t.Fatalf("%q gives %s", text, d)
		}
		if m, err := pnr.Parse(d, today); err != nil || m != n {
			t.Fatalf("%s is not read back: %v", d, err)
		}
	})
}
