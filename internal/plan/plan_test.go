package plan_test

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"sluss/internal/access"
	"sluss/internal/contact"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

const words = "Jag vill arbeta med mat igen."

// table is a desk, a coach and a participant.
type table struct {
	*demotest.World
	desk *plan.Desk
	who  id.Person
	t    *testing.T
}

// sit runs f with a participant of the coach Lena on both engines.
func sit(t *testing.T, f func(t *testing.T, x table)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		f(t, table{w, &plan.Desk{Store: s}, w.Participant(t, "karin", "lena", "Samira", "Haddad"), t})
	})
}

func (x table) lena() *access.Actor { return x.Actor(x.t, "lena") }

func (x table) open() plan.View {
	x.t.Helper()
	v, err := x.desk.Open(x.t.Context(), x.lena(), x.who, plan.Need|access.Identity|access.Assessment, access.Read)
	x.ok(err)
	return v
}

func (x table) ok(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func (x table) goal(text string) plan.GoalID {
	x.t.Helper()
	g, err := x.desk.WriteGoal(x.t.Context(), x.lena(), x.who, plan.GoalForm{Words: text, Lang: "sv"})
	x.ok(err)
	return g
}

func (x table) task(text string, who plan.Who) plan.TaskID {
	x.t.Helper()
	k, err := x.desk.WriteTask(x.t.Context(), x.lena(), x.who, plan.TaskForm{Words: text, Who: who})
	x.ok(err)
	return k
}

// events gives the kinds and codes of the person's events about the plan, in alphabetical order.
func (x table) events() []string {
	x.t.Helper()
	var list []string
	x.ok(x.Store.Read(x.t.Context(), func(tx *store.Tx) (err error) {
		list, err = store.All(x.t.Context(), tx, store.Q(`SELECT kind, code FROM thread_event WHERE area_id = $1 AND person_id = $2 ORDER BY event_id`),
			[]any{x.Place.Area, x.who}, func(r *store.Cursor) (string, error) {
				var kind, code string
				err := r.Scan(&kind, &code)
				return strings.TrimSpace(kind + " " + code), err
			})
		return err
	}))
	slices.Sort(list)
	return slices.DeleteFunc(list, func(s string) bool {
		return !strings.HasPrefix(s, "goal") && !strings.HasPrefix(s, "plan") && !strings.HasPrefix(s, "step") && !strings.HasPrefix(s, "task") && !strings.HasPrefix(s, "measure")
	})
}

func TestAPersonWithoutAPlanIsInTheFirstStep(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		v := x.open()
		if v.ID != 0 || v.Here() != 1 || v.StepOn != x.Now().Date() || v.State != plan.Draft {
			t.Errorf("%+v", v.Plan)
		}
	})
}

func TestChangedWordsKeepTheFormerOnesAndNeedANewYes(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		ctx := t.Context()
		g := x.goal(words)
		x.ok(x.desk.AgreeGoal(ctx, x.lena(), x.who, g, 1, plan.AtTable, ""))
		if got := x.open().Goals[0]; got.YesOn != x.Now().Date() || got.YesHow != plan.AtTable {
			t.Fatalf("no yes: %+v", got)
		}
		said := x.Now().Date()
		x.Pass(3)
		x.ok(x.desk.ChangeGoal(ctx, x.lena(), x.who, g, 2, plan.GoalForm{Words: "أريد أن أعمل", Lang: "ar", Translation: "Jag vill arbeta", Translator: "Huda Karim"}))
		got := x.open().Goals[0]
		if got.YesOn != "" || got.Words != "أريد أن أعمل" || got.Swedish() != "Jag vill arbeta" || got.SaidOn != x.Now().Date() {
			t.Errorf("now: %+v", got)
		}
		old, err := x.desk.History(ctx, x.lena(), x.who, g)
		x.ok(err)
		want := []plan.Former{{Words: words, Lang: "sv", SaidOn: said, YesOn: said, ChangedOn: x.Now().Date()}}
		if !reflect.DeepEqual(old, want) {
			t.Errorf("former: %+v", old)
		}
	})
}

// A goal that was said in Swedish is read in the person's language too, until its words change.
func TestAGoalInSwedishIsTranslatedIntoThePersonsLanguage(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		g := x.goal(words)
		f := plan.GoalForm{Words: words, Lang: "sv", Translation: "أريد أن أعمل", To: "ar", Translator: "Huda Karim"}
		x.ok(x.desk.AgreeGoal(t.Context(), x.lena(), x.who, g, 1, plan.AtTable, ""))
		x.ok(x.desk.ChangeGoal(t.Context(), x.lena(), x.who, g, 2, f))
		got := x.open().Goals[0]
		if got.In("ar") != f.Translation || got.Swedish() != words || got.In("en") != "" || got.YesOn == "" {
			t.Errorf("translated: %+v", got)
		}
		f.To = "sv"
		x.ok(x.desk.ChangeGoal(t.Context(), x.lena(), x.who, g, 3, f))
		if got := x.open().Goals[0]; got.Translation != "" || got.To != "" || got.Translator != "" || got.Swedish() != words {
			t.Errorf("Swedish into Swedish: %+v", got)
		}
		old, err := x.desk.History(t.Context(), x.lena(), x.who, g)
		x.ok(err)
		if len(old) != 2 || old[0].To != "ar" || old[0].Translation != "أريد أن أعمل" {
			t.Errorf("former: %+v", old)
		}
	})
}

func TestThePlanTellsWhenOneMeetsNext(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		desk, today := &contact.Desk{Store: x.Store}, x.Now().Date()
		for _, m := range []contact.Form{{On: today.Add(9), At: "10:00"}, {On: today.Add(4), At: "10:00"}, {On: today, At: "00:05"}} {
			m.How = "here"
			_, err := desk.Plan(t.Context(), x.lena(), x.who, m)
			x.ok(err)
		}
		see := func(c access.Category) plan.View {
			v, err := x.desk.Open(t.Context(), x.lena(), x.who, plan.Need|access.Identity|c, access.Export)
			x.ok(err)
			return v
		}
		if v := see(access.Contact); v.NextOn != today.Add(4) || v.NextAt != "10:00" {
			t.Errorf("next is %s %s", v.NextOn, v.NextAt)
		}
		if v := see(0); v.NextOn != "" {
			t.Errorf("who may not read the calendar is told %s", v.NextOn)
		}
		x.Pass(5)
		if v := see(access.Contact); v.NextOn != today.Add(9) {
			t.Errorf("after the first, next is %s", v.NextOn)
		}
	})
}

func TestATranslationNeedsItsTranslatorAndKeepsTheYes(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		g := x.goal(words)
		f := plan.GoalForm{Words: "I want to cook", Lang: "en", Translation: "Jag vill laga mat"}
		if got := fault.Fields(x.desk.ChangeGoal(t.Context(), x.lena(), x.who, g, 1, f)); len(got) != 1 || got[0].Field != "translator" {
			t.Fatalf("translation without translator: %v", got)
		}
		f.Translation = ""
		x.ok(x.desk.ChangeGoal(t.Context(), x.lena(), x.who, g, 1, f))
		x.ok(x.desk.AgreeGoal(t.Context(), x.lena(), x.who, g, 2, plan.OnPaper, x.Now().Date().Add(-1)))
		f.Translation, f.Translator = "Jag vill laga mat", "Lena"
		x.ok(x.desk.ChangeGoal(t.Context(), x.lena(), x.who, g, 3, f))
		if got := x.open().Goals[0]; got.YesOn != x.Now().Date().Add(-1) || got.YesHow != plan.OnPaper || got.Translation == "" {
			t.Errorf("%+v", got)
		}
	})
}

func TestTheSecondOfTwoEditorsLosesNothing(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		g := x.goal(words)
		x.ok(x.desk.ChangeGoal(t.Context(), x.lena(), x.who, g, 1, plan.GoalForm{Words: "Först", Lang: "sv"}))
		err := x.desk.ChangeGoal(t.Context(), x.Actor(t, "samar"), x.who, g, 1, plan.GoalForm{Words: "Sedan", Lang: "sv"})
		if err != fault.Stale {
			t.Fatalf("second editor: %v", err)
		}
		if got := x.open().Goals[0].Words; got != "Först" {
			t.Errorf("words %q", got)
		}
	})
}

func TestOfTwoWhoSaveAtOnceOneIsTold(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		g := x.goal(words)
		actors := []*access.Actor{x.lena(), x.Actor(t, "samar")}
		errs := make([]error, len(actors))
		var wait sync.WaitGroup
		for i, a := range actors {
			wait.Go(func() {
				errs[i] = x.desk.ChangeGoal(t.Context(), a, x.who, g, 1, plan.GoalForm{Words: fmt.Sprint("nummer ", i), Lang: "sv"})
			})
		}
		wait.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || errs[0] != nil && errs[0] != fault.Stale || errs[1] != nil && errs[1] != fault.Stale {
			t.Errorf("%v, %v", errs[0], errs[1])
		}
	})
}

func TestGoalsKeepThePersonsOrder(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		a, b, c := x.goal("a"), x.goal("b"), x.goal("c")
		x.ok(x.desk.EndGoal(t.Context(), x.lena(), x.who, b, 1, plan.Dropped))
		x.ok(x.desk.RaiseGoal(t.Context(), x.lena(), x.who, c, 1))
		open := x.open().OpenGoals()
		if len(open) != 2 || open[0].ID != c || open[1].ID != a {
			t.Errorf("%+v", open)
		}
	})
}

func TestATaskThatMovesIsAnEvent(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		k := x.task("Ringa vårdcentralen", plan.Staff)
		x.ok(x.desk.MoveTask(t.Context(), x.lena(), x.who, k, 1, plan.Self))
		if err := x.desk.MoveTask(t.Context(), x.lena(), x.who, k, 1, plan.Staff); err != fault.Stale {
			t.Errorf("old version: %v", err)
		}
		if got := x.events(); !slices.Equal(got, []string{"task.moved self"}) {
			t.Errorf("events %v", got)
		}
	})
}

func TestAMeasureIsLooseUntilItServesAGoal(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		ctx := t.Context()
		f := plan.MeasureForm{What: "Samtal om arbetsförmåga", Agency: x.Place.Agencies[org.KindInsurance], From: x.Now().Date()}
		m, err := x.desk.BeginMeasure(ctx, x.lena(), x.who, f)
		x.ok(err)
		if v := x.open(); v.LooseCount() != 1 || !v.Loose(v.Measures[0]) {
			t.Errorf("a measure without a goal is not loose")
		}
		f.Goal = x.goal(words)
		if got := fault.Fields(x.desk.ChangeMeasure(ctx, x.lena(), x.who, m, 1, f)); len(got) != 2 || got[0].Field != "why" || got[1].Field != "next" {
			t.Errorf("tied without why and next: %v", got)
		}
		f.WhyNow, f.WhatNext = "För att veta", "En praktik"
		x.ok(x.desk.ChangeMeasure(ctx, x.lena(), x.who, m, 1, f))
		if x.open().LooseCount() != 0 {
			t.Errorf("a tied measure is loose")
		}
		x.ok(x.desk.EndGoal(ctx, x.lena(), x.who, f.Goal, 1, plan.Dropped))
		if x.open().LooseCount() != 1 {
			t.Errorf("a measure for a withdrawn goal is not loose")
		}
		x.ok(x.desk.EndMeasure(ctx, x.lena(), x.who, m, 2, x.Now().Date(), "Två träffar till"))
		v := x.open()
		if v.LooseCount() != 0 || v.Measures[0].Went != "Två träffar till" {
			t.Errorf("ended: %+v", v.Measures[0])
		}
		if got := x.events(); !slices.Equal(got, []string{"goal.written", "goal.written withdrawn", "measure.begun", "measure.ended"}) {
			t.Errorf("events %v", got)
		}
	})
}

func TestNotSeeingTheThreadMarksTheMeasureAndKeepsTheAgreement(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		ctx := t.Context()
		x.goal(words)
		m, err := x.desk.BeginMeasure(ctx, x.lena(), x.who, plan.MeasureForm{What: "Kurs", Agency: x.Place.Agencies[org.KindEmployment], From: x.Now().Date()})
		x.ok(err)
		x.ok(x.desk.Agree(ctx, x.lena(), x.who, plan.AgreeForm{Version: x.open().Version, How: plan.AtTable}))
		x.ok(x.desk.UnclearMeasure(ctx, x.lena(), x.who, m, 1, true))
		v := x.open()
		if v.Measures[0].UnclearOn != x.Now().Date() || v.State != plan.Agreed {
			t.Errorf("%+v, %s", v.Measures[0], v.State)
		}
		x.ok(x.desk.UnclearMeasure(ctx, x.lena(), x.who, m, 2, false))
		if x.open().Measures[0].UnclearOn != "" {
			t.Errorf("the mark does not go away")
		}
	})
}

func TestInventoriesAreKeptAndCompared(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		ctx := t.Context()
		x.ok(x.desk.Fill(ctx, x.lena(), x.who, "", plan.AtTable, plan.Answers{}))
		if len(x.open().Inventories) != 0 {
			t.Errorf("nothing answered was kept")
		}
		x.ok(x.desk.Fill(ctx, x.lena(), x.who, "", plan.AtTable, plan.Answers{"meaning": {Value: 2}, "home": {Value: 1, Words: "Trångt"}, "unknown": {Value: 1}}))
		x.Pass(30)
		x.ok(x.desk.Fill(ctx, x.lena(), x.who, "", plan.OnPaper, plan.Answers{"meaning": {Value: 3}}))
		v := x.open()
		if len(v.Inventories) != 2 || v.Inventories[1].How != plan.OnPaper {
			t.Fatalf("%+v", v.Inventories)
		}
		want := []plan.Change{{Item: "meaning", Was: plan.Answer{Value: 2}, Is: plan.Answer{Value: 3}}, {Item: "home", Was: plan.Answer{Value: 1, Words: "Trångt"}}}
		if got := plan.Compare(v.Inventories[0], v.Inventories[1]); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v", got)
		}
		if err := x.desk.Fill(ctx, x.lena(), x.who, "", plan.AtTable, plan.Answers{"now": {Value: 5}}); !fault.Is(err, fault.Invalid) {
			t.Errorf("off the scale: %v", err)
		}
	})
}

func TestAnotherUnitKnowsNothingOfThePlan(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		ctx := t.Context()
		g, k := x.goal(words), x.task("Ringa", plan.Staff)
		for _, key := range []string{"petra", "ida"} {
			a := x.Actor(t, key)
			_, err := x.desk.Open(ctx, a, x.who, plan.Need, access.Read)
			_, write := x.desk.WriteGoal(ctx, a, x.who, plan.GoalForm{Words: "x", Lang: "sv"})
			for i, err := range []error{err, write, x.desk.ChangeGoal(ctx, a, x.who, g, 1, plan.GoalForm{Words: "x", Lang: "sv"}), x.desk.MoveTask(ctx, a, x.who, k, 1, plan.Self),
				x.desk.Agree(ctx, a, x.who, plan.AgreeForm{How: plan.AtTable}), x.desk.Step(ctx, a, x.who, plan.StepForm{To: 2, Answer: plan.Yes, How: plan.AtTable}),
				x.desk.Fill(ctx, a, x.who, "", plan.AtTable, plan.Answers{"now": {Value: 1}})} {
				if !fault.Is(err, fault.NotFound) {
					t.Errorf("%s, act %d: %v", key, i, err)
				}
			}
		}
	})
}

func TestReceptionDoesNotReadPlans(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		if _, err := x.desk.Open(t.Context(), x.Actor(t, "britt"), x.who, plan.Need, access.Read); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v", err)
		}
	})
}

func TestAnothersGoalIsNotInThePlan(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		other := x.Participant(t, "karin", "lena", "Nour", "Darwish")
		g, err := x.desk.WriteGoal(t.Context(), x.lena(), other, plan.GoalForm{Words: "Nours", Lang: "sv"})
		x.ok(err)
		x.goal(words)
		if err := x.desk.ChangeGoal(t.Context(), x.lena(), x.who, g, 1, plan.GoalForm{Words: "x", Lang: "sv"}); err != fault.Missing {
			t.Errorf("change: %v", err)
		}
		if err := x.desk.EndGoal(t.Context(), x.lena(), x.who, g, 1, plan.Done); err != fault.Stale {
			t.Errorf("end: %v", err)
		}
		if _, err := x.desk.History(t.Context(), x.lena(), x.who, g); err != fault.Missing {
			t.Errorf("history: %v", err)
		}
	})
}

func TestSomebodyInTheQueueHasNoPlan(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		_, who := x.Queued(t, "karin", "Amina", "Warsame", "")
		_, err := x.desk.WriteGoal(t.Context(), x.lena(), who, plan.GoalForm{Words: "x", Lang: "sv"})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("%v", err)
		}
	})
}

func TestTheSummaryIsThePlanInShort(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		x.goal(words)
		x.task("Ringa", plan.Self)
		a := x.lena()
		x.ok(x.Store.Read(t.Context(), func(tx *store.Tx) error {
			acc, err := access.Open(t.Context(), tx, a, x.who, plan.Need, access.Read, access.ForPlan)
			if err != nil {
				return err
			}
			s, err := plan.Summary(t.Context(), tx, a, acc)
			if err != nil {
				return err
			}
			if !s.Begun || len(s.Goals) != 1 || s.Step != (plan.Step{No: 1, Name: "Landa", Since: x.Now().Date()}) || s.State != plan.Draft {
				t.Errorf("%+v", s)
			}
			step, err := plan.StepOf(t.Context(), tx, a, acc)
			if err != nil || step != s.Step {
				t.Errorf("step %+v, %v", step, err)
			}
			tasks, err := plan.Tasks(t.Context(), tx, a, acc)
			if len(tasks) != 1 {
				t.Errorf("tasks %+v", tasks)
			}
			return err
		}))
	})
}
