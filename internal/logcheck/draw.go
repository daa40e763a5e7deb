package logcheck

import (
	"context"
	"crypto/rand"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// Every is after how many days there is to be a round, and Within how many it is to be signed.
const (
	Every  = 30
	Within = 14
)

// seedBytes is the length of a draw.
const seedBytes = 16

// drawn is what a draw came to: for each role what it is to look at.
type drawn struct {
	span  clock.Span
	seed  []byte
	parts map[access.Role]*part
}

type part struct {
	list    []*read
	chosen  []*read
	pointed int
}

// Draw begins a round: of what the unit's workers have opened from the end of the last round until yesterday, some by chance and
// those that rules point at. What no head may check, their own readings among it, becomes a round of the coordinator's. Only the
// head; or the coordinator, where there is no head. Conflict when a day has not passed since the last, or one of the actor's waits.
func (d *Desk) Draw(ctx context.Context, actor *access.Actor) error {
	x := drawn{seed: make([]byte, seedBytes)}
	_, _ = rand.Read(x.seed) // never fails
	if err := d.Store.Read(ctx, func(tx *store.Tx) error { return x.read(ctx, tx, actor) }); err != nil {
		return err
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := mayDraw(ctx, tx, actor); err != nil {
			return err
		}
		span, err := next(ctx, tx, actor)
		if err != nil {
			return err
		}
		if span != x.span {
			return fault.Stale
		}
		return x.write(ctx, tx, actor)
	})
}

// mayDraw lets the head begin a round, and the coordinator of a unit without one.
func mayDraw(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	if err := access.Unit(ctx, tx, actor, roles...); err != nil || actor.Role() == access.Head {
		return err
	}
	posts, err := org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	if err == nil && slices.ContainsFunc(posts, func(o org.Post) bool { return o.Role == access.Head }) {
		err = fault.New(fault.Forbidden, "fault.role")
	}
	return err
}

// next gives the days of the next round. Conflict when there are none yet or the last round waits.
func next(ctx context.Context, tx *store.Tx, actor *access.Actor) (clock.Span, error) {
	list, err := selectRounds(ctx, tx, actor)
	if err != nil {
		return clock.Span{}, err
	}
	span := clock.Span{From: actor.Today().Add(-Every), To: actor.Today()}
	for _, r := range list {
		if r.Signed == 0 && r.Role == actor.Role() {
			return span, fault.New(fault.Conflict, "logcheck.open")
		}
	}
	if len(list) > 0 {
		span.From = list[0].To
	}
	if span.From >= span.To {
		return span, fault.New(fault.Conflict, "logcheck.early")
	}
	return span, nil
}

func (x *drawn) read(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	x.parts = map[access.Role]*part{}
	if err := mayDraw(ctx, tx, actor); err != nil {
		return err
	}
	var err error
	if x.span, err = next(ctx, tx, actor); err != nil {
		return err
	}
	set, err := org.SettingsAt(ctx, tx, actor.Area(), actor.Unit(), actor.Today())
	if err != nil {
		return err
	}
	hours, err := schedule.ReadHours(ctx, tx, actor)
	if err != nil {
		return err
	}
	list, err := selectReads(ctx, tx, actor, x.span)
	if err != nil {
		return err
	}
	if err := x.share(ctx, tx, actor, list); err != nil {
		return err
	}
	for _, p := range x.parts {
		shuffle(p.list, x.seed)
		p.chosen, p.pointed = pick(p.list, set.LogSample, hours)
	}
	return nil
}

// share gives each reading to the first of the roles in which somebody may check it.
func (x *drawn) share(ctx context.Context, tx *store.Tx, actor *access.Actor, list []*read) error {
	c, err := checkersOf(ctx, tx, actor)
	if err != nil {
		return err
	}
	for _, r := range list {
		role, err := c.roleFor(ctx, tx, actor, r.post, r.person)
		if err != nil {
			return err
		}
		if role == 0 {
			continue
		}
		if x.parts[role] == nil {
			x.parts[role] = &part{}
		}
		x.parts[role].list = append(x.parts[role].list, r)
	}
	return nil
}

// checkers are those who may check what is read at a unit, and what the rule has said of them and people.
type checkers struct {
	posts  []org.Post
	worker map[id.Post]id.Worker
	said   map[judged]bool
}

type judged struct {
	post   id.Post
	person id.Person
}

func checkersOf(ctx context.Context, tx *store.Tx, actor *access.Actor) (*checkers, error) {
	c := &checkers{worker: map[id.Post]id.Worker{}, said: map[judged]bool{}}
	all, err := org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	for _, o := range all {
		if slices.Contains(roles, o.Role) {
			c.posts = append(c.posts, o)
		}
	}
	return c, err
}

// roleFor gives the role in which somebody may check what the post has read about the person; 0 for none. Nobody checks their own,
// and a prohibition keeps the person from whom it keeps them otherwise.
func (c *checkers) roleFor(ctx context.Context, tx *store.Tx, actor *access.Actor, reader id.Post, who id.Person) (access.Role, error) {
	worker, there := c.worker[reader]
	if !there {
		o, err := org.GetPost(ctx, tx, actor.Area(), reader, actor.Now())
		if err != nil {
			return 0, err
		}
		worker = o.Worker
		c.worker[reader] = worker
	}
	for _, role := range roles {
		for _, o := range c.posts {
			if o.Role != role || o.Worker == worker {
				continue
			}
			if may, err := c.may(ctx, tx, actor, o.ID, who); may || err != nil {
				return role, err
			}
		}
	}
	return 0, nil
}

// may tells whether no prohibition keeps the post from the person.
func (c *checkers) may(ctx context.Context, tx *store.Tx, actor *access.Actor, post id.Post, who id.Person) (bool, error) {
	may, there := c.said[judged{post, who}]
	if there {
		return may, nil
	}
	v, err := access.Judge(ctx, tx, actor, post, who, access.Identity, access.Read)
	may = v >= 0
	c.said[judged{post, who}] = may
	return may, err
}

// write writes a round for each role that has something to look at, and one for the actor's in any case: that there was nothing is
// also signed.
func (x *drawn) write(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	if x.parts[actor.Role()] == nil {
		x.parts[actor.Role()] = &part{}
	}
	for _, role := range roles {
		p := x.parts[role]
		if p == nil || len(p.chosen) == 0 && role != actor.Role() {
			continue
		}
		if err := insertRound(ctx, tx, actor, x, role, p); err != nil {
			return err
		}
	}
	return nil
}
