package activity_test

import (
	"os"
	"slices"
	"sync"
	"testing"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/competence"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

type bench struct {
	*demotest.World
	a *activity.Desk
	c *competence.Desk
}

func desks(t *testing.T, s *store.Store) bench {
	return bench{demotest.New(t, s), &activity.Desk{Store: s}, &competence.Desk{Store: s}}
}

func (b bench) method(t *testing.T, name string) competence.MethodID {
	t.Helper()
	m, err := b.c.AddMethod(t.Context(), b.Actor(t, "karin"), name)
	if err != nil {
		t.Fatal(err)
	}
	return m.ID
}

func (b bench) train(t *testing.T, key string, m competence.MethodID, to clock.Date) {
	t.Helper()
	a := b.Actor(t, "karin")
	err := b.c.Add(t.Context(), a, competence.Competence{Post: b.Place.Posts[key], Method: m, Level: competence.Leads, From: a.Today(), To: to})
	if err != nil {
		t.Fatal(err)
	}
}

func kind(name string) activity.Type {
	return activity.Type{Together: 2, Size: 8, Needs: []string{"quiet"}, Words: map[string]activity.Words{
		"sv": {Name: name, Purpose: "Att våga tala svenska", Content: "Musik och lek", Leads: "sfi eller praktik"}}}
}

func (b bench) add(t *testing.T, x activity.Type) activity.Type {
	t.Helper()
	a, err := b.a.Add(t.Context(), b.Actor(t, "karin"), x, "Deltagarna frågar efter det")
	if err != nil {
		t.Fatal(err)
	}
	return b.get(t, a)
}

func (b bench) get(t *testing.T, a activity.ID) (x activity.Type) {
	t.Helper()
	err := b.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		x, err = activity.Get(t.Context(), tx, b.Actor(t, "karin"), a)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func (b bench) stand(t *testing.T, x activity.Type) (s activity.Standing) {
	t.Helper()
	a := b.Actor(t, "karin")
	err := b.Store.Read(t.Context(), func(tx *store.Tx) error {
		board, err := competence.Read(t.Context(), tx, a)
		if err != nil {
			return err
		}
		posts, err := activity.Leading(t.Context(), tx, a)
		s = x.Stand(board, posts, a.Today())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestActivityCanRunOnlyWithEnoughWhoCanLead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := desks(t, s)
		karin, m := b.Actor(t, "karin"), b.method(t, "Suggestopedi")
		k := kind("Svenska med suggestopedi")
		k.Method = m
		x := b.add(t, k)
		b.train(t, "lena", m, karin.Today().Add(100))
		if got := b.stand(t, x); got.Missing != 1 || got.Leaders != 1 {
			t.Errorf("with one of two who can lead: %+v", got)
		}
		err := b.a.Decide(t.Context(), karin, x.ID, x.Version, activity.Can, "Vi vill")
		if f := fault.Fields(err); len(f) != 1 || f[0].Key != "activity.cannot" {
			t.Fatalf("decided without enough leaders: %v", err)
		}
		b.train(t, "samar", m, "")
		want := activity.Standing{Leaders: 2, Fragile: true, Until: karin.Today().Add(100)}
		if got := b.stand(t, x); got != want {
			t.Errorf("with two of two: %+v, want %+v", got, want)
		}
		if err := b.a.Decide(t.Context(), karin, x.ID, x.Version, activity.Can, "Två kan leda"); err != nil {
			t.Fatal(err)
		}
		b.train(t, "ibrahim", m, "")
		if got := b.stand(t, x); got.Fragile || got.Until != clock.Forever {
			t.Errorf("with three, one of whom runs out: %+v", got)
		}
	})
}

func TestWhatExistedBeforeCanRunWithoutTraining(t *testing.T) {
	b := desks(t, storetest.Open(t, storetest.SQLite(t)))
	k := kind("Grön Kvist")
	k.Method, k.Existed = b.method(t, "Grön Kvist"), true
	x := b.add(t, k)
	if err := b.a.Decide(t.Context(), b.Actor(t, "lena"), x.ID, x.Version, activity.Runs, "Som förut"); err != nil {
		t.Error(err)
	}
}

func TestLeaderWhoHasLeftCountsNoMore(t *testing.T) {
	b := desks(t, storetest.Open(t, storetest.SQLite(t)))
	m := b.method(t, "Suggestopedi")
	k := kind("Svenska")
	k.Method = m
	x := b.add(t, k)
	b.train(t, "lena", m, "")
	b.train(t, "samar", m, "")
	if err := b.Org.EndColleague(t.Context(), b.Actor(t, "omar"), b.Place.Posts["lena"]); err != nil {
		t.Fatal(err)
	}
	if got := b.stand(t, x); got.Leaders != 1 || got.Missing != 1 {
		t.Errorf("after one has left: %+v", got)
	}
}

func TestEachDecisionIsKeptWithItsReason(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := desks(t, s)
		karin, x := b.Actor(t, "karin"), b.add(t, kind("Samtalscirkeln"))
		for _, to := range []activity.State{activity.Runs, activity.Rests, activity.Ended} {
			if err := b.a.Decide(t.Context(), karin, x.ID, b.get(t, x.ID).Version, to, "Därför att "+string(to)); err != nil {
				t.Fatal(to, err)
			}
		}
		if f := fault.Fields(b.a.Decide(t.Context(), karin, x.ID, b.get(t, x.ID).Version, activity.Runs, " ")); len(f) != 2 {
			t.Errorf("an ended one runs again without a reason: %v", f)
		}
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			list, err := activity.Decisions(t.Context(), tx, karin, x.ID)
			if len(list) != 4 || list[0].State != activity.Ended || list[0].Why != "Därför att ended" || list[3].Why != "Deltagarna frågar efter det" {
				t.Errorf("kept %+v", list)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestOfTwoWhoDecideAtOnceOneHearsOfTheOther(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := desks(t, s)
		x := b.add(t, kind("Samtalscirkeln"))
		errs := make([]error, 2)
		var both sync.WaitGroup
		for i, k := range []string{"karin", "lena"} {
			a := b.Actor(t, k)
			both.Go(func() { errs[i] = b.a.Decide(t.Context(), a, x.ID, x.Version, activity.Runs, "Nu") })
		}
		both.Wait()
		// The second is told that the form is old, or that the activity runs already.
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("both: %v", errs)
		}
	})
}

func TestActivityIsItsOwnUnits(t *testing.T) {
	b := desks(t, storetest.Open(t, storetest.SQLite(t)))
	x := b.add(t, kind("Samtalscirkeln"))
	if err := b.a.Decide(t.Context(), b.Actor(t, "petra"), x.ID, x.Version, activity.Runs, "Nu"); err != fault.Missing {
		t.Errorf("decided by another unit: %v", err)
	}
	if err := b.a.Change(t.Context(), b.Actor(t, "britt"), x); !fault.Is(err, fault.Forbidden) {
		t.Errorf("changed by the reception: %v", err)
	}
	x.Words["sv"] = activity.Words{Purpose: "x"}
	if f := fault.Fields(b.a.Change(t.Context(), b.Actor(t, "karin"), x)); len(f) != 1 || f[0].Field != "name" {
		t.Errorf("without a name: %v", f)
	}
}

func TestWordsFallBackToSwedish(t *testing.T) {
	b := desks(t, storetest.Open(t, storetest.SQLite(t)))
	k := kind("Samtalscirkeln")
	k.Words["ar"] = activity.Words{Name: "حلقة الحوار"}
	x := b.add(t, k)
	if w := x.In("ar"); w.Name != "حلقة الحوار" || w.Purpose != "Att våga tala svenska" {
		t.Errorf("in Arabic: %+v", w)
	}
}

func TestTrainingThatIsDoneIsACompetence(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := desks(t, s)
		karin, m := b.Actor(t, "karin"), b.method(t, "Suggestopedi")
		if f := fault.Fields(b.c.PlanTraining(t.Context(), karin, competence.Training{Post: b.Place.Posts["petra"], Method: m, By: karin.Today().Add(60)})); len(f) != 1 || f[0].Field != "post" {
			t.Errorf("another unit's colleague is to be trained: %v", f)
		}
		if err := b.c.PlanTraining(t.Context(), karin, competence.Training{Post: b.Place.Posts["samar"], Method: m, By: karin.Today().Add(60), PaidBy: "project"}); err != nil {
			t.Fatal(err)
		}
		read := func() (x competence.Board) {
			err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
				x, err = competence.Read(t.Context(), tx, karin)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		plan := read().Training(m)[0]
		if err := b.c.Train(t.Context(), karin, plan.ID, plan.Version); err != nil {
			t.Fatal(err)
		}
		if err := b.c.Train(t.Context(), karin, plan.ID, plan.Version); err != fault.Stale {
			t.Errorf("done twice: %v", err)
		}
		after := read()
		if len(after.Trainings) != 0 || !after.CanLead(b.Place.Posts["samar"], m, karin.Today()) {
			t.Errorf("after: %+v", after)
		}
		c := after.Of(m)[0]
		if err := b.c.End(t.Context(), karin, c.ID, c.Version); err != nil {
			t.Fatal(err)
		}
		if read().CanLead(b.Place.Posts["samar"], m, karin.Today()) {
			t.Error("leads after it has ended")
		}
	})
}

// TestOneWhoLeavesBreaksWhatTooFewCanLeadThen: of two who are needed either breaks it, of three none, and what is led as before nobody does.
func TestOneWhoLeavesBreaksWhatTooFewCanLeadThen(t *testing.T) {
	b := desks(t, storetest.Open(t, storetest.SQLite(t)))
	m := b.method(t, "Suggestopedi")
	x := kind("Svenska med musik")
	x.Method = m
	b.train(t, "lena", m, clock.Forever)
	b.train(t, "samar", m, clock.Forever)
	x = b.add(t, x)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(b.a.Decide(t.Context(), b.Actor(t, "karin"), x.ID, x.Version, activity.Runs, "Två kan leda"))
	breaks := func(x activity.Type) (who []string) {
		t.Helper()
		must(b.Store.Read(t.Context(), func(tx *store.Tx) error {
			karin := b.Actor(t, "karin")
			board, err := competence.Read(t.Context(), tx, karin)
			must(err)
			posts, err := activity.Leading(t.Context(), tx, karin)
			for _, key := range []string{"lena", "samar", "ibrahim", "petra"} {
				if x.Breaks(board, posts, karin.Today(), b.Place.Posts[key]) {
					who = append(who, key)
				}
			}
			return err
		}))
		return who
	}
	x = b.get(t, x.ID)
	if got := breaks(x); !slices.Equal(got, []string{"lena", "samar"}) {
		t.Errorf("of two who can lead it is broken by %v", got)
	}
	before := x
	before.Existed = true
	if got := breaks(before); len(got) != 0 {
		t.Errorf("what is led as before is broken by %v", got)
	}
	b.train(t, "ibrahim", m, clock.Forever)
	if got := breaks(x); len(got) != 0 {
		t.Errorf("of three who can lead it is broken by %v", got)
	}
}
