// Package contact is how a gateway and a person keep in touch: meetings agreed, met, moved or missed, how long ago anybody
// spoke with the person, and the notes that are written, signed and from then on locked.
package contact

import (
	"slices"

	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Desk is where notes and appointments are kept.
type Desk struct{ Store *store.Store }

type (
	noteTag        struct{}
	appointmentTag struct{}
)

// NoteID is the id of a note.
type NoteID = id.Of[noteTag]

// AppointmentID is the id of an appointment.
type AppointmentID = id.Of[appointmentTag]

// Kinds is the closed list of what a note tells of; their names are texts contact.kind.*. The first three are talks with the
// person and count as having been in touch.
var Kinds = []string{"meeting", "phone", "video", "network", "other"}

// Hows is the closed list of how one meets; their names are texts contact.how.*.
var Hows = []string{"here", "phone", "video", "elsewhere"}

// State is where a note or an appointment stands.
type State string

// The states. A note is a draft that only its author sees, then signed and locked, or dropped unsigned. An appointment is
// planned, then met, moved to another, or absent: not here that day.
const (
	Draft   State = "draft"
	Signed  State = "signed"
	Dropped State = "dropped"

	Planned State = "planned"
	IsMet   State = "met"
	IsMoved State = "moved"
	Absent  State = "absent"
)

// Held is why a signed note is not shown to the person; their names are texts contact.hold.*.
type Held string

// The grounds, "" for a note that the person reads. There is no third: what staff think of somebody is theirs to read.
const (
	Third     Held = "third"     // it tells of somebody else
	Informant Held = "informant" // somebody has told it in confidence
)

// Grounds is the closed list of them.
var Grounds = []string{string(Third), string(Informant)}

// Note is what somebody wrote.
type Note struct {
	ID          NoteID
	Person      id.Person
	Post        id.Post
	Author      string // the worker's name
	On          clock.Date
	Kind        string // one of Kinds
	Corrects    NoteID // the note that this one corrects, 0 for none
	CorrectedBy NoteID // the newest signed note that corrects this one, 0 for none
	Text        string // sealed
	State       State
	SignedAt    clock.Instant // 0 while a draft
	Held        Held
	HeldBy      id.Post           // who said so, 0 for nobody
	Comments    []comment.Comment // in the order they were said
	Version     int
}

// NoteForm is what is written. ID and Version are of the draft that is written on, 0 for a new one.
type NoteForm struct {
	ID       NoteID
	Version  int
	Corrects NoteID
	On       clock.Date
	Kind     string
	Text     string
	Held     Held
}

// check says what is wrong; a draft needs only some text, a signed note all.
func (f NoteForm) check(today clock.Date, sign bool) error {
	var form fault.Form
	if f.On > today {
		form.Add("noted", "contact.noted.ahead")
	}
	if sign && f.On == "" {
		form.Add("noted", "contact.noted.needed")
	}
	if sign && f.Kind == "" {
		form.Add("kind", "contact.kind.needed")
	}
	if f.Text == "" {
		form.Add("text", "contact.text.needed")
	}
	if !f.Held.known() {
		form.Add("held", "form.choose")
	}
	return form.Err()
}

func (h Held) known() bool { return h == "" || slices.Contains(Grounds, string(h)) }

// Appointment is a meeting agreed with a person.
type Appointment struct {
	ID      AppointmentID
	Person  id.Person
	Post    id.Post // who meets the person
	With    string  // that worker's name
	On      clock.Date
	At      clock.LocalTime
	How     string // one of Hows
	Room    int64  // 0 for none
	About   string // sealed
	State   State
	StateOn clock.Date
	MovedTo AppointmentID
	Version int
}

// Form is what is agreed. Post 0 is the actor's own.
type Form struct {
	On    clock.Date
	At    clock.LocalTime
	How   string
	Room  int64
	Post  id.Post
	About string
	Both  bool // it is agreed, whatever else the person has at the time
}

// farthest is how many days ahead a meeting can be agreed.
const farthest = 366

func (f Form) check(today clock.Date) error {
	var form fault.Form
	switch {
	case f.On == "":
		form.Add("on", "contact.on.needed")
	case f.On < today:
		form.Add("on", "contact.on.past")
	case f.On > today.Add(farthest):
		form.Add("on", "contact.on.far")
	}
	if f.At == "" {
		form.Add("at", "contact.at.needed")
	}
	if f.How == "" {
		form.Add("how", "contact.how.needed")
	}
	return form.Err()
}

// Late tells whether the day has come without anybody having said how it went.
func (p Appointment) Late(today clock.Date) bool { return p.State == Planned && p.On <= today }

func notePlace(n NoteID) vault.Place {
	return vault.Place{Table: "note", Column: "sealed", Row: int64(n)}
}

func appointmentPlace(p AppointmentID) vault.Place {
	return vault.Place{Table: "appointment", Column: "sealed", Row: int64(p)}
}
