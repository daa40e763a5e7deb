package statement

import (
	"context"
	"reflect"

	"sluss/internal/access"
	"sluss/internal/attendance"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Make counts somebody's hours at the actor's unit over some days, for the person to see. It goes to nobody yet. Invalid when there was
// nothing to come to on those days.
func (d *Desk) Make(ctx context.Context, actor *access.Actor, who id.Person, f Form) (k ID, err error) {
	err = d.open(ctx, actor, who, func(tx *store.Tx, _ person.Person, a access.Access) error {
		if err := f.check(actor.Today()); err != nil {
			return err
		}
		weeks, err := hours(ctx, tx, actor, a, f)
		if err != nil {
			return err
		}
		if len(weeks) == 0 {
			return fault.Form{{Kind: fault.Invalid, Key: "statement.nothing", Field: "from"}}
		}
		k = id.New[statementTag](actor.Now())
		return insert(ctx, tx, actor, a, Statement{ID: k, Unit: actor.Unit(), From: f.From, To: f.To, Weeks: weeks, At: actor.Now(), By: actor.Post()})
	})
	return k, err
}

func hours(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, f Form) ([]Week, error) {
	times, err := attendance.Times(ctx, tx, actor, a, f.span())
	return f.count(times, actor.Now()), err
}

// Recount counts the hours anew, as they are known now. What the person saw before is no longer what stands, so they see it once more.
func (d *Desk) Recount(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int) error {
	return d.change(ctx, actor, who, k, version, func(tx *store.Tx, _ person.Person, a access.Access, s *Statement) error {
		weeks, err := hours(ctx, tx, actor, a, Form{s.From, s.To})
		s.Weeks, s.At, s.By = weeks, actor.Now(), actor.Post()
		s.ShownHow, s.ShownAt, s.ShownBy = "", 0, 0
		return err
	})
}

// Show writes that the person has seen it with staff, at the table or on paper.
func (d *Desk) Show(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, how How) error {
	return d.change(ctx, actor, who, k, version, func(_ *store.Tx, _ person.Person, _ access.Access, s *Statement) error {
		if how != AtTable && how != OnPaper {
			return fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "how"}}
		}
		s.ShownHow, s.ShownAt, s.ShownBy = how, actor.Now(), actor.Post()
		return nil
	})
}

// ShowOwn writes that the person who acts for themself says they have seen it. That they merely opened the page is not written.
func (d *Desk) ShowOwn(ctx context.Context, actor *access.Actor, k ID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Need, access.Write)
		if err != nil {
			return err
		}
		s, err := get(ctx, tx, actor, a, k, version)
		if err != nil || s.Shown() {
			return err
		}
		s.ShownHow, s.ShownAt, s.ShownBy = Alone, actor.Now(), 0
		return update(ctx, tx, actor, a, s)
	})
}

// Hand hands it over: from now on it is never changed. A conflict while the person has not seen it as it stands, when what is known has
// changed since it was counted, and while the record is protected; Invalid to those whom neither the person's yes nor a law gives it.
func (d *Desk) Hand(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, f HandForm) error {
	return d.change(ctx, actor, who, k, version, func(tx *store.Tx, p person.Person, a access.Access, s *Statement) error {
		if p.Protection != person.Unprotected {
			return fault.New(fault.Conflict, "consent.protected")
		}
		if !s.Shown() {
			return fault.New(fault.Conflict, "statement.unseen")
		}
		now, err := hours(ctx, tx, actor, a, Form{s.From, s.To})
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(now, s.Weeks) {
			return fault.New(fault.Conflict, "statement.changed")
		}
		to, err := receiversOf(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if s.Ground, err = f.check(to); err != nil {
			return err
		}
		s.Zone, s.Receiver, s.HandedAt, s.HandedBy = f.Zone, f.Receiver, actor.Now(), actor.Post()
		return nil
	})
}

// Drop takes away one that has not gone.
func (d *Desk) Drop(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int) error {
	return d.open(ctx, actor, who, func(tx *store.Tx, _ person.Person, a access.Access) error {
		s, err := waiting(ctx, tx, actor, a, k, version)
		if err != nil {
			return err
		}
		return remove(ctx, tx, actor, a, s)
	})
}

// open opens somebody's statements to a change by those who work with the unit's people.
func (d *Desk) open(ctx context.Context, actor *access.Actor, who id.Person, f func(*store.Tx, person.Person, access.Access) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		p, a, err := person.Open(ctx, tx, actor, who, Seen, access.Write, access.ForCollaboration)
		if err != nil {
			return err
		}
		return f(tx, p, a)
	})
}

// change changes one of the unit's statements that has not gone.
func (d *Desk) change(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, f func(*store.Tx, person.Person, access.Access, *Statement) error) error {
	return d.open(ctx, actor, who, func(tx *store.Tx, p person.Person, a access.Access) error {
		s, err := waiting(ctx, tx, actor, a, k, version)
		if err == nil {
			err = f(tx, p, a, &s)
		}
		if err != nil {
			return err
		}
		return update(ctx, tx, actor, a, s)
	})
}

// waiting gives one of the unit's own that has not gone. Missing when it is another unit's, Stale when it has gone.
func waiting(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, k ID, version int) (Statement, error) {
	s, err := get(ctx, tx, actor, a, k, version)
	switch {
	case err != nil:
		return s, err
	case s.Unit != actor.Unit():
		return s, fault.Missing
	case s.Handed():
		return s, fault.Stale
	}
	return s, nil
}

func receiversOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Receiver, error) {
	parties, err := org.Parties(ctx, tx, actor)
	if err != nil {
		return nil, err
	}
	yes, err := access.ConsentsOf(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	laws, err := access.LawfulOf(ctx, tx, actor, a)
	return receivers(parties, yes, laws, actor.Now()), err
}
