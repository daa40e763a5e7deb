package statement

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
)

// View is what staff see of somebody's statements.
type View struct {
	Person  person.Person // the identity
	List    []Statement   // the latest first
	To      []Receiver    // who may be given one now
	Parties []org.Party   // every zone
}

// Get gives one of the statements; nil when the person has no such.
func (v View) Get(k ID) *Statement { return find(v.List, k) }

func find(list []Statement, k ID) *Statement {
	if i := slices.IndexFunc(list, func(s Statement) bool { return s.ID == k }); i >= 0 {
		return &list[i]
	}
	return nil
}

// Open reads somebody's statements for a page; act is Export for one on paper.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person, act access.Action) (v View, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		v = View{}
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		var a access.Access
		if v.Person, a, err = person.Open(ctx, tx, actor, who, Seen, act, access.ForCollaboration); err != nil {
			return err
		}
		if v.List, err = of(ctx, tx, actor, a); err != nil {
			return err
		}
		if v.Parties, err = org.Parties(ctx, tx, actor); err != nil {
			return err
		}
		v.To, err = receiversOf(ctx, tx, actor, a)
		return err
	})
	return v, err
}

// Mine is what the person sees of what is stated about them.
type Mine struct {
	List    []Statement // the latest first
	Parties []org.Party // every zone
}

// Get gives one of the statements; nil when there is no such.
func (m Mine) Get(k ID) *Statement { return find(m.List, k) }

// Unseen is how many wait for the person to see them.
func (m Mine) Unseen() (n int) {
	for _, s := range m.List {
		if !s.Shown() {
			n++
		}
	}
	return n
}

// Own reads what is stated about the person who acts for themself.
func Own(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (m Mine, err error) {
	if m.List, err = of(ctx, tx, actor, a); err != nil {
		return m, err
	}
	m.Parties, err = org.Parties(ctx, tx, actor)
	return m, err
}

// Given gives those statements of the person that have been handed to the zone the actor works in, for as long as the person's yes or a law
// lets them see who was here.
func Given(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Statement, error) {
	zone, err := org.HomeZone(ctx, tx, actor)
	if err != nil {
		return nil, err
	}
	list, err := of(ctx, tx, actor, a)
	return slices.DeleteFunc(list, func(s Statement) bool { return s.Zone != zone }), err
}
