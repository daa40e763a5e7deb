package sarah

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/opinion"
	"sluss/internal/org"
	"sluss/internal/store"
)

var errNobody = fault.New(fault.Conflict, "sarah.nobody")

// Make makes a report, which any of the staff may and must, and anybody who works at another agency may about a gateway. It goes to who
// leads the unit; where it is about them or by them, to who leads another. Conflict when there is nobody to receive it.
func (d *Desk) Make(ctx context.Context, actor *access.Actor, f Form) (r ID, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, Makers...); err != nil {
			return err
		}
		unit, err := gateway(ctx, tx, actor, f.Unit)
		if err != nil {
			return err
		}
		if err := f.Check(actor.Today()); err != nil {
			return err
		}
		about := opinion.House
		if f.Head {
			about = opinion.Head
		}
		to, ok, err := opinion.ReceiverAt(ctx, tx, actor.Area(), actor.Now(), unit, about, actor.Post())
		if err == nil && !ok {
			err = errNobody
		}
		if err != nil {
			return err
		}
		r = id.New[tag](actor.Now())
		wrapped, key, err := actor.Keys().NewOwn("sarah", int64(r))
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, store.Q(`INSERT INTO sarah_report (area_id, report_id, unit_id, by_post, to_post, about, key_wrapped, sealed, happened_on, at, on_date, state, serious_on, version)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'received', '', 1)`), actor.Area(), r, unit, actor.Post(), to, string(about), wrapped,
			key.Seal(place(r), f.What, f.Led, f.Done), string(f.Happened), int64(actor.Now()), string(actor.Today()))
		return err
	})
	return r, err
}

// gateway is what a report is about: the staff's own unit, or the gateway that somebody at another agency has chosen.
func gateway(ctx context.Context, tx *store.Tx, actor *access.Actor, chosen id.Unit) (id.Unit, error) {
	if actor.Role() != access.Officer {
		return actor.Unit(), nil
	}
	u, err := org.GetUnit(ctx, tx, actor.Area(), chosen)
	if store.None(err) || err == nil && u.Kind != org.UnitGateway {
		err = fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "unit"}}
	}
	return chosen, err
}

// Step writes what was done about a report: it is looked into, something was done, it was reported to the authority that supervises,
// it is closed. Only who received it; Stale when it was closed or changed meanwhile.
func (d *Desk) Step(ctx context.Context, actor *access.Actor, r ID, version int, f StepForm) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, opinion.Staff...); err != nil {
			return err
		}
		x, key, err := get(ctx, tx, actor, r)
		if err != nil {
			return err
		}
		if x.To != actor.Post() {
			return fault.Missing
		}
		if err := f.check(x.State, actor.Today()); err != nil {
			return err
		}
		serious := x.Serious
		if f.State == Serious {
			serious = f.On
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE sarah_report SET state = $4, serious_on = $5, version = version + 1 WHERE area_id = $1 AND report_id = $2 AND version = $3`),
			actor.Area(), r, version, string(f.State), string(serious))
		if err == nil && n == 0 {
			err = fault.Stale
		}
		if err != nil {
			return err
		}
		no := len(x.Steps) + 1
		_, err = tx.Exec(ctx, store.Q(`INSERT INTO sarah_step (area_id, report_id, no, state, on_date, sealed, post_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`),
			actor.Area(), r, no, string(f.State), string(f.On), key.Seal(stepPlace(r, no), f.Words), actor.Post(), int64(actor.Now()))
		return err
	})
}

// HandOn gives each report that is not closed, and whose receiver's post has ended, to another.
func (d *Desk) HandOn(ctx context.Context, area id.Area, now clock.Instant) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		posts, err := org.AllPosts(ctx, tx, area, now)
		if err != nil {
			return err
		}
		live := map[id.Post]bool{}
		for _, o := range posts {
			live[o.ID] = true
		}
		list, err := store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM sarah_report m WHERE m.area_id = $1 AND m.state <> 'closed'`), []any{area}, scan)
		for _, x := range list {
			if err != nil || live[x.To] {
				continue
			}
			var to id.Post
			var ok bool
			if to, ok, err = opinion.ReceiverAt(ctx, tx, area, now, x.Unit, x.About, x.By); err == nil && ok {
				_, err = tx.Exec(ctx, store.Q(`UPDATE sarah_report SET to_post = $3, version = version + 1 WHERE area_id = $1 AND report_id = $2`), area, x.ID, to)
			}
		}
		return err
	})
}
