// Package away is what somebody tells of not coming to a meeting, a group start, their own start or a day at a workplace. Whom it concerns
// reads it, and that is all that follows: nothing is moved, ended, sent or counted by it, and it writes nothing to the thread.
package away

import (
	"strings"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type (
	tag    struct{}
	refTag struct{}
)

// ID is the id of what somebody told.
type ID = id.Of[tag]

// Desk is where it is kept.
type Desk struct{ Store *store.Store }

// What an access must cover. Why is health, and opened for the person and whom it concerns alone.
const (
	Need   = access.Contact | access.Activities | access.Thread
	Own    = Need | access.Health
	Seen   = access.Contact | access.Health // for whom it concerns
	Listed = access.Identity | access.Contact
)

// The days around today within which one can tell of not coming: as long after as one may have been ill, and the days at a workplace
// that are told of ahead.
const (
	late   = 7
	closer = 14
)

// Kind is what one does not come to.
type Kind string

// The kinds, as stored.
const (
	Talk  Kind = "talk"  // a meeting that was agreed
	Start Kind = "start" // a group start
	First Kind = "own"   // the individual start
	Work  Kind = "work"  // a day at a workplace
)

// Key says which time: the same meeting, and of what comes back also the day.
type Key struct {
	Kind Kind
	Ref  int64
	On   clock.Date
}

// String is how it stands in an address.
func (k Key) String() string {
	return string(k.Kind) + "." + id.Of[refTag](k.Ref).String() + "." + string(k.On)
}

// ParseKey reads what String wrote; Missing for anything else.
func ParseKey(s string) (k Key, err error) {
	kind, rest, _ := strings.Cut(s, ".")
	ref, on, _ := strings.Cut(rest, ".")
	var row id.Of[refTag]
	if k.On, err = clock.ParseDate(on); err != nil || row.UnmarshalText([]byte(ref)) != nil {
		return Key{}, fault.Missing
	}
	k.Kind, k.Ref = Kind(kind), int64(row)
	return k, nil
}

// Excuse is why, and when they could come in its place. All of it may be empty, and nobody asks for more.
type Excuse struct {
	Ill  bool
	Why  string // in the person's own words
	When string
}

const most = 500

func (e Excuse) check() error {
	var form fault.Form
	if utf8.RuneCountInString(e.Why) > most {
		form.Add("why", "form.long", most)
	}
	if utf8.RuneCountInString(e.When) > most {
		form.Add("when", "form.long", most)
	}
	return form.Err()
}

// fields are what is sealed; that somebody was ill is as long as that they were not.
func (e Excuse) fields() []string {
	if e.Ill {
		return []string{"1", e.Why, e.When}
	}
	return []string{"0", e.Why, e.When}
}

func placeOf(k ID) vault.Place { return vault.Place{Table: "away", Column: "sealed", Row: int64(k)} }

// Word is what somebody told.
type Word struct {
	ID      ID
	At      clock.Instant
	By      id.Post // who wrote it down, 0 for the person themself
	Paper   bool
	ReadAt  clock.Instant // 0 until whom it concerns has read it
	ReadBy  id.Post
	Version int
	Excuse
}

// Time is when somebody is expected, or was.
type Time struct {
	Key
	At    clock.LocalTime
	Until clock.LocalTime // of a day at a workplace
	How   string          // of a meeting one of contact.Hows, of a placement one of its kinds
	Room  int64           // 0 for none
	Who   id.Post         // whom one meets, 0 for a group start and at a workplace
	Place string          // what the workplace is called
	Word  *Word           // nil when nothing has been told
}

// Begun tells whether it has begun.
func (t Time) Begun(now clock.Instant) bool {
	return t.On < now.Date() || t.On == now.Date() && t.At <= now.LocalTime()
}

// concerns tells whether what is told of is read by the actor: of a group start by who runs it, else by the person's coach, by whom they
// were to meet, and by anybody at the unit where they have no coach.
func concerns(actor *access.Actor, k Kind, coach, meets id.Post, leaders string) bool {
	me := actor.Post()
	if k == Start {
		return actor.Role() == access.Coordinator || strings.Contains(" "+leaders+" ", " "+me.String()+" ")
	}
	return (coach == 0 || coach == me || meets == me) && actor.Role() != access.Reception
}
