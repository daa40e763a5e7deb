package sim

import "fmt"

// has tells whether a need is met by what the person keeps since they were last here.
func (n *need) has(held uint16) bool { return n.keep >= 0 && held&(1<<n.keep) != 0 }

// seize takes what the stage needs; the caller has seen that it is free.
func (e *engine) seize(p *person, s *stage) {
	for i := range s.needs {
		n := &s.needs[i]
		if n.has(p.held) {
			continue
		}
		e.use(n.resource, n.units)
		if n.keep >= 0 {
			p.held |= 1 << n.keep
		}
	}
}

// use adds units (or, negative, gives them back) and keeps the integral of use.
func (e *engine) use(resource int16, units int32) {
	q := &e.pools[resource]
	dt := e.now - q.last
	q.busy += float64(q.used) * dt
	q.open += float64(q.level) * dt
	q.last = e.now
	q.used += units
}

// hand gives back what the stage held and nobody keeps.
func (e *engine) hand(s *stage) {
	for _, n := range s.needs {
		if n.keep < 0 {
			e.use(n.resource, -n.units)
			e.mark(n.resource)
		}
	}
}

// giveBack returns the kept resources in the mask.
func (e *engine) giveBack(p *person, mask uint16) {
	for i, k := range e.p.kept {
		if p.held&mask&(1<<i) != 0 {
			e.use(k.resource, -k.units)
			e.mark(k.resource)
		}
	}
	p.held &^= mask
}

// mark notes that somebody may be able to take the resource.
func (e *engine) mark(resource int16) {
	if q := &e.pools[resource]; q.waiting > 0 && !q.isDirty {
		q.isDirty = true
		e.dirty = append(e.dirty, resource)
	}
}

// touch marks a stage's first resource, whose users are then looked through.
func (e *engine) touch(s *stage) { e.mark(s.needs[0].resource) }

// settle serves those who wait until nobody can begin.
func (e *engine) settle() {
	begun := 0
	for len(e.dirty) > 0 && e.err == nil {
		r := e.dirty[len(e.dirty)-1]
		e.dirty = e.dirty[:len(e.dirty)-1]
		e.pools[r].isDirty = false
		for stage := e.pick(r); stage >= 0; stage = e.pick(r) {
			e.admit(stage)
			if begun++; begun > maxHops+100*len(e.people) {
				e.fail(fmt.Errorf("stage %q: people go round without time passing", e.p.model.Stages[stage].Name))
				return
			}
		}
	}
}

// pick gives the stage whose head is next for the resource: by rank, then by the longest wait; -1 if none can begin.
func (e *engine) pick(r int16) int16 {
	best, since := int16(-1), 0.0
	for _, u := range e.p.resources[r].users {
		s, pl := &e.p.stages[u], &e.places[u]
		if best >= 0 && s.rank > e.p.stages[best].rank {
			break
		}
		if pl.waiting == 0 || !e.canBegin(s, pl) {
			continue
		}
		if t := e.people[pl.head()].since; best < 0 || t < since {
			best, since = u, t
		}
	}
	return best
}

// canBegin tells whether the head of a queue that is not empty can begin.
func (e *engine) canBegin(s *stage, pl *place) bool {
	if s.batchMax > 0 && pl.waiting < s.batchMin {
		return false
	}
	held := e.people[pl.head()].held
	for i := range s.needs {
		n := &s.needs[i]
		if q := &e.pools[n.resource]; q.level-q.used < n.units && !n.has(held) {
			return false
		}
	}
	return true
}

// admit lets the head of a stage's queue begin, or as many as a batch takes.
func (e *engine) admit(index int16) {
	s, pl := &e.p.stages[index], &e.places[index]
	id := e.call(s, pl)
	e.seize(&e.people[id], s)
	if s.batchMax == 0 {
		e.enter(id, e.begin(id, s, pl))
		return
	}
	to := e.begin(id, s, pl)
	end := id
	for n := int32(1); n < s.batchMax && pl.waiting > 0; n++ {
		end = e.join(end, s, pl)
	}
	e.enter(id, to)
}

// join adds the head of the queue to the batch whose last member is given. The batch ends as its leader does.
func (e *engine) join(last int32, s *stage, pl *place) int32 {
	id := e.call(s, pl)
	p := &e.people[id]
	e.countWait(p, s, pl)
	p.since, p.state, p.mate, p.to = e.now, mated, -1, undrawn
	pl.inside++
	e.people[last].mate = id
	return id
}

// changeLevel moves a resource to its calendar's next level.
func (e *engine) changeLevel(r int16) {
	e.use(r, 0)
	q := &e.pools[r]
	q.step++
	q.level = int32(e.p.resources[r].level.values[q.step])
	e.mark(r)
	e.nextLevel(r)
}

func (e *engine) nextLevel(r int16) {
	level := &e.p.resources[r].level
	if next := e.pools[r].step + 1; next < len(level.at) {
		e.schedule(level.at[next], whatLevel|uint32(r))
	}
}
