package activity

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/competence"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Add begins an activity at the actor's unit: it is looked into, for the reason given.
func (d *Desk) Add(ctx context.Context, actor *access.Actor, t Type, why string) (ID, error) {
	t.ID, t.State = id.New[typeTag](actor.Now()), Looked
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		b, err := competence.Read(ctx, tx, actor)
		if err != nil {
			return err
		}
		form := fault.Fields(t.check(b))
		reason(&form, why)
		if err := form.Err(); err != nil {
			return err
		}
		if err := insert(ctx, tx, actor, t); err != nil {
			return err
		}
		return decided(ctx, tx, actor, t.ID, Looked, why)
	})
	return t.ID, err
}

func reason(form *fault.Form, why string) {
	if strings.TrimSpace(why) == "" {
		form.Add("why", "activity.why.needed")
	} else if len([]rune(why)) > mostText {
		form.Add("why", "form.long", mostText)
	}
}

// Change writes anew what an activity is. Stale when somebody changed it meanwhile.
func (d *Desk) Change(ctx context.Context, actor *access.Actor, t Type) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		b, err := competence.Read(ctx, tx, actor)
		if err != nil {
			return err
		}
		if err := t.check(b); err != nil {
			return err
		}
		return update(ctx, tx, actor, t)
	})
}

// Decide says where an activity stands from now on, and why. Invalid when there are too few who can lead it; Stale when
// it was changed meanwhile.
func (d *Desk) Decide(ctx context.Context, actor *access.Actor, a ID, version int, to State, why string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		t, s, err := standing(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		form := fault.Fields(t.next(to, s))
		reason(&form, why)
		if err := form.Err(); err != nil {
			return err
		}
		if err := move(ctx, tx, actor, a, version, to); err != nil {
			return err
		}
		return decided(ctx, tx, actor, a, to, strings.TrimSpace(why))
	})
}

// standing reads an activity and what it has to go by today.
func standing(ctx context.Context, tx *store.Tx, actor *access.Actor, a ID) (Type, Standing, error) {
	t, err := Get(ctx, tx, actor, a)
	if err != nil {
		return t, Standing{}, err
	}
	b, err := competence.Read(ctx, tx, actor)
	if err != nil {
		return t, Standing{}, err
	}
	posts, err := Leading(ctx, tx, actor)
	return t, t.Stand(b, posts, actor.Today()), err
}

// Leading gives the colleagues at the actor's unit who lead activities: all but the reception.
func Leading(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]org.Post, error) {
	all, err := org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	var list []org.Post
	for _, p := range all {
		if p.Role != access.Reception {
			list = append(list, p)
		}
	}
	return list, err
}
