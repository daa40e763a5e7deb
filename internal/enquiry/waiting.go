package enquiry

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Waiting is an enquiry without an answer that the actor's unit has asked or is asked, without what it says.
type Waiting struct {
	ID       ID
	Person   id.Person
	Name     string
	From, To id.Unit // Themself for the person
	Task     bool    // something to do is asked for
	Asked    clock.Instant
}

// Open gives what waits for the actor's unit or it waits for, the oldest first, at most so many. Somebody who works at a gateway has
// what they asked themselves, and what concerns those whose coach they are or who have none; another agency has what its unit has.
// What the other side may not see any more waits for nobody.
func Open(ctx context.Context, tx *store.Tx, actor *access.Actor, why access.Purpose, most int) ([]Waiting, error) {
	s, err := access.Over(ctx, tx, actor, access.Identity|Need, why)
	if err != nil {
		return nil, err
	}
	everybody := 0
	if actor.Role() == access.Officer {
		everybody = 1
	}
	return store.All(ctx, tx, selectOpen, s.Args(actor.Unit(), everybody, most, int(Need)), func(r *store.Cursor) (w Waiting, err error) {
		var identity []byte
		var task int
		a, err := s.Row(r, &identity, &w.ID, &w.From, &w.To, &task, &w.Asked)
		if err != nil {
			return w, err
		}
		w.Person, w.Task = a.Person(), task == 1
		w.Name, err = person.NameOf(a, identity)
		return w, err
	})
}

// selectOpen: $7 the unit, $8 whether for everybody at it, $9 how many, $10 Need. x is the other side's unit, none for the person.
var selectOpen = store.Q(`SELECT ` + access.Columns + `, p.identity, q.enquiry_id, q.from_unit, q.to_unit, q.task, q.asked_at FROM enquiry q
  LEFT JOIN plan l ON l.area_id = q.area_id AND l.plan_id = q.plan_id
  LEFT JOIN enrolment e ON e.area_id = l.area_id AND e.enrolment_id = l.enrolment_id
  JOIN person p ON p.area_id = q.area_id AND p.person_id = q.person_id
  LEFT JOIN unit x ON x.area_id = q.area_id AND x.unit_id = CASE WHEN q.from_unit = $7 THEN q.to_unit ELSE q.from_unit END
 WHERE q.area_id = $1 AND q.answered_at = 0 AND q.taken_at = 0 AND (q.to_unit = $7 OR q.from_unit = $7)
  AND (e.state <> 'left' OR q.plan_id IS NULL AND (SELECT 1 FROM referral r WHERE r.area_id = $1 AND r.person_id = q.person_id AND r.unit_id = $7
      AND r.state IN ('waiting', 'called', 'present') UNION SELECT 1 FROM enrolment n WHERE n.area_id = $1 AND n.person_id = q.person_id AND n.unit_id = $7 AND n.state <> 'left') = 1)
  AND ($8 = 1 OR q.from_post = $2 OR coalesce((SELECT a.post_id FROM assignment a WHERE a.area_id = $1 AND a.person_id = q.person_id
    AND a.from_on <= $4 AND a.to_on > $4 AND a.ended_at > $3 LIMIT 1), $2) = $2)
  AND (x.unit_id IS NULL OR x.kind = 'sluss' OR (SELECT 1 FROM consent s WHERE s.area_id = $1 AND s.person_id = q.person_id AND s.zone_id = x.zone_id
    AND (s.categories & $10) = $10 AND s.from_on <= $4 AND s.to_on > $4 AND s.withdrawn_at > $3 LIMIT 1) = 1)
  AND ` + access.Visible + ` ORDER BY q.asked_at, q.enquiry_id LIMIT 0 + $9`)
