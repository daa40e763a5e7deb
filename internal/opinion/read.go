package opinion

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/vault"
)

const columns = `o.opinion_id, o.person_id, o.kind, o.about, o.about_post, o.how, o.to_post, o.on_date, o.due_on, o.state, o.answered_at, o.changed, o.version,
 o.key_wrapped, o.sealed, o.answer`

// row is an opinion with what is sealed in it.
type row struct {
	Opinion
	wrapped, sealed, answer []byte
}

func scan(r *store.Cursor) (x row, err error) {
	err = r.Scan(&x.ID, &x.Who, &x.Kind, &x.About, &x.Post, &x.How, &x.To, &x.On, &x.Due, &x.State, &x.Answered, &x.Changed, &x.Version, &x.wrapped, &x.sealed, &x.answer)
	return x, err
}

// open reads what is sealed.
func (x *row) open(key vault.Person) error {
	f, err := key.Open(place("sealed", x.ID), wordFields, x.sealed)
	if err != nil {
		return err
	}
	x.Words = Words{f[0], f[1]}
	if x.State != Answered {
		return nil
	}
	if f, err = key.Open(place("answer", x.ID), 1, x.answer); err == nil {
		x.Answer = f[0]
	}
	return err
}

// Open gives one of nobody that is known to who is to answer it; once it is answered, to them and the head of the unit without
// what was written. Missing for everybody else.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, o ID) (x Opinion, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, Staff...); err != nil {
			return err
		}
		if x, _, err = unknownOf(ctx, tx, actor, o); fault.Is(err, fault.NotFound) {
			x, err = answered(ctx, tx, actor, o)
		}
		return err
	})
	return x, err
}

// unknownOf gives one of nobody that is known that waits for the actor's answer, and the key that opens it.
func unknownOf(ctx context.Context, tx *store.Tx, actor *access.Actor, o ID) (Opinion, vault.Person, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM opinion o WHERE o.area_id = $1 AND o.opinion_id = $2 AND o.person_id = 0 AND o.to_post = $3 AND o.state = 'waiting'`),
		[]any{actor.Area(), o, actor.Post()}, scan)
	if err == nil && len(list) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return Opinion{}, vault.Person{}, err
	}
	x := list[0]
	key, err := actor.Keys().OpenOwn("opinion", int64(o), x.wrapped)
	if err != nil {
		return Opinion{}, key, err
	}
	err = x.open(key)
	return x.Opinion, key, err
}

// answered gives an opinion that has been answered, without what was written and without who wrote.
func answered(ctx context.Context, tx *store.Tx, actor *access.Actor, o ID) (Opinion, error) {
	if err := access.Unit(ctx, tx, actor, Staff...); err != nil {
		return Opinion{}, err
	}
	list, err := store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM opinion o WHERE o.area_id = $1 AND o.opinion_id = $2 AND o.state = 'answered'
	 AND (o.to_post = $3 OR o.unit_id = $4 AND $5 = 1)`), []any{actor.Area(), o, actor.Post(), actor.Unit(), heads(actor)}, scan)
	if err == nil && len(list) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return Opinion{}, err
	}
	return list[0].bare(), nil
}

// bare is an opinion without who wrote it and whom it is about.
func (x row) bare() Opinion {
	x.Who, x.Post = 0, 0
	return x.Opinion
}

func heads(actor *access.Actor) int {
	if actor.Role() == access.Head {
		return 1
	}
	return 0
}

// Case is a person's opinion before the one who is to answer it.
type Case struct {
	Opinion
	Name string // the person's
}

// OpenOf opens a person's opinion for the post that is to answer it. Missing for everybody else, and once it is answered.
func (d *Desk) OpenOf(ctx context.Context, actor *access.Actor, who id.Person, o ID) (c Case, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.OpenReview(ctx, tx, actor, who, access.Read)
		if err != nil {
			return err
		}
		if c.Opinion, err = mine(ctx, tx, actor, a, o); err != nil {
			return err
		}
		c.Name, err = person.FullName(ctx, tx, actor, a)
		return err
	})
	return c, err
}

// mine is an opinion of the person that is the actor's to answer.
func mine(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, o ID) (Opinion, error) {
	list, err := Given(ctx, tx, actor, a)
	if err != nil {
		return Opinion{}, err
	}
	i := slices.IndexFunc(list, func(x Opinion) bool { return x.ID == o && x.To == actor.Post() && x.State == Waiting })
	if i < 0 {
		return Opinion{}, fault.Missing
	}
	return list[i], nil
}

// Given gives what the person of the access has thought, the newest first, with the answers.
func Given(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Opinion, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM opinion o WHERE o.area_id = $1 AND o.person_id = $2 ORDER BY o.opinion_id DESC`),
		[]any{actor.Area(), a.Person()}, func(r *store.Cursor) (Opinion, error) {
			x, err := scan(r)
			if err == nil {
				err = x.open(a.Key(access.Identity))
			}
			return x.Opinion, err
		})
}

// Told is what the code tells: where an opinion stands, and its answer. Not what was written: a slip may be found by another.
type Told struct {
	Kind   Kind
	On     clock.Date
	Due    clock.Date
	State  State
	Answer string // "" also once it is destroyed
}

// Look gives what a code tells. Missing for a code that is nobody's. It is looked for by a mark that only the area's key makes, so
// that how long the search takes tells nothing of how much of a code was right.
func (d *Desk) Look(ctx context.Context, area id.Area, code string) (t Told, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		keys, err := d.Vault.Area(ctx, tx, area)
		if err != nil {
			return err
		}
		mark, err := keys.Index("opinion", typed(code))
		if err != nil {
			return err
		}
		list, err := store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM opinion o WHERE o.area_id = $1 AND o.code = $2 AND o.person_id = 0`), []any{area, mark}, scan)
		if err == nil && len(list) == 0 {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		x := list[0]
		if len(x.wrapped) > 0 {
			key, err := keys.OpenOwn("opinion", int64(x.ID), x.wrapped)
			if err != nil {
				return err
			}
			if err := x.open(key); err != nil {
				return err
			}
		}
		t = Told{x.Kind, x.On, x.Due, x.State, x.Answer}
		return nil
	})
	return t, err
}
