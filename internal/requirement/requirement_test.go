package requirement_test

import (
	"slices"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/i18n"
	"sluss/internal/requirement"
)

func TestTheRulesOfSomeDaysAreThoseThatHoldOnOneOfThem(t *testing.T) {
	defer func(r []requirement.Rule) { requirement.Rules = r }(requirement.Rules)
	requirement.Rules = []requirement.Rule{{Code: "old", From: "2026-07-01", To: "2026-10-01"}, {Code: "new", From: "2026-10-01"}}
	for days, want := range map[[2]clock.Date][]string{
		{"2026-05-01", "2026-06-30"}: nil,
		{"2026-06-01", "2026-07-01"}: {"old"},
		{"2026-09-01", "2026-09-30"}: {"old"},
		{"2026-09-30", "2026-10-01"}: {"old", "new"},
		{"2026-10-01", "2026-10-31"}: {"new"},
	} {
		var have []string
		for _, r := range requirement.On(days[0], days[1]) {
			have = append(have, r.Code)
		}
		if !slices.Equal(have, want) {
			t.Errorf("%v: %v, want %v", days, have, want)
		}
	}
}

func TestEveryRuleHasADayAndWordsAndASource(t *testing.T) {
	for _, r := range requirement.Rules {
		for _, lang := range []string{"sv", "en", "ar"} {
			for _, key := range []string{"requirement.rule." + r.Code, "requirement.source." + string(r.Source)} {
				if !i18n.Get(lang).Has(key) {
					t.Errorf("%s: no text %s", lang, key)
				}
			}
		}
		if r.From == "" || r.To != "" && r.To <= r.From {
			t.Errorf("%s holds from %q to %q", r.Code, r.From, r.To)
		}
	}
}
