package outcome

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/store"
)

func insertExit(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, x Exit) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO exit (area_id, exit_id, person_id, unit_id, enrolment_id, reason, kind, subsidy, sector,
	 municipal, study_aid, left_on, income_before, income_after, no_view, sealed, post_id, at, undone_at, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 0, 1)`),
		actor.Area(), x.ID, x.Person, x.Unit, x.Enrolment, string(x.Reason), x.Kind, x.Subsidy, x.Sector, store.Flag(x.Municipal), store.Flag(x.StudyAid),
		string(x.LeftOn), x.Before, x.After, x.NoView, a.Key(access.Plan).Seal(exitPlace(x.ID), x.Words.list()...), actor.Post(), int64(actor.Now()))
	return err
}

const exitColumns = `x.exit_id, x.unit_id, x.enrolment_id, x.reason, x.kind, x.subsidy, x.sector, x.municipal, x.study_aid, x.left_on,
 x.income_before, x.income_after, x.no_view, x.sealed, x.post_id, x.at, x.undone_at, x.version`

func scanExit(r *store.Cursor, a access.Access) (Exit, error) {
	x := Exit{Person: a.Person()}
	var municipal, aid int
	var undone int64
	var sealed []byte
	if err := r.Scan(&x.ID, &x.Unit, &x.Enrolment, &x.Reason, &x.Kind, &x.Subsidy, &x.Sector, &municipal, &aid, &x.LeftOn,
		&x.Before, &x.After, &x.NoView, &sealed, &x.Post, &x.At, &undone, &x.Version); err != nil {
		return x, err
	}
	x.Municipal, x.StudyAid, x.Undone = municipal == 1, aid == 1, undone != 0
	f, err := a.Key(access.Plan).Open(exitPlace(x.ID), wordFields, sealed)
	if err != nil {
		return x, err
	}
	x.Words.take(f)
	return x, nil
}

func selectExits(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Exit, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+exitColumns+` FROM exit x
	 WHERE x.area_id = $1 AND x.person_id = $2 AND x.unit_id = $3 ORDER BY x.exit_id DESC`),
		[]any{actor.Area(), a.Person(), actor.Unit()}, func(r *store.Cursor) (Exit, error) { return scanExit(r, a) })
}

// getExit gives one exit of the person at the actor's unit; Missing when there is none.
func getExit(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, exit ID) (Exit, error) {
	list, err := selectExits(ctx, tx, actor, a)
	if err != nil {
		return Exit{}, err
	}
	i := slices.IndexFunc(list, func(x Exit) bool { return x.ID == exit })
	if i < 0 {
		return Exit{}, fault.Missing
	}
	return list[i], nil
}

func markUndone(ctx context.Context, tx *store.Tx, actor *access.Actor, x Exit) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE exit SET undone_at = $4, version = version + 1
	 WHERE area_id = $1 AND exit_id = $2 AND version = $3`), actor.Area(), x.ID, x.Version, int64(actor.Now()))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Stale
	}
	_, err = tx.Exec(ctx, store.Q(`UPDATE followup SET state = 'dropped', version = version + 1
	 WHERE area_id = $1 AND exit_id = $2 AND state = 'open'`), actor.Area(), x.ID)
	return err
}

func insertFollowUp(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, x Exit, months int) error {
	f := id.New[followUpTag](actor.Now())
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO followup (area_id, followup_id, exit_id, person_id, unit_id, months, due_on, state, answer,
	 answered_on, sealed, post_id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', '', '', $8, 0, 1)`),
		actor.Area(), f, x.ID, x.Person, x.Unit, months, string(x.LeftOn.AddMonths(months)), a.Key(access.Plan).Seal(followUpPlace(f), ""))
	return err
}

func selectFollowUps(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]FollowUp, error) {
	return store.All(ctx, tx, store.Q(`SELECT f.followup_id, f.exit_id, f.months, f.due_on, f.state, f.answer, f.answered_on, f.sealed,
	 f.post_id, f.version FROM followup f
	 WHERE f.area_id = $1 AND f.person_id = $2 AND f.unit_id = $3 ORDER BY f.exit_id, f.months`),
		[]any{actor.Area(), a.Person(), actor.Unit()}, func(r *store.Cursor) (f FollowUp, err error) {
			var sealed []byte
			if err := r.Scan(&f.ID, &f.Exit, &f.Months, &f.DueOn, &f.State, &f.Answer, &f.AnsweredOn, &sealed, &f.Post, &f.Version); err != nil {
				return f, err
			}
			words, err := a.Key(access.Plan).Open(followUpPlace(f.ID), 1, sealed)
			if err == nil {
				f.Words = words[0]
			}
			return f, err
		})
}

// getFollowUp gives one follow-up with its exit; Missing when it is not the person's at the actor's unit.
func getFollowUp(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, follow FollowUpID) (Exit, FollowUp, error) {
	list, err := Of(ctx, tx, actor, a)
	if err != nil {
		return Exit{}, FollowUp{}, err
	}
	for _, x := range list {
		for _, f := range x.FollowUps {
			if f.ID == follow {
				return x, f, nil
			}
		}
	}
	return Exit{}, FollowUp{}, fault.Missing
}

func updateFollowUp(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, f FollowUp) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE followup SET state = 'done', answer = $4, answered_on = $5, sealed = $6, post_id = $7,
	 version = version + 1 WHERE area_id = $1 AND followup_id = $2 AND version = $3`),
		actor.Area(), f.ID, f.Version, f.Answer, string(actor.Today()), a.Key(access.Plan).Seal(followUpPlace(f.ID), f.Words), actor.Post())
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

func insertPause(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p Pause, unit id.Unit) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO pause (area_id, pause_id, person_id, unit_id, enrolment_id, reason, sealed, began_on,
	 expected_on, ended_on, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', 1)`),
		actor.Area(), p.ID, a.Person(), unit, p.Enrolment, p.Reason, a.Key(access.Plan).Seal(pausePlace(p.ID), p.Words), string(p.BeganOn), string(p.ExpectedOn))
	return err
}

// endPause ends the pause that goes on, if one does.
func endPause(ctx context.Context, tx *store.Tx, actor *access.Actor, e intake.EnrolmentID, on clock.Date) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE pause SET ended_on = $3, version = version + 1
	 WHERE area_id = $1 AND enrolment_id = $2 AND ended_on = ''`), actor.Area(), e, string(on))
	return err
}

func resting(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.Enrolment) (*Pause, error) {
	if e.State != intake.Paused {
		return nil, nil
	}
	var p Pause
	var sealed []byte
	err := tx.One(ctx, store.Q(`SELECT pause_id, enrolment_id, reason, sealed, began_on, expected_on, version FROM pause
	 WHERE area_id = $1 AND enrolment_id = $2 AND ended_on = '' ORDER BY +pause_id DESC LIMIT 1`), []any{actor.Area(), e.ID},
		&p.ID, &p.Enrolment, &p.Reason, &sealed, &p.BeganOn, &p.ExpectedOn, &p.Version)
	if store.None(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f, err := a.Key(access.Plan).Open(pausePlace(p.ID), 1, sealed)
	if err != nil {
		return nil, err
	}
	p.Words = f[0]
	return &p, nil
}
