package opinion

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Concern is what decides who answers.
type Concern struct {
	Unit  id.Unit
	About About
	Post  id.Post // who it is about; 0 for nobody who is named
	Coach id.Post // of the person who wrote, or the worker who tells of it; 0 for none
}

// Panel are those among whom who answers is chosen.
type Panel struct {
	Posts  []org.Post       // live ones
	Near   map[id.Unit]bool // units in the secrecy zone of the unit that it is about
	Named  id.Post          // by the unit, to answer what people wonder about
	Barred map[id.Post]bool // kept from the person by a prohibition
}

var errNobody = fault.New(fault.Conflict, "public.opinion.nobody")

// Receiver chooses who answers: never who it is about and never the person's coach, in any post of theirs. Who leads the unit comes
// first, unless it is about them: then who leads another unit does. Where it is about somebody who is not named, only those answer
// who cannot be that one. ok is false when there is nobody.
func Receiver(c Concern, p Panel) (to id.Post, ok bool) {
	head := c.About == Head || slices.ContainsFunc(p.Posts, func(o org.Post) bool { return o.ID == c.Post && o.Role == access.Head && o.Unit == c.Unit })
	var apart []id.Worker
	for _, o := range p.Posts {
		if o.ID == c.Post || o.ID == c.Coach || head && o.Role == access.Head && o.Unit == c.Unit {
			apart = append(apart, o.Worker)
		}
	}
	unnamed := c.About == Somebody && c.Post == 0
	may := func(o org.Post) bool { return p.Near[o.Unit] && !p.Barred[o.ID] && !slices.Contains(apart, o.Worker) }
	for _, fits := range []func(org.Post) bool{
		func(o org.Post) bool { return o.Role == access.Head && o.Unit == c.Unit },
		func(o org.Post) bool { return o.ID == p.Named && !unnamed && !head },
		func(o org.Post) bool { return o.Role == access.Head && o.Unit != c.Unit },
		func(o org.Post) bool { return o.Role == access.Coordinator && o.Unit != c.Unit },
		func(o org.Post) bool { return (o.ID == p.Named || o.Role == access.Coordinator) && !unnamed },
	} {
		for _, o := range p.Posts {
			if may(o) && fits(o) {
				return o.ID, true
			}
		}
	}
	return 0, false
}

// panel reads those among whom is chosen. actor and who are nobody's where it is not known who wrote.
func panel(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant, unit id.Unit, actor *access.Actor, who id.Person) (p Panel, err error) {
	if p.Posts, err = org.AllPosts(ctx, tx, area, now); err != nil {
		return p, err
	}
	set, err := org.SettingsAt(ctx, tx, area, unit, now.Date())
	if err != nil {
		return p, err
	}
	p.Named = set.Reviewer
	near, err := store.All(ctx, tx, store.Q(`SELECT n.unit_id FROM unit u JOIN unit n ON n.area_id = u.area_id AND n.zone_id = u.zone_id
	 WHERE u.area_id = $1 AND u.unit_id = $2`), []any{area, unit}, func(r *store.Cursor) (u id.Unit, err error) {
		err = r.Scan(&u)
		return u, err
	})
	p.Near = map[id.Unit]bool{}
	for _, u := range near {
		p.Near[u] = true
	}
	if err != nil || who == 0 {
		return p, err
	}
	var some []id.Post
	for _, o := range p.Posts {
		if o.Role == access.Head || o.Role == access.Coordinator || o.ID == p.Named {
			some = append(some, o.ID)
		}
	}
	p.Barred, err = access.Prohibited(ctx, tx, actor, who, some)
	return p, err
}

// ReceiverAt chooses who at a unit, or beside it, receives what a post tells of it: as Receiver does for somebody who is no person.
func ReceiverAt(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant, unit id.Unit, about About, by id.Post) (to id.Post, ok bool, err error) {
	p, err := panel(ctx, tx, area, now, unit, nil, 0)
	if err != nil {
		return 0, false, err
	}
	to, ok = Receiver(Concern{Unit: unit, About: about, Coach: by}, p)
	return to, ok, nil
}

// HandOn gives each opinion whose answerer can answer no more to another: one whose post has ended, or that may not see the person.
// The day on which the answer is due stays.
func (d *Desk) HandOn(ctx context.Context, area id.Area, now clock.Instant) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		list, err := store.All(ctx, tx, store.Q(`SELECT opinion_id, person_id, unit_id, about, about_post, to_post FROM opinion WHERE area_id = $1 AND state = 'waiting'`),
			[]any{area}, func(r *store.Cursor) (x held, err error) {
				err = r.Scan(&x.id, &x.who, &x.Unit, &x.About, &x.Post, &x.was)
				return x, err
			})
		for _, x := range list {
			if err == nil {
				err = x.handOn(ctx, tx, area, now)
			}
		}
		return err
	})
}

// held is an opinion that waits, and for whom.
type held struct {
	Concern
	id  ID
	who id.Person
	was id.Post
}

func (x held) handOn(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant) error {
	var actor *access.Actor
	if x.who != 0 {
		a, err := access.EnterOwn(ctx, tx, nil, area, x.who, now, "sluss")
		if fault.Is(err, fault.Forbidden) { // the record is destroyed
			return nil
		}
		if err != nil {
			return err
		}
		actor = a
	}
	p, err := panel(ctx, tx, area, now, x.Unit, actor, x.who)
	if err != nil || !p.Barred[x.was] && slices.ContainsFunc(p.Posts, func(o org.Post) bool { return o.ID == x.was }) {
		return err
	}
	to, ok := Receiver(x.Concern, p)
	if !ok {
		return nil
	}
	if _, err := tx.Exec(ctx, store.Q(`UPDATE opinion SET to_post = $3, version = version + 1 WHERE area_id = $1 AND opinion_id = $2 AND state = 'waiting'`), area, x.id, to); err != nil {
		return err
	}
	return access.Raise(ctx, tx, area, now)
}
