// Package proposal is what a person wants changed in their plan, of what is not theirs alone to change: they say it in their own words,
// are answered yes, or no with a reason, and can take it back or put another in its place. A yes changes nothing by itself: who gave it
// makes the change where such changes are made, and says when it is done.
package proposal

import (
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type tag struct{}

// ID is the id of a proposal.
type ID = id.Of[tag]

// Desk is where changes are proposed and answered.
type Desk struct{ Store *store.Store }

// What an access must cover: Need for proposals to be read, answered or taken back, Makes for one to be made, since it is about something
// in the plan or the calendar.
const (
	Need  = access.Plan
	Makes = place.Need | access.Contact
)

// About is what kind of thing a proposal is about.
type About string

// The kinds, as stored.
const (
	Task    About = "task"
	Measure About = "measure"
	Meeting About = "meeting"
	Start   About = "start" // the start of their own, which is a meeting too
	Work    About = "work"  // the times at a workplace
	Place   About = "place"
	New     About = "new" // something that is not in the plan
)

// Timed tells whether it is something on a day at a time.
func (a About) Timed() bool { return a == Meeting || a == Start }

// State is how far a proposal has come.
type State string

// The states, as stored.
const (
	Waiting   State = "waiting"
	Approved  State = "approved" // and not made yet
	Done      State = "done"
	Declined  State = "declined"
	Withdrawn State = "withdrawn"
	Replaced  State = "replaced"
)

// Open tells whether somebody still has something to do about it: then it can be taken back or replaced.
func (s State) Open() bool { return s == Waiting || s == Approved }

// Proposal is a change that a person proposes, and the answer.
type Proposal struct {
	ID         ID
	About      About
	Ref        int64  // the id of what it is about, 0 for New
	Thing      string // what that was called then: its words, or the day and time of what is Timed
	Words      string // the person's own
	Because    string
	How        plan.How
	Post       id.Post // who wrote it with them, 0 for the person alone
	Made       clock.Instant
	State      State
	Since      clock.Instant
	Answer     string
	Answered   clock.Instant // 0 until there is an answer
	Answerer   id.Post
	Replaces   ID // 0 for none
	ReplacedBy ID // 0 for none
	Version    int
}

// Meets gives the day and time of what it is about, when that is Timed, as they were then.
func (p Proposal) Meets() (clock.Date, clock.LocalTime) {
	on, at, _ := strings.Cut(p.Thing, " ")
	return clock.Date(on), clock.LocalTime(at)
}

// Form is what is proposed. Replaces and Seen are the older one that it stands in place of, in the version that was read.
type Form struct {
	Thing    string // the key of a Thing
	Words    string
	Because  string
	Replaces ID
	Seen     int
}

// mostWords bounds each of the texts, in characters.
const mostWords = 2000

// check says what is wrong with the form, by its fields: thing, words, because.
func (f *Form) check(things []Thing) (about Thing, err error) {
	var form fault.Form
	about, ok := Find(things, f.Thing)
	if !ok {
		form.Add("thing", "form.choose")
	}
	f.Words, f.Because = strings.TrimSpace(f.Words), strings.TrimSpace(f.Because)
	if f.Words == "" {
		form.Add("words", "proposal.words.needed")
	}
	long(&form, "words", f.Words)
	long(&form, "because", f.Because)
	return about, form.Err()
}

func long(form *fault.Form, field, words string) {
	if len([]rune(words)) > mostWords {
		form.Add(field, "form.long", mostWords)
	}
}

func sealedAt(column string, p ID) vault.Place {
	return vault.Place{Table: "proposal", Column: column, Row: int64(p)}
}
