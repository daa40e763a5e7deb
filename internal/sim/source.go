package sim

import "math"

// arrive lets a source's next group in.
func (e *engine) arrive(i int) {
	src, f := &e.p.sources[i], &e.feeds[i]
	key := mix(e.seed + src.salt + uint64(f.count)*weyl)
	f.count++
	e.nextArrival(i)
	n := 1
	if src.group != nil {
		r := stream(key ^ fold)
		n = int(math.Round(src.group.draw(&r)))
	}
	for g := range n {
		id := e.newPerson()
		if id < 0 {
			return
		}
		p := &e.people[id]
		*p = person{key: key + uint64(g)*roundKey, born: e.now, stage: -1, to: undrawn}
		e.classify(p, src)
		e.arrived++
		e.inside++
		e.enter(id, src.to)
	}
}

func (e *engine) classify(p *person, src *source) {
	p.class = src.class
	if src.mix != nil {
		r := stream(p.key + src.salt)
		p.class = src.classes[choose(src.mix, r.unit())]
	}
	p.level = e.p.classes[p.class].level
}

// nextArrival schedules a source's next group. The number drawn depends on the source and the count alone.
func (e *engine) nextArrival(i int) {
	src, f := &e.p.sources[i], &e.feeds[i]
	if src.limit > 0 && f.count >= src.limit {
		return
	}
	r := stream(e.seed ^ src.salt + uint64(f.count)*roundKey)
	from := max(e.now, src.from)
	at := math.Inf(1)
	switch {
	case src.rate != nil:
		at = src.rate.exposed(from, r.exponential(), &f.step)
	case src.between != nil:
		at = from + src.between.draw(&r)
	case f.step < len(src.times):
		at = src.times[f.step]
		f.step++
	}
	if at <= src.until {
		e.schedule(at, whatSource|uint32(i))
	}
}

// exposed is when so much of the rate has been used up since from; step remembers the piece.
func (c *course) exposed(from, exposure float64, step *int) float64 {
	for i := *step; i < len(c.at); i++ {
		end := math.Inf(1)
		if i+1 < len(c.at) {
			end = c.at[i+1]
		}
		*step = i
		rate := c.values[i]
		if end <= from {
			continue
		}
		if t := from + exposure/rate; rate > 0 && t <= end {
			return t
		}
		exposure -= rate * (end - from)
		from = end
	}
	return math.Inf(1)
}

// place puts one of the stock where they are at time 0.
func (e *engine) place(st *stock) {
	id := e.newPerson()
	if id < 0 {
		return
	}
	key := mix(e.seed + salt("", "stock") + uint64(id)*weyl)
	s, pl := &e.p.stages[st.stage], &e.places[st.stage]
	p := &e.people[id]
	*p = person{key: key, born: -st.elapsed, since: -st.elapsed, stage: st.stage, to: undrawn, class: st.class, mate: -1}
	p.level = e.p.classes[st.class].level
	e.inside++
	if st.waiting {
		e.enqueue(id, s, pl)
		if s.gate == nil {
			e.touch(s)
		}
		return
	}
	p.state = inside
	pl.inside++
	e.seize(p, s)
	e.schedule(e.drawRest(p, s, st.elapsed), uint32(id))
	p.timer = e.seq
}

// drawRest is drawEnd for one who has been inside for some time.
func (e *engine) drawRest(p *person, s *stage, elapsed float64) float64 {
	end := math.Inf(1)
	if s.hasStay {
		r := stream(p.key + s.saltStay)
		end = aligned(s.stays[p.class].rest(&r, elapsed), s.align)
	}
	for i := range s.endings {
		x := &s.endings[i]
		if x.class >= 0 && x.class != p.class {
			continue
		}
		r := stream(p.key + x.salt)
		if at := aligned(x.after.rest(&r, elapsed), x.align); at < end {
			end, p.to = at, x.to
		}
	}
	return end
}
