package staff

import (
	"math"
	"strings"
	"testing"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/forecast"
	"sluss/internal/i18n"
	"sluss/internal/org"
)

func asked(fields map[string]string) aheadAsk {
	return readAhead(func(name, _ string) string { return fields[name] }, clock.Date("2026-10-20"))
}

func TestWhatIsTypedIsReadAndKept(t *testing.T) {
	for _, x := range []struct {
		name   string
		fields map[string]string
		faults string // the fields at fault
		want   forecast.Scenario
	}{
		{"nothing is as now", nil, "", forecast.Scenario{}},
		{"numbers", map[string]string{"starts": " 3 ", "arrivals": "−10", "coaches": "+1"}, "", forecast.Scenario{Starts: 3, Arrivals: -10, Coaches: 1}},
		{"words", map[string]string{"starts": "tre", "weeks": "x"}, "starts weeks", forecast.Scenario{}},
		{"too much", map[string]string{"places": "1000000000", "calls": "-1"}, "places calls", forecast.Scenario{Places: 1000000000, Calls: -1}},
		{"more than a number holds", map[string]string{"places": "99999999999999999999"}, "places", forecast.Scenario{}},
		{"a day that has been", map[string]string{"from": "2020-01-01"}, "from", forecast.Scenario{From: "2020-01-01"}},
		{"all that is wrong at once", map[string]string{"places": "x", "starts": "-5", "from": "2020-01-01", "months": "0"}, "places starts from months", forecast.Scenario{}},
		{"months", map[string]string{"months": "0"}, "months", forecast.Scenario{}},
	} {
		a := asked(x.fields)
		var at []string
		for _, f := range a.faults {
			at = append(at, f.Field)
		}
		if x.faults == "" && a.s != x.want || strings.Join(at, " ") != x.faults {
			t.Errorf("%s: %+v, faults %v", x.name, a.s, at)
		}
		for k, v := range x.fields {
			if a.typed[k] != v {
				t.Errorf("%s: %s was %q and is %q", x.name, k, v, a.typed[k])
			}
		}
	}
}

func TestTheAddressOfAFutureLeadsBackToIt(t *testing.T) {
	s := forecast.Scenario{Starts: 3, Places: 12, Calls: 16, Coaches: 2, Caseload: 40, From: "2027-02-01", Arrivals: -20, Slower: 10, Open: "1k", Led: "2k", Leaders: 1}
	_, query, _ := strings.Cut(pathOf(s, "1k"), "?")
	values := map[string]string{}
	for _, part := range strings.Split(query, "&") {
		k, v, _ := strings.Cut(part, "=")
		values[k] = v
	}
	a := readAhead(func(_, word string) string { return values[word] }, "2026-10-20")
	if a.s != s || a.typed["enhet"] != "1k" || len(a.faults) > 0 {
		t.Errorf("%s leads to %+v, %v", pathOf(s, "1k"), a.s, a.faults)
	}
}

func TestWaitsBeyondWhatCanBeSeenAreSaidAndNotDrawnAway(t *testing.T) {
	far := math.Inf(1)
	v := aheadView{L: i18n.Get("sv")}
	b := forecast.Band{Q05: []float64{3}, Q25: []float64{5}, Q50: []float64{9}, Q75: []float64{far}, Q95: []float64{far}}
	if got := v.between(b, 0); got != "minst 5" {
		t.Error(got)
	}
	b.Q25[0] = far
	if got := v.between(b, 0); got != "längre än vi kan se" {
		t.Error(got)
	}
	for _, n := range seenTo([]float64{1, far}, 10) {
		if math.IsInf(n, 0) || n > 11 {
			t.Errorf("%v is drawn", n)
		}
	}
}

func TestTheTrialIsSummedUpInWords(t *testing.T) {
	v := aheadView{L: i18n.Get("sv"), trial: forecast.Trial{From: "2025-10-20", To: "2026-09-20", Scores: []forecast.Score{
		{Line: forecast.Line, N: 60, Within: 54, Bias: -4.4}, {Line: forecast.Began, N: 40, Within: 30}}}}
	if got, want := v.trialAll(), "84 % av alla jämförda tal hamnade inom bandet. Nio av tio borde göra det. I snitt såg vi 4 för få i kön."; got != want {
		t.Errorf("%q", got)
	}
}

func TestWhatIsSharedWithAnotherUnitIsSaidBesideItsPlaces(t *testing.T) {
	v := aheadView{L: i18n.Get("sv")}
	a := forecast.Activity{Type: activity.Type{ID: 1, State: activity.Runs, Caseload: 10, Words: map[string]activity.Words{"sv": {Name: "Stöd till arbete"}}}, Places: 20,
		Shared: forecast.Sharing{Units: []org.Unit{{Name: "Ungdomsslussen"}}, Leaders: 2, Held: 7}}
	if got := v.placeNote(a); got != "Person för person: 10 per handledare. Delas med Ungdomsslussen, där 7 har plats." {
		t.Error(got)
	}
	v.then.Places.List = []forecast.Activity{a}
	if got := strings.Join(v.placesAssumed(), "\n"); !strings.Contains(got, "Stöd till arbete: de som leder har deltagare på Ungdomsslussen också. Platserna räknas ihop, 20 i allt.") {
		t.Error(got)
	}
}
