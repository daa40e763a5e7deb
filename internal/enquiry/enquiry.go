// Package enquiry is questions about somebody's plan, asked and answered across agencies by those who work in it, the person among
// them. The person writes to the gateway before there is a plan too.
package enquiry

import (
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type enquiryTag struct{}

// ID is the id of an enquiry.
type ID = id.Of[enquiryTag]

// Need is what an access must cover for enquiries to be read, asked or answered.
const Need = access.Plan

// Themself is the side that is the person, where the others are units.
const Themself id.Unit = 0

// Desk is where enquiries are asked and answered.
type Desk struct{ Store *store.Store }

// Enquiry is a question about a plan, or something that is asked to be done for it, and the answer.
type Enquiry struct {
	ID       ID
	Goal     plan.GoalID // 0 for the plan as a whole
	From, To id.Unit     // Themself for the person
	By       id.Post     // who asked, 0 for the person
	Task     bool        // it asks for something to be done, and the answer tells that it is
	Words    string
	Asked    clock.Instant
	Answer   string        // "" until there is one
	Answered clock.Instant // 0 until there is an answer
	Answerer id.Post       // 0 for the person
	Taken    clock.Instant // when who asked took it back, 0 while it stands
	Lost     bool          // one side may not see it any more, or the plan is over: nobody waits
	Version  int

	plan plan.ID // 0 when it was written before there was a plan
}

// Waits tells whether somebody waits for the answer.
func (e Enquiry) Waits() bool { return e.Answered == 0 && e.Taken == 0 && !e.Lost }

// Side is one that may be asked about a plan. The zero value is the person.
type Side struct {
	Unit    id.Unit
	Agency  id.Agency
	Gateway bool // it is the gateway that the plan is made at
}

// code is how the thread tells which side it is.
func (s Side) code() string {
	switch {
	case s.Unit == Themself:
		return "person"
	case s.Gateway:
		return "gateway"
	default:
		return "agency"
	}
}

// Form is what is asked.
type Form struct {
	To    id.Unit // Themself for the person, below 0 for nobody
	Goal  plan.GoalID
	Task  bool // something to do is asked for
	Words string
}

// mostWords bounds what is written, in characters.
const mostWords = 4000

// check says what is wrong with the form, by its fields: to, goal, words.
func (f *Form) check(p plan.Plan, sides []Side) error {
	f.Words = strings.TrimSpace(f.Words)
	var form fault.Form
	if _, ok := sideOf(sides, f.To); !ok {
		form.Add("to", "enquiry.to.needed")
	}
	if f.Goal != 0 && p.Goal(f.Goal) == nil {
		form.Add("goal", "form.choose")
	}
	checkWords(&form, "words", f.Words, "enquiry.words.needed")
	return form.Err()
}

func checkWords(form *fault.Form, field, words, needed string) {
	if words == "" {
		form.Add(field, needed)
	}
	if len([]rune(words)) > mostWords {
		form.Add(field, "form.long", mostWords)
	}
}

func sideOf(sides []Side, u id.Unit) (Side, bool) {
	for _, s := range sides {
		if s.Unit == u {
			return s, true
		}
	}
	return Side{}, false
}

func wordsPlace(column string, e ID) vault.Place {
	return vault.Place{Table: "enquiry", Column: column, Row: int64(e)}
}
