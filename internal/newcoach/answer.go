package newcoach

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Due is a wish that waits for an answer.
type Due struct {
	Person id.Person
	Name   string
	Since  clock.Instant
}

// due are those that wait at the actor's unit, for who leads or coordinates it; never those whose coach the reader is, in any post.
var due = store.Q(`SELECT ` + access.Columns + `, p.identity, w.at FROM coach_wish w JOIN person p ON p.area_id = w.area_id AND p.person_id = w.person_id
  JOIN post c ON c.area_id = w.area_id AND c.post_id = w.coach_post_id
  JOIN post o ON o.area_id = w.area_id AND o.post_id = $2
 WHERE w.area_id = $1 AND w.unit_id = $7 AND w.state = 'waiting' AND o.unit_id = w.unit_id AND o.role IN (2, 3) AND o.worker_id <> c.worker_id
  AND ` + access.Visible + ` ORDER BY w.at, w.wish_id LIMIT 0 + $8`)

// DueOf gives what waits for the actor, the oldest first, at most so many.
func DueOf(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Due, error) {
	if r := actor.Role(); r != access.Coordinator && r != access.Head {
		return nil, nil
	}
	s, err := access.Over(ctx, tx, actor, Need, access.ForAnswer)
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, due, s.Args(actor.Unit(), most), func(r *store.Cursor) (x Due, err error) {
		var identity []byte
		a, err := s.Row(r, &identity, &x.Since)
		if err != nil {
			return x, err
		}
		x.Person = a.Person()
		x.Name, err = person.NameOf(a, identity)
		return x, err
	})
}

// Case is a wish before who is to answer it.
type Case struct {
	Wish
	Name  string // the person's
	Given string // their first name
}

// Open opens what waits for who is to answer. Missing for everybody else, the coach among them, and once it is answered.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person) (c Case, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.OpenWish(ctx, tx, actor, who, access.Read)
		if err != nil {
			return err
		}
		list, err := OwnOf(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		for _, w := range list {
			if w.State == Waiting {
				c.Wish = w
			}
		}
		if c.ID == 0 {
			return fault.Missing
		}
		if c.Name, err = person.FullName(ctx, tx, actor, a); err != nil {
			return err
		}
		c.Given, err = person.GivenName(ctx, tx, actor, a)
		return err
	})
	return c, err
}

// Decline answers that it cannot be done now, with why and what is done instead, in words that the person reads. Stale when it was answered or
// taken back meanwhile. A yes is another coach: see intake.Desk.NewCoach.
func (d *Desk) Decline(ctx context.Context, actor *access.Actor, who id.Person, w ID, version int, reason string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenWish(ctx, tx, actor, who, access.Write)
		if err != nil {
			return err
		}
		reason, err := check(reason, "answer", "newcoach.reason.needed")
		if err != nil {
			return err
		}
		n, err := settle(ctx, tx, actor, who, w, version, Declined, a.Key(Need).Seal(sealedAt("answer", w), reason))
		if err == nil && n == 0 {
			err = fault.Stale
		}
		return err
	})
}

// Gave ends what waits in the transaction that gives the person another coach: another worker, and not the same in another post.
func Gave(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, coach id.Post) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE coach_wish SET state = 'given', answered_at = $4, answered_by = $5, version = version + 1
	 WHERE area_id = $1 AND person_id = $2 AND state = 'waiting'
	  AND (SELECT c.worker_id FROM post c WHERE c.area_id = $1 AND c.post_id = coach_post_id) <> (SELECT o.worker_id FROM post o WHERE o.area_id = $1 AND o.post_id = $3)`), actor.Area(), who, coach, int64(actor.Now()), actor.Post())
	return err
}
