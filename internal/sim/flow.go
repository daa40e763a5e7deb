package sim

import (
	"fmt"
	"math"
)

// enter brings a person to a stage or exit, and on through stages where no time passes.
func (e *engine) enter(id int32, to dest) {
	for hops := 0; to != undrawn; hops++ {
		if to < 0 {
			e.leave(id, ^to)
			return
		}
		if hops > maxHops {
			e.fail(fmt.Errorf("stage %q: people go round without time passing", e.p.model.Stages[to].Name))
			return
		}
		to = e.reach(id, to)
	}
}

// reach is a person's coming to a stage. It gives where they go at once, or undrawn if they stay.
func (e *engine) reach(id int32, to dest) dest {
	p, s, pl := &e.people[id], &e.p.stages[to], &e.places[to]
	if int16(to) <= p.stage {
		p.key += roundKey // the way turns back: new numbers from here
	}
	p.stage, p.since = int16(to), e.now
	pl.arrived++
	if !s.queued || e.mayPass(p, s) {
		return e.begin(id, s, pl)
	}
	if s.room >= 0 && pl.waiting >= s.room {
		pl.lost++
		return s.fullTo
	}
	e.enqueue(id, s, pl)
	if s.gate == nil {
		e.touch(s)
	}
	return undrawn
}

// mayPass tells whether one who comes may begin without queueing, and takes the resources if so.
func (e *engine) mayPass(p *person, s *stage) bool {
	if s.gate != nil || s.batchMax > 0 {
		return false
	}
	for i := range s.needs {
		n := &s.needs[i]
		if q := &e.pools[n.resource]; (q.waiting > 0 || q.level-q.used < n.units) && !n.has(p.held) {
			return false
		}
	}
	e.seize(p, s)
	return true
}

// begin starts the stay of a person who holds what the stage needs.
func (e *engine) begin(id int32, s *stage, pl *place) dest {
	p := &e.people[id]
	e.countWait(p, s, pl)
	p.since = e.now
	if mask := s.release & p.held; mask != 0 {
		e.giveBack(p, mask)
	}
	if !s.timed {
		return e.pass(id, s, pl)
	}
	pl.inside++
	p.state, p.mate = inside, -1
	end := e.drawEnd(p, s)
	if end < e.now { // only a clock that has lost its precision
		end = e.now
	}
	e.schedule(end, uint32(id))
	p.timer = e.seq
	return undrawn
}

func (e *engine) countWait(p *person, s *stage, pl *place) {
	pl.began++
	if !s.queued {
		return
	}
	wait := e.now - p.since
	pl.waitTime += wait
	if wait > 0 {
		pl.waited++
	}
	if wait <= s.target {
		pl.within++
	}
}

// pass is a stay of no time.
func (e *engine) pass(id int32, s *stage, pl *place) dest {
	pl.ended++
	e.hand(s)
	return e.draw(&e.people[id], s)
}

// drawEnd gives when the stay ends, and notes in the person where it leads if an ending wins.
func (e *engine) drawEnd(p *person, s *stage) float64 {
	end := math.Inf(1)
	p.to = undrawn
	if s.hasStay {
		r := stream(p.key + s.saltStay)
		end = aligned(e.now+s.stays[p.class].draw(&r), s.align)
	}
	for i := range s.endings {
		x := &s.endings[i]
		if x.class >= 0 && x.class != p.class {
			continue
		}
		r := stream(p.key + x.salt)
		if at := aligned(e.now+x.after.draw(&r), x.align); at < end {
			end, p.to = at, x.to
		}
	}
	return end
}

func aligned(t float64, times []float64) float64 {
	if times == nil {
		return t
	}
	return nextInstant(times, t)
}

// draw gives the way on after a stay.
func (e *engine) draw(p *person, s *stage) dest {
	ways := s.routes[p.class]
	i := 0
	if len(ways) > 1 {
		r := stream(p.key + s.saltRoute)
		u := r.unit()
		for u >= ways[i].upTo {
			i++
		}
	}
	if c := ways[i].becomes; c >= 0 {
		p.class, p.level = c, e.p.classes[c].level
	}
	return ways[i].to
}

// finish ends a stay, and those of a batch's other members.
func (e *engine) finish(id int32) {
	index := e.people[id].stage
	s, leads := &e.p.stages[index], e.people[id].to
	e.hand(s)
	for id >= 0 {
		p, pl := &e.people[id], &e.places[index]
		mate, to := p.mate, leads
		pl.inside--
		pl.ended++
		pl.stayTime += e.now - p.since
		if to == undrawn {
			to = e.draw(p, s)
		}
		e.enter(id, to)
		id = mate
	}
}

// leave is the way out of the system, perhaps to return.
func (e *engine) leave(id int32, out int32) {
	p, x := &e.people[id], &e.p.exits[out]
	e.out[out]++
	e.left++
	e.inside--
	e.stayedTime += e.now - p.born
	if p.held != 0 {
		e.giveBack(p, p.held)
	}
	if !x.isBack {
		e.drop(id)
		return
	}
	r := stream(p.key + x.salt)
	if r.unit() >= x.again {
		e.drop(id)
		return
	}
	p.state, p.to = away, x.to
	p.key += roundKey
	p.stage = -1
	e.away++
	e.schedule(e.now+x.after.draw(&r), uint32(id))
	p.timer = e.seq
}

func (e *engine) comeBack(id int32) {
	p := &e.people[id]
	e.returned++
	e.away--
	e.inside++
	p.born = e.now
	e.enter(id, p.to)
}
