package intake_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"sluss/internal/access"

	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/thread"
)

// callers is a desk with a group start that so many are called to, and people in the queue.
type callers struct {
	*demotest.World
	t      *testing.T
	desk   *intake.Desk
	start  intake.StartID
	people []id.Person
	refs   []referral.ID
}

// calling runs f on both engines with a start to which calls are called, and people that wait.
func calling(t *testing.T, calls, people int, f func(t *testing.T, c callers)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := callers{World: demotest.New(t, s), t: t, desk: &intake.Desk{Store: s}}
		for i := range people {
			r, who := c.Queued(t, "karin", fmt.Sprint("Person", i), "Kö", "")
			c.people, c.refs = append(c.people, who), append(c.refs, r)
		}
		_, err := c.desk.Plan(t.Context(), c.karin(), 2)
		must(t, err)
		var starts []intake.Start
		must(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
			starts, err = intake.Starts(t.Context(), tx, c.karin(), spanOf(c.karin()))
			return err
		}))
		c.start = starts[0].ID
		starts[0].Calls, starts[0].Places = calls, 1
		must(t, c.desk.Change(t.Context(), c.karin(), starts[0]))
		_, err = c.desk.Fill(t.Context(), c.karin(), c.start)
		must(t, err)
		f(t, c)
	})
}

func (c callers) karin() *access.Actor { return c.Actor(c.t, "karin") }

// line gives one on the list, as the page shows it; nil when the person is not there.
func (c callers) line(who id.Person) *intake.Called {
	c.t.Helper()
	l, err := c.desk.Open(c.t.Context(), c.karin(), c.start)
	must(c.t, err)
	for i, x := range l.Called {
		if x.Person == who {
			return &l.Called[i]
		}
	}
	return nil
}

// referral gives somebody's newest referral.
func (c callers) referral(who id.Person) (r referral.Referral) {
	c.t.Helper()
	must(c.t, c.Store.Read(c.t.Context(), func(tx *store.Tx) error {
		k := c.karin()
		a, err := access.Open(c.t.Context(), tx, k, who, access.Everything, access.Read, access.ForQueue)
		if err == nil {
			r, _, err = referral.Newest(c.t.Context(), tx, k, a)
		}
		return err
	}))
	return r
}

// told gives the kinds and codes on somebody's thread after being called.
func (c callers) told(who id.Person) (list []string) {
	c.t.Helper()
	must(c.t, c.Store.Read(c.t.Context(), func(tx *store.Tx) error {
		k := c.karin()
		a, err := access.Open(c.t.Context(), tx, k, who, access.Thread, access.Read, access.ForQueue)
		if err != nil {
			return err
		}
		events, err := thread.Of(c.t.Context(), tx, k, a)
		for _, e := range events[2:] {
			list = append(list, string(e.Kind)+" "+e.Code)
		}
		return err
	}))
	return list
}

func (c callers) counting() (n int) {
	c.t.Helper()
	l, err := c.desk.Open(c.t.Context(), c.karin(), c.start)
	must(c.t, err)
	for _, x := range l.Called {
		if x.MovedTo == 0 && (x.Answer == intake.Silent || x.Answer == intake.Yes) {
			n++
		}
	}
	return n
}

func TestStrikingIsUndoneWithThePlaceAndTheAnswerKept(t *testing.T) {
	calling(t, 2, 3, func(t *testing.T, c callers) {
		ctx, who := t.Context(), c.people[0]
		must(t, c.desk.Answer(ctx, c.karin(), c.start, who, intake.Yes))
		place := c.line(who).Place
		must(t, c.desk.Strike(ctx, c.karin(), c.start, who))
		if x := c.line(who); x == nil || !x.Struck() || c.referral(who).State != referral.Waiting || c.counting() != 1 {
			t.Fatalf("struck: %+v, %d count", x, c.counting())
		}
		if err := c.desk.Strike(ctx, c.karin(), c.start, who); !fault.Is(err, fault.Conflict) {
			t.Errorf("struck twice: %v", err)
		}
		must(t, c.desk.Unstrike(ctx, c.karin(), c.start, who))
		if x := c.line(who); x.MovedTo != 0 || x.Answer != intake.Yes || x.Place != place || c.referral(who).State != referral.Called {
			t.Errorf("put back: %+v", x)
		}
		if err := c.desk.Unstrike(ctx, c.karin(), c.start, who); !fault.Is(err, fault.Conflict) {
			t.Errorf("put back twice: %v", err)
		}
		if got := fmt.Sprint(c.told(who)); got != "[start.answered yes start.uncalled  start.called undone]" {
			t.Errorf("told: %s", got)
		}
	})
}

func TestOneWhoWasStruckDoesNotComeBackToAFullList(t *testing.T) {
	calling(t, 1, 2, func(t *testing.T, c callers) {
		ctx := t.Context()
		must(t, c.desk.Strike(ctx, c.karin(), c.start, c.people[0]))
		must(t, c.desk.CallOne(ctx, c.karin(), c.start, c.people[1], ""))
		if err := c.desk.Unstrike(ctx, c.karin(), c.start, c.people[0]); !fault.Is(err, fault.Conflict) || c.counting() != 1 {
			t.Errorf("%v, %d count", err, c.counting())
		}
	})
}

func TestNobodyFromAnotherUnitStrikes(t *testing.T) {
	calling(t, 1, 1, func(t *testing.T, c callers) {
		for _, f := range []func(context.Context, *access.Actor, intake.StartID, id.Person) error{c.desk.Strike, c.desk.Unstrike} {
			if err := f(t.Context(), c.Actor(t, "petra"), c.start, c.people[0]); !fault.Is(err, fault.NotFound) {
				t.Error(err)
			}
		}
	})
}

func TestOneWhoIsCalledAndDoesNotWantToLosesTheCallInTheSameBreath(t *testing.T) {
	calling(t, 1, 2, func(t *testing.T, c callers) {
		ctx, who := t.Context(), c.people[0]
		if _, err := c.desk.Withdraw(ctx, c.karin(), who, c.refs[0], 1); !fault.Is(err, fault.Conflict) || c.referral(who).State != referral.Called {
			t.Fatalf("an old version: %v", err)
		}
		if _, err := c.desk.Redirect(ctx, c.karin(), who, c.refs[0], 2, "Vårdcentralen", false); fault.Fields(err) == nil || c.counting() != 1 {
			t.Fatalf("not told, and the call is gone: %v", err)
		}
		was, err := c.desk.Withdraw(ctx, c.karin(), who, c.refs[0], 2)
		must(t, err)
		if was.ID != c.start || c.referral(who).State != referral.Withdrawn || c.counting() != 0 || c.line(who) != nil {
			t.Errorf("%+v, %s, %d count", was, c.referral(who).State, c.counting())
		}
		if got := fmt.Sprint(c.told(who)); got != "[start.uncalled  referral.withdrawn ]" {
			t.Errorf("told: %s", got)
		}
		n, err := c.desk.Fill(ctx, c.karin(), c.start)
		if err != nil || n != 1 || c.referral(c.people[1]).State != referral.Called {
			t.Errorf("the place did not go to the next: %d %v", n, err)
		}
		was, err = c.desk.Redirect(ctx, c.karin(), c.people[1], c.refs[1], 2, "Vårdcentralen", true)
		if err != nil || was.ID != c.start || c.referral(c.people[1]).State != referral.Redirected {
			t.Errorf("redirected: %v", err)
		}
	})
}

func TestOneWhoWaitsWithdrawsWithoutACall(t *testing.T) {
	calling(t, 1, 2, func(t *testing.T, c callers) {
		was, err := c.desk.Withdraw(t.Context(), c.karin(), c.people[1], c.refs[1], 1)
		if err != nil || was.ID != 0 || c.referral(c.people[1]).State != referral.Withdrawn || c.counting() != 1 {
			t.Errorf("%+v %v", was, err)
		}
	})
}

func TestAYesPutBackOnAFullListTakesAReason(t *testing.T) {
	for _, first := range []intake.Answer{intake.No, intake.Other} {
		t.Run(string(first), func(t *testing.T) {
			calling(t, 1, 2, func(t *testing.T, c callers) {
				ctx, who := t.Context(), c.people[0]
				must(t, c.desk.Answer(ctx, c.karin(), c.start, who, first))
				must(t, c.desk.CallOne(ctx, c.karin(), c.start, c.people[1], ""))
				for _, back := range []intake.Answer{intake.Yes, intake.Silent} {
					if f := fault.Fields(c.desk.Answer(ctx, c.karin(), c.start, who, back)); len(f) != 1 || f[0].Field != "why" {
						t.Errorf("%q on a full list: %v", back, f)
					}
				}
				if c.counting() != 1 {
					t.Fatalf("%d count", c.counting())
				}
				must(t, c.desk.AnswerBeyond(ctx, c.karin(), c.start, who, intake.Yes, "Barnvakten löste sig"))
				if x := c.line(who); !x.Extra || x.Why != "Barnvakten löste sig" || x.Answer != intake.Yes {
					t.Errorf("%+v", x)
				}
				must(t, c.desk.Answer(ctx, c.karin(), c.start, who, intake.Silent))
			})
		})
	}
}

func TestSixtyFourPutAYesBackAndTheNumberToCallHolds(t *testing.T) {
	const calls = 3
	calling(t, calls, 2*calls, func(t *testing.T, c callers) {
		ctx := t.Context()
		for range 2 {
			for _, x := range c.people {
				if l := c.line(x); l != nil && l.Answer == intake.Silent {
					must(t, c.desk.Answer(ctx, c.karin(), c.start, x, intake.No))
				}
			}
			for _, x := range c.people { // those that have not been asked
				if c.line(x) == nil {
					must(t, c.desk.CallOne(ctx, c.karin(), c.start, x, ""))
				}
			}
		}
		if c.counting() != 0 {
			t.Fatalf("%d count before", c.counting())
		}
		var wg sync.WaitGroup
		actors := make([]*access.Actor, 64)
		for i := range actors {
			actors[i] = c.karin()
		}
		errs := make([]error, len(actors))
		for i, a := range actors {
			wg.Go(func() { errs[i] = c.desk.Answer(ctx, a, c.start, c.people[i%len(c.people)], intake.Yes) })
		}
		wg.Wait()
		for _, err := range errs {
			if err != nil && fault.Fields(err) == nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
		if n := c.counting(); n != calls {
			t.Errorf("%d count, %d are to be called", n, calls)
		}
	})
}
