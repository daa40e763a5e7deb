package sim

// open is a gate's instant: it calls people from the queue and lets in those who come.
func (e *engine) open(index int16) {
	e.nextGate(index)
	s, pl := &e.p.stages[index], &e.places[index]
	g := s.gate
	if pl.waiting < g.min {
		return
	}
	takes := int32(g.takes.value(e.now))
	calls := takes
	if g.calls > 0 {
		calls = int32(g.calls)
	}
	for calls = min(calls, pl.waiting); calls > 0 && takes > 0; calls-- {
		if pl.waiting == 0 || !e.canBegin(s, pl) {
			return
		}
		if e.callOne(s, pl) {
			takes--
		}
	}
}

// callOne calls the head of the queue and tells whether they came.
func (e *engine) callOne(s *stage, pl *place) bool {
	id := e.call(s, pl)
	if s.gate.noShow > 0 {
		r := stream(e.people[id].key + s.saltShow)
		if r.unit() < s.gate.noShow {
			pl.noShow++
			pl.gaveUp += e.now - e.people[id].since
			e.enter(id, s.gate.noShowTo)
			return false
		}
	}
	e.seize(&e.people[id], s)
	e.enter(id, e.begin(id, s, pl))
	return true
}

func (e *engine) nextGate(index int16) {
	d := &e.doors[index]
	if times := e.p.stages[index].gate.times; d.next < len(times) {
		e.schedule(times[d.next], whatGate|uint32(index))
		d.next++
	}
}
