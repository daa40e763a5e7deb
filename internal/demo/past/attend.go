package past

import (
	"context"
	"fmt"

	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// attend marks who was at the occasions that have been, but for the latest one, and lets some tell that they do not come to the
// next.
func (p *player) attend(ctx context.Context) error {
	today := p.Until.Date()
	var list []schedule.Occasion
	err := p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := day{p, tx, today}.as(ctx, p.leader)
		if err != nil {
			return err
		}
		list, err = schedule.Occasions(ctx, tx, a, clock.Span{From: today.Add(-7 * (weeksBack + 1)), To: today.Add(14)})
		return err
	})
	if err != nil {
		return err
	}
	for n, o := range list {
		if o.State != schedule.Planned {
			continue
		}
		err := p.Org.Store.Write(ctx, func(tx *store.Tx) error {
			d := day{p, tx, today}
			if o.On >= today {
				return d.tells(ctx, o)
			}
			if n+1 < len(list) && list[n+1].On >= today {
				return nil // the latest one waits for its leader
			}
			return d.marks(ctx, o, n)
		})
		if err != nil {
			return fmt.Errorf("who was here on %s: %w", o.On, err)
		}
	}
	return nil
}

// key is the worker of a post.
func (p *player) key(post id.Post) string {
	for k, x := range p.place.Posts {
		if x == post {
			return k
		}
	}
	return p.leader
}

// marks lets the leader mark a list: most were here, the first has been away without a word all the time.
func (d day) marks(ctx context.Context, o schedule.Occasion, n int) error {
	a, err := d.as(ctx, d.key(o.Leaders[0]))
	if err != nil {
		return err
	}
	l, err := attendance.Of(ctx, d.tx, a, o)
	if err != nil || len(l.Guests) == 0 {
		return err
	}
	marks := map[id.Person]attendance.Mark{}
	for i, g := range l.Guests {
		switch {
		case g.Resting:
			marks[g.Person] = attendance.Unmarked
		case i == 0:
			marks[g.Person] = attendance.Untold
		case (i+n)%6 == 5:
			marks[g.Person] = attendance.Told
		case (i+n)%7 == 6:
			marks[g.Person] = attendance.Part
		default:
			marks[g.Person] = attendance.Here
		}
	}
	return (&attendance.Desk{Store: d.db()}).Take(ctx, a, o.ID, 0, marks)
}

// tells lets one of those expected have called to say that they do not come.
func (d day) tells(ctx context.Context, o schedule.Occasion) error {
	a, err := d.as(ctx, d.leader)
	if err != nil {
		return err
	}
	l, err := attendance.Of(ctx, d.tx, a, o)
	if err != nil || len(l.Guests) < 2 || l.Guests[1].Resting {
		return err
	}
	return (&attendance.Desk{Store: d.db()}).Tell(ctx, a, l.Guests[1].Person, o.ID, attendance.Excuse{})
}
