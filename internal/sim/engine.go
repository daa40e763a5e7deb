package sim

import (
	"fmt"
	"math"
)

// engine is one replication's state. It is used again for the next, so that a run allocates only while it grows.
type engine struct {
	p    *Program
	now  float64
	seq  uint32
	heap heap
	seed uint64 // hash of the run's seed and the replication

	people []person
	free   int32 // first of the list of unused people, or -1
	places []place
	pools  []pool
	feeds  []feed
	doors  []door
	dirty  []int16 // resources that somebody may be able to take

	events, arrived, returned, left int64
	stale                           int // events in the heap that count no more
	inside, away                    int64
	stayedTime                      float64
	out                             []int64 // by exit
	err                             error

	openLife   float64   // of those inside, as of the last look
	base, prev []float64 // sums at warmup and at the last grid point, numerator and denominator
	row        Row
	spins      int // beginnings since time last passed
}

// state is what a person is doing.
type state uint8

const (
	unused state = iota
	waiting
	inside
	away  // left, and will return
	mated // begun in a batch that another member leads
)

// person is one who walks through the model: 56 bytes, one cache line.
type person struct {
	key        uint64 // of the person's random numbers
	since      float64
	born       float64
	timer      uint32 // the event that counts; older ones are stale
	next, prev int32  // in the queue, or among the unused
	mate       int32  // the next of the batch
	to         dest   // where the stay ends, or undrawn
	stage      int16
	class      int16
	held       uint16 // mask of kept resources
	state      state
	level      uint8
}

const undrawn dest = math.MinInt32

// What an event concerns, if not a person.
const (
	whatSource = 1<<31 + iota<<24
	whatGate
	whatLevel
)

// line is a queue of one priority.
type line struct{ first, last int32 }

// place is a stage's state.
type place struct {
	lines           []line
	waiting, inside int32
	peak            int32
	arrived, began  int64
	ended, reneged  int64
	lost, noShow    int64
	waited, within  int64
	waitTime        float64 // waits that led to a beginning
	gaveUp          float64 // waits that did not
	stayTime        float64 // finished stays
	openWait        float64 // what those in the queue have waited, as of the last look
	openStay        float64
}

// pool is a resource's state.
type pool struct {
	level, used int32
	waiting     int32 // people in the queues of its users
	isDirty     bool
	step        int
	last        float64
	busy, open  float64 // integrals of used and level
}

type feed struct {
	count int // arrivals so far
	step  int
}

type door struct{ next int }

func newEngine(p *Program) *engine {
	e := &engine{}
	e.fit(p)
	return e
}

// fit makes room for the program; nothing is allocated when it has the size of the last.
func (e *engine) fit(p *Program) {
	e.p = p
	e.places = resize(e.places, len(p.stages))
	for i := range e.places {
		e.places[i].lines = resize(e.places[i].lines, p.levels)
	}
	e.pools = resize(e.pools, len(p.resources))
	e.feeds = resize(e.feeds, len(p.sources))
	e.doors = resize(e.doors, len(p.stages))
	e.out = resize(e.out, len(p.exits))
	e.base = resize(e.base, 2*len(p.figures))
	e.prev = resize(e.prev, 2*len(p.series))
	e.row.Figures = resize(e.row.Figures, len(p.figures))
	e.row.Series = resize(e.row.Series, len(p.series)*p.grid)
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return append(s[:cap(s)], make([]T, n-cap(s))...)
	}
	return s[:n]
}

// reset makes ready for a replication.
func (e *engine) reset(seed uint64, replication int) {
	e.seed = mix(mix(seed) + uint64(replication)*weyl)
	e.now, e.seq, e.err = 0, 0, nil
	e.events, e.arrived, e.returned, e.left = 0, 0, 0, 0
	e.stale, e.inside, e.away, e.stayedTime = 0, 0, 0, 0
	e.heap.clear()
	e.people, e.free = e.people[:0], -1
	e.dirty = e.dirty[:0]
	clear(e.out)
	clear(e.feeds)
	clear(e.doors)
	clear(e.prev)
	e.spins = 0
	for i := range e.places {
		lines := e.places[i].lines
		for j := range lines {
			lines[j] = line{-1, -1}
		}
		e.places[i] = place{lines: lines}
	}
	for i := range e.pools {
		e.pools[i] = pool{level: int32(e.p.resources[i].level.values[0])}
	}
	e.begin0()
}

// begin0 schedules the first of everything and places the stock.
func (e *engine) begin0() {
	for i := range e.p.resources {
		e.nextLevel(int16(i))
	}
	for i := range e.p.stages {
		if e.p.stages[i].gate != nil {
			e.nextGate(int16(i))
		}
	}
	for i := range e.p.sources {
		e.nextArrival(i)
	}
	for i := range e.p.stocks {
		e.place(&e.p.stocks[i])
	}
	e.settle()
}

// schedule sets the event; a time that never comes is not kept.
func (e *engine) schedule(at float64, what uint32) {
	e.seq++
	if at <= e.p.model.Horizon {
		e.heap.add(makeEvent(at, e.seq, what))
	}
}

// runUntil handles all events up to t, at most budget of them; false if there are more.
func (e *engine) runUntil(t float64, budget int) bool {
	limit := math.Float64bits(t)
	for range budget {
		v := e.heap.take()
		if v.at > limit || e.err != nil {
			e.heap.hole = false
			e.now = t
			return true
		}
		e.now = v.time()
		e.handle(v)
	}
	return false
}

func (e *engine) handle(v event) {
	what := v.what()
	if what < whatSource {
		e.wake(int32(what), v.seq())
	} else {
		e.events++
		i := what & 0xffffff
		switch what &^ 0xffffff {
		case whatSource:
			e.arrive(int(i))
		case whatGate:
			e.open(int16(i))
		default:
			e.changeLevel(int16(i))
		}
	}
	if len(e.dirty) > 0 {
		e.settle()
	}
}

// wake is a person's time being up.
func (e *engine) wake(id int32, seq uint32) {
	p := &e.people[id]
	if p.timer != seq || p.state == unused {
		e.stale--
		return
	}
	e.events++
	switch p.state {
	case inside:
		e.finish(id)
	case waiting:
		e.renege(id)
	case away:
		e.comeBack(id)
	}
}

// tidy drops stale events when they are most of what is kept, so that long patience costs no memory.
func (e *engine) tidy() {
	if e.stale < 1024 || e.stale < e.heap.n/2 {
		return
	}
	e.heap.keep(func(v event) bool {
		what := v.what()
		return what >= whatSource || (e.people[what].timer == v.seq() && e.people[what].state != unused)
	})
	e.stale = 0
}

func (e *engine) newPerson() int32 {
	if id := e.free; id >= 0 {
		e.free = e.people[id].next
		return id
	}
	if len(e.people) >= maxPeople {
		e.fail(fmt.Errorf("more than %d people in the model at time %g", maxPeople, e.now))
		return -1
	}
	e.people = append(e.people, person{})
	return int32(len(e.people) - 1)
}

func (e *engine) drop(id int32) {
	p := &e.people[id]
	p.state, p.next = unused, e.free
	e.free = id
}

func (e *engine) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}
