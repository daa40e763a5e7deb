package remind_test

import (
	"strings"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/job"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// occasion gives Roger's time on Tuesday, or the week after.
func (w *world) occasion(on clock.Date) (o schedule.Occasion) {
	w.t.Helper()
	must(w.t, w.Store.Read(w.t.Context(), func(tx *store.Tx) error {
		list, err := schedule.Occasions(w.t.Context(), tx, w.Actor(w.t, "karin"), clock.Span{From: on, To: on.Add(1)})
		if err == nil {
			o = list[0]
		}
		return err
	}))
	return o
}

func (w *world) cancels(all bool) {
	w.t.Helper()
	o := w.occasion(tuesday)
	must(w.t, (&schedule.Desk{Store: w.Store}).Cancel(w.t.Context(), w.Actor(w.t, "karin"), o.ID, o.Version, all, "Lena är sjuk"))
}

func (w *world) undoes() {
	w.t.Helper()
	var c schedule.ChangeID
	must(w.t, w.Store.Read(w.t.Context(), func(tx *store.Tx) error {
		return tx.One(w.t.Context(), store.Q(`SELECT max(change_id) FROM occasion_change WHERE area_id = $1`), []any{w.Place.Area}, &c)
	}))
	must(w.t, (&schedule.Desk{Store: w.Store}).Undo(w.t.Context(), w.Actor(w.t, "karin"), c))
}

// soon makes what is due some minutes after the time of the world's actors, and gives the jobs that wait.
func (w *world) soon(minutes int) []job.Job {
	w.t.Helper()
	now := w.Actor(w.t, "karin").Now()
	at := clock.LocalTime(now.LocalTime()).Add(minutes)
	return w.look(now.Date(), at)
}

func TestWhoHasAPlaceHearsOnceThatATimeHasChangedAndNoMore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := made(t, s)
		w.cancels(true) // this time and every later one: one change
		if n := len(w.soon(5)); n != 0 {
			t.Errorf("%d are told before it has stood for a while", n)
		}
		jobs := w.soon(11)
		if len(jobs) != 1 || len(w.soon(16)) != 1 {
			t.Fatalf("%d notices of one change", len(jobs))
		}
		w.send(jobs[0], jobs[0])
		if len(w.box.sent) != 1 {
			t.Fatalf("sent %d times", len(w.box.sent))
		}
		m := w.box.sent[0]
		if m.To != "roger@ekhamra.example" || m.Subject != "En tid har ändrats" {
			t.Errorf("sent %+v", m)
		}
		for _, secret := range []string{"Samtal", "lussen", "Lena", "sjuk", "Roger", "Ek", "aktivitet", "inställ", "09", "tisdag", "13"} {
			if strings.Contains(m.Subject+m.Text, secret) {
				t.Errorf("%q tells %q", m.Subject+m.Text, secret)
			}
		}
	})
}

func TestAChangeIsToldOfOnlyWhereItConcernsAndIsWanted(t *testing.T) {
	desk := func(w *world) *schedule.Desk { return &schedule.Desk{Store: w.Store} }
	for name, x := range map[string]struct {
		change, then func(w *world)
		sent         int
	}{
		"moved": {change: func(w *world) {
			o := w.occasion(tuesday)
			must(w.t, desk(w).Move(w.t.Context(), w.Actor(w.t, "karin"), o.ID, o.Version, schedule.Move{On: tuesday.Add(1), At: "10:00", Until: "12:00", Leaders: o.Leaders, Why: "Lokalen"}))
		}, sent: 1},
		"led by somebody else": {change: func(w *world) {
			o := w.occasion(tuesday)
			must(w.t, desk(w).Move(w.t.Context(), w.Actor(w.t, "karin"), o.ID, o.Version, schedule.Move{On: o.On, At: o.At, Until: o.Until, Room: o.Room,
				Leaders: []id.Post{w.Place.Posts["karin"]}, Why: "Byter"}))
		}},
		"taken back before it was told":       {change: func(w *world) { w.cancels(false); w.undoes() }},
		"taken back while it waits":           {change: func(w *world) { w.cancels(false) }, then: (*world).undoes},
		"a person who chose no messages":      {change: func(w *world) { w.chooses(org.RemindNever); w.cancels(false) }},
		"a person who chooses none meanwhile": {change: func(w *world) { w.cancels(false) }, then: func(w *world) { w.chooses(org.RemindNever) }},
		"a person who now wants to be called": {change: func(w *world) { w.cancels(false) }, then: func(w *world) {
			w.reach(w.who, person.Contact{Phone: "0700-12 34 56", Email: "roger@ekhamra.example", Reach: "phone", Language: "sv"})
		}},
		"a person who is protected": {change: func(w *world) { w.cancels(false) }, then: func(w *world) {
			v, err := (&place.Desk{Store: w.Store}).Open(w.t.Context(), w.Actor(w.t, "lena"), w.who)
			must(w.t, err)
			must(w.t, (&person.Desk{Store: w.Store}).Protect(w.t.Context(), w.Actor(w.t, "omar"), w.who, person.ProtectForm{Version: v.Person.Version, Kind: person.Marked,
				Posts: []id.Post{w.Place.Posts["omar"], w.Place.Posts["lena"]}}))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				w := made(t, s)
				x.change(w)
				jobs := w.soon(11)
				if x.then != nil {
					if len(jobs) != 1 {
						t.Fatalf("%d wait", len(jobs))
					}
					x.then(w)
				}
				w.send(jobs...)
				if len(w.box.sent) != x.sent {
					t.Errorf("sent %+v", w.box.sent)
				}
			})
		})
	}
}

// TestWhenAPeriodIsClosedWhoHasAPlaceHearsOnceAndKeepsIt: several of their times are called off in one act, and what they hear is that a
// time has changed; the place is theirs as before, and when it is taken back they hear once more.
func TestWhenAPeriodIsClosedWhoHasAPlaceHearsOnceAndKeepsIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := made(t, s)
		held := func() (n int) {
			must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
				return tx.One(t.Context(), store.Q(`SELECT count(*) FROM place WHERE area_id = $1 AND person_id = $2 AND state = 'held' AND to_on = ''`), []any{w.Place.Area, w.who}, &n)
			}))
			return n
		}
		must(t, w.Org.Close(t.Context(), w.Actor(t, "omar"), tuesday, tuesday.Add(8), "Höstlov"))
		var list []schedule.Shut
		must(t, w.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
			list, err = schedule.Shuts(t.Context(), tx, w.Actor(t, "karin"))
			return err
		}))
		if len(list) != 1 || list[0].Planned != 2 || held() != 1 {
			t.Fatalf("planned while it is closed: %+v; %d places", list, held())
		}
		must(t, (&schedule.Desk{Store: w.Store}).CancelShut(t.Context(), w.Actor(t, "karin"), list[0].ID, list[0].Version))
		jobs := w.soon(11)
		w.send(jobs...)
		w.send(w.soon(16)...)
		if len(w.box.sent) != 1 || w.box.sent[0].Subject != "En tid har ändrats" || strings.Contains(w.box.sent[0].Text, "Höstlov") || held() != 1 {
			t.Errorf("sent %+v; %d places", w.box.sent, held())
		}
		if o := w.occasion(tuesday.Add(7)); o.State != schedule.Cancelled {
			t.Errorf("the second is %s", o.State)
		}
		w.undoes()
		w.send(w.soon(22)...)
		w.send(w.soon(33)...)
		if len(w.box.sent) != 2 || w.occasion(tuesday).State != schedule.Planned || held() != 1 {
			t.Errorf("taken back: sent %+v; %d places", w.box.sent, held())
		}
	})
}

// TestNothingGoesToWhoseOtherRecordIsProtected: two records are the same person's, and one of them is protected. No reminder and no notice
// is made, and what waits already does not go.
func TestNothingGoesToWhoseOtherRecordIsProtected(t *testing.T) {
	reminder := func(w *world) []job.Job { w.chooses(org.RemindMorning); return w.look(tuesday, "07:02") }
	notice := func(w *world) []job.Job { w.cancels(false); return w.soon(11) }
	for name, makes := range map[string]func(w *world) []job.Job{"reminder": reminder, "notice": notice} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				w := made(t, s)
				jobs := makes(w)
				if len(jobs) != 1 {
					t.Fatalf("%d wait before", len(jobs))
				}
				w.shieldTwin()
				w.send(jobs...)
				if len(w.box.sent) != 0 {
					t.Errorf("what waited went: %+v", w.box.sent)
				}
			})
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				w := made(t, s)
				w.shieldTwin()
				if jobs := makes(w); len(jobs) != 0 {
					t.Errorf("%d are made", len(jobs))
				}
			})
		})
	}
}

// shieldTwin gives the person another record, which is protected.
func (w *world) shieldTwin() {
	w.t.Helper()
	ctx, omar, people := w.t.Context(), w.Actor(w.t, "omar"), &person.Desk{Store: w.Store}
	twin := w.Participant(w.t, "karin", "lena", "Roger", "Eks")
	must(w.t, people.Merge(ctx, omar, w.who, twin))
	v, err := (&place.Desk{Store: w.Store}).Open(ctx, w.Actor(w.t, "lena"), twin)
	must(w.t, err)
	must(w.t, people.Protect(ctx, omar, twin, person.ProtectForm{Version: v.Person.Version, Kind: person.Marked, Posts: []id.Post{omar.Post(), w.Place.Posts["lena"]}}))
}

func TestWhoHasHeardOfAChangeHearsThatItWasTakenBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := made(t, s)
		w.cancels(false)
		jobs := w.soon(11)
		w.send(jobs...)
		w.undoes()
		w.send(w.soon(22)...)
		w.send(w.soon(33)...)
		if len(w.box.sent) != 2 || w.box.sent[0].Text != w.box.sent[1].Text {
			t.Errorf("sent %+v", w.box.sent)
		}
	})
}

func TestAChangeAtNightIsToldOfInTheMorning(t *testing.T) {
	w := made(t, storetest.Open(t, storetest.SQLite(t)))
	w.cancels(false)
	if n := len(w.look(monday, "22:30")); n != 0 {
		t.Errorf("%d at night", n)
	}
	if n := len(w.look(tuesday, "07:02")); n != 1 {
		t.Errorf("%d in the morning", n)
	}
}
