package outcome

import (
	"os"
	"strings"
	"sync"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// world is the demo's world with Samira, who is Lena's participant since today.
type world struct {
	*demotest.World
	desk *Desk
	who  id.Person
}

func each(t *testing.T, f func(t *testing.T, w world)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		f(t, world{w, &Desk{Store: s}, w.Participant(t, "karin", "lena", "Samira", "Haddad")})
	})
}

func (w world) read(t *testing.T, key string) Case {
	t.Helper()
	c, err := w.desk.Open(t.Context(), w.Actor(t, key), w.who)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// leave makes a whole exit to work today.
func (w world) leave(t *testing.T) Case {
	t.Helper()
	f := whole()
	f.Version, f.On = w.read(t, "lena").Enrolment.Version, w.Now().Date()
	if _, err := w.desk.Leave(t.Context(), w.Actor(t, "lena"), w.who, f); err != nil {
		t.Fatal(err)
	}
	return w.read(t, "lena")
}

func (w world) events(t *testing.T) []string {
	t.Helper()
	var list []string
	err := w.Store.Read(t.Context(), func(tx *store.Tx) error {
		rows, err := tx.Query(t.Context(), store.Q(`SELECT kind, code FROM thread_event WHERE area_id = $1 AND person_id = $2 ORDER BY event_id`), w.Place.Area, w.who)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var kind, code string
			if err := rows.Scan(&kind, &code); err != nil {
				return err
			}
			list = append(list, kind+" "+code)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func (w world) due(t *testing.T, key string, until clock.Date) []Duty {
	t.Helper()
	var list []Duty
	a := w.Actor(t, key)
	if err := w.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = Due(t.Context(), tx, a, until)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestExitEndsTheTimeAndPlansTheFollowUp(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		c := w.leave(t)
		if c.Enrolment.State != intake.Left || c.Exit == nil || c.Exit.View != "Jag fick säga hur jag ville ha det." || c.Exit.Where != "" {
			t.Fatalf("%+v", c)
		}
		var got []string
		for _, f := range c.Exit.FollowUps {
			got = append(got, string(f.DueOn))
		}
		if s := strings.Join(got, " "); s != "2026-11-12 2027-01-12 2027-04-12 2027-10-12" {
			t.Error("due", s)
		}
		if e := w.events(t); e[len(e)-1] != "exit.made work" {
			t.Error(e)
		}
	})
}

func TestPersonStaysAConcernUntilTheLastFollowUpCanBeDone(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.leave(t)
		w.Pass(395)
		if list := w.due(t, "lena", w.Now().Date()); len(list) != 4 {
			t.Errorf("%d due on the last day but one", len(list))
		}
		w.Pass(2)
		if list := w.due(t, "lena", w.Now().Date()); len(list) != 0 {
			t.Errorf("still sees %d after thirteen months", len(list))
		}
		if _, err := w.desk.Open(t.Context(), w.Actor(t, "lena"), w.who); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
}

func TestOnlyTheUnitMakesAndSeesExits(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		f := whole()
		f.Version, f.On = w.read(t, "lena").Enrolment.Version, w.Now().Date()
		if _, err := w.desk.Leave(t.Context(), w.Actor(t, "petra"), w.who, f); !fault.Is(err, fault.NotFound) {
			t.Error("another unit leaves:", err)
		}
		if _, err := w.desk.Leave(t.Context(), w.Actor(t, "britt"), w.who, f); !fault.Is(err, fault.NotFound) {
			t.Error("reception leaves:", err)
		}
		c := w.leave(t)
		if err := w.desk.FollowUp(t.Context(), w.Actor(t, "petra"), w.who, Answer{FollowUp: c.Exit.FollowUps[0].ID, Version: 1, Answer: No}); !fault.Is(err, fault.NotFound) {
			t.Error("another unit answers:", err)
		}
		w.Pass(40)
		if list := w.due(t, "ida", w.Now().Date()); len(list) != 0 {
			t.Error("another unit sees", len(list))
		}
	})
}

func TestExitOfWhatChangedMeanwhileIsStale(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		f := whole()
		f.Version, f.On = w.read(t, "lena").Enrolment.Version, w.Now().Date()
		if err := w.desk.Pause(t.Context(), w.Actor(t, "karin"), w.who, PauseForm{Version: f.Version, Reason: "sick", ExpectedOn: w.Now().Date().Add(9)}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.desk.Leave(t.Context(), w.Actor(t, "lena"), w.who, f); err != fault.Stale {
			t.Error(err)
		}
	})
}

func TestTwoExitsAtOnceGiveOne(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		f := whole()
		f.Version, f.On = w.read(t, "lena").Enrolment.Version, w.Now().Date()
		var wg sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			a := w.Actor(t, "lena")
			wg.Go(func() { _, errs[i] = w.desk.Leave(t.Context(), a, w.who, f) })
		}
		wg.Wait()
		made := 0
		for _, err := range errs {
			if err == nil {
				made++
			} else if err != fault.Stale {
				t.Error(err)
			}
		}
		if made != 1 {
			t.Errorf("%d exits", made)
		}
	})
}

func TestExitMadeByMistakeIsTakenBack(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		c := w.leave(t)
		w.Pass(1)
		if err := w.desk.Undo(t.Context(), w.Actor(t, "lena"), w.who, c.Exit.ID, c.Exit.Version+1); err != fault.Stale {
			t.Error("a stale version:", err)
		}
		if err := w.desk.Undo(t.Context(), w.Actor(t, "lena"), w.who, c.Exit.ID, c.Exit.Version); err != nil {
			t.Fatal(err)
		}
		if err := w.desk.Undo(t.Context(), w.Actor(t, "lena"), w.who, c.Exit.ID, c.Exit.Version); err != fault.Stale {
			t.Error("taken back twice:", err)
		}
		if c = w.read(t, "lena"); c.Enrolment.State != intake.Active || c.Enrolment.LeftOn != "" || c.Exit != nil || len(c.Earlier) != 1 {
			t.Errorf("%+v", c)
		}
		w.Pass(500)
		if list := w.due(t, "lena", w.Now().Date()); len(list) != 0 {
			t.Errorf("%d due after an exit that never was", len(list))
		}
		if c = w.leave(t); c.Exit == nil || len(c.Earlier) != 1 { // and the tie is open: Lena still sees her
			t.Errorf("%+v", c)
		}
		if e := strings.Join(w.events(t), ", "); !strings.HasSuffix(e, "exit.made work, exit.undone work, exit.made work") {
			t.Error(e)
		}
	})
}

func TestFollowUpIsAnsweredOnceAndMendedByVersion(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		f := w.leave(t).Exit.FollowUps[0]
		w.Pass(31)
		lena := w.Actor(t, "lena")
		n := Answer{FollowUp: f.ID, Version: f.Version, Answer: Yes, Words: "Det går bra på lagret."}
		if err := w.desk.FollowUp(t.Context(), lena, w.who, n); err != nil {
			t.Fatal(err)
		}
		if err := w.desk.FollowUp(t.Context(), lena, w.who, n); err != fault.Stale {
			t.Error("answered twice:", err)
		}
		c := w.read(t, "lena")
		if got := c.Exit.FollowUps[0]; got.Answer != Yes || got.Words != n.Words || !CountsAsU40455(*c.Exit) {
			t.Errorf("%+v", got)
		}
		n.Version, n.Answer = c.Exit.FollowUps[0].Version, No
		w.Pass(1)
		if err := w.desk.FollowUp(t.Context(), w.Actor(t, "lena"), w.who, n); err != nil {
			t.Fatal(err)
		}
		if CountsAsU40455(*w.read(t, "lena").Exit) {
			t.Error("counts although it ended")
		}
		if e := strings.Join(w.events(t), ", "); !strings.HasSuffix(e, "exit.confirmed yes, exit.confirmed no") {
			t.Error(e)
		}
	})
}

func TestDueIsTheCoachsOwnAndTheUnitsOldestFirst(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.leave(t)
		w.Pass(3)
		w.who = w.Participant(t, "karin", "ibrahim", "Jonas", "Ek")
		w.leave(t)
		w.Pass(100)
		today := w.Now().Date()
		mine, all := w.due(t, "ibrahim", today), w.due(t, "karin", today)
		if len(mine) != 2 || mine[0].Name != "Jonas Ek" || mine[0].Task != Confirm || mine[1].Task != Ask || mine[1].Months != 3 || mine[0].Phone == "" {
			t.Errorf("%+v", mine)
		}
		if len(all) != 4 || all[0].Name != "Samira Haddad" || all[1].Name != "Jonas Ek" || all[0].On > all[1].On {
			t.Errorf("%+v", all)
		}
		if early := w.due(t, "karin", today.Add(-90)); len(early) != 0 {
			t.Errorf("%+v", early)
		}
	})
}

func TestPauseKeepsThePlaceUntilSomebodyEndsIt(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		lena := w.Actor(t, "lena")
		back := w.Now().Date().Add(30)
		v := w.read(t, "lena").Enrolment.Version
		if err := w.desk.Pause(t.Context(), lena, w.who, PauseForm{Version: v, Reason: "care"}); len(fault.Fields(err)) != 1 {
			t.Error("without a day to be back:", err)
		}
		if err := w.desk.Pause(t.Context(), lena, w.who, PauseForm{Version: v, Reason: "care", ExpectedOn: back, Words: "Mamma är sjuk."}); err != nil {
			t.Fatal(err)
		}
		c := w.read(t, "lena")
		if c.Pause == nil || c.Pause.Words != "Mamma är sjuk." || c.Enrolment.State != intake.Paused {
			t.Fatalf("%+v", c)
		}
		if err := w.desk.Pause(t.Context(), lena, w.who, PauseForm{Version: c.Enrolment.Version, Reason: "care", ExpectedOn: back}); !fault.Is(err, fault.Conflict) {
			t.Error("paused twice:", err)
		}
		w.Pass(45) // long past the day she thought to be back: nothing ends by itself
		if c = w.read(t, "lena"); c.Enrolment.State != intake.Paused {
			t.Error(c.Enrolment.State)
		}
		if list := w.due(t, "lena", w.Now().Date()); len(list) != 1 || list[0].Task != Expected || list[0].On != back {
			t.Errorf("%+v", list)
		}
		if err := w.desk.Resume(t.Context(), w.Actor(t, "lena"), w.who, c.Enrolment.Version); err != nil {
			t.Fatal(err)
		}
		if c = w.read(t, "lena"); c.Pause != nil || c.Enrolment.State != intake.Active {
			t.Errorf("%+v", c)
		}
		if list := w.due(t, "lena", w.Now().Date()); len(list) != 0 {
			t.Errorf("%+v", list)
		}
	})
}

func TestExitOfAResterEndsThePause(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		v := w.read(t, "lena").Enrolment.Version
		if err := w.desk.Pause(t.Context(), w.Actor(t, "lena"), w.who, PauseForm{Version: v, Reason: "sick", ExpectedOn: w.Now().Date().Add(9)}); err != nil {
			t.Fatal(err)
		}
		w.leave(t)
		w.Pass(20)
		if list := w.due(t, "lena", w.Now().Date()); len(list) != 0 {
			t.Errorf("%+v", list)
		}
	})
}

func TestNothingOfAnExitIsReadableInTheDatabase(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.leave(t)
		var sealed []byte
		if err := w.Store.Read(t.Context(), func(tx *store.Tx) error {
			return tx.One(t.Context(), store.Q(`SELECT sealed FROM exit WHERE area_id = $1 AND person_id = $2`), []any{w.Place.Area, w.who}, &sealed)
		}); err != nil {
			t.Fatal(err)
		}
		if len(sealed) < 40 || strings.Contains(string(sealed), "Jag fick") {
			t.Errorf("%q", sealed)
		}
	})
}
