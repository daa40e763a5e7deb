// Package glass is the way to a record in an emergency: opened at once by somebody who otherwise could not, for reading, for some
// hours, and looked into afterwards by others. It never passes a prohibition.
package glass

import (
	"context"
	"slices"
	"strings"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/pnr"
	"sluss/internal/reading"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Desk is where glasses are broken and reviewed.
type Desk struct{ Store *store.Store }

// Reasons are why somebody must see a record now, as stored; their names are texts glass.reason.*.
var Reasons = []string{"danger", "here", "reach", "duty"}

// Roles are those who may break a glass.
var Roles = []access.Role{access.Coach, access.Coordinator, access.Head}

// What a post may do: for how long at a time, how many at once, and how long one may wait for its review before the next.
const (
	Lasts     = 4 * time.Hour
	MostOpen  = 3
	ReviewDue = 7 // days
)

// mostWords bounds what is written, in characters.
const mostWords = 2000

// errNobody is the answer to every number that gives nothing: nobody has it, it is of another agency, or a prohibition holds.
var errNobody = fault.Form{{Kind: fault.Invalid, Key: "glass.nobody", Field: "number"}}

// Form is what somebody says who breaks a glass.
type Form struct {
	Number string
	Reason string
	Words  string
	Fresh  bool // whoever breaks it has shown who they are just now
}

// ErrStale is the answer to somebody who has not shown just now who they are.
var ErrStale = fault.New(fault.Forbidden, "glass.stale")

// check says what is wrong with the form, by its fields: number, reason, words.
func (f *Form) check(today clock.Date) (pnr.Number, error) {
	var form fault.Form
	n, err := pnr.Parse(f.Number, today)
	if x := fault.Of(err); x != nil {
		form.Add("number", x.Key, x.Args...)
	} else if err != nil {
		return n, err
	}
	if !slices.Contains(Reasons, f.Reason) {
		form.Add("reason", "form.choose")
	}
	checkWords(&form, &f.Words, "words")
	return n, form.Err()
}

// checkWords tidies what was written and says what is wrong with it, at the field.
func checkWords(form *fault.Form, words *string, field string) {
	*words = strings.TrimSpace(*words)
	if *words == "" {
		form.Add(field, "glass.words.needed")
	}
	if len([]rune(*words)) > mostWords {
		form.Add(field, "form.long", mostWords)
	}
}

func place(column string, g access.GlassID) vault.Place {
	return vault.Place{Table: "glass", Column: column, Row: int64(g)}
}

// Break opens the record with a personal number to the actor, for reading, and tells who reviews it. One whom the actor may see
// already is given as they are. Conflict when the post has too many open, or one that nobody has reviewed; ErrStale for one who has sat
// there a while.
func (d *Desk) Break(ctx context.Context, actor *access.Actor, f Form) (who id.Person, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		who = 0
		if err := access.Unit(ctx, tx, actor, Roles...); err != nil {
			return err
		}
		if !f.Fresh {
			return ErrStale
		}
		n, err := f.check(actor.Today())
		if err != nil {
			return err
		}
		if err := mayBreak(ctx, tx, actor); err != nil {
			return err
		}
		found, err := person.Numbered(ctx, tx, actor, n)
		if err != nil {
			return err
		}
		v, err := access.Judge(ctx, tx, actor, actor.Post(), found, access.Identity, access.Read)
		if err != nil {
			return err
		}
		if v < 0 || found == 0 {
			return errNobody
		}
		if who = found; v > 0 {
			return nil
		}
		return open(ctx, tx, actor, who, f)
	})
	return who, err
}

// mayBreak says why the post may not break another glass, whoever it is for.
func mayBreak(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	var live, late int
	err := tx.One(ctx, store.Q(`SELECT (SELECT count(*) FROM glass WHERE area_id = $1 AND post_id = $2 AND until_at > $3),
	  (SELECT count(*) FROM glass WHERE area_id = $1 AND post_id = $2 AND reviewed_at = 0 AND from_at <= $4)`),
		[]any{actor.Area(), actor.Post(), int64(actor.Now()), int64(actor.Now().Add(-ReviewDue * 24 * time.Hour))}, &live, &late)
	switch {
	case err != nil:
		return err
	case late > 0:
		return fault.New(fault.Conflict, "glass.late", ReviewDue)
	case live >= MostOpen:
		return fault.New(fault.Conflict, "glass.most", MostOpen)
	}
	return nil
}

// open breaks the glass. The rule itself says whether that opens anything.
func open(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, f Form) error {
	b := access.Broken{ID: access.NewGlassID(actor.Now()), Post: actor.Post(), Unit: actor.Unit(), Person: who, Reason: f.Reason, Sealed: []byte{},
		From: actor.Now(), Until: actor.Now().Add(Lasts)}
	if err := access.BreakGlass(ctx, tx, actor.Area(), b); err != nil {
		return err
	}
	a, err := access.Open(ctx, tx, actor, who, access.Identity, access.Read, access.ForEmergency)
	if fault.Is(err, fault.NotFound) {
		return errNobody
	}
	if err != nil {
		return err
	}
	to, _, err := reading.Reviewer(ctx, tx, actor, who, actor.Post())
	if err != nil {
		return err
	}
	return access.TellGlass(ctx, tx, actor, a, b.ID, a.Key(access.Identity).Seal(place("sealed", b.ID), f.Words), to)
}

// End closes what the actor has open for a person, at once.
func (d *Desk) End(ctx context.Context, actor *access.Actor, who id.Person) error {
	if who == 0 {
		return fault.Missing
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Self(ctx, tx, actor); err != nil {
			return err
		}
		_, ok, err := until(ctx, tx, actor, who)
		if err == nil && !ok {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		return access.EndGlass(ctx, tx, actor.Area(), actor.Post(), who, actor.Now())
	})
}

// Until tells until when the actor has the record open by a broken glass; ok is false when they have not.
func (d *Desk) Until(ctx context.Context, actor *access.Actor, who id.Person) (at clock.Instant, ok bool, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		at, ok, err = until(ctx, tx, actor, who)
		return err
	})
	return at, ok, err
}

func until(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person) (at clock.Instant, ok bool, err error) {
	err = tx.One(ctx, store.Q(`SELECT coalesce(max(until_at), 0) FROM glass WHERE area_id = $1 AND post_id = $2 AND person_id = $3 AND from_at <= $4 AND until_at > $4`),
		[]any{actor.Area(), actor.Post(), who, int64(actor.Now())}, &at)
	return at, at > 0, err
}
