package walk

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/application"
	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/competence"
	"sluss/internal/contact"
	"sluss/internal/id"
	"sluss/internal/intray"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/place"
	"sluss/internal/plan"
	"sluss/internal/referral"
	"sluss/internal/remind"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
)

// listed stands in every row of karin's lists on their way in: nobody else may see them.
const listed = "qzlisted"

// furnish gives the house what is about no person's way: a second post, closed days, passkeys, an invitation, lists on
// their way in.
func (s *site) furnish(t testing.TB) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	today := s.Now().Date()
	must(t, s.Org.Close(ctx, s.Actor(t, "omar"), today.Add(50), today.Add(52), "studiedagar"))
	must(t, (&person.Desk{Store: s.Store}).Represent(ctx, s.Actor(t, "karin"), s.people["active"].id,
		person.Representative{Kind: "godman", Name: s.people["active"].word + "speaks", Scope: s.people["active"].word + "scope"}))
	s.write(t, func(tx *store.Tx) error {
		for _, k := range []string{"karin", "lena", "omar"} {
			for _, n := range []string{"one", "two"} {
				if _, err := tx.Exec(ctx, store.Q(`INSERT INTO passkey (area_id, credential_id, worker_id, credential, name, created_at, used_at, ended_at)
				 SELECT area_id, $3, worker_id, '{}', $4, 1, 1, $5 FROM post WHERE area_id = $1 AND post_id = $2`),
					s.Place.Area, s.Place.Posts[k], []byte(k+n), n, int64(access.Never)); err != nil {
					return err
				}
			}
		}
		me, err := org.GetPost(ctx, tx, s.Place.Area, s.Place.Posts["karin"], s.Now())
		if err != nil {
			return err
		}
		_, err = s.Org.Employ(ctx, tx, s.Place.Area, s.Place.Units["Ungdomsslussen"], org.Newcomer{Name: me.Name, Email: me.Email, Role: access.Coordinator}, s.Now())
		return err
	})
	_, err := s.kit.Signin.Begin(ctx, s.Place.Area, s.Place.Posts["karin"], "sv") // on another machine
	must(t, err)
	s.met(t, s.people["active"])
	s.invite(t)
	s.letters(t)
	s.lists(t)
	s.offer(t)
	s.placements(t)
	s.ask(t)
	s.systems(t)
	s.voices(t)
	s.sarahs(t)
	s.practices(t)
	s.projects(t)
	s.teach(t)
	s.tell(t)
	s.thinks(t)
	s.foresee(t)
	s.propose(t)
}

// offer makes an activity with a method, who is trained in it and who is to be, and its schedule with one change.
func (s *site) offer(t testing.TB) {
	t.Helper()
	ctx, karin := context.WithoutCancel(t.Context()), s.Actor(t, "karin")
	learn, offer, plan := &competence.Desk{Store: s.Store}, &activity.Desk{Store: s.Store}, &schedule.Desk{Store: s.Store}
	m, err := learn.AddMethod(ctx, karin, "Hälsoskola")
	must(t, err)
	must(t, learn.Add(ctx, karin, competence.Competence{Post: s.Place.Posts["lena"], Method: m.ID, Level: competence.Leads, From: karin.Today()}))
	must(t, learn.PlanTraining(ctx, karin, competence.Training{Post: s.Place.Posts["samar"], Method: m.ID, By: karin.Today().Add(90)}))
	a, err := offer.Add(ctx, karin, activity.Type{Existed: true, Together: 1, Size: 10, Words: map[string]activity.Words{"sv": {Name: "Samtalscirkeln", Purpose: "Att prata"}}}, "Den fanns")
	must(t, err)
	must(t, offer.Decide(ctx, karin, a, 1, activity.Runs, "Nu"))
	from := karin.Today()
	run, err := plan.Plan(ctx, karin, schedule.Run{Activity: a, Entry: schedule.Rolling, From: from, To: from.Add(42), Weeks: 6, Places: 4},
		[]schedule.Turn{{Weekday: time.Thursday, At: "15:00", Until: "16:00", Leaders: []id.Post{s.Place.Posts["lena"]}},
			{Weekday: time.Monday, At: "08:00", Until: "08:30", Leaders: []id.Post{s.Place.Posts["lena"]}}})
	must(t, err)
	s.seat(t, a, run)
	s.offered = map[string]string{"activity": a.String(), "run": run.String(), "form": "mal", "lang": "prs"}
	s.read(t, func(tx *store.Tx) error {
		list, err := schedule.Occasions(ctx, tx, karin, clock.Span{From: from, To: from.Add(42)})
		s.offered["occasion"] = list[0].ID.String()
		if err != nil {
			return err
		}
		rooms, err := org.Rooms(ctx, tx, s.Place.Area, karin.Unit(), s.Now())
		s.offered["room"] = strconv.FormatInt(rooms[0].ID, 10)
		return err
	})
	s.attends(t)
	s.trusts(t)
	var off schedule.Occasion
	s.read(t, func(tx *store.Tx) error {
		list, err := schedule.Occasions(ctx, tx, karin, clock.Span{From: from.Add(14), To: from.Add(21)})
		off = list[0]
		return err
	})
	must(t, plan.Cancel(ctx, karin, off.ID, off.Version, false, "Studiebesök"))
	s.read(t, func(tx *store.Tx) error {
		list, err := schedule.Unseen(ctx, tx, s.Actor(t, "lena"), 1)
		if len(list) > 0 {
			s.offered["change"] = list[0].ID.String()
		}
		return err
	})
}

// seat gives one of the people a place, offers one to another, lets a third wish for one, and a fourth step out of one.
func (s *site) seat(t testing.TB, x activity.ID, run schedule.RunID) {
	t.Helper()
	ctx, karin, d := context.WithoutCancel(t.Context()), s.Actor(t, "karin"), &place.Desk{Store: s.Store}
	for i, key := range []string{"booked", "resting", "active", "withdrawn"} {
		p := s.people[key]
		k, err := d.WishOwn(ctx, s.own(t, p), x, p.word+"because")
		must(t, err)
		p.ids["place"] = k.String()
		if i == 0 {
			must(t, d.Move(ctx, karin, p.id, k, 1, p.word+"moved"))
		} else {
			must(t, d.Offer(ctx, karin, p.id, k, 1, place.Offer{Run: run, From: karin.Today(), Thread: place.Thread{Why: p.word + "whyplace", Next: p.word + "nextplace"}}))
		}
		if i > 1 {
			must(t, d.Answer(ctx, karin, p.id, k, 2, true))
		}
		if key == "active" {
			must(t, (&remind.Desk{Store: s.Store}).Choose(ctx, karin, p.id, 0, org.RemindEvening))
			must(t, d.Extend(ctx, karin, p.id, k, 3, place.Extent{From: karin.Today(), Days: 2, Words: p.word + "extent"}))
			must(t, d.Unclear(ctx, karin, p.id, k, 4, true))
			_, err := d.WishOwn(ctx, s.own(t, p), x, p.word+"onceagain")
			must(t, err)
		}
		if i > 2 {
			must(t, d.StepOut(ctx, karin, p.id, k, 3, karin.Today(), p.word+"leaving"))
		}
	}
}

func (s *site) read(t testing.TB, f func(tx *store.Tx) error) {
	t.Helper()
	must(t, s.Store.Read(context.WithoutCancel(t.Context()), f))
}

// excuse is why somebody did not come: only they and their coach may see it.
const excuse = "qzexcuse"

// attends marks the occasion that has begun, and lets the person who takes part tell of it why they were not there.
func (s *site) attends(t testing.TB) {
	t.Helper()
	var k schedule.OccasionID
	must(t, k.UnmarshalText([]byte(s.offered["occasion"])))
	p, ctx, d := s.people["active"], context.WithoutCancel(t.Context()), &attendance.Desk{Store: s.Store}
	p.ids["occasion"] = s.offered["occasion"]
	must(t, d.TellOwn(ctx, s.own(t, p), k, attendance.Excuse{Ill: true, Why: p.word + excuse}))
	must(t, d.Take(ctx, s.Actor(t, "lena"), k, 0, map[id.Person]attendance.Mark{p.id: attendance.Here}))
	must(t, d.Take(ctx, s.Actor(t, "lena"), k, 1, map[id.Person]attendance.Mark{p.id: attendance.Untold}))
	var later schedule.OccasionID // one that they will not come to
	s.read(t, func(tx *store.Tx) error {
		return tx.One(ctx, store.Q(`SELECT o.occasion_id FROM occasion o JOIN occasion x ON x.area_id = o.area_id AND x.run_id = o.run_id AND x.occasion_id = $2
		 WHERE o.area_id = $1 AND o.on_date > $3 AND o.state = 'planned' ORDER BY o.on_date, o.at LIMIT 1`), []any{s.Place.Area, k, string(s.Now().Date())}, &later)
	})
	must(t, d.Tell(ctx, s.Actor(t, "lena"), p.id, later, attendance.Excuse{}))
	s.states(t, p)
	for _, a := range []*access.Actor{s.Actor(t, "karin"), s.own(t, p)} { // who have a calendar address
		_, err := s.kit.Signin.RenewFeed(ctx, a)
		must(t, err)
	}
}

// invite makes petra's invitation and lets ida have a passkey of her own.
func (s *site) invite(t testing.TB) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	for _, k := range []string{"petra", "samar"} {
		s.write(t, func(tx *store.Tx) error {
			p, err := org.GetPost(ctx, tx, s.Place.Area, s.Place.Posts[k], s.Now())
			if err != nil {
				return err
			}
			s.invited, err = s.kit.Signin.Invite(ctx, tx, s.Place.Area, p.Worker, s.Now())
			return err
		})
		if k == "petra" {
			v := &visitor{site: s}
			f := s.forms("/in/"+s.invited, v.get("/in/"+s.invited))[0]
			s.passkey = f.token
			if res := v.send(v.asForm(f, f.fields)); res.Code != 303 {
				t.Fatal("petra's passkey: ", res.Code, faults(res.Body.String()))
			}
		}
	}
}

// wished stands in what those who ask on the web have written: only those who keep the queue there may see it.
const wished = "qzwished"

// ask lets some ask at Vuxenslussen: one waits, one is answered.
func (s *site) ask(t testing.TB) {
	t.Helper()
	ctx, d := context.WithoutCancel(t.Context()), &application.Desk{Store: s.Store, Vault: s.Vault, Clock: s.clock}
	for i, kind := range []application.Kind{application.Start, application.Call, application.Refer, application.Report} {
		must(t, d.Ask(ctx, s.Place.Area, s.Place.Units["Vuxenslussen"], application.Form{Kind: kind, Knows: true, Press: []byte{byte(i)},
			Words: application.Words{Name: wished + " " + wished + "son", Phone: "070-174 06 21", Language: "sv", By: wished, ByReach: wished, Wish: wished}}))
	}
	waiting, _, err := d.List(ctx, s.Actor(t, "karin"))
	must(t, err)
	s.asked = map[string]string{}
	for _, a := range waiting {
		s.asked[string(a.Kind)] = a.ID.String()
		if a.Kind == application.Call {
			must(t, d.Answer(ctx, s.Actor(t, "karin"), a.ID, a.Version))
		}
	}
}

// lists hands over one list for each thing that a list can wait for.
func (s *site) lists(t testing.TB) {
	t.Helper()
	ctx, a := context.WithoutCancel(t.Context()), s.Actor(t, "karin")
	d := &intray.Desk{Store: s.Store, Vault: s.Vault, Clock: s.clock}
	s.listIDs = map[string]string{}
	for _, k := range []string{"columns", "ready", "saving", "stopped", "done"} {
		text := listFile(k)
		if k == "done" { // rows about somebody who waits already, and one to mend
			text = "Personnummer;Förnamn;Efternamn;Telefon\n" + s.people["waiting"].traces[2] + ";" + s.people["waiting"].word + ";" + s.people["waiting"].word + "son;070-174 06 21\nx;" + listed + ";" + listed + ";070-174 06 21\n"
		}
		list, err := d.Receive(ctx, a, intray.File{Content: strings.NewReader(text), Size: int64(len(text)), Name: listed + k + ".csv", Kind: referral.Remiss})
		must(t, err)
		s.listIDs[k] = list.String()
		if k == "columns" {
			continue
		}
		_, err = d.Check(ctx, s.Place.Area, list, 1e10)
		must(t, err)
		if k == "ready" {
			continue
		}
		must(t, d.Confirm(ctx, a, list, s.listed(t, d, list).Version))
		switch k {
		case "stopped":
			must(t, d.Stop(ctx, a, list, s.listed(t, d, list).Version))
		case "done":
			if _, err := d.Save(ctx, s.Place.Area, list, 1e10); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func (s *site) listed(t testing.TB, d *intray.Desk, list intray.ID) intray.Import {
	t.Helper()
	i, err := d.Open(context.WithoutCancel(t.Context()), s.Actor(t, "karin"), list)
	must(t, err)
	return i
}

// listFile is a list of three people nobody knows, and one row to mend; a column that must be asked about when it is to
// wait for that.
func listFile(key string) string {
	heading := "Förnamn;Efternamn;Telefon;Varför"
	if key == "columns" {
		heading = "Förnamn;Efternamn;Telefon;Qzzz"
	}
	var b strings.Builder
	b.WriteString(heading + "\n")
	for _, n := range []string{"a", "b", "c"} {
		b.WriteString(listed + key + n + ";" + listed + "son;070-174 06 21;" + listed + "why\n")
	}
	return b.String() + ";;070-174 06 21;" + listed + "\n"
}

// crafted are forms that no page shows as they are sent.
func (s *site) crafted(t testing.TB, v *visitor) []form {
	t.Helper()
	if v.name == "omar" {
		join := form{action: "/arbete/person/" + s.people["waiting"].ids["person"] + "/akter/ihop",
			fields: map[string][]string{"person": {s.people["called"].ids["person"]}, "_once": {"AAAA"}, "_token": {v.token}}}
		join.route = s.routeOf("POST", join.action)
		return []form{join}
	}
	if v.name != "karin" {
		return s.trusting(v)
	}
	c, err := s.kit.Signin.AskIn()
	must(t, err)
	in := form{action: web.Door, token: s.passkey, kept: map[string]string{"passkey-in": c.Cookie}}
	in.fields = map[string][]string{"answer": {s.passkey.answer(t, "get", c.Options)}}
	called := s.people["called"]
	strike := form{action: "/arbete/gruppstarter/" + called.ids["start karin 0"] + "/stryk", fields: map[string][]string{"person": {called.ids["person"]}, "_once": {"AAAA"}}}
	lost := form{action: "/arbete/person/" + s.people["active"].ids["person"] + "/plan/insats/" + s.people["active"].ids["lost"] + "/gor",
		fields: map[string][]string{"do": {"clear"}, "_v": {"2"}, "_once": {"AAAA"}}}
	active := s.people["active"]
	hand := form{action: "/arbete/person/" + active.ids["person"] + "/underlag/" + active.ids["shown"] + "/lamna",
		fields: map[string][]string{"zone": {s.money(t).String()}, "receiver": {active.word + "receiver"}, "_v": {"2"}, "_once": {"AAAA"}}}
	list := append(s.waysIn(t), in, strike, lost, hand)
	for i := range list {
		list[i].fields.Set("_token", v.token)
		list[i].route = s.routeOf("POST", list[i].action)
	}
	return list
}

// draftOnly gives somebody a plan that nobody has agreed to.
func (s *site) draftOnly(t testing.TB) {
	t.Helper()
	p, r := s.somebody(t, "drafted", "karin", adults)
	s.takesPart(t, p, r, "karin", "lena")
}

// comesBack lets somebody leave and be referred again.
func (s *site) comesBack(t testing.TB) {
	t.Helper()
	p, r := s.somebody(t, "back", "karin", adults)
	s.takesPart(t, p, r, "karin", "lena")
	s.leaves(t, p)
	_, who, err := (&referral.Desk{Store: s.Store}).Receive(t.Context(), s.Actor(t, "karin"), p.form)
	must(t, err)
	if who != p.id {
		t.Fatal("one who came back is somebody else")
	}
}

// met lets the person have met their coach today.
func (s *site) met(t testing.TB, p *soul) {
	t.Helper()
	ctx, a, d := t.Context(), s.Actor(t, "lena"), &contact.Desk{Store: s.Store}
	m, err := d.Plan(ctx, a, p.id, contact.Form{On: s.Now().Date(), At: "16:00", How: "phone", About: p.word + "met"})
	must(t, err)
	must(t, d.Met(ctx, a, p.id, m, 1))
}

// unclear gives the person a measure whose thread they have lost.
func (s *site) unclear(t testing.TB, p *soul) {
	t.Helper()
	ctx, a, d := t.Context(), s.Actor(t, "lena"), &plan.Desk{Store: s.Store}
	m, err := d.BeginMeasure(ctx, a, p.id, plan.MeasureForm{What: p.word + "lost", WhyNow: p.word + "whynow", WhatNext: p.word + "next",
		Agency: s.Place.Agencies[org.KindMunicipality], From: s.Now().Date()})
	must(t, err)
	p.ids["lost"] = m.String()
	must(t, d.UnclearMeasure(ctx, a, p.id, m, 1, true))
}
