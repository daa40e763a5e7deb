// Package sarah is what staff report that has gone wrong for those they are there for, or may go wrong (lex Sarah): to whom it
// goes, what was done about it, and what the one who reported may follow. It is apart from every record, and names nobody.
package sarah

import (
	"strconv"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/opinion"
	"sluss/internal/pnr"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type tag struct{}

// ID is the id of a report.
type ID = id.Of[tag]

// Desk is where reports come in and are looked into.
type Desk struct {
	Store *store.Store
}

// State is where a report stands.
type State string

// The states, as stored; their names are texts sarah.state.*.
const (
	Received State = "received"
	Looking  State = "looking"  // it is looked into
	Measures State = "measures" // something has been done about it
	Serious  State = "serious"  // it has been reported to the authority that supervises
	Closed   State = "closed"
)

// Steps are the states that a step can lead to, in their order.
var Steps = []State{Looking, Measures, Serious, Closed}

// Words are what the one who reports has written.
type Words struct {
	What string // what happened, or may happen
	Led  string // what it led to for whom it concerned
	Done string // what was done at once
}

const wordFields = 3

// Report is a report.
type Report struct {
	ID       ID
	Unit     id.Unit
	By       id.Post
	To       id.Post
	About    opinion.About // Head where it is about who leads the unit
	Words                  // empty in a list
	Happened clock.Date
	On       clock.Date
	State    State
	Serious  clock.Date // when it was reported to the authority that supervises; "" when it was not
	Steps    []Step
	Version  int
}

// Step is something that was done about a report.
type Step struct {
	State State
	On    clock.Date
	Words string // empty for the one who reported, but of the last
	Post  id.Post
}

// Form is a report before it is made.
type Form struct {
	Words
	Happened clock.Date
	Head     bool    // it is about who leads the unit
	Unit     id.Unit // the gateway, chosen by who works at another agency; the staff's own is not asked for
}

// Makers are the roles that may report: the staff, and those who work at other agencies and see how a gateway works.
var Makers = append([]access.Role{access.Officer}, opinion.Staff...)

// Longest is how many characters each text may have.
const Longest = 4000

// Check says what is wrong, by the fields: what, led, done, happened. Whether the unit is a gateway is asked when the report is made.
func (f *Form) Check(today clock.Date) error {
	var form fault.Form
	f.What, f.Led, f.Done = strings.TrimSpace(f.What), strings.TrimSpace(f.Led), strings.TrimSpace(f.Done)
	if f.What == "" {
		form.Add("what", "sarah.what.needed")
	}
	for _, x := range []struct{ field, words string }{{"what", f.What}, {"led", f.Led}, {"done", f.Done}} {
		form = append(form, nameless(x.field, x.words, today)...)
	}
	if f.Happened > today {
		form.Add("happened", "sarah.happened.later")
	}
	return form.Err()
}

// nameless refuses what is too long, and what holds a personal number: a report names nobody.
func nameless(field, words string, today clock.Date) (form fault.Form) {
	if len([]rune(words)) > Longest {
		form.Add(field, "form.long", Longest)
	}
	if pnr.Within(words, today) {
		form.Add(field, "form.personal")
	}
	return form
}

// StepForm is a step before it is made.
type StepForm struct {
	State State
	Words string
	On    clock.Date // of Serious: the day it was reported; else today
}

// check says what is wrong, by the fields: state, words, on.
func (f *StepForm) check(now State, today clock.Date) error {
	var form fault.Form
	f.Words = strings.TrimSpace(f.Words)
	switch {
	case f.State == "" || f.State == Received:
		form.Add("state", "form.choose")
	case f.Words == "":
		form.Add("words", "sarah.words.needed")
	}
	if f.State == Serious && (f.On == "" || f.On > today) {
		form.Add("on", "sarah.on.needed")
	}
	if f.State != Serious {
		f.On = today
	}
	if now == Closed {
		return fault.Stale
	}
	return append(form, nameless("words", f.Words, today)...).Err()
}

func place(r ID) vault.Place {
	return vault.Place{Table: "sarah_report", Column: "sealed", Row: int64(r)}
}

func stepPlace(r ID, no int) vault.Place {
	return vault.Place{Table: "sarah_step", Column: strconv.Itoa(no), Row: int64(r)}
}
