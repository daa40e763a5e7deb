package sim

// Model is a system that people (or jobs, or calls) walk through: sources send them in, stages let them wait and be served,
// resources are what they share, exits count them out. All times are in one unit of the modeller's choice, from 0 to Horizon.
// The zero value of a field means "none" or the default its comment names. Program checks it all.
type Model struct {
	Name    string  `toml:"name"`
	Note    string  `toml:"note"`    // where the numbers come from, in words; carried into the report
	Unit    string  `toml:"unit"`    // the unit of time in the singular: "minute", "day", "week", "month", "year"
	Start   string  `toml:"start"`   // the date (YYYY-MM-DD) that is time 0, for models that name dates
	Horizon float64 `toml:"horizon"` // when a replication ends
	Warmup  float64 `toml:"warmup"`  // figures count from here; series from 0
	Grid    float64 `toml:"grid"`    // spacing of the time series; 0 for none

	Series       []string `toml:"series"`       // names of the series wanted; all if empty
	Replications int      `toml:"replications"` // when the run names none; 100 if 0
	Seed         uint64   `toml:"seed"`         // when the run names none

	Classes   []Class    `toml:"class"`
	Calendars []Calendar `toml:"calendar"`
	Resources []Resource `toml:"resource"`
	Sources   []Source   `toml:"source"`
	Stages    []Stage    `toml:"stage"`
	Exits     []Exit     `toml:"exit"`
	Stocks    []Stock    `toml:"stock"`
}

// Class is a kind of person. Stages with order "priority" take lower priorities first.
type Class struct {
	Name     string `toml:"name"`
	Priority int    `toml:"priority"`
}

// Calendar is a list of instants: Every apart from First on, or Times, less those inside a Closed span.
type Calendar struct {
	Name   string       `toml:"name"`
	Every  float64      `toml:"every"`
	First  *float64     `toml:"first"` // the first instant of Every; Every itself if nil
	Until  float64      `toml:"until"` // no instant after this; 0 for no end
	Times  []float64    `toml:"times"`
	Closed [][2]float64 `toml:"closed"` // [from, to): instants inside are left out
	Cycle  float64      `toml:"cycle"`  // Times and Closed come again each Cycle; 0 for once
}

// Resource is so many equal places, staff or rooms. A level that falls below what is in use takes nobody's place away:
// it is reached as people leave.
type Resource struct {
	Name  string `toml:"name"`
	Level Steps  `toml:"level"`
}

// Source sends people to a stage: a Poisson process of a Rate that may change over time, or times Between arrivals drawn
// anew, or on the instants of a calendar.
type Source struct {
	Name     string  `toml:"name"`
	To       string  `toml:"to"` // a stage
	Rate     *Steps  `toml:"rate"`
	Between  *Dist   `toml:"between"`
	Calendar string  `toml:"calendar"`
	Group    *Dist   `toml:"group"` // how many come at once, rounded; 1 if nil
	From     float64 `toml:"from"`
	Until    float64 `toml:"until"` // 0 for no end
	Limit    int     `toml:"limit"` // no more than so many arrivals; 0 for no limit
	Class    string  `toml:"class"`
	Mix      []Share `toml:"mix"` // in place of Class: classes with their shares
}

// Share is one class's part of a mix.
type Share struct {
	Class string  `toml:"class"`
	P     float64 `toml:"p"`
}

// Stage is a step on the way: a queue, a condition to begin (a gate that opens on dates, resources, a batch to fill), a
// time inside, and the routes on. Without a condition there is no queue; without a duration the person goes on at once.
type Stage struct {
	Name string `toml:"name"`

	Order    string   `toml:"order"`    // "fifo" (default), "lifo" or "priority"
	Room     *int     `toml:"room"`     // places to wait in; no limit if nil
	FullTo   string   `toml:"full_to"`  // where one goes who finds Room full
	Patience *Dist    `toml:"patience"` // how long one waits before leaving the queue
	LeaveTo  string   `toml:"leave_to"` // where to
	Target   *float64 `toml:"target"`   // also report the share that waited no longer than this
	Rank     int      `toml:"rank"`     // who is served first when several stages wait for a resource: lower, then longest wait

	Servers *Steps   `toml:"servers"` // a resource of the stage's own, one unit a person
	Needs   []Need   `toml:"needs"`
	Release []string `toml:"release"` // kept resources given back when this stage begins
	Gate    *Gate    `toml:"gate"`
	Batch   *Batch   `toml:"batch"`

	Duration *Dist           `toml:"duration"`
	ByClass  map[string]Dist `toml:"by_class"` // durations of classes that have their own
	Align    string          `toml:"align"`    // a calendar: the end waits for its next instant
	Endings  []Ending        `toml:"ending"`
	Routes   []Route         `toml:"route"` // where to after Duration; one of them is drawn
}

// Need is what one must have to begin: Units (1 if 0) of a resource, given back at the stage's end unless kept.
type Need struct {
	Resource string `toml:"resource"`
	Units    int    `toml:"units"`
	Keep     bool   `toml:"keep"` // held until a stage with Release, or until leaving the system
}

// Gate opens on the instants of a calendar, calls up to Calls people from the queue and lets in up to Takes.
type Gate struct {
	Calendar string  `toml:"calendar"`
	Takes    Steps   `toml:"takes"`
	Calls    int     `toml:"calls"`      // Takes if 0
	Min      int     `toml:"min"`        // stays shut when fewer wait
	NoShow   float64 `toml:"no_show"`    // probability that one who is called does not come
	NoShowTo string  `toml:"no_show_to"` // where one goes then; this stage's queue again if empty
}

// Batch serves people together: as soon as Min wait and the resources are free, up to Max begin, and end, as one.
type Batch struct {
	Min int `toml:"min"` // 1 if 0
	Max int `toml:"max"`
}

// Ending is one of several things that may end a stay; the earliest does. Duration, if given, is one more.
type Ending struct {
	To    string `toml:"to"`
	After Dist   `toml:"after"`
	Align string `toml:"align"` // a calendar: this ending waits for its next instant
	Class string `toml:"class"` // only for this class
}

// Route is a way on with probability P (1 if nil). Routes that name the person's class, where there are any, stand in place
// of those that name none.
type Route struct {
	To      string   `toml:"to"` // a stage or an exit
	P       *float64 `toml:"p"`
	Class   string   `toml:"class"`
	Becomes string   `toml:"becomes"` // the person's class from here on
}

// Exit counts those who leave. With probability Return the same person comes back After a time, to a stage.
type Exit struct {
	Name   string  `toml:"name"`
	Return float64 `toml:"return"`
	After  *Dist   `toml:"after"`
	To     string  `toml:"to"`
}

// Stock is people who are in the system at time 0: Count of them, or one for each number of Elapsed.
type Stock struct {
	Stage   string    `toml:"stage"`
	Count   int       `toml:"count"`
	Waiting bool      `toml:"waiting"` // in the queue; else begun, holding the resources, with the rest of the duration left
	Elapsed []float64 `toml:"elapsed"` // how long each has waited or been inside
	Class   string    `toml:"class"`
}

// Steps is a number that changes at given times: Value from time From on, 0 before the first. The steps come again each
// Cycle, if that is not 0.
type Steps struct {
	Cycle float64
	At    []Step
}

// Step is one step of Steps.
type Step struct{ From, Value float64 }

// Level is a number that never changes.
func Level(v float64) Steps { return Steps{At: []Step{{0, v}}} }

// Then adds a step.
func (s Steps) Then(from, value float64) Steps {
	at := append([]Step(nil), s.At...)
	return Steps{s.Cycle, append(at, Step{from, value})}
}
