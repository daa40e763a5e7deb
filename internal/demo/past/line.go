package past

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/referral"
	"sluss/internal/store"
)

// replied answers the sender.
func replied(s *soul) deed {
	return func(ctx context.Context, d day) error {
		return d.onReferral(ctx, s, func(a *access.Actor, x referral.Referral) error {
			return d.referral().Reply(ctx, a, s.id, x.ID, x.Version, "Tack, vi har tagit emot remissen. Personen kallas till en gruppstart inom kort.")
		})
	}
}

// asked asks one who comes back what helped.
func asked(s *soul) deed {
	return func(ctx context.Context, d day) error {
		return d.ask(ctx, s, pick(d.player, list("Börja med färre dagar.", "Praktik först, kurs sedan.", "Samma coach hela vägen.")))
	}
}

func (d day) ask(ctx context.Context, s *soul, instead string) error {
	s.heard = true
	return d.onReferral(ctx, s, func(a *access.Actor, x referral.Referral) error {
		return d.referral().AskReturn(ctx, a, s.id, x.ID, x.Version, "Att någon ringde.", "Kursen som inte ledde någonstans.", instead)
	})
}

func (d day) onReferral(ctx context.Context, s *soul, f func(a *access.Actor, x referral.Referral) error) error {
	a, err := d.as(ctx, d.leader)
	if err != nil {
		return err
	}
	return d.db().Read(ctx, func(tx *store.Tx) error {
		acc, err := access.Open(ctx, tx, a, s.id, access.Everything, access.Write, access.ForQueue)
		if err != nil {
			return err
		}
		x, ok, err := referral.Newest(ctx, tx, a, acc)
		if err != nil || !ok {
			return err
		}
		return f(a, x)
	})
}

// filled calls the next in the queue to a start, sends the letters, and lets the answers come in.
func filled(s intake.Start) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, d.leader)
		if err != nil {
			return err
		}
		if _, err := d.intake().Fill(ctx, a, s.ID); err != nil {
			return err
		}
		if err := d.intake().Lettered(ctx, a, s.ID, false); err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
		l, err := d.intake().Open(ctx, a, s.ID)
		if err != nil {
			return err
		}
		for _, c := range l.Called {
			n := d.rnd.IntN(100)
			switch {
			case n < 68 || d.known[c.Person].stays:
				d.on(d.soon(2, 12), answered(s, c.Person, intake.Yes))
			case n < 76:
				d.on(d.soon(2, 10), answered(s, c.Person, intake.Other))
			case n < 81:
				d.on(d.soon(2, 10), answered(s, c.Person, intake.No))
			}
		}
		d.on(s.On.Add(-3), func(ctx context.Context, d day) error { // the places that came free
			a, err := d.as(ctx, d.leader)
			if err == nil {
				_, err = d.intake().Fill(ctx, a, s.ID)
			}
			return err
		})
		return nil
	}
}

func answered(s intake.Start, who id.Person, ans intake.Answer) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, d.leader)
		if err != nil {
			return err
		}
		if err := d.intake().Answer(ctx, a, s.ID, who, ans); err != nil {
			return err
		}
		if ans != intake.Other {
			return nil
		}
		next, ok, err := d.next(ctx, a, s)
		if err != nil || !ok {
			return err
		}
		return d.intake().MoveTo(ctx, a, s.ID, who, next)
	}
}

// next is the start after one, if there is one.
func (d day) next(ctx context.Context, a *access.Actor, s intake.Start) (intake.StartID, bool, error) {
	list, err := intake.Starts(ctx, d.tx, a, clock.Span{From: max(s.On.Add(1), d.today), To: s.On.AddMonths(3)})
	for _, x := range list {
		if x.State == intake.Planned {
			return x.ID, true, err
		}
	}
	return 0, false, err
}

// hold holds a group start: who came gets an individual start, who did not is moved to the next or waits again.
func hold(s intake.Start) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, d.leader)
		if err != nil {
			return err
		}
		if d.today == d.Until.Date() {
			return nil // today's is left for whoever tries the demo
		}
		l, err := d.intake().Open(ctx, a, s.ID)
		if err != nil {
			return err
		}
		for _, c := range l.Called {
			if c.MovedTo != 0 || c.Answer == intake.No {
				continue
			}
			come := d.chance(0.9)
			if c.Answer == intake.Silent {
				come = d.chance(0.35)
			}
			if err := d.came(ctx, a, s, c.Person, come); err != nil {
				return err
			}
		}
		return nil
	}
}

func (d day) came(ctx context.Context, a *access.Actor, s intake.Start, who id.Person, come bool) error {
	here := intake.Away
	if come {
		here = intake.WasHere
	}
	if d.known[who].stays {
		come, here = true, intake.WasHere
	}
	if err := d.intake().Mark(ctx, a, s.ID, who, here); err != nil {
		return err
	}
	if come {
		if !d.chance(0.02) || d.today < d.Until.Date().Add(-60) {
			d.on(d.soon(1, 4), booked(d.known[who]))
		}
		return nil
	}
	if d.chance(0.75) {
		next, ok, err := d.next(ctx, a, s)
		if err != nil || !ok {
			return err
		}
		return d.intake().MoveTo(ctx, a, s.ID, who, next)
	}
	return d.intake().Strike(ctx, a, s.ID, who)
}

// booked books the individual start with the coach that is suggested first, and later holds it.
func booked(s *soul) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, d.leader)
		if err != nil {
			return err
		}
		x, err := d.intake().Booking(ctx, a, s.id, 0)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(d.coaches, func(k string) bool { return d.place.Posts[k] == x.Coach }) { // who is here for something else
			if x, err = d.intake().Booking(ctx, a, s.id, d.place.Posts[d.coaches[0]]); err != nil {
				return err
			}
		}
		slot := x.Slots[d.rnd.IntN(len(x.Slots))]
		err = d.intake().Book(ctx, a, s.id, intake.Booking{On: slot.On, At: slot.At, Coach: x.Coach, FirstSteps: "Vi ses i lugn och ro, tittar på lokalerna och pratar om vad som är viktigt."})
		if err != nil {
			return err
		}
		for _, k := range d.coaches {
			if d.place.Posts[k] == x.Coach {
				s.coach = k
			}
		}
		if slot.On < d.Until.Date() {
			d.on(slot.On, begun(s))
		}
		return nil
	}
}

// begun holds the individual start: the plan begins, and the way goes on from here.
func begun(s *soul) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, s.coach)
		if err != nil {
			return err
		}
		v, err := d.enrolment(ctx, a, s)
		if err != nil {
			return err
		}
		if err := d.intake().Hold(ctx, a, s.id, v.Version, d.today); err != nil {
			return err
		}
		s.step, s.goals = 1, nil
		d.on(d.soon(3, 14), planned(s))
		if leaves := d.today.Add(d.days(210, 0.5)); !s.stays {
			d.on(leaves, left(s))
		}
		d.on(max(d.soon(10, 24), d.recent()), agreedTime(s))
		if d.chance(0.06) {
			d.on(d.soon(40, 120), paused(s))
		}
		return nil
	}
}
