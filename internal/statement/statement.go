// Package statement is what a gateway states of somebody's hours to those who decide on their support: facts alone, counted by week and
// month, which the person sees first and may comment on. It judges nothing, asks for nothing and ends nothing; who decides, judges.
package statement

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type (
	statementTag struct{}
)

// ID is the id of a statement.
type ID = id.Of[statementTag]

// Desk is where statements are kept.
type Desk struct{ Store *store.Store }

// What an access must cover.
const (
	Need = attendance.Need                               // to count hours
	Seen = Need | access.Identity | access.Collaboration // for staff: whose they are, and by what right they may go
)

// Limits of what is written.
const (
	longest      = 6 // months in one statement
	mostReceiver = 100
)

// Mark is a fact about somebody at an occasion.
type Mark = attendance.Mark

// Marks are the facts that hours are counted in, in the order of the table. That somebody was ill is not among them.
var Marks = []Mark{attendance.Here, attendance.Part, attendance.Told, attendance.Untold, attendance.Other, attendance.Unmarked}

// Week is the part of an ISO week that lies in one month, with the minutes of the occasions somebody was expected at.
type Week struct {
	Month    clock.Date   `json:"month"` // the first day of it
	Number   int          `json:"week"`
	From     clock.Date   `json:"from"` // the first day of the part, and the last
	To       clock.Date   `json:"to"`
	Expected int          `json:"expected"`
	Of       map[Mark]int `json:"of"`
}

// How is how the person saw a statement.
type How string

// The ways: by themself on their own pages, together with staff, or on a sheet of paper that they were given.
const (
	Alone   How = "own"
	AtTable How = "table"
	OnPaper How = "paper"
)

// Ground is the right by which a zone may be given a statement.
type Ground struct {
	Law string // the code of a law, "" for the person's own yes
	ID  int64  // of the yes or of the decision
}

// Statement is one statement of hours over some days.
type Statement struct {
	ID       ID
	Unit     id.Unit
	From, To clock.Date // the first day and the last
	Weeks    []Week
	At       clock.Instant // when it was counted
	By       id.Post
	ShownHow How // "" until the person has seen it
	ShownAt  clock.Instant
	ShownBy  id.Post     // 0 for the person themself
	Zone     access.Zone // whom it was handed to, 0 until then
	Ground   Ground
	Receiver string // by name, who took it there
	HandedAt clock.Instant
	HandedBy id.Post
	Version  int
	Comments []comment.Comment // in the order they were said
}

// Shown tells whether the person has seen it as it stands.
func (s Statement) Shown() bool { return s.ShownHow != "" }

// Handed tells whether it has gone; from then on it is never changed.
func (s Statement) Handed() bool { return s.Zone != 0 }

// Total sums up weeks.
func Total(weeks []Week) Week {
	t := Week{Of: map[Mark]int{}}
	for _, w := range weeks {
		t.Expected += w.Expected
		for m, n := range w.Of {
			t.Of[m] += n
		}
	}
	return t
}

// Months gives the weeks month by month, in order.
func (s Statement) Months() [][]Week {
	var months [][]Week
	for _, w := range s.Weeks {
		if n := len(months); n > 0 && months[n-1][0].Month == w.Month {
			months[n-1] = append(months[n-1], w)
		} else {
			months = append(months, []Week{w})
		}
	}
	return months
}

// count sums up the hours of times within the days of a form, in order. One who was away and has been in touch, before or after, is counted as one
// who has; why is not asked.
func (f Form) count(times []attendance.Time, now clock.Instant) []Week {
	var weeks []Week
	for _, t := range times {
		if !t.Expected(now) {
			continue
		}
		_, number := t.On.Time().ISOWeek()
		n := len(weeks)
		if n == 0 || weeks[n-1].Number != number || weeks[n-1].Month != t.On.Month() {
			weeks = append(weeks, f.part(t.On, number))
			n++
		}
		minutes, m := t.Until.Minutes()-t.At.Minutes(), t.Mark
		if m == attendance.Untold && t.Word != nil {
			m = attendance.Told
		}
		weeks[n-1].Expected += minutes
		weeks[n-1].Of[m] += minutes
	}
	return weeks
}

// part is the part of a day's week that lies in the day's month, and within the days of the form.
func (f Form) part(on clock.Date, number int) Week {
	monday := on.Add(-(int(on.Weekday()) + 6) % 7)
	month := on.Month()
	return Week{Month: month, Number: number, From: max(monday, month, f.From), To: min(monday.Add(6), month.AddMonths(1).Add(-1), f.To), Of: map[Mark]int{}}
}

// Form is the days of a statement, both counted in, all of them over.
type Form struct{ From, To clock.Date }

func (f Form) check(today clock.Date) error {
	var form fault.Form
	if f.From == "" || f.From >= today {
		form.Add("from", "statement.from.needed")
	}
	if f.To == "" || f.To >= today || f.To < f.From || f.From != "" && f.To >= f.From.AddMonths(longest) {
		form.Add("to", "statement.to.needed", longest)
	}
	return form.Err()
}

func (f Form) span() clock.Span { return clock.Span{From: f.From, To: f.To.Add(1)} }

// HandForm is who a statement is handed to.
type HandForm struct {
	Zone     access.Zone
	Receiver string // by name
}

func (f *HandForm) check(to []Receiver) (Ground, error) {
	var form fault.Form
	f.Receiver = strings.TrimSpace(f.Receiver)
	if f.Receiver == "" {
		form.Add("receiver", "statement.receiver.needed")
	}
	if utf8.RuneCountInString(f.Receiver) > mostReceiver {
		form.Add("receiver", "form.long", mostReceiver)
	}
	i := slices.IndexFunc(to, func(r Receiver) bool { return r.ID == f.Zone })
	if i < 0 {
		form.Add("zone", "statement.zone.needed")
		return Ground{}, form.Err()
	}
	return to[i].Ground, form.Err()
}

// Receiver is a branch that decides on people's support, and the right by which it may be given the statement.
type Receiver struct {
	org.Party
	Ground Ground
}

// receivers gives who may be given a statement now: those who decide on money, whom the person's own yes or a law lets see who was here.
func receivers(parties []org.Party, yes []access.Consent, laws []access.Lawful, now clock.Instant) []Receiver {
	var list []Receiver
	for _, p := range parties {
		if !p.Money || !p.Live {
			continue
		}
		if i := slices.IndexFunc(yes, func(c access.Consent) bool {
			return c.Zone == p.ID && c.Live(now) && c.Categories&access.Attendance != 0
		}); i >= 0 {
			list = append(list, Receiver{p, Ground{ID: int64(yes[i].ID)}})
		} else if i := slices.IndexFunc(laws, func(l access.Lawful) bool {
			return l.Zone == p.ID && l.Live(now) && l.Categories&access.Attendance != 0
		}); i >= 0 {
			list = append(list, Receiver{p, Ground{laws[i].Law, int64(laws[i].ID)}})
		}
	}
	return list
}

func placeOf(k ID) vault.Place {
	return vault.Place{Table: "statement", Column: "sealed", Row: int64(k)}
}
