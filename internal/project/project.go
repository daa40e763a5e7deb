// Package project is what a fund pays for at a unit: a project with its days, and what is kept as its evidence when it is over. The
// evidence is times, numbers and decisions. It leads to nobody, so each person's record is weeded on its own day, and the evidence is
// kept for as long as the project's own rule says.
package project

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/pnr"
	"sluss/internal/store"
)

type projectTag struct{}

// ID is the id of a project.
type ID = id.Of[projectTag]

// Desk is where projects and their evidence are kept.
type Desk struct{ Store *store.Store }

// Readers are the roles that read of a unit's projects. The head alone writes.
var Readers = []access.Role{access.Head, access.Coordinator}

// Settles is for how many days after a project's last day attendance may still be put right, before its evidence is set apart.
const Settles = 30

const (
	mostName = 120
	mostWhy  = 500
)

// Keep is until when evidence is kept, the day itself too, and why.
type Keep struct {
	Until clock.Date
	Why   string
	On    clock.Date // when it was written
	By    id.Post
}

// Project is one project of a unit.
type Project struct {
	ID          ID
	Name        string
	Funder      string
	First, Last clock.Date
	Taken       clock.Date // when its evidence was set apart, "" until then
	Gone        clock.Date // when that was destroyed, "" until then
	Version     int
	Keep        Keep
}

// TakenOn is the day its evidence is set apart.
func (p Project) TakenOn() clock.Date { return p.Last.Add(Settles + 1) }

// Time is one time that an activity was held in a project.
type Time struct {
	Activity  string
	On        clock.Date
	At, Until clock.LocalTime
	Came      int
}

// Minutes is how long it was.
func (t Time) Minutes() int { return t.Until.Minutes() - t.At.Minutes() }

// Decision is one decision on an activity of a project.
type Decision struct {
	Activity string
	On       clock.Date
	State    activity.State
	Why      string
}

// Evidence is what is kept of a project.
type Evidence struct {
	People    int // how many different people came
	Times     []Time
	Decisions []Decision
}

// Came is how many times somebody came, and how many minutes that was together.
func (e Evidence) Came() (times, minutes int) {
	for _, t := range e.Times {
		times += t.Came
		minutes += t.Came * t.Minutes()
	}
	return times, minutes
}

// Form is a project as it is written down.
type Form struct {
	Name, Funder string
	First, Last  clock.Date
	Activities   []activity.ID
	Until        clock.Date
	Why          string
}

func (f Form) check(today clock.Date) error {
	form := slices.Concat(line("name", f.Name, mostName, today), line("funder", f.Funder, mostName, today))
	if f.First == "" {
		form.Add("first", "project.first.needed")
	}
	if f.Last == "" {
		form.Add("last", "project.last.needed")
	} else if f.Last < f.First {
		form.Add("last", "project.last.before")
	}
	if len(f.Activities) == 0 {
		form.Add("activity", "project.activity.needed")
	}
	if f.Last != "" {
		form = append(form, keeps(max(f.Last.Add(Settles+1), today), f.Until)...)
	}
	return append(form, line("why", f.Why, mostWhy, today)...).Err()
}

// keeps refuses an end of keeping that lacks or comes before a day.
func keeps(soonest, until clock.Date) (form fault.Form) {
	if until == "" {
		form.Add("until", "project.until.needed")
	} else if until < soonest {
		form.Add("until", "project.until.early", soonest)
	}
	return form
}

// line refuses what lacks, is too long, or holds a personal number.
func line(field, text string, most int, today clock.Date) (form fault.Form) {
	switch {
	case text == "":
		form.Add(field, "project."+field+".needed")
	case len([]rune(text)) > most:
		form.Add(field, "form.long", most)
	case pnr.Within(text, today):
		form.Add(field, "form.personal")
	}
	return form
}
