package opinion

import (
	"context"
	"strings"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/job"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Reply is what an answer says and what was changed because of what somebody thinks.
type Reply struct {
	Answer  string
	Changed string
}

func (r *Reply) check() error {
	r.Answer, r.Changed = strings.TrimSpace(r.Answer), strings.TrimSpace(r.Changed)
	return append(wrong(r.Answer, "answer", "opinion.answer.needed"), wrong(r.Changed, "changed", "")...).Err()
}

// Answer answers one of nobody that is known. Missing for who is not to answer it, Stale when it was answered meanwhile. What was
// written is destroyed after so many days as the unit had decided then; see org.Settings.
func (d *Desk) Answer(ctx context.Context, actor *access.Actor, o ID, version int, r Reply) error {
	if err := r.check(); err != nil {
		return err
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, Staff...); err != nil {
			return err
		}
		x, key, err := unknownOf(ctx, tx, actor, o)
		if err != nil {
			return err
		}
		if err := settle(ctx, tx, actor, x, version, Answered, key.Seal(place("answer", o), r.Answer), r.Changed); err != nil {
			return err
		}
		keep, err := kept(ctx, tx, actor.Area(), o, actor.Now())
		if err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, actor.Area(), sweepJob, payload{o}, actor.Now().Add(keep))
	})
}

// AnswerTo answers a person, who reads it on their own pages. From then on the one who answered has no more to do with the person
// than before.
func (d *Desk) AnswerTo(ctx context.Context, actor *access.Actor, who id.Person, o ID, version int, r Reply) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenReview(ctx, tx, actor, who, access.Write)
		if err != nil {
			return err
		}
		x, err := mine(ctx, tx, actor, a, o)
		if err != nil {
			return err
		}
		if err := r.check(); err != nil {
			return err
		}
		if err := settle(ctx, tx, actor, x, version, Answered, a.Key(access.Identity).Seal(place("answer", o), r.Answer), r.Changed); err != nil {
			return err
		}
		return access.Raise(ctx, tx, actor.Area(), actor.Now())
	})
}

// Discard notes that it was nobody's opinion. Not of one that a person has written.
func (d *Desk) Discard(ctx context.Context, actor *access.Actor, o ID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, Staff...); err != nil {
			return err
		}
		x, _, err := unknownOf(ctx, tx, actor, o)
		if err != nil {
			return err
		}
		if err := settle(ctx, tx, actor, x, version, Spam, []byte{}, ""); err != nil {
			return err
		}
		return remove(ctx, tx, actor.Area(), o)
	})
}

// Change writes what the unit has changed because of one that has been answered: about the house, with nobody in it. For who
// answered it and the head of the unit.
func (d *Desk) Change(ctx context.Context, actor *access.Actor, o ID, version int, changed string) error {
	changed = strings.TrimSpace(changed)
	if err := wrong(changed, "changed", "").Err(); err != nil {
		return err
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if _, err := answered(ctx, tx, actor, o); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE opinion SET changed = $4, version = version + 1 WHERE area_id = $1 AND opinion_id = $2 AND version = $3 AND state = 'answered'`),
			actor.Area(), o, version, changed)
		if err == nil && n == 0 {
			err = fault.Stale
		}
		return err
	})
}

func settle(ctx context.Context, tx *store.Tx, actor *access.Actor, x Opinion, version int, to State, answer []byte, changed string) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE opinion SET state = $4, answer = $5, changed = $6, answered_at = $7, version = version + 1
	 WHERE area_id = $1 AND opinion_id = $2 AND version = $3 AND state = 'waiting'`), actor.Area(), x.ID, version, string(to), answer, changed, int64(actor.Now()))
	if err == nil && n == 0 {
		err = fault.Stale
	}
	return err
}

// kept is how long what nobody that is known has written, and its answer, are kept after the answer: so long the code is good for.
// It is as the unit had decided on the day of the answer; a decision made later changes nothing of what was answered before.
func kept(ctx context.Context, tx *store.Tx, area id.Area, o ID, answered clock.Instant) (time.Duration, error) {
	var unit id.Unit
	if err := tx.One(ctx, store.Q(`SELECT unit_id FROM opinion WHERE area_id = $1 AND opinion_id = $2`), []any{area, o}, &unit); err != nil {
		return 0, err
	}
	set, err := org.SettingsAt(ctx, tx, area, unit, answered.Date())
	return time.Duration(set.OpinionDays) * 24 * time.Hour, err
}

const sweepJob = "opinion.sweep"

type payload struct {
	Opinion ID `json:"opinion"`
}

// Kinds are the desk's jobs, for the runner.
func (d *Desk) Kinds() map[string]func(context.Context, job.Job) error {
	return map[string]func(context.Context, job.Job) error{sweepJob: func(ctx context.Context, j job.Job) error {
		var p payload
		if err := j.Read(&p); err != nil {
			return err
		}
		return d.Sweep(ctx, j.Area, p.Opinion)
	}}
}

// Sweep destroys what was written in one of nobody that is known that was answered long enough ago; another is left.
func (d *Desk) Sweep(ctx context.Context, area id.Area, o ID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		var answered clock.Instant
		err := tx.One(ctx, store.Q(`SELECT answered_at FROM opinion WHERE area_id = $1 AND opinion_id = $2 AND person_id = 0 AND state <> 'waiting'`),
			[]any{area, o}, &answered)
		if store.None(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if keep, err := kept(ctx, tx, area, o, answered); err != nil || d.Clock.Now() < answered.Add(keep) {
			return err
		}
		return remove(ctx, tx, area, o)
	})
}

// remove destroys what was written and its answer: first the key goes.
func remove(ctx context.Context, tx *store.Tx, area id.Area, o ID) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE opinion SET key_wrapped = $3, sealed = $3, answer = $3 WHERE area_id = $1 AND opinion_id = $2`), area, o, []byte{})
	return err
}
