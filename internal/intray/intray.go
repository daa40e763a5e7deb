// Package intray is lists on their way in: a spreadsheet of people is read, shown with what is wrong and what each row
// would do, and put in the queue once somebody has said yes. Until then nothing is saved but the list itself, sealed.
package intray

import (
	"strings"
	"sync"
	"time"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type intrayTag struct{}

// ID is the id of a list on its way in.
type ID = id.Of[intrayTag]

// Desk is where lists are handed over.
type Desk struct {
	Store *store.Store
	Vault *vault.Vault
	Clock clock.Clock
	turn  sync.Mutex // one piece at a time in a process: rivals for the same rows would only undo each other
}

// Kept is how long a list that nobody has finished with is kept.
const Kept = 7 * 24 * time.Hour

// State is where a list stands.
type State string

// The states.
const (
	Staging  State = "staging"  // being handed over
	Columns  State = "columns"  // somebody must say what some columns are
	Checking State = "checking" // rows are being looked through
	Ready    State = "ready"    // to be looked at and confirmed
	Saving   State = "saving"   // confirmed: rows go to the queue
	Stopped  State = "stopped"  // by somebody, or because a right ended; can go on
	Done     State = "done"
	Gone     State = "gone" // thrown away, or too old
)

// Verdict is what a row is.
type Verdict string

// The verdicts.
const (
	New     Verdict = "new"     // nobody the unit knows: gets a record and a place in the queue
	Known   Verdict = "known"   // has a record and gets a place in the queue
	Return  Verdict = "return"  // has been here before and gets a place in the queue
	Waiting Verdict = "waiting" // is in the queue or a participant already: nothing is changed
	Refused Verdict = "refused" // something is wrong in the row
	Twice   Verdict = "twice"   // is about the same person as an earlier row
)

// good are the verdicts of rows that are saved.
func (v Verdict) good() bool { return v != Refused && v != Twice }

// Import is a list on its way in.
type Import struct {
	ID        ID
	Unit      id.Unit
	Post      id.Post // who handed it over, and in whose right it is saved
	State     State
	Why       string // the key of why it stopped; "" when somebody stopped it
	Name      string // the file's; "" once the list is removed
	Sheet     string // the sheet that was read; "" for csv
	Headings  []string
	Columns   []Column // what each heading is, in the file's order
	Kind      referral.Kind
	Rows      int
	CheckedTo int
	SavedTo   int
	Checked   Count // what the check came to
	Saved     Count // what has been saved
	At        clock.Instant
	EndsAt    clock.Instant
	DoneAt    clock.Instant
	Version   int
	since1904 bool
	key       vault.Person
	area      id.Area
}

// Count is how many rows came to each verdict.
type Count map[Verdict]int

// All is how many rows are counted.
func (c Count) All() int {
	n := 0
	for _, k := range c {
		n += k
	}
	return n
}

// Good is how many rows can be saved or are there already; Bad is how many somebody must look at.
func (c Count) Good() int { return c.All() - c.Bad() }

// Bad is how many rows are refused or stand twice.
func (c Count) Bad() int { return c[Refused] + c[Twice] }

// Here tells whether the list itself is still here.
func (i Import) Here() bool { return len(i.Headings) > 0 }

// Fault is what is wrong in a row: at which column of the file, from 0, or at none (-1) but of this meaning.
type Fault struct {
	At     int
	Column Column
	Key    string
	Args   []any
}

// Line is a row as the preview shows it.
type Line struct {
	Row     int // the file's own number, from 1, headings counted
	Verdict Verdict
	Other   int // the earlier row about the same person
	Cells   []string
	Form    referral.Form
	Faults  []Fault
}

func columnText(list []Column) string {
	parts := make([]string, len(list))
	for i, c := range list {
		parts[i] = string(c)
	}
	return strings.Join(parts, " ")
}

func columnList(text string) []Column {
	var list []Column
	for _, c := range strings.Fields(text) {
		list = append(list, Column(c))
	}
	return list
}
