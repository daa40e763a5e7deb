// Package placement is a person's time at a workplace, from wish to end: praktik, work training or a taster. It says which goal it
// serves, who answers for what, and when one talks about how it goes. It holds only by the person's own yes, and nothing of it ends by
// itself: not by a day that has passed, and never by somebody being away.
package placement

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/thread"
	"sluss/internal/vault"
	"sluss/internal/workplace"
)

type (
	placementTag struct{}
	talkTag      struct{}
)

// ID is the id of a placement.
type ID = id.Of[placementTag]

// TalkID is the id of a follow-up.
type TalkID = id.Of[talkTag]

// Desk is where placements are kept.
type Desk struct{ Store *store.Store }

// What an access must cover.
const (
	Need   = access.Activities | plan.Need           // to read or change one
	Seen   = Need | access.Identity | access.Contact // for the pages: whose it is, and their language
	Listed = access.Identity | access.Activities     // for the list of what is due
)

// State is where a placement stands.
type State string

// The states.
const (
	Wished    State = "wished"
	Proposed  State = "proposed" // it is written, and the person has not said yes
	Agreed    State = "agreed"
	Ended     State = "ended"
	Withdrawn State = "withdrawn" // the person no longer wants it
)

// Closed lists, in the order of the forms; their names are texts placement.kind.*, placement.safety.* and so on.
var (
	Kinds    = []string{"praktik", "training", "taster"}
	Safeties = []string{"host", "municipality", "shared", "other"}             // who answers for the work environment
	Insurers = []string{"municipality", "host", "employment", "state", "none"} // who insures the person
	Bys      = []string{"self", "together"}                                    // who said yes: the person, or with somebody who helps them decide
	Hows     = []plan.How{plan.AtTable, plan.OnPaper}
	Nexts    = []string{"job", "longer", "another", "studies", "activity", "rest", "open"}
)

const leftUnit = "left" // what comes next of one that ended since the person left the unit

// Terms are what is agreed.
type Terms struct {
	Kind      string
	Workplace workplace.ID
	From, To  clock.Date // the first day and the last; the last ends nothing
	Days      string     // 1 is Monday, as 135
	At, Until clock.LocalTime
	Safety    string
	Insurer   string
	Goal      plan.GoalID // 0 for none: it is loose

	Purpose    string // in the person's own words
	Hours      string // what else is agreed about days and hours
	Supervisor string
	Duties     string // more about who answers for what
	MayKnow    string // what the workplace may know, by the person's yes
	Why, Next  string
}

// Yes is who said yes to the terms, how, and when.
type Yes struct {
	By  string
	How plan.How
	On  clock.Date
}

// Ending is how it was, and what comes next.
type Ending struct {
	On     clock.Date // the first day without it
	Next   string
	Words  string // more about what comes next
	View   string // the person's own view
	NoView bool   // of the form: the person would rather not say
}

// Placement is one person's time at a workplace, or their wish for one.
type Placement struct {
	ID            ID
	Person        id.Person
	State         State
	WishedOn      clock.Date
	What, Because string // the wish, in the person's own words; empty of one that was agreed without
	Terms
	Yes
	Ending
	EndedWith intake.EnrolmentID // the time at the unit that ended and took it along; 0 of one that did not
	OwnOn     clock.Date         // when the person wished for it on their own page, until somebody has talked with them about it; "" else
	Due       clock.Date         // when the coach is to talk with the person; "" for never
	Talks     []Talk             // in the order of their days
	By        id.Post            // who wrote it last
	Version   int

	was State // before the time at the unit took it along
}

// Talk is a day when one talks about how it goes, and what was said.
type Talk struct {
	ID     TalkID
	Due    clock.Date
	HeldOn clock.Date // "" until then
	Said   string     // by the person
	Heard  string     // from the workplace
	By     id.Post
}

// Loose tells whether a placement serves no goal that is alive or reached.
func (p Placement) Loose(x plan.Plan) bool {
	g := x.Goal(p.Goal)
	return g == nil || g.State == plan.Dropped
}

// Over tells whether the days that were agreed have passed. It goes on until somebody ends it.
func (p Placement) Over(today clock.Date) bool { return p.State == Agreed && p.To < today }

// NextTalk gives the first that has not been held; nil for none.
func (p Placement) NextTalk() *Talk {
	i := slices.IndexFunc(p.Talks, func(t Talk) bool { return t.HeldOn == "" })
	if i < 0 {
		return nil
	}
	return &p.Talks[i]
}

// due is when the coach is to talk with the person: on the next day that was agreed for it, else when the time is over; about a wish of
// their own from the day that they made it.
func (p Placement) due() clock.Date {
	if p.State == Wished {
		return p.OwnOn
	}
	if p.State != Agreed {
		return ""
	}
	if t := p.NextTalk(); t != nil {
		return min(t.Due, p.To.Add(1))
	}
	return p.To.Add(1)
}

// stay is what the placement takes of a workplace.
func (p Placement) stay() workplace.Stay {
	return workplace.Stay{Workplace: p.Workplace, Row: int64(p.ID), From: p.From, To: p.To}
}

const wordFields = 11

func (p Placement) list() []string {
	return []string{p.What, p.Because, p.Purpose, p.Hours, p.Supervisor, p.Duties, p.MayKnow, p.Why, p.Terms.Next, p.Words, p.View}
}

func (p *Placement) take(f []string) {
	p.What, p.Because, p.Purpose, p.Hours, p.Supervisor, p.Duties, p.MayKnow = f[0], f[1], f[2], f[3], f[4], f[5], f[6]
	p.Why, p.Terms.Next, p.Words, p.View = f[7], f[8], f[9], f[10]
}

func placeOf(k ID) vault.Place {
	return vault.Place{Table: "placement", Column: "sealed", Row: int64(k)}
}

func talkPlace(k TalkID) vault.Place {
	return vault.Place{Table: "placement_talk", Column: "sealed", Row: int64(k)}
}

func (p Placement) event(ctx context.Context, tx *store.Tx, actor *access.Actor, k thread.Kind, code string, on clock.Date) error {
	return thread.Write(ctx, tx, actor.Area(), thread.Event{Person: p.Person, On: on, At: actor.Now(), Kind: k, Code: code, Unit: actor.Unit(), Post: actor.Post(),
		Goal: int64(p.Goal), Ref: int64(p.ID)})
}
