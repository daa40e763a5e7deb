package glass

import (
	"context"
	"slices"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Asked is the finding of one who has asked the colleague and waits for the answer; the review goes on.
const Asked = "asked"

// Findings are what a review comes to, as stored; their names are texts glass.finding.*.
var Findings = []string{"order", Asked, "investigate"}

// Case is a broken glass as those who review it see it. What is about the person stands in Opened.
type Case struct {
	ID       access.GlassID
	Who      id.Person // for the address, which opens for those who review alone
	Post     id.Post   // who broke it
	Unit     id.Unit
	Reason   string
	From     clock.Instant
	Until    clock.Instant
	Finding  string        // "" until somebody has looked into it
	Reviewed clock.Instant // 0 until it is done
	By       id.Post       // who looked into it last
	Version  int
}

// Waits tells whether the review is not done.
func (c Case) Waits() bool { return c.Reviewed == 0 }

// Opened is a case with what is about the person.
type Opened struct {
	Case
	Name  string
	Words string // why, of the one who broke it
	Note  string // of the one who asked
}

// mine is what the actor reviews: as head of the unit or as the one it was told, never what they broke themself.
const mine = `SELECT x.glass_id, x.person_id, x.post_id, x.unit_id, x.reason, x.from_at, x.until_at, x.finding, x.reviewed_at, x.reviewer_post_id, x.version,
  x.sealed, x.note FROM glass x JOIN post b ON b.area_id = x.area_id AND b.post_id = x.post_id
  JOIN post o ON o.area_id = x.area_id AND o.post_id = $2
 WHERE x.area_id = $1 AND o.worker_id <> b.worker_id AND (x.told_post_id = $2 OR o.role = 3 AND o.unit_id = x.unit_id)`

func scanCase(r *store.Cursor, sealed, note *[]byte) (c Case, err error) {
	err = r.Scan(&c.ID, &c.Who, &c.Post, &c.Unit, &c.Reason, &c.From, &c.Until, &c.Finding, &c.Reviewed, &c.By, &c.Version, sealed, note)
	return c, err
}

// shown is for how many days what is reviewed stands in the list.
const shown = 90

// Mine gives what waits for the actor's review, the oldest first, and what has been reviewed lately.
func Mine(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Case, error) {
	var sealed, note []byte
	return store.All(ctx, tx, store.Q(mine+` AND (x.reviewed_at = 0 OR x.from_at > $3)
	 ORDER BY CASE WHEN x.reviewed_at = 0 THEN 0 ELSE 1 END, CASE WHEN x.reviewed_at = 0 THEN x.from_at ELSE -x.from_at END`),
		[]any{actor.Area(), actor.Post(), int64(actor.Now().Add(-shown * 24 * time.Hour))}, func(r *store.Cursor) (Case, error) { return scanCase(r, &sealed, &note) })
}

// Mine is the list for a page.
func (d *Desk) Mine(ctx context.Context, actor *access.Actor) (list []Case, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = Mine(ctx, tx, actor)
		return err
	})
	return list, err
}

// Often is how many glasses may be broken at a unit in a month before its head is told that people lack what they need.
const Often = 2

// InMonth is how many glasses were broken at the actor's unit in the last 30 days; for the head alone, 0 for others.
func InMonth(ctx context.Context, tx *store.Tx, actor *access.Actor) (n int, err error) {
	if actor.Role() != access.Head {
		return 0, nil
	}
	err = tx.One(ctx, store.Q(`SELECT count(*) FROM glass WHERE area_id = $1 AND unit_id = $2 AND from_at > $3`),
		[]any{actor.Area(), actor.Unit(), int64(actor.Now().Add(-30 * 24 * time.Hour))}, &n)
	return n, err
}

// Case opens one that waits for the actor's review. Missing for everybody else, and once it is done.
func (d *Desk) Case(ctx context.Context, actor *access.Actor, who id.Person, g access.GlassID) (c Opened, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.OpenInspection(ctx, tx, actor, who, access.Read)
		if err != nil {
			return err
		}
		if c, err = waiting(ctx, tx, actor, a, g); err != nil {
			return err
		}
		c.Name, err = person.FullName(ctx, tx, actor, a)
		return err
	})
	return c, err
}

// waiting is a case of the person of the access that the actor is to review.
func waiting(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, g access.GlassID) (c Opened, err error) {
	list, err := store.All(ctx, tx, store.Q(mine+` AND x.person_id = $3 AND x.glass_id = $4 AND x.reviewed_at = 0`),
		[]any{actor.Area(), actor.Post(), a.Person(), g}, func(r *store.Cursor) (c Opened, err error) {
			var sealed, note []byte
			if c.Case, err = scanCase(r, &sealed, &note); err != nil {
				return c, err
			}
			return c, c.open(a, sealed, note)
		})
	if err == nil && len(list) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return c, err
	}
	return list[0], nil
}

func (c *Opened) open(a access.Access, sealed, note []byte) error {
	f, err := a.Key(access.Identity).Open(place("sealed", c.ID), 1, sealed)
	if err != nil {
		return err
	}
	c.Words = f[0]
	if c.Finding == "" {
		return nil
	}
	if f, err = a.Key(access.Identity).Open(place("note", c.ID), 1, note); err == nil {
		c.Note = f[0]
	}
	return err
}

// Judge writes what the actor has come to about a broken glass, with a note. Asked leaves it waiting; anything else is the end of
// the review.
func (d *Desk) Judge(ctx context.Context, actor *access.Actor, who id.Person, g access.GlassID, version int, finding, note string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenInspection(ctx, tx, actor, who, access.Write)
		if err != nil {
			return err
		}
		if _, err := waiting(ctx, tx, actor, a, g); err != nil {
			return err
		}
		var form fault.Form
		if !slices.Contains(Findings, finding) {
			form.Add("finding", "form.choose")
		}
		if checkWords(&form, &note, "note"); len(form) > 0 {
			return form
		}
		return access.JudgeGlass(ctx, tx, actor, a, g, access.Finding{Code: finding, Note: a.Key(access.Identity).Seal(place("note", g), note),
			Done: finding != Asked, Version: version})
	})
}
