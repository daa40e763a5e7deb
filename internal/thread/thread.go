// Package thread is the record of what has happened on each person's way: kinds, codes, ids and dates, never free text
// or names. Flow, outcomes and forecasts are counted from it alone.
package thread

import (
	"context"
	"fmt"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

type eventTag struct{}

// ID is the id of an event.
type ID = id.Of[eventTag]

// Kind is what happened; the catalogue is closed.
type Kind string

// The kinds. What the code of each holds stands beside it.
const (
	Referred    Kind = "referral.received" // remiss, anvisning, egen, uppsokt; a return has "+return"
	Redirected  Kind = "referral.redirected"
	Withdrawn   Kind = "referral.withdrawn"
	Moved       Kind = "queue.moved"
	Called      Kind = "start.called"   // undone: put back on the list
	Answered    Kind = "start.answered" // yes, no, other, undone
	Reminded    Kind = "start.reminded"
	Present     Kind = "start.present"
	Absent      Kind = "start.absent" // not here that day
	CallMoved   Kind = "start.moved"  // moved to another start
	Uncalled    Kind = "start.uncalled"
	Booked      Kind = "individual.booked" // group, or alone: without the group start
	Begun       Kind = "individual.held"
	CoachNamed  Kind = "coach.assigned"
	GoalWritten Kind = "goal.written"
	GoalAgreed  Kind = "goal.agreed"
	PlanShared  Kind = "plan.shared"
	PlanAgreed  Kind = "plan.agreed"
	Coordinated Kind = "plan.coordinated" // decided, with how the person said yes; or undone
	StepMoved   Kind = "step.moved"       // the step moved to
	TaskMoved   Kind = "task.moved"       // who does it now: staff, together, self
	Measure     Kind = "measure.begun"
	MeasureOver Kind = "measure.ended"
	NoteSigned  Kind = "note.signed"
	Met         Kind = "contact.met"
	Unmet       Kind = "contact.unmet" // marked as met by mistake
	Paused      Kind = "pause.begun"
	Resumed     Kind = "pause.ended"
	Left        Kind = "exit.made"      // work, studies, redirected; or other and its kind, as other:moved
	Confirmed   Kind = "exit.confirmed" // yes, no, unreached, declined; the latest of a Ref counts
	ExitUndone  Kind = "exit.undone"
	FollowedUp  Kind = "followup.done" // months and how it is, as 6:work; the latest of a Ref counts

	PlaceWished  Kind = "place.wished"
	PlaceOffered Kind = "place.offered"
	PlaceTaken   Kind = "place.taken" // On is the day it begins
	PlaceLeft    Kind = "place.left"  // On is the first day without it

	PlacementWished   Kind = "placement.wished"
	PlacementAgreed   Kind = "placement.agreed" // anew: what was agreed is changed
	PlacementFollowed Kind = "placement.followed"
	PlacementEnded    Kind = "placement.ended" // what comes next; undone

	Enquired        Kind = "enquiry.asked"    // who is asked: agency, gateway, person
	EnquiryAnswered Kind = "enquiry.answered" // who answers: as above
	EnquiryTaken    Kind = "enquiry.taken"    // who takes back what they asked: as above

	Proposed      Kind = "proposal.made"  // what it is about: task, measure, meeting, start, work, place, new
	ProposalMoved Kind = "proposal.moved" // approved, done, declined, withdrawn, replaced

	Demanded   Kind = "demand.made"  // what is required: referral, place, placement, task, own
	DemandOver Kind = "demand.ended" // ended, wrong
)

// Undone is the code of an event that takes back the one before it of its kind, or of the opposite kind.
const Undone = "undone"

// Kinds is the whole catalogue in the order of a way through the gateway.
var Kinds = []Kind{Referred, Redirected, Withdrawn, Moved, Called, Answered, Reminded, Present, Absent, CallMoved, Uncalled,
	Booked, Begun, CoachNamed, GoalWritten, GoalAgreed, PlanShared, PlanAgreed, Coordinated, StepMoved, TaskMoved, Measure, MeasureOver, NoteSigned,
	Met, Unmet, Paused, Resumed, Left, Confirmed, ExitUndone, FollowedUp, PlaceWished, PlaceOffered, PlaceTaken, PlaceLeft,
	PlacementWished, PlacementAgreed, PlacementFollowed, PlacementEnded, Enquired, EnquiryAnswered, EnquiryTaken, Proposed, ProposalMoved, Demanded, DemandOver}

// Event is one thing that happened. On is the day it concerns, At the instant it was written down.
type Event struct {
	ID     ID
	Person id.Person
	On     clock.Date
	At     clock.Instant
	Kind   Kind
	Code   string
	Unit   id.Unit
	Post   id.Post
	Agency id.Agency
	Goal   int64
	Ref    int64 // the row it concerns: a referral, a start, an exit
}

// Write adds an event in the transaction of the change it tells of. One that changes the past marks it as stale.
func Write(ctx context.Context, tx *store.Tx, area id.Area, e Event) error {
	if e.On == "" {
		e.On = e.At.Date()
	}
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO thread_event
  (area_id, person_id, on_date, event_id, at, kind, code, unit_id, post_id, agency_id, goal_id, ref_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`),
		area, e.Person, string(e.On), id.New[eventTag](e.At), int64(e.At), string(e.Kind), e.Code, e.Unit, e.Post, e.Agency, e.Goal, e.Ref)
	if err != nil {
		return fmt.Errorf("write %s to the thread: %w", e.Kind, err)
	}
	if e.past() {
		return Stale(ctx, tx, area, e.Person, e.On, e.At)
	}
	return nil
}
