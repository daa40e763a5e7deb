package outcome

import (
	"slices"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/vault"
)

// State is where a follow-up stands.
type State string

// The states: to be done, done, and dropped because the exit was taken back.
const (
	Open    State = "open"
	Done    State = "done"
	Dropped State = "dropped"
)

// Answers that several questions share.
const (
	Yes       = "yes"
	No        = "no"
	Unreached = "unreached" // could not be reached, which is an answer too
)

const (
	confirmMonths = 1
	ahead         = 14 // days before its day that a follow-up may be done
	tieMonths     = 13 // months after an exit that the person stays the unit's concern, so that it can be followed up
)

// Confirms and Goes are the closed lists of answers: whether the work or the studies go on one month after the exit, and
// how it is later. Their names are texts outcome.confirm.* and outcome.goes.*.
var (
	Confirms = []string{Yes, No, Unreached, "declined"}
	Goes     = []string{"work", "studies", "search", "programme", "sick", "back", "else", Unreached, "declined"}
)

// FollowUp is one question after an exit. Months is 1 for the confirmation, then 3, 6 and 12.
type FollowUp struct {
	ID         FollowUpID
	Exit       ID
	Months     int
	DueOn      clock.Date
	State      State
	Answer     string // one of Answers, "" while open
	AnsweredOn clock.Date
	Words      string // the person's own, sealed
	Post       id.Post
	Version    int
}

// Answers is the closed list for the question.
func (f FollowUp) Answers() []string {
	if f.Months == confirmMonths {
		return Confirms
	}
	return Goes
}

// Askable tells whether it is time to ask. The confirmation always is, since work can end before its month is out.
func (f FollowUp) Askable(today clock.Date) bool {
	return f.State == Done || f.State == Open && (f.Months == confirmMonths || today >= f.DueOn.Add(-ahead))
}

// check tells whether the answer may be given on the day.
func (f FollowUp) check(answer string, today clock.Date) error {
	var form fault.Form
	switch {
	case !slices.Contains(f.Answers(), answer):
		form.Add("answer", "outcome.answer.needed")
	case f.Months == confirmMonths && answer == Yes && today < f.DueOn:
		form.Add("answer", "outcome.answer.month", f.DueOn)
	case !f.Askable(today):
		form.Add("answer", "outcome.answer.early", f.DueOn.Add(-ahead))
	}
	return form.Err()
}

// schedule gives the months at which an exit is asked about.
func schedule(e Exit) []int {
	switch {
	case e.Kind == Deceased:
		return nil
	case e.Reason == Work || e.Reason == Studies:
		return []int{confirmMonths, 3, 6, 12}
	default:
		return []int{3, 6, 12}
	}
}

func followUpPlace(f FollowUpID) vault.Place {
	return vault.Place{Table: "followup", Column: "sealed", Row: int64(f)}
}
