package lawful

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Desk is where decisions by law are written down.
type Desk struct{ Store *store.Store }

// Need is what the page of them is made from.
const Need = access.Identity | access.Collaboration

// Record writes a decision down: from its first day the agency sees those categories, and the person sees that it does and why. Only a
// head; Conflict while the record is protected, when nothing goes to anybody, and when the agency has the same by the same law already.
func (d *Desk) Record(ctx context.Context, actor *access.Actor, who id.Person, f Form) error {
	return d.decide(ctx, actor, who, func(tx *store.Tx, p person.Person, a access.Access) error {
		if p.Protection != person.Unprotected {
			return fault.New(fault.Conflict, "consent.protected")
		}
		parties, home, err := parties(ctx, tx, actor)
		if err != nil {
			return err
		}
		if err := f.check(home, parties, actor.Today()); err != nil {
			return err
		}
		list, err := Of(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		for _, g := range list {
			if g.EndedAt == access.Never && g.Zone == f.Zone && g.Law == f.Law && g.Span.From <= f.To && f.From < g.Span.To {
				return fault.Form{{Kind: fault.Invalid, Key: "lawful.already", Field: "law"}}
			}
		}
		l := access.Lawful{ID: access.NewLawfulID(actor.Now()), Zone: f.Zone, Categories: f.Categories | access.Identity, Law: f.Law,
			Span: clock.Span{From: f.From, To: f.To.Add(1)}, Post: actor.Post()}
		l.Sealed = a.Key(access.Collaboration).Seal(place(l.ID), f.Decided, f.Number, f.Statute)
		return access.GiveByLaw(ctx, tx, actor.Area(), who, l)
	})
}

// End ends a decision at once. Only a head; Conflict when it has ended already.
func (d *Desk) End(ctx context.Context, actor *access.Actor, who id.Person, l access.LawfulID) error {
	return d.decide(ctx, actor, who, func(tx *store.Tx, _ person.Person, _ access.Access) error {
		if l == 0 {
			return fault.Missing
		}
		n, err := access.EndByLaw(ctx, tx, actor.Area(), who, l, actor.Post(), actor.Now())
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "lawful.none")
		}
		return err
	})
}

func (d *Desk) decide(ctx context.Context, actor *access.Actor, who id.Person, f func(*store.Tx, person.Person, access.Access) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		p, a, err := person.Open(ctx, tx, actor, who, Need, access.Decide, access.ForCollaboration)
		if err != nil {
			return err
		}
		return f(tx, p, a)
	})
}

func place(l access.LawfulID) vault.Place {
	return vault.Place{Table: "legal_ground", Column: "sealed", Row: int64(l)}
}

// Ground is a decision that was written down.
type Ground struct {
	access.Lawful
	Decided string // by whom
	Number  string // of the document
	Statute string // that says it must be given, where the law only points at another
}

// Of gives what laws give about the person of the access, newest first, ended ones too.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Ground, error) {
	list, err := access.LawfulOf(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	grounds := make([]Ground, len(list))
	for i, l := range list {
		f, err := a.Key(access.Collaboration).Open(place(l.ID), 3, l.Sealed)
		if err != nil {
			return nil, err
		}
		grounds[i] = Ground{l, f[0], f[1], f[2]}
	}
	return grounds, nil
}

// View is what the page of somebody's legal grounds shows.
type View struct {
	Person  person.Person // the identity
	List    []Ground      // newest first, ended ones too
	Parties []org.Party   // every zone
	Others  []org.Party   // those that something can be given to
}

// Open reads the page. Only a head.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person) (v View, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		v = View{}
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		var a access.Access
		if v.Person, a, err = person.Open(ctx, tx, actor, who, Need, access.Read, access.ForCollaboration); err != nil {
			return err
		}
		if v.List, err = Of(ctx, tx, actor, a); err != nil {
			return err
		}
		var home access.Zone
		if v.Parties, home, err = parties(ctx, tx, actor); err != nil {
			return err
		}
		for _, p := range v.Parties {
			if p.Live && p.ID != home {
				v.Others = append(v.Others, p)
			}
		}
		return nil
	})
	return v, err
}

// parties gives every zone, and which is the actor's own.
func parties(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]org.Party, access.Zone, error) {
	list, err := org.Parties(ctx, tx, actor)
	if err != nil {
		return nil, 0, err
	}
	home, err := org.HomeZone(ctx, tx, actor)
	return list, home, err
}
