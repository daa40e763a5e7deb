package thread

import (
	"context"
	"fmt"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Moving is the kinds that move a person into the queue, along the way or out, as a list for SQL. They are what flow
// counts; all other kinds leave every sum as it was.
const Moving = `'referral.received', 'referral.redirected', 'referral.withdrawn', 'start.called', 'start.answered', 'start.present',
 'start.absent', 'start.moved', 'start.uncalled', 'individual.booked', 'individual.held', 'step.moved', 'pause.begun', 'pause.ended', 'exit.made', 'exit.undone'`

// Moves tells whether the kind is one of Moving.
func (k Kind) Moves() bool {
	switch k {
	case Referred, Redirected, Withdrawn, Called, Answered, Present, Absent, CallMoved, Uncalled, Booked, Begun, StepMoved, Paused, Resumed, Left, ExitUndone:
		return true
	}
	return false
}

// past tells whether the event changes what was true on a day before the one it is written down on. Taking back an exit
// always does.
func (e Event) past() bool {
	return e.Kind.Moves() && (e.On < e.At.Date() || e.Kind == ExitUndone)
}

// Stale marks that what is counted of a person's way has changed on a day that may be summed already: an event dated
// back, or a change of what people are grouped by. Every day of that person's way is then summed anew.
func Stale(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, from clock.Date, at clock.Instant) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO thread_stale (area_id, person_id, mark_id, from_on) VALUES ($1, $2, $3, $4)`),
		area, person, id.New[eventTag](at), string(from))
	if err != nil {
		return fmt.Errorf("mark a changed past: %w", err)
	}
	return nil
}

// Mark is one mark made by Stale.
type Mark struct {
	Person id.Person
	ID     ID
}

// Marks gives at most most marks, oldest people first.
func Marks(ctx context.Context, tx *store.Tx, area id.Area, most int) ([]Mark, error) {
	return store.All(ctx, tx, store.Q(`SELECT person_id, mark_id FROM thread_stale WHERE area_id = $1 ORDER BY person_id, mark_id LIMIT $2`),
		[]any{area, most}, scanMark)
}

func scanMark(r *store.Cursor) (m Mark, err error) {
	err = r.Scan(&m.Person, &m.ID)
	return m, err
}

// Unmark removes marks whose days have been summed anew. Marks made meanwhile stay.
func Unmark(ctx context.Context, tx *store.Tx, area id.Area, marks []Mark) error {
	for _, m := range marks {
		if _, err := tx.Exec(ctx, store.Q(`DELETE FROM thread_stale WHERE area_id = $1 AND person_id = $2 AND mark_id = $3`), area, m.Person, m.ID); err != nil {
			return err
		}
	}
	return nil
}
