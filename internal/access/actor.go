package access

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Actor is who acts, in which post, and when; one per request or job run. What the actor was shown is collected here
// until it is written to the log.
type Actor struct {
	area   id.Area
	post   id.Post
	self   id.Person // who acts for themselves, and then in no post
	shows  id.Person // who has shown something to the actor, who then is nobody
	link   LinkID    // by which it is shown
	unit   id.Unit
	role   Role
	now    clock.Instant
	today  clock.Date
	keys   *vault.Area
	route  string
	once   []byte
	epoch  int64
	change int64
	shown  note
	may    Category // what the route has declared
	acts   []Action
}

// Standing is how a post stands and what the area's epoch is, read in one row; Actor makes an actor of it.
type Standing struct {
	epoch, change int64
	raised, ended clock.Instant
	agency        clock.Instant // when the agency's part in the area ended
	from, to      clock.Date
	unit          id.Unit
	role          Role
}

// StandingColumns are read from the post o and its area's access_epoch e; Dest scans them.
const StandingColumns = `e.epoch, e.change, e.raised_at, o.ended_at, o.from_on, o.to_on, o.unit_id, o.role,
 (SELECT g.ended_at FROM unit u JOIN agency g ON g.area_id = u.area_id AND g.agency_id = u.agency_id WHERE u.area_id = o.area_id AND u.unit_id = o.unit_id)`

// Dest is where StandingColumns go.
func (s *Standing) Dest() []any {
	return []any{&s.epoch, &s.change, &s.raised, &s.ended, &s.from, &s.to, &s.unit, &s.role, &s.agency}
}

var errEnded = fault.New(fault.Forbidden, "fault.post.ended")

// standing reads how a post stands; Forbidden when it does not exist.
func standing(ctx context.Context, tx *store.Tx, area id.Area, post id.Post) (s Standing, err error) {
	err = tx.One(ctx, store.Q(`SELECT `+StandingColumns+` FROM access_epoch e JOIN post o ON o.area_id = e.area_id
	 WHERE e.area_id = $1 AND o.post_id = $2`), []any{area, post}, s.Dest()...)
	if store.None(err) {
		err = errEnded
	}
	return s, err
}

// live tells whether the post and its agency's part in the area are live at the actor's now.
func (s *Standing) live(a *Actor) bool {
	return s.from <= a.today && s.to > a.today && s.ended > a.now && s.agency > a.now
}

// Actor makes the actor of a post that stands so. One that has ended gives Forbidden.
func (s *Standing) Actor(keys *vault.Area, area id.Area, post id.Post, now clock.Instant, route string) (*Actor, error) {
	a := &Actor{area: area, post: post, unit: s.unit, role: s.role, now: now, today: now.Date(), keys: keys, route: route, epoch: s.epoch, change: s.change}
	a.after(s.raised)
	if !s.live(a) {
		return nil, errEnded
	}
	return a, nil
}

// Enter makes the actor of a live post. A post that has ended or does not exist gives Forbidden.
func Enter(ctx context.Context, tx *store.Tx, keys *vault.Area, area id.Area, post id.Post, now clock.Instant, route string) (*Actor, error) {
	s, err := standing(ctx, tx, area, post)
	if err != nil {
		return nil, err
	}
	return s.Actor(keys, area, post, now, route)
}

// atMost is longer than any request lasts.
const atMost = 10 * time.Minute

// after moves the actor's now to the last ending that the transaction can see, when that came after the request began:
// what ended meanwhile has ended. An ending much later than now is none of a request's: then a history is written.
func (a *Actor) after(raised clock.Instant) {
	if a.now < raised && raised < a.now.Add(atMost) {
		a.now, a.today = raised, raised.Date()
	}
}

// Area is the area the actor works in.
func (a *Actor) Area() id.Area { return a.area }

// Post is the employment the actor acts in.
func (a *Actor) Post() id.Post { return a.post }

// Unit is the unit of the post.
func (a *Actor) Unit() id.Unit { return a.unit }

// Role is the role of the post.
func (a *Actor) Role() Role { return a.role }

// Now is the one instant of the request, or of a later ending that the request has seen.
func (a *Actor) Now() clock.Instant { return a.now }

// Today is the day of the request in Stockholm.
func (a *Actor) Today() clock.Date { return a.today }

// Change is the count of changes of the area's organisation as the actor entered.
func (a *Actor) Change() int64 { return a.change }

// Keys are the area's keys.
func (a *Actor) Keys() *vault.Area { return a.keys }

// Declare limits the actor to what the route has declared; Open and Over refuse more. An actor of whom nothing is
// declared may open nothing.
func (a *Actor) Declare(c Category, acts ...Action) { a.may, a.acts = c, acts }

func (a *Actor) declared(c Category, act Action) error {
	if a.may&c == c && slices.Contains(a.acts, act) {
		return nil
	}
	return fmt.Errorf("access: %s %s asked for but %s %v declared by %s", act, c, a.may, a.acts, a.route)
}

// Once makes every change that the actor makes from now on happen at most once for the hash; the second gives
// ErrRepeated.
func (a *Actor) Once(hash []byte) { a.once = hash }

// ErrRepeated tells that the same form has been saved already.
var ErrRepeated = errors.New("the same form was saved before")

// Args are the six parameters of the rule.
func (a *Actor) Args(c Category, act Action) []any {
	return []any{int64(a.area), int64(a.post), int64(a.now), string(a.today), int(c), int(act)}
}

// Shown gives what the actor has been shown in reads, and the epoch it was read at.
func (a *Actor) Shown() (epoch int64, list []audit.Disclosure) { return a.epoch, a.shown.list }

// Unit lets an actor act on the unit's own matters, which concern no person. Forbidden unless the role is one of them.
func Unit(ctx context.Context, tx *store.Tx, actor *Actor, roles ...Role) error {
	role, err := self(ctx, tx, actor)
	if err == nil && !slices.Contains(roles, role) {
		err = fault.New(fault.Forbidden, "fault.role")
	}
	return err
}

// Self lets an actor act on what is their own: passkeys and sessions.
func Self(ctx context.Context, tx *store.Tx, actor *Actor) error {
	_, err := self(ctx, tx, actor)
	return err
}

func self(ctx context.Context, tx *store.Tx, actor *Actor) (role Role, err error) {
	if _, err := begin(ctx, tx, actor); err != nil {
		return 0, err
	}
	s, err := standing(ctx, tx, actor.area, actor.post)
	if err == nil && !s.live(actor) {
		err = errEnded
	}
	return s.role, err
}

func (a *Actor) disclosure(c Category, act Action, why Purpose, g Ground, list bool) audit.Disclosure {
	unit := a.unit
	if a.self != 0 || a.shows != 0 {
		unit = 0 // what a person looks at, or shows, is nobody's at the unit
	}
	return audit.Disclosure{Area: a.area, At: a.now, Post: a.post, Unit: unit, Action: int(act), Purpose: int(why),
		Ground: int(g), Categories: int(c), Route: a.route, List: list}
}

// note collects disclosures; people under the same right go into one.
type note struct {
	list []audit.Disclosure
}

func (n *note) add(d audit.Disclosure, who audit.Person) {
	for i := range n.list {
		e := &n.list[i]
		if e.List == d.List && e.Ground == d.Ground && e.Categories == d.Categories && e.Action == d.Action && e.Purpose == d.Purpose {
			if last := len(e.People) - 1; e.People[last].ID != who.ID {
				e.People = append(e.People, who)
			}
			return
		}
	}
	d.People = append(make([]audit.Person, 0, 16), who)
	n.list = append(n.list, d)
}

// begin finds where disclosures of tx are noted: with the actor in a Read, with the transaction itself in a Write,
// which then writes them before it commits, along with the form's own mark.
func begin(ctx context.Context, tx *store.Tx, actor *Actor) (*note, error) {
	if !tx.Writes() {
		return &actor.shown, nil
	}
	if n, ok := tx.Value(actor).(*note); ok {
		return n, nil
	}
	n := &note{}
	tx.SetValue(actor, n)
	epoch, raised, err := audit.Epoch(ctx, tx, actor.area)
	if err != nil {
		return nil, err
	}
	actor.after(raised)
	if actor.once != nil {
		if err := mark(ctx, tx, actor); err != nil {
			return nil, err
		}
	}
	tx.Last(func(ctx context.Context) error {
		if err := audit.Write(ctx, tx, epoch, n.list); err != nil {
			return fmt.Errorf("%w: %w", audit.ErrLog, err)
		}
		return nil
	})
	return n, nil
}

func mark(ctx context.Context, tx *store.Tx, actor *Actor) error {
	n, err := tx.Exec(ctx, store.Q(`INSERT INTO submission (area_id, once_hash, at, location) VALUES ($1, $2, $3, '')
	 ON CONFLICT (area_id, once_hash) DO NOTHING`), int64(actor.area), actor.once, int64(actor.now))
	if err == nil && n == 0 {
		return ErrRepeated
	}
	return err
}
