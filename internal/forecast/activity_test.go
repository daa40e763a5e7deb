package forecast

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/sim"
)

// The activities of a house that was invented: one with room, one that is full, one that rests, and one led person by person.
const (
	roomy = activity.ID(iota + 1)
	full
	resting
	single
)

// housed gives an invented gateway activities that have gone for two years.
func housed(months, perMonth int) *ground {
	g := invented(months, perMonth)
	g.house.begun = map[activity.ID]clock.Date{}
	for i, x := range []struct {
		name     string
		state    activity.State
		caseload int
	}{{"Cirkeln", activity.Runs, 0}, {"Köket", activity.Runs, 0}, {"Odlingen", activity.Rests, 0}, {"Stöd till arbete", activity.Runs, 10}} {
		t := activity.Type{ID: activity.ID(i + 1), State: x.state, Together: 2, Size: 20, Caseload: x.caseload, Words: map[string]activity.Words{"sv": {Name: x.name}}}
		g.house.types, g.house.begun[t.ID] = append(g.house.types, t), day0.AddMonths(-24)
	}
	for id, places := range map[activity.ID]int{roomy: 60, full: 8, single: 20} {
		g.house.rounds = append(g.house.rounds, round{activity: id, from: day0.Add(-30), to: day0.Add(60), places: places, hours: 4})
	}
	for i := range 180 {
		asked := day0.Add(-700 + 4*i)
		if asked > day0 {
			break
		}
		g.house.spells = append(g.house.spells, spell{activity: roomy, asked: asked, from: asked.Add(5), to: ended(asked.Add(5 + 60 + i%90)), taken: asked.Add(5) <= day0})
		switch {
		case i%3 == 0:
			g.house.spells = append(g.house.spells, spell{activity: full, asked: asked, from: asked.Add(40), to: ended(asked.Add(40 + 90)), taken: i < 130})
		case i%6 == 1:
			g.house.spells = append(g.house.spells, spell{activity: single, asked: asked, from: asked.Add(40), to: ended(asked.Add(40 + 180)), taken: i < 160})
		case i%9 == 2 && i > 90:
			g.house.spells = append(g.house.spells, spell{activity: resting, asked: asked})
		}
	}
	return g
}

func ended(on clock.Date) clock.Date {
	if on > day0 {
		return ""
	}
	return on
}

func of(f Forecast, a activity.ID) (taken, free, waiting Band) {
	t, fr, w := f.Places.Get(a.String()).Lines()
	return f.Lines[t], f.Lines[fr], f.Lines[w]
}

func TestARestingActivityThatOpensLeavesFewerWaiting(t *testing.T) {
	g := housed(24, 20)
	now, open := see(t, g, Ask{Seed: 1}), see(t, g, Ask{Seed: 1, Scenario: Scenario{Open: "odlingen", From: day0.AddMonths(3)}})
	_, _, before := of(now, resting)
	taken, _, after := of(open, resting)
	for m := range 3 {
		if before.At(m) != after.At(m) {
			t.Errorf("month %d, before it opens: %v and %v", m, before.At(m), after.At(m))
		}
	}
	if after.Q50[12] >= before.Q50[12] || taken.Q50[12] == 0 || before.Q50[0] == 0 {
		t.Errorf("%v wait today; in a year %v, and %v when it opens, with %v in it", before.Q50[0], before.Q50[12], after.Q50[12], taken.Q50[12])
	}
	if more := open.MoreHours(now); more <= 0 {
		t.Errorf("it takes %v more hours of staff", more)
	}
}

func TestOneMoreWhoLeadsOnePersonAtATimeGivesTheirPlaces(t *testing.T) {
	g := housed(24, 60)
	for i := range g.house.rounds {
		g.house.rounds[i].places = min(g.house.rounds[i].places, 4)
	}
	now, more := see(t, g, Ask{Seed: 1}), see(t, g, Ask{Seed: 1, Scenario: Scenario{Leaders: 1, Led: single.String()}})
	_, _, before := of(now, single)
	taken, free, after := of(more, single)
	if after.Q50[12] > before.Q50[12] || after.Q50[6] >= before.Q50[6] {
		t.Errorf("in half a year %v wait, and %v with one more", before.Q50[6], after.Q50[6])
	}
	if n := taken.Q50[12] + free.Q50[12]; n != 14 {
		t.Errorf("%v taken and %v free of 14", taken.Q50[12], free.Q50[12])
	}
	first := see(t, g, Ask{Seed: 1, Scenario: Scenario{Leaders: 1}})
	if fmt.Sprint(first.Lines) != fmt.Sprint(more.Lines) {
		t.Error("with no activity named it is another than the first that is led so")
	}
}

func TestMoreParticipantsWaitForMorePlaces(t *testing.T) {
	g := housed(24, 24)
	now, fourth := see(t, g, Ask{Seed: 1}), see(t, g, Ask{Seed: 1, Scenario: Scenario{Starts: 4, Coaches: 3}})
	_, _, before := of(now, full)
	_, _, after := of(fourth, full)
	if few, many := now.Lines[Inside].Q50[8], fourth.Lines[Inside].Q50[8]; many < few+10 || after.Q50[8] <= before.Q50[8] {
		t.Errorf("%v wait for a place of %v who take part, and %v of %v", before.Q50[8], few, after.Q50[8], many)
	}
}

func TestTheLinesOfActivitiesBeginToday(t *testing.T) {
	g := housed(24, 20)
	f := see(t, g, Ask{Seed: 1})
	for _, a := range f.Places.List {
		taken, free, waiting := of(f, a.ID)
		if taken.Q05[0] != float64(a.Held) || taken.Q95[0] != float64(a.Held) || waiting.Q50[0] != float64(a.Waiting) || free.Q50[0] != math.Max(0, float64(a.Places-a.Held)) {
			t.Errorf("%s: %d of %d places taken, %d wait; the lines begin at %v, %v and %v", a.In("sv").Name, a.Held, a.Places, a.Waiting, taken.At(0), free.At(0), waiting.At(0))
		}
		past := f.Past.Lines[a.taken()]
		if past[len(past)-1] != float64(a.Held) {
			t.Errorf("%s: the past ends at %v of %d", a.In("sv").Name, past[len(past)-1], a.Held)
		}
	}
}

// Who asks for a place has it, waits, has had it, or has stopped waiting: in every future of many gateways, at every month. And no
// more have a place than there are, but for those who had one before.
func TestNobodyIsLostBetweenAskingAndLeavingAPlace(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 7))
		g := housed(24, 5+r.IntN(60))
		for i := range g.house.rounds {
			g.house.rounds[i].places = r.IntN(30)
		}
		s := Scenario{Open: []string{"", "Odlingen"}[r.IntN(2)], Leaders: r.IntN(3)}
		tally := g.tally(g.today)
		game := g.game(tally, Ask{Months: 24, Runs: 5, Seed: seed, Scenario: s})
		lines, err := game.play(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		halls, places := tally.learnHouse(g.house)
		way := game.way.hallway(halls, places, 24)
		for future := range 5 {
			m := way.model(halls.draw(seed, future), lines[Inside][future], leaving(lines[Inside][future], lines[Left][future], 24))
			conserved(t, way, m, seed)
		}
	}
}

func conserved(t *testing.T, way *hallway, m *sim.Model, seed uint64) {
	t.Helper()
	m.Series = nil
	there := 0.0
	for i, a := range way.list {
		m.Series = append(m.Series, hallName(i)+".inside", hallName(i)+".queue", askName(i)+".inside")
		there += float64(a.Held + a.Waiting)
	}
	m.Series = append(m.Series, "all.arrived", "out.count", "gone.count")
	p, err := m.Program()
	if err != nil {
		t.Fatal(err)
	}
	points := len(p.Grid())
	_, err = p.Run(context.Background(), sim.Options{Replications: 1, Seed: seed + 1, Each: func(r sim.Row) {
		of := func(name string, m int) float64 { return r.Series[slices.Index(p.Series(), name)*points+m] }
		for m := range points {
			found := 0.0
			for i, a := range way.list {
				inside, queue, level := of(hallName(i)+".inside", m), of(hallName(i)+".queue", m), at(way.levels[i], float64(m)*Month)
				found += inside + queue + of(askName(i)+".inside", m)
				if inside > math.Max(float64(a.Held), level) || queue > 0 && inside < level {
					t.Fatalf("seed %d, %s, month %d: %v have a place and %v wait for one of %v", seed, a.In("sv").Name, m, inside, queue, level)
				}
			}
			if there += of("all.arrived", m) - of("out.count", m) - of("gone.count", m); found != there {
				t.Fatalf("seed %d, month %d: %v are found of %v", seed, m, found, there)
			}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTooLittleIsSaidOfActivitiesAlone(t *testing.T) {
	none, young, one := housed(24, 20), housed(24, 20), housed(24, 20)
	none.house = house{}
	for i := range young.house.spells {
		young.house.spells[i].asked = max(young.house.spells[i].asked, day0.Add(-30))
	}
	one.house.spells = one.house.spells[:1]
	for _, x := range []struct {
		name, key string
		g         *ground
	}{{"no activities", "", none}, {"a month of wishes", "forecast.few.places", young}, {"one person", "forecast.few.places", one}} {
		f := see(t, x.g, Ask{Seed: 1})
		if f.TooFew != "" || f.Places.TooFew != x.key {
			t.Errorf("%s: %q and %q", x.name, f.TooFew, f.Places.TooFew)
		}
		for name := range f.Lines {
			if len(name) > 6 && name[:6] == "taken " {
				t.Errorf("%s: there is a line of %s", x.name, name)
			}
		}
	}
}

func TestWhatCannotBeDoneWithActivitiesIsRefused(t *testing.T) {
	g := housed(24, 20)
	for _, x := range []struct {
		s     Scenario
		field string
	}{{Scenario{Open: "Simhallen"}, "open"}, {Scenario{Leaders: 1, Led: "Köket"}, "leaders"}, {Scenario{Leaders: 1, Led: "Simhallen"}, "leaders"}} {
		_, err := g.see(context.Background(), Ask{Months: 12, Runs: 20, Scenario: x.s})
		if form := fault.Fields(err); len(form) != 1 || form[0].Field != x.field {
			t.Errorf("%+v: %v", x.s, err)
		}
	}
	if form := fault.Fields(Scenario{Leaders: MostLeaders + 1}.Check(day0)); len(form) != 1 {
		t.Error(form)
	}
	g.house.types = g.house.types[:3]
	if _, err := g.see(context.Background(), Ask{Months: 12, Runs: 20, Scenario: Scenario{Leaders: 1}}); fault.Fields(err) == nil {
		t.Error("one more leads what nobody leads person by person:", err)
	}
}

func TestPlacesGoOnWhenARunIsFollowedByAnother(t *testing.T) {
	run := func(from, to, places int) round {
		return round{activity: roomy, from: day0.Add(from), to: day0.Add(to), places: places}
	}
	for _, x := range []struct {
		name  string
		list  []round
		now   int
		later []change
	}{
		{"none", nil, 0, nil},
		{"one that goes on", []round{run(-10, 10, 8)}, 8, nil},
		{"spring and autumn", []round{run(-10, 10, 8), run(10, 50, 8)}, 8, nil},
		{"just over", []round{run(-90, -20, 8)}, 8, nil},
		{"long over", []round{run(-300, -100, 8)}, 0, nil},
		{"another beside it", []round{run(-10, 100, 8), run(20, 100, 6)}, 8, []change{{day0.Add(20), 14}}},
		{"the first ever", []round{run(20, 100, 6)}, 0, []change{{day0.Add(20), 6}}},
	} {
		now, later := level(x.list, roomy, day0)
		if now != x.now || fmt.Sprint(later) != fmt.Sprint(x.later) {
			t.Errorf("%s: %d, then %v", x.name, now, later)
		}
	}
}

func TestALevelRisesFromADayOn(t *testing.T) {
	base := sim.Level(5).Then(30, 8)
	for _, x := range []struct {
		from, at, want float64
	}{{0, 0, 7}, {0, 30, 10}, {10, 5, 5}, {10, 10, 7}, {10, 30, 10}, {30, 29, 5}, {30, 30, 10}, {60, 59, 8}, {60, 60, 10}} {
		if got := at(after(base, x.from, 2), x.at); got != x.want {
			t.Errorf("2 more from %v: %v at %v, not %v", x.from, got, x.at, x.want)
		}
	}
}
