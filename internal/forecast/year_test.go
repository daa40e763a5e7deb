package forecast

import (
	"testing"

	"sluss/internal/clock"
	"sluss/internal/flow"
	"sluss/internal/thread"
)

// nextTerm is the first day from a day on when a term begins.
func nextTerm(d clock.Date) clock.Date {
	year := d[:4]
	switch {
	case d <= year+"-01-12":
		return year + "-01-12"
	case d <= year+"-08-20":
		return year + "-08-20"
	}
	return d.AddMonths(12)[:4] + "-01-12"
}

// Who has left to studies as a term begins will do so: in August and January, and hardly between them.
func TestExitsToStudiesGatherWhereTermsBegin(t *testing.T) {
	g := invented(36, 30)
	for i, w := range g.ways {
		for k, e := range w {
			if e.Kind == thread.Left && e.Code == "studies" {
				if w[k].On = nextTerm(e.On); w[k].On > day0 {
					g.ways[i] = w[:k]
					break
				}
				g.ways[i] = w[:k+1]
			}
		}
	}
	f := see(t, g, Ask{Seed: 1})
	const january, august = 3, 10 // months ahead
	for m := 1; m <= 12; m++ {
		n := f.Lines[Studies].Q50[m]
		if term := m == january || m == august; term && n < 8 || !term && n > 3 {
			t.Errorf("%s: %v leave to studies", f.date(m), n)
		}
	}
	if f.Basis.Terms < f.Basis.Studies*9/10 || f.Basis.Terms == 0 {
		t.Errorf("%d of %d are told as gathered", f.Basis.Terms, f.Basis.Studies)
	}
}

func TestNobodyBeginsWhenTheHouseIsClosedForSummer(t *testing.T) {
	g := invented(24, 20)
	open := see(t, g, Ask{Seed: 1})
	g.closed = []clock.Span{{From: "2027-06-14", To: "2027-08-20"}}
	shut := see(t, g, Ask{Seed: 1})
	const summer = 10 // the month up to 20 August
	if n, was := shut.Lines[Began].Q95[summer], open.Lines[Began].Q50[summer]; n > 1 || was < 10 {
		t.Errorf("%v begin in a closed summer, and %v in an open one", n, was)
	}
	if shut.Lines[Line].Q50[summer] <= open.Lines[Line].Q50[summer] {
		t.Error("nobody waits longer for it")
	}
}

// Who has left comes back as late as others have, also when nobody new comes.
func TestWhoComesBackDoesSoAfterAsLongAsBefore(t *testing.T) {
	g := invented(36, 20)
	b := believe(g.tally(g.today), g.starts)
	share, weights := b.middle().again()
	if share < 0.1 || share > 0.25 || weights[1] < 5*weights[0] {
		t.Errorf("%v come back, by age %v; one in seven did after 200 days", share, weights)
	}
	f := see(t, g, Ask{Seed: 1, Scenario: Scenario{Arrivals: -100}})
	back := 0.0
	for _, n := range f.Lines[Came].Q50[1:] {
		back += n
	}
	left := float64(len(g.tally(g.today).exits[flow.Work])+len(g.tally(g.today).exits[flow.Studies])+len(g.tally(g.today).exits[flow.Other])) / 3
	if back < 0.05*left || back > 0.25*left {
		t.Errorf("%v come back in a year, of %v who leave in one", back, left)
	}
}
