package application

import (
	"context"
	"time"

	"sluss/internal/access"
	"sluss/internal/course"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/job"
	"sluss/internal/referral"
	"sluss/internal/store"
)

// Kept is how long what was written is kept after it was answered, so that a mistake can be taken back.
const Kept = 14 * 24 * time.Hour

const sweepJob = "application.sweep"

// payload is what a job of ours holds.
type payload struct {
	Application ID `json:"application"`
}

// Accept puts the person in the queue with the day they asked, once somebody has made sure who it is: by number the person
// is found or made new, as referral.Receive does. What was written is then removed here. A conflict when they are in the
// queue already, with whom; Stale when somebody has answered meanwhile.
func (d *Desk) Accept(ctx context.Context, actor *access.Actor, a ID, version int, f referral.Form) (who id.Person, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		x, err := get(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if x.State != Waiting || x.Kind == Report {
			return fault.Stale
		}
		f.ReceivedOn = x.On
		if x.Kind == Sent {
			if f.Agency, f.FromUnit, err = sender(ctx, tx, actor.Area(), a); err != nil {
				return err
			}
			f.ReplyBy, f.Listed = x.ReplyBy, true
		}
		var r referral.ID
		if r, who, err = referral.Receive(ctx, tx, actor, f); err != nil {
			return err
		}
		if x.Course != 0 {
			if err := course.Asked(ctx, tx, actor, who, x.Course); err != nil {
				return err
			}
		}
		if err := link(ctx, tx, actor.Area(), a, r, who); err != nil {
			return err
		}
		if err := move(ctx, tx, actor, a, version, Waiting, Accepted); err != nil {
			return err
		}
		return remove(ctx, tx, actor.Area(), a)
	})
	return who, err
}

// Answer notes that somebody has answered, and that it led to no place in the queue. Stale when somebody else has.
func (d *Desk) Answer(ctx context.Context, actor *access.Actor, a ID, version int) error {
	return d.close(ctx, actor, a, version, Answered)
}

// Discard notes that it was nobody's wish.
func (d *Desk) Discard(ctx context.Context, actor *access.Actor, a ID, version int) error {
	return d.close(ctx, actor, a, version, Spam)
}

func (d *Desk) close(ctx context.Context, actor *access.Actor, a ID, version int, to State) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		if err := move(ctx, tx, actor, a, version, Waiting, to); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, actor.Area(), sweepJob, payload{a}, actor.Now().Add(Kept))
	})
}

// Reopen takes an answer back, as long as what was written is here.
func (d *Desk) Reopen(ctx context.Context, actor *access.Actor, a ID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		x, err := get(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if !x.Here() || x.State != Answered && x.State != Spam {
			return fault.Stale
		}
		return move(ctx, tx, actor, a, version, x.State, Waiting)
	})
}

func move(ctx context.Context, tx *store.Tx, actor *access.Actor, a ID, version int, from, to State) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE application SET state = $6, post_id = $7, done_at = $8, version = version + 1
	 WHERE area_id = $1 AND unit_id = $2 AND application_id = $3 AND version = $4 AND state = $5`),
		actor.Area(), actor.Unit(), a, version, string(from), string(to), actor.Post(), int64(actor.Now()))
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

// remove destroys what was written: first its key goes.
func remove(ctx context.Context, tx *store.Tx, area id.Area, a ID) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE application SET key_wrapped = $3, sealed = $3 WHERE area_id = $1 AND application_id = $2`), area, a, []byte{})
	return err
}

// Kinds are the desk's jobs, for the runner.
func (d *Desk) Kinds() map[string]func(context.Context, job.Job) error {
	return map[string]func(context.Context, job.Job) error{sweepJob: func(ctx context.Context, j job.Job) error {
		var p payload
		if err := j.Read(&p); err != nil {
			return err
		}
		return d.Sweep(ctx, j.Area, p.Application)
	}}
}

// Sweep removes what was written in an application that was answered long enough ago; another is left.
func (d *Desk) Sweep(ctx context.Context, area id.Area, a ID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		var n int
		err := tx.One(ctx, store.Q(`SELECT count(*) FROM application WHERE area_id = $1 AND application_id = $2 AND state <> 'waiting' AND done_at <= $3`),
			[]any{area, a, int64(d.Clock.Now().Add(-Kept))}, &n)
		if err != nil || n == 0 {
			return err
		}
		return remove(ctx, tx, area, a)
	})
}
