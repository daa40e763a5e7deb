package sim

import "math"

// Bounds that keep a mistyped model from taking the machine with it.
const (
	maxNumber   = 1e12      // a time, rate or level
	maxInstants = 1_000_000 // of a calendar or a list of steps over the horizon
	maxGrid     = 20_000    // points of a time series
	maxStock    = 1_000_000 // people at time 0
	maxPeople   = 2_000_000 // in the model at one time, the waiting and the away included
	maxHops     = 10_000    // stages passed without time passing
	maxParts    = 1_000     // stages, resources, sources, exits, calendars, classes: of each
	maxUnits    = 2_000     // of a resource that one person needs
)

// Program is a model that has been checked and made ready to run. It is read-only and may be shared by goroutines.
type Program struct {
	model     Model
	classes   []class
	levels    int // of priority
	calendars [][]float64
	resources []resource
	stages    []stage
	sources   []source
	exits     []exit
	kept      []keptNeed
	stocks    []stock
	figures   []figure
	series    []figure
	grid      int // points of each series
}

// Figures are the names of the program's figures, in the order of Row.Figures.
func (p *Program) Figures() []string { return figureNames(p.figures) }

// Series are the names of the program's time series, in the order of Row.Series.
func (p *Program) Series() []string { return figureNames(p.series) }

// Grid is the times at which the series are taken.
func (p *Program) Grid() []float64 {
	at := make([]float64, p.grid)
	for i := range at {
		at[i] = p.gridTime(i)
	}
	return at
}

func (p *Program) gridTime(i int) float64 { return min(float64(i)*p.model.Grid, p.model.Horizon) }

type class struct{ level uint8 }

// A dest is where one goes: a stage, or, negative, the exit ^dest.
type dest = int32

// course is a capacity or rate over time: values[i] from at[i] on, at[0] = 0.
type course struct{ at, values []float64 }

func (c *course) value(t float64) float64 {
	i := 0
	for i+1 < len(c.at) && c.at[i+1] <= t {
		i++
	}
	return c.values[i]
}

type resource struct {
	level course
	users []int16 // stages that wait for it, by rank
}

type source struct {
	salt    uint64
	to      dest
	rate    *course
	between *sampler
	times   []float64
	group   *sampler
	from    float64
	until   float64
	limit   int
	class   int16
	mix     []float64
	classes []int16
}

type need struct {
	resource int16
	keep     int16 // index in Program.kept, or -1
	units    int32
}

type keptNeed struct {
	resource int16
	units    int32
}

type route struct {
	upTo    float64
	to      dest
	becomes int16 // class, or -1
}

type ending struct {
	salt  uint64
	after sampler
	align []float64
	to    dest
	class int16 // or -1 for all
}

type gate struct {
	times    []float64
	takes    course
	calls    int
	min      int32
	noShow   float64
	noShowTo dest
}

type stage struct {
	saltStay, saltRoute, saltWait, saltShow uint64

	queued   bool // has a condition to begin
	lifo     bool
	byLevel  bool
	timed    bool // has a duration or endings
	hasStay  bool
	room     int32
	rank     int32
	batchMin int32
	batchMax int32 // 0: no batch
	fullTo   dest
	leaveTo  dest
	target   float64

	needs    []need
	release  uint16 // mask over Program.kept
	gate     *gate
	patience *sampler
	stays    []sampler // by class
	align    []float64
	endings  []ending
	routes   [][]route // by class
}

type exit struct {
	salt   uint64
	again  float64
	after  sampler
	to     dest
	isBack bool
}

type stock struct {
	stage   int16
	class   int16
	waiting bool
	elapsed float64
}

// next is the first instant at or after t, +Inf if there is none.
func nextInstant(times []float64, t float64) float64 {
	low, high := 0, len(times)
	for low < high {
		mid := (low + high) / 2
		if times[mid] < t {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == len(times) {
		return math.Inf(1)
	}
	return times[low]
}
