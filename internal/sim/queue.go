package sim

// enqueue lets a person wait at a stage.
func (e *engine) enqueue(id int32, s *stage, pl *place) {
	p := &e.people[id]
	p.state = waiting
	p.timer = 0
	e.link(id, s, pl)
	pl.waiting++
	pl.peak = max(pl.peak, pl.waiting)
	for _, n := range s.needs {
		e.pools[n.resource].waiting++
	}
	if s.patience != nil {
		r := stream(p.key + s.saltWait)
		e.schedule(e.now+s.patience.rest(&r, e.now-p.since), uint32(id))
		p.timer = e.seq
	}
}

func (e *engine) link(id int32, s *stage, pl *place) {
	p := &e.people[id]
	l := &pl.lines[lineOf(p, s)]
	if l.first < 0 {
		l.first, l.last = id, id
		p.next, p.prev = -1, -1
		return
	}
	if s.lifo {
		p.next, p.prev = l.first, -1
		e.people[l.first].prev = id
		l.first = id
		return
	}
	p.next, p.prev = -1, l.last
	e.people[l.last].next = id
	l.last = id
}

func lineOf(p *person, s *stage) int {
	if s.byLevel {
		return int(p.level)
	}
	return 0
}

// head is the one to be served first, or -1.
func (pl *place) head() int32 {
	for i := range pl.lines {
		if id := pl.lines[i].first; id >= 0 {
			return id
		}
	}
	return -1
}

// unlink takes a person out of the queue, wherever they stand in it.
func (e *engine) unlink(id int32, s *stage, pl *place) {
	p := &e.people[id]
	l := &pl.lines[lineOf(p, s)]
	if p.prev >= 0 {
		e.people[p.prev].next = p.next
	} else {
		l.first = p.next
	}
	if p.next >= 0 {
		e.people[p.next].prev = p.prev
	} else {
		l.last = p.prev
	}
	pl.waiting--
	for _, n := range s.needs {
		e.pools[n.resource].waiting--
	}
	p.timer = 0
}

// call takes the head of the queue; a patience that was running counts no more.
func (e *engine) call(s *stage, pl *place) int32 {
	id := pl.head()
	e.unlink(id, s, pl)
	if s.patience != nil {
		e.stale++
		e.tidy()
	}
	return id
}

// renege is a patience that has run out.
func (e *engine) renege(id int32) {
	index := e.people[id].stage
	s, pl := &e.p.stages[index], &e.places[index]
	e.unlink(id, s, pl)
	pl.reneged++
	pl.gaveUp += e.now - e.people[id].since
	e.enter(id, s.leaveTo)
}
