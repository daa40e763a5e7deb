package sim

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// anyModel draws a model with all that the engine has. Ways back start only where time passes.
func anyModel(t *rapid.T) *Model {
	m := &Model{
		Unit: "day", Horizon: 60, Grid: 7, Warmup: 5,
		Classes:   []Class{{"a", 1}, {"b", 2}},
		Calendars: []Calendar{{Name: "days", Every: 1}, {Name: "weeks", Times: []float64{0, 3, 5}, Cycle: 7, Closed: [][2]float64{{3, 4}}}},
		Resources: []Resource{
			{"red", Level(float64(rapid.IntRange(0, 4).Draw(t, "red"))).Then(20, float64(rapid.IntRange(0, 4).Draw(t, "later")))},
			{"blue", Level(float64(rapid.IntRange(1, 4).Draw(t, "blue")))},
		},
		Exits: []Exit{{Name: "out", Return: 0.3, After: Exponential(3), To: "s0"}, {Name: "lost"}},
	}
	n := rapid.IntRange(1, 5).Draw(t, "stages")
	for i := range n {
		m.Stages = append(m.Stages, anyStage(t, i, n))
	}
	m.Sources = []Source{
		{Name: "steady", To: "s0", Rate: ptr(Level(rapid.Float64Range(0.1, 6).Draw(t, "rate"))), Mix: []Share{{"a", 0.3}, {"b", 0.7}}},
		{Name: "groups", To: fmt.Sprint("s", n-1), Calendar: "weeks", Group: Poisson(2), Class: "b"},
	}
	m.Stocks = anyStock(t, m)
	return m
}

func anyStage(t *rapid.T, i, n int) Stage {
	s := Stage{Name: fmt.Sprint("s", i), Rank: rapid.IntRange(0, 1).Draw(t, "rank")}
	pick := func(label string) bool { return rapid.Bool().Draw(t, label) }
	timed := pick("timed")
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		s.Needs = []Need{{Resource: "red"}, {Resource: "blue", Units: 2}}
	case 1:
		s.Needs = []Need{{Resource: "blue", Keep: pick("keep")}}
	case 2:
		s.Gate = &Gate{Calendar: "weeks", Takes: Level(3), Calls: 5, Min: 2, NoShow: 0.3}
	case 3:
		s.Needs, timed = []Need{{Resource: "red"}}, true
		s.Batch, s.Duration = &Batch{Min: 2, Max: 5}, Exponential(1)
	case 4:
		s.Servers = ptr(Level(2))
		s.Release = []string{"blue"}
	}
	anyQueue(t, &s)
	if timed && s.Batch == nil {
		s.Duration = Gamma(1, 2)
		if pick("endings") {
			s.Endings = []Ending{{To: "lost", After: *Exponential(3), Align: "days", Class: "a"}}
			s.ByClass = map[string]Dist{"b": *Uniform(0, 2)}
		}
	}
	s.Routes = anyRoutes(t, i, n, timed)
	return s
}

func anyQueue(t *rapid.T, s *Stage) {
	if s.Gate == nil && len(s.Needs) == 0 && s.Servers == nil {
		return
	}
	s.Order = rapid.SampledFrom([]string{"fifo", "lifo", "priority"}).Draw(t, "order")
	if rapid.Bool().Draw(t, "room") {
		s.Room, s.FullTo = ptr(rapid.IntRange(0, 5).Draw(t, "places")), "lost"
	}
	if rapid.Bool().Draw(t, "patience") {
		s.Patience, s.LeaveTo = Exponential(2), "out"
	}
}

func anyRoutes(t *rapid.T, i, n int, timed bool) []Route {
	on := "out"
	if i+1 < n {
		on = fmt.Sprint("s", i+1)
	}
	if !timed || !rapid.Bool().Draw(t, "back") {
		return onto(on)
	}
	back := fmt.Sprint("s", rapid.IntRange(0, i).Draw(t, "to"))
	return []Route{{To: on, P: ptr(0.7)}, {To: back, P: ptr(0.3), Becomes: "a"}}
}

func anyStock(t *rapid.T, m *Model) []Stock {
	var stock []Stock
	for _, s := range m.Stages {
		if s.Duration != nil {
			stock = append(stock, Stock{Stage: s.Name, Elapsed: []float64{0, 0.5, 40}, Class: "b"})
		}
		if s.Order != "" {
			stock = append(stock, Stock{Stage: s.Name, Count: rapid.IntRange(0, 9).Draw(t, "stock"), Waiting: true})
		}
	}
	return stock
}

// count is what a walk through everybody finds.
type count struct{ waiting, inside []int32 }

func (e *engine) census() (c count, here, gone int64, used []int32) {
	c = count{make([]int32, len(e.places)), make([]int32, len(e.places))}
	used = make([]int32, len(e.pools))
	for i := range e.people {
		p := &e.people[i]
		switch p.state {
		case unused:
			continue
		case away:
			gone++
			continue
		case waiting:
			c.waiting[p.stage]++
		default:
			c.inside[p.stage]++
		}
		here++
		for k, kept := range e.p.kept {
			if p.held&(1<<k) != 0 {
				used[kept.resource] += kept.units
			}
		}
		if p.state != inside {
			continue
		}
		for _, n := range e.p.stages[p.stage].needs {
			if n.keep < 0 {
				used[n.resource] += n.units
			}
		}
	}
	return c, here, gone, used
}

// conserved tells what does not add up, or "".
func (e *engine) conserved(stock int64, stockIn, stockWait []int64) string {
	c, here, gone, used := e.census()
	if e.arrived+e.returned+stock != e.inside+e.left || here != e.inside || gone != e.away {
		return fmt.Sprintf("arrived %d + returned %d + stock %d, in %d (%d found) + left %d", e.arrived, e.returned, stock, e.inside, here, e.left)
	}
	for i := range e.places {
		pl := &e.places[i]
		if pl.waiting != c.waiting[i] || pl.inside != c.inside[i] {
			return fmt.Sprintf("stage %d: counts %d, %d; found %v", i, pl.waiting, pl.inside, c)
		}
		if pl.arrived+stockWait[i] != pl.began+pl.reneged+pl.lost+pl.noShow+int64(pl.waiting) || pl.began+stockIn[i] != pl.ended+int64(pl.inside) {
			return fmt.Sprintf("stage %d: %+v", i, *pl)
		}
		s := &e.p.stages[i]
		if s.gate == nil && pl.waiting > 0 && e.canBegin(s, pl) {
			return fmt.Sprintf("stage %d: somebody waits for what is free", i)
		}
	}
	for i := range e.pools {
		if e.pools[i].used != used[i] {
			return fmt.Sprintf("resource %d: %d in use, %d held", i, e.pools[i].used, used[i])
		}
	}
	return ""
}

// At every event: arrived + returned = in + left, for the whole and for each stage, resources are held by somebody, and
// nobody waits for what is free.
func TestNobodyIsLostAtAnyEvent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyModel(t)
		p, err := m.Program()
		if err != nil {
			t.Fatal(err)
		}
		e := newEngine(p)
		stockIn, stockWait := make([]int64, len(p.stages)), make([]int64, len(p.stages))
		for _, s := range p.stocks {
			if s.waiting {
				stockWait[s.stage]++
			} else {
				stockIn[s.stage]++
			}
		}
		e.reset(uint64(rapid.IntRange(1, 1000).Draw(t, "seed")), 0)
		for n := 0; n < 3000; n++ {
			if wrong := e.conserved(int64(len(p.stocks)), stockIn, stockWait); wrong != "" || e.err != nil {
				t.Fatalf("event %d, time %g: %s %v", n, e.now, wrong, e.err)
			}
			v := e.heap.take()
			if v == never {
				return
			}
			if v.time() < e.now {
				t.Fatalf("time goes back from %g to %g", e.now, v.time())
			}
			e.now = v.time()
			e.handle(v)
		}
	})
}
