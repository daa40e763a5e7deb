package past

import (
	"context"
	"fmt"
	"math"

	"sluss/internal/access"
	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/plan"
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
			case n < 68:
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
		d.on(d.today.Add(d.days(210, 0.5)), left(s))
		d.on(max(d.soon(10, 24), d.recent()), agreedTime(s))
		if d.chance(0.06) {
			d.on(d.soon(40, 120), paused(s))
		}
		return nil
	}
}

// days draws how long something takes: lognormal with the median in days.
func (d day) days(median, spread float64) int {
	return max(14, int(median*math.Exp(spread*d.rnd.NormFloat64())))
}

func (d day) enrolment(ctx context.Context, a *access.Actor, s *soul) (e intake.Enrolment, err error) {
	err = d.db().Read(ctx, func(tx *store.Tx) error {
		acc, err := access.Open(ctx, tx, a, s.id, access.Everything, access.Read, access.ForPlan)
		if err != nil {
			return err
		}
		e, _, err = intake.Current(ctx, tx, a, acc)
		return err
	})
	return e, err
}

// alive runs a deed if the person still takes part, as the coach.
func alive(s *soul, f func(ctx context.Context, d day, a *access.Actor, e intake.Enrolment) error) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, s.coach)
		if err != nil {
			return err
		}
		e, err := d.enrolment(ctx, a, s)
		if fault.Is(err, fault.NotFound) {
			return nil // left so long ago that the unit is no longer concerned
		}
		if err != nil || e.State != intake.Active {
			return err
		}
		return f(ctx, d, a, e)
	}
}

// withPlan is alive for a deed that needs to know the plan.
func withPlan(s *soul, f func(ctx context.Context, d day, a *access.Actor, p plan.Plan) error) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, _ intake.Enrolment) error {
		acc, err := access.Open(ctx, d.tx, a, s.id, plan.Need, access.Read, access.ForPlan)
		if err != nil {
			return err
		}
		p, err := plan.Get(ctx, d.tx, a, acc)
		if err != nil {
			return err
		}
		return f(ctx, d, a, p)
	})
}

// planned writes goals, tasks and a measure, and the person says yes.
func planned(s *soul) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, _ intake.Enrolment) error {
		for range 1 + d.rnd.IntN(2) {
			g := pick(d.player, goals)
			f := plan.GoalForm{Words: g.words, Lang: g.lang, Translation: g.swedish}
			if g.swedish != "" {
				f.Translator = "Tolk"
			}
			made, err := d.plan().WriteGoal(ctx, a, s.id, f)
			if err != nil {
				return err
			}
			s.goals = append(s.goals, made)
		}
		for i := range 2 {
			t := plan.TaskForm{Words: tasks[(d.rnd.IntN(len(tasks))+i)%len(tasks)], Who: pick(d.player, []plan.Who{plan.Staff, plan.Together, plan.Together, plan.Self})}
			if _, err := d.plan().WriteTask(ctx, a, s.id, t); err != nil {
				return err
			}
		}
		d.on(d.soon(1, 10), agreed(s))
		d.on(d.soon(7, 30), measure(s))
		d.on(d.soon(60, 150), measure(s))
		d.on(d.soon(45, 110), stepped(s))
		return nil
	})
}

func agreed(s *soul) deed {
	return withPlan(s, func(ctx context.Context, d day, a *access.Actor, p plan.Plan) error {
		how := plan.AtTable
		if d.chance(0.15) {
			how = plan.OnPaper
		}
		return d.plan().Agree(ctx, a, s.id, plan.AgreeForm{Version: p.Version, How: how, On: d.today})
	})
}

// measure begins something that is tried; one in seven belongs to no goal.
func measure(s *soul) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, _ intake.Enrolment) error {
		m := pick(d.player, measures)
		f := plan.MeasureForm{What: m.what, Agency: d.place.Agencies[org.KindMunicipality], Unit: d.place.Units[d.unit], From: d.today, To: d.today.Add(60)}
		if m.why != "" && len(s.goals) > 0 {
			f.Goal, f.WhyNow, f.WhatNext = pick(d.player, s.goals), m.why, m.next
		} else {
			f.Agency, f.Unit = d.place.Agencies[org.KindEmployment], 0
		}
		if s.times > 1 && !s.heard {
			if err := d.ask(ctx, s, "Att det går snabbare."); err != nil {
				return err
			}
		}
		made, err := d.plan().BeginMeasure(ctx, a, s.id, f)
		if err == nil && m.went != "" {
			d.on(f.To, ended(s, made, m.went))
		}
		return err
	})
}

// ended ends a measure with how it went.
func ended(s *soul, m plan.MeasureID, went string) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, _ intake.Enrolment) error {
		return d.plan().EndMeasure(ctx, a, s.id, m, 1, d.today, went)
	})
}

// stepped asks about the next step; most say yes, sooner or later, and somebody now and then goes back one.
func stepped(s *soul) deed {
	return withPlan(s, func(ctx context.Context, d day, a *access.Actor, p plan.Plan) error {
		to := p.Here() + 1
		if p.Here() > 1 && d.chance(0.08) {
			to = p.Here() - 1
		}
		if to > len(p.Steps) {
			return nil
		}
		if !d.chance(0.75) {
			d.on(d.soon(20, 50), stepped(s))
			return nil
		}
		if err := d.plan().Step(ctx, a, s.id, plan.StepForm{Version: p.Version, To: to, Answer: plan.Yes, How: plan.AtTable}); err != nil {
			return err
		}
		d.on(d.soon(50, 120), stepped(s))
		return nil
	})
}

func paused(s *soul) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, e intake.Enrolment) error {
		err := d.outcome().Pause(ctx, a, s.id, outcome.PauseForm{Version: e.Version, Reason: outcome.PauseReasons[d.rnd.IntN(len(outcome.PauseReasons))], ExpectedOn: d.today.Add(40)})
		if err != nil {
			return err
		}
		d.on(d.soon(20, 70), func(ctx context.Context, d day) error {
			a, err := d.as(ctx, s.coach)
			if err != nil {
				return err
			}
			e, err := d.enrolment(ctx, a, s)
			if err != nil || e.State != intake.Paused {
				return err
			}
			return d.outcome().Resume(ctx, a, s.id, e.Version)
		})
		return nil
	})
}

// left lets somebody leave: most to work or studies, some to something else.
func left(s *soul) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, s.coach)
		if err != nil {
			return err
		}
		e, err := d.enrolment(ctx, a, s)
		if err != nil {
			return err
		}
		if e.State == intake.Paused {
			d.on(d.soon(30, 60), left(s))
			return nil
		}
		f := d.exit()
		f.Version, f.On = e.Version, d.today
		if _, err := d.outcome().Leave(ctx, a, s.id, f); err != nil {
			return err
		}
		for _, months := range []int{1, 3, 6, 12} {
			if d.chance(0.985) || d.today.AddMonths(months) < d.Until.Date().Add(-45) {
				d.on(d.today.AddMonths(months).Add(d.rnd.IntN(6)), followed(s, months))
			}
		}
		if f.Kind != outcome.Deceased {
			d.player.left = append(d.player.left, s)
		}
		return nil
	}
}

func (d day) exit() outcome.Form {
	f := outcome.Form{Before: "assistance", Words: outcome.Words{View: pick(d.player, views)}}
	switch n := d.rnd.IntN(100); {
	case n < 50:
		f.Reason, f.Kind, f.After = outcome.Work, pick(d.player, []string{"permanent", "fixed", "fixed", "hourly"}), "wage"
		f.Subsidy, f.Sector, f.Municipal = pick(d.player, []string{"none", "none", "none", "nystart", "intro", "lonebidrag"}), pick(d.player, outcome.Sectors), outcome.No
		f.Where = pick(d.player, list("Café Bryggan", "Återbruket", "Ekhamra bygg", "Hemtjänsten", "Lagret vid kajen"))
	case n < 79:
		f.Reason, f.Kind, f.StudyAid, f.After = outcome.Studies, pick(d.player, outcome.StudyKinds), outcome.Yes, "studyaid"
		if f.Kind == "sfi" || f.Kind == "course" {
			f.StudyAid, f.After = outcome.No, "assistance"
		}
	case n < 84:
		f.Reason, f.To, f.After = outcome.Redirected, "Vårdcentralen Ekhamra", "assistance"
	default:
		f.Reason, f.Kind, f.After = outcome.Other, pick(d.player, []string{"programme", "sick", "sick", "parental", "moved", "choice"}), pick(d.player, []string{"sickness", "parental", "unknown"})
	}
	if d.chance(0.1) {
		f.View, f.NoView, f.WhyNot = "", "declined", "Ville inte säga något om tiden just nu."
	}
	return f
}

// followed asks how it went, so many months after.
func followed(s *soul, months int) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, s.coach)
		if err != nil {
			return err
		}
		c, err := d.outcome().Open(ctx, a, s.id)
		if err != nil {
			return err
		}
		if c.Exit == nil {
			return nil
		}
		for _, f := range c.Exit.FollowUps {
			if f.Months == months && f.State == outcome.Open && f.DueOn <= d.today {
				return d.outcome().FollowUp(ctx, a, s.id, outcome.Answer{FollowUp: f.ID, Version: f.Version, Answer: d.goes(*c.Exit, months)})
			}
		}
		return nil
	}
}

func (d day) goes(x outcome.Exit, months int) string {
	if d.chance(0.08) {
		return outcome.Unreached
	}
	if months == 1 {
		if d.chance(0.92) {
			return outcome.Yes
		}
		return outcome.No
	}
	if d.chance(0.75) && (x.Reason == outcome.Work || x.Reason == outcome.Studies) {
		return string(x.Reason)
	}
	return pick(d.player, []string{"work", "search", "sick", "back"})
}

// String names a person in an error by id only.
func (s *soul) String() string { return fmt.Sprint(s.id) }

// recent is the day from which the demo plays every single meeting; before that it would only take time.
func (d day) recent() clock.Date { return d.Until.Date().Add(-150) }

// agreedTime agrees a time with somebody and later tells how it went; then another is agreed.
func agreedTime(s *soul) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, _ intake.Enrolment) error {
		on := d.soon(5, 16)
		for !calendar.Working(on) {
			on = on.Add(1)
		}
		f := contact.Form{On: on, At: pick(d.player, []clock.LocalTime{"09:00", "10:00", "11:00", "13:00", "14:30"}), How: pick(d.player, []string{"here", "here", "phone", "elsewhere"}),
			About: pick(d.player, list("Hur går det med praktiken?", "Dagar i veckan", "Ansökan till hösten", "Vad vill du göra härnäst?", ""))}
		made, err := d.contact().Plan(ctx, a, s.id, f)
		if err != nil {
			return fmt.Errorf("agree a time %s: %w", on, err)
		}
		if on < d.Until.Date() {
			d.on(on, met(s, made))
		}
		return nil
	})
}

// met tells how an agreed time went, with a note now and then; a few lose touch for a while.
func met(s *soul, m contact.AppointmentID) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, _ intake.Enrolment) error {
		tell := d.contact().Met
		if d.chance(0.12) {
			tell = d.contact().Missed
		}
		if err := tell(ctx, a, s.id, m, 1); err != nil {
			return fmt.Errorf("tell of a time: %w", err)
		}
		if d.chance(0.35) {
			n := contact.NoteForm{On: d.today, Kind: "meeting", Text: pick(d.player, list("Vi gick igenom veckan. Tre dagar känns lagom just nu.", "Praktikplatsen hörde av sig. Provar en vecka till.", "Trött i dag. Vi bestämde kortare dagar i två veckor.", "Ansökan är skickad. Vi ses när svaret kommer."))}
			if _, err := d.contact().Sign(ctx, a, s.id, n); err != nil {
				return err
			}
		}
		next := d.soon(3, 12)
		if d.chance(0.07) {
			next = d.soon(30, 45)
		}
		d.on(next, agreedTime(s))
		return nil
	})
}
