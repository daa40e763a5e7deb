package attendance

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// Tell writes that somebody has told staff that they do not come, or did not: ahead or afterwards, on the telephone or at the
// door. Missing when they have no place there; a conflict when the occasion is called off or too far away.
func (d *Desk) Tell(ctx context.Context, actor *access.Actor, who id.Person, k schedule.OccasionID, e Excuse) error {
	return d.say(ctx, actor, staff(who), k, e, told{stands: true})
}

// TellOnPaper is Tell for what the person has written on a form, and staff type in.
func (d *Desk) TellOnPaper(ctx context.Context, actor *access.Actor, who id.Person, k schedule.OccasionID, e Excuse) error {
	return d.say(ctx, actor, staff(who), k, e, told{stands: true, paper: true})
}

// Untell takes it back: they come after all.
func (d *Desk) Untell(ctx context.Context, actor *access.Actor, who id.Person, k schedule.OccasionID) error {
	return d.say(ctx, actor, staff(who), k, Excuse{}, told{})
}

// TellOwn writes that the person who acts for themself does not come, or did not. Nothing more is asked of them.
func (d *Desk) TellOwn(ctx context.Context, actor *access.Actor, k schedule.OccasionID, e Excuse) error {
	return d.say(ctx, actor, access.OpenOwn, k, e, told{stands: true})
}

// UntellOwn takes it back: they come after all.
func (d *Desk) UntellOwn(ctx context.Context, actor *access.Actor, k schedule.OccasionID) error {
	return d.say(ctx, actor, access.OpenOwn, k, Excuse{}, told{})
}

// told is whether somebody comes, and how they have said it.
type told struct{ stands, paper bool }

type opener func(context.Context, *store.Tx, *access.Actor, access.Category, access.Action) (access.Access, error)

func staff(who id.Person) opener {
	return func(ctx context.Context, tx *store.Tx, actor *access.Actor, c access.Category, act access.Action) (access.Access, error) {
		return access.Open(ctx, tx, actor, who, c, act, access.ForContact)
	}
}

func (d *Desk) say(ctx context.Context, actor *access.Actor, open opener, k schedule.OccasionID, e Excuse, how told) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := open(ctx, tx, actor, Own, access.Write)
		if err != nil {
			return err
		}
		o, err := schedule.Get(ctx, tx, actor, k)
		if err != nil {
			return err
		}
		t, err := one(ctx, tx, actor, a, o)
		if err != nil {
			return err
		}
		if err := e.check(); err != nil {
			return err
		}
		if err := tellable(o, t, actor); err != nil {
			return err
		}
		switch {
		case !how.stands && t.Word == nil:
			return fault.Stale
		case how.stands && t.Word != nil && (e == Excuse{} || e == t.Word.Excuse):
			return nil // it has been told, and with no less said
		}
		return write(ctx, tx, actor, a, o, t, how, func(w id.Of[wordTag]) []byte { return a.Key(access.Health).Seal(wordPlace(w), e.fields()...) })
	})
}

// tellable is a conflict when nothing can be told of an occasion: it is called off or too far away.
func tellable(o schedule.Occasion, t Time, actor *access.Actor) error {
	switch {
	case o.State != schedule.Planned:
		return fault.New(fault.Conflict, "attendance.off")
	case !t.Tellable(actor.Today()):
		return fault.New(fault.Conflict, "attendance.far")
	}
	return nil
}

// write writes what was told in place of what stood there; seal gives why.
func write(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, o schedule.Occasion, t Time, how told, seal func(id.Of[wordTag]) []byte) error {
	before, k := !begun(o, actor.Now()) || t.Word != nil && t.Word.Ahead, o.ID
	if _, err := tx.Exec(ctx, store.Q(`UPDATE attendance_word SET latest = 0 WHERE area_id = $1 AND person_id = $2 AND occasion_id = $3 AND latest = 1`),
		actor.Area(), a.Person(), k); err != nil {
		return err
	}
	w := id.New[wordTag](actor.Now())
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO attendance_word (area_id, word_id, occasion_id, person_id, latest, stands, ahead, sealed, at, post_id, paper)
	 VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10)`), actor.Area(), w, k, a.Person(), store.Flag(how.stands), store.Flag(before),
		seal(w), int64(actor.Now()), actor.Post(), store.Flag(how.paper))
	return err
}

// HasTold tells whether somebody has said that they do not come to an occasion. It shows nothing of them, and what it may stop is a reminder.
func HasTold(ctx context.Context, tx *store.Tx, area id.Area, who id.Person, occasion int64) (told bool, err error) {
	err = tx.One(ctx, store.Q(`SELECT count(*) > 0 FROM attendance_word WHERE area_id = $1 AND person_id = $2 AND occasion_id = $3 AND latest = 1 AND stands = 1`),
		[]any{area, who, occasion}, &told)
	return told, err
}
