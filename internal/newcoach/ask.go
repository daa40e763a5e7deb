package newcoach

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

var (
	errNobody = fault.New(fault.Conflict, "newcoach.nobody")
	errNone   = fault.New(fault.Conflict, "newcoach.none")
)

// AskOwn asks for another coach, by the person who acts for themself; words may be none. One that waits already is left as it is: it is the
// second press of a button. Conflict when they have no coach, and when there is nobody but the coach to answer.
func (d *Desk) AskOwn(ctx context.Context, actor *access.Actor, words string) error {
	return d.ask(ctx, Own, words, actor, func(tx *store.Tx) (access.Access, error) {
		return access.OpenOwn(ctx, tx, actor, Need, access.Write)
	})
}

// Ask is the same, together with staff at the table or typed in from a paper.
func (d *Desk) Ask(ctx context.Context, actor *access.Actor, who id.Person, how How, words string) error {
	return d.ask(ctx, how, words, actor, func(tx *store.Tx) (access.Access, error) {
		return access.Open(ctx, tx, actor, who, Need, access.Write, access.ForTogether)
	})
}

func (d *Desk) ask(ctx context.Context, how How, words string, actor *access.Actor, open func(*store.Tx) (access.Access, error)) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := open(tx)
		if err != nil {
			return err
		}
		words, err := check(words, "words", "")
		if err != nil {
			return err
		}
		waits, err := waiting(ctx, tx, actor, a.Person())
		if err != nil || waits {
			return err
		}
		_, coach, err := access.Around(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if coach == 0 {
			return errNone
		}
		unit, err := answerable(ctx, tx, actor, a.Person(), coach)
		if err != nil {
			return err
		}
		w := id.New[tag](actor.Now())
		_, err = tx.Exec(ctx, store.Q(`INSERT INTO coach_wish (area_id, wish_id, person_id, unit_id, coach_post_id, how, sealed, at, state, answer, answered_at, answered_by, version)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, 0, 0, 1)`), actor.Area(), w, a.Person(), unit, coach, string(how),
			a.Key(Need).Seal(sealedAt("sealed", w), words), int64(actor.Now()), []byte{})
		return err
	})
}

func waiting(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person) (yes bool, err error) {
	err = tx.One(ctx, store.Q(`SELECT count(*) > 0 FROM coach_wish WHERE area_id = $1 AND person_id = $2 AND state = 'waiting'`), []any{actor.Area(), who}, &yes)
	return yes, err
}

// answerable gives the coach's unit, where somebody who is not the coach, in any post of theirs, may answer.
func answerable(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, coach id.Post) (id.Unit, error) {
	posts, err := org.AllPosts(ctx, tx, actor.Area(), actor.Now())
	if err != nil {
		return 0, err
	}
	var theirs org.Post
	for _, o := range posts {
		if o.ID == coach {
			theirs = o
		}
	}
	var may []id.Post
	for _, o := range posts {
		if o.Unit == theirs.Unit && o.Worker != theirs.Worker && (o.Role == access.Coordinator || o.Role == access.Head) {
			may = append(may, o.ID)
		}
	}
	barred, err := access.Prohibited(ctx, tx, actor, who, may)
	if err != nil {
		return 0, err
	}
	for _, o := range may {
		if !barred[o] {
			return theirs.Unit, nil
		}
	}
	return 0, errNobody
}

// TakeBackOwn takes back what waits, by the person themself. Stale when it is answered or taken back already.
func (d *Desk) TakeBackOwn(ctx context.Context, actor *access.Actor, w ID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Need, access.Write)
		if err != nil {
			return err
		}
		n, err := settle(ctx, tx, actor, a.Person(), w, version, Withdrawn, []byte{})
		if err == nil && n == 0 {
			err = fault.Stale
		}
		return err
	})
}

// TakeBack takes back what waits and was asked at the table or on paper, when the person says so at the table. Whether anything did is not told:
// staff do not see that somebody has asked. What somebody asked by themself nobody else takes back.
func (d *Desk) TakeBack(ctx context.Context, actor *access.Actor, who id.Person) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForTogether)
		if err != nil {
			return err
		}
		_, err = settle(ctx, tx, actor, a.Person(), 0, 0, Withdrawn, []byte{})
		return err
	})
}

// settle ends what waits: the one of an id and version, or with neither any that was not asked by the person alone.
func settle(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, w ID, version int, to State, answer []byte) (int64, error) {
	n, err := tx.Exec(ctx, store.Q(`UPDATE coach_wish SET state = $5, answer = $6, answered_at = $7, answered_by = $8, version = version + 1
	 WHERE area_id = $1 AND person_id = $2 AND state = 'waiting' AND (wish_id = $3 AND version = $4 OR 0 + $3 = 0 AND how <> 'own')`),
		actor.Area(), who, int64(w), version, string(to), answer, int64(actor.Now()), actor.Post())
	if err != nil || n == 0 {
		return n, err
	}
	return n, access.Raise(ctx, tx, actor.Area(), actor.Now())
}
