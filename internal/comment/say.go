package comment

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// SayOwn writes down what the person who acts for themself says of a thing. Nothing that was said before is changed; the same words a second
// time are the same press. One may say something of what is there and not shown, too. Missing for what is not there.
func (d *Desk) SayOwn(ctx context.Context, actor *access.Actor, t Thing, words string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Needs(t.Kind), access.Write)
		if err != nil {
			return err
		}
		return say(ctx, tx, actor, a, t, words, false)
	})
}

// Say is the same, together with the person at the table or typed in from a paper of theirs.
func (d *Desk) Say(ctx context.Context, actor *access.Actor, who id.Person, t Thing, words string, paper bool) error {
	return d.posted(ctx, actor, who, t.Kind, func(tx *store.Tx, a access.Access) error {
		return say(ctx, tx, actor, a, t, words, paper)
	})
}

// TakeBackOwn takes away what the person has said, by themself. Stale when somebody has read it, and when it has gone to another agency with
// a statement.
func (d *Desk) TakeBackOwn(ctx context.Context, actor *access.Actor, t Thing, c ID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Needs(t.Kind), access.Write)
		if err != nil {
			return err
		}
		return takeBack(ctx, tx, actor, a, t, c, true)
	})
}

// TakeBack is the same, when the person says so to staff, of what was written down together or from a paper: what somebody wrote by themself
// nobody else takes away.
func (d *Desk) TakeBack(ctx context.Context, actor *access.Actor, who id.Person, t Thing, c ID) error {
	return d.posted(ctx, actor, who, t.Kind, func(tx *store.Tx, a access.Access) error {
		return takeBack(ctx, tx, actor, a, t, c, false)
	})
}

// posted opens what is said of a kind to a change by those who work with people at the unit.
func (d *Desk) posted(ctx context.Context, actor *access.Actor, who id.Person, k Kind, f func(*store.Tx, access.Access) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		a, err := access.Open(ctx, tx, actor, who, Needs(k), access.Write, access.ForContact)
		if err != nil {
			return err
		}
		return f(tx, a)
	})
}

func say(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, t Thing, words string, paper bool) error {
	words, err := check(words)
	if err != nil {
		return err
	}
	unit, on, err := find(ctx, tx, actor, a, t)
	if err != nil {
		return err
	}
	list, err := OfThing(ctx, tx, actor, a, t)
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.Words == words && c.Open() {
			return nil
		}
	}
	if len(list) >= most {
		return fault.Form{{Kind: fault.Invalid, Key: "comment.many", Args: []any{most}, Field: "words"}}
	}
	c := id.New[tag](actor.Now())
	_, err = tx.Exec(ctx, store.Q(`INSERT INTO comment (area_id, person_id, comment_id, unit_id, kind, ref_id, on_date, paper, sealed, at, post_id, seen_at, seen_post_id)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0)`), actor.Area(), a.Person(), c, unit, string(t.Kind), t.Ref, string(on), store.Flag(paper),
		a.Key(Needs(t.Kind)).Seal(sealedAt(c), words), int64(actor.Now()), actor.Post())
	return err
}

// find gives the unit whose coach reads what is said of a thing, and the day of the thing. Missing when the person has no such, and for a post
// when it is a note of another unit, which the person reads alone.
func find(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, t Thing) (unit id.Unit, on clock.Date, err error) {
	a.Must(Needs(t.Kind))
	var at clock.Instant
	err = tx.One(ctx, kinds[t.Kind].at, []any{actor.Area(), a.Person(), t.Ref}, &unit, &on, &at)
	if store.None(err) || err == nil && t.Kind == Note && actor.Themself() == 0 && unit != actor.Unit() {
		err = fault.Missing
	}
	if on == "" && at != 0 {
		on = at.Date()
	}
	return unit, on, err
}

func takeBack(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, t Thing, c ID, own bool) error {
	n, err := tx.Exec(ctx, store.Q(`DELETE FROM comment WHERE area_id = $1 AND person_id = $2 AND kind = $3 AND ref_id = $4 AND comment_id = $5 AND seen_at = 0 AND ($6 = 1 OR post_id <> 0)
	  AND NOT EXISTS (SELECT 1 FROM statement s WHERE s.area_id = $1 AND $3 = 'statement' AND s.statement_id = $4 AND s.handed_at > 0)`),
		actor.Area(), a.Person(), string(t.Kind), t.Ref, c, store.Flag(own))
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

// Remove takes away what is said of a thing that is taken away itself.
func Remove(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, t Thing) error {
	a.Must(Needs(t.Kind))
	_, err := tx.Exec(ctx, store.Q(`DELETE FROM comment WHERE area_id = $1 AND person_id = $2 AND kind = $3 AND ref_id = $4`), actor.Area(), a.Person(), string(t.Kind), t.Ref)
	return err
}
