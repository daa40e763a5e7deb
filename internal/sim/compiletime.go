package sim

import (
	"math"
	"slices"
)

// times lays out the calendars' instants over the horizon.
func (c *compiler) times() {
	for i := range c.m.Calendars {
		cal := &c.m.Calendars[i]
		where := at("calendar", cal.Name)
		c.p.calendars = append(c.p.calendars, c.instants(where, cal))
	}
}

func (c *compiler) instants(where string, cal *Calendar) []float64 {
	if (cal.Every > 0) == (len(cal.Times) > 0) || badNumber(cal.Every) {
		c.wrong(where, "give either every (more than 0) or times")
		return nil
	}
	if badNumber(cal.Cycle) || badNumber(cal.Until) || slices.ContainsFunc(cal.Times, badNumber) || !increasing(cal.Times) {
		c.wrong(where, "times must increase; no time may be negative")
		return nil
	}
	if n := len(cal.Times); n > 0 && cal.Cycle > 0 && cal.Times[n-1] >= cal.Cycle {
		c.wrong(where, "times must lie before the end of the cycle (%g)", cal.Cycle)
		return nil
	}
	all, ok := cal.all(c.m.Horizon)
	if !ok {
		c.wrong(where, "more than %d instants before the horizon", maxInstants)
	}
	return slices.DeleteFunc(all, cal.shut)
}

// all gives the instants up to the horizon, closed or not; false if there are too many.
func (cal *Calendar) all(horizon float64) ([]float64, bool) {
	if cal.Until > 0 {
		horizon = min(horizon, cal.Until)
	}
	var all []float64
	for k := 0; k <= maxInstants; k++ {
		t := cal.nth(k)
		if t > horizon {
			return all, true
		}
		all = append(all, t)
	}
	return nil, false
}

// nth is the k-th instant, computed from k so that no rounding adds up.
func (cal *Calendar) nth(k int) float64 {
	if cal.Every > 0 {
		first := cal.Every
		if cal.First != nil {
			first = max(0, *cal.First)
		}
		return first + float64(k)*cal.Every
	}
	n := len(cal.Times)
	if cal.Cycle > 0 {
		return float64(k/n)*cal.Cycle + cal.Times[k%n]
	}
	if k >= n {
		return math.Inf(1)
	}
	return cal.Times[k]
}

func (cal *Calendar) shut(t float64) bool {
	if cal.Cycle > 0 {
		t = math.Mod(t, cal.Cycle)
	}
	for _, span := range cal.Closed {
		if span[0] <= t && t < span[1] {
			return true
		}
	}
	return false
}

// course lays out steps over the horizon. Whole asks for whole numbers.
func (c *compiler) course(where, field string, s *Steps, whole bool) course {
	from := []float64{}
	for _, x := range s.At {
		if badNumber(x.Value) || (whole && (x.Value != math.Trunc(x.Value) || x.Value > 1e9)) {
			c.wrong(where, "%s: %v is not a possible value", field, x.Value)
		}
		from = append(from, x.From)
	}
	if len(from) == 0 || slices.ContainsFunc(from, badNumber) || !increasing(from) || badNumber(s.Cycle) ||
		(s.Cycle > 0 && from[len(from)-1] >= s.Cycle) {
		c.wrong(where, "%s: needs steps whose times increase, none before 0 (the start), and lie within the cycle", field)
		return course{[]float64{0}, []float64{0}}
	}
	return c.unroll(where, field, s)
}

func (c *compiler) unroll(where, field string, s *Steps) course {
	var out course
	if s.At[0].From > 0 {
		before := 0.0
		if s.Cycle > 0 {
			before = s.At[len(s.At)-1].Value
		}
		out = course{[]float64{0}, []float64{before}}
	}
	for k := 0; ; k++ {
		start := float64(k) * s.Cycle
		for _, x := range s.At {
			if start+x.From > c.m.Horizon {
				return out
			}
			out.at, out.values = append(out.at, start+x.From), append(out.values, x.Value)
		}
		if s.Cycle == 0 {
			return out
		}
		if len(out.at) > maxInstants {
			c.wrong(where, "%s: more than %d steps before the horizon", field, maxInstants)
			return out
		}
	}
}

func (c *compiler) pools() {
	for i := range c.m.Resources {
		r := &c.m.Resources[i]
		c.p.resources = append(c.p.resources, resource{level: c.course(at("resource", r.Name), "level", &r.Level, true)})
	}
}

// users lists who waits for each resource, by rank. A gated stage waits for its gate, not for the resource.
func (c *compiler) users() {
	for i := range c.p.stages {
		s := &c.p.stages[i]
		if s.gate != nil {
			continue
		}
		for _, n := range s.needs {
			r := &c.p.resources[n.resource]
			r.users = append(r.users, int16(i))
		}
	}
	for i := range c.p.resources {
		slices.SortStableFunc(c.p.resources[i].users, func(a, b int16) int {
			return int(c.p.stages[a].rank) - int(c.p.stages[b].rank)
		})
	}
}
