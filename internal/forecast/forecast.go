// Package forecast sees ahead: how a gateway's queue, steps and exits may go on from today, with how sure that is. It is
// learnt from the thread of everybody together, played many times by the engine of sim, and says nothing about anyone.
package forecast

import (
	"math"

	"sluss/internal/clock"
	"sluss/internal/org"
)

// Month is how many days a month of a forecast has, and a point of a line is from the next.
const Month = 365.25 / 12

// The lines of a forecast, one number a month from today on. InStep names that of a step.
const (
	Line    = "line"    // wait for their individual start
	Wait    = "wait"    // weeks until the individual start for one who comes then
	Inside  = "inside"  // participants
	Paused  = "paused"  // of them with a pause
	Load    = "load"    // participants a coach has
	Held    = "held"    // wait because no coach has room
	Came    = "came"    // into the queue since the point before
	Began   = "began"   // had their individual start since the point before
	Work    = "work"    // left to work since the point before
	Studies = "studies" // to studies
	Other   = "other"   // to anything else
	Left    = "left"    // the three together
	Gone    = "gone"    // left the line before the individual start, since the point before
	Back    = "back"    // of those who came, had been here before
	Taken   = "places"  // in all activities together, that are taken; told of the past alone
)

// InStep is the line of those in a step, 1 the first.
func InStep(n int) string { return "step" + string(rune('0'+n)) }

// Band is a line with how sure it is. Index 0 is today. Half of the futures lie between Q25 and Q75, nine of ten between
// Q05 and Q95. A wait that is longer than can be seen is infinite.
type Band struct{ Q05, Q25, Q50, Q75, Q95 []float64 }

// At gives the five numbers at a month, the last one there is if it is beyond.
func (b Band) At(month int) [5]float64 {
	i := min(month, len(b.Q50)-1)
	if i < 0 {
		nan := math.NaN()
		return [5]float64{nan, nan, nan, nan, nan}
	}
	return [5]float64{b.Q05[i], b.Q25[i], b.Q50[i], b.Q75[i], b.Q95[i]}
}

// Forecast is what may come of one plan.
type Forecast struct {
	Unit     org.Unit
	From     clock.Date // today
	Months   int
	Steps    []string // names
	Scenario Scenario
	Now      Plan // how the gateway works today
	Plan     Plan // with the scenario
	Lines    map[string]Band
	Runs     int
	Seed     uint64
	Basis    Basis
	Past     Past
	TooFew   string // the key of why nothing is said; "" when there is enough to say
	Limits   Limits
	Places   Places
}

// Basis is what the forecast was learnt from: numbers of events and the days they lie between.
type Basis struct {
	From, To                                   clock.Date
	Arrived, Back, Began, Gone, Starts, Called int
	Came                                       int // of those called, at the starts
	Left, Moved, Pauses                        int
	Inside, Line                               int  // today
	Season                                     bool // there is a year or more to tell the seasons by
	Borrowed                                   int  // of the risks, how many lean on the unit's all since fewer than ten events tell of them
	Risks                                      int
	Prior                                      bool // some lean on what was stated beforehand
	Terms                                      int  // exits to studies when a term begins
	Studies                                    int
}

// Past is how it has been: a number for each month's end up to today, the last is today.
type Past struct {
	Months []clock.Date
	Lines  map[string][]float64
}

// Limits is what will not be enough, as the median of the futures has it.
type Limits struct {
	In, Out   float64 // come and leave the line a month, over the first year
	Begin     float64 // begin a month
	Exit      float64 // leave as participants a month
	CoachFrom int     // the first month when somebody waits for a coach, -1 for none
	ThinFrom  int     // the first month when fewer wait than are called, -1 for none
	Fewer     []clock.Date
}

// date is the day of a point of a line.
func (f Forecast) date(month int) clock.Date { return f.From.AddMonths(month) }

// Dates are the days of the points.
func (f Forecast) Dates() []clock.Date {
	list := make([]clock.Date, f.Months+1)
	for i := range list {
		list[i] = f.date(i)
	}
	return list
}
