package access

import (
	"context"
	"errors"
	"fmt"

	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Themself is the ground of the person's own session: their own record and nobody else's. It stands apart from the grounds
// of posts, which the rule in rule.go counts from 1.
const Themself Ground = 100

// The purposes of the log itself: what the person looks at, or asks, about themselves; and what staff look at together with
// the person, at the table.
const (
	ForThemself Purpose = 100 + iota
	ForTogether
	ForAnswer     // to answer what the person wonders about a reading; it is shown to the person alone
	ForInspection // to review a glass that was broken
	ForCheck      // to check the log
	ForReply      // to learn what the gateway answered who sent somebody
	ForTrusted    // to follow somebody who has shown their plan
)

// OwnView is what a person may see of their own record through their own session. What is not named here is hidden,
// but on the page that declares it: notes are read on theirs alone. Which fields of these are shown is decided one by one in
// internal/way.
const OwnView = Identity | Contact | Plan | Thread | Activities | Attendance | Health | Collaboration

// OwnRecord is what the whole of what is kept about a person holds besides, when they ask for all of it. Which columns of it are
// shown is decided one by one in internal/extract.
const OwnRecord = OwnView | Assessment | MyPlace | Documents

// EnterOwn makes the actor of a person who acts for themselves, at the unit they came to last of those they are with, 0 for
// none. Forbidden when the record is destroyed or was never there.
func EnterOwn(ctx context.Context, tx *store.Tx, keys *vault.Area, area id.Area, person id.Person, now clock.Instant, route string) (*Actor, error) {
	a := &Actor{area: area, self: person, now: now, today: now.Date(), keys: keys, route: route}
	var raised clock.Instant
	err := tx.One(ctx, store.Q(`SELECT e.epoch, e.change, e.raised_at, coalesce((SELECT t.unit_id FROM tie t
	  WHERE t.area_id = $1 AND t.person_id = $2 AND t.from_on <= $3 AND t.to_on > $3 AND t.ended_at > $4 ORDER BY t.from_on DESC, t.unit_id LIMIT 1), 0) FROM access_epoch e JOIN person p ON p.area_id = e.area_id
	 WHERE e.area_id = $1 AND p.person_id = $2 AND p.weeded_at = 0`), []any{area, person, string(a.today), int64(now)}, &a.epoch, &a.change, &raised, &a.unit)
	if store.None(err) {
		return nil, fault.New(fault.Forbidden, "fault.session")
	}
	a.after(raised)
	return a, err
}

// Themself is the person who acts for themselves; 0 for an actor of a post.
func (a *Actor) Themself() id.Person { return a.self }

// OpenOwn gives a person the access to their own record, and notes it in the log. It is the whole rule: the actor is the
// person, the record is not destroyed, and what is asked for is in OwnRecord. To everybody else it is Missing.
func OpenOwn(ctx context.Context, tx *store.Tx, actor *Actor, c Category, act Action) (Access, error) {
	if err := actor.declared(c, act); err != nil {
		return Access{}, err
	}
	if actor.self == 0 || OwnRecord&c != c || act != Read && act != Write {
		return Access{}, fault.Missing
	}
	return actor.record(ctx, tx, actor.self, right{c, act, ForThemself, Themself})
}

// right is what somebody who has no post may do with one record, and why.
type right struct {
	covers Category
	act    Action
	why    Purpose
	ground Ground
}

// record opens one record by a right that is no post's, and notes it in the log.
func (a *Actor) record(ctx context.Context, tx *store.Tx, person id.Person, by right) (Access, error) {
	n, err := begin(ctx, tx, a)
	if err != nil {
		return Access{}, err
	}
	var who audit.Person
	var alias, wrapped []byte
	err = tx.One(ctx, store.Q(`SELECT p.person_id, p.alias, p.key_wrapped FROM person p WHERE p.area_id = $1 AND p.person_id = $2 AND p.weeded_at = 0`),
		[]any{a.area, person}, &who.ID, &alias, &wrapped)
	if store.None(err) {
		return Access{}, fault.Missing
	}
	if err != nil {
		return Access{}, fmt.Errorf("own access of person %s: %w", person, err)
	}
	key, err := a.keys.Open(who.ID, wrapped)
	if errors.Is(err, vault.ErrProtected) {
		return Access{}, fault.New(fault.Unavailable, "fault.protected.own")
	}
	if err != nil {
		return Access{}, err
	}
	copy(who.Alias[:], alias)
	n.add(a.disclosure(by.covers, by.act, by.why, by.ground, false), who)
	return Access{a, who.ID, key, by.ground, by.covers, by.act}, nil
}

// Around gives the units whose concern the person of the access is today, and who is their coach; 0 for nobody.
func Around(ctx context.Context, tx *store.Tx, actor *Actor, a Access) (units []id.Unit, coach id.Post, err error) {
	args := []any{actor.area, a.person, string(actor.today), int64(actor.now)}
	units, err = store.All(ctx, tx, store.Q(`SELECT unit_id FROM tie WHERE area_id = $1 AND person_id = $2
	 AND from_on <= $3 AND to_on > $3 AND ended_at > $4 ORDER BY from_on DESC, unit_id`), args, func(r *store.Cursor) (u id.Unit, err error) {
		err = r.Scan(&u)
		return u, err
	})
	if err != nil {
		return nil, 0, err
	}
	err = tx.One(ctx, store.Q(`SELECT post_id FROM assignment WHERE area_id = $1 AND person_id = $2
	 AND from_on <= $3 AND to_on > $3 AND ended_at > $4 ORDER BY from_on DESC LIMIT 1`), args, &coach)
	if store.None(err) {
		return units, 0, nil
	}
	return units, coach, err
}
