package plan_test

import (
	"reflect"
	"slices"
	"sync"
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/plan"
	"sluss/internal/store"
)

func TestWhatWasAgreedStaysAsItWas(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		ctx := t.Context()
		g, k := x.goal(words), x.task("Ringa", plan.Staff)
		if err := x.desk.Share(ctx, x.lena(), x.who, x.open().Version); err != nil || x.open().State != plan.Shared {
			t.Fatalf("share: %v", err)
		}
		f := plan.AgreeForm{Version: x.open().Version, How: plan.AtTable, Who: map[plan.TaskID]plan.Who{k: plan.Together}, Answers: plan.Answers{"now": {Value: 3}}}
		x.ok(x.desk.Agree(ctx, x.lena(), x.who, f))
		v := x.open()
		if v.State != plan.Agreed || v.AgreedOn != x.Now().Date() || v.Goals[0].YesOn == "" || v.Tasks[0].Who != plan.Together || len(v.Inventories) != 1 || len(v.Changed) != 0 {
			t.Fatalf("%+v", v)
		}
		x.Pass(1)
		x.ok(x.desk.ChangeGoal(ctx, x.lena(), x.who, g, v.Goals[0].Version, plan.GoalForm{Words: "Något annat", Lang: "sv"}))
		x.ok(x.desk.MoveTask(ctx, x.lena(), x.who, k, v.Tasks[0].Version, plan.Self))
		v = x.open()
		frozen := v.Agreements[0].Frozen
		if v.State != plan.Draft || frozen.Goals[0].Words != words || frozen.Tasks[0].Who != plan.Together {
			t.Errorf("%s %+v", v.State, frozen)
		}
		want := []plan.Difference{{Kind: "goal", Was: words, Is: "Något annat"}, {Kind: "who", What: "Ringa", Was: "together", Is: "self"}}
		if !reflect.DeepEqual(v.Changed, want) {
			t.Errorf("changed since: %+v", v.Changed)
		}
		if got := x.events(); !slices.Equal(got, []string{"goal.written", "goal.written changed", "plan.agreed table", "plan.shared", "task.moved self", "task.moved together"}) {
			t.Errorf("events %v", got)
		}
	})
}

func TestNobodyAgreesToAPlanThatChangedMeanwhile(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		x.goal(words)
		seen := x.open().Version
		x.task("Nytt", plan.Staff)
		if err := x.desk.Agree(t.Context(), x.lena(), x.who, plan.AgreeForm{Version: seen, How: plan.AtTable}); err != fault.Stale {
			t.Errorf("agree: %v", err)
		}
		if v := x.open(); v.State != plan.Draft || len(v.Agreements) != 0 {
			t.Errorf("something was agreed: %+v", v.Agreements)
		}
	})
}

func TestOfTwoWhoAgreeAtOnceOneIsTold(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		x.goal(words)
		f := plan.AgreeForm{Version: x.open().Version, How: plan.AtTable}
		actors := []*access.Actor{x.lena(), x.Actor(t, "samar")}
		errs := make([]error, len(actors))
		var wait sync.WaitGroup
		for i, a := range actors {
			wait.Go(func() { errs[i] = x.desk.Agree(t.Context(), a, x.who, f) })
		}
		wait.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || len(x.open().Agreements) != 1 {
			t.Errorf("%v, %v, %d agreements", errs[0], errs[1], len(x.open().Agreements))
		}
	})
}

func TestAPlanWithoutAGoalCannotBeAgreed(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		x.task("Ringa", plan.Staff)
		if got := fault.Fields(x.desk.Agree(t.Context(), x.lena(), x.who, plan.AgreeForm{Version: x.open().Version, How: plan.AtTable})); len(got) != 1 || got[0].Key != "plan.agree.empty" {
			t.Errorf("%v", got)
		}
	})
}

func TestAPaperTypedInSaysSo(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		x.goal(words)
		signed := x.Now().Date().Add(-2)
		f := plan.AgreeForm{Version: x.open().Version, How: plan.OnPaper, On: signed, Add: []plan.TaskForm{{Words: "Köpa busskort", Who: plan.Self, Paper: true}}}
		x.ok(x.desk.Agree(t.Context(), x.lena(), x.who, f))
		v := x.open()
		if g := v.Agreements[0]; g.How != plan.OnPaper || g.On != signed || len(g.Tasks) != 1 || !v.Tasks[0].Paper {
			t.Errorf("%+v", g)
		}
		f.Version, f.On = v.Version, x.Now().Date().Add(1)
		if got := fault.Fields(x.desk.Agree(t.Context(), x.lena(), x.who, f)); len(got) != 1 || got[0].Field != "on" {
			t.Errorf("signed tomorrow: %v", got)
		}
	})
}

func TestAStepMovesWithAYesForwardAndBack(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		ctx := t.Context()
		step := func(to int, how plan.How) error {
			return x.desk.Step(ctx, x.lena(), x.who, plan.StepForm{Version: x.open().Version, To: to, Answer: plan.Yes, How: how})
		}
		if err := step(3, plan.AtTable); !fault.Is(err, fault.Conflict) {
			t.Errorf("two steps at once: %v", err)
		}
		x.ok(step(2, plan.AtTable))
		x.Pass(1)
		x.ok(step(1, plan.OnPaper))
		v := x.open()
		if v.Here() != 1 || v.StepOn != x.Now().Date() || len(v.Moves) != 2 || v.Moves[1].How != plan.OnPaper {
			t.Errorf("%+v %+v", v.Plan, v.Moves)
		}
		if got := x.events(); !slices.Equal(got, []string{"step.moved 1", "step.moved 2"}) {
			t.Errorf("events %v", got)
		}
		if err := x.desk.Step(ctx, x.lena(), x.who, plan.StepForm{Version: v.Version - 1, To: 2, Answer: plan.Yes, How: plan.AtTable}); err != fault.Stale {
			t.Errorf("old version: %v", err)
		}
	})
}

func TestAPlanWithoutAPersonsAnswerDoesNotMove(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		for _, f := range []plan.StepForm{{To: 2, How: plan.AtTable}, {To: 2, Answer: plan.Yes}} {
			if got := fault.Fields(x.desk.Step(t.Context(), x.lena(), x.who, f)); len(got) != 1 {
				t.Errorf("%+v: %v", f, got)
			}
		}
	})
}

func TestNotYetLeavesNoTrace(t *testing.T) {
	bases(t, func(t *testing.T, s *store.Store, all func() string) {
		w := demotest.New(t, s)
		x := table{w, &plan.Desk{Store: s}, w.Participant(t, "karin", "lena", "Samira", "Haddad"), t}
		x.goal(words)
		f := plan.StepForm{Version: x.open().Version, To: 2, Answer: plan.Later, How: plan.AtTable}
		a := x.lena()
		a.Once([]byte("a form of its own"))
		before := all()
		x.ok(x.desk.Step(t.Context(), a, x.who, f))
		if all() != before {
			t.Errorf("not yet wrote something")
		}
		if _, shown := a.Shown(); len(shown) != 0 {
			t.Errorf("not yet is to be logged: %+v", shown)
		}
		f.Answer = plan.Yes
		x.ok(x.desk.Step(t.Context(), a, x.who, f))
		if all() == before {
			t.Errorf("the comparison does not see a yes")
		}
	})
}
