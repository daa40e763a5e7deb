package intake_test

import (
	"os"
	"slices"
	"strconv"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/intake"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func TestOnlyTheUnitSeesItsPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		who := w.Participant(t, "karin", "lena", "Samira", "Haddad")
		for key, sees := range map[string]bool{"lena": true, "karin": true, "omar": true, "ida": false, "petra": false} {
			a := w.Actor(t, key)
			err := s.Read(t.Context(), func(tx *store.Tx) error {
				_, err := access.Open(t.Context(), tx, a, who, access.Identity, access.Read, access.ForContact)
				return err
			})
			if sees && err != nil || !sees && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", key, err)
			}
		}
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// spanOf is the months ahead of the actor's day.
func spanOf(a *access.Actor) clock.Span {
	return clock.Span{From: a.Today(), To: a.Today().AddMonths(4)}
}

func TestShowUpCountsThoseWhoWereMovedAwayAfterTheDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		d := &intake.Desk{Store: s}
		_, came := w.Queued(t, "karin", "Samira", "Haddad", "")
		_, away := w.Queued(t, "karin", "Roger", "Lindfors", "")
		_, err := d.Plan(t.Context(), w.Actor(t, "karin"), 3)
		must(t, err)
		var starts []intake.Start
		must(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
			a := w.Actor(t, "karin")
			starts, err = intake.Starts(t.Context(), tx, a, spanOf(a))
			return err
		}))
		_, err = d.Fill(t.Context(), w.Actor(t, "karin"), starts[0].ID)
		must(t, err)
		w.Pass(starts[0].On.Sub(w.Now().Date()))
		must(t, d.Mark(t.Context(), w.Actor(t, "karin"), starts[0].ID, came, intake.WasHere))
		must(t, d.Mark(t.Context(), w.Actor(t, "karin"), starts[0].ID, away, intake.Away))
		must(t, d.MoveTo(t.Context(), w.Actor(t, "karin"), starts[0].ID, away, starts[1].ID))
		w.Pass(1)
		l, err := d.Open(t.Context(), w.Actor(t, "karin"), starts[1].ID)
		must(t, err)
		if got := l.ShowUp; got != (intake.ShowUp{Starts: 1, Came: 1, Called: 2}) {
			t.Fatalf("%+v", got)
		}
	})
}

func TestACaseloadIsLentWithinTheUnitAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		d, today := &intake.Desk{Store: s}, w.Now().Date()
		span := clock.Span{From: today, To: today.Add(7)}
		lend := func(who, from, to string) error {
			return d.Lend(t.Context(), w.Actor(t, who), w.Place.Posts[from], w.Place.Posts[to], span)
		}
		if err := lend("karin", "petra", "karin"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a coordinator takes another unit's caseload: %v", err)
		}
		if err := lend("lena", "lena", "petra"); len(fault.Fields(err)) != 1 {
			t.Errorf("a coach lends to another unit: %v", err)
		}
		if err := lend("lena", "lena", "britt"); len(fault.Fields(err)) != 1 {
			t.Errorf("a coach lends to the reception: %v", err)
		}
		if err := lend("karin", "lena", "samar"); err != nil {
			t.Error(err)
		}
	})
}

func TestTheDoorTellsWhetherThereIsRoomAfterThoseWhoWait(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		d := &intake.Desk{Store: s}
		_, err := d.Plan(t.Context(), w.Actor(t, "karin"), 3)
		must(t, err)
		starts := func() (list []intake.Start) {
			must(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
				a := w.Actor(t, "karin")
				list, err = intake.Starts(t.Context(), tx, a, spanOf(a))
				return err
			}))
			return list
		}
		told := func() (rooms [3]intake.Room) {
			must(t, s.Read(t.Context(), func(tx *store.Tx) error {
				list, err := intake.StartsAhead(t.Context(), tx, w.Place.Area, w.Place.Units["Vuxenslussen"], w.Now().Date(), 3)
				for i, a := range list {
					rooms[i] = a.Room
				}
				return err
			}))
			return rooms
		}
		first := starts()[0]
		first.Calls, first.Places = 4, 4
		must(t, d.Change(t.Context(), w.Actor(t, "karin"), first))
		expect := func(when string, want ...intake.Room) {
			t.Helper()
			if got := told(); !slices.Equal(got[:], want) {
				t.Errorf("%s: %v, not %v", when, got, want)
			}
		}
		expect("nobody waits", intake.Plenty, intake.Plenty, intake.Plenty)
		_, samira := w.Queued(t, "karin", "Samira", "Haddad", "")
		expect("one waits", intake.Few, intake.Plenty, intake.Plenty)
		_, err = d.Fill(t.Context(), w.Actor(t, "karin"), first.ID)
		must(t, err)
		expect("the one is called", intake.Few, intake.Plenty, intake.Plenty)
		for _, name := range []string{"Ett", "Två", "Tre"} {
			w.Queued(t, "karin", name, "Lindfors", "")
		}
		expect("as many wait as there are seats", intake.Full, intake.Plenty, intake.Plenty)
		for i := range starts()[1].Calls {
			w.Queued(t, "karin", "Fler"+strconv.Itoa(i), "Lindfors", "")
		}
		expect("two starts will fill", intake.Full, intake.Full, intake.Plenty)
		must(t, d.Answer(t.Context(), w.Actor(t, "karin"), first.ID, samira, intake.No))
		expect("who says no leaves a seat and waits again", intake.Full, intake.Full, intake.Plenty)
	})
}
