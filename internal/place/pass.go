package place

import (
	"context"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/job"
	"sluss/internal/org"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// The jobs that are left behind: one asks whether an offer was answered once its last day is over, one passes on a place the
// morning it has become free, so that a mistake can be taken back until then.
const (
	jobAnswer = "place.answer"
	jobFree   = "place.free"
)

// passedOn is when a place that has become free is passed on.
const passedOn = clock.LocalTime("08:00")

type (
	answered struct {
		Place ID            `json:"place"`
		Asked clock.Instant `json:"asked"`
	}
	freed struct {
		Run schedule.RunID `json:"run"`
	}
)

// Kinds are the kinds of jobs that the desk does.
func (d *Desk) Kinds(c clock.Clock) map[string]func(context.Context, job.Job) error {
	return map[string]func(context.Context, job.Job) error{
		jobAnswer: func(ctx context.Context, j job.Job) error {
			var x answered
			if err := j.Read(&x); err != nil {
				return err
			}
			return d.Store.Write(ctx, func(tx *store.Tx) error { return unanswered(ctx, tx, j.Area, x, c.Now()) })
		},
		jobFree: func(ctx context.Context, j job.Job) error {
			var x freed
			if err := j.Read(&x); err != nil {
				return err
			}
			return d.Store.Write(ctx, func(tx *store.Tx) error {
				_, err := pass(ctx, tx, j.Area, x.Run, c.Now(), c.Now())
				return err
			})
		},
	}
}

// ask leaves the job that looks whether an offer was answered.
func ask(ctx context.Context, tx *store.Tx, area id.Area, k ID, at clock.Instant, last clock.Date) error {
	return job.Enqueue(ctx, tx, area, jobAnswer, answered{k, at}, last.Add(1).At("00:00"))
}

// letGo leaves the job that passes on a place that becomes free on a day: that morning, but never before the next.
func letGo(ctx context.Context, tx *store.Tx, area id.Area, r schedule.RunID, on, today clock.Date) error {
	return job.Enqueue(ctx, tx, area, jobFree, freed{r}, max(on, today.Add(1)).At(passedOn))
}

// unanswered makes an offer whose last day is over a wish again, in its old turn, and passes the place on. Nothing is said of it
// anywhere: whoever did not answer wishes for it as before.
func unanswered(ctx context.Context, tx *store.Tx, area id.Area, x answered, now clock.Instant) error {
	var run schedule.RunID
	var since clock.Instant
	err := tx.One(ctx, store.Q(`SELECT run_id, freed_at FROM place WHERE area_id = $1 AND place_id = $2 AND state = 'offered' AND asked_at = $3 AND answer_by < $4`),
		[]any{area, x.Place, int64(x.Asked), string(now.Date())}, &run, &since)
	if store.None(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, store.Q(`UPDATE place SET state = 'wished', run_id = 0, goal_id = 0, from_on = '', answer_by = '', version = version + 1
	 WHERE area_id = $1 AND place_id = $2`), area, x.Place); err != nil {
		return err
	}
	_, err = pass(ctx, tx, area, run, since, now)
	return err
}

// inTurn is the order of those who wait: who was moved before the others, then by the date of the wish.
const inTurn = ` ORDER BY CASE WHEN x.moved_at = 0 THEN 1 ELSE 0 END, x.moved_at, x.wished_on, x.place_id`

// waiting are those who wait for a place in a run $3 of an activity $2 and have none in it on the day $4.
const waiting = ` FROM place x WHERE x.area_id = $1 AND x.activity_id = $2 AND x.state = 'wished' AND NOT EXISTS (SELECT 1 FROM place y
  WHERE y.area_id = $1 AND y.person_id = x.person_id AND y.run_id = $3 AND y.state IN ('offered', 'held') AND (y.to_on = '' OR y.to_on > $4))`

// pass offers a free place in a run to the one whose turn it is, of those who have not been asked since it became free. It gives
// who was offered it: 0 for nobody, when none is free, when nobody waits, or when the group began together before today.
func pass(ctx context.Context, tx *store.Tx, area id.Area, run schedule.RunID, since, now clock.Instant) (who id.Person, err error) {
	var r schedule.Run
	var unit id.Unit
	var state activity.State
	var taken int
	today := now.Date()
	err = tx.One(ctx, store.Q(`SELECT r.unit_id, r.activity_id, a.state, r.entry, r.from_on, r.to_on, r.places,
	  (SELECT count(*) FROM place x WHERE x.area_id = $1 AND x.run_id = $2 AND x.state IN ('offered', 'held') AND (x.to_on = '' OR x.to_on > $3))
	 FROM run r JOIN activity a ON a.area_id = r.area_id AND a.activity_id = r.activity_id WHERE r.area_id = $1 AND r.run_id = $2`),
		[]any{area, run, string(today)}, &unit, &r.Activity, &state, &r.Entry, &r.From, &r.To, &r.Places, &taken)
	if err != nil || taken >= r.Places || state == activity.Ended || r.To <= today || r.Entry == schedule.Common && r.From < today {
		return 0, err
	}
	var k ID
	err = tx.One(ctx, store.Q(`SELECT x.place_id, x.person_id`+waiting+` AND x.asked_at < $5`+inTurn+` LIMIT 1`),
		[]any{area, r.Activity, run, string(today), int64(since)}, &k, &who)
	if store.None(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	s, err := org.SettingsAt(ctx, tx, area, unit, today)
	if err != nil {
		return 0, err
	}
	from, last := clock.Date(""), today.Add(s.OfferDays) // of a rolling run: from the day they say yes
	if r.Entry == schedule.Common {
		from = r.From
	}
	if _, err := tx.Exec(ctx, store.Q(`UPDATE place SET state = 'offered', run_id = $3, from_on = $4, answer_by = $5, asked_at = $6, freed_at = $7, own_on = '', unclear_on = '',
	 version = version + 1 WHERE area_id = $1 AND place_id = $2`), area, k, run, string(from), string(last), int64(now), int64(since)); err != nil {
		return 0, err
	}
	if err := ask(ctx, tx, area, k, now, last); err != nil {
		return 0, err
	}
	return who, thread.Write(ctx, tx, area, thread.Event{Person: who, At: now, Kind: thread.PlaceOffered, Unit: unit, Ref: int64(k)})
}

// passes tells whether an offer passes others by: those whose turn comes before the person's would not all have one of the free
// places. Without a reason it is a fault of the field past.
func (o Offer) passes(ctx context.Context, tx *store.Tx, area id.Area, p Place, r schedule.Run, free int, today clock.Date) (bool, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT x.place_id`+waiting+inTurn), []any{area, r.Activity, r.ID, string(today)}, func(c *store.Cursor) (k ID, err error) {
		err = c.Scan(&k)
		return k, err
	})
	if err != nil {
		return false, err
	}
	before := 0
	for before < len(list) && list[before] != p.ID {
		before++
	}
	if before < free {
		return false, nil
	}
	if o.Past == "" {
		return true, fault.Form{{Kind: fault.Invalid, Key: "place.past.needed", Field: "past", Args: []any{before}}}
	}
	return true, nil
}
