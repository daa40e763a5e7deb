package walk

import (
	"context"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/placement"
	"sluss/internal/plan"
	"sluss/internal/workplace"
)

// turned stands in whom one turns to at a workplace: somebody who is nobody's participant. Only who works with people there may see it.
const turned = "qzturned"

// placements writes a workplace into the register, and lets some come a different way: one is there, one is proposed something, one
// wishes, one has ended.
func (s *site) placements(t testing.TB) {
	t.Helper()
	ctx, karin, d := context.WithoutCancel(t.Context()), s.Actor(t, "karin"), &placement.Desk{Store: s.Store}
	w, err := (&workplace.Desk{Store: s.Store}).Write(ctx, karin, workplace.Form{Words: workplace.Words{Name: "Köket", Does: "Laga mat",
		Contacts: []workplace.Contact{{Name: turned, Phone: turned}}}, Features: workplace.Features[:1], Places: 9, Holder: karin.Post()})
	must(t, err)
	s.offered["workplace"] = w.String()
	yes, today := placement.Yes{By: "self", How: plan.AtTable, On: karin.Today()}, karin.Today()
	for i, key := range []string{"drafted", "booked", "active", "resting"} {
		p := s.people[key]
		k, err := d.WishOwn(ctx, s.own(t, p), p.word+"tries", p.word+"because")
		must(t, err)
		p.ids["placement"] = k.String()
		if i == 0 {
			continue
		}
		f := placement.Form{K: k, Version: 1, Talks: []clock.Date{today, today.Add(5)}, Terms: placement.Terms{Kind: "praktik", Workplace: w, From: today, To: today.Add(20), Days: "12",
			At: "09:00", Until: "12:00", Safety: "host", Insurer: "state", Purpose: p.word + "purpose", Hours: p.word + "hours", Supervisor: p.word + "supervisor", Duties: p.word + "duties",
			MayKnow: p.word + "mayknow", Why: p.word + "whyplaced", Next: p.word + "nextplaced"}}
		if i > 1 {
			f.Yes = yes
		}
		_, err = d.Write(ctx, karin, p.id, f)
		must(t, err)
		if key == "active" {
			_, err := d.WishOwn(ctx, s.own(t, p), p.word+"triesmore", "")
			must(t, err)
		}
		if i > 1 {
			must(t, d.Talk(ctx, karin, p.id, k, 2, placement.TalkForm{On: today, Said: p.word + "said", Heard: p.word + "heard"}))
		}
		if i > 2 {
			must(t, d.End(ctx, karin, p.id, k, 3, placement.Ending{On: today, Next: "job", Words: p.word + "after", View: p.word + "view"}))
		}
	}
}
