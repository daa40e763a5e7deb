package flow

import (
	"sluss/internal/clock"
	"sluss/internal/id"
)

// The age groups: by how old somebody became in the year they came, so that nobody changes group on the way.
const (
	AgeUnknown = iota
	AgeTo24
	Age25to39
	Age40to54
	AgeFrom55
	ageGroups
)

// sexes is how many sexes there are in the counts, with not known as 0.
const sexes = 3

func ageGroup(birthYear int, came clock.Date) int {
	if birthYear == 0 {
		return AgeUnknown
	}
	switch age := came.Time().Year() - birthYear; {
	case age < 25:
		return AgeTo24
	case age < 40:
		return Age25to39
	case age < 55:
		return Age40to54
	}
	return AgeFrom55
}

// cell is one row of flow_day but its number.
type cell struct {
	Unit     id.Unit
	Kind     string
	On       clock.Date
	Code     string
	Sex, Age int
}

// counts is numbers by cell.
type counts map[cell]int

// way is one person's way at one unit.
type way struct {
	person         id.Person
	unit           id.Unit
	sex, birthYear int
	events         []Event
}

// add counts what happened on the way on the days that are wanted.
func (n counts) add(w way, wanted func(clock.Date) bool) {
	for _, c := range Follow(w.events) {
		if !wanted(c.On) {
			continue
		}
		at := cell{Unit: w.unit, On: c.On, Sex: w.sex, Age: ageGroup(w.birthYear, c.Arrived)}
		n.stock(at, c.From, -1)
		n.stock(at, c.To, +1)
		n.what(at, c)
	}
}

func (n counts) stock(at cell, s Stock, by int) {
	if s == Outside {
		return
	}
	at.Kind, at.Code = stock, string(s)
	n[at] += by
	if n[at] == 0 {
		delete(n, at)
	}
}

func (n counts) what(at cell, c Change) {
	if c.What == "" {
		return
	}
	at.Kind, at.Code = c.What, c.Code
	switch c.What {
	case began:
		at.Code = string(c.Arrived)
	case gone:
		at.Code = string(c.Arrived) + " " + c.Code
	}
	n[at]++
	if c.Back != "" {
		at.Kind, at.Code = cameBack, c.Back
		n[at]++
	}
}

// minus gives what must be added to old to get n.
func (n counts) minus(old counts) counts {
	diff := counts{}
	for c, v := range n {
		if d := v - old[c]; d != 0 {
			diff[c] = d
		}
	}
	for c, v := range old {
		if _, both := n[c]; !both && v != 0 {
			diff[c] = -v
		}
	}
	return diff
}

// The parts of flow_sum: what a page needs, summed so that it reads few rows.
const (
	inTotal = "total" // everything by month, sexes and ages together
	inGroup = "group" // by month, sex and age: who came, began, left and came back
	inNow   = "now"   // over all days, by sex and age: the stocks, and as arrived those who wait by the day they came
)

// sum is one row of flow_sum but its number; On is the month, "" for now.
type sum struct {
	part string
	cell
}

// sums gives what the days add to each sum.
func (n counts) sums() map[sum]int {
	all := map[sum]int{}
	for c, v := range n {
		for _, s := range c.sums() {
			if s.part == inNow && s.Kind == arrived && c.Kind != arrived {
				all[s] -= v
			} else {
				all[s] += v
			}
		}
	}
	return all
}

// sums are the rows of flow_sum that a cell counts in.
func (c cell) sums() []sum {
	t, g, w := c, c, c
	t.On, t.Sex, t.Age = c.On.Month(), 0, 0
	g.On = t.On
	w.On, w.Kind = "", arrived
	switch c.Kind {
	case stock:
		w.Kind = stock
		return []sum{{inTotal, t}, {inNow, w}}
	case arrived:
		g.Code, w.Code = "", string(c.On)
		return []sum{{inTotal, t}, {inGroup, g}, {inNow, w}}
	case began:
		t.Code, g.Code, w.Code = "", "", string(c.came())
		return []sum{{inTotal, t}, {inGroup, g}, {inNow, w}}
	case gone:
		t.Code, w.Code = c.Code[len("2006-01-02 "):], string(c.came())
		return []sum{{inTotal, t}, {inNow, w}}
	case left, cameBack:
		return []sum{{inTotal, t}, {inGroup, g}}
	}
	return []sum{{inTotal, t}}
}

// came is the day of arrival of those whose wait has ended.
func (c cell) came() clock.Date { return clock.Date(c.Code[:len("2006-01-02")]) }
