package placement

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/thread"
	"sluss/internal/workplace"
)

// TalkForm is what was said when one talked about how it goes. Again is the next day to talk, "" when the days that are left will do.
type TalkForm struct {
	ID          TalkID // 0 for a talk that no day was set for
	On          clock.Date
	Said, Heard string
	Again       clock.Date
}

// Talk writes down what was said. A talk that has been held stays as it is: Stale.
func (d *Desk) Talk(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, f TalkForm) error {
	return d.change(ctx, actor, who, k, version, func(tx *store.Tx, a access.Access, p *Placement) error {
		if p.State != Agreed {
			return fault.Stale
		}
		var form fault.Form
		if f.On == "" || f.On < p.From || f.On > actor.Today() {
			form.Add("heldon", "placement.talk.on", p.From)
		}
		tidy(&form, "said", &f.Said, "placement.said.needed")
		tidy(&form, "heard", &f.Heard, "")
		if f.Again != "" && f.Again <= f.On {
			form.Add("again", "placement.talk.again")
		}
		if err := form.Err(); err != nil {
			return err
		}
		if err := p.held(ctx, tx, actor, a, f); err != nil {
			return err
		}
		return p.event(ctx, tx, actor, thread.PlacementFollowed, "", f.On)
	})
}

func (p *Placement) held(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, f TalkForm) error {
	held := Talk{ID: f.ID, Due: f.On, HeldOn: f.On, Said: f.Said, Heard: f.Heard, By: actor.Post()}
	var left []clock.Date
	for _, t := range p.Talks {
		if t.HeldOn == "" && t.ID != f.ID {
			left = append(left, t.Due)
		}
	}
	if f.Again != "" {
		left = append(left, f.Again)
	}
	if f.ID == 0 {
		held.ID = id.New[talkTag](actor.Now())
		if err := insertTalk(ctx, tx, actor, a, p.ID, held); err != nil {
			return err
		}
		p.Talks = append(p.Talks, held)
		return p.planTalks(ctx, tx, actor, a, left)
	}
	i := slices.IndexFunc(p.Talks, func(t Talk) bool { return t.HeldOn == "" && t.ID == f.ID })
	if i < 0 {
		return fault.Stale
	}
	held.Due = p.Talks[i].Due
	p.Talks[i] = held
	if err := updateTalk(ctx, tx, actor, a, held); err != nil {
		return err
	}
	return p.planTalks(ctx, tx, actor, a, left)
}

// End ends a placement, with what comes next and the person's own view.
func (d *Desk) End(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, e Ending) error {
	return d.change(ctx, actor, who, k, version, func(tx *store.Tx, _ access.Access, p *Placement) error {
		if p.State != Agreed {
			return fault.Stale
		}
		if err := e.check(*p, actor.Today()); err != nil {
			return err
		}
		p.State, p.Ending = Ended, e
		return p.event(ctx, tx, actor, thread.PlacementEnded, e.Next, e.On)
	})
}

// Undo takes an end back. A conflict when the place is taken meanwhile, or when it ended since the person left the unit.
func (d *Desk) Undo(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int) error {
	return d.change(ctx, actor, who, k, version, func(tx *store.Tx, a access.Access, p *Placement) error {
		if p.State != Ended {
			return fault.Stale
		}
		if p.EndedWith != 0 {
			return fault.New(fault.Conflict, "place.notin")
		}
		if err := here(ctx, tx, actor, a); err != nil {
			return err
		}
		if free, err := p.room(ctx, tx, actor); err != nil {
			return err
		} else if !free {
			return fault.New(fault.Conflict, "placement.full.now")
		}
		on := p.Ending.On
		p.State, p.Ending = Agreed, Ending{}
		return p.event(ctx, tx, actor, thread.PlacementEnded, thread.Undone, on)
	})
}

// room tells whether the workplace still has a place for the time that is left.
func (p Placement) room(ctx context.Context, tx *store.Tx, actor *access.Actor) (bool, error) {
	s := p.stay()
	s.From = max(s.From, actor.Today())
	s.To = max(s.To, actor.Today())
	_, free, err := workplace.At(ctx, tx, actor, p.Workplace, s)
	return free > 0, err
}
