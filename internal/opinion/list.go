package opinion

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Line is an opinion that waits for an answer, without anything of what was written.
type Line struct {
	ID   ID
	Who  id.Person // for the address, which opens for the one who answers alone; 0 where nobody knows who wrote
	Kind Kind
	To   id.Post
	On   clock.Date
	Due  clock.Date
}

const lineColumns = `SELECT n.opinion_id, n.person_id, n.kind, n.to_post, n.on_date, n.due_on FROM opinion n`

func scanLine(r *store.Cursor) (l Line, err error) {
	err = r.Scan(&l.ID, &l.Who, &l.Kind, &l.To, &l.On, &l.Due)
	return l, err
}

// ToAnswer gives the opinions that wait for the actor, the first due first.
func ToAnswer(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Line, error) {
	return store.All(ctx, tx, store.Q(lineColumns+` WHERE n.area_id = $1 AND n.to_post = $2 AND n.state = 'waiting' ORDER BY n.due_on, n.opinion_id`),
		[]any{actor.Area(), actor.Post()}, scanLine)
}

// Overdue gives the opinions that others at the actor's unit should have answered by now; for the head alone, who learns from whom
// an answer is missed and since when, not who wrote.
func Overdue(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Line, error) {
	if actor.Role() != access.Head {
		return nil, nil
	}
	list, err := store.All(ctx, tx, store.Q(lineColumns+` JOIN post o ON o.area_id = n.area_id AND o.post_id = n.to_post
	 WHERE n.area_id = $1 AND o.unit_id = $2 AND n.to_post <> $3 AND n.state = 'waiting' AND n.due_on < $4 ORDER BY n.due_on, n.opinion_id`),
		[]any{actor.Area(), actor.Unit(), actor.Post(), string(actor.Today())}, scanLine)
	for i := range list {
		list[i].Who, list[i].ID = 0, 0
	}
	return list, err
}

// Month is how many opinions a unit has had in a month.
type Month struct {
	First clock.Date // the first day of it
	N     map[Kind]int
	Late  int // answered after the day they were due, or waiting past it
}

// Year is what the head sees of a unit's opinions.
type Year struct {
	Months []Month   // of the last twelve, those with any, the newest first
	Done   []Opinion // answered, the newest first, without what was written
}

// months is how far back the head's page looks, mostListed how many it lists.
const months, mostListed = 12, 50

// Year counts a unit's opinions by month, and lists those answered. Only for the head.
func (d *Desk) Year(ctx context.Context, actor *access.Actor) (y Year, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		y = Year{}
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		from := actor.Today().Month().AddMonths(1 - months)
		args := []any{actor.Area(), actor.Unit(), string(from)}
		if err := y.count(ctx, tx, args, actor.Today()); err != nil {
			return err
		}
		y.Done, err = store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM opinion o WHERE o.area_id = $1 AND o.unit_id = $2 AND o.on_date >= $3 AND o.state = 'answered'
		 ORDER BY o.answered_at DESC, o.opinion_id DESC LIMIT 0 + $4`), append(args, mostListed), func(r *store.Cursor) (Opinion, error) {
			x, err := scan(r)
			return x.bare(), err
		})
		return err
	})
	return y, err
}

func (y *Year) count(ctx context.Context, tx *store.Tx, args []any, today clock.Date) error {
	type one struct {
		kind     Kind
		on, due  clock.Date
		state    State
		answered clock.Instant
	}
	list, err := store.All(ctx, tx, store.Q(`SELECT kind, on_date, due_on, state, answered_at FROM opinion WHERE area_id = $1 AND unit_id = $2 AND on_date >= $3 AND state <> 'spam'
	 ORDER BY on_date DESC`), args, func(r *store.Cursor) (x one, err error) {
		err = r.Scan(&x.kind, &x.on, &x.due, &x.state, &x.answered)
		return x, err
	})
	for _, x := range list {
		if n := len(y.Months); n == 0 || y.Months[n-1].First != x.on.Month() {
			y.Months = append(y.Months, Month{First: x.on.Month(), N: map[Kind]int{}})
		}
		m := &y.Months[len(y.Months)-1]
		m.N[x.kind]++
		if x.state == Waiting && x.due < today || x.state == Answered && x.due < x.answered.Date() {
			m.Late++
		}
	}
	return err
}
