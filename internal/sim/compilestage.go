package sim

import (
	"math"
	"slices"
)

func (c *compiler) stage(m *Stage) {
	where := at("stage", m.Name)
	s := stage{
		saltStay: salt(m.Name, "stay"), saltRoute: salt(m.Name, "route"),
		saltWait: salt(m.Name, "wait"), saltShow: salt(m.Name, "show"),
		queued: m.Gate != nil || len(m.Needs) > 0, room: -1, rank: int32(m.Rank), target: math.NaN(),
		timed: m.Duration != nil || len(m.Endings) > 0 || len(m.ByClass) > 0,
	}
	c.queue(where, m, &s)
	c.needs(where, m, &s)
	c.gate(where, m, &s)
	c.batch(where, m, &s)
	c.stay(where, m, &s)
	c.endings(where, m, &s)
	for class := range c.m.Classes {
		s.routes = append(s.routes, c.routes(where, m, class))
	}
	c.p.stages = append(c.p.stages, s)
}

func (c *compiler) queue(where string, m *Stage, s *stage) {
	switch m.Order {
	case "", "fifo":
	case "lifo":
		s.lifo = true
	case "priority":
		s.byLevel = true
	default:
		c.wrong(where, `order is %q; it may be "fifo", "lifo" or "priority"`, m.Order)
	}
	asks := m.Room != nil || m.Patience != nil || m.Target != nil || m.Order != ""
	if asks && !s.queued {
		c.wrong(where, "order, room, patience and target need a queue: give it servers, needs, a gate or a batch")
	}
	if m.Room != nil {
		if *m.Room < 0 || *m.Room > maxPeople {
			c.wrong(where, "room is %d; it must be between 0 and %d", *m.Room, maxPeople)
		}
		s.room, s.fullTo = int32(*m.Room), c.to(where, "full_to", m.FullTo)
	} else if m.FullTo != "" {
		c.wrong(where, "full_to has no meaning without room")
	}
	if s.patience = c.maybe(where, "patience", m.Patience); s.patience != nil {
		s.leaveTo = c.to(where, "leave_to", m.LeaveTo)
	} else if m.LeaveTo != "" {
		c.wrong(where, "leave_to has no meaning without patience")
	}
	if m.Target != nil {
		s.target = *m.Target
	}
}

func (c *compiler) needs(where string, m *Stage, s *stage) {
	for _, n := range m.Needs {
		i, ok := c.resources[n.Resource]
		if !ok {
			c.wrong(where, "there is no resource %q", n.Resource)
			continue
		}
		units := max(1, n.Units)
		if n.Units < 0 || n.Units > maxUnits || slices.ContainsFunc(s.needs, func(x need) bool { return int(x.resource) == i }) {
			c.wrong(where, "needs of %q: each resource once, with 1 to %d units", n.Resource, maxUnits)
		}
		keep := int16(-1)
		if n.Keep {
			keep = c.keep(keptNeed{int16(i), int32(units)})
		}
		s.needs = append(s.needs, need{int16(i), keep, int32(units)})
	}
	if len(c.p.kept) > 16 {
		c.wrong(where, "more than 16 different needs that are kept, in all")
	}
	for _, name := range m.Release {
		if _, ok := c.resources[name]; !ok {
			c.wrong(where, "release: there is no resource %q", name)
		}
	}
}

// keep gives the place of a kept need. Stages that keep as many units of a resource keep the same ones.
func (c *compiler) keep(k keptNeed) int16 {
	i := slices.Index(c.p.kept, k)
	if i < 0 {
		i = len(c.p.kept)
		c.p.kept = append(c.p.kept, k)
	}
	return int16(i)
}

// releases makes the masks, when all that is kept is known.
func (c *compiler) releases() {
	for i := range c.m.Stages {
		for k, kept := range c.p.kept {
			s := &c.p.stages[i]
			own := slices.ContainsFunc(s.needs, func(n need) bool { return int(n.keep) == k })
			if slices.Contains(c.m.Stages[i].Release, c.m.Resources[kept.resource].Name) && !own && k < 16 {
				s.release |= 1 << k
			}
		}
	}
}

func (c *compiler) gate(where string, m *Stage, s *stage) {
	g := m.Gate
	if g == nil {
		return
	}
	out := &gate{calls: g.Calls, min: int32(g.Min), noShow: c.share(where, "no_show", g.NoShow)}
	out.times = c.calendar(where, g.Calendar)
	out.takes = c.course(where, "takes", &g.Takes, true)
	if g.Calls < 0 || g.Min < 0 || g.Calls > 1e9 || g.Min > 1e9 {
		c.wrong(where, "calls and min of the gate must not be negative")
	}
	out.noShowTo = dest(c.stages[m.Name])
	if g.NoShowTo != "" {
		out.noShowTo = c.to(where, "no_show_to", g.NoShowTo)
	}
	if m.Batch != nil {
		c.wrong(where, "a gate and a batch do not go together; a gate already lets in several at once")
	}
	s.gate = out
}

func (c *compiler) batch(where string, m *Stage, s *stage) {
	b := m.Batch
	if b == nil {
		return
	}
	s.batchMin, s.batchMax = int32(max(1, b.Min)), int32(b.Max)
	if b.Max < 1 || b.Max > maxPeople || b.Min < 0 || b.Min > b.Max {
		c.wrong(where, "batch: must have 1 ≤ min ≤ max")
	}
	for _, n := range m.Needs {
		if n.Keep {
			c.wrong(where, "what a batch needs cannot be kept, since its members part")
		}
	}
	if m.Duration == nil || len(m.Endings) > 0 || len(m.ByClass) > 0 {
		c.wrong(where, "a batch has one duration for all, no endings and no by_class")
	}
}

func (c *compiler) stay(where string, m *Stage, s *stage) {
	s.hasStay = m.Duration != nil || len(m.ByClass) > 0
	for name := range m.ByClass {
		c.class(where, name)
	}
	if m.Align != "" {
		s.align = c.calendar(where, m.Align)
	}
	if !s.hasStay {
		return
	}
	for _, class := range c.m.Classes {
		d := m.Duration
		if own, ok := m.ByClass[class.Name]; ok {
			d = &own
		}
		if d == nil {
			c.wrong(where, "class %q has no duration: give one in by_class, or a duration for the rest", class.Name)
			return
		}
		s.stays = append(s.stays, c.dist(where, "duration", d))
	}
}

func (c *compiler) endings(where string, m *Stage, s *stage) {
	for i := range m.Endings {
		x := &m.Endings[i]
		out := ending{salt: salt(m.Name, "ending "+x.To), after: c.dist(where, "ending after", &x.After), class: -1}
		out.to = c.to(where, "ending", x.To)
		if x.Align != "" {
			out.align = c.calendar(where, x.Align)
		}
		if x.Class != "" {
			out.class = c.class(where, x.Class)
			out.salt = salt(m.Name, "ending "+x.To+" "+x.Class)
		}
		s.endings = append(s.endings, out)
	}
}
