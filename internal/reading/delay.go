package reading

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// DelayForm is a decision that what one post read is shown to the person later: as when a crime has been reported and
// telling of it would hinder the investigation. Such a reading is never hidden for good.
type DelayForm struct {
	Post  id.Post
	From  clock.Date // the first day of the readings
	To    clock.Date // the last
	Until clock.Date // the day on which they are shown
	Why   string     // the decision: by what law, where it is kept
}

// mostDelay is the longest that a reading may be shown later, in days from the decision. A longer one is decided anew.
const mostDelay = 180

// check says what is wrong with the form, by its fields: post, from, to, until, why.
func (f DelayForm) check(self id.Post, today clock.Date) error {
	var form fault.Form
	if f.Post == self {
		form.Add("post", "reading.delay.self")
	}
	if f.From == "" {
		form.Add("from", "form.date")
	}
	if f.To < f.From {
		form.Add("to", "reading.delay.to")
	}
	if f.Until <= today || f.Until > today.Add(mostDelay) {
		form.Add("until", "reading.delay.until", mostDelay)
	}
	if f.Why == "" {
		form.Add("why", "reading.delay.why.needed")
	}
	return form.Err()
}

// Delay decides that readings are shown later. Only a head, never about what they have read themself, and not for good.
func (d *Desk) Delay(ctx context.Context, actor *access.Actor, who id.Person, f DelayForm) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		a, err := access.Open(ctx, tx, actor, who, access.Identity, access.Decide, access.ForReview)
		if err != nil {
			return err
		}
		f.Why = strings.TrimSpace(f.Why)
		if err := f.check(actor.Post(), actor.Today()); err != nil {
			return err
		}
		read, err := org.GetPost(ctx, tx, actor.Area(), f.Post, actor.Now())
		if store.None(err) || fault.Is(err, fault.NotFound) {
			return fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "post"}}
		}
		if err != nil {
			return err
		}
		me, err := org.GetPost(ctx, tx, actor.Area(), actor.Post(), actor.Now())
		if err != nil {
			return err
		}
		if read.Worker == me.Worker { // whichever of their posts they act in
			return fault.Form{{Kind: fault.Invalid, Key: "reading.delay.self", Field: "post"}}
		}
		row := id.New[delayTag](actor.Now())
		_, err = tx.Exec(ctx, store.Q(`INSERT INTO reading_delay (area_id, person_id, delay_id, post_id, from_on, to_on, until_on, sealed, decided_by, at)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`), actor.Area(), who, row, f.Post, string(f.From), string(f.To.Add(1)), string(f.Until),
			a.Key(access.Identity).Seal(delayPlace(row), f.Why), actor.Post(), int64(actor.Now()))
		if err != nil {
			return err
		}
		return access.Raise(ctx, tx, actor.Area(), actor.Now()) // the person sees less than a moment ago
	})
}

type delayTag struct{}

func delayPlace(row id.Of[delayTag]) vault.Place {
	return vault.Place{Table: "reading_delay", Column: "sealed", Row: int64(row)}
}

// Delayed is a decision of Delay that holds.
type Delayed struct {
	DelayForm
	By id.Post
	At clock.Instant
}

// Delays is what the page of such decisions shows.
type Delays struct {
	Readers []org.Post // whose readings there are
	List    []Delayed  // those that hold, the newest first
}

// Delays reads the decisions about somebody that still hold. Only a head.
func (d *Desk) Delays(ctx context.Context, actor *access.Actor, who id.Person) (x Delays, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		x = Delays{}
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		a, err := access.Open(ctx, tx, actor, who, access.Identity, access.Read, access.ForReview)
		if err != nil {
			return err
		}
		if x.Readers, err = org.AllPosts(ctx, tx, actor.Area(), actor.Now()); err != nil {
			return err
		}
		x.List, err = store.All(ctx, tx, store.Q(`SELECT delay_id, post_id, from_on, to_on, until_on, sealed, decided_by, at FROM reading_delay
		 WHERE area_id = $1 AND person_id = $2 AND until_on > $3 ORDER BY delay_id DESC`), []any{actor.Area(), who, string(actor.Today())}, func(r *store.Cursor) (l Delayed, err error) {
			var row id.Of[delayTag]
			var sealed []byte
			if err := r.Scan(&row, &l.Post, &l.From, &l.To, &l.Until, &sealed, &l.By, &l.At); err != nil {
				return l, err
			}
			f, err := a.Key(access.Identity).Open(delayPlace(row), 1, sealed)
			if err == nil {
				l.Why, l.To = f[0], l.To.Add(-1)
			}
			return l, err
		})
		return err
	})
	return x, err
}
