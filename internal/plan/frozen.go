package plan

import (
	"encoding/json"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/vault"
)

// Frozen is a plan as it was when it was agreed.
type Frozen struct {
	Step     int             `json:"step"`
	StepName string          `json:"step_name"`
	Goals    []FrozenGoal    `json:"goals"`
	Tasks    []FrozenTask    `json:"tasks"`
	Measures []FrozenMeasure `json:"measures"`
	Promise  string          `json:"promise"`
}

// FrozenGoal is a goal as it was agreed.
type FrozenGoal struct {
	ID          GoalID `json:"id"`
	Words       string `json:"words"`
	Lang        string `json:"lang"`
	Translation string `json:"translation"`
	To          string `json:"to,omitzero"`
}

// FrozenTask is a task as it was agreed.
type FrozenTask struct {
	ID    TaskID `json:"id"`
	Words string `json:"words"`
	Other string `json:"other"`
	Who   Who    `json:"who"`
}

// FrozenMeasure is a measure as it was agreed.
type FrozenMeasure struct {
	ID       MeasureID  `json:"id"`
	What     string     `json:"what"`
	Goal     GoalID     `json:"goal,omitzero"`
	Agency   id.Agency  `json:"agency,omitzero"`
	WhyNow   string     `json:"why_now"`
	WhatNext string     `json:"what_next"`
	From     clock.Date `json:"from"`
	To       clock.Date `json:"to"`
}

// Freeze gives what somebody agrees to: what is alive in the plan.
func (p Plan) Freeze() Frozen {
	f := Frozen{Step: p.Here(), StepName: p.StepName(p.Here()), Promise: p.Promise}
	for _, g := range p.OpenGoals() {
		f.Goals = append(f.Goals, FrozenGoal{g.ID, g.Words, g.Lang, g.Translation, g.To})
	}
	for _, t := range p.OpenTasks() {
		f.Tasks = append(f.Tasks, FrozenTask{t.ID, t.Words, t.Other, t.Who})
	}
	for _, m := range p.Running() {
		f.Measures = append(f.Measures, FrozenMeasure{m.ID, m.What, m.Goal, m.Agency, m.WhyNow, m.WhatNext, m.From, m.To})
	}
	return f
}

// Difference is one thing that is otherwise than it was agreed. Was is "" for what is new, Is for what is no more; of a
// task that only changed hands both are who does it.
type Difference struct {
	Kind    string // goal, task, who, measure
	What    string // of what, when Was and Is do not tell
	Was, Is string
}

// Since tells what has changed from one time to another. Steps are not in it: they move with a yes of their own.
func Since(was, is Frozen) []Difference {
	list := compare("goal", was.Goals, is.Goals, func(g FrozenGoal) (int64, string) { return int64(g.ID), g.Words })
	list = append(list, compare("task", was.Tasks, is.Tasks, func(t FrozenTask) (int64, string) { return int64(t.ID), t.Words })...)
	list = append(list, handed(was.Tasks, is.Tasks)...)
	return append(list, compare("measure", was.Measures, is.Measures, func(m FrozenMeasure) (int64, string) { return int64(m.ID), m.told() })...)
}

func (m FrozenMeasure) told() string {
	s := m.What
	for _, more := range []string{m.WhyNow, m.WhatNext} {
		if more != "" {
			s = strings.TrimRight(s, ".") + ". " + more
		}
	}
	return strings.TrimRight(s, ".")
}

func compare[T any](kind string, was, is []T, told func(T) (int64, string)) []Difference {
	var list []Difference
	before, kept := map[int64]string{}, map[int64]bool{}
	for _, w := range was {
		k, words := told(w)
		before[k] = words
	}
	for _, i := range is {
		k, words := told(i)
		kept[k] = true
		if old, ok := before[k]; !ok || old != words {
			list = append(list, Difference{Kind: kind, Was: old, Is: words})
		}
	}
	for _, w := range was {
		if k, words := told(w); !kept[k] {
			list = append(list, Difference{Kind: kind, Was: words})
		}
	}
	return list
}

func handed(was, is []FrozenTask) []Difference {
	var list []Difference
	before := map[TaskID]Who{}
	for _, t := range was {
		before[t.ID] = t.Who
	}
	for _, t := range is {
		if w, ok := before[t.ID]; ok && w != t.Who {
			list = append(list, Difference{Kind: "who", What: t.Words, Was: string(w), Is: string(t.Who)})
		}
	}
	return list
}

func agreedPlace(a AgreedID) vault.Place {
	return vault.Place{Table: "plan_agreed", Column: "sealed", Row: int64(a)}
}

func (f Frozen) seal(a access.Access, at AgreedID) ([]byte, error) {
	b, err := json.Marshal(f)
	if err != nil {
		return nil, err
	}
	return a.Key(access.Plan).Seal(agreedPlace(at), string(b)), nil
}

func openFrozen(a access.Access, at AgreedID, sealed []byte) (f Frozen, err error) {
	text, err := a.Key(access.Plan).Open(agreedPlace(at), 1, sealed)
	if err != nil {
		return f, err
	}
	err = json.Unmarshal([]byte(text[0]), &f)
	return f, err
}
