// Package attendance is who was here at each occasion: facts that can be put right, what somebody told of not coming, and
// whom one has not heard from for long. Nothing follows from it but a call. It writes nothing to the thread, which a partner
// may be shown and from which all else is counted.
package attendance

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type wordTag struct{}

// Desk is where attendance is kept.
type Desk struct{ Store *store.Store }

// What an access must cover. Whether somebody rests is read from the thread's category; what is said of an illness is health,
// and opened for the person and their coach alone.
const (
	Need   = access.Activities | access.Attendance | access.Thread
	Shown  = access.Identity | Need                                                // for a list
	Seen   = Shown | access.Health                                                 // for the page about one person
	Listed = access.Identity | access.Contact | access.Attendance                  // for whom one has not heard from
	Own    = access.Activities | access.Attendance | access.Thread | access.Health // for the person themself
)

// Mark is a fact about somebody at an occasion. Whether there was a good reason is nobody's here to judge.
type Mark string

// The marks. Unmarked is what nobody has said anything about yet.
const (
	Unmarked Mark = ""
	Here     Mark = "here"
	Part     Mark = "part"   // here for a part of it
	Told     Mark = "told"   // away, and has been in touch
	Untold   Mark = "untold" // away, and one has not heard why
	Other    Mark = "other"
)

// Marks are the facts that can be said, in the order of the form.
var Marks = []Mark{Here, Part, Told, Untold, Other}

// The days around today within which one can tell of not coming.
const (
	farthest = 62
	late     = 31
)

// Word is what somebody told of not coming.
type Word struct {
	At    clock.Instant
	Ahead bool    // before the occasion began
	By    id.Post // who wrote it down, 0 for the person themself
	Paper bool    // typed in from a paper
	Excuse
}

// Excuse is why, for the person and their coach alone. Both may be empty, and nobody asks for more.
type Excuse struct {
	Ill bool
	Why string // in the person's own words
}

const mostWhy = 500

func (e Excuse) check() error {
	var form fault.Form
	if len([]rune(e.Why)) > mostWhy {
		form.Add("why", "form.long", mostWhy)
	}
	return form.Err()
}

// fields are what is sealed; that somebody was ill is as long as that they were not.
func (e Excuse) fields() []string {
	if e.Ill {
		return []string{"1", e.Why}
	}
	return []string{"0", e.Why}
}

func wordPlace(w id.Of[wordTag]) vault.Place {
	return vault.Place{Table: "attendance_word", Column: "sealed", Row: int64(w)}
}

// begun tells whether an occasion has begun.
func begun(o schedule.Occasion, now clock.Instant) bool {
	return o.On < now.Date() || o.On == now.Date() && o.At <= now.LocalTime()
}

// Begun tells whether the time has begun.
func (t Time) Begun(now clock.Instant) bool { return begun(t.Occasion, now) }

// Tellable tells whether one can still tell of not coming to the time, on the day.
func (t Time) Tellable(today clock.Date) bool {
	return t.State == schedule.Planned && t.On <= today.Add(farthest) && t.On >= today.Add(-late)
}

// Time is one occasion as it is for one person with a place.
type Time struct {
	schedule.Occasion
	Mark     Mark
	Marking  int // the version of the mark, 0 for none
	MarkedAt clock.Instant
	MarkedBy id.Post
	Word     *Word // nil when nothing has been told
	Resting  bool  // the person had a pause that day
}

// Expected tells whether the person was expected: the occasion has begun and was not called off, and they did not rest, or
// came all the same.
func (t Time) Expected(now clock.Instant) bool {
	return t.State == schedule.Planned && t.Begun(now) && (!t.Resting || t.Mark != Unmarked)
}

// Sum is how many times somebody was expected, and what is known of each.
type Sum struct {
	Expected int
	Of       map[Mark]int
}

// Add sums up the times that the person was expected at.
func Add(times []Time, now clock.Instant) Sum {
	s := Sum{Of: map[Mark]int{}}
	for _, t := range times {
		if t.Expected(now) {
			s.Expected++
			s.Of[t.Mark]++
		}
	}
	return s
}

func known(m Mark) bool { return m == Unmarked || slices.Contains(Marks, m) }
