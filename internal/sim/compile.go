package sim

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// compiler turns a model's names into indices and collects everything that is wrong on the way.
type compiler struct {
	m    *Model
	p    *Program
	errs []error

	classes, calendars, resources, stages, exits map[string]int
}

// Program checks the model and makes it ready to run. The error lists everything that is wrong with the model, each with
// the part it stands in.
func (m *Model) Program() (*Program, error) {
	c := &compiler{p: &Program{model: *m}}
	c.m = &c.p.model // the caller's model stays as it is
	c.frame()
	c.names()
	if len(c.errs) > 0 { // without sound names the rest would only repeat it
		return nil, errors.Join(c.errs...)
	}
	c.classLevels()
	c.times()
	c.pools()
	for i := range c.m.Exits {
		c.exit(&c.m.Exits[i])
	}
	for i := range c.m.Stages {
		c.stage(&c.m.Stages[i])
	}
	c.users()
	for i := range c.m.Sources {
		c.source(&c.m.Sources[i])
	}
	c.stock()
	c.layout()
	if len(c.errs) > 0 {
		return nil, errors.Join(c.errs...)
	}
	return c.p, nil
}

func (c *compiler) wrong(where, format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
}

func at(kind, name string) string { return fmt.Sprintf("%s %q", kind, name) }

// frame checks the run's time frame.
func (c *compiler) frame() {
	m := c.m
	if !(m.Horizon > 0) || m.Horizon > maxNumber {
		c.wrong("model", "horizon is %v; it must be more than 0 and at most %g", m.Horizon, maxNumber)
		return
	}
	if badNumber(m.Warmup) || m.Warmup >= m.Horizon {
		c.wrong("model", "warmup is %v; it must be at least 0 and before the horizon", m.Warmup)
	}
	if badNumber(m.Grid) || (m.Grid > 0 && m.Horizon/m.Grid > maxGrid) {
		c.wrong("model", "grid is %v; it must be at least 0 and give at most %d points", m.Grid, maxGrid)
	} else if m.Grid > 0 {
		c.p.grid = int(m.Horizon/m.Grid*(1+1e-12)) + 1
	}
	if m.Replications < 0 {
		c.wrong("model", "replications is %d", m.Replications)
	}
	if len(m.Sources) == 0 && len(m.Stocks) == 0 {
		c.wrong("model", "nobody comes: it needs a source or a stock")
	}
	if len(m.Stages) == 0 || len(m.Exits) == 0 {
		c.wrong("model", "it needs at least one stage and one exit")
	}
}

// names indexes all parts. Stages, resources and exits share one space, since figures are named by them.
func (c *compiler) names() {
	if len(c.m.Classes) == 0 {
		c.m.Classes = []Class{{Name: "all"}}
	}
	c.ownServers()
	shared := map[string]int{"all": 0}
	c.classes = index(c, "class", c.m.Classes, func(x *Class) string { return x.Name }, nil)
	c.calendars = index(c, "calendar", c.m.Calendars, func(x *Calendar) string { return x.Name }, nil)
	c.stages = index(c, "stage", c.m.Stages, func(x *Stage) string { return x.Name }, shared)
	c.exits = index(c, "exit", c.m.Exits, func(x *Exit) string { return x.Name }, shared)
	c.resources = index(c, "resource", c.m.Resources, func(x *Resource) string { return x.Name }, shared)
	index(c, "source", c.m.Sources, func(x *Source) string { return x.Name }, nil)
}

func index[T any](c *compiler, kind string, parts []T, name func(*T) string, shared map[string]int) map[string]int {
	if len(parts) > maxParts {
		c.wrong("model", "more than %d of %s", maxParts, kind)
		return nil
	}
	byName := map[string]int{}
	for i := range parts {
		n := name(&parts[i])
		_, twice := byName[n]
		_, taken := shared[n]
		switch {
		case n == "" || strings.ContainsAny(n, ". \t\n"):
			c.wrong(at(kind, n), "number %d needs a name, without spaces and dots", i+1)
		case twice:
			c.wrong(at(kind, n), "there are two of that name")
		case taken:
			c.wrong(at(kind, n), "the name is taken by a stage, an exit or a resource (or is \"all\")")
		}
		byName[n] = i
	}
	for n := range byName {
		if shared != nil {
			shared[n] = 0
		}
	}
	return byName
}

// ownServers makes a resource of each stage's Servers, and an endless one for a batch that needs none.
func (c *compiler) ownServers() {
	m := c.m
	m.Stages, m.Resources = slices.Clone(m.Stages), slices.Clone(m.Resources)
	for i := range m.Stages {
		s := &m.Stages[i]
		level := Level(maxStock)
		switch {
		case s.Servers != nil:
			level = *s.Servers
		case s.Batch == nil || len(s.Needs) > 0:
			continue
		}
		r := Resource{Name: s.Name + "-servers", Level: level}
		m.Resources = append(m.Resources, r)
		s.Needs = append(slices.Clone(s.Needs), Need{Resource: r.Name})
	}
}

func (c *compiler) classLevels() {
	var all []int
	for _, x := range c.m.Classes {
		all = append(all, x.Priority)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) > 255 {
		c.wrong("model", "more than 255 different priorities")
	}
	for _, x := range c.m.Classes {
		i, _ := slices.BinarySearch(all, x.Priority)
		c.p.classes = append(c.p.classes, class{uint8(i)})
	}
	c.p.levels = len(all)
}

func (c *compiler) class(where, name string) int16 {
	if name == "" {
		return 0
	}
	i, ok := c.classes[name]
	if !ok {
		c.wrong(where, "there is no class %q", name)
	}
	return int16(i)
}

// to finds a stage or an exit.
func (c *compiler) to(where, field, name string) dest {
	if i, ok := c.stages[name]; ok {
		return dest(i)
	}
	i, ok := c.exits[name]
	if !ok {
		c.wrong(where, "%s: there is no stage or exit %q", field, name)
	}
	return ^dest(i)
}

func (c *compiler) stageNamed(where, field, name string) dest {
	i, ok := c.stages[name]
	if !ok {
		c.wrong(where, "%s: there is no stage %q", field, name)
	}
	return dest(i)
}

func (c *compiler) calendar(where, name string) []float64 {
	i, ok := c.calendars[name]
	if !ok {
		c.wrong(where, "there is no calendar %q", name)
		return nil
	}
	return c.p.calendars[i]
}

func (c *compiler) dist(where, field string, d *Dist) sampler {
	if err := d.check(); err != nil {
		c.wrong(where, "%s: %v", field, err)
		return sampler{}
	}
	return d.sampler()
}

func (c *compiler) maybe(where, field string, d *Dist) *sampler {
	if d == nil {
		return nil
	}
	s := c.dist(where, field, d)
	return &s
}

func (c *compiler) share(where, field string, p float64) float64 {
	if math.IsNaN(p) || p < 0 || p > 1 {
		c.wrong(where, "%s is %v; a probability lies between 0 and 1", field, p)
	}
	return p
}
