package place

import (
	"context"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Wish writes that the person would like to take part in an activity, with because in their own words. Also what rests can be
// wished for: that tells the unit what to open.
func (d *Desk) Wish(ctx context.Context, actor *access.Actor, who id.Person, x activity.ID, because string) (k ID, err error) {
	return d.wish(ctx, actor, x, because, "", staff(ctx, actor, who))
}

// WishOnPaper is Wish for what the person has written on a form, and staff type in.
func (d *Desk) WishOnPaper(ctx context.Context, actor *access.Actor, who id.Person, x activity.ID, because string) (k ID, err error) {
	return d.wish(ctx, actor, x, because, "paper", staff(ctx, actor, who))
}

func staff(ctx context.Context, actor *access.Actor, who id.Person) func(*store.Tx) (access.Access, error) {
	return func(tx *store.Tx) (access.Access, error) {
		return access.Open(ctx, tx, actor, who, Need, access.Write, access.ForPlan)
	}
}

// WishOwn is the same, said by the person who acts for themself. A conflict when they have said so already.
func (d *Desk) WishOwn(ctx context.Context, actor *access.Actor, x activity.ID, because string) (k ID, err error) {
	return d.wish(ctx, actor, x, because, "", func(tx *store.Tx) (access.Access, error) {
		a, err := access.OpenOwn(ctx, tx, actor, Need, access.Write)
		if err != nil {
			return a, err
		}
		mine, err := Of(ctx, tx, actor, a)
		if slices.ContainsFunc(mine, func(p Place) bool { return p.Activity == x && p.State == Wished }) {
			err = fault.Form{{Kind: fault.Conflict, Key: "mine.wish.twice", Field: "activity"}}
		}
		return a, err
	})
}

func (d *Desk) wish(ctx context.Context, actor *access.Actor, x activity.ID, because, how string, open func(*store.Tx) (access.Access, error)) (ID, error) {
	p := Place{ID: id.New[placeTag](actor.Now()), Activity: x, State: Wished, WishedOn: actor.Today(), words: words{Because: strings.TrimSpace(because)}}
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := open(tx)
		if err != nil {
			return err
		}
		if p.Person = a.Person(); actor.Themself() != 0 {
			p.OwnOn = actor.Today()
		}
		if err := here(ctx, tx, actor, a); err != nil {
			return err
		}
		if t, err := activity.Get(ctx, tx, actor, x); fault.Is(err, fault.NotFound) || err == nil && t.State == activity.Ended {
			return fault.Form{{Kind: fault.Invalid, Key: "place.activity.needed", Field: "activity"}}
		} else if err != nil {
			return err
		}
		if err := insert(ctx, tx, actor, a, p); err != nil {
			return err
		}
		return p.event(ctx, tx, actor, thread.PlaceWished, how, actor.Today())
	})
	return p.ID, err
}

// here is a conflict unless the person is at the unit now.
func here(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) error {
	e, ok, err := intake.Current(ctx, tx, actor, a)
	if err == nil && (!ok || e.State == intake.Left) {
		err = fault.New(fault.Conflict, "place.notin")
	}
	return err
}

// change reads a place in its version, lets f change it, and writes it.
func (d *Desk) change(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, f func(tx *store.Tx, a access.Access, p *Place) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForPlan)
		if err != nil {
			return err
		}
		p, err := get(ctx, tx, actor, a, k, version)
		if err != nil {
			return err
		}
		if err := f(tx, a, &p); err != nil {
			return err
		}
		return update(ctx, tx, actor, a, p)
	})
}

// Offer offers the person a place in a run, with a last day to answer. A conflict when all its places are taken, also when two offer
// the last one at once; who comes before others whose turn it is does so for a reason.
func (d *Desk) Offer(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, o Offer) error {
	return d.change(ctx, actor, who, k, version, func(tx *store.Tx, a access.Access, p *Place) error {
		if p.State != Wished {
			return fault.Stale
		}
		if err := here(ctx, tx, actor, a); err != nil {
			return err
		}
		passes, err := o.fits(ctx, tx, actor, a, *p)
		if err != nil {
			return err
		}
		s, err := org.SettingsAt(ctx, tx, actor.Area(), actor.Unit(), actor.Today())
		if err != nil {
			return err
		}
		p.State, p.Run, p.From, p.Goal, p.Why, p.Next, p.OwnOn, p.UnclearOn = Offered, o.Run, o.From, o.Goal, o.Why, o.Next, "", ""
		p.AnswerBy, p.AskedAt, p.freedAt = actor.Today().Add(s.OfferDays), actor.Now(), actor.Now()
		if passes {
			p.moved(actor, o.Past)
		}
		if err := ask(ctx, tx, actor.Area(), k, p.AskedAt, p.AnswerBy); err != nil {
			return err
		}
		return p.event(ctx, tx, actor, thread.PlaceOffered, "", actor.Today())
	})
}

// fits holds the offer against the run, the plan, the places that are taken and those who wait. It tells whether it passes any by.
func (o *Offer) fits(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p Place) (bool, error) {
	r, err := schedule.GetRun(ctx, tx, actor, o.Run)
	if fault.Is(err, fault.NotFound) || err == nil && r.Activity != p.Activity {
		return false, fault.Form{{Kind: fault.Invalid, Key: "place.run.needed", Field: "run"}}
	}
	if err != nil {
		return false, err
	}
	mine, err := plan.Get(ctx, tx, actor, a)
	if err != nil {
		return false, err
	}
	var form fault.Form
	o.check(&form, r, actor.Today())
	o.Thread.check(&form, mine)
	if err := form.Err(); err != nil {
		return false, err
	}
	left, err := free(ctx, tx, actor, a, r, o.From, "run", "place.full")
	if err != nil {
		return false, err
	}
	if err := o.alone(ctx, tx, actor, a, r); err != nil {
		return false, err
	}
	o.Past = strings.TrimSpace(o.Past)
	return o.passes(ctx, tx, actor.Area(), p, r, left, actor.Today())
}

// alone refuses a run that is at the same time as another that the person has a place in, until it is agreed how that goes together.
func (o *Offer) alone(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r schedule.Run) error {
	if o.Both {
		return nil
	}
	own, err := Of(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	for _, p := range own {
		if p.State != Offered && p.State != Held || p.Over(o.From) {
			continue
		}
		x, ok, err := schedule.Beside(ctx, tx, actor, r.ID, p.Run, clock.Span{From: max(o.From, p.From, actor.Today()), To: p.To})
		if err != nil {
			return err
		}
		if ok {
			return fault.Form{{Kind: fault.Conflict, Key: "place.both.needed", Field: "both", Args: []any{x.On, clock.Hours{At: x.At, Until: x.Until}}}}
		}
	}
	return nil
}

// free tells how many places of a run are free from a day on. It is a fault of the field when none is, in the words of full, or
// when the person has one of them.
func free(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r schedule.Run, from clock.Date, field, full string) (int, error) {
	own, err := Of(ctx, tx, actor, a)
	if err != nil {
		return 0, err
	}
	if slices.ContainsFunc(own, func(p Place) bool {
		return p.Run == r.ID && (p.State == Offered || p.State == Held) && (p.To == "" || p.To > from)
	}) {
		return 0, fault.Form{{Kind: fault.Conflict, Key: "place.twice", Field: field}}
	}
	taken, err := Taken(ctx, tx, actor, from)
	if err == nil && taken[r.ID] >= r.Places {
		err = fault.Form{{Kind: fault.Conflict, Key: full, Field: field, Args: []any{r.Places}}}
	}
	return r.Places - taken[r.ID], err
}

// Withdraw takes a wish back, since the person no longer has it.
func (d *Desk) Withdraw(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int) error {
	return d.change(ctx, actor, who, k, version, func(_ *store.Tx, _ access.Access, p *Place) error { return p.withdraw() })
}

// WithdrawOwn is the same, said by the person who acts for themself.
func (d *Desk) WithdrawOwn(ctx context.Context, actor *access.Actor, k ID, version int) error {
	return d.changeOwn(ctx, actor, k, version, (*Place).withdraw)
}

func (p *Place) withdraw() error {
	if p.State != Wished {
		return fault.Stale
	}
	p.State = Withdrawn
	return nil
}

// changeOwn is change for a place of the person who acts for themself.
func (d *Desk) changeOwn(ctx context.Context, actor *access.Actor, k ID, version int, f func(*Place) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Need, access.Write)
		if err != nil {
			return err
		}
		p, err := get(ctx, tx, actor, a, k, version)
		if err == nil {
			err = f(&p)
		}
		if err != nil {
			return err
		}
		return update(ctx, tx, actor, a, p)
	})
}

// Serve writes which goal a place serves, why now and what next.
func (d *Desk) Serve(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, t Thread) error {
	return d.change(ctx, actor, who, k, version, func(tx *store.Tx, a access.Access, p *Place) error {
		if p.State != Held {
			return fault.Stale
		}
		mine, err := plan.Get(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		var form fault.Form
		t.check(&form, mine)
		p.Goal, p.Why, p.Next = t.Goal, t.Why, t.Next
		if t.Goal != 0 {
			p.UnclearOn = "" // answered; the person may say it again
		}
		return form.Err()
	})
}

func (p Place) event(ctx context.Context, tx *store.Tx, actor *access.Actor, k thread.Kind, code string, on clock.Date) error {
	return thread.Write(ctx, tx, actor.Area(), thread.Event{Person: p.Person, On: on, At: actor.Now(), Kind: k, Code: code, Unit: actor.Unit(), Post: actor.Post(),
		Goal: int64(p.Goal), Ref: int64(p.ID)})
}
