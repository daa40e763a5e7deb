package competence

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// AddMethod adds a method to the actor's unit. It needs a name that no other has.
func (d *Desk) AddMethod(ctx context.Context, actor *access.Actor, name string) (m Method, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		m = Method{ID: id.New[methodTag](actor.Now()), Name: oneLine(name)}
		if m.Name == "" || len([]rune(m.Name)) > mostText {
			return fault.Form{{Kind: fault.Invalid, Key: "competence.method.name", Field: "method"}}
		}
		there, err := Methods(ctx, tx, actor)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(there, func(x Method) bool { return x.Name == m.Name }) {
			return fault.Form{{Kind: fault.Invalid, Key: "competence.method.taken", Field: "method"}}
		}
		_, err = tx.Exec(ctx, store.Q(`INSERT INTO method (area_id, method_id, unit_id, name) VALUES ($1, $2, $3, $4)`),
			actor.Area(), m.ID, actor.Unit(), m.Name)
		return err
	})
	return m, err
}

// Add writes that a colleague at the actor's unit is trained in one of its methods.
func (d *Desk) Add(ctx context.Context, actor *access.Actor, c Competence) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		if c.To == "" {
			c.To = clock.Forever
		}
		form := fault.Fields(c.check(actor.Today()))
		if err := here(ctx, tx, actor, &form, c.Post, c.Method); err != nil {
			return err
		}
		if err := form.Err(); err != nil {
			return err
		}
		return insert(ctx, tx, actor, c)
	})
}

// here notes a post that is not a live one of the actor's unit, and a method that is not the unit's.
func here(ctx context.Context, tx *store.Tx, actor *access.Actor, form *fault.Form, p id.Post, m MethodID) error {
	posts, err := org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(posts, func(x org.Post) bool { return x.ID == p }) {
		form.Add("post", "form.choose")
	}
	methods, err := Methods(ctx, tx, actor)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(methods, func(x Method) bool { return x.ID == m }) {
		form.Add("method", "form.choose")
	}
	return nil
}

// End lets a competence run out today: somebody no longer leads by the method. Stale when it was changed meanwhile.
func (d *Desk) End(ctx context.Context, actor *access.Actor, c ID, version int) error {
	return d.one(ctx, actor, store.Q(`UPDATE competence SET to_on = CASE WHEN from_on > $4 THEN from_on ELSE $4 END, version = version + 1
	 WHERE area_id = $1 AND competence_id = $2 AND version = $3
	 AND post_id IN (SELECT o.post_id FROM post o WHERE o.area_id = $1 AND o.unit_id = $5)`),
		actor.Area(), c, version, string(actor.Today()), actor.Unit())
}

// one runs an UPDATE of one row of the actor's unit.
func (d *Desk) one(ctx context.Context, actor *access.Actor, q store.SQL, args ...any) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, q, args...)
		if err == nil && n == 0 {
			return fault.Stale
		}
		return err
	})
}

// PlanTraining writes that a colleague is to be trained in a method by a day.
func (d *Desk) PlanTraining(ctx context.Context, actor *access.Actor, t Training) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		var form fault.Form
		if t.By < actor.Today() || t.By > actor.Today().AddMonths(36) {
			form.Add("by", "competence.by.ahead")
		}
		if err := here(ctx, tx, actor, &form, t.Post, t.Method); err != nil {
			return err
		}
		if err := form.Err(); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, store.Q(`INSERT INTO training (area_id, training_id, post_id, method_id, by_on, paid_by, state, version)
		 VALUES ($1, $2, $3, $4, $5, $6, 'planned', 1)`), actor.Area(), id.New[trainingTag](actor.Now()), t.Post, t.Method, string(t.By), t.PaidBy)
		return err
	})
}

// Train writes that a planned training is done: from today its holder can lead by the method. Stale when it is not
// planned any more.
func (d *Desk) Train(ctx context.Context, actor *access.Actor, t TrainingID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		b, err := Read(ctx, tx, actor)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(b.Trainings, func(x Training) bool { return x.ID == t && x.Version == version })
		if i < 0 {
			return fault.Stale
		}
		if err := settle(ctx, tx, actor, t, version, "done"); err != nil {
			return err
		}
		x := b.Trainings[i]
		return insert(ctx, tx, actor, Competence{Post: x.Post, Method: x.Method, Level: Leads, From: actor.Today(), To: clock.Forever, PaidBy: x.PaidBy})
	})
}

// DropTraining takes a line out of the training plan.
func (d *Desk) DropTraining(ctx context.Context, actor *access.Actor, t TrainingID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		return settle(ctx, tx, actor, t, version, "dropped")
	})
}
