// Package opinion is what somebody thinks of how they are met: a complaint, a wish or praise, from a person or from nobody that is
// known. It goes past one's own coach, is answered within a set time by somebody whom it is not about, and is published nowhere.
package opinion

import (
	"slices"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type tag struct{}

// ID is the id of an opinion.
type ID = id.Of[tag]

// Desk is where opinions come in and are answered.
type Desk struct {
	Store *store.Store
	Vault *vault.Vault
	Clock clock.Clock
}

// Kind is what sort of opinion it is.
type Kind string

// The kinds, as stored; their names are texts public.opinion.kind.*.
const (
	Complaint Kind = "complaint"
	Wish      Kind = "wish"
	Praise    Kind = "praise"
)

// Kinds are all of them, in the order of the form.
var Kinds = []Kind{Praise, Wish, Complaint}

// About is whom it is about, which decides who may not answer it.
type About string

// Whom it may be about, as stored; their names are texts public.opinion.about.*.
const (
	House    About = "house"    // nobody
	Somebody About = "somebody" // one who works at the unit
	Head     About = "head"     // who leads the unit
)

// Abouts are all of them, in the order of the form.
var Abouts = []About{House, Somebody, Head}

// How is the way it came in.
type How string

// The ways, as stored; their names are texts opinion.how.*.
const (
	Web    How = "web"   // written on the pages for everybody
	Own    How = "own"   // written by a person on their own pages
	Desked How = "desk"  // typed in by staff for somebody who told of it
	Table  How = "table" // said by a person at the table, together with staff
	Paper  How = "paper" // written by a person on a form, and typed in by staff
)

// State is where an opinion stands.
type State string

// The states.
const (
	Waiting  State = "waiting"
	Answered State = "answered"
	Spam     State = "spam" // nobody's opinion
)

// Words are what was written, sealed.
type Words struct {
	Text  string
	Reach string // who wrote and how one reaches them, if they want to tell
}

const wordFields = 2

// Opinion is one that has come in.
type Opinion struct {
	ID       ID
	Who      id.Person // 0 where nobody knows who wrote
	Kind     Kind
	About    About
	Post     id.Post // who it is about, where a person has said so
	How      How
	To       id.Post // who answers
	Words            // empty where the reader may not see them, and once they are destroyed
	On       clock.Date
	Due      clock.Date
	State    State
	Answer   string
	Answered clock.Instant
	Changed  string // what the unit has changed because of it
	Version  int
}

// Form is what somebody has written. Press is the same for two presses of one button.
type Form struct {
	Kind  Kind
	About About
	Post  id.Post // who it is about, of a person who has said so
	Words
	Press []byte
}

// Longest is how many characters an opinion, its answer and what was changed may have.
const Longest = 4000

// Check says what is wrong with what was written, by the fields: kind, words, about.
func (f *Form) Check() error {
	var form fault.Form
	if !slices.Contains(Kinds, f.Kind) {
		form.Add("kind", "form.choose")
	}
	f.Text = strings.TrimSpace(f.Text)
	form = append(form, wrong(f.Text, "words", "public.opinion.words.needed")...)
	if !slices.Contains(Abouts, f.About) {
		form.Add("about", "form.choose")
	}
	return form.Err()
}

// wrong says what is wrong with what was written, at the field.
func wrong(words, field, needed string) (form fault.Form) {
	if words == "" && needed != "" {
		form.Add(field, needed)
	}
	if len([]rune(words)) > Longest {
		form.Add(field, "form.long", Longest)
	}
	return form
}

func place(column string, o ID) vault.Place {
	return vault.Place{Table: "opinion", Column: column, Row: int64(o)}
}
