// Package reading is the log of disclosures shown to the person it is about: who has read, when, what, why and by what right.
package reading

import (
	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Desk is where people see who has read about them.
type Desk struct {
	Store *store.Store
}

// Log is one page of who has read about somebody, the newest first.
type Log struct {
	Days   []Day
	Older  clock.Date // the next page has the days before this one; "" when there is none
	Recent Recent
	Units  []Unit // where they are who have read, to choose among
}

// Recent tells who has read the last days.
type Recent struct {
	People int // different workers
	Units  []UnitPeople
}

// UnitPeople is how many of a unit have read.
type UnitPeople struct {
	Unit   string
	People int
}

// RecentDays is how far back Recent goes.
const RecentDays = 30

// Unit is a unit by its name.
type Unit struct {
	ID   id.Unit
	Name string
}

// Day is what was read on a day.
type Day struct {
	On    clock.Date
	Lines []Line
}

// Line is what one post read on a day.
type Line struct {
	On   clock.Date
	Post id.Post       // 0 for the person themself, and for whom they have shown something
	Link access.LinkID // by which the person has shown something, 0 for none
	Name string        // the worker's, "" when it is not shown; or whom the person made the link for
	Role access.Role
	Unit string
	Acts []Act
}

// Self tells whether the line is what the person has looked at themself.
func (l Line) Self() bool { return l.Post == 0 && l.Link == 0 }

// Act is what was done, for a purpose and by a right, at one or several times.
type Act struct {
	List       bool // in lists, which stand once for a day
	Action     access.Action
	Categories access.Category
	Purpose    access.Purpose
	Ground     access.Ground
	At         []clock.Instant // the newest first
}

// shown is a row of the log as it is read.
type shown struct {
	on       clock.Date
	opened   int64
	id       audit.ID
	at       clock.Instant
	post     id.Post
	link     access.LinkID
	action   access.Action
	purpose  access.Purpose
	ground   access.Ground
	covers   access.Category
	name     string
	hidden   int
	role     access.Role
	unitName string
}

func (s shown) act() Act {
	return Act{s.opened == 0, s.action, s.covers, s.purpose, s.ground, nil}
}

func (a Act) same(b Act) bool {
	return a.List == b.List && a.Action == b.Action && a.Categories == b.Categories && a.Purpose == b.Purpose && a.Ground == b.Ground
}

// group puts rows, the newest first, together by day and post. A name that is not to be shown goes no further than here.
func group(rows []shown) (days []Day) {
	for _, r := range rows {
		if len(days) == 0 || days[len(days)-1].On != r.on {
			days = append(days, Day{On: r.on})
		}
		d := &days[len(days)-1]
		line := d.line(r)
		act := r.act()
		for i := range line.Acts {
			if line.Acts[i].same(act) {
				line.Acts[i].At = append(line.Acts[i].At, r.at)
				act.Action = 0
				break
			}
		}
		if act.Action != 0 {
			act.At = []clock.Instant{r.at}
			line.Acts = append(line.Acts, act)
		}
	}
	return days
}

func (d *Day) line(r shown) *Line {
	for i := range d.Lines {
		if d.Lines[i].Post == r.post && d.Lines[i].Unit == r.unitName && d.Lines[i].Link == r.link {
			return &d.Lines[i]
		}
	}
	l := Line{On: r.on, Post: r.post, Link: r.link, Name: r.name, Role: r.role, Unit: r.unitName}
	if r.hidden == 1 {
		l.Name = ""
	}
	d.Lines = append(d.Lines, l)
	return &d.Lines[len(d.Lines)-1]
}
