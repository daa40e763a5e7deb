package audit

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/job"
	"sluss/internal/mail"
	"sluss/internal/store"
)

// JobWitness is the kind of job that sends an area's newest checkpoint to the witness.
const JobWitness = "witness"

// Witness is a second organisation that keeps the checkpoints, sent to it by e-mail: what is changed in the log after one that it
// holds is found, whoever did it and whatever keys they have.
type Witness struct {
	Store *store.Store
	Clock clock.Clock
	Mail  mail.Sender
	To    string // its address
}

// witnessEvery is how often a checkpoint is sent while the log grows.
const witnessEvery = time.Hour

// Kinds are the kinds of jobs that the witness has done.
func (w *Witness) Kinds() map[string]func(context.Context, job.Job) error {
	return map[string]func(context.Context, job.Job) error{JobWitness: w.send}
}

// Due leaves a job to send the area's newest checkpoint, when the log has grown since the last that was sent and an hour has passed
// since one was asked for. What was asked for before and has not been sent is told as an error in the program's own log.
func (w *Witness) Due(ctx context.Context, area id.Area) error {
	now, late := w.Clock.Now(), false
	err := w.Store.Write(ctx, func(tx *store.Tx) error {
		late = false
		var newest, sent int64
		var asked, at clock.Instant
		if err := tx.One(ctx, store.Q(`SELECT coalesce(max(size), 0) FROM disclosure_checkpoint WHERE area_id = $1`), []any{area}, &newest); err != nil {
			return err
		}
		err := tx.One(ctx, store.Q(`SELECT size, asked_at, sent_at FROM witness WHERE area_id = $1`), []any{area}, &sent, &asked, &at)
		if err != nil && !store.None(err) {
			return err
		}
		if newest <= sent || now < asked.Add(witnessEvery) {
			return nil
		}
		late = asked > at
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO witness (area_id, size, asked_at, sent_at) VALUES ($1, 0, $2, 0)
		 ON CONFLICT (area_id) DO UPDATE SET asked_at = excluded.asked_at`), area, int64(now)); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, area, JobWitness, struct{}{}, now)
	})
	if err == nil && late {
		slog.ErrorContext(ctx, "the log's checkpoints do not reach the witness", "area", area.String())
	}
	return err
}

// send sends the newest checkpoint, unless that has been sent.
func (w *Witness) send(ctx context.Context, j job.Job) error {
	var size, sent int64
	var signed string
	err := w.Store.Read(ctx, func(tx *store.Tx) error {
		if err := tx.One(ctx, store.Q(`SELECT coalesce(max(size), 0) FROM witness WHERE area_id = $1`), []any{j.Area}, &sent); err != nil {
			return err
		}
		return tx.One(ctx, store.Q(`SELECT size, note FROM disclosure_checkpoint WHERE area_id = $1 ORDER BY size DESC LIMIT 1`), []any{j.Area}, &size, &signed)
	})
	if err != nil || size <= sent {
		return err
	}
	if err := w.Mail.Send(ctx, mail.Message{To: w.To, Subject: fmt.Sprintf("Sluss log %s, size %d", j.Area, size), Text: signed}); err != nil {
		return err
	}
	return w.Store.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, store.Q(`UPDATE witness SET size = $2, sent_at = $3 WHERE area_id = $1 AND size < $2`), j.Area, size, int64(w.Clock.Now()))
		return err
	})
}

// Witnessed is how many of the area's disclosures the witness's newest checkpoint covers.
func Witnessed(ctx context.Context, tx *store.Tx, area id.Area) (size int64, err error) {
	err = tx.One(ctx, store.Q(`SELECT coalesce(max(size), 0) FROM witness WHERE area_id = $1`), []any{area}, &size)
	return size, err
}
