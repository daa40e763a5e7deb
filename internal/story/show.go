package story

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

var editors = []access.Role{access.Coordinator, access.Head}

// Waiting is a story that its owner has said yes to and that nobody else reads yet.
type Waiting struct {
	Person id.Person
	Story
}

var waiting = store.Q(`SELECT ` + access.Columns + `, s.story_id, s.sealed, s.lang, s.yes_on, s.version FROM story s
 JOIN person p ON p.area_id = s.area_id AND p.person_id = s.person_id
 WHERE s.area_id = $1 AND s.unit_id = $7 AND s.yes_on <> ''
  AND NOT EXISTS (SELECT 1 FROM story_shown w WHERE w.area_id = s.area_id AND w.story_id = s.story_id) AND ` + access.Unshielded + ` AND ` + access.Visible + `
 ORDER BY s.story_id LIMIT 0 + $8`)

// mostWaiting is how many stories wait on a page.
const mostWaiting = 50

// WaitingAt gives the stories that wait for an editor of the actor's unit, the oldest first. Only editors have any.
func WaitingAt(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Waiting, error) {
	if err := access.Unit(ctx, tx, actor, editors...); err != nil {
		return nil, err
	}
	s, err := access.Over(ctx, tx, actor, Need, access.ForPlan)
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, waiting, s.Args(actor.Unit(), mostWaiting), func(r *store.Cursor) (x Waiting, err error) {
		var sealed []byte
		a, err := s.Row(r, &x.ID, &sealed, &x.Lang, &x.YesOn, &x.Version)
		if err != nil {
			return x, err
		}
		x.Person = a.Person()
		return x, x.open(a, sealed)
	})
}

// Length is how many stories wait for an editor, and the day of the oldest yes.
type Length struct {
	N     int
	First clock.Date
}

// Count counts the stories that wait at the actor's unit; none for who is no editor.
func Count(ctx context.Context, tx *store.Tx, actor *access.Actor) (n Length, err error) {
	if !slices.Contains(editors, actor.Role()) {
		return n, nil
	}
	err = tx.One(ctx, store.Q(`SELECT count(*), coalesce(min(s.yes_on), '') FROM story s JOIN person p ON p.area_id = s.area_id AND p.person_id = s.person_id
	 WHERE s.area_id = $1 AND s.unit_id = $2 AND s.yes_on <> '' AND p.weeded_at = 0 AND `+access.Unshielded+`
	  AND NOT EXISTS (SELECT 1 FROM story_shown w WHERE w.area_id = s.area_id AND w.story_id = s.story_id)`), []any{actor.Area(), actor.Unit()}, &n.N, &n.First)
	return n, err
}

// Show lets everybody read the story that the person has said yes to. Only the coordinator and the head. Stale when it is another
// version than the one that was read, or the yes is taken back; Conflict when the record is protected.
func (d *Desk) Show(ctx context.Context, actor *access.Actor, who id.Person, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, editors...); err != nil {
			return err
		}
		a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForPlan)
		if err != nil {
			return err
		}
		if err := unshielded(ctx, tx, actor, a); err != nil {
			return err
		}
		s, err := Of(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if s.Version != version || s.YesOn == "" || s.Unit != actor.Unit() {
			return fault.Stale
		}
		_, err = tx.Exec(ctx, store.Q(`INSERT INTO story_shown (area_id, story_id, person_id, unit_id, words, name, lang, on_date, post_id)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (area_id, story_id) DO NOTHING`),
			actor.Area(), s.ID, a.Person(), s.Unit, s.Words, s.Name, s.Lang, string(actor.Today()), actor.Post())
		return err
	})
}

// Hide takes a story of the actor's unit from everybody; it waits again. Only the coordinator and the head. It needs no access to the
// person, so that it can be done for somebody who has left and rings. NotFound for one that nobody else reads.
func (d *Desk) Hide(ctx context.Context, actor *access.Actor, s ID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, editors...); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`DELETE FROM story_shown WHERE area_id = $1 AND unit_id = $2 AND story_id = $3`), actor.Area(), actor.Unit(), s)
		if err == nil && n == 0 {
			return fault.Missing
		}
		return err
	})
}

// Shown is a story as everybody reads it. Nothing in it leads to a person.
type Shown struct {
	ID    ID
	Words string
	Name  string
	Lang  string
	On    clock.Date
}

// ShownAt gives the stories of a unit that everybody may read now, the newest first: none of somebody who has become protected.
func ShownAt(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, most int) ([]Shown, error) {
	return store.All(ctx, tx, store.Q(`SELECT w.story_id, w.words, w.name, w.lang, w.on_date FROM story_shown w
	 JOIN person p ON p.area_id = w.area_id AND p.person_id = w.person_id
	 WHERE w.area_id = $1 AND w.unit_id = $2 AND p.weeded_at = 0 AND `+access.Unshielded+` ORDER BY w.story_id DESC LIMIT 0 + $3`), []any{area, unit, most},
		func(r *store.Cursor) (x Shown, err error) {
			err = r.Scan(&x.ID, &x.Words, &x.Name, &x.Lang, &x.On)
			return x, err
		})
}
