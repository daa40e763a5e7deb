// Package outcome is the way out: exits to work, studies or something else, the income before and after, the person's own
// view of the time, pauses that keep the place, and the follow-up that shows whether it held.
package outcome

import (
	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Desk is where exits, pauses and follow-ups are kept.
type Desk struct{ Store *store.Store }

type (
	exitTag     struct{}
	followUpTag struct{}
	pauseTag    struct{}
)

// ID is the id of an exit.
type ID = id.Of[exitTag]

// FollowUpID is the id of a follow-up.
type FollowUpID = id.Of[followUpTag]

// PauseID is the id of a pause.
type PauseID = id.Of[pauseTag]

// Seen is what an exit tells: where somebody went, what they live on, and their own view.
const Seen = access.Thread | access.Plan | access.Economy

// Reason is why somebody leaves.
type Reason string

// The reasons, as stored; their names and definitions are texts outcome.reason.*.
const (
	Work       Reason = "work"
	Studies    Reason = "studies"
	Redirected Reason = "redirected" // somebody else goes on
	Other      Reason = "other"
)

// The closed lists of an exit, in the order of the form. The names and definitions of their values are texts: kinds
// outcome.kind.*, subsidies outcome.subsidy.*, sectors outcome.sector.*, incomes outcome.income.*, outcome.noview.*.
var (
	Reasons    = []Reason{Work, Studies, Redirected, Other}
	WorkKinds  = []string{"permanent", "fixed", "hourly", "own"}
	StudyKinds = []string{"komvux", "folkhogskola", "hogskola", "yrkeshogskola", "sfi", "course"}
	OtherKinds = []string{"programme", "sick", "parental", "moved", "choice", "deceased"}
	Subsidies  = []string{"none", "nystart", "intro", "etablering", "lonebidrag", "utveckling", "trygghet", "annat"}
	Sectors    = []string{"private", "municipal", "region", "state", "civil"}
	Incomes    = []string{"wage", "business", "studyaid", "assistance", "activity", "unemployment", "sickness", "disability", "parental", "pension", "family", "unknown"}
	NoViews    = []string{"declined", "unreached", "interpreter", "deceased", "else"}
)

// Deceased is the kind of an exit that nobody is asked about.
const Deceased = "deceased"

// Kinds is the closed list that belongs to a reason, nil where there is none.
func (r Reason) Kinds() []string {
	switch r {
	case Work:
		return WorkKinds
	case Studies:
		return StudyKinds
	case Other:
		return OtherKinds
	default:
		return nil
	}
}

// Exit is how one person's time at a gateway ended.
type Exit struct {
	ID        ID
	Person    id.Person
	Unit      id.Unit
	Enrolment intake.EnrolmentID
	Reason    Reason
	Kind      string // one of the reason's Kinds
	Subsidy   string // of work: one of Subsidies
	Sector    string // of work: one of Sectors
	Municipal bool   // of work: a labour-market employment at the municipality
	StudyAid  bool   // of studies: they entitle to study aid
	LeftOn    clock.Date
	Before    string // income: one of Incomes
	After     string
	NoView    string // why the person's own view is missing: one of NoViews, "" when View is there
	Words
	Post      id.Post
	At        clock.Instant
	Undone    bool // it was a mistake and is taken back
	Version   int
	FollowUps []FollowUp // by months
}

// Words are the texts of an exit, sealed.
type Words struct {
	Where  string // the employer or the school
	To     string // redirected to whom
	View   string // the person's own view of the time here, in their own words
	WhyNot string // why it is missing, in words
}

const wordFields = 4

func (w *Words) list() []string  { return []string{w.Where, w.To, w.View, w.WhyNot} }
func (w *Words) take(f []string) { w.Where, w.To, w.View, w.WhyNot = f[0], f[1], f[2], f[3] }
func exitPlace(e ID) vault.Place { return vault.Place{Table: "exit", Column: "sealed", Row: int64(e)} }
func (e Exit) code() string {
	if e.Reason == Other {
		return string(Other) + ":" + e.Kind
	}
	return string(e.Reason)
}

// Confirmed is the answer one month after the exit: yes, no, unreached or declined; "" while nobody has asked.
func (e Exit) Confirmed() string {
	for _, f := range e.FollowUps {
		if f.Months == confirmMonths {
			return f.Answer
		}
	}
	return ""
}

// CountsAsU40455 tells whether the exit counts as work or studies in Kolada's measure U40455: Regular, and confirmed to
// have lasted at least one continuous month. What nobody has confirmed does not count.
func CountsAsU40455(e Exit) bool { return !e.Undone && e.Confirmed() == Yes && e.Regular() }

// Regular tells whether the exit is to a job on the regular market, subsidised or not, but not to a labour-market
// employment at the municipality; or to studies that entitle to study aid.
func (e Exit) Regular() bool {
	switch e.Reason {
	case Work:
		return !e.Municipal
	case Studies:
		return e.StudyAid
	default:
		return false
	}
}

// Form is what is written when somebody leaves. Municipal and StudyAid are yes, no, or "" when not answered.
type Form struct {
	Version   int // of the enrolment the form was made from
	Reason    Reason
	Kind      string
	Subsidy   string
	Sector    string
	Municipal string
	StudyAid  string
	On        clock.Date
	Before    string
	After     string
	NoView    string
	Words
}

// oldest is how far back in months an exit may be dated: the last follow-up must still be ahead.
const oldest = 12

// check says what is missing or cannot be so; the fields are the form's.
func (f Form) check(today, began clock.Date) error {
	var form fault.Form
	f.checkReason(&form)
	switch {
	case f.On == "":
		form.Add("on", "outcome.on.needed")
	case f.On > today:
		form.Add("on", "outcome.on.ahead")
	case f.On < began:
		form.Add("on", "outcome.on.early", began)
	case f.On <= today.AddMonths(-oldest):
		form.Add("on", "outcome.on.old")
	}
	if f.Before == "" {
		form.Add("before", "outcome.income.needed")
	}
	if f.After == "" && f.Kind != Deceased {
		form.Add("after", "outcome.income.needed")
	}
	f.checkView(&form)
	return form.Err()
}

func (f Form) checkReason(form *fault.Form) {
	if f.Reason == "" {
		form.Add("reason", "outcome.reason.needed")
	}
	if f.Reason.Kinds() != nil && f.Kind == "" {
		form.Add("kind", "outcome.kind.needed")
	}
	switch f.Reason {
	case Work:
		f.checkWork(form)
	case Studies:
		if f.StudyAid == "" {
			form.Add("aid", "outcome.aid.needed")
		}
	case Redirected:
		if f.To == "" {
			form.Add("to", "outcome.to.needed")
		}
	}
}

func (f Form) checkWork(form *fault.Form) {
	if f.Subsidy == "" {
		form.Add("subsidy", "outcome.subsidy.needed")
	}
	if f.Sector == "" {
		form.Add("sector", "outcome.sector.needed")
	}
	switch {
	case f.Municipal == "":
		form.Add("municipal", "outcome.municipal.needed")
	case f.Municipal == Yes && f.Sector != "" && f.Sector != "municipal":
		form.Add("municipal", "outcome.municipal.sector")
	}
}

// checkView holds that there is no exit without the person's own view or why it is missing.
func (f Form) checkView(form *fault.Form) {
	switch {
	case f.View == "" && f.NoView == "":
		form.Add("view", "outcome.view.needed")
	case f.View != "" && f.NoView != "":
		form.Add("noview", "outcome.view.both")
	case f.NoView != "" && f.NoView != Deceased && f.WhyNot == "":
		form.Add("whynot", "outcome.whynot.needed")
	}
}

// exit makes the row of a checked form; what does not belong to the reason is left out.
func (f Form) exit() Exit {
	e := Exit{Reason: f.Reason, LeftOn: f.On, Before: f.Before, After: f.After, NoView: f.NoView, Words: f.Words}
	if f.Reason.Kinds() != nil {
		e.Kind = f.Kind
	}
	if f.Reason == Work {
		e.Subsidy, e.Sector, e.Municipal = f.Subsidy, f.Sector, f.Municipal == Yes
	}
	e.StudyAid = f.Reason == Studies && f.StudyAid == Yes
	if f.Reason != Redirected {
		e.To = ""
	}
	if f.Reason != Work && f.Reason != Studies {
		e.Where = ""
	}
	if f.NoView == "" {
		e.WhyNot = ""
	}
	return e
}
