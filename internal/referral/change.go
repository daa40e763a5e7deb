package referral

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Get gives one referral of the person the access is to.
func Get(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r ID) (Referral, error) {
	return one(ctx, tx, actor, a, byID, r)
}

// Newest gives the person's newest referral to the actor's unit; ok is false when there is none.
func Newest(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (r Referral, ok bool, err error) {
	r, err = one(ctx, tx, actor, a, newest)
	if fault.Is(err, fault.NotFound) {
		return r, false, nil
	}
	return r, err == nil, err
}

const ofPerson = `SELECT r.sealed, ` + columns + ` FROM referral r WHERE r.area_id = $1 AND r.person_id = $2 AND r.unit_id = $3 `

var (
	newest = store.Q(ofPerson + `ORDER BY r.referral_id DESC LIMIT 1`)
	byID   = store.Q(ofPerson + `AND r.referral_id = $4`)
)

// Told is what the sender of a referral is told.
type Told struct {
	State     State
	StateOn   clock.Date
	RepliedOn clock.Date
	Reply     string
}

// ToldOf gives what the sender of one referral of the person is told. Missing when it is not the person's.
func ToldOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r ID) (t Told, err error) {
	var sealed []byte
	err = tx.One(ctx, store.Q(`SELECT state, state_on, replied_on, sealed FROM referral WHERE area_id = $1 AND person_id = $2 AND referral_id = $3`),
		[]any{actor.Area(), a.Person(), r}, &t.State, &t.StateOn, &t.RepliedOn, &sealed)
	if store.None(err) {
		return t, fault.Missing
	}
	if err != nil {
		return t, err
	}
	w, err := WordsOf(a, r, sealed)
	t.Reply = w.Reply
	return t, err
}

func one(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, q store.SQL, args ...any) (Referral, error) {
	var r Referral
	var moved, returning int
	var sealed []byte
	err := tx.One(ctx, q, append([]any{actor.Area(), a.Person(), actor.Unit()}, args...),
		append([]any{&sealed}, r.dest(&moved, &returning)...)...)
	if store.None(err) {
		return r, fault.Missing
	}
	if err != nil {
		return r, err
	}
	r.Moved, r.Returning = moved == 1, returning == 1
	r.Words, err = WordsOf(a, r.ID, sealed)
	return r, err
}

// change opens a referral for writing, lets f change it, and writes it back if nobody else has meanwhile.
func (d *Desk) change(ctx context.Context, actor *access.Actor, who id.Person, r ID, version int, f func(tx *store.Tx, a access.Access, r *Referral) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Identity|access.Collaboration|access.Thread, access.Write, access.ForQueue)
		if err != nil {
			return err
		}
		old, err := Get(ctx, tx, actor, a, r)
		if err != nil {
			return err
		}
		if old.Version != version {
			return fault.Stale
		}
		if err := f(tx, a, &old); err != nil {
			return err
		}
		return save(ctx, tx, actor, a, old)
	})
}

func save(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r Referral) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE referral SET sealed = $4, order_on = $5, moved = $6, reply_by = $7, replied_on = $8, asked_on = $9,
	 state = $10, state_on = $11, version = version + 1 WHERE area_id = $1 AND referral_id = $2 AND version = $3`),
		actor.Area(), r.ID, r.Version, a.Key(access.Collaboration).Seal(place(r.ID), r.Words.list()...), string(r.OrderOn), store.Flag(r.Moved),
		string(r.ReplyBy), string(r.RepliedOn), string(r.AskedOn), string(r.State), string(r.StateOn))
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

func (r Referral) event(ctx context.Context, tx *store.Tx, actor *access.Actor, k thread.Kind, code string) error {
	return thread.Write(ctx, tx, actor.Area(), thread.Event{Person: r.Person, On: actor.Today(), At: actor.Now(), Kind: k, Code: code,
		Unit: r.Unit, Post: actor.Post(), Agency: r.Agency, Ref: int64(r.ID)})
}

func needed(field, key, text string) error {
	if strings.TrimSpace(text) == "" {
		return fault.Form{{Kind: fault.Invalid, Key: key, Field: field}}
	}
	return nil
}

// Move gives somebody who waits another place in the queue, as if referred on the day; the reason is shown to everyone
// who sees the queue.
func (d *Desk) Move(ctx context.Context, actor *access.Actor, who id.Person, r ID, version int, to clock.Date, why string) error {
	return d.change(ctx, actor, who, r, version, func(tx *store.Tx, _ access.Access, r *Referral) error {
		if r.State != Waiting {
			return fault.New(fault.Conflict, "referral.state")
		}
		if to == "" {
			return needed("to", "referral.move.to", "")
		}
		if err := needed("why", "referral.move.why", why); err != nil {
			return err
		}
		r.OrderOn, r.Moved, r.MovedWhy = to, true, why
		return r.event(ctx, tx, actor, thread.Moved, "")
	})
}

// Reply writes what the sender was told, on the day.
func (d *Desk) Reply(ctx context.Context, actor *access.Actor, who id.Person, r ID, version int, text string) error {
	return d.change(ctx, actor, who, r, version, func(_ *store.Tx, _ access.Access, r *Referral) error {
		if err := needed("reply", "referral.reply.needed", text); err != nil {
			return err
		}
		r.Words.Reply, r.RepliedOn = text, actor.Today()
		return nil
	})
}

// AskReturn writes what a returning person says helped last time, what did not, and what should be otherwise. All three
// may be empty: that the person was asked is what counts.
func (d *Desk) AskReturn(ctx context.Context, actor *access.Actor, who id.Person, r ID, version int, helped, hindered, instead string) error {
	return d.change(ctx, actor, who, r, version, func(_ *store.Tx, _ access.Access, r *Referral) error {
		r.Helped, r.Hindered, r.Instead, r.AskedOn = helped, hindered, instead, actor.Today()
		return nil
	})
}

// Redirect says that somebody else is right for the person, to whom, and that the person has been told. The unit's
// concern ends after a month, so that questions can be answered.
func (d *Desk) Redirect(ctx context.Context, actor *access.Actor, who id.Person, r ID, version int, to string, told bool) error {
	return d.change(ctx, actor, who, r, version, func(tx *store.Tx, a access.Access, r *Referral) error {
		var form fault.Form
		if strings.TrimSpace(to) == "" {
			form.Add("redirect", "referral.redirect.to")
		}
		if !told {
			form.Add("told", "referral.redirect.told")
		}
		if err := form.Err(); err != nil {
			return err
		}
		return d.end(ctx, tx, actor, r, Redirected, thread.Redirected, func() { r.To = to })
	})
}

// Withdraw says that the person does not want to, now. No reason is asked for.
func (d *Desk) Withdraw(ctx context.Context, actor *access.Actor, who id.Person, r ID, version int) error {
	return d.change(ctx, actor, who, r, version, func(tx *store.Tx, _ access.Access, r *Referral) error {
		return d.end(ctx, tx, actor, r, Withdrawn, thread.Withdrawn, func() {})
	})
}

func (d *Desk) end(ctx context.Context, tx *store.Tx, actor *access.Actor, r *Referral, s State, k thread.Kind, words func()) error {
	if r.State != Waiting && r.State != Present {
		return fault.New(fault.Conflict, "referral.state")
	}
	words()
	r.State, r.StateOn = s, actor.Today()
	if err := r.event(ctx, tx, actor, k, ""); err != nil {
		return err
	}
	return access.Untie(ctx, tx, actor.Area(), r.Person, r.Unit, actor.Today().AddMonths(1), actor.Now())
}

// Reopen takes a redirection or a withdrawal back: the person waits again at the place they had.
func (d *Desk) Reopen(ctx context.Context, actor *access.Actor, who id.Person, r ID, version int) error {
	return d.change(ctx, actor, who, r, version, func(tx *store.Tx, _ access.Access, r *Referral) error {
		if r.State != Redirected && r.State != Withdrawn {
			return fault.New(fault.Conflict, "referral.state")
		}
		r.State, r.StateOn = Waiting, actor.Today()
		if err := r.event(ctx, tx, actor, thread.Referred, string(r.Kind)+"+reopened"); err != nil {
			return err
		}
		return access.Tie(ctx, tx, actor.Area(), r.Person, r.Unit, actor.Today(), actor.Now())
	})
}
