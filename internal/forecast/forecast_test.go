package forecast

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/flow"
	"sluss/internal/thread"
)

const day0 = clock.Date("2026-10-20")

// invented is a gateway that nobody lives at: perMonth come, and go through three steps, for so many months up to day0.
func invented(months, perMonth int) *ground {
	g := &ground{today: day0, names: []string{"a", "b", "c"}}
	g.plan = Plan{Rhythm: calendar.Default, Places: 10, Calls: 14, Leaders: 2, Hours: 2, Coaches: 3, Caseload: 60}
	first := day0.AddMonths(-months)
	for _, d := range calendar.Default.Dates(clock.Span{From: first.Add(15), To: day0.AddMonths(3)}) {
		g.starts = append(g.starts, Start{d, 10, 14})
	}
	n := int64(0)
	for i := range months * perMonth {
		came := first.Add(int(float64(i) * Month / float64(perMonth)))
		var w []flow.Event
		put := func(on clock.Date, kind thread.Kind, code string) {
			if on <= day0 {
				n++
				w = append(w, flow.Event{ID: thread.ID(n), On: on, Kind: kind, Code: code, Ref: int64(i)})
			}
		}
		put(came, thread.Referred, "egen")
		start := firstStart(g.starts, came.Add(10+i%30))
		put(start.Add(-10), thread.Called, "")
		put(start, thread.Present, "")
		put(start.Add(5+i%9), thread.Booked, "group")
		begun := start.Add(10 + i%9)
		put(begun, thread.Begun, "")
		on := begun
		for step := 2; step <= 3; step++ {
			on = on.Add(30 + (i*37)%70)
			put(on, thread.StepMoved, fmt.Sprint(step))
		}
		on = on.Add(20 + (i*53)%90)
		put(on, thread.Left, []string{"work", "studies", "other:moved", "work"}[i%4])
		if i%7 == 0 {
			put(on.Add(200), thread.Referred, "egen+return")
		}
		if len(w) > 0 {
			g.ways = append(g.ways, w)
		}
	}
	return g
}

func firstStart(starts []Start, after clock.Date) clock.Date {
	for _, s := range starts {
		if s.On >= after {
			return s.On
		}
	}
	return after
}

func see(t testing.TB, g *ground, q Ask) Forecast {
	t.Helper()
	if q.Runs == 0 {
		q.Runs = 60
	}
	if q.Months == 0 {
		q.Months = 12
	}
	f, err := g.see(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestTheSameSeedGivesTheSameFuture(t *testing.T) {
	g := invented(24, 20)
	a, b, c := see(t, g, Ask{Seed: 1}), see(t, g, Ask{Seed: 1}), see(t, g, Ask{Seed: 2})
	if fmt.Sprint(a.Lines) != fmt.Sprint(b.Lines) {
		t.Error("the same seed gave another future")
	}
	if fmt.Sprint(a.Lines) == fmt.Sprint(c.Lines) {
		t.Error("another seed gave the same future")
	}
}

func TestTheBandsLieInOrderAndBeginToday(t *testing.T) {
	g := invented(24, 20)
	f := see(t, g, Ask{Months: 24})
	for _, name := range f.Names() {
		b := f.Lines[name]
		if len(b.Q50) != 25 {
			t.Fatalf("%s has %d points", name, len(b.Q50))
		}
		for i := range b.Q50 {
			x := b.At(i)
			if x[0] > x[1] || x[1] > x[2] || x[2] > x[3] || x[3] > x[4] || x[0] < 0 {
				t.Errorf("%s at month %d: %v", name, i, x)
			}
		}
	}
	for _, name := range []string{Line, Inside, Paused, InStep(1), InStep(2), InStep(3)} {
		row := f.Past.Lines[name]
		if now := row[len(row)-1]; f.Lines[name].Q05[0] != now || f.Lines[name].Q95[0] != now {
			t.Errorf("%s begins at %v, and is %v today", name, f.Lines[name].At(0), now)
		}
	}
}

// Who comes and does not leave is there: in every future, at every month.
func TestNobodyIsLostBetweenTheLines(t *testing.T) {
	g := invented(24, 20)
	game := g.game(g.tally(g.today), Ask{Months: 24, Runs: 30, Seed: 3})
	lines, err := game.play(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for r := range lines[Line] {
		there := lines[Line][r][0] + lines[Inside][r][0]
		for i := 1; i < len(lines[Line][r]); i++ {
			there += lines[Came][r][i] - lines[Gone][r][i] - lines[Left][r][i]
			if got := lines[Line][r][i] + lines[Inside][r][i]; math.Abs(got-there) > 1e-9 {
				t.Fatalf("future %d, month %d: %v there, but %v came and did not leave", r, i, got, there)
			}
		}
	}
}

func TestMoreStartsShortenTheWaitAndMoreComersLengthenIt(t *testing.T) {
	g := invented(24, 24)
	now := see(t, g, Ask{Seed: 1})
	more := see(t, g, Ask{Seed: 1, Scenario: Scenario{Starts: 3}})
	crowd := see(t, g, Ask{Seed: 1, Scenario: Scenario{Arrivals: 30}})
	a, b, c := now.Lines[Wait].Q50[12], more.Lines[Wait].Q50[12], crowd.Lines[Wait].Q50[12]
	if !(b < a && a < c) {
		t.Errorf("weeks of wait in a year: now %v, a third start %v, more who come %v", a, b, c)
	}
	if more.Lines[Line].Q50[0] != now.Lines[Line].Q50[0] {
		t.Error("what is done from today on changed today")
	}
}

func TestWhatBeginsLaterChangesNothingBefore(t *testing.T) {
	g := invented(24, 24)
	now := see(t, g, Ask{Seed: 1})
	later := see(t, g, Ask{Seed: 1, Scenario: Scenario{Starts: 4, Coaches: 2, Places: 14, From: day0.AddMonths(6)}})
	for i := range 6 {
		if now.Lines[Line].At(i) != later.Lines[Line].At(i) {
			t.Errorf("month %d: %v and %v", i, now.Lines[Line].At(i), later.Lines[Line].At(i))
		}
	}
	if now.Lines[Line].Q50[12] <= later.Lines[Line].Q50[12] {
		t.Error("it never began to hold")
	}
}

func TestFullCoachesHoldPeopleBackAndOneMoreLetsThemIn(t *testing.T) {
	g := invented(24, 20)
	g.plan.Caseload = 30
	full := see(t, g, Ask{Seed: 1})
	more := see(t, g, Ask{Seed: 1, Scenario: Scenario{Coaches: 3}})
	if full.Limits.CoachFrom < 0 || full.Lines[Held].Q50[12] <= more.Lines[Held].Q50[12] {
		t.Errorf("full: from month %d, %v held; with more: %v held", full.Limits.CoachFrom, full.Lines[Held].Q50[12], more.Lines[Held].Q50[12])
	}
}

// Slower exits are a risk; no scenario makes exits come faster by itself.
func TestSlowerExitsFillTheGateway(t *testing.T) {
	g := invented(24, 20)
	now, slow := see(t, g, Ask{Seed: 1}), see(t, g, Ask{Seed: 1, Scenario: Scenario{Slower: 40}})
	if slow.Lines[Inside].Q50[12] <= now.Lines[Inside].Q50[12] {
		t.Error("slower exits made no difference")
	}
	if (Scenario{Slower: -10}).Check(day0) == nil {
		t.Error("one may wish for faster exits")
	}
}

func TestWhoIsStillThereCountsWithTheDaysSoFar(t *testing.T) {
	g := invented(24, 20)
	all := count(g.ways, 3, day0)
	var done [][]flow.Event
	for _, w := range g.ways {
		if last := w[len(w)-1]; last.Kind == thread.Left {
			done = append(done, w)
		}
	}
	only := count(done, 3, day0)
	k := risk{pStep + 3, cWork}
	for age := range stepAges {
		if all.seen(k, age) < only.seen(k, age) || all.lived(k, age) < only.lived(k, age) {
			t.Errorf("age %d: %d in %v days, and %d in %v days of those who have left", age, all.seen(k, age), all.lived(k, age), only.seen(k, age), only.lived(k, age))
		}
	}
	if all.lived(k, 1) <= only.lived(k, 1) {
		t.Error("the days of those still in the step are not counted")
	}
}

func TestFewEventsLeanOnTheUnitsAll(t *testing.T) {
	g := invented(24, 20)
	few := g.tally(g.today)
	k := risk{pStep + 1, cOther} // nobody leaves from the first step
	if n := few.seen(k, 0) + few.seen(k, 1); n > 0 {
		t.Fatalf("%d left from the first step", n)
	}
	b := believe(few, g.starts)
	if rate := b.middle().risks[k][1]; !(rate > 0) || rate > 1./100 {
		t.Errorf("the risk is %v a day", rate)
	}
	if b.borrowed == 0 || b.borrowed == len(b.risks) {
		t.Errorf("%d of %d risks lean on others", b.borrowed, len(b.risks))
	}
}

func TestALongerHistoryMakesNarrowerBands(t *testing.T) {
	short, long := see(t, invented(13, 20), Ask{Seed: 1, Runs: 200}), see(t, invented(36, 20), Ask{Seed: 1, Runs: 200})
	width := func(f Forecast) float64 {
		x := f.Lines[Inside].At(12)
		return (x[4] - x[0]) / x[2]
	}
	if width(long) >= width(short) {
		t.Errorf("thirteen months give %v, three years %v", width(short), width(long))
	}
}

func TestTooLittleIsSaidInPlaceOfALine(t *testing.T) {
	for _, x := range []struct {
		name string
		g    *ground
		key  string
	}{
		{"nobody", &ground{today: day0, names: []string{"a", "b"}, plan: Plan{Rhythm: calendar.Default, Coaches: 1, Caseload: 20}}, "forecast.few.none"},
		{"one person", one(), "forecast.few.early"},
		{"half a year", invented(6, 20), "forecast.few.early"},
	} {
		f := see(t, x.g, Ask{Months: 12})
		if f.TooFew != x.key || f.Lines != nil {
			t.Errorf("%s: %q and %d lines", x.name, f.TooFew, len(f.Lines))
		}
		if tr, err := x.g.try(context.Background()); err != nil || tr.TooFew == "" {
			t.Errorf("%s: a trial says %q, %v", x.name, tr.TooFew, err)
		}
		if n, err := x.g.need(context.Background(), Ask{Months: 12, Runs: 20}, 4); err != nil || n.TooFew == "" {
			t.Errorf("%s: what it takes says %+v, %v", x.name, n, err)
		}
	}
}

func one() *ground {
	g := invented(24, 20)
	g.ways = g.ways[:1]
	return g
}

// A unit with more people than a gateway can have gets a clear word, and no machine is taken with it.
func TestAMillionPeopleAreToldToBeTooMany(t *testing.T) {
	g := invented(24, 20)
	list := g.ways
	for len(g.ways) < 250_000 {
		g.ways = append(g.ways, list...)
	}
	f := see(t, g, Ask{Months: 240})
	if f.TooFew != "forecast.few.large" || f.Lines != nil {
		t.Errorf("%q", f.TooFew)
	}
}

func TestSillyNumbersAreRefusedByTheirFields(t *testing.T) {
	for _, x := range []struct {
		s     Scenario
		field string
	}{
		{Scenario{Starts: -1}, "starts"}, {Scenario{Places: 1_000_000_000}, "places"}, {Scenario{Calls: -5}, "calls"}, {Scenario{Coaches: 51}, "coaches"},
		{Scenario{Caseload: 1e9}, "caseload"}, {Scenario{Arrivals: -101}, "arrivals"}, {Scenario{Slower: 76}, "slower"},
		{Scenario{From: "2020-01-01"}, "from"}, {Scenario{From: "9999-01-01"}, "from"}, {Scenario{From: "nonsense"}, "from"},
	} {
		form := fault.Fields(x.s.Check(day0))
		if len(form) != 1 || form[0].Field != x.field {
			t.Errorf("%+v: %v", x.s, form)
		}
	}
	extreme := Scenario{Starts: MostStarts, Places: MostPlaces, Calls: MostCalls, Coaches: MostCoaches, Caseload: MostCaseload, Arrivals: MostArrivals, Slower: MostSlower}
	if err := extreme.Check(day0); err != nil {
		t.Fatal(err)
	}
	see(t, invented(24, 20), Ask{Months: 24, Runs: 20, Scenario: extreme})
	see(t, invented(24, 20), Ask{Months: 24, Runs: 20, Scenario: Scenario{Arrivals: -100}})
}

func TestWhoGoesAwayEndsThePlaying(t *testing.T) {
	g := invented(24, 20)
	ctx, cancel := context.WithCancel(context.Background())
	game := g.game(g.tally(g.today), Ask{Months: 240, Runs: 10_000, Seed: 1})
	game.done = func(done, of int) {
		if done == 3 {
			cancel()
		}
		if done > 200 {
			t.Errorf("still playing: %d", done)
		}
	}
	if _, err := game.play(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestWhoWaitsForTheirTurnMayGoAway(t *testing.T) {
	d := &Desk{}
	inside, out := make(chan struct{}), make(chan struct{})
	go d.keep(context.Background(), "first", func() (any, error) { close(inside); <-out; return 1, nil })
	<-inside
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := d.keep(ctx, "second", func() (any, error) { return 2, nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	close(out)
	v, err := d.keep(context.Background(), "first", func() (any, error) { return 3, nil })
	if v != 1 && v != 3 || err != nil {
		t.Error(v, err)
	}
}

func TestAnswersAreKeptUpToABound(t *testing.T) {
	d := &Desk{}
	made := 0
	ask := func(i int) {
		if _, err := d.keep(context.Background(), fmt.Sprint(i), func() (any, error) { made++; return i, nil }); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 3 * mostKept {
		ask(i)
		ask(i)
	}
	if made != 3*mostKept || len(d.kept) != mostKept {
		t.Errorf("%d made, %d kept", made, len(d.kept))
	}
}

func TestTheWaitIsUntilAsManyHaveLeftTheLine(t *testing.T) {
	line, began, gone := []float64{10, 12, 8, 0}, []float64{0, 4, 8, 8}, []float64{0, 1, 0, 0}
	got := waits(line, began, gone)
	month := Month / 7
	want := []float64{(1 + 5./8) * month, (1 + 4./8) * month, 1 * month, math.Inf(1)}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-9 && got[i] != want[i] {
			t.Errorf("from month %d: %v weeks, not %v", i, got[i], want[i])
		}
	}
}

// Standing in the past, nothing of what has happened since may be known.
func TestAForecastOfThePastKnowsNothingOfWhatCame(t *testing.T) {
	g := invented(30, 20)
	then := g.today.AddMonths(-6)
	cut := &ground{today: then, names: g.names, plan: g.plan, starts: g.starts}
	for _, w := range g.ways {
		var kept []flow.Event
		for _, e := range w {
			if e.On <= then {
				kept = append(kept, e)
			}
		}
		if len(kept) > 0 {
			cut.ways = append(cut.ways, kept)
		}
	}
	a, err := g.stood(g.tally(then), 6).play(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	b, err := cut.stood(cut.tally(then), 6).play(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(a) != fmt.Sprint(b) {
		t.Error("it looked ahead")
	}
}

func TestATrialComparesEachMonthWithWhatItBecame(t *testing.T) {
	g := invented(30, 20)
	tr, err := g.try(context.Background())
	if err != nil || tr.TooFew != "" {
		t.Fatal(tr.TooFew, err)
	}
	was := g.tally(g.today).past(24)
	for _, s := range tr.Scores {
		if s.Line == Taken {
			continue // nobody takes part in anything
		}
		if s.N == 0 || s.N != len(s.Tried) || len(s.LastYear) != 12 {
			t.Errorf("%s: %d of %d, %d of a year ago", s.Line, s.N, len(s.Tried), len(s.LastYear))
		}
		for _, x := range s.Tried {
			for i, m := range was.Months {
				if m == x.Of && was.Lines[s.Line][i] != x.Was {
					t.Errorf("%s on %s was %v, not %v", s.Line, m, was.Lines[s.Line][i], x.Was)
				}
			}
		}
	}
}

func TestTheLeastThatKeepsTheWaitShortIsFound(t *testing.T) {
	g := invented(24, 24)
	n, err := g.need(context.Background(), Ask{Months: 12, Runs: needRuns, Seed: 1}, 8)
	if err != nil || !n.Enough || n.Wait > 8 {
		t.Fatalf("%+v %v", n, err)
	}
	if n.Starts == g.plan.Rhythm.PerMonth && n.Coaches == 0 {
		t.Fatalf("nothing is needed: %+v", n)
	}
	if never, err := g.need(context.Background(), Ask{Months: 12, Runs: 20, Seed: 1, Scenario: Scenario{Arrivals: 300}}, 1); err != nil || never.Enough {
		t.Errorf("%+v %v", never, err)
	}
}
