// Package schedule is when a unit's activities are held: runs with what comes back in them, each occasion with its room
// and leaders, and what stands in the way of what.
package schedule

import (
	"slices"
	"strings"
	"time"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

type (
	runTag      struct{}
	turnTag     struct{}
	occasionTag struct{}
	changeTag   struct{}
)

type (
	// RunID is the id of a run.
	RunID = id.Of[runTag]
	// TurnID is the id of what comes back in a run.
	TurnID = id.Of[turnTag]
	// OccasionID is the id of an occasion.
	OccasionID = id.Of[occasionTag]
	// ChangeID is the id of a change of one occasion or several.
	ChangeID = id.Of[changeTag]
)

// Desk is where the schedule is kept.
type Desk struct{ Store *store.Store }

// Zone is the zone of every wall-clock time in a schedule, as stored.
const Zone = "Europe/Stockholm"

// Entry is how one comes into a run.
type Entry string

// The entries.
const (
	Rolling Entry = "rolling" // one steps in at any turn
	Common  Entry = "common"  // everybody begins together
)

// The bounds of a run.
const (
	MostWeeks = 12  // of a cycle
	MostDays  = 366 // of a run
	MostTurns = 12
)

// Run is one round of an activity.
type Run struct {
	ID       RunID
	Activity activity.ID
	Entry    Entry
	From, To clock.Date // the first day, and the first day after
	Weeks    int        // of its cycle
	Places   int
	Shown    bool // to everybody, on the gateway's own page
	Version  int
}

// Turn is what comes back in a run: a weekday in one week of the cycle, or with week 0 in every week.
type Turn struct {
	ID        TurnID
	Week      int
	Weekday   time.Weekday
	At, Until clock.LocalTime
	Room      int64
	Leaders   []id.Post
}

// State is where an occasion stands.
type State string

// The states.
const (
	Planned   State = "planned"
	Cancelled State = "cancelled"
)

// Occasion is one time that an activity is held.
type Occasion struct {
	ID        OccasionID
	Run       RunID
	Turn      TurnID
	Activity  activity.ID
	On        clock.Date
	At, Until clock.LocalTime
	Room      int64
	Leaders   []id.Post
	State     State
	Places    int // of its run
	Version   int
}

func (o Occasion) meets(at, until clock.LocalTime) bool {
	return Span{o.At, o.Until}.meets(Span{at, until})
}

// Minutes is how long it lasts.
func (o Occasion) Minutes() int { return o.Until.Minutes() - o.At.Minutes() }

func (r Run) check(turns []Turn, today clock.Date) error {
	var form fault.Form
	if r.Entry != Rolling && r.Entry != Common {
		form.Add("entry", "form.choose")
	}
	if r.From == "" || r.From < week(today) {
		form.Add("from", "schedule.from.needed")
	}
	if r.To <= r.From || r.To > r.From.Add(MostDays) {
		form.Add("to", "schedule.to.odd")
	}
	if r.Weeks < 1 || r.Weeks > MostWeeks {
		form.Add("weeks", "form.number", 1, MostWeeks)
	}
	if r.Places < 1 || r.Places > activity.MostSize {
		form.Add("places", "form.number", 1, activity.MostSize)
	}
	if len(turns) == 0 || len(turns) > MostTurns {
		form.Add("weekday1", "schedule.turns.needed")
	}
	for i, t := range turns {
		t.check(&form, r, i+1)
	}
	return form.Err()
}

// check notes what is wrong with the n:th turn of a run.
func (t Turn) check(form *fault.Form, r Run, n int) {
	end := string(rune('0' + n%10))
	if t.Weekday < time.Monday || t.Weekday > time.Friday {
		form.Add("weekday"+end, "form.choose")
	}
	if t.Week < 0 || t.Week > r.Weeks {
		form.Add("week"+end, "form.choose")
	}
	if t.At == "" {
		form.Add("at"+end, "schedule.at.needed")
	}
	if t.Until <= t.At {
		form.Add("until"+end, "schedule.until.before")
	}
}

// week is the Monday of the day's week.
func week(d clock.Date) clock.Date { return d.Add(-(int(d.Weekday()) + 6) % 7) }

// Week is the Monday of the day's week.
func Week(d clock.Date) clock.Date { return week(d) }

// Turn tells which week of its cycle a day of the run is in, 1 the first.
func (r Run) Turn(on clock.Date) int { return week(on).Sub(week(r.From))/7%r.Weeks + 1 }

// leadersOf reads what leaderText wrote.
func leadersOf(text string) []id.Post {
	var list []id.Post
	for _, w := range strings.Fields(text) {
		var p id.Post
		if p.UnmarshalText([]byte(w)) == nil {
			list = append(list, p)
		}
	}
	return list
}

func leaderText(posts []id.Post) string {
	words := make([]string, 0, len(posts))
	for _, p := range posts {
		if w := p.String(); !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}
