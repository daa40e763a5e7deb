package intake

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// barred tells whether a prohibition keeps a post from the person: it is of one who stands aside, or not among those named for a
// protected record.
func barred(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, post id.Post) (bool, error) {
	v, err := access.Judge(ctx, tx, actor, post, who, access.Identity, access.Read)
	return v < 0, err
}

// mayCoach refuses as coach a post that is barred. Why it is, is told to nobody.
func mayCoach(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, coach id.Post) error {
	no, err := barred(ctx, tx, actor, who, coach)
	if err == nil && no {
		err = fault.Form{{Kind: fault.Invalid, Key: "intake.coach.barred", Field: "coach"}}
	}
	return err
}

// StepDown takes the person of the access from the worker's own caseload, in whichever of their posts: the person waits for another
// coach.
func StepDown(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, worker id.Worker) error {
	a.Must(access.Identity)
	_, err := tx.Exec(ctx, store.Q(`UPDATE enrolment SET coach_id = 0, version = version + 1 WHERE area_id = $1 AND person_id = $2 AND state <> 'left'
	 AND coach_id IN (SELECT post_id FROM post WHERE area_id = $1 AND worker_id = $3)`), actor.Area(), a.Person(), worker)
	return err
}

// Lone is somebody at the unit who waits for another coach.
type Lone struct {
	Person id.Person
	Name   string
	Since  clock.Date
	Meets  clock.Date // the next meeting that was agreed on with whom they had, "" for none
}

var coachless = store.Q(`SELECT ` + access.Columns + `, p.identity, (SELECT coalesce(max(a.ended_at), 0) FROM assignment a
   WHERE a.area_id = e.area_id AND a.person_id = e.person_id), coalesce((SELECT min(m.on_date) FROM appointment m
   WHERE m.area_id = e.area_id AND m.person_id = e.person_id AND m.unit_id = e.unit_id AND m.state = 'planned' AND m.on_date >= $4), '') FROM enrolment e JOIN person p ON p.area_id = e.area_id AND p.person_id = e.person_id
 WHERE e.area_id = $1 AND e.coach_id = 0 AND e.state IN ('booked', 'active', 'paused') AND e.unit_id = $7 AND ` + access.Visible + ` LIMIT 0 + $8`)

// Coachless gives those at the actor's unit whose coach has stepped down and who have no other yet; for those who order such things.
func Coachless(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Lone, error) {
	if actor.Role() != access.Head && actor.Role() != access.Coordinator {
		return nil, nil
	}
	s, err := access.Over(ctx, tx, actor, access.Identity|access.Thread, access.ForContact)
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, coachless, s.Args(actor.Unit(), most), func(r *store.Cursor) (x Lone, err error) {
		var identity []byte
		var at clock.Instant
		a, err := s.Row(r, &identity, &at, &x.Meets)
		if err != nil {
			return x, err
		}
		x.Person, x.Since = a.Person(), at.Date()
		x.Name, err = person.NameOf(a, identity)
		return x, err
	})
}
