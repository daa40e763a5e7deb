package access

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

type glassTag struct{}

// GlassID is the id of a broken glass.
type GlassID = id.Of[glassTag]

// Broken is a glass that a post has broken for one person.
type Broken struct {
	ID     GlassID
	Post   id.Post
	Unit   id.Unit
	Person id.Person
	Reason string // a code
	Sealed []byte // why, in words, by the person's key
	From   clock.Instant
	Until  clock.Instant
	Told   id.Post // who reviews besides the head, 0 for nobody
}

// BreakGlass writes a broken glass. It gives no more than the rule says: what a prohibition keeps closed stays closed.
func BreakGlass(ctx context.Context, tx *store.Tx, area id.Area, b Broken) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO glass (area_id, post_id, person_id, glass_id, unit_id, reason, sealed, from_at, until_at, told_post_id,
	  finding, note, reviewed_at, reviewer_post_id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, '', $10, 0, 0, 1)`),
		area, b.Post, b.Person, b.ID, b.Unit, b.Reason, b.Sealed, int64(b.From), int64(b.Until), []byte{})
	return err
}

// TellGlass writes down why the actor broke the glass, once the person's key is open to them, and who else than the head is to review it.
func TellGlass(ctx context.Context, tx *store.Tx, actor *Actor, a Access, g GlassID, sealed []byte, to id.Post) error {
	a.Must(Identity)
	_, err := tx.Exec(ctx, store.Q(`UPDATE glass SET sealed = $5, told_post_id = $6 WHERE area_id = $1 AND post_id = $2 AND person_id = $3 AND glass_id = $4`),
		actor.area, actor.post, a.person, g, sealed, to)
	return err
}

// RetellGlass gives a broken glass that waits for its review to another post, when the one it was told cannot look into it.
func RetellGlass(ctx context.Context, tx *store.Tx, area id.Area, who id.Person, g GlassID, to id.Post, now clock.Instant) error {
	if _, err := tx.Exec(ctx, store.Q(`UPDATE glass SET told_post_id = $4, version = version + 1 WHERE area_id = $1 AND person_id = $2 AND glass_id = $3 AND reviewed_at = 0`),
		area, who, g, to); err != nil {
		return err
	}
	return Raise(ctx, tx, area, now)
}

// Finding is what somebody who reviews a broken glass has come to.
type Finding struct {
	Code    string
	Note    []byte // sealed by the person's key
	Done    bool   // nothing more is to come
	Version int    // that it was read at
}

// JudgeGlass writes what the actor, to whom the review is open, has come to. Stale when somebody else wrote meanwhile.
func JudgeGlass(ctx context.Context, tx *store.Tx, actor *Actor, a Access, g GlassID, f Finding) error {
	a.Must(Identity)
	var done clock.Instant
	if f.Done {
		done = actor.now
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE glass SET finding = $5, note = $6, reviewed_at = $7, reviewer_post_id = $8, version = version + 1
	 WHERE area_id = $1 AND person_id = $2 AND glass_id = $3 AND version = $4 AND reviewed_at = 0`), actor.area, a.person, g, f.Version, f.Code, f.Note,
		int64(done), actor.post)
	if err == nil && n == 0 {
		return fault.Stale
	}
	if err != nil || !f.Done {
		return err
	}
	return Raise(ctx, tx, actor.area, actor.now)
}

// EndGlass closes what a post has open for a person at the instant; person 0 is everybody.
func EndGlass(ctx context.Context, tx *store.Tx, area id.Area, post id.Post, person id.Person, now clock.Instant) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE glass SET until_at = $4 WHERE area_id = $1 AND post_id = $2 AND (person_id = $3 OR $3 = 0) AND until_at > $4`),
		area, post, int64(person), int64(now))
	if err != nil || n == 0 {
		return err
	}
	return Raise(ctx, tx, area, now)
}

// NewGlassID makes a broken glass's id.
func NewGlassID(now clock.Instant) GlassID { return id.New[glassTag](now) }
