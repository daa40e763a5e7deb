package way

import (
	"cmp"
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/enquiry"
	"sluss/internal/id"
	"sluss/internal/myplace"
	"sluss/internal/newcoach"
	"sluss/internal/proposal"
	"sluss/internal/store"
)

// Awaited is what is waited for.
type Awaited string

// What is waited for; what waits for the person stands first.
const (
	Answer   Awaited = "answer"   // somebody asks the person
	Agree    Awaited = "agree"    // another agency does something that the person has not said yes to
	Offer    Awaited = "offer"    // a place waits for the person's yes
	Question Awaited = "question" // that the person has asked
	Proposed Awaited = "proposed"
	Approved Awaited = "approved" // a change that has got its yes and is not made yet
	Wished   Awaited = "wished"
	Adapting Awaited = "adapting" // an adaptation that is asked for, or not made yet
	Coach    Awaited = "coach"    // another coach; it is answered past the one there is
	Absence  Awaited = "absence"  // that nobody has read yet
	Queue    Awaited = "queue"
)

// Wait is that somebody waits for somebody. It says since when, and when it ends where that is known.
type Wait struct {
	What  Awaited
	Ref   int64             // of a question, to lead to it
	Unit  id.Unit           // who asks, or is asked; 0 for the person's own
	Post  id.Post           // who sees to it, 0 for nobody named
	Names map[string]string // of the activity
	Words string            // what it is about, as it was said; "" for nothing
	Since clock.Date        // "" when it is not known
	By    clock.Date        // the last day or the likely one; "" when no day is set
}

// Mine tells whether it is the person who is waited for.
func (w Wait) Mine() bool { return w.What == Answer || w.What == Agree || w.What == Offer }

// WaitsNeed is what one waits for is made from.
const WaitsNeed = Need | myplace.Need | newcoach.Need

// WaitsOf gives who waits for whom around the person of the access, what waits for themself first, the longest first. It needs access to
// WaitsNeed.
func WaitsOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, w Way) (list []Wait, err error) {
	if actor.Unit() == 0 {
		return nil, nil
	}
	if w.State == Waiting && len(w.Meets) > 0 {
		list = append(list, Wait{What: Queue, Since: w.Since, By: w.Roughly})
	}
	for _, p := range w.Places {
		if p.Offered {
			list = append(list, Wait{What: Offer, Names: p.Names, By: p.AnswerBy})
		}
	}
	for _, m := range w.Shared {
		if m.YesOn == "" && !m.Unclear {
			list = append(list, Wait{What: Agree, Unit: m.Unit, Words: m.What, Since: m.From})
		}
	}
	for _, f := range []func() ([]Wait, error){
		func() ([]Wait, error) { return questions(ctx, tx, actor, a) },
		func() ([]Wait, error) { return asked(ctx, tx, actor, a) },
	} {
		more, err := f()
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	Longest(list)
	return list, nil
}

// Longest puts what waits for the person first, and then what has waited the longest.
func Longest(list []Wait) {
	slices.SortStableFunc(list, func(x, y Wait) int {
		if x.Mine() != y.Mine() {
			if x.Mine() {
				return -1
			}
			return 1
		}
		return cmp.Compare(x.Since, y.Since)
	})
}

// questions are those without an answer.
func questions(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (list []Wait, err error) {
	v, err := enquiry.Of(ctx, tx, actor, a)
	for _, e := range v.List {
		switch {
		case !e.Waits():
		case e.To == enquiry.Themself:
			list = append(list, Wait{What: Answer, Ref: int64(e.ID), Unit: e.From, Words: e.Words, Since: e.Asked.Date()})
		case e.From == enquiry.Themself:
			list = append(list, Wait{What: Question, Ref: int64(e.ID), Unit: e.To, Words: e.Words, Since: e.Asked.Date()})
		}
	}
	return list, err
}

// asked is what the person would like to have in another way.
func asked(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (list []Wait, err error) {
	proposed, err := proposal.Of(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	for _, p := range proposed {
		if p.State.Open() {
			what := Proposed
			if p.State == proposal.Approved {
				what = Approved
			}
			list = append(list, Wait{What: what, Words: p.Words, Since: p.Since.Date()})
		}
	}
	wishes, _, err := WishesOf(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	for _, x := range wishes {
		list = append(list, Wait{What: Wished, Names: x.Names, Since: x.On})
	}
	mine, err := MyPlaceOf(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	for _, x := range mine.Adapted {
		if x.Waits() {
			list = append(list, Wait{What: Adapting, Post: x.By, Words: x.What, Since: x.AskedOn, By: x.DueOn})
		}
	}
	coach, err := newcoach.OwnOf(ctx, tx, actor, a)
	for _, x := range coach {
		if x.State == newcoach.Waiting {
			list = append(list, Wait{What: Coach, Since: x.At.Date()})
		}
	}
	return list, err
}
