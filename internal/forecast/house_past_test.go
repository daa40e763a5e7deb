package forecast

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"sluss/internal/activity"
	"sluss/internal/org"
)

// What was known of a place on a day of the past: not that it was given later, nor when it ended.
func TestThePlacesOfThePastAreThoseKnownThen(t *testing.T) {
	day := day0.AddMonths(-6)
	asked, given, gone := day.Add(-60), day.Add(-30), day.Add(30)
	h := house{types: []activity.Type{{ID: roomy, State: activity.Rests}, {ID: resting, State: activity.Rests}},
		rounds: []round{{activity: roomy, from: day.Add(-90), to: day.Add(90), places: 8}},
		spells: []spell{{activity: roomy, asked: asked, from: given, to: gone, taken: true}, {activity: roomy, asked: asked, from: gone, taken: true},
			{activity: roomy, asked: gone}, {activity: roomy, asked: asked, from: asked, to: given, taken: true}}}
	h.shared = map[activity.ID]*shared{roomy: {units: []org.Unit{{ID: 7}}, spells: h.spells}}
	then := h.on(day)
	want := fmt.Sprint([]spell{{activity: roomy, asked: asked, from: given, taken: true}, {activity: roomy, asked: asked},
		{activity: roomy, asked: asked, from: asked, to: given, taken: true}})
	if got := fmt.Sprint(then.spells); got != want || fmt.Sprint(then.shared[roomy].spells) != want {
		t.Errorf("known then: %s, not %s", got, want)
	}
	if then.types[0].State != activity.Runs || then.types[1].State != activity.Rests || h.types[0].State != activity.Rests || len(h.spells) != 4 {
		t.Errorf("what ran then rests: %v; now: %v", then.types, h.types)
	}
}

func TestATrialComparesThePlacesThatWereTaken(t *testing.T) {
	g := housed(30, 20)
	g.house.types = g.house.types[:1] // the one with room: how many have a place there is up to who asks
	g.house.rounds = []round{{activity: roomy, from: day0.Add(-800), to: day0.Add(60), places: 60}}
	g.house.spells = slices.DeleteFunc(g.house.spells, func(s spell) bool { return s.activity != roomy })
	tr, err := g.try(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	s := tr.Scores[len(tr.Scores)-1]
	if s.Line != Taken || s.N == 0 || s.N != len(s.Tried) {
		t.Fatalf("%s: %d of %d", s.Line, s.N, len(s.Tried))
	}
	for _, x := range s.Tried {
		was := 0.0
		for _, p := range g.house.spells {
			if p.holds(x.Of) {
				was++
			}
		}
		if x.Was != was || was == 0 {
			t.Errorf("on %s %v places were taken, not %v", x.Of, was, x.Was)
		}
	}
	if s.Within < s.N/2 {
		t.Errorf("%d of %d lay within the band", s.Within, s.N)
	}
}
