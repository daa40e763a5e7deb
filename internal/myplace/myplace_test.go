package myplace_test

import (
	"errors"
	"os"
	"reflect"
	"sync"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/myplace"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/place"
	"sluss/internal/plan"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// table is a desk, the coach Lena and one of her participants.
type table struct {
	*demotest.World
	desk *myplace.Desk
	who  id.Person
	t    *testing.T
}

func sit(t *testing.T, f func(t *testing.T, x table)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		f(t, table{w, &myplace.Desk{Store: s}, w.Participant(t, "karin", "lena", "Samira", "Haddad"), t})
	})
}

func (x table) ok(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func (x table) lena() *access.Actor { return x.Actor(x.t, "lena") }

func (x table) open() myplace.View {
	x.t.Helper()
	v, err := x.desk.Open(x.t.Context(), x.lena(), x.who, access.Read)
	x.ok(err)
	return v
}

func said(version int, helps string) myplace.Form {
	return myplace.Form{Words: myplace.Words{Helps: helps, Touch: "Sms", Reach: "Ring min syster"}, Version: version, Lang: "sv", How: plan.AtTable}
}

func (x table) asked(what string) myplace.AdaptationForm {
	return myplace.AdaptationForm{What: what, Lang: "sv", Responsible: x.Place.Posts["lena"], DueOn: x.Now().Date().Add(7), How: plan.AtTable}
}

func (x table) adapt(f myplace.AdaptationForm) myplace.AdaptationID {
	x.t.Helper()
	d, err := x.desk.Adapt(x.t.Context(), x.lena(), x.who, f)
	x.ok(err)
	return d
}

func (x table) late(key string) []myplace.Overdue {
	x.t.Helper()
	var list []myplace.Overdue
	x.ok(x.Store.Read(x.t.Context(), func(tx *store.Tx) (err error) {
		list, err = myplace.Late(x.t.Context(), tx, x.Actor(x.t, key), 12)
		return err
	}))
	return list
}

// comes gives the person a place in something that Samar leads, and the first occasion of it.
func (x table) comes() (o schedule.Occasion) {
	x.t.Helper()
	ctx, karin, offer, places := x.t.Context(), x.Actor(x.t, "karin"), &activity.Desk{Store: x.Store}, &place.Desk{Store: x.Store}
	kind, err := offer.Add(ctx, karin, activity.Type{Together: 1, Size: 10, Words: map[string]activity.Words{"sv": {Name: "Köket", Purpose: "Att laga mat"}}}, "Den behövs")
	x.ok(err)
	x.ok(offer.Decide(ctx, karin, kind, 1, activity.Runs, "Nu"))
	run, err := (&schedule.Desk{Store: x.Store}).Plan(ctx, karin, schedule.Run{Activity: kind, Entry: schedule.Rolling, From: karin.Today(), To: karin.Today().Add(42), Weeks: 1, Places: 10},
		[]schedule.Turn{{Weekday: time.Tuesday, At: "13:00", Until: "15:00", Leaders: []id.Post{x.Place.Posts["samar"]}}})
	x.ok(err)
	k, err := places.Wish(ctx, karin, x.who, kind, "")
	x.ok(err)
	x.ok(places.Offer(ctx, karin, x.who, k, 1, place.Offer{Run: run, From: karin.Today()}))
	x.ok(places.Answer(ctx, karin, x.who, k, 2, true))
	x.ok(x.Store.Read(ctx, func(tx *store.Tx) error {
		list, err := schedule.Occasions(ctx, tx, karin, clock.Span{From: karin.Today(), To: clock.Forever})
		o = list[0]
		return err
	}))
	return o
}

// forLeader is what a worker is told of the person as the leader of an occasion.
func (x table) forLeader(key string, o schedule.Occasion) (list []myplace.Told) {
	x.t.Helper()
	x.ok(x.Store.Read(x.t.Context(), func(tx *store.Tx) error {
		told, err := myplace.ForLeader(x.t.Context(), tx, x.Actor(x.t, key), o)
		list = told[x.who]
		return err
	}))
	return list
}

func TestWhatWasAgreedBeforeStaysReadableWithWhoAndWhen(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		x.ok(x.desk.Write(t.Context(), x.lena(), x.who, said(0, "Att få gå ut")))
		first := x.Now().Date()
		x.Pass(3)
		x.ok(x.desk.Write(t.Context(), x.Actor(t, "karin"), x.who, said(1, "Att få sitta tyst")))
		v := x.open()
		if v.Place.Version != 2 || v.Place.Helps != "Att få sitta tyst" || v.Place.Post != x.Place.Posts["karin"] {
			t.Errorf("now: %+v", v.Place)
		}
		if len(v.Earlier) != 1 || v.Earlier[0].Helps != "Att få gå ut" || v.Earlier[0].On != first || v.Earlier[0].Post != x.Place.Posts["lena"] {
			t.Errorf("before: %+v", v.Earlier)
		}
		if err := x.desk.Write(t.Context(), x.lena(), x.who, said(1, "Något annat")); !errors.Is(err, fault.Stale) {
			t.Errorf("a version that is no longer the newest: %v", err)
		}
	})
}

func TestTwoWhoWriteAtOnceMakeOneVersion(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			a := x.lena()
			wg.Go(func() { errs[i] = x.desk.Write(t.Context(), a, x.who, said(0, "Att få gå ut")) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !errors.Is(err, fault.Stale) {
				t.Error(err)
			}
		}
		if v := x.open(); won != 1 || v.Place.Version != 1 || len(v.Earlier) != 0 {
			t.Errorf("%d were told that it was saved: %+v", won, v.Place)
		}
	})
}

func TestAnAdaptationHasAnAnswerADayAndSomebodyResponsible(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		d := x.adapt(x.asked("Börja klockan tio"))
		f := x.open().Adapted[0].AdaptationForm
		f.Answer = myplace.No
		if _, err := x.desk.Adapt(t.Context(), x.lena(), x.who, f); fault.Fields(err) == nil || fault.Fields(err)[0].Field != "reply" {
			t.Errorf("a no without why: %v", err)
		}
		x.Pass(2)
		f.Answer, f.Reply = myplace.Instead, "Klockan halv tio"
		x.adapt(f)
		v := x.open()
		got := v.Adapted[0]
		if len(v.Adapted) != 1 || got.ID != d || got.Version != 2 || got.AnsweredOn != x.Now().Date() || got.AskedOn != x.Now().Date().Add(-2) || got.Reply != "Klockan halv tio" {
			t.Errorf("%+v", v.Adapted)
		}
		if old := v.Before(d); len(old) != 1 || old[0].Answer != myplace.Waiting || old[0].Version != 1 {
			t.Errorf("before: %+v", old)
		}
		if _, err := x.desk.Adapt(t.Context(), x.lena(), x.who, f); !errors.Is(err, fault.Stale) {
			t.Errorf("a version that is no longer the newest: %v", err)
		}
	})
}

func TestWhatIsWrongWithAnAdaptationIsSaidAtItsField(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		for field, spoil := range map[string]func(*myplace.AdaptationForm){
			"what":        func(f *myplace.AdaptationForm) { f.What = " " },
			"responsible": func(f *myplace.AdaptationForm) { f.Responsible = x.Place.Posts["petra"] },
			"due":         func(f *myplace.AdaptationForm) { f.DueOn = "" },
			"lang":        func(f *myplace.AdaptationForm) { f.Lang = "xx" },
			"how":         func(f *myplace.AdaptationForm) { f.How = "" },
			"answer":      func(f *myplace.AdaptationForm) { f.Answer = "perhaps" },
			"done":        func(f *myplace.AdaptationForm) { f.DoneOn = x.Now().Date() },
		} {
			f := x.asked("Börja klockan tio")
			spoil(&f)
			_, err := x.desk.Adapt(t.Context(), x.lena(), x.who, f)
			if faults := fault.Fields(err); len(faults) != 1 || faults[0].Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

func TestWhatIsLateIsSeenByWhoIsResponsibleAndByTheHead(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		d := x.adapt(x.asked("Börja klockan tio"))
		x.Pass(7)
		if list := x.late("lena"); len(list) != 0 {
			t.Errorf("late on its own day: %+v", list)
		}
		x.Pass(1)
		for key, want := range map[string]int{"lena": 1, "omar": 1, "karin": 0, "petra": 0} {
			if list := x.late(key); len(list) != want || want == 1 && (list[0].ID != d || !list[0].Waits || list[0].Name != "Samira Haddad") {
				t.Errorf("%s sees %+v", key, list)
			}
		}
		f := x.open().Adapted[0].AdaptationForm
		f.Answer, f.DoneOn = myplace.Yes, x.Now().Date()
		x.adapt(f)
		if list := x.late("omar"); len(list) != 0 {
			t.Errorf("late when done: %+v", list)
		}
	})
}

func TestWhoLeadsASessionSeesOnlyWhatTheyNeedToKnow(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		x.ok(x.desk.Write(t.Context(), x.lena(), x.who, said(0, "Att få gå ut")))
		quiet := x.asked("Sitta nära dörren")
		quiet.Leader, quiet.Answer = true, myplace.Yes
		other := x.asked("Slippa fylla i papper")
		other.Answer = myplace.Yes
		waits := x.asked("Hörselslinga")
		waits.Leader = true
		for _, f := range []myplace.AdaptationForm{quiet, other, waits} {
			x.adapt(f)
		}
		o := x.comes()
		if want, list := []myplace.Told{{What: "Sitta nära dörren", Lang: "sv"}}, x.forLeader("samar", o); !reflect.DeepEqual(list, want) {
			t.Errorf("%+v", list)
		}
		for _, key := range []string{"lena", "karin", "omar"} { // who do not lead it
			if list := x.forLeader(key, o); len(list) != 0 {
				t.Errorf("%s is told %+v", key, list)
			}
		}
	})
}

func TestNobodyElseSeesWhatIsAgreed(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		x.ok(x.desk.Write(t.Context(), x.lena(), x.who, said(0, "Att få gå ut")))
		for _, key := range []string{"petra", "britt", "erik"} { // of another unit, in the reception, at another agency
			if _, err := x.desk.Open(t.Context(), x.Actor(t, key), x.who, access.Read); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", key, err)
			}
			if err := x.desk.Write(t.Context(), x.Actor(t, key), x.who, said(1, "Nej")); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s writes: %v", key, err)
			}
		}
	})
}

// TestNoYesAndNoLawTakesMyPlaceToAnotherAgency gives a partner all there is to give, and more than the pages can.
func TestNoYesAndNoLawTakesMyPlaceToAnotherAgency(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		x.ok(x.desk.Write(t.Context(), x.lena(), x.who, said(0, "Att få gå ut")))
		zone := access.Zone(x.Place.Agencies[org.KindInsurance])
		x.ok(x.Store.Write(t.Context(), func(tx *store.Tx) error {
			if err := access.GiveByLaw(t.Context(), tx, x.Place.Area, x.who, access.Lawful{ID: access.LawfulID(x.Now()), Zone: zone, Categories: access.Everything, Law: "test",
				Span: clock.Span{From: "2020-01-01", To: "2099-01-01"}, Post: x.Place.Posts["lena"], Sealed: []byte{1}}); err != nil {
				return err
			}
			_, err := tx.Exec(t.Context(), store.Q(`INSERT INTO consent (area_id, person_id, consent_id, zone_id, purpose, categories, from_on, to_on, withdrawn_at, given_at, post_id, how, witness_post_id, text_version, lang)
			 VALUES ($1, $2, 1, $3, 'plan', $4, '2020-01-01', '2099-01-01', $5, 0, $6, 'table', 0, 1, 'sv')`), x.Place.Area, x.who, zone, int64(access.Everything), int64(access.Never), x.Place.Posts["lena"])
			return err
		}))
		officer := x.Actor(t, "erik")
		if _, err := x.desk.Open(t.Context(), officer, x.who, access.Read); !fault.Is(err, fault.NotFound) {
			t.Errorf("the page: %v", err)
		}
		f := x.asked("Sitta nära dörren")
		f.Leader, f.Answer = true, myplace.Yes
		x.adapt(f)
		o := x.comes()
		o.Leaders = []id.Post{officer.Post()} // as if it could be
		if list := x.forLeader("erik", o); len(list) != 0 {
			t.Errorf("as a leader: %+v", list)
		}
		x.ok(x.Store.Read(t.Context(), func(tx *store.Tx) error {
			_, err := access.Open(t.Context(), tx, officer, x.who, access.Health, access.Read, access.ForCollaboration)
			return err // so that it is not for want of a ground that the rest is refused
		}))
	})
}

func TestWhoHasLeftHasNothingThatIsLateAndNothingToWrite(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		f := x.asked("Sitta nära dörren")
		f.Leader, f.Answer = true, myplace.Yes
		x.adapt(f)
		o := x.comes()
		x.Pass(20)
		v := x.open()
		_, err := (&outcome.Desk{Store: x.Store}).Leave(t.Context(), x.lena(), x.who, outcome.Form{Version: v.Enrolment.Version, Reason: outcome.Other, Kind: "moved",
			On: x.Now().Date(), Before: "assistance", After: "assistance", Words: outcome.Words{View: "Bra"}})
		x.ok(err)
		if list := x.late("omar"); len(list) != 0 {
			t.Errorf("late: %+v", list)
		}
		if list := x.forLeader("samar", o); len(list) != 0 {
			t.Errorf("told: %+v", list)
		}
		if err := x.desk.Write(t.Context(), x.lena(), x.who, said(0, "Att få gå ut")); !fault.Is(err, fault.Conflict) {
			t.Errorf("written: %v", err)
		}
		if v := x.open(); len(v.Adapted) != 1 || v.On() {
			t.Errorf("what was agreed is not readable afterwards: %+v", v)
		}
	})
}
