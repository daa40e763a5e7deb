package forecast

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/flow"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Desk is where one sees ahead. At most one question at a time is played; who asks waits for their turn, or goes.
// What was answered is kept for a while, as long as nothing has happened at the unit.
type Desk struct {
	Store *store.Store

	once sync.Once
	turn chan struct{}
	line chan struct{} // those who wait for it
	mu   sync.Mutex
	kept map[string]any
	ages []string // keys of kept, the oldest first
}

// mostKept is how many answers are kept, and mostGrounds how many of them are grounds, which are large; mostInLine, how many are worked on or wait, and longestTurn how long one waits: who waits
// here holds one of the server's places, which everybody needs.
const (
	mostKept    = 64
	mostGrounds = 4
	mostInLine  = 8
	longestTurn = 10 * time.Second
)

// Runs is how many futures a page plays.
const Runs = 200

// Ask is a question.
type Ask struct {
	Unit     id.Unit
	Months   int
	Scenario Scenario
	Runs     int
	Seed     uint64
	Done     func(done, of int) // progress; may be nil
	line     bool               // the line alone, without activities
}

// check says what is wrong with a question.
func (q Ask) check(today clock.Date) error {
	form := fault.Fields(q.Scenario.Check(today))
	if q.Months < 1 || q.Months > MostMonths {
		form.Add("months", "form.number", 1, MostMonths)
	}
	if q.Runs < 20 || q.Runs > 10_000 {
		form.Add("replications", "form.number", 20, 10_000)
	}
	return form.Err()
}

// See plays a plan ahead. Workers see their own unit, a head another gateway of the same agency too; Missing for any
// other. What is wrong with the scenario comes as a form's faults.
func (d *Desk) See(ctx context.Context, actor *access.Actor, q Ask) (Forecast, error) {
	if err := q.check(actor.Today()); err != nil {
		return Forecast{}, err
	}
	g, key, err := d.ground(ctx, actor, q.Unit)
	if err != nil {
		return Forecast{}, err
	}
	return d.see(ctx, g, key, q)
}

func (d *Desk) see(ctx context.Context, g *ground, key string, q Ask) (Forecast, error) {
	key = fmt.Sprint("see ", key, q.Months, q.Runs, q.Seed, q.Scenario)
	v, err := d.keep(ctx, key, func() (any, error) { return g.see(ctx, q) })
	if err != nil {
		return Forecast{}, err
	}
	return v.(Forecast), nil
}

// ground gives what is known of a unit, read anew when anything has happened there.
func (d *Desk) ground(ctx context.Context, actor *access.Actor, unit id.Unit) (g *ground, key string, err error) {
	var chosen org.Unit
	var protections int
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		_, list, err := flow.Choose(ctx, tx, actor, unit)
		if err != nil {
			return err
		}
		if len(list) != 1 {
			return fault.Missing
		}
		chosen = list[0]
		if protections, err = guarded(ctx, tx, actor.Area()); err != nil {
			return err
		}
		key, err = position(ctx, tx, actor.Area(), chosen.ID, actor.Today())
		return err
	})
	if err != nil {
		return nil, "", err
	}
	key = fmt.Sprint(actor.Area(), " ", protections, " ", key)
	v, err := d.keep(ctx, "ground "+key, func() (any, error) {
		var g *ground
		err := d.Store.Read(ctx, func(tx *store.Tx) (err error) {
			g, err = survey(ctx, tx, actor.Area(), chosen, actor.Now())
			return err
		})
		if err == nil {
			g.day = fmt.Sprint(actor.Area(), " ", chosen.ID, " ", g.today, " ", protections)
		}
		return g, err
	})
	if err != nil {
		return nil, "", err
	}
	return v.(*ground), key, nil
}

// keep gives what was answered before, or waits for the turn and makes it. It gives up when the asker does.
func (d *Desk) keep(ctx context.Context, key string, answer func() (any, error)) (any, error) {
	d.once.Do(func() {
		d.turn, d.line, d.kept = make(chan struct{}, 1), make(chan struct{}, mostInLine), map[string]any{}
	})
	if v, ok := d.had(key); ok {
		return v, nil
	}
	busy := fault.New(fault.Unavailable, "forecast.fault.busy")
	select {
	case d.line <- struct{}{}:
		defer func() { <-d.line }()
	default:
		return nil, busy
	}
	select {
	case d.turn <- struct{}{}:
	case <-time.After(longestTurn):
		return nil, busy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-d.turn }()
	if v, ok := d.had(key); ok {
		return v, nil
	}
	v, err := answer()
	if err != nil {
		return nil, err
	}
	d.put(key, v)
	return v, nil
}

func (d *Desk) had(key string) (any, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, ok := d.kept[key]
	return v, ok
}

func (d *Desk) put(key string, v any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if g, ok := v.(*ground); ok {
		d.clear(g)
	}
	d.kept[key], d.ages = v, append(d.ages, key)
	if len(d.ages) > mostKept {
		delete(d.kept, d.ages[0])
		d.ages = d.ages[1:]
	}
}

// clear makes room for a ground: the one of its unit as it was before goes, and the oldest where there are as many as are kept.
func (d *Desk) clear(fresh *ground) {
	n := 0
	for _, key := range slices.Backward(slices.Clone(d.ages)) {
		g, ok := d.kept[key].(*ground)
		if !ok {
			continue
		}
		if n++; n >= mostGrounds || g.unit.ID == fresh.unit.ID {
			delete(d.kept, key)
			d.ages = slices.DeleteFunc(d.ages, func(x string) bool { return x == key })
			n--
		}
	}
}

// The least that must have happened for anything to be said.
const (
	leastDays   = 365
	leastCame   = 20
	leastBegun  = 10
	leastLeft   = 10
	mostPeople  = 50_000 // at one time
	mostMonthly = 1_000  // who come
	mostMoves   = 60e6   // that are played for one answer; where more would be, fewer futures are
	leastRuns   = 20
	statedTime  = 300.0 // days that somebody takes part, where that is reckoned roughly
)

// tooFew is the key of why a tally is too little to say anything from.
func (t *tally) tooFew() string {
	switch {
	case len(t.moves) == 0:
		return "forecast.few.none"
	case t.to.Sub(t.first) < leastDays || len(t.came)+len(t.back) < leastCame || len(t.began) < leastBegun || t.outs() < leastLeft:
		return "forecast.few.early"
	}
	return ""
}

// outs is how many have left as participants.
func (t *tally) outs() int {
	return len(t.exits[flow.Work]) + len(t.exits[flow.Studies]) + len(t.exits[flow.Other])
}

func (g *ground) see(ctx context.Context, q Ask) (Forecast, error) {
	t := g.tally(g.today)
	game := g.game(t, q)
	halls, places := t.learnHouse(g.house)
	if err := places.check(q.Scenario); err != nil {
		return Forecast{}, err
	}
	f := Forecast{Unit: g.unit, From: g.today, Months: q.Months, Steps: g.names, Scenario: q.Scenario, Now: g.plan, Plan: g.plan.changed(q.Scenario),
		Runs: q.Runs, Seed: q.Seed, Basis: t.basis(game.belief, g.starts), Past: t.past(pastMonths), TooFew: t.tooFew(), Places: places}
	if f.TooFew != "" {
		return f, nil
	}
	if t.there() > mostPeople || game.belief.arrivals.mean()*Month > mostMonthly {
		f.TooFew = "forecast.few.large"
		return f, nil
	}
	game.runs = game.affordable(halls.moves())
	f.Runs = game.runs
	lines, err := game.play(ctx)
	if err != nil {
		return f, err
	}
	if places.TooFew == "" && !q.line {
		if err := game.way.hallway(halls, places, q.Months).play(ctx, lines, game.runs, q.Seed); err != nil {
			return f, err
		}
		f.Past.of(places, g.house)
	}
	f.Lines = lines.bands(q.Months)
	f.Limits = game.limits(f.Lines)
	return f, nil
}

func (g *ground) game(t *tally, q Ask) *game {
	b := believe(t, g.starts)
	w := &way{today: t.to, days: float64(q.Months+tail) * Month, plan: g.plan, planned: g.planned(t.to), closed: g.closed, s: q.Scenario}
	return &game{way: w, tally: t, belief: &b, months: q.Months, runs: q.Runs, seed: q.Seed, done: q.Done}
}

// affordable is how many futures are played: as many as asked for, but fewer where each is very long. activities is how many moves
// each participant makes a day there.
func (g *game) affordable(activities float64) int {
	perPerson := 8 + activities*statedTime
	people := float64(g.tally.there()) + g.belief.arrivals.mean()*g.way.days*(1+float64(g.way.s.Arrivals)/100)
	return min(g.runs, max(leastRuns, int(mostMoves/(perPerson*people))))
}
