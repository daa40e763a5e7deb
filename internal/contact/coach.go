package contact

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/store"
)

// NewCoach names another coach, as intake.Desk.NewCoach does. Meetings ahead with somebody who may no longer meet the person go to the
// new coach at the same times, since the person has them in their calendar; who then has something else moves them.
func (d *Desk) NewCoach(ctx context.Context, actor *access.Actor, who id.Person, version int, coach id.Post, how string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := (&intake.Desk{Store: d.Store.In(tx)}).NewCoach(ctx, actor, who, version, coach, how); err != nil {
			return err
		}
		a, err := access.Open(ctx, tx, actor, who, access.Identity, access.Write, access.ForStart)
		if err != nil {
			return err
		}
		list, err := ahead(ctx, tx, actor, a)
		for _, m := range list {
			if err == nil {
				err = m.passOn(ctx, tx, actor, coach)
			}
		}
		return err
	})
}

func (m Appointment) passOn(ctx context.Context, tx *store.Tx, actor *access.Actor, to id.Post) error {
	v, err := access.Judge(ctx, tx, actor, m.Post, m.Person, access.Identity, access.Read)
	if err == nil && v < 0 {
		_, err = tx.Exec(ctx, store.Q(`UPDATE appointment SET post_id = $3, version = version + 1 WHERE area_id = $1 AND appointment_id = $2`), actor.Area(), m.ID, to)
	}
	return err
}
