// Package conflict is that somebody who works here knows a person outside work, and stands aside: said by themselves or by their head,
// known to those two alone, and in force at once.
package conflict

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Desk is where people stand aside.
type Desk struct{ Store *store.Store }

// Kinds are how somebody knows a person, as stored; their names are texts conflict.kind.*.
var Kinds = []string{"relative", "known", "own"}

// Declare says that the actor knows the person: from the commit no post of theirs opens the record, and if they are the coach the person
// waits for another. What they have read stays in the log as it was.
func (d *Desk) Declare(ctx context.Context, actor *access.Actor, who id.Person, kind string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Identity, access.Read, access.ForSearch)
		if err != nil {
			return err
		}
		me, err := org.GetPost(ctx, tx, actor.Area(), actor.Post(), actor.Now())
		if err != nil {
			return err
		}
		return aside(ctx, tx, actor, a, me.Worker, kind)
	})
}

// Set says of a colleague at the actor's unit what Declare says of oneself. Only the head; Conflict when it has been said already.
func (d *Desk) Set(ctx context.Context, actor *access.Actor, who id.Person, post id.Post, kind string) error {
	return d.mind(ctx, actor, who, func(tx *store.Tx, a access.Access, list []Standing) error {
		here, err := org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
		if err != nil {
			return err
		}
		i := slices.IndexFunc(here, func(o org.Post) bool { return o.ID == post })
		if i < 0 || !minds(actor, here[i].Role == access.Head) {
			return fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "post"}}
		}
		if slices.ContainsFunc(list, func(x Standing) bool { return x.Worker == here[i].Worker }) {
			return fault.Form{{Kind: fault.Invalid, Key: "conflict.already", Field: "post"}}
		}
		return aside(ctx, tx, actor, a, here[i].Worker, kind)
	})
}

// End lets a colleague see the person again. Only the head; Conflict when it has ended already.
func (d *Desk) End(ctx context.Context, actor *access.Actor, who id.Person, c access.ConflictID) error {
	return d.mind(ctx, actor, who, func(tx *store.Tx, a access.Access, list []Standing) error {
		if !slices.ContainsFunc(list, func(x Standing) bool { return x.ID == c }) {
			return fault.New(fault.Conflict, "conflict.none")
		}
		return access.EndAside(ctx, tx, actor, a, c)
	})
}

// minders are those who see who stands aside: the head, and for what concerns a head whoever coordinates.
var minders = []access.Role{access.Head, access.Coordinator}

// minds tells whether a matter is the actor's to see and change; head is that it concerns somebody who leads.
func minds(actor *access.Actor, head bool) bool {
	return actor.Role() == access.Head || actor.Role() == access.Coordinator && head
}

// mind opens a person to change who stands aside from them, and gives those that are the actor's matter.
func (d *Desk) mind(ctx context.Context, actor *access.Actor, who id.Person, f func(*store.Tx, access.Access, []Standing) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, minders...); err != nil {
			return err
		}
		a, err := access.Open(ctx, tx, actor, who, access.Identity, access.Decide, access.ForReview)
		if err != nil {
			return err
		}
		list, err := standing(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		return f(tx, a, list)
	})
}

func aside(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, worker id.Worker, kind string) error {
	if !slices.Contains(Kinds, kind) {
		return fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "kind"}}
	}
	if err := intake.StepDown(ctx, tx, actor, a, worker); err != nil {
		return err
	}
	return access.StandAside(ctx, tx, actor.Area(), a.Person(), access.Aside{Worker: worker, Kind: kind, From: actor.Today(), By: actor.Post()}, actor.Now())
}

// Standing is a colleague who stands aside from the person.
type Standing struct {
	access.Aside
	Name string
	Self bool // they said it themself
}

// View is what the page of one person shows.
type View struct {
	Person     person.Person // the identity
	List       []Standing    // those that are the reader's matter
	Colleagues []org.Post    // of whom the reader may say it
}

// Open reads the page: who the person is, and to those whose matter it is who stands aside.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person) (v View, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		v = View{}
		var a access.Access
		if v.Person, a, err = person.Open(ctx, tx, actor, who, access.Identity, access.Read, access.ForSearch); err != nil {
			return err
		}
		if v.List, err = standing(ctx, tx, actor, a); err != nil {
			return err
		}
		here, err := org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
		for _, o := range here {
			if minds(actor, o.Role == access.Head) && o.ID != actor.Post() {
				v.Colleagues = append(v.Colleagues, o)
			}
		}
		return err
	})
	return v, err
}

// standing gives who stands aside from the person, of those that are the actor's matter: colleagues, and officers of other agencies,
// who have no head here of their own.
func standing(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Standing, error) {
	if !slices.Contains(minders, actor.Role()) {
		return nil, nil
	}
	asides, err := access.AsidesOf(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	var list []Standing
	for _, x := range asides {
		posts, err := org.PostsOf(ctx, tx, actor.Area(), x.Worker, actor.Now())
		if err != nil {
			return nil, err
		}
		here := slices.DeleteFunc(slices.Clone(posts), func(o org.Post) bool { return o.Unit != actor.Unit() && o.Role != access.Officer })
		if len(here) == 0 || !minds(actor, slices.ContainsFunc(here, func(o org.Post) bool { return o.Role == access.Head })) {
			continue
		}
		w, err := org.GetWorker(ctx, tx, actor.Area(), x.Worker)
		if err != nil {
			return nil, err
		}
		list = append(list, Standing{x, w.Name, slices.ContainsFunc(posts, func(o org.Post) bool { return o.ID == x.By })})
	}
	return list, nil
}

// Own gives what the actor stands aside from themself, without from whom.
func (d *Desk) Own(ctx context.Context, actor *access.Actor) (list []access.Aside, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if err := access.Self(ctx, tx, actor); err != nil {
			return err
		}
		list, err = access.AsidesOwn(ctx, tx, actor)
		return err
	})
	return list, err
}
