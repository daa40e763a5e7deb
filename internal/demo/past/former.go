package past

import (
	"context"
	"slices"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/demo"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// formerWeeks is how long the rounds before the timetable of now went on, and joinEvery how many days lie between those of each
// coach who ask for something in them.
const (
	formerWeeks = 48
	joinEvery   = 7
)

// formerly puts in the agenda the rounds of activities before those of now, and that people ask for them, step in and step out.
func (p *player) formerly() {
	end := schedule.Week(p.Until.Date()).Add(-7 * weeksBack)
	first := end.Add(-7 * formerWeeks)
	if first < p.Until.Date().AddMonths(-p.Months) {
		return
	}
	p.on(first, func(ctx context.Context, d day) error { return d.rounds(ctx, schedule.Week(d.today), end) })
	n := 0
	for on := first.Add(4); on < end.Add(-7); on = on.Add(joinEvery) {
		for _, coach := range p.coaches {
			p.on(on, asks(coach, n, end))
			n++
		}
	}
}

// asks lets the participant of a coach who began last ask for something they have not asked for before; in a while they step in,
// and some months later out.
func asks(coach string, n int, end clock.Date) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, coach)
		if err != nil {
			return err
		}
		runs, err := schedule.Runs(ctx, d.tx, a, d.today)
		runs = slices.DeleteFunc(runs, func(r schedule.Run) bool { return r.Entry != schedule.Rolling })
		if err != nil || len(runs) == 0 {
			return err
		}
		who, err := store.All(ctx, d.tx, store.Q(`SELECT e.person_id FROM enrolment e WHERE e.area_id = $1 AND e.coach_id = $2 AND e.state = 'active'
		 AND NOT EXISTS (SELECT 1 FROM place x WHERE x.area_id = e.area_id AND x.person_id = e.person_id) ORDER BY e.enrolment_id DESC LIMIT 0 + $3`),
			[]any{demo.AreaID, d.place.Posts[coach], 1}, func(r *store.Cursor) (x id.Person, err error) {
				err = r.Scan(&x)
				return x, err
			})
		if err != nil || len(who) == 0 {
			return err
		}
		desk, r := &place.Desk{Store: d.db()}, runs[n%len(runs)]
		if _, err := desk.Wish(ctx, a, who[0], r.Activity, because[n%len(because)]); err != nil {
			return unless(err)
		}
		d.on(d.today.Add(5+n%17), func(ctx context.Context, d day) error { return d.stepsIn(ctx, r.Activity, n, end) })
		return nil
	}
}

// stepsIn gives a place to whoever has waited longest for the activity: the one who asked, or one before them.
func (d day) stepsIn(ctx context.Context, x activity.ID, n int, end clock.Date) error {
	if d.today >= end {
		return nil
	}
	w, err := d.longest(ctx, x)
	if err != nil || w.place == 0 {
		return err
	}
	a, err := d.as(ctx, w.coach)
	if err != nil {
		return err
	}
	runs, err := schedule.Runs(ctx, d.tx, a, d.today)
	i := slices.IndexFunc(runs, func(r schedule.Run) bool { return r.Activity == x })
	if err != nil || i < 0 {
		return err
	}
	desk := &place.Desk{Store: d.db()}
	if err := desk.Offer(ctx, a, w.who, w.place, w.version, place.Offer{Run: runs[i].ID, From: d.today}); err != nil {
		return unless(err)
	}
	if err := desk.Answer(ctx, a, w.who, w.place, w.version+1, true); err != nil {
		return unless(err)
	}
	d.on(min(d.today.Add(40+(n*31)%150), end.Add(-3)), func(ctx context.Context, d day) error {
		a, err := d.as(ctx, w.coach)
		if err != nil {
			return err
		}
		return unless((&place.Desk{Store: d.db()}).StepOut(ctx, a, w.who, w.place, w.version+2, d.today, ""))
	})
	return nil
}

// waiter is one who waits for a place.
type waiter struct {
	who     id.Person
	place   place.ID
	version int
	coach   string // who meets them
}

// longest is who has waited longest for an activity; nobody is the zero value.
func (d day) longest(ctx context.Context, x activity.ID) (waiter, error) {
	list, err := store.All(ctx, d.tx, store.Q(`SELECT x.person_id, x.place_id, x.version, e.coach_id FROM place x
	  JOIN enrolment e ON e.area_id = x.area_id AND e.person_id = x.person_id AND e.unit_id = x.unit_id AND e.state = 'active'
	 WHERE x.area_id = $1 AND x.activity_id = $2 AND x.state = 'wished' ORDER BY x.wished_on, x.place_id LIMIT 0 + $3`), []any{demo.AreaID, x, 1},
		func(r *store.Cursor) (w waiter, err error) {
			var coach id.Post
			err = r.Scan(&w.who, &w.place, &w.version, &coach)
			for _, key := range d.coaches {
				if d.place.Posts[key] == coach {
					w.coach = key
				}
			}
			return w, err
		})
	if err != nil || len(list) == 0 || list[0].coach == "" {
		return waiter{}, err
	}
	return list[0], nil
}

// unless passes over what the house refuses: the person has left or another coach has them, or a run is full.
func unless(err error) error {
	if fault.Of(err) != nil || fault.Fields(err) != nil {
		return nil
	}
	return err
}

// rounds plans a run of each of the lessons that can be stepped into at any time.
func (d day) rounds(ctx context.Context, from, to clock.Date) error {
	a, err := d.as(ctx, d.leader)
	if err != nil {
		return err
	}
	types, err := activity.All(ctx, d.tx, a)
	if err != nil {
		return err
	}
	for _, x := range lessons {
		i := slices.IndexFunc(types, func(t activity.Type) bool { return t.In("sv").Name == x.name && t.State == activity.Runs })
		if i < 0 || x.entry != schedule.Rolling || x.weeks[0] > 1 {
			continue
		}
		r := schedule.Run{Activity: types[i].ID, Entry: x.entry, From: from, To: to, Weeks: cycle, Places: x.places}
		h, err := schedule.Enter(ctx, d.tx, a, clock.Span{From: from, To: to})
		if err != nil {
			return err
		}
		found := h.Find(r, x.length, 0)
		if len(found) == 0 {
			continue
		}
		t := found[x.pick%len(found)]
		t.Week = cycle // the last of each cycle: the demo has no more of its past than it needs
		if _, err := (&schedule.Desk{Store: d.db()}).Plan(ctx, a, r, []schedule.Turn{t}); unless(err) != nil {
			return err
		}
	}
	return nil
}
