package flow

import (
	"strings"

	"sluss/internal/clock"
)

// Month is one month of a gateway in numbers of people. Stocks are as they were at its end, or today.
type Month struct {
	Month      clock.Date // its first day
	Population int        // adults on social assistance, -1 where nobody has said

	Arrived  int // came into the queue, by their own wish or another's
	Outreach int // of those, how many the gateway itself had reached out to
	Called   int // were called to a group start
	Began    int // had the individual start
	Gone     int // left the line before the individual start

	Waiting int   // stock: in the queue
	OnWay   int   // stock: called, or waiting for the individual start
	Steps   []int // stock: in each step
	Paused  int   // stock

	MovedOn []int // came into each step from another; the first is 0 unless somebody went back
	Work    int   // left to work
	Studies int   // left to studies
	Other   int   // left to anything else
	Back    int   // came back within 12 months of an exit
}

// Left is how many left as participants.
func (m Month) Left() int { return m.Work + m.Studies + m.Other }

// InLine is how many wait for their individual start.
func (m Month) InLine() int { return m.Waiting + m.OnWay }

// Inside is how many are participants.
func (m Month) Inside() int {
	n := m.Paused
	for _, s := range m.Steps {
		n += s
	}
	return n
}

// The ways out that are told apart; all other reasons are Other.
const (
	Work    = "work"
	Studies = "studies"
	Other   = "other"
)

// WayOut groups the reason of an exit.
func WayOut(reason string) string {
	switch {
	case strings.HasPrefix(reason, "work"), strings.HasPrefix(reason, "arbete"):
		return Work
	case strings.HasPrefix(reason, "stud"):
		return Studies
	}
	return Other
}

// table gives each month of the span, with so many steps.
func (s span) table(steps int) []Month {
	var list []Month
	at := map[clock.Date]int{}
	for m := s.from; m <= s.today; m = m.AddMonths(1) {
		at[m] = len(list)
		list = append(list, Month{Month: m, Population: -1, Steps: make([]int, steps), MovedOn: make([]int, steps)})
	}
	change := make([]Month, len(list))
	for i := range change {
		change[i].Steps = make([]int, steps)
	}
	for c, v := range s.groups {
		if c.Kind == stock {
			change[0].stock(Stock(c.Code), v) // all there is today, of which the months' changes are taken away again
		}
	}
	for c, v := range s.months {
		i, ok := at[c.On]
		if !ok {
			continue
		}
		if c.Kind == stock {
			change[0].stock(Stock(c.Code), -v)
			change[i].stock(Stock(c.Code), v)
		} else {
			list[i].flow(c, v)
		}
	}
	sum := Month{Steps: make([]int, steps)}
	for i := range list {
		sum.plus(change[i])
		list[i].Waiting, list[i].OnWay, list[i].Paused = sum.Waiting, sum.OnWay, sum.Paused
		copy(list[i].Steps, sum.Steps)
	}
	return list
}

func (m *Month) plus(c Month) {
	m.Waiting, m.OnWay, m.Paused = m.Waiting+c.Waiting, m.OnWay+c.OnWay, m.Paused+c.Paused
	for i, n := range c.Steps {
		m.Steps[i] += n
	}
}

// stock adds to a stock. A step beyond the unit's last, left from a time when it had more, counts as the last.
func (m *Month) stock(s Stock, n int) {
	switch {
	case s == Waiting:
		m.Waiting += n
	case s.InLine():
		m.OnWay += n
	case s == Paused:
		m.Paused += n
	case len(m.Steps) > 0:
		m.Steps[min(s.step(), len(m.Steps))-1] += n
	}
}

func (m *Month) flow(c cell, n int) {
	switch c.Kind {
	case arrived:
		m.Arrived += n
		if strings.HasPrefix(c.Code, "uppsokt") {
			m.Outreach += n
		}
	case called:
		m.Called += n
	case began:
		m.Began += n
	case gone:
		m.Gone += n
	case cameBack:
		m.Back += n
	case moved:
		m.MovedOn[min(Stock("step"+c.Code).step(), len(m.MovedOn))-1] += n
	case left:
		m.out(WayOut(c.Code), n)
	}
}

func (m *Month) out(to string, n int) {
	switch to {
	case Work:
		m.Work += n
	case Studies:
		m.Studies += n
	default:
		m.Other += n
	}
}
