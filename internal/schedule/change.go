package schedule

import (
	"context"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Kinds of changes, as stored.
const (
	Moved     = "moved"
	Called    = "cancelled" // called off
	ForClosed = "closed"    // called off since the unit is closed
	mostText  = 500
)

// Move is when and where an occasion is to be instead, and by whom.
type Move struct {
	On        clock.Date
	At, Until clock.LocalTime
	Room      int64
	Leaders   []id.Post
	All       bool // also every later one of the same turn, moved as many days
	Why       string
}

func (m Move) check(today clock.Date) error {
	var form fault.Form
	if m.On < today {
		form.Add("on", "schedule.on.past")
	}
	if m.At == "" {
		form.Add("at", "schedule.at.needed")
	}
	if m.Until <= m.At {
		form.Add("until", "schedule.until.before")
	}
	reason(&form, m.Why)
	return form.Err()
}

func reason(form *fault.Form, why string) {
	if strings.TrimSpace(why) == "" {
		form.Add("why", "schedule.why.needed")
	} else if len([]rune(why)) > mostText {
		form.Add("why", "form.long", mostText)
	}
}

// Move moves an occasion, alone or with all that follow. A *Clashing tells what stands in the way; Stale when somebody
// changed it meanwhile.
func (d *Desk) Move(ctx context.Context, actor *access.Actor, o OccasionID, version int, m Move) error {
	return d.change(ctx, actor, o, version, m.All, func() error { return m.check(actor.Today()) }, func(tx *store.Tx, list []Occasion, c *change) error {
		by := m.On.Sub(list[0].On)
		moved := make([]Occasion, len(list))
		for i, x := range list {
			moved[i] = x
			moved[i].On, moved[i].At, moved[i].Until, moved[i].Room, moved[i].Leaders = x.On.Add(by), m.At, m.Until, m.Room, m.Leaders
		}
		c.kind, c.why = Moved, m.Why
		if m.All {
			err := c.onward(ctx, tx, actor, list[0], func(t Turn, cycle int) (Turn, State) {
				t = t.later(by, cycle)
				t.At, t.Until, t.Room, t.Leaders = m.At, m.Until, m.Room, m.Leaders
				return t, Planned
			})
			if err != nil {
				return err
			}
		}
		return c.put(ctx, tx, actor, list, moved)
	})
}

// Cancel calls an occasion off, alone or with all that follow, for a reason.
func (d *Desk) Cancel(ctx context.Context, actor *access.Actor, o OccasionID, version int, all bool, why string) error {
	check := func() error {
		var form fault.Form
		reason(&form, why)
		return form.Err()
	}
	return d.change(ctx, actor, o, version, all, check, func(tx *store.Tx, list []Occasion, c *change) error {
		off := slices.Clone(list)
		for i := range off {
			off[i].State = Cancelled
		}
		c.kind, c.why = Called, why
		if all {
			if err := c.onward(ctx, tx, actor, list[0], func(t Turn, _ int) (Turn, State) { return t, Cancelled }); err != nil {
				return err
			}
		}
		return c.put(ctx, tx, actor, list, off)
	})
}

// change opens an occasion, with those that follow when all are meant, and lets f change them.
func (d *Desk) change(ctx context.Context, actor *access.Actor, o OccasionID, version int, all bool, check func() error, f func(*store.Tx, []Occasion, *change) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		if err := check(); err != nil {
			return err
		}
		x, err := Get(ctx, tx, actor, o)
		if err != nil {
			return err
		}
		if x.Version != version || x.State != Planned {
			return fault.Stale
		}
		if x.On < actor.Today() {
			return fault.New(fault.Conflict, "schedule.past")
		}
		list := []Occasion{x}
		if all {
			if list, err = following(ctx, tx, actor, x.Turn, x.On); err != nil {
				return err
			}
			list = slices.DeleteFunc(list, func(y Occasion) bool { return y.ID == o })
			list = slices.Insert(list, 0, x)
		}
		return f(tx, list, &change{ID: id.New[changeTag](actor.Now())})
	})
}

// change is one change under way.
type change struct {
	ID        ChangeID
	kind, why string
}

// onward writes how an occasion's turn comes back from now on, when it still does. f is given the weeks of the cycle.
func (c *change) onward(ctx context.Context, tx *store.Tx, actor *access.Actor, o Occasion, f func(t Turn, cycle int) (Turn, State)) error {
	r, err := GetRun(ctx, tx, actor, o.Run)
	if err != nil {
		return err
	}
	turns, err := patterns(ctx, tx, actor, o.Run)
	if i := slices.IndexFunc(turns, func(t Turn) bool { return t.ID == o.Turn }); err == nil && i >= 0 {
		t, state := f(turns[i], r.Weeks)
		err = insertPattern(ctx, tx, actor, c.ID, t, state)
	}
	return err
}

// put writes occasions as they are to be, keeps how they were, and lets those who lead them hear of it.
func (c *change) put(ctx context.Context, tx *store.Tx, actor *access.Actor, was, will []Occasion) error {
	if err := clear(ctx, tx, actor, will); err != nil {
		return err
	}
	for i, o := range will {
		if err := put(ctx, tx, actor, o); err != nil {
			return err
		}
		w := was[i]
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO occasion_change (area_id, change_id, occasion_id, unit_id, kind, why, was_on, was_at, was_until,
		 was_room_id, was_leaders, at, post_id, undone_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)`), actor.Area(), c.ID, o.ID,
			actor.Unit(), c.kind, strings.TrimSpace(c.why), string(w.On), string(w.At), string(w.Until), w.Room, leaderText(w.Leaders), int64(actor.Now()),
			actor.Post()); err != nil {
			return err
		}
	}
	return c.notify(ctx, tx, actor, was, will)
}

// clear refuses occasions that clash with anything else in the house, or with one another; not by the kinds of clash that are borne.
func clear(ctx context.Context, tx *store.Tx, actor *access.Actor, list []Occasion, borne ...Kind) error {
	held := slices.DeleteFunc(slices.Clone(list), func(o Occasion) bool { return o.State != Planned })
	if len(held) == 0 {
		return nil
	}
	first, last := held[0].On, held[0].On
	for _, o := range held {
		first, last = min(first, o.On), max(last, o.On)
	}
	h, err := Enter(ctx, tx, actor, clock.Span{From: first, To: last.Add(1)})
	if err != nil {
		return err
	}
	clashes := slices.DeleteFunc(h.Clashes(held), func(c Clash) bool { return slices.Contains(borne, c.Kind) })
	if len(clashes) > 0 {
		return &Clashing{clashes}
	}
	return nil
}

// notify leaves a line for everybody who led or is to lead, but for the one who made the change.
func (c *change) notify(ctx context.Context, tx *store.Tx, actor *access.Actor, lists ...[]Occasion) error {
	told := map[id.Post]bool{actor.Post(): true}
	for _, list := range lists {
		for _, o := range list {
			for _, p := range o.Leaders {
				if told[p] {
					continue
				}
				told[p] = true
				if err := insertNotice(ctx, tx, actor, c.ID, p); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func insertNotice(ctx context.Context, tx *store.Tx, actor *access.Actor, c ChangeID, p id.Post) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO occasion_notice (area_id, post_id, change_id, seen_at) VALUES ($1, $2, $3, 0)`), actor.Area(), p, c)
	return err
}
