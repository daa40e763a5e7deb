package feed_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/placement"
	"sluss/internal/plan"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/workplace"
)

// days are the days that another program makes of something that comes back, as it shows them here.
func days(t *testing.T, e ical.Event) (list []string) {
	t.Helper()
	set, err := e.RecurrenceSet(clock.Stockholm)
	must(t, err)
	if set == nil {
		return nil
	}
	for _, at := range set.All() {
		list = append(list, at.In(clock.Stockholm).Format("01-02 15:04"))
	}
	return list
}

// TestAPlacementIsInThePersonsCalendarUntilItEnds: one thing that comes back, the same when it is agreed on anew, on either side of the
// change of the clocks; what is only proposed is not there, and what ends stands with the days that were.
func TestAPlacementIsInThePersonsCalendarUntilItEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s) // it is Monday 12 October
		in, ctx, lena := &signin.Desk{Store: s, Vault: w.Vault, Clock: w.Clock()}, t.Context(), w.Actor(t, "lena")
		who, d := w.Participant(t, "karin", "lena", "Samira", "Haddad"), &placement.Desk{Store: s}
		at, err := (&workplace.Desk{Store: s}).Write(ctx, w.Actor(t, "karin"), workplace.Form{Words: workplace.Words{Name: "Strandköket", Does: "Laga mat",
			Contacts: []workplace.Contact{{Name: "Berit Ask", Phone: "070-174 06 05"}}}, Places: 2, Holder: lena.Post()})
		must(t, err)
		today := lena.Today()
		f := placement.Form{Talks: []clock.Date{today.Add(3)}, Terms: placement.Terms{Kind: "praktik", Workplace: at, From: today, To: today.Add(15), Days: "24", At: "09:00", Until: "12:00",
			Safety: "host", Insurer: "municipality", Purpose: "Att prova", Supervisor: "Berit", Why: "Nu", Next: "Mer"}}
		k, err := d.Write(ctx, lena, who, f)
		must(t, err)
		address, err := in.RenewFeed(ctx, w.Themself(t, who))
		must(t, err)
		now := func() []ical.Event {
			text, err := get(t, w, in, address)
			must(t, err)
			for _, secret := range []string{"Strand", "Berit", "raktik", "Samira", "prova"} {
				if strings.Contains(string(text), secret) {
					t.Errorf("the calendar tells of %s", secret)
				}
			}
			return read(t, text)
		}
		if list := now(); len(list) != 0 {
			t.Errorf("what is only proposed is in the calendar: %v", list)
		}
		yes := placement.Yes{By: "self", How: plan.AtTable, On: today}
		must(t, d.Say(ctx, lena, who, k, 2, yes))
		first := now()
		want := []string{"10-13 09:00", "10-15 09:00", "10-20 09:00", "10-22 09:00", "10-27 09:00"}
		if got := days(t, first[0]); len(first) != 1 || !slices.Equal(got, want) {
			t.Errorf("agreed on: %q", got)
		}
		f.K, f.Version, f.Yes, f.Days, f.Terms.At = k, 3, yes, "5", "10:00"
		_, err = d.Write(ctx, lena, who, f)
		must(t, err)
		anew := now()
		if got := days(t, anew[0]); !slices.Equal(got, []string{"10-16 10:00", "10-23 10:00"}) || len(anew) != 1 || anew[0].Props.Get(ical.PropUID).Value != first[0].Props.Get(ical.PropUID).Value ||
			anew[0].Props.Get(ical.PropSequence).Value <= first[0].Props.Get(ical.PropSequence).Value {
			t.Errorf("agreed on anew: %q, %+v", got, anew[0].Props)
		}
		w.Pass(8)
		must(t, d.End(ctx, w.Actor(t, "lena"), who, k, 4, placement.Ending{On: w.Now().Date(), Next: "job", NoView: true}))
		if got := days(t, now()[0]); !slices.Equal(got, []string{"10-16 10:00"}) {
			t.Errorf("ended: %q", got)
		}
		must(t, d.Undo(ctx, w.Actor(t, "lena"), who, k, 5))
		v, err := d.Open(ctx, w.Actor(t, "lena"), who, access.Read)
		must(t, err)
		if on := v.List[0].NextOn(w.Now().Date(), ""); on != "2026-10-23" || v.List[0].NextOn(on, "10:00") != "" {
			t.Errorf("the next day is %s; and on that day after it has begun %q", on, v.List[0].NextOn(on, "10:00"))
		}
	})
}

// TestDaysToTalkOfAPlacementAreInTheCoachsCalendar: a whole day with a word that tells nothing, the same thing when it is moved and when it
// has been held, called off when the placement ends before it; in nobody else's calendar, and of nobody whose other record is protected.
func TestDaysToTalkOfAPlacementAreInTheCoachsCalendar(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s) // it is Monday 12 October
		in, ctx, lena := &signin.Desk{Store: s, Vault: w.Vault, Clock: w.Clock()}, t.Context(), w.Actor(t, "lena")
		who, d := w.Participant(t, "karin", "lena", "Samira", "Haddad"), &placement.Desk{Store: s}
		at, err := (&workplace.Desk{Store: s}).Write(ctx, w.Actor(t, "karin"), workplace.Form{Words: workplace.Words{Name: "Strandköket", Does: "Laga mat",
			Contacts: []workplace.Contact{{Name: "Berit Ask", Phone: "070-174 06 05"}}}, Places: 2, Holder: lena.Post()})
		must(t, err)
		today, address := lena.Today(), map[string]string{}
		for _, key := range []string{"lena", "samar"} {
			address[key], err = in.RenewFeed(ctx, w.Actor(t, key))
			must(t, err)
		}
		talks := func(key string) (list []ical.Event) {
			text, err := get(t, w, in, address[key])
			must(t, err)
			for _, secret := range []string{"Strand", "Berit", "raktik", "Samira", "Haddad", "prova"} {
				if strings.Contains(string(text), secret) {
					t.Errorf("the calendar tells of %s", secret)
				}
			}
			return read(t, text)
		}
		said := func(list []ical.Event) (words []string) {
			for _, e := range list {
				on, err := e.DateTimeStart(clock.Stockholm)
				must(t, err)
				title, _ := e.Props.Text(ical.PropSummary)
				status, _ := e.Status()
				words = append(words, on.Format("01-02")+" "+title+" "+string(status))
				if e.Props.Get(ical.PropDateTimeStart).ValueType() != ical.ValueDate {
					t.Errorf("it is not of a whole day: %+v", e.Props)
				}
			}
			return words
		}
		holds := func(what string, list []ical.Event, want ...string) {
			t.Helper()
			if got := said(list); !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", what, got, want)
			}
		}
		f := placement.Form{Talks: []clock.Date{today.Add(3), today.Add(10)}, Terms: placement.Terms{Kind: "praktik", Workplace: at, From: today, To: today.Add(15), Days: "24", At: "09:00", Until: "12:00",
			Safety: "host", Insurer: "municipality", Purpose: "Att prova", Supervisor: "Berit", Why: "Nu", Next: "Mer"}}
		k, err := d.Write(ctx, lena, who, f)
		must(t, err)
		holds("only proposed", talks("lena"))
		yes := placement.Yes{By: "self", How: plan.AtTable, On: today}
		must(t, d.Say(ctx, lena, who, k, 2, yes))
		first := talks("lena")
		holds("agreed on", first, "10-15 Samtal CONFIRMED", "10-22 Samtal CONFIRMED")
		holds("of a colleague", talks("samar"))
		f.K, f.Version, f.Yes, f.Talks = k, 3, yes, []clock.Date{today.Add(3), today.Add(11)}
		_, err = d.Write(ctx, lena, who, f)
		must(t, err)
		anew := talks("lena")
		holds("one is moved", anew, "10-15 Samtal CONFIRMED", "10-23 Samtal CONFIRMED")
		for i := range anew {
			if anew[i].Props.Get(ical.PropUID).Value != first[i].Props.Get(ical.PropUID).Value || anew[i].Props.Get(ical.PropSequence).Value <= first[i].Props.Get(ical.PropSequence).Value {
				t.Errorf("it is not the same thing, changed: %+v", anew[i].Props)
			}
		}
		v, err := d.Open(ctx, lena, who, access.Read)
		must(t, err)
		w.Pass(3)
		must(t, d.Talk(ctx, w.Actor(t, "lena"), who, k, 4, placement.TalkForm{ID: v.List[0].Talks[0].ID, On: today.Add(3), Said: "Det går bra"}))
		after := talks("lena")
		holds("one is held", after, "10-15 Samtal CONFIRMED", "10-23 Samtal CONFIRMED")
		if after[0].Props.Get(ical.PropUID).Value != first[0].Props.Get(ical.PropUID).Value {
			t.Errorf("what was held is another thing: %+v", after[0].Props)
		}
		must(t, d.End(ctx, w.Actor(t, "lena"), who, k, 5, placement.Ending{On: w.Now().Date(), Next: "job", NoView: true}))
		holds("ended", talks("lena"), "10-15 Samtal CONFIRMED", "10-23 Samtal CANCELLED")
		twin := w.Participant(t, "karin", "lena", "Samira", "Hadad")
		must(t, (&person.Desk{Store: s}).Merge(ctx, w.Actor(t, "omar"), who, twin))
		shield(t, w, twin)
		holds("of one whose other record is protected", talks("lena"))
	})
}

// shield protects a record.
func shield(t *testing.T, w *demotest.World, who id.Person) {
	t.Helper()
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = $2`), w.Place.Area, who)
		return err
	}))
}

// TestNoTimeLeavesTheHouseOfWhoseOtherRecordIsProtected: neither in the calendar of who meets them, nor in their own.
func TestNoTimeLeavesTheHouseOfWhoseOtherRecordIsProtected(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		in, ctx, lena := &signin.Desk{Store: s, Vault: w.Vault, Clock: w.Clock()}, t.Context(), w.Actor(t, "lena")
		who := w.Participant(t, "karin", "lena", "Samira", "Haddad")
		_, err := (&contact.Desk{Store: s}).Plan(ctx, lena, who, contact.Form{On: lena.Today().Add(3), At: "10:00", How: "here", About: "Om ekonomin"})
		must(t, err)
		hers, err := in.RenewFeed(ctx, lena)
		must(t, err)
		own, err := in.RenewFeed(ctx, w.Themself(t, who))
		must(t, err)
		for _, token := range []string{hers, own} {
			text, err := get(t, w, in, token)
			must(t, err)
			if n := len(read(t, text)); n != 1 {
				t.Fatalf("%d times before", n)
			}
		}
		twin := w.Participant(t, "karin", "lena", "Samira", "Hadad")
		must(t, (&person.Desk{Store: s}).Merge(ctx, w.Actor(t, "omar"), who, twin))
		shield(t, w, twin)
		text, err := get(t, w, in, hers)
		must(t, err)
		if n := len(read(t, text)); n != 0 {
			t.Errorf("%d times in the calendar of who meets them", n)
		}
		if _, err := get(t, w, in, own); !fault.Is(err, fault.NotFound) {
			t.Errorf("their own calendar opens: %v", err)
		}
		if _, err := in.RenewFeed(ctx, w.Themself(t, who)); !fault.Is(err, fault.Conflict) {
			t.Errorf("they get an address: %v", err)
		}
	})
}

// TestWhatEndedBeforeItsFirstDayIsCalledOff: it stays in the calendar as called off, so that a program takes it away.
func TestWhatEndedBeforeItsFirstDayIsCalledOff(t *testing.T) {
	x := placement.Placement{State: placement.Ended, Terms: placement.Terms{From: "2026-10-12", To: "2026-10-30", Days: "4", At: "09:00", Until: "10:00"}}
	x.Ending.On = "2026-10-14"
	if on := x.NextOn(x.From, ""); on != "" || x.Last() != "2026-10-13" {
		t.Errorf("a day %q, the last %s", on, x.Last())
	}
	x.Days = "2"
	if on := x.NextOn(x.From, ""); on != "2026-10-13" || on.Weekday() != time.Tuesday {
		t.Errorf("the first Tuesday is %s", on)
	}
}
