package proposal

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// ProposeOwn proposes a change, by the person who acts for themself. Conflict when no plan is worked in; Missing when the older one that it
// replaces is not theirs, Stale when that was answered or changed meanwhile.
func (d *Desk) ProposeOwn(ctx context.Context, actor *access.Actor, f Form) (ID, error) {
	return d.propose(ctx, actor, plan.ByOwn, own(actor), f)
}

// Propose is the same, together with the person at the table or typed in from a paper of theirs.
func (d *Desk) Propose(ctx context.Context, actor *access.Actor, who id.Person, how plan.How, f Form) (ID, error) {
	if how != plan.AtTable && how != plan.OnPaper {
		return 0, fault.New(fault.Invalid, "plan.how.needed")
	}
	return d.propose(ctx, actor, how, posted(actor, who), f)
}

// WithdrawOwn takes back what the person has proposed, by themself: nobody has anything to do about it any more. Stale when it was
// answered, changed or taken back meanwhile.
func (d *Desk) WithdrawOwn(ctx context.Context, actor *access.Actor, p ID, version int) error {
	return d.withdraw(ctx, actor, own(actor), p, version)
}

// Withdraw is the same, when the person has told somebody at the unit.
func (d *Desk) Withdraw(ctx context.Context, actor *access.Actor, who id.Person, p ID, version int) error {
	return d.withdraw(ctx, actor, posted(actor, who), p, version)
}

// right opens the plan for a change.
type right func(context.Context, *store.Tx, access.Category) (access.Access, error)

// posted is the right of a post: those who work with people's plans at the unit.
func posted(actor *access.Actor, who id.Person) right {
	return func(ctx context.Context, tx *store.Tx, c access.Category) (access.Access, error) {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return access.Access{}, err
		}
		return access.Open(ctx, tx, actor, who, c, access.Write, access.ForPlan)
	}
}

func own(actor *access.Actor) right {
	return func(ctx context.Context, tx *store.Tx, c access.Category) (access.Access, error) {
		return access.OpenOwn(ctx, tx, actor, c, access.Write)
	}
}

func (d *Desk) propose(ctx context.Context, actor *access.Actor, how plan.How, may right, f Form) (ID, error) {
	p := id.New[tag](actor.Now())
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := may(ctx, tx, Makes)
		if err != nil {
			return err
		}
		list, unit, err := things(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		about, err := f.check(list)
		if err != nil {
			return err
		}
		if f.Replaces != 0 {
			if err := move(ctx, tx, actor, a, f.Replaces, f.Seen, Replaced); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO proposal (area_id, person_id, proposal_id, unit_id, about, ref_id, sealed, how, post_id, made_at, state, state_at,
		 answer, answered_at, answered_by, replaces_id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', $10, $11, 0, 0, $12, 1)`), actor.Area(), a.Person(), p, unit,
			string(about.About), about.Ref, a.Key(Need).Seal(sealedAt("sealed", p), f.Words, f.Because, about.called()), string(how), actor.Post(), int64(actor.Now()), []byte{}, f.Replaces); err != nil {
			return err
		}
		return event(ctx, tx, actor, a, unit, thread.Event{Kind: thread.Proposed, Code: string(about.About), Ref: int64(p)})
	})
	return p, err
}

func (d *Desk) withdraw(ctx context.Context, actor *access.Actor, may right, p ID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := may(ctx, tx, Need)
		if err != nil {
			return err
		}
		return move(ctx, tx, actor, a, p, version, Withdrawn)
	})
}

// move takes an open proposal to another state. Missing for one that the person does not have.
func move(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p ID, version int, to State) error {
	unit, err := unitOf(ctx, tx, actor, a, p)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE proposal SET state = $5, state_at = $6, version = version + 1
	 WHERE area_id = $1 AND person_id = $2 AND proposal_id = $3 AND version = $4 AND (state = 'approved' OR state = 'waiting' AND $5 <> 'done')`),
		actor.Area(), a.Person(), p, version, string(to), int64(actor.Now()))
	if err == nil && n == 0 {
		err = fault.Stale
	}
	if err != nil {
		return err
	}
	return event(ctx, tx, actor, a, unit, thread.Event{Kind: thread.ProposalMoved, Code: string(to), Ref: int64(p)})
}

func unitOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p ID) (unit id.Unit, err error) {
	err = tx.One(ctx, store.Q(`SELECT unit_id FROM proposal WHERE area_id = $1 AND person_id = $2 AND proposal_id = $3`), []any{actor.Area(), a.Person(), p}, &unit)
	if store.None(err) {
		err = fault.Missing
	}
	return unit, err
}

// event writes what has happened to the thread.
func event(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, unit id.Unit, e thread.Event) error {
	e.Person, e.At, e.Unit, e.Post = a.Person(), actor.Now(), unit, actor.Post()
	if err := person.Touch(ctx, tx, actor, a); err != nil {
		return err
	}
	return thread.Write(ctx, tx, actor.Area(), e)
}
