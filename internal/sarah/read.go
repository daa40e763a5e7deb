package sarah

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/vault"
)

const columns = `m.report_id, m.unit_id, m.by_post, m.to_post, m.about, m.happened_on, m.on_date, m.state, m.serious_on, m.version, m.key_wrapped, m.sealed`

// row is a report with what is sealed in it.
type row struct {
	Report
	wrapped, sealed []byte
}

func scan(r *store.Cursor) (x row, err error) {
	err = r.Scan(&x.ID, &x.Unit, &x.By, &x.To, &x.About, &x.Happened, &x.On, &x.State, &x.Serious, &x.Version, &x.wrapped, &x.sealed)
	return x, err
}

// Lists are the reports that concern somebody: those they have made, and those that have come to them.
type Lists struct {
	Made, Come []Report // the newest first, without their words
}

// mostListed is how many a list shows.
const mostListed = 100

// List gives the actor's reports.
func (d *Desk) List(ctx context.Context, actor *access.Actor) (l Lists, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, Makers...); err != nil {
			return err
		}
		args := []any{actor.Area(), actor.Post(), mostListed}
		one := func(r *store.Cursor) (Report, error) {
			x, err := scan(r)
			return x.Report, err
		}
		if l.Made, err = store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM sarah_report m WHERE m.area_id = $1 AND m.by_post = $2 ORDER BY m.report_id DESC LIMIT 0 + $3`), args, one); err != nil {
			return err
		}
		l.Come, err = store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM sarah_report m WHERE m.area_id = $1 AND m.to_post = $2 ORDER BY m.report_id DESC LIMIT 0 + $3`), args, one)
		return err
	})
	return l, err
}

// New gives the reports that have come to the actor and that nobody has begun to look into, the oldest first.
func New(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Report, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM sarah_report m WHERE m.area_id = $1 AND m.to_post = $2 AND m.state = 'received' ORDER BY m.report_id`),
		[]any{actor.Area(), actor.Post()}, func(r *store.Cursor) (Report, error) {
			x, err := scan(r)
			return x.Report, err
		})
}

// Open gives a report to who received it, whole; to who made it, what they wrote, each step with its day, and the words of the last
// once it is closed. Missing for everybody else.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, r ID) (x Report, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, Makers...); err != nil {
			return err
		}
		x, _, err = get(ctx, tx, actor, r)
		return err
	})
	if x.To != actor.Post() {
		for i := range x.Steps {
			if x.Steps[i].State != Closed {
				x.Steps[i].Words = ""
			}
		}
	}
	return x, err
}

// get opens a report that the actor has made or received.
func get(ctx context.Context, tx *store.Tx, actor *access.Actor, r ID) (Report, vault.Person, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM sarah_report m WHERE m.area_id = $1 AND m.report_id = $2 AND (m.by_post = $3 OR m.to_post = $3)`),
		[]any{actor.Area(), r, actor.Post()}, scan)
	if err == nil && len(list) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return Report{}, vault.Person{}, err
	}
	x := list[0]
	key, err := actor.Keys().OpenOwn("sarah", int64(r), x.wrapped)
	if err != nil {
		return Report{}, key, err
	}
	f, err := key.Open(place(r), wordFields, x.sealed)
	if err != nil {
		return Report{}, key, err
	}
	x.Words = Words{f[0], f[1], f[2]}
	x.Steps, err = store.All(ctx, tx, store.Q(`SELECT no, state, on_date, post_id, sealed FROM sarah_step WHERE area_id = $1 AND report_id = $2 ORDER BY no`),
		[]any{actor.Area(), r}, func(c *store.Cursor) (s Step, err error) {
			var no int
			var sealed []byte
			if err := c.Scan(&no, &s.State, &s.On, &s.Post, &sealed); err != nil {
				return s, err
			}
			f, err := key.Open(stepPlace(r, no), 1, sealed)
			if err == nil {
				s.Words = f[0]
			}
			return s, err
		})
	return x.Report, key, err
}
