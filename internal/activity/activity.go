// Package activity is what a unit can do together with participants: its types, where each stands, and why.
package activity

import (
	"slices"

	"sluss/internal/clock"
	"sluss/internal/competence"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

type (
	typeTag     struct{}
	decisionTag struct{}
)

// ID is the id of an activity type.
type ID = id.Of[typeTag]

// Desk is where activities are kept.
type Desk struct{ Store *store.Store }

// State is where an activity stands.
type State string

// The states. What can run is not what runs: not everything runs at once.
const (
	Looked State = "looked" // looked into
	Can    State = "can"
	Runs   State = "runs"
	Rests  State = "rests"
	Ended  State = "ended"
)

// States are the states in the order of a page.
var States = []State{Runs, Can, Rests, Looked, Ended}

// Adaptations are ways in which an activity can be easier to take part in, by code.
var Adaptations = []string{"small", "quiet", "lowstimulus", "interpreter", "remote"}

// The bounds of an activity.
const (
	MostSize     = 200
	MostTogether = 6
	MostCaseload = 60
	mostName     = 80
	mostText     = 1000
)

// Words are what an activity is, in one language, in the unit's own words.
type Words struct{ Name, Purpose, Content, Leads string }

// Type is one kind of activity.
type Type struct {
	ID        ID
	State     State
	Existed   bool                // it was there before the change, so it can run with those who led it then
	Method    competence.MethodID // 0: no method of its own, any colleague can lead it
	Together  int                 // how many lead it together
	Size      int                 // how large a group can be, or how many have a place when it is led person by person
	Caseload  int                 // how many people each of those who lead it has; 0 when it is led in a group
	Needs     []string            // of org.Features
	Access    []string            // of Adaptations
	Languages []string            // as in the lang attribute
	Words     map[string]Words    // by language; Swedish is always there
	Version   int
}

// In gives the words in the language, each missing one in Swedish.
func (t Type) In(lang string) Words {
	w, sv := t.Words[lang], t.Words["sv"]
	for _, f := range []struct{ own, sv *string }{{&w.Name, &sv.Name}, {&w.Purpose, &sv.Purpose}, {&w.Content, &sv.Content}, {&w.Leads, &sv.Leads}} {
		if *f.own == "" {
			*f.own = *f.sv
		}
	}
	return w
}

// Standing is what an activity has to go by on a day.
type Standing struct {
	Leaders int        // how many can lead it
	Missing int        // how many more are needed before it can run
	Fragile bool       // one who leaves would break it
	Until   clock.Date // the day it would break when nothing is renewed; Forever for never
}

// Stand tells who there is to lead an activity on the day. posts are the colleagues who meet participants.
func (t Type) Stand(b competence.Board, posts []org.Post, day clock.Date) Standing {
	s := Standing{Leaders: len(t.leaders(b, posts, day)), Until: clock.Forever}
	s.Missing = max(0, t.Together-s.Leaders)
	s.Fragile = s.Leaders <= t.Together
	if t.Method == 0 || s.Missing > 0 {
		return s
	}
	var ends []clock.Date
	for _, c := range b.Of(t.Method) {
		if c.Leads(day) && c.To < clock.Forever {
			ends = append(ends, c.To)
		}
	}
	slices.Sort(ends)
	for _, end := range ends {
		if len(t.leaders(b, posts, end)) < t.Together {
			s.Until = end
			break
		}
	}
	return s
}

func (t Type) leaders(b competence.Board, posts []org.Post, day clock.Date) []id.Post {
	var list []id.Post
	for _, p := range posts {
		if t.Method == 0 || b.CanLead(p.ID, t.Method, day) {
			list = append(list, p.ID)
		}
	}
	return list
}

// Leader tells whether a post may lead the activity on a day: by a competence, or because it is led as before.
func (t Type) Leader(b competence.Board, p id.Post, day clock.Date) bool {
	return t.Method == 0 || t.Existed || b.CanLead(p, t.Method, day)
}

// CanRun tells whether the activity is possible: there are enough who can lead it, or it existed before the change.
func (t Type) CanRun(s Standing) bool { return t.Existed || s.Missing == 0 }

// Breaks tells whether an activity that runs, or can, could not any more without one of the colleagues.
func (t Type) Breaks(b competence.Board, posts []org.Post, day clock.Date, without id.Post) bool {
	if t.State != Runs && t.State != Can || !t.CanRun(t.Stand(b, posts, day)) {
		return false
	}
	left := slices.DeleteFunc(slices.Clone(posts), func(p org.Post) bool { return p.ID == without })
	return len(left) < len(posts) && !t.CanRun(t.Stand(b, left, day))
}

// next tells whether an activity may be decided into the state; what has ended is first looked into anew.
func (t Type) next(to State, s Standing) error {
	var form fault.Form
	switch {
	case !slices.Contains(States, to) || to == t.State || t.State == Ended && to != Looked:
		form.Add("state", "form.choose")
	case (to == Can || to == Runs) && !t.CanRun(s):
		form.Add("state", "activity.cannot", s.Missing)
	}
	return form.Err()
}

func (t Type) check(b competence.Board) error {
	var form fault.Form
	w := t.Words["sv"]
	if w.Name == "" || len([]rune(w.Name)) > mostName {
		form.Add("name", "activity.name.needed", mostName)
	}
	if w.Purpose == "" {
		form.Add("purpose", "activity.purpose.needed")
	}
	for _, f := range []struct{ field, text string }{{"purpose", w.Purpose}, {"content", w.Content}, {"leads", w.Leads}} {
		if len([]rune(f.text)) > mostText {
			form.Add(f.field, "form.long", mostText)
		}
	}
	if t.Method != 0 && b.Method(t.Method) == "" {
		form.Add("method", "form.choose")
	}
	for _, n := range []struct {
		field   string
		n, most int
	}{{"together", t.Together, MostTogether}, {"size", t.Size, MostSize}} {
		if n.n < 1 || n.n > n.most {
			form.Add(n.field, "form.number", 1, n.most)
		}
	}
	if t.Caseload < 0 || t.Caseload > MostCaseload {
		form.Add("caseload", "form.number", 0, MostCaseload)
	}
	return form.Err()
}

// Decision is one change of where an activity stands.
type Decision struct {
	State State
	Why   string
	At    clock.Instant
	By    id.Post
}
