package walk

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/away"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/conflict"
	"sluss/internal/consent"
	"sluss/internal/contact"
	"sluss/internal/demand"
	"sluss/internal/demo"
	"sluss/internal/document"
	"sluss/internal/enquiry"
	"sluss/internal/glass"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/lawful"
	"sluss/internal/logcheck"
	"sluss/internal/myplace"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/pnr"
	"sluss/internal/pnr/testnumbers"
	"sluss/internal/reading"
	"sluss/internal/referral"
	"sluss/internal/retention"
	"sluss/internal/store"
)

// soul is somebody in the walk: a word that stands in every text about them, and everything else that gives them away.
type soul struct {
	id     id.Person
	key    string
	word   string
	traces []string // in lower case
	readBy string   // the visitors who may read, by name and with spaces around
	ids    map[string]string
	form   referral.Form // by which they came
}

// may is the walk's own oracle: who may read whom, as the world was made.
func (p *soul) may(visitor string) bool {
	return strings.Contains(p.readBy, " "+visitor+" ") || visitor == self+p.key
}

const (
	adults = " lena karin omar britt samar " // those who work at Vuxenslussen
	young  = " ida petra "                   // those who work at Ungdomsslussen
)

// somebody puts a person in the queue of the worker's unit, with the person's word in every field.
func (s *site) somebody(t testing.TB, key, worker, readBy string) (*soul, referral.ID) {
	t.Helper()
	n := len(s.people)
	text := testnumbers.All()[40+n]
	if key == "active" {
		text = demo.Participants[0].Number // one can be them in the demo
	}
	number, err := pnr.Parse(text, s.Now().Date())
	must(t, err)
	for i := 0; key == "old" && retention.On(s.Now().Date()).Keep("", number.BirthDate().Time().Day()); i++ { // research would keep them
		number, err = pnr.Parse(testnumbers.All()[i], s.Now().Date())
		must(t, err)
	}
	p := &soul{key: key, word: "Qz" + string(rune('a'+n%26)) + key, readBy: readBy, ids: map[string]string{}}
	phone := fmt.Sprintf("0731-40 %02d 9%d", 10+n, n%10)
	p.traces = []string{strings.ToLower(p.word), number.Reveal(), number.Dashed(), number.Dashed()[2:], phone, strings.ReplaceAll(phone, " ", ""), fmt.Sprintf("987 %02d", n)}
	p.form = referral.Form{Kind: referral.Remiss, Reason: "work", ReceivedOn: s.Now().Date(), Agency: s.Place.Agencies[org.KindMunicipality],
		FromUnit: s.Place.Senders["Ekonomiskt bistånd"], Words: referral.Words{Sender: p.word + "sender", Why: p.word + "why", Wish: p.word + "wish"}}
	p.form.Person = person.Person{Identity: person.Identity{Given: p.word, Family: p.word + "son", Number: number},
		Contact: person.Contact{Phone: phone, Email: p.word + "@example.org", Street: p.word + "gatan 1", Postcode: fmt.Sprintf("987 %02d", n), City: p.word + "stad",
			Reach: "phone", ReachWhen: p.word + "when", Language: "ar", Interpreter: true},
		Needs: person.Needs{Access: p.word + "needs", Targets: []string{"assistance"}}}
	r, who, err := (&referral.Desk{Store: s.Store}).Receive(t.Context(), s.Actor(t, worker), p.form)
	must(t, err)
	p.id = who
	p.ids["person"], p.ids["referral"], p.ids["zone"] = who.String(), r.String(), s.Place.Agencies[org.KindEmployment].String()
	p.ids["agency"] = p.ids["zone"]
	s.people[key] = p
	return p, r
}

// takesPart lets somebody begin with the coach, with a plan, notes and meetings.
func (s *site) takesPart(t testing.TB, p *soul, r referral.ID, worker, coach string) {
	t.Helper()
	ctx, a := t.Context(), s.Actor(t, worker)
	d := &intake.Desk{Store: s.Store}
	must(t, d.Book(ctx, a, p.id, intake.Booking{On: s.Now().Date(), At: clock.LocalTime(fmt.Sprintf("%02d:%02d", 8+len(s.people)/4, len(s.people)%4*15)), Coach: s.Place.Posts[coach],
		WhyAlone: p.word + "alone", FirstSteps: p.word + "first"}))
	if p.key == "booked" {
		return
	}
	must(t, d.Hold(ctx, a, p.id, 1, s.Now().Date()))
	s.plans(t, p, s.Actor(t, coach))
	s.keepsInTouch(t, p, s.Actor(t, coach))
}

func (s *site) plans(t testing.TB, p *soul, a *access.Actor) {
	t.Helper()
	ctx, d := t.Context(), &plan.Desk{Store: s.Store}
	g, err := d.WriteGoal(ctx, a, p.id, plan.GoalForm{Words: p.word + "goal", Lang: "ar", Translation: p.word + "translated", Translator: p.word + "translator"})
	must(t, err)
	must(t, d.ChangeGoal(ctx, a, p.id, g, 1, plan.GoalForm{Words: p.word + "goalnow", Lang: "sv"}))
	task, err := d.WriteTask(ctx, a, p.id, plan.TaskForm{Words: p.word + "task", Other: p.word + "other", Goal: g, Who: plan.Staff})
	must(t, err)
	m, err := d.BeginMeasure(ctx, a, p.id, plan.MeasureForm{What: p.word + "measure", WhyNow: p.word + "whynow", WhatNext: p.word + "next", Goal: g,
		Agency: s.Place.Agencies[org.KindMunicipality], From: s.Now().Date()})
	must(t, err)
	must(t, d.Fill(ctx, a, p.id, s.Now().Date(), plan.AtTable, plan.Answers{"health": {Value: 2, Words: p.word + "health"}, "matters": {Words: p.word + "matters"}}))
	p.ids["goal"], p.ids["task"], p.ids["measure"] = g.String(), task.String(), m.String()
	p.ids["thing"] = comment.Thing{Kind: comment.Task, Ref: int64(task)}.String()
	must(t, (&comment.Desk{Store: s.Store}).Say(ctx, a, p.id, comment.Thing{Kind: comment.Task, Ref: int64(task)}, p.word+"says", false))
	s.requires(t, p, a, task)
	if p.key == "drafted" {
		return
	}
	v, err := d.Open(ctx, a, p.id, plan.Need|access.Assessment, access.Read)
	must(t, err)
	must(t, d.Agree(ctx, a, p.id, plan.AgreeForm{Version: v.Plan.Version, How: plan.AtTable}))
	var agreed plan.AgreedID
	must(t, s.Store.Read(ctx, func(tx *store.Tx) error {
		return tx.One(ctx, store.Q(`SELECT agreed_id FROM plan_agreed WHERE area_id = $1 AND person_id = $2`), []any{s.Place.Area, p.id}, &agreed)
	}))
	p.ids["agreed"] = agreed.String()
	if p.key != "resting" { // somebody is left whose plan can become a coordinated one
		must(t, d.Coordinate(ctx, a, p.id, plan.CoordinatedForm{Lead: s.Place.Agencies[org.KindMunicipality], How: plan.AtTable}))
	}
	s.hasPlace(t, p, a)
}

// requires lets somebody have a task required of them, and something else that no longer is.
func (s *site) requires(t testing.TB, p *soul, a *access.Actor, task plan.TaskID) {
	t.Helper()
	ctx, d := t.Context(), &demand.Desk{Store: s.Store}
	f := demand.Form{Thing: demand.Thing{Kind: demand.Words}.Key(), Words: p.word + "demands", Elsewhere: true, Office: p.word + "office", Phone: "0501-11 11 11", Law: demand.Other, LawWords: p.word + "law",
		Otherwise: p.word + "otherwise", Appeal: p.word + "appeal", Since: a.Today()}
	k, err := d.Write(ctx, a, p.id, f)
	must(t, err)
	must(t, d.End(ctx, a, p.id, k, 1, demand.Ended, a.Today()))
	f.Thing = demand.Thing{Kind: demand.Task, Ref: int64(task)}.Key()
	k, err = d.Write(ctx, a, p.id, f)
	must(t, err)
	p.ids["demand"] = k.String()
}

// draft begins the words of a note that is not signed: only who wrote it may see them.
const draft = "qzdraft"

// held begins the words of a note that the person is not shown.
const held = "qzheld"

// hasPlace lets somebody say what helps and ask for an adaptation.
func (s *site) hasPlace(t testing.TB, p *soul, a *access.Actor) {
	t.Helper()
	ctx, d := t.Context(), &myplace.Desk{Store: s.Store}
	must(t, d.Write(ctx, a, p.id, myplace.Form{Words: myplace.Words{Helps: p.word + "helps", Touch: p.word + "touch", Reach: p.word + "reach"}, Lang: "sv", How: plan.AtTable}))
	x, err := d.Adapt(ctx, a, p.id, myplace.AdaptationForm{What: p.word + "adapts", Lang: "sv", Responsible: a.Post(), DueOn: a.Today(), Leader: true, How: plan.AtTable,
		Answer: myplace.Instead, Reply: p.word + "reply"})
	must(t, err)
	p.ids["adaptation"] = x.String()
}

func (s *site) keepsInTouch(t testing.TB, p *soul, a *access.Actor) {
	t.Helper()
	ctx, d := t.Context(), &contact.Desk{Store: s.Store}
	n, err := d.Sign(ctx, a, p.id, contact.NoteForm{On: s.Now().Date(), Kind: "phone", Text: p.word + "note"})
	must(t, err)
	p.ids["note"] = n.String()
	said, thing := &comment.Desk{Store: s.Store}, comment.Thing{Kind: comment.Note, Ref: int64(n)}
	must(t, said.Say(ctx, a, p.id, thing, p.word+"says", false))
	me := s.Themself(t, p.id)
	me.Declare(contact.ToldNeed, access.Read, access.Write)
	must(t, said.SayOwn(ctx, me, thing, p.word+"says2"))
	_, err = d.Sign(ctx, a, p.id, contact.NoteForm{On: s.Now().Date(), Kind: "other", Text: held + " " + p.word + "held", Held: contact.Informant})
	must(t, err)
	s.handsIn(t, p, a)
	_, err = d.Save(ctx, a, p.id, contact.NoteForm{Text: draft + " " + p.word + "draft"})
	must(t, err)
	m, err := d.Plan(ctx, a, p.id, contact.Form{On: s.Now().Date().Add(3), At: "10:00", How: "here", About: p.word + "about"})
	must(t, err)
	me.Declare(away.Own, access.Read, access.Write)
	must(t, (&away.Desk{Store: s.Store}).TellOwn(ctx, me, away.Key{Kind: away.Talk, Ref: int64(m), On: s.Now().Date().Add(3)}, away.Excuse{Ill: true, Why: p.word + "ill", When: p.word + "then"}))
}

// handsIn keeps two documents of somebody, and removes the second.
func (s *site) handsIn(t testing.TB, p *soul, a *access.Actor) {
	t.Helper()
	d := &document.Desk{Store: s.Store}
	for _, what := range []string{"paper", "oldpaper"} {
		text := p.word + what
		x, err := d.Add(t.Context(), a, p.id, document.Form{Title: text, Name: text + ".txt", Content: strings.NewReader(text), Size: int64(len(text))})
		must(t, err)
		if p.ids["document"] == "" {
			p.ids["document"] = x.String()
			continue
		}
		must(t, d.Remove(t.Context(), a, p.id, x, 1, text+"why"))
	}
}

// populate makes everybody the walk needs.
func (s *site) populate(t testing.TB) {
	t.Helper()
	s.somebody(t, "waiting", "karin", adults)
	s.calledOne(t)
	p, r := s.somebody(t, "active", "karin", adults)
	s.takesPart(t, p, r, "karin", "lena")
	p, r = s.somebody(t, "left", "karin", " omar ")
	s.takesPart(t, p, r, "karin", "lena")
	s.leaves(t, p)
	p, r = s.somebody(t, "foreign", "ida", young)
	s.takesPart(t, p, r, "ida", "ida")
	p, r = s.somebody(t, "covered", "ida", young+"samar ")
	s.takesPart(t, p, r, "ida", "petra")
	s.somebody(t, "across", "ida", young)
	p, r = s.somebody(t, "hidden", "karin", " ")
	s.takesPart(t, p, r, "karin", "lena")
	p, r = s.somebody(t, "cleared", "karin", " karin ")
	s.takesPart(t, p, r, "karin", "lena")
	s.somebody(t, "weeded", "karin", " ")
	p, r = s.somebody(t, "own", "karin", " karin omar britt samar ")
	s.takesPart(t, p, r, "karin", "samar")
	p, r = s.somebody(t, "booked", "karin", adults)
	s.takesPart(t, p, r, "karin", "samar")
	p, r = s.somebody(t, "resting", "karin", adults)
	s.takesPart(t, p, r, "karin", "lena")
	must(t, (&outcome.Desk{Store: s.Store}).Pause(t.Context(), s.Actor(t, "lena"), p.id,
		outcome.PauseForm{Version: 2, Reason: "sick", ExpectedOn: s.Now().Date().Add(9), Words: p.word + "rest"}))
	p, r = s.somebody(t, "gone", "karin", adults)
	s.takesPart(t, p, r, "karin", "lena")
	s.leaves(t, p)
	p, r = s.somebody(t, "unwilling", "karin", adults)
	must(t, (&referral.Desk{Store: s.Store}).Withdraw(t.Context(), s.Actor(t, "karin"), p.id, r, 1))
	s.shares(t)
	s.draftOnly(t)
	s.comesBack(t)
	s.unclear(t, s.people["active"])
	s.wonders(t, s.people["active"])
	s.breaks(t)
	s.checks(t)
	p, r = s.somebody(t, "old", "karin", " omar ")
	s.takesPart(t, p, r, "karin", "lena")
	s.leaves(t, p)
	s.longAgo(t, p)
	s.weeds(t, "left", "karin")
	s.weeds(t, "gone", "omar")
	s.standsAside(t)
	s.byLaw(t)
	s.twoRecords(t)
	s.seldom(t)
	s.prohibit(t)
	s.furnish(t)
}

// shares makes somebody who has said yes to the employment service, one who has taken a yes back, and one whose yes is old.
func (s *site) shares(t testing.TB) {
	t.Helper()
	ctx, d, zone := t.Context(), &consent.Desk{Store: s.Store}, access.Zone(s.Place.Agencies[org.KindEmployment])
	for key, readBy := range map[string]string{"shared": adults + "amina ", "withdrawn": adults} {
		p, r := s.somebody(t, key, "karin", readBy)
		s.takesPart(t, p, r, "karin", "lena")
		must(t, d.Answer(ctx, s.Actor(t, "lena"), p.id, consent.Form{Zone: zone, Purpose: "plan", Categories: access.Plan | access.Contact, Months: 6,
			How: consent.AtTable, Yes: true, Lang: "sv"}))
	}
	s.together(t, s.people["shared"])
	s.together(t, s.people["withdrawn"])
	must(t, d.Withdraw(ctx, s.Actor(t, "lena"), s.people["withdrawn"].id, zone, false))
}

// together lets the employment service work in somebody's plan: one question is answered and one waits for each side, and it has written a
// measure.
func (s *site) together(t testing.TB, p *soul) {
	t.Helper()
	ctx, d, lena, amina := t.Context(), &enquiry.Desk{Store: s.Store}, s.Actor(t, "lena"), s.Actor(t, "amina")
	var goal plan.GoalID
	must(t, goal.UnmarshalText([]byte(p.ids["goal"])))
	e, err := d.Ask(ctx, lena, p.id, enquiry.Form{To: amina.Unit(), Goal: goal, Words: p.word + "asks"})
	must(t, err)
	must(t, d.Reply(ctx, amina, p.id, e, 1, p.word+"answers"))
	for to, by := range map[id.Unit]*access.Actor{amina.Unit(): lena, lena.Unit(): amina, enquiry.Themself: amina} {
		e, err = d.Ask(ctx, by, p.id, enquiry.Form{To: to, Words: p.word + "waits"})
		must(t, err)
		if to == lena.Unit() {
			p.ids["enquiry"] = e.String()
		}
	}
	m, err := (&plan.Desk{Store: s.Store}).BeginOutside(ctx, amina, p.id, plan.MeasureForm{What: p.word + "kitchen", WhyNow: p.word + "whynow", WhatNext: p.word + "next",
		Goal: goal, From: s.Now().Date()})
	must(t, err)
	p.ids["measure"] = m.String()
}

func (s *site) leaves(t testing.TB, p *soul) {
	t.Helper()
	ctx, a, d := t.Context(), s.Actor(t, "lena"), &outcome.Desk{Store: s.Store}
	must(t, d.Pause(ctx, a, p.id, outcome.PauseForm{Version: 2, Reason: "sick", ExpectedOn: s.Now().Date().Add(9), Words: p.word + "pause"}))
	c, err := d.Open(ctx, a, p.id)
	must(t, err)
	_, err = d.Leave(ctx, a, p.id, outcome.Form{Version: c.Enrolment.Version, Reason: outcome.Work, Kind: outcome.Work.Kinds()[0], Subsidy: outcome.Subsidies[0],
		Sector: outcome.Sectors[0], Municipal: "no", On: s.Now().Date(), Before: "assistance", After: "wage", Words: outcome.Words{Where: p.word + "where", View: p.word + "view"}})
	must(t, err)
	if p.key != "left" {
		return
	}
	s.write(t, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, store.Q(`UPDATE tie SET from_on = $3, to_on = $4 WHERE area_id = $1 AND person_id = $2`),
			s.Place.Area, p.id, string(s.Now().Date().Add(-90)), string(s.Now().Date().Add(-1)))
		return err
	})
}

// calledOne makes a start at each unit, and calls one to the first beyond its number, with a reason.
func (s *site) calledOne(t testing.TB) {
	t.Helper()
	p, _ := s.somebody(t, "called", "karin", adults)
	d := &intake.Desk{Store: s.Store}
	for _, who := range []string{"karin", "ida"} {
		a := s.Actor(t, who)
		_, err := d.Plan(t.Context(), a, 2)
		must(t, err)
		var list []intake.Start
		must(t, s.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
			list, err = intake.Starts(t.Context(), tx, a, clock.Span{From: a.Today(), To: clock.Forever})
			return err
		}))
		for i, x := range list[:2] {
			p.ids[fmt.Sprint("start ", who, " ", i)] = x.ID.String()
		}
		if who == "karin" {
			x := list[0]
			x.On, x.Calls, x.Places, x.Leaders = a.Today(), 1, 1, []id.Post{s.Place.Posts["lena"]}
			must(t, d.Change(t.Context(), a, x))
			must(t, d.CallOne(t.Context(), a, x.ID, p.id, ""))
			q, _ := s.somebody(t, "extra", "karin", adults)
			must(t, d.CallOne(t.Context(), a, x.ID, q.id, q.word+"extra"))
			q, _ = s.somebody(t, "another", "karin", adults)
			must(t, d.CallOne(t.Context(), a, list[1].ID, q.id, ""))
			must(t, d.Answer(t.Context(), a, list[1].ID, q.id, intake.Other))
		}
	}
}

// prohibit protects, weeds, lends, and ends: what stands above or beside the units.
func (s *site) prohibit(t testing.TB) {
	t.Helper()
	ctx, now, area := context.WithoutCancel(t.Context()), s.Now(), s.Place.Area
	span := clock.Span{From: now.Date().Add(-1), To: now.Date().Add(30)}
	s.write(t, func(tx *store.Tx) error {
		for _, k := range []string{"hidden", "cleared"} {
			if _, err := tx.Exec(ctx, store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = $2`), area, s.people[k].id); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, store.Q(`UPDATE person SET weeded_at = $3, number_index = NULL WHERE area_id = $1 AND person_id = $2`), area, s.people["weeded"].id, int64(now)); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, store.Q(`UPDATE worker SET own_index = (SELECT number_index FROM person WHERE area_id = $1 AND person_id = $2)
		 WHERE area_id = $1 AND worker_id = (SELECT worker_id FROM post WHERE area_id = $1 AND post_id = $3)`), area, s.people["own"].id, s.Place.Posts["lena"]); err != nil {
			return err
		}
		if err := access.Clear(ctx, tx, area, s.people["cleared"].id, s.Place.Posts["karin"], span); err != nil {
			return err
		}
		return access.Lend(ctx, tx, area, s.Place.Posts["petra"], s.Place.Posts["samar"], span, now)
	})
	n, err := s.Vault.Settle(ctx, s.Store, area)
	must(t, err)
	if n != 2 {
		t.Fatalf("%d protected records came under the key of their own", n)
	}
}

// wonders lets the person ask about what lena has read; karin is to answer.
func (s *site) wonders(t testing.TB, p *soul) {
	t.Helper()
	ctx := t.Context()
	must(t, s.Org.NameReviewer(ctx, s.Actor(t, "omar"), s.Place.Posts["karin"]))
	d := &reading.Desk{Store: s.Store}
	me := s.own(t, p)
	must(t, d.Ask(ctx, me, me.Today(), s.Place.Posts["lena"], p.word+"wonders"))
	must(t, s.Store.Read(ctx, func(tx *store.Tx) error {
		var q reading.QuestionID
		err := tx.One(ctx, store.Q(`SELECT question_id FROM reading_question WHERE area_id = $1 AND person_id = $2`), []any{s.Place.Area, p.id}, &q)
		p.ids["question"] = q.String()
		return err
	}))
}

// breaks lets petra open the record of one at the other unit in an emergency; omar is to review it. Another's can be opened so.
func (s *site) breaks(t testing.TB) {
	t.Helper()
	s.somebody(t, "urgent", "ida", young)
	p, _ := s.somebody(t, "broken", "karin", adults+"petra ")
	ctx, d := t.Context(), &glass.Desk{Store: s.Store}
	_, err := d.Break(ctx, s.Actor(t, "petra"), glass.Form{Number: p.form.Person.Number.Reveal(), Reason: "here", Words: p.word + "urgent", Fresh: true})
	must(t, err)
	list, err := d.Mine(ctx, s.Actor(t, "omar"))
	must(t, err)
	p.ids["glass"] = list[0].ID.String()
}

// longAgo makes what was written about somebody who has left six years old.
func (s *site) longAgo(t testing.TB, p *soul) {
	t.Helper()
	s.write(t, func(tx *store.Tx) error {
		if _, err := tx.Exec(t.Context(), store.Q(`UPDATE thread_event SET on_date = $3 WHERE area_id = $1 AND person_id = $2`), s.Place.Area, p.id, string(s.Now().Date().AddMonths(-72))); err != nil {
			return err
		}
		_, err := tx.Exec(t.Context(), store.Q(`UPDATE tie SET from_on = '2020-01-01', to_on = '2020-10-01' WHERE area_id = $1 AND person_id = $2`), s.Place.Area, p.id)
		return err
	})
}

// weeds has a worker propose that the record of one who has left is destroyed, as if it were years later.
func (s *site) weeds(t testing.TB, name, worker string) {
	t.Helper()
	p := s.people[name]
	round := id.New[struct{}](s.Now())
	p.ids["round"] = round.String()
	s.write(t, func(tx *store.Tx) error {
		if _, err := tx.Exec(t.Context(), store.Q(`INSERT INTO weeding_round (area_id, round_id, unit_id, state, proposed_on, proposed_by, decided_on, decided_by, due_on, rule, version)
		  VALUES ($1, $2, $3, 'proposed', $4, $5, '', 0, '', 'sol2025', 1)`), s.Place.Area, round, s.Place.Units["Vuxenslussen"], string(s.Now().Date()), s.Place.Posts[worker]); err != nil {
			return err
		}
		_, err := tx.Exec(t.Context(), store.Q(`INSERT INTO weeding (area_id, round_id, person_id, last_on, latest_on, state, done_on) VALUES ($1, $2, $3, '2021-03-01', '2027-12-31', 'in', '')`),
			s.Place.Area, round, p.id)
		return err
	})
}

// checks begins a round of the log check at the adults' unit with everything that was read there, as if the day had passed.
func (s *site) checks(t testing.TB) {
	t.Helper()
	ctx, d, omar := t.Context(), &logcheck.Desk{Store: s.Store}, s.Actor(t, "omar")
	s.write(t, func(tx *store.Tx) error {
		return org.PutSetting(ctx, tx, s.Place.Area, omar.Unit(), org.SetLogSample, "500", s.Now().Date(), "test", omar.Post(), s.Now())
	})
	s.Pass(1)
	must(t, d.Draw(ctx, s.Actor(t, "omar")))
	s.Pass(-1)
	s.write(t, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, store.Q(`UPDATE log_round SET at = $2 WHERE area_id = $1`), s.Place.Area, int64(s.Now()))
		return err
	})
	for key, reader := range map[string]string{"active": "lena", "gone": "lena", "hidden": "lena"} {
		p := s.people[key]
		must(t, s.Store.Read(ctx, func(tx *store.Tx) error {
			var x logcheck.ReadingID
			err := tx.One(ctx, store.Q(`SELECT reading_id FROM log_reading WHERE area_id = $1 AND person_id = $2 AND post_id = $3`), []any{s.Place.Area, p.id, s.Place.Posts[reader]}, &x)
			p.ids["reading"] = x.String()
			return err
		}))
	}
	p := s.people["active"]
	var x logcheck.ReadingID
	must(t, x.UnmarshalText([]byte(p.ids["reading"])))
	must(t, d.Judge(ctx, s.Actor(t, "omar"), p.id, x, 1, logcheck.Look, p.word+"looks"))
}

// standsAside makes somebody whose coach was samar, who knows them.
func (s *site) standsAside(t testing.TB) {
	t.Helper()
	p, r := s.somebody(t, "neighbour", "karin", " lena karin omar britt ")
	s.takesPart(t, p, r, "karin", "samar")
	must(t, (&conflict.Desk{Store: s.Store}).Declare(t.Context(), s.Actor(t, "samar"), p.id, "known"))
}

// byLaw makes somebody of whom a law gives the employment service something.
func (s *site) byLaw(t testing.TB) {
	t.Helper()
	p, _ := s.somebody(t, "lawful", "karin", adults+"amina ")
	d, today := &lawful.Desk{Store: s.Store}, s.Now().Date()
	must(t, d.Record(t.Context(), s.Actor(t, "omar"), p.id, lawful.Form{Zone: access.Zone(s.Place.Agencies[org.KindEmployment]), Law: "osl_10_2",
		Categories: access.Contact, From: today, To: today.AddMonths(1), Decided: p.word + "decided", Number: p.word + "number"}))
}

// twoRecords makes somebody with two records, which those at the unit see both of.
func (s *site) twoRecords(t testing.TB) {
	t.Helper()
	one, _ := s.somebody(t, "double", "karin", adults)
	two, _ := s.somebody(t, "again", "karin", adults)
	must(t, (&person.Desk{Store: s.Store}).Merge(t.Context(), s.Actor(t, "omar"), one.id, two.id))
}

// own acts as the person for themselves.
func (s *site) own(t testing.TB, p *soul) (a *access.Actor) {
	t.Helper()
	must(t, s.Store.Read(t.Context(), func(tx *store.Tx) error {
		keys, err := s.Vault.Area(t.Context(), tx, s.Place.Area)
		if err != nil {
			return err
		}
		a, err = access.EnterOwn(t.Context(), tx, keys, s.Place.Area, p.id, s.Now(), "test")
		return err
	}))
	a.Declare(access.OwnView, access.Read, access.Write)
	return a
}
