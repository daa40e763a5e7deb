package forecast

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"sluss/internal/activity"
	"sluss/internal/org"
	"sluss/internal/sim"
)

// halved gives the activity led person by person to another unit too, with so many wishes a year there, for the same two leaders.
func halved(g *ground, yearly int) *ground {
	s := &shared{units: []org.Unit{{ID: 7, Name: "Ungdomsslussen"}}, leaders: 2,
		rounds: []round{{activity: single, from: day0.Add(-400), to: day0.Add(60), places: 20}}}
	for i := range yearly {
		asked := day0.Add(-360 + 360*i/yearly)
		s.spells = append(s.spells, spell{activity: single, asked: asked, from: asked.Add(20), to: ended(asked.Add(20 + 180)), taken: asked.Add(20) <= day0})
	}
	g.house.shared = map[activity.ID]*shared{single: s}
	return g
}

func TestLeadersWhoHavePeopleOfAnotherUnitHaveFewerPlacesLeft(t *testing.T) {
	alone, both := see(t, housed(24, 40), Ask{Seed: 1}), see(t, halved(housed(24, 40), 70), Ask{Seed: 1})
	_, free, waits := of(alone, single)
	_, left, longer := of(both, single)
	if left.Q50[6] >= free.Q50[6] || longer.Q50[12] <= waits.Q50[12] {
		t.Errorf("alone %v are free and %v wait; shared %v and %v", free.Q50[6], waits.Q50[12], left.Q50[6], longer.Q50[12])
	}
	a := both.Places.Get(single.String())
	if a.Places != 20 || a.Shared.Held == 0 || a.Shared.Leaders != 2 {
		t.Errorf("two who have ten each have %d places: %+v", a.Places, a.Shared)
	}
	led := both.Lines[a.Led()]
	if led.Q50[0] != float64(a.Held+a.Shared.Held) || both.Past.Lines[a.Led()][len(both.Past.Months)-1] != led.Q50[0] {
		t.Errorf("%v are led today of %d and %d", led.Q50[0], a.Held, a.Shared.Held)
	}
	more := see(t, halved(housed(24, 40), 70), Ask{Seed: 1, Scenario: Scenario{Leaders: 1}})
	if _, _, w := of(more, single); w.Q50[12] >= longer.Q50[12] {
		t.Errorf("one more who leads leaves %v waiting of %v", w.Q50[12], longer.Q50[12])
	}
	if _, ok := alone.Lines[a.Led()]; ok || slices.Contains(alone.Names(), a.Led()) {
		t.Error("what is not shared is told of as if it were")
	}
}

// In every future, at every month: no more are led, here and there, than the leaders can have, but for those they have already; and
// nobody waits for a place that is free.
func TestWhatIsSharedIsNeverGivenTwice(t *testing.T) {
	for seed := range uint64(6) {
		g := halved(housed(24, 30), 20+20*int(seed))
		tally := g.tally(g.today)
		game := g.game(tally, Ask{Months: 24, Runs: 3, Seed: seed, Scenario: Scenario{Leaders: int(seed % 2)}})
		lines, err := game.play(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		halls, places := tally.learnHouse(g.house)
		way := game.way.hallway(halls, places, 24)
		i := slices.IndexFunc(way.list, func(a hall) bool { return a.ID == single })
		names := []string{hallName(i) + ".inside", besideName(i) + ".inside", hallName(i) + ".queue", besideName(i) + ".queue"}
		for future := range 3 {
			m := way.model(halls.draw(seed, future), lines[Inside][future], leaving(lines[Inside][future], lines[Left][future], 24))
			m.Series = names
			p, err := m.Program()
			if err != nil {
				t.Fatal(err)
			}
			points, had := len(p.Grid()), float64(way.list[i].Held+way.list[i].Shared.Held)
			_, err = p.Run(t.Context(), sim.Options{Replications: 1, Seed: seed + 1, Each: func(r sim.Row) {
				of := func(name, m int) float64 { return r.Series[slices.Index(p.Series(), names[name])*points+m] }
				for m := range points {
					led, level, waits := of(0, m)+of(1, m), at(way.levels[i], float64(m)*Month), of(2, m)+of(3, m)
					if led > max(had, level) || waits > 0 && led < level {
						t.Errorf("seed %d, month %d: %v are led of %v, and %v wait", seed, m, led, level, waits)
					}
				}
			}})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestOfTwoUnitsThatShareTheFewerPlacesCount(t *testing.T) {
	g := housed(24, 20)
	own := []round{{activity: single, from: day0.Add(-30), to: day0.Add(60), places: 10}}
	kind := g.house.types[single-1]
	for _, x := range []struct {
		leaders, there, want int
		later                string
	}{{1, 10, 10, "[]"}, {2, 10, 20, "[]"}, {2, 4, 14, "[]"}, {3, 10, 20, "[]"}} {
		s := shared{leaders: x.leaders, rounds: []round{{activity: single, from: day0.Add(-30), to: day0.Add(60), places: x.there}}}
		if now, later := s.places(own, kind, day0); now != x.want || fmt.Sprint(later) != x.later {
			t.Errorf("%d who lead ten each, with 10 places here and %d there: %d, then %v", x.leaders, x.there, now, later)
		}
	}
}
