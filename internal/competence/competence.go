// Package competence is who at a unit is trained in which method and until when, and who is to be trained.
package competence

import (
	"strings"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

type (
	methodTag   struct{}
	tag         struct{}
	trainingTag struct{}
)

type (
	// MethodID is the id of a method.
	MethodID = id.Of[methodTag]
	// ID is the id of a competence.
	ID = id.Of[tag]
	// TrainingID is the id of a line of the training plan.
	TrainingID = id.Of[trainingTag]
)

// Desk is where competence is kept.
type Desk struct{ Store *store.Store }

// Method is a way of working that one can be trained in, in the unit's own words.
type Method struct {
	ID   MethodID
	Name string
}

// Level is how far somebody has come in a method.
type Level string

// The levels. Only from Leads on can one lead an activity alone.
const (
	Knows  Level = "knows"
	Leads  Level = "leads"
	Trains Level = "trains" // trains colleagues
)

// Levels are the levels in order.
var Levels = []string{string(Knows), string(Leads), string(Trains)}

// Who pays for a training.
var Payers = []string{"unit", "project", "agency", "self"}

// Competence is that somebody is trained in a method, from a day on and until another; To is Forever when it does not
// run out.
type Competence struct {
	ID       ID
	Post     id.Post
	Method   MethodID
	Level    Level
	From, To clock.Date
	Evidence string // a certificate, a course: what shows it
	PaidBy   string // of Payers
	Version  int
}

// Leads tells whether it lets its holder lead on the day.
func (c Competence) Leads(day clock.Date) bool {
	return c.Level != Knows && c.From <= day && day < c.To
}

// mostText is how long a line about evidence or a method's name may be.
const mostText = 120

func (c Competence) check(today clock.Date) error {
	var form fault.Form
	if c.From == "" || c.From > today.AddMonths(12) {
		form.Add("from", "competence.from.needed")
	}
	if c.To <= c.From {
		form.Add("to", "competence.to.before")
	}
	if len([]rune(c.Evidence)) > mostText {
		form.Add("evidence", "form.long", mostText)
	}
	return form.Err()
}

// Training is that somebody is to be trained in a method by a day.
type Training struct {
	ID      TrainingID
	Post    id.Post
	Method  MethodID
	By      clock.Date
	PaidBy  string
	Version int
}

// Board is all competence of a unit's live posts, and what training is planned.
type Board struct {
	Methods      []Method
	Competences  []Competence
	Trainings    []Training // planned ones, the nearest first
	competenceOf map[MethodID][]int
}

// Method names a method; "" for none.
func (b Board) Method(m MethodID) string {
	for _, x := range b.Methods {
		if x.ID == m {
			return x.Name
		}
	}
	return ""
}

// Of gives the competences in a method.
func (b Board) Of(m MethodID) []Competence {
	list := make([]Competence, 0, len(b.competenceOf[m]))
	for _, i := range b.competenceOf[m] {
		list = append(list, b.Competences[i])
	}
	return list
}

// CanLead tells whether the post has a competence in the method that holds on the day.
func (b Board) CanLead(p id.Post, m MethodID, day clock.Date) bool {
	for _, i := range b.competenceOf[m] {
		if c := b.Competences[i]; c.Post == p && c.Leads(day) {
			return true
		}
	}
	return false
}

// Leaders are the posts with a competence in the method that holds on the day, each once.
func (b Board) Leaders(m MethodID, day clock.Date) []id.Post {
	var list []id.Post
	seen := map[id.Post]bool{}
	for _, i := range b.competenceOf[m] {
		if c := b.Competences[i]; c.Leads(day) && !seen[c.Post] {
			list, seen[c.Post] = append(list, c.Post), true
		}
	}
	return list
}

// Training gives who is to be trained in the method, the nearest first.
func (b Board) Training(m MethodID) []Training {
	var list []Training
	for _, t := range b.Trainings {
		if t.Method == m {
			list = append(list, t)
		}
	}
	return list
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
