package place

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// StepOut lets the person step out on a day, with their own reason if they want to say one.
func (d *Desk) StepOut(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, on clock.Date, because string) error {
	return d.change(ctx, actor, who, k, version, func(tx *store.Tx, _ access.Access, p *Place) error {
		if p.State != Held || p.To != "" {
			return fault.Stale
		}
		if err := p.checkOut(on); err != nil {
			return err
		}
		p.To, p.Leaving = on, strings.TrimSpace(because)
		if err := letGo(ctx, tx, actor.Area(), p.Run, on, actor.Today()); err != nil {
			return err
		}
		return p.event(ctx, tx, actor, thread.PlaceLeft, "", on)
	})
}

// Undo takes a stepping out back: the person has the place as before. A conflict when it is taken meanwhile, or when it ended
// because the person left the unit.
func (d *Desk) Undo(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int) error {
	return d.change(ctx, actor, who, k, version, func(tx *store.Tx, a access.Access, p *Place) error {
		if p.State != Held || p.To == "" {
			return fault.Stale
		}
		if p.EndedWith != 0 {
			return fault.New(fault.Conflict, "place.notin")
		}
		if err := here(ctx, tx, actor, a); err != nil {
			return err
		}
		r, err := schedule.GetRun(ctx, tx, actor, p.Run)
		if err != nil {
			return err
		}
		if _, err := free(ctx, tx, actor, a, r, max(p.To, actor.Today()), "on", "place.full.now"); err != nil {
			return err
		}
		on := p.To
		p.To, p.Leaving = "", ""
		return p.event(ctx, tx, actor, thread.PlaceLeft, thread.Undone, on)
	})
}

// ending is a place that ends, or ended, with the time at the unit.
type ending struct {
	Place
	was clock.Date // the day out that was agreed before, "" for none
}

const endingColumns = `SELECT place_id, run_id, goal_id, state, from_on, to_on, was_to, answer_by FROM place WHERE area_id = $1 AND person_id = $2 AND unit_id = $3`

func scanEnding(r *store.Cursor) (p ending, err error) {
	err = r.Scan(&p.ID, &p.Run, &p.Goal, &p.State, &p.From, &p.To, &p.was, &p.AnswerBy)
	return p, err
}

// Leave lets go of all that the person has at the unit, when their time there ends.
func Leave(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.EnrolmentID, on clock.Date) error {
	list, err := store.All(ctx, tx, store.Q(endingColumns+` AND (state = 'held' AND (to_on = '' OR to_on > $4) OR state = 'offered') ORDER BY place_id`),
		[]any{actor.Area(), a.Person(), actor.Unit(), string(on)}, scanEnding)
	if err != nil {
		return err
	}
	for _, p := range list {
		if err := letGo(ctx, tx, actor.Area(), p.Run, on, actor.Today()); err != nil {
			return err
		}
		if p.State == Offered {
			continue
		}
		p.Person, p.To = a.Person(), max(p.From, on)
		if _, err := tx.Exec(ctx, store.Q(`UPDATE place SET to_on = $3, was_to = to_on, ended_with = $4, version = version + 1 WHERE area_id = $1 AND place_id = $2`),
			actor.Area(), p.ID, string(p.To), e); err != nil {
			return err
		}
		if err := p.event(ctx, tx, actor, thread.PlaceLeft, "", p.To); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, store.Q(`UPDATE place SET state = 'withdrawn', ended_with = $4, version = version + 1
	 WHERE area_id = $1 AND person_id = $2 AND unit_id = $3 AND state IN ('wished', 'offered')`), actor.Area(), a.Person(), actor.Unit(), e)
	return err
}

// Return gives back what Leave let go of. A place that others have taken meanwhile is wished for again.
func Return(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.EnrolmentID) error {
	gone, err := store.All(ctx, tx, store.Q(endingColumns+` AND ended_with = $4 ORDER BY place_id`), []any{actor.Area(), a.Person(), actor.Unit(), e}, scanEnding)
	if err != nil {
		return err
	}
	taken, err := Taken(ctx, tx, actor, actor.Today())
	if err != nil {
		return err
	}
	for _, p := range gone {
		p.Person = a.Person()
		if err := p.back(ctx, tx, actor, taken); err != nil {
			return err
		}
	}
	return nil
}

// back gives a place back as it was, or as a wish when the run is full.
func (p ending) back(ctx context.Context, tx *store.Tx, actor *access.Actor, taken map[schedule.RunID]int) error {
	full := false
	if p.Run != 0 {
		r, err := schedule.GetRun(ctx, tx, actor, p.Run)
		if err != nil {
			return err
		}
		full = taken[r.ID] >= r.Places && (p.was == "" || p.was > actor.Today())
		taken[r.ID]++
	}
	held, kind, code, on := p.State == Held, thread.PlaceLeft, thread.Undone, p.To
	switch {
	case full || p.Run == 0 || !held && p.AnswerBy < actor.Today():
		p.State, p.Run, p.Goal, p.From, p.was, p.AnswerBy = Wished, 0, 0, "", "", ""
		kind, code, on = thread.PlaceWished, "", actor.Today()
	case !held:
		p.State = Offered
	}
	if _, err := tx.Exec(ctx, store.Q(`UPDATE place SET state = $3, run_id = $4, goal_id = $5, from_on = $6, to_on = $7, was_to = '', ended_with = 0,
	 answer_by = $8, version = version + 1 WHERE area_id = $1 AND place_id = $2`), actor.Area(), p.ID, string(p.State), p.Run, p.Goal, string(p.From), string(p.was),
		string(p.AnswerBy)); err != nil {
		return err
	}
	if !held {
		return nil
	}
	return p.event(ctx, tx, actor, kind, code, on)
}
