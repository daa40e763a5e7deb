package staff

import (
	"slices"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/outcome"
)

func TestThoseWhoWaitForSomebodyStandBeforeFollowUpsHoweverOld(t *testing.T) {
	list := []todo{{since: "2026-03-01", after: true}, {since: "2026-11-02"}, {since: "2026-02-01", after: true}, {since: "2026-10-01"}}
	slices.SortStableFunc(list, sooner)
	var got []clock.Date
	for _, x := range list {
		got = append(got, x.since)
	}
	if want := []clock.Date{"2026-10-01", "2026-11-02", "2026-02-01", "2026-03-01"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestAFollowUpThatALaterOneHasOvertakenIsNotAskedTwice(t *testing.T) {
	list := []outcome.Duty{
		{Person: 1, Task: outcome.Confirm, Months: 1}, {Person: 1, Task: outcome.Ask, Months: 3}, {Person: 1, Task: outcome.Ask, Months: 6},
		{Person: 2, Task: outcome.Ask, Months: 3}, {Person: 3, Task: outcome.Expected},
	}
	got := latest(list)
	if want := []outcome.Duty{list[0], list[2], list[3], list[4]}; !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if len(list) != 5 || list[1].Months != 3 {
		t.Error("the list itself was changed")
	}
}
