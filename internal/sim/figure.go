package sim

import "math"

// sum is one of the running sums that figures are made of. Those of a stage, resource or exit belong to the figure's index.
type sum uint8

const (
	sumNone sum = iota
	sumTime     // the time itself
	sumArrived
	sumBegan
	sumEnded
	sumReneged
	sumLost
	sumNoShow
	sumWaited
	sumWithin
	sumWait      // waits that led to a beginning
	sumQueueArea // people × time in the queue
	sumStay
	sumInsideArea
	sumQueue // people, not a sum: the state now
	sumInside
	sumPeak
	sumBusyArea
	sumLevelArea
	sumBusy
	sumLevel
	sumOut
	sumAllArrived
	sumAllReturned
	sumAllLeft
	sumAllInside
	sumAllArea
	sumAllLife
)

// shape says how a figure is made of its sums.
type shape uint8

const (
	shapeState  shape = iota // the numerator as it stands
	shapeGrowth              // what the numerator grew by
	shapeRatio               // growth of the numerator over growth of the denominator; NaN if the latter is 0
)

// figure is a number that a replication gives, or a series if taken on the grid.
type figure struct {
	name     string
	unit     string
	about    string
	shape    shape
	num, den sum
	index    int
}

func figureNames(f []figure) []string {
	names := make([]string, len(f))
	for i := range f {
		names[i] = f[i].name
	}
	return names
}

// sum gives a running sum as of now. Areas need a look at those who are still there first.
func (e *engine) sum(k sum, i int) float64 {
	switch k {
	case sumNone:
		return 0
	case sumTime:
		return e.now
	case sumOut:
		return float64(e.out[i])
	case sumBusyArea, sumLevelArea, sumBusy, sumLevel:
		return e.sumPool(k, &e.pools[i])
	case sumAllArrived, sumAllReturned, sumAllLeft, sumAllInside, sumAllArea, sumAllLife:
		return e.sumAll(k)
	}
	return e.places[i].sum(k)
}

func (e *engine) sumAll(k sum) float64 {
	switch k {
	case sumAllArrived:
		return float64(e.arrived)
	case sumAllReturned:
		return float64(e.returned)
	case sumAllLeft:
		return float64(e.left)
	case sumAllInside:
		return float64(e.inside)
	case sumAllArea:
		return e.stayedTime + e.openLife
	default: // sumAllLife
		return e.stayedTime
	}
}

func (e *engine) sumPool(k sum, q *pool) float64 {
	switch k {
	case sumBusyArea:
		return q.busy + float64(q.used)*(e.now-q.last)
	case sumLevelArea:
		return q.open + float64(q.level)*(e.now-q.last)
	case sumBusy:
		return float64(q.used)
	default: // sumLevel
		return float64(q.level)
	}
}

func (pl *place) sum(k sum) float64 {
	switch k {
	case sumArrived:
		return float64(pl.arrived)
	case sumBegan:
		return float64(pl.began)
	case sumEnded:
		return float64(pl.ended)
	case sumReneged:
		return float64(pl.reneged)
	case sumLost:
		return float64(pl.lost)
	case sumNoShow:
		return float64(pl.noShow)
	case sumWaited:
		return float64(pl.waited)
	case sumWithin:
		return float64(pl.within)
	case sumWait:
		return pl.waitTime
	case sumQueueArea:
		return pl.waitTime + pl.gaveUp + pl.openWait
	case sumStay:
		return pl.stayTime
	case sumInsideArea:
		return pl.stayTime + pl.openStay
	case sumQueue:
		return float64(pl.waiting)
	case sumInside:
		return float64(pl.inside)
	case sumPeak:
		return float64(pl.peak)
	}
	return math.NaN()
}

// look adds up the time that those who are here have waited and stayed.
func (e *engine) look() {
	e.openLife = 0
	for i := range e.places {
		e.places[i].openWait, e.places[i].openStay = 0, 0
	}
	for i := range e.people {
		p := &e.people[i]
		switch p.state {
		case unused, away:
			continue
		case waiting:
			e.places[p.stage].openWait += e.now - p.since
		default:
			e.places[p.stage].openStay += e.now - p.since
		}
		e.openLife += e.now - p.born
	}
}

// startFigures notes the sums from which growth is counted.
func (e *engine) startFigures() {
	e.look()
	for i := range e.places {
		e.places[i].peak = e.places[i].waiting
	}
	for i := range e.p.figures {
		f := &e.p.figures[i]
		e.base[2*i], e.base[2*i+1] = e.sum(f.num, f.index), e.sum(f.den, f.index)
	}
}

// endFigures fills the row's figures.
func (e *engine) endFigures() {
	e.look()
	for i := range e.p.figures {
		f := &e.p.figures[i]
		e.row.Figures[i] = f.value(e.sum(f.num, f.index), e.sum(f.den, f.index), e.base[2*i:])
	}
}

func (f *figure) value(num, den float64, base []float64) float64 {
	switch f.shape {
	case shapeState:
		return num
	case shapeGrowth:
		return num - base[0]
	}
	if den == base[1] {
		return math.NaN()
	}
	return (num - base[0]) / (den - base[1])
}

// sample takes the series at grid point g.
func (e *engine) sample(g int) {
	for i := range e.p.series {
		f := &e.p.series[i]
		num, den := e.sum(f.num, f.index), e.sum(f.den, f.index)
		e.row.Series[i*e.p.grid+g] = f.value(num, den, e.prev[2*i:])
		e.prev[2*i], e.prev[2*i+1] = num, den
	}
}
