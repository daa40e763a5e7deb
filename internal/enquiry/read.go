package enquiry

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/plan"
	"sluss/internal/store"
)

// View is what has been asked about somebody's plan, as the reader may see it, and whom they may ask.
type View struct {
	Plan  plan.Plan
	SIP   plan.Coordinated // the decision by which the plan is a coordinated one; zero for none
	List  []Enquiry        // newest first
	Sides []Side           // whom the reader may ask; none when they may only read
}

// Enquiry gives one of them, nil for any other.
func (v View) Enquiry(e ID) *Enquiry {
	for i := range v.List {
		if v.List[i].ID == e {
			return &v.List[i]
		}
	}
	return nil
}

// Of gives what has been asked about the plan of the person of the access. Another agency sees what its own unit has asked or is
// asked, and nothing of others. It needs access to Need.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (v View, err error) {
	return read(ctx, tx, actor, a, a.Ground() == access.Themself)
}

// Together is what Of gives the person, read with staff of the gateway at the table.
func Together(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (View, error) {
	if abroad(a) {
		return View{}, fault.Missing
	}
	return read(ctx, tx, actor, a, true)
}

func read(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, self bool) (v View, err error) {
	if v.Plan, err = worked(ctx, tx, actor, a); err != nil || v.Plan.ID == 0 && v.Plan.Enrolment.Unit == 0 {
		return v, err
	}
	if v.Plan.ID != 0 {
		if v.SIP, err = v.Plan.CoordinatedBy(ctx, tx, actor, a); err != nil {
			return v, err
		}
	}
	if v.Sides, err = sides(ctx, tx, actor, a, v.Plan, self); err != nil {
		return v, err
	}
	if v.List, err = list(ctx, tx, actor, a); err != nil {
		return v, err
	}
	for i := range v.List {
		v.List[i].Lost = v.lost(v.List[i], abroad(a))
	}
	if a.Ground() == access.ByLaw {
		v.Sides = nil // a law gives no more than to read
	}
	return v, nil
}

// lost tells whether one side may not see the enquiry any more. To another agency, which sees it, none is but by the plan's end.
func (v View) lost(e Enquiry, abroad bool) bool {
	reached := func(u id.Unit) bool {
		_, ok := sideOf(v.Sides, u)
		return ok || u == Themself || u == v.Plan.Enrolment.Unit
	}
	over := v.Plan.Enrolment.Unit == 0 || !v.Plan.Living() && e.plan != 0 || e.plan != 0 && e.plan != v.Plan.ID
	return over || !abroad && !(reached(e.From) && reached(e.To))
}

func list(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Enquiry, error) {
	key := a.Key(Need)
	all, err := store.All(ctx, tx, store.Q(`SELECT enquiry_id, coalesce(plan_id, 0), goal_id, from_unit, from_post, to_unit, task, taken_at, sealed, asked_at, answer, answered_at, answered_by, version
	 FROM enquiry WHERE area_id = $1 AND person_id = $2 ORDER BY enquiry_id DESC`), []any{actor.Area(), a.Person()}, func(r *store.Cursor) (e Enquiry, err error) {
		var sealed, answer []byte
		var task int
		if err := r.Scan(&e.ID, &e.plan, &e.Goal, &e.From, &e.By, &e.To, &task, &e.Taken, &sealed, &e.Asked, &answer, &e.Answered, &e.Answerer, &e.Version); err != nil {
			return e, err
		}
		if abroad(a) && e.From != actor.Unit() && e.To != actor.Unit() {
			return Enquiry{}, nil
		}
		e.Task = task == 1
		f, err := key.Open(wordsPlace("sealed", e.ID), 1, sealed)
		if err != nil {
			return e, err
		}
		if e.Words = f[0]; e.Answered == 0 {
			return e, nil
		}
		if f, err = key.Open(wordsPlace("answer", e.ID), 1, answer); err == nil {
			e.Answer = f[0]
		}
		return e, err
	})
	return slices.DeleteFunc(all, func(e Enquiry) bool { return e.ID == 0 }), err
}
