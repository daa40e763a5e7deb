// Package plan is the person's own plan: goals in their own words, who does what, measures tied to the goals, the steps,
// what gives meaning, and what was agreed.
package plan

import (
	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/store"
)

type (
	planTag      struct{}
	goalTag      struct{}
	wordTag      struct{}
	taskTag      struct{}
	measureTag   struct{}
	moveTag      struct{}
	agreedTag    struct{}
	inventoryTag struct{}
)

// The ids of a plan and of what is in it.
type (
	ID          = id.Of[planTag]
	GoalID      = id.Of[goalTag]
	TaskID      = id.Of[taskTag]
	MeasureID   = id.Of[measureTag]
	AgreedID    = id.Of[agreedTag]
	InventoryID = id.Of[inventoryTag]
)

// Need is what an access must cover for the plan to be read or changed: the plan, and the thread, since a plan belongs
// to an enrolment.
const Need = access.Plan | access.Thread

// Desk is where plans are made.
type Desk struct{ Store *store.Store }

// State is how far a plan has come between the two who make it.
type State string

// The states of a plan. What is changed after an agreement makes the plan a draft again; the agreement stays readable.
const (
	Draft  State = "draft"
	Shared State = "shared"
	Agreed State = "agreed"
)

// How is the way in which a person said yes.
type How string

// The ways of saying yes.
const (
	AtTable How = "table"
	OnPaper How = "paper"
	ByOwn   How = "own" // the person alone, on their own pages
)

// Life is whether a goal or a task is alive.
type Life string

// The lives of a goal or a task.
const (
	Open      Life = "open"
	Done      Life = "done"
	Dropped   Life = "withdrawn"
	maxGoals       = 40
	maxTasks       = 100
	firstStep      = 1
)

// Plan is a person's plan as it is now. ID is 0 until something has been written in it.
type Plan struct {
	ID        ID
	Enrolment intake.Enrolment
	State     State
	StateOn   clock.Date
	AgreedOn  clock.Date // of the latest agreement, "" before the first
	Step      int        // from 1
	StepOn    clock.Date
	Asked     int // the step that the person is asked about on their own pages, 0 for none
	Version   int
	Goals     []Goal
	Tasks     []Task
	Measures  []Measure
	Steps     []org.Step // the unit's own words for the steps
	Promise   string     // the unit's own words for the promise, "" for the product's
	Return    bool       // the person has been here before
	Unheard   bool       // and has not been asked yet what helped then: no new measure before that
}

// Here is the step the person is in, from 1; never past the unit's last.
func (p Plan) Here() int { return max(firstStep, min(p.Step, len(p.Steps))) }

// Next is the step after, 0 when there is none.
func (p Plan) Next() int {
	if p.Here() < len(p.Steps) {
		return p.Here() + 1
	}
	return 0
}

// StepName is the unit's name for a step, "" for one there is not.
func (p Plan) StepName(n int) string {
	if n < 1 || n > len(p.Steps) {
		return ""
	}
	return p.Steps[n-1].Name
}

// Goal gives the goal, nil when the plan has none such.
func (p Plan) Goal(g GoalID) *Goal {
	for i := range p.Goals {
		if p.Goals[i].ID == g {
			return &p.Goals[i]
		}
	}
	return nil
}

// Task gives the task, nil when the plan has none such.
func (p Plan) Task(t TaskID) *Task {
	for i := range p.Tasks {
		if p.Tasks[i].ID == t {
			return &p.Tasks[i]
		}
	}
	return nil
}

// Measure gives the measure, nil when the plan has none such.
func (p Plan) Measure(m MeasureID) *Measure {
	for i := range p.Measures {
		if p.Measures[i].ID == m {
			return &p.Measures[i]
		}
	}
	return nil
}

// OpenGoals are the goals that are alive, in the person's order.
func (p Plan) OpenGoals() []Goal {
	var list []Goal
	for _, g := range p.Goals {
		if g.State == Open {
			list = append(list, g)
		}
	}
	return list
}

// OpenTasks are the tasks still to do.
func (p Plan) OpenTasks() []Task {
	var list []Task
	for _, t := range p.Tasks {
		if t.State == Open {
			list = append(list, t)
		}
	}
	return list
}

// Running are the measures that have not ended.
func (p Plan) Running() []Measure {
	var list []Measure
	for _, m := range p.Measures {
		if m.EndedOn == "" {
			list = append(list, m)
		}
	}
	return list
}

// Loose tells whether a measure serves no goal that is alive or reached. It is a mark on the measure.
func (p Plan) Loose(m Measure) bool {
	g := p.Goal(m.Goal)
	return g == nil || g.State == Dropped
}

// LooseCount is how many measures under way serve no goal.
func (p Plan) LooseCount() int {
	n := 0
	for _, m := range p.Running() {
		if p.Loose(m) {
			n++
		}
	}
	return n
}

// checkYes says what is wrong with a yes: how it was given, and the day, which is never to come.
func checkYes(form *fault.Form, how How, on, today clock.Date) {
	if how != AtTable && how != OnPaper {
		form.Add("how", "plan.how.needed")
	}
	if on > today {
		form.Add("on", "plan.on.future")
	}
}
