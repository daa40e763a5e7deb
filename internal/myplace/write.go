package myplace

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/store"
)

// Write keeps what somebody says about their place as a new version; those before stay readable. Stale when another has
// been written since the one that was read; a conflict when the person has no time at the unit, or has left.
//
// It writes nothing to the thread, which a partner may be shown: that somebody has bad days is not for it to tell.
func (d *Desk) Write(ctx context.Context, actor *access.Actor, who id.Person, f Form) error {
	return d.change(ctx, actor, who, func(tx *store.Tx, a access.Access, e intake.Enrolment) error {
		if err := f.check(actor.Today()); err != nil {
			return err
		}
		list, err := places(ctx, tx, actor, a, e)
		if err != nil {
			return err
		}
		if newest(list).Version != f.Version {
			return fault.Stale
		}
		return insertPlace(ctx, tx, actor, a, e, f)
	})
}

// Adapt writes down an adaptation, or a new version of one: what, who does it, by when, the answer, and when it was done.
// Stale and conflict are as for Write.
func (d *Desk) Adapt(ctx context.Context, actor *access.Actor, who id.Person, f AdaptationForm) (made AdaptationID, err error) {
	err = d.change(ctx, actor, who, func(tx *store.Tx, a access.Access, e intake.Enrolment) error {
		here, err := org.Colleagues(ctx, tx, actor.Area(), e.Unit, actor.Now())
		if err != nil {
			return err
		}
		list, err := adaptations(ctx, tx, actor, a, e)
		if err != nil {
			return err
		}
		was, err := read(list, f)
		if err != nil {
			return err
		}
		if err := f.check(actor.Today(), here); err != nil {
			return err
		}
		if was.How == plan.ByOwn {
			f.How = plan.ByOwn // who asked is not changed by who answers
		}
		made, err = adapt(ctx, tx, actor, a, e, f, was)
		return err
	})
	return made, err
}

// answerDays is within how many days what the person has asked for alone is to be answered.
const answerDays = 14

// AskOwn writes down what the person who acts for themself asks to have adapted. Their coach sees to it, or the head of the unit
// where they have none; a conflict when there is neither, when the person has no time at the unit, or has left.
func (d *Desk) AskOwn(ctx context.Context, actor *access.Actor, what, lang string) error {
	open := func(tx *store.Tx) (access.Access, error) {
		return access.OpenOwn(ctx, tx, actor, Need|access.Thread, access.Write)
	}
	return d.open(ctx, actor, open, func(tx *store.Tx, a access.Access, e intake.Enrolment) error {
		here, err := org.Colleagues(ctx, tx, actor.Area(), e.Unit, actor.Now())
		if err != nil {
			return err
		}
		list, err := adaptations(ctx, tx, actor, a, e)
		if err != nil {
			return err
		}
		f := AdaptationForm{What: what, Lang: lang, How: plan.AtTable, Responsible: answerer(here, e.Coach), DueOn: actor.Today().Add(answerDays)}
		was, err := read(list, f)
		if err != nil {
			return err
		}
		if err := f.check(actor.Today(), here); err != nil {
			return err
		}
		f.How = plan.ByOwn
		_, err = adapt(ctx, tx, actor, a, e, f, was)
		return err
	})
}

// answerer is the coach, else the head; 0 for neither.
func answerer(here []org.Post, coach id.Post) (who id.Post) {
	for _, p := range here {
		if p.ID == coach {
			return coach
		}
		if p.Role == access.Head {
			who = p.ID
		}
	}
	return who
}

// read finds the version that a form is about, a zero one for a new adaptation.
func read(list []Adaptation, f AdaptationForm) (Adaptation, error) {
	if f.ID == 0 {
		if len(latest(list)) >= mostAdapted {
			return Adaptation{}, fault.New(fault.Conflict, "myplace.many", mostAdapted)
		}
		return Adaptation{}, nil
	}
	for _, x := range list {
		if x.ID == f.ID {
			return x, nil
		}
	}
	return Adaptation{}, fault.Missing
}

func adapt(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.Enrolment, f AdaptationForm, was Adaptation) (AdaptationID, error) {
	x := Adaptation{AdaptationForm: f, AskedOn: was.AskedOn, AnsweredOn: was.AnsweredOn}
	if f.ID == 0 {
		x.ID, x.AskedOn, x.Version = id.New[adaptationTag](actor.Now()), actor.Today(), 0
	} else if err := supersede(ctx, tx, actor, e, f.ID, f.Version); err != nil {
		return 0, err
	}
	x.Version++
	switch {
	case f.Answer == Waiting:
		x.AnsweredOn = ""
	case f.Answer != was.Answer || f.Reply != was.Reply:
		x.AnsweredOn = actor.Today()
	}
	return x.ID, insertAdaptation(ctx, tx, actor, a, e, x)
}

// change opens somebody's time at the unit for a change of what is agreed about their place.
func (d *Desk) change(ctx context.Context, actor *access.Actor, who id.Person, f func(*store.Tx, access.Access, intake.Enrolment) error) error {
	return d.open(ctx, actor, func(tx *store.Tx) (access.Access, error) {
		return access.Open(ctx, tx, actor, who, Need|access.Thread, access.Write, access.ForPlan)
	}, f)
}

func (d *Desk) open(ctx context.Context, actor *access.Actor, right func(*store.Tx) (access.Access, error), f func(*store.Tx, access.Access, intake.Enrolment) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := right(tx)
		if err != nil {
			return err
		}
		e, ok, err := intake.Current(ctx, tx, actor, a)
		switch {
		case err != nil:
			return err
		case !ok:
			return fault.New(fault.Conflict, "myplace.none")
		case e.State == intake.Left:
			return fault.New(fault.Conflict, "myplace.left")
		}
		if err := f(tx, a, e); err != nil {
			return err
		}
		return person.Touch(ctx, tx, actor, a)
	})
}
