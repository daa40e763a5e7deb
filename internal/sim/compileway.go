package sim

import (
	"math"
)

// routes gives the ways on for a class: those that name it, or else those that name none.
func (c *compiler) routes(where string, m *Stage, class int) []route {
	if len(m.Routes) == 0 {
		if len(m.Endings) == 0 || m.Duration != nil {
			c.wrong(where, "it needs a route: where do people go from here?")
		}
		return nil
	}
	own := c.m.Classes[class].Name
	named := ""
	for i := range m.Routes {
		if m.Routes[i].Class == own {
			named = own
		}
		c.class(where, m.Routes[i].Class)
	}
	var out []route
	sum := 0.0
	for i := range m.Routes {
		if m.Routes[i].Class == named {
			sum += c.route(where, &m.Routes[i], sum, &out)
		}
	}
	if math.Abs(sum-1) > 1e-9 {
		c.wrong(where, "routes of class %q: the probabilities add up to %g, not 1", own, sum)
		return nil
	}
	out[len(out)-1].upTo = math.Inf(1)
	return out
}

func (c *compiler) route(where string, r *Route, before float64, out *[]route) float64 {
	p := 1.0
	if r.P != nil {
		p = c.share(where, "p of a route", *r.P)
	}
	becomes := int16(-1)
	if r.Becomes != "" {
		becomes = c.class(where, r.Becomes)
	}
	if p > 0 {
		*out = append(*out, route{before + p, c.to(where, "route", r.To), becomes})
	}
	return p
}

func (c *compiler) exit(m *Exit) {
	where := at("exit", m.Name)
	x := exit{salt: salt(m.Name, "return"), again: c.share(where, "return", m.Return), isBack: m.Return > 0}
	if x.isBack {
		x.to = c.stageNamed(where, "to", m.To)
		x.after = sampler{}
		if m.After != nil {
			x.after = c.dist(where, "after", m.After)
		}
	} else if m.To != "" || m.After != nil {
		c.wrong(where, "to and after have no meaning without return")
	}
	c.p.exits = append(c.p.exits, x)
}

func (c *compiler) source(m *Source) {
	where := at("source", m.Name)
	s := source{salt: salt(m.Name, "source"), from: m.From, until: math.Inf(1), limit: m.Limit}
	s.to = c.stageNamed(where, "to", m.To)
	c.rhythm(where, m, &s)
	s.group = c.maybe(where, "group", m.Group)
	if badNumber(m.From) || badNumber(m.Until) || m.Limit < 0 {
		c.wrong(where, "from, until and limit must not be negative")
	}
	if m.Until > 0 {
		s.until = m.Until
	}
	s.class = c.class(where, m.Class)
	c.mix(where, m, &s)
	c.p.sources = append(c.p.sources, s)
}

func (c *compiler) rhythm(where string, m *Source, s *source) {
	given := 0
	if m.Rate != nil {
		given++
		rate := c.course(where, "rate", m.Rate, false)
		s.rate = &rate
	}
	if m.Between != nil {
		given++
		s.between = c.maybe(where, "between", m.Between)
		if m.Between.Kind == "constant" && m.Between.Params["value"] == 0 {
			c.wrong(where, "between is 0: everybody would come at once")
		}
	}
	if m.Calendar != "" {
		given++
		s.times = c.calendar(where, m.Calendar)
	}
	if given != 1 {
		c.wrong(where, "give one of rate, between and calendar")
	}
}

func (c *compiler) mix(where string, m *Source, s *source) {
	if len(m.Mix) == 0 {
		return
	}
	var shares []float64
	sum := 0.0
	for _, x := range m.Mix {
		shares = append(shares, c.share(where, "p of the mix", x.P))
		s.classes = append(s.classes, c.class(where, x.Class))
		sum += x.P
	}
	if math.Abs(sum-1) > 1e-9 || m.Class != "" {
		c.wrong(where, "the mix adds up to %g, not 1 (and stands in place of class)", sum)
		return
	}
	s.mix = cumulate(shares)
}

func (c *compiler) stock() {
	total := 0
	for i := range c.m.Stocks {
		m := &c.m.Stocks[i]
		where := at("stock of stage", m.Stage)
		n := len(m.Elapsed)
		if n == 0 {
			n = m.Count
		}
		total += max(0, n)
		if m.Count < 0 || n > maxStock || total > maxStock || (len(m.Elapsed) > 0 && m.Count > 0 && m.Count != n) {
			c.wrong(where, "count must be between 0 and %d in all, and equal to the number of elapsed if both are given", maxStock)
			return
		}
		c.stockOf(where, m, n)
	}
}

func (c *compiler) stockOf(where string, m *Stock, n int) {
	to, class := c.stageNamed(where, "stage", m.Stage), c.class(where, m.Class)
	if s := &c.p.stages[to]; (m.Waiting && !s.queued) || (!m.Waiting && !s.timed) {
		c.wrong(where, "the stage has no queue (waiting = true) or no duration (waiting = false)")
	}
	for i := range n {
		x := stock{stage: int16(to), class: class, waiting: m.Waiting}
		if len(m.Elapsed) > 0 {
			x.elapsed = m.Elapsed[i]
		}
		if badNumber(x.elapsed) {
			c.wrong(where, "elapsed %v is not a possible time", x.elapsed)
			return
		}
		c.p.stocks = append(c.p.stocks, x)
	}
}
