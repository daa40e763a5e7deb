package past

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo"
	"sluss/internal/enquiry"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/store"
)

func (d day) enquiry() *enquiry.Desk { return &enquiry.Desk{Store: d.db()} }

// sharer is somebody who shares their plan, with whom and from when.
type sharer struct {
	who  id.Person
	zone access.Zone
	from clock.Date
}

// together lets agencies work in the plans that are shared with them, in the last weeks: some questions are answered and some wait, some
// measures serve a goal and one does not.
func (p *player) together(ctx context.Context) error {
	var list []sharer
	var named map[string]id.Person
	err := p.Org.Store.Read(ctx, func(tx *store.Tx) (err error) {
		keys, err := p.Org.Vault.Area(ctx, tx, demo.AreaID)
		if err != nil {
			return err
		}
		if named, err = demo.FindParticipants(ctx, tx, keys); err != nil {
			return err
		}
		list, err = store.All(ctx, tx, store.Q(`SELECT person_id, zone_id, from_on FROM consent WHERE area_id = $1 AND withdrawn_at = $2 AND (categories & 4) = 4 AND to_on > $3
		 ORDER BY from_on, person_id`), []any{demo.AreaID, int64(access.Never), string(p.Until.Date())}, func(r *store.Cursor) (x sharer, err error) {
			err = r.Scan(&x.who, &x.zone, &x.from)
			return x, err
		})
		return err
	})
	if err != nil {
		return err
	}
	for i, x := range list {
		n := i % 4
		for _, who := range named {
			if who == x.who {
				n = all
			}
		}
		err := p.Org.Store.Write(ctx, func(tx *store.Tx) error { return day{p, tx, x.from}.works(ctx, x, n) })
		if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound) { // some have no plan yet, or have left
			return err
		}
	}
	return nil
}

// all is for those one can be in the demo: something of each kind.
const all = -1

// works is what an agency does in one plan: n tells what.
func (d day) works(ctx context.Context, x sharer, n int) error {
	key, offers := "amina", "Prova på i storkök, två förmiddagar i veckan"
	if x.zone == access.Zone(d.place.Agencies[org.KindInsurance]) {
		key, offers = "erik", "Samtal om vad kroppen orkar, tre gånger"
	}
	coach, err := d.coachOf(ctx, x.who)
	if err != nil || coach == "" {
		return err
	}
	ours, err := d.as(ctx, coach)
	if err != nil {
		return err
	}
	theirs, err := d.as(ctx, key)
	if err != nil {
		return err
	}
	goal, err := d.firstGoal(ctx, ours, x.who)
	if err != nil {
		return err
	}
	if n == all || n <= 1 {
		e, err := d.enquiry().Ask(ctx, ours, x.who, enquiry.Form{To: theirs.Unit(), Goal: goal, Words: "Finns det något hos er som passar det här målet under våren?"})
		if err != nil || n == 1 {
			return err
		}
		if err := d.enquiry().Reply(ctx, theirs, x.who, e, 1, "Ja, det finns en plats. Vi har skrivit den som en insats här i planen."); err != nil {
			return err
		}
	}
	if n == 2 {
		_, err := d.enquiry().Ask(ctx, theirs, x.who, enquiry.Form{To: ours.Unit(), Task: true, Words: "Kan ni skriva in vilka dagar som är lediga? Vi vill inte lägga något som krockar."})
		return err
	}
	f := plan.MeasureForm{What: offers, WhyNow: "Det är ett första steg mot målet, i lugn takt.", WhatNext: "Går det bra letar vi en plats som kan bli längre.", Goal: goal, From: d.today}
	if n == 3 {
		f.Goal, f.WhyNow, f.WhatNext = 0, "", ""
	}
	if _, err := d.plan().BeginOutside(ctx, theirs, x.who, f); err != nil {
		return err
	}
	if n == 0 {
		return nil
	}
	_, err = d.enquiry().Ask(ctx, theirs, x.who, enquiry.Form{To: enquiry.Themself, Goal: goal, Words: "Vilka tider på dagen passar dig bäst?"})
	return err
}

// firstGoal is the first of somebody's open goals, 0 for none.
func (d day) firstGoal(ctx context.Context, coach *access.Actor, who id.Person) (plan.GoalID, error) {
	a, err := access.Open(ctx, d.tx, coach, who, plan.Need, access.Read, access.ForPlan)
	if err != nil {
		return 0, err
	}
	p, err := plan.Get(ctx, d.tx, coach, a)
	for _, g := range p.OpenGoals() {
		return g.ID, err
	}
	return 0, err
}
