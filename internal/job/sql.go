package job

import (
	"context"
	"database/sql"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

func insert(ctx context.Context, tx *store.Tx, area id.Area, about int64, kind, payload string, runAt clock.Instant) error {
	made := clock.Clock(clock.System).Now() // not runAt: many jobs share one, and their ids would meet
	_, err := tx.Exec(ctx, store.Q(`
		INSERT INTO job (area_id, job_id, kind, payload, run_at, state, tries, about) VALUES ($1, $2, $3, $4, $5, 0, 0, $6)`),
		area, id.New[tag](made), kind, payload, runAt, about)
	return err
}

// End ends everything that waits to be sent to somebody, in the transaction of the change that ends the right to send it.
func End(ctx context.Context, tx *store.Tx, area id.Area, about int64, now clock.Instant) error {
	_, err := tx.Exec(ctx, store.Q(`
		UPDATE job SET state = 2, done_at = $3, last_fault = 'ended' WHERE area_id = $1 AND about = $2 AND about <> 0 AND state < 2`), area, about, now)
	return err
}

// dueAreas finds the areas with work of these kinds, so that each claim can name its area.
func dueAreas(ctx context.Context, tx *store.Tx, now clock.Instant, kinds []string) (areas []id.Area, err error) {
	q := store.Join(
		store.Q(`SELECT DISTINCT area_id FROM job WHERE state < 2 AND run_at <= $1 AND kind IN `), store.In(2, len(kinds)),
		store.Q(` ORDER BY area_id`))
	return store.All(ctx, tx, q, append([]any{now}, store.Pad(kinds)...), func(r *store.Cursor) (a id.Area, err error) {
		err = r.Scan(&a)
		return a, err
	})
}

// bury ends jobs whose last try ended with its process. "state < 2" is said for the sake of the index.
func bury(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant, most int) (int64, error) {
	return tx.Exec(ctx, store.Q(`
		UPDATE job SET state = 3, done_at = $2, last_fault = 'lost'
		WHERE area_id = $1 AND state < 2 AND state = 1 AND run_at <= $2 AND tries >= $3`), area, now, most)
}

// claim takes at most n due jobs, waiting ones and those whose lease has run out. The state is asked for again in
// the outer condition: on PostgreSQL another may have taken the row since the inner one saw it. The inner one is
// materialized: as a plain sub-select PostgreSQL may run it once per row, and then takes more than n.
func claim(ctx context.Context, tx *store.Tx, area id.Area, now, lease clock.Instant, n int, kinds []string) ([]Job, error) {
	q := store.Join(store.Q(`
		WITH due AS MATERIALIZED (
			SELECT job_id FROM job WHERE area_id = $1 AND state < 2 AND run_at <= $2 AND kind IN `), store.In(5, len(kinds)), store.Q(`
			ORDER BY run_at, job_id LIMIT $4 {skip}
		)
		UPDATE job SET state = 1, tries = tries + 1, claimed_at = $2, run_at = $3
		WHERE area_id = $1 AND state < 2 AND run_at <= $2 AND job_id IN (SELECT job_id FROM due)
		RETURNING area_id, job_id, kind, payload, tries`))
	return store.All(ctx, tx, q, append([]any{area, now, lease, n}, store.Pad(kinds)...), scan)
}

func scan(r *store.Cursor) (j Job, err error) {
	err = r.Scan(&j.Area, &j.ID, &j.Kind, &j.Payload, &j.Tries)
	return j, err
}

// settle notes the end of a try. tries names the claim: one whose lease ran out no longer owns the job.
func settle(ctx context.Context, tx *store.Tx, j Job, to State, runAt, now clock.Instant, fault string) (int64, error) {
	return tx.Exec(ctx, store.Q(`
		UPDATE job SET state = $4, run_at = $5, done_at = $6, last_fault = $7
		WHERE area_id = $1 AND job_id = $2 AND state = 1 AND tries = $3`),
		j.Area, j.ID, j.Tries, to, runAt, ended(to, now), sql.NullString{String: fault, Valid: fault != ""})
}

func ended(to State, now clock.Instant) sql.NullInt64 {
	return sql.NullInt64{Int64: int64(now), Valid: to >= Done}
}

// Figures are how many jobs stand where in an area, and when the oldest that is due was to run (0 for none).
type Figures struct {
	Waiting, Running, Dead int
	Oldest                 clock.Instant
}

// Count gives the figures of an area for the metrics page.
func Count(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant) (f Figures, err error) {
	err = tx.One(ctx, store.Q(`
		SELECT count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state = 1), count(*) FILTER (WHERE state = 3),
			coalesce(min(run_at) FILTER (WHERE state = 0 AND run_at <= $2), 0)
		FROM job WHERE area_id = $1 AND state <> 2`), []any{area, now}, &f.Waiting, &f.Running, &f.Dead, &f.Oldest)
	return f, err
}

// Sweep deletes jobs of an area that were done before an instant, at most n; dead ones stay until someone has looked.
func Sweep(ctx context.Context, tx *store.Tx, area id.Area, before clock.Instant, n int) (int64, error) {
	return tx.Exec(ctx, store.Q(`
		DELETE FROM job WHERE area_id = $1 AND job_id IN (
			SELECT job_id FROM job WHERE area_id = $1 AND state = 2 AND done_at < $2 ORDER BY job_id LIMIT $3)`), area, before, n)
}
