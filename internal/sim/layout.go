package sim

import "slices"

// layout names the figures and series that this model gives.
func (c *compiler) layout() {
	c.releases()
	c.allFigures()
	for i := range c.p.stages {
		c.stageFigures(c.m.Stages[i].Name, &c.p.stages[i], i)
	}
	for i := range c.p.resources {
		c.poolFigures(c.m.Resources[i].Name, i)
	}
	for i := range c.p.exits {
		name := c.m.Exits[i].Name + ".count"
		c.both(figure{name, "people", "left by this exit", shapeGrowth, sumOut, 0, i})
	}
	if c.p.grid == 0 {
		c.p.series = nil
	}
	c.chosenSeries()
}

func (c *compiler) chosenSeries() {
	if len(c.m.Series) == 0 || c.p.grid == 0 {
		return
	}
	for _, name := range c.m.Series {
		if !slices.Contains(figureNames(c.p.series), name) {
			c.wrong("model", "there is no series %q; there are %v", name, figureNames(c.p.series))
		}
	}
	c.p.series = slices.DeleteFunc(c.p.series, func(f figure) bool { return !slices.Contains(c.m.Series, f.name) })
}

func (c *compiler) figure(f figure) { c.p.figures = append(c.p.figures, f) }
func (c *compiler) one(f figure)    { c.p.series = append(c.p.series, f) }
func (c *compiler) both(f figure)   { c.figure(f); c.one(f) }

func (c *compiler) allFigures() {
	c.both(figure{"all.arrived", "people", "came from the sources", shapeGrowth, sumAllArrived, 0, 0})
	c.both(figure{"all.returned", "people", "came back after an exit", shapeGrowth, sumAllReturned, 0, 0})
	c.both(figure{"all.left", "people", "left by any exit", shapeGrowth, sumAllLeft, 0, 0})
	c.figure(figure{"all.number", "people", "in the system, mean over time", shapeRatio, sumAllArea, sumTime, 0})
	c.both(figure{"all.inside", "people", "in the system at the end", shapeState, sumAllInside, 0, 0})
	c.figure(figure{"all.time", c.m.Unit, "in the system, mean of those who left", shapeRatio, sumAllLife, sumAllLeft, 0})
}

func (c *compiler) stageFigures(name string, s *stage, i int) {
	c.figure(figure{name + ".arrived", "people", "came to the stage", shapeGrowth, sumArrived, 0, i})
	c.both(figure{name + ".began", "people", "began the stage", shapeGrowth, sumBegan, 0, i})
	c.figure(figure{name + ".ended", "people", "ended the stage", shapeGrowth, sumEnded, 0, i})
	if s.queued {
		c.queueFigures(name, s, i)
	}
	if s.timed {
		c.figure(figure{name + ".number", "people", "in the stage, mean over time", shapeRatio, sumInsideArea, sumTime, i})
		c.both(figure{name + ".inside", "people", "in the stage at the end", shapeState, sumInside, 0, i})
		c.figure(figure{name + ".stay", c.m.Unit, "in the stage, mean of those who ended", shapeRatio, sumStay, sumEnded, i})
	}
}

func (c *compiler) queueFigures(name string, s *stage, i int) {
	c.both(figure{name + ".wait", c.m.Unit, "in the queue, mean of those who began", shapeRatio, sumWait, sumBegan, i})
	c.figure(figure{name + ".waited", "share", "of those who began, had to wait", shapeRatio, sumWaited, sumBegan, i})
	c.figure(figure{name + ".queue_mean", "people", "in the queue, mean over time", shapeRatio, sumQueueArea, sumTime, i})
	c.both(figure{name + ".queue", "people", "in the queue at the end", shapeState, sumQueue, 0, i})
	c.figure(figure{name + ".queue_max", "people", "in the queue, at most", shapeState, sumPeak, 0, i})
	if s.target == s.target {
		c.figure(figure{name + ".within", "share", "of those who began, waited no longer than the target", shapeRatio, sumWithin, sumBegan, i})
	}
	if s.room >= 0 {
		c.both(figure{name + ".lost", "people", "found the queue full", shapeGrowth, sumLost, 0, i})
	}
	if s.patience != nil {
		c.both(figure{name + ".reneged", "people", "left the queue", shapeGrowth, sumReneged, 0, i})
	}
	if s.gate != nil && s.gate.noShow > 0 {
		c.both(figure{name + ".no_show", "people", "were called and did not come", shapeGrowth, sumNoShow, 0, i})
	}
}

func (c *compiler) poolFigures(name string, i int) {
	c.figure(figure{name + ".number", "units", "in use, mean over time", shapeRatio, sumBusyArea, sumTime, i})
	c.figure(figure{name + ".used", "share", "in use of what there is, over time", shapeRatio, sumBusyArea, sumLevelArea, i})
	c.both(figure{name + ".busy", "units", "in use at the end", shapeState, sumBusy, 0, i})
	c.one(figure{name + ".level", "units", "there are", shapeState, sumLevel, 0, i})
}
