package forecast

import (
	"slices"
	"strings"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/org"
)

// Activity is an activity with places, as it stands today.
type Activity struct {
	activity.Type
	Places  int     // today
	Held    int     // of them
	Waiting int     // have asked and have no place yet
	Hours   float64 // a week, for each who leads it
	Asked   int     // who have asked since Since
	Had     int     // of them, who have or had a place
	Since   clock.Date
	Shared  Sharing
}

// Sharing is with which units those who lead an activity person by person are shared. Its places are then those of all of them.
type Sharing struct {
	Units         []org.Unit
	Leaders       int // in all
	Held, Waiting int // of the other units' people
}

// Places is what may come of the activities.
type Places struct {
	List   []Activity
	Asked  int // in all, since From
	Had    int
	From   clock.Date // the first day that anybody asked
	Quick  int        // days from a wish to a free place
	TooFew string     // the key of why nothing is said of them; "" when there is enough to say, or no activity
}

// Get gives the activity of an id or a Swedish name, nil for none.
func (p Places) Get(named string) *Activity {
	for i, a := range p.List {
		if named != "" && (a.ID.String() == named || strings.EqualFold(a.In("sv").Name, named)) {
			return &p.List[i]
		}
	}
	return nil
}

// The lines of an activity: its places that are taken and free, and those who wait for one.
func (a Activity) taken() string   { return "taken " + a.ID.String() }
func (a Activity) free() string    { return "free " + a.ID.String() }
func (a Activity) waiting() string { return "waiting " + a.ID.String() }

// Led names the line of how many people those who lead it have in all, at every unit that shares them.
func (a Activity) Led() string { return "led " + a.ID.String() }

// Lines are the names of an activity's lines: places that are taken, free, and people who wait for one.
func (a Activity) Lines() (taken, free, waiting string) { return a.taken(), a.free(), a.waiting() }

// One tells whether each of those who lead it has people of their own.
func (a Activity) One() bool { return a.Caseload > 0 }

// opened tells whether the scenario opens the activity.
func (p Places) opened(a Activity, s Scenario) bool {
	x := p.Get(s.Open)
	return x != nil && x.ID == a.ID && a.State != activity.Runs
}

// Led gives the activity that has more who lead it in the scenario, nil for none.
func (p Places) Led(s Scenario) *Activity {
	switch {
	case s.Leaders == 0:
		return nil
	case s.Led != "":
		return p.Get(s.Led)
	}
	i := slices.IndexFunc(p.List, Activity.One)
	if i < 0 {
		return nil
	}
	return &p.List[i]
}

// check says what is wrong with what a scenario does with activities.
func (p Places) check(s Scenario) error {
	var form fault.Form
	if s.Open != "" && p.Get(s.Open) == nil {
		form.Add("open", "forecast.fault.activity")
	}
	if led := p.Led(s); s.Leaders > 0 && (led == nil || !led.One()) {
		form.Add("leaders", "forecast.fault.led")
	}
	return form.Err()
}

// The hours of staff that are assumed of an activity: where nothing is planned, so many a week for each who leads it; and for
// each hour held, so many with what is made ready before and after.
const (
	HoursPerWeek = 3.0
	HoursPerHour = 1.5
)

// hours is how many hours of staff the scenario's activities take a month more than today's.
func (p Places) hours(s Scenario) float64 {
	n := 0.0
	if a := p.Get(s.Open); a != nil && p.opened(*a, s) {
		n += float64(a.Together) * a.Hours * HoursPerHour * Month / 7
	}
	if p.Led(s) != nil {
		n += float64(s.Leaders) * HoursPerCoach
	}
	return n
}

// spell is one person's wish for an activity, and the place it led to. What is not yet, or not known, is "".
type spell struct {
	activity  activity.ID
	asked     clock.Date
	from, to  clock.Date
	taken     bool // has or had a place, or is offered one
	over      bool // asked, and waits no longer
	takenBack bool // by the person, while they were here: when is not known
}

// waits tells whether somebody waits for a place on a day.
func (s spell) waits(day clock.Date) bool {
	return !s.over && !s.takenBack && s.asked <= day && (!s.taken || s.from > day)
}

// holds tells whether somebody has a place on a day.
func (s spell) holds(day clock.Date) bool {
	return s.taken && s.from <= day && (s.to == "" || s.to > day)
}

// kept tells whether a place is kept for somebody who is to begin after the day.
func (s spell) kept(day clock.Date) bool { return s.taken && s.from > day }

// round is a run of an activity, as far as places go.
type round struct {
	activity activity.ID
	from, to clock.Date
	places   int
	hours    float64 // a week
}

// justBefore is how many days a run may have been over for its places to be counted with: the next one is about to be planned.
const justBefore = 62

// level gives how many places an activity has on a day and from when they change, for one that goes on as it does: a run
// that ends is followed by one as large.
func level(list []round, a activity.ID, today clock.Date) (now int, later []change) {
	at := func(day clock.Date) (n int) {
		for _, r := range list {
			if r.activity == a && r.from <= day && r.to > day {
				n += r.places
			}
		}
		return n
	}
	now = at(today)
	for back := 1; now == 0 && back <= justBefore; back++ {
		now = at(today.Add(-back))
	}
	most := now
	var days []clock.Date
	for _, r := range list {
		if r.activity == a && r.from > today {
			days = append(days, r.from)
		}
	}
	slices.Sort(days)
	for _, day := range slices.Compact(days) {
		if n := at(day); n > most {
			most, later = n, append(later, change{day, n})
		}
	}
	return now, later
}

// change is a number from a day on.
type change struct {
	on clock.Date
	n  int
}
