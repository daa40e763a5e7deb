package evaluation_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/demo/demotest"
	"sluss/internal/evaluation"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// circle is the demo's world with an activity that lena leads, and some who take part in it.
type circle struct {
	*demotest.World
	d   *evaluation.Desk
	x   activity.ID
	who []id.Person
	at  []place.ID
}

func circleOf(t testing.TB, s *store.Store, people int) *circle {
	t.Helper()
	c := &circle{World: demotest.New(t, s), d: &evaluation.Desk{Store: s}}
	karin, ctx, offer, places := c.Actor(t, "karin"), t.Context(), &activity.Desk{Store: s}, &place.Desk{Store: s}
	var err error
	c.x, err = offer.Add(ctx, karin, activity.Type{Together: 1, Size: 20, Words: map[string]activity.Words{"sv": {Name: "Samtalscirkeln", Purpose: "Att prata"}}}, "Den behövs")
	must(t, err)
	must(t, offer.Decide(ctx, karin, c.x, 1, activity.Runs, "Nu"))
	run, err := (&schedule.Desk{Store: s}).Plan(ctx, karin, schedule.Run{Activity: c.x, Entry: schedule.Rolling, From: karin.Today(), To: karin.Today().Add(42), Weeks: 6, Places: 20},
		[]schedule.Turn{{Weekday: time.Tuesday, At: "09:00", Until: "11:00", Leaders: []id.Post{c.Place.Posts["lena"]}}})
	must(t, err)
	lena := c.Actor(t, "lena")
	for i := range people {
		who := c.Participant(t, "karin", "lena", fmt.Sprintf("Person%c", 'A'+i), "Ek")
		k, err := places.Wish(ctx, lena, who, c.x, "Jag vill prata")
		must(t, err)
		must(t, places.Offer(ctx, lena, who, k, 1, place.Offer{Run: run, From: lena.Today()}))
		must(t, places.Answer(ctx, lena, who, k, 2, true))
		c.who, c.at = append(c.who, who), append(c.at, k)
	}
	return c
}

func (c *circle) answers(t testing.TB, i int, line string, words ...string) {
	t.Helper()
	must(t, c.d.AnswerOwn(t.Context(), c.Themself(t, c.who[i]), c.at[i], evaluation.Form{Answers: [3]string(words), Line: line, Show: true}))
}

func (c *circle) sees(t testing.TB, worker string) (v evaluation.View) {
	t.Helper()
	must(t, c.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		v, err = evaluation.Of(t.Context(), tx, c.Actor(t, worker), c.x)
		return err
	}))
	return v
}

func (c *circle) own(t testing.TB, i int) (list []evaluation.Mine) {
	t.Helper()
	me := c.Themself(t, c.who[i])
	must(t, c.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(t.Context(), tx, me, evaluation.Need, access.Read)
		if err == nil {
			list, err = evaluation.OwnOf(t.Context(), tx, me, a)
		}
		return err
	}))
	return list
}

func TestNobodyIsAskedBeforeAWhileAndWhatTheyAnsweredIsShownToThemAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c, ctx := circleOf(t, s, 1), t.Context()
		if list := c.own(t, 0); len(list) != 0 {
			t.Errorf("asked on the first day: %+v", list)
		}
		f := evaluation.Form{Answers: [3]string{"yes", "", "no"}, Line: "Bra fika"}
		if err := c.d.AnswerOwn(ctx, c.Themself(t, c.who[0]), c.at[0], f); !fault.Is(err, fault.NotFound) {
			t.Errorf("answered on the first day: %v", err)
		}
		c.Pass(21)
		must(t, c.d.Answer(ctx, c.Actor(t, "lena"), c.who[0], c.at[0], evaluation.AtTable, f))
		list := c.own(t, 0)
		if len(list) != 1 || list[0].Form != f || list[0].On != c.Now().Date() || !list[0].Open || list[0].Name("en") != "Samtalscirkeln" {
			t.Fatalf("its owner reads %+v", list)
		}
		lena := c.Actor(t, "lena")
		must(t, c.Store.Read(ctx, func(tx *store.Tx) error {
			a, err := access.Open(ctx, tx, lena, c.who[0], evaluation.Need, access.Read, access.ForTogether)
			must(t, err)
			asked, err := evaluation.Asked(ctx, tx, lena, a)
			if len(asked) != 1 || asked[0].Form != (evaluation.Form{}) {
				t.Errorf("staff are told %+v", asked)
			}
			if _, err := evaluation.OwnOf(ctx, tx, lena, a); !fault.Is(err, fault.NotFound) {
				t.Errorf("staff read what was answered: %v", err)
			}
			return err
		}))
		if err := c.d.Answer(ctx, c.Actor(t, "ida"), c.who[0], c.at[0], evaluation.AtTable, f); !fault.Is(err, fault.NotFound) {
			t.Errorf("another unit's worker: %v", err)
		}
		must(t, c.d.TakeOwn(ctx, c.Themself(t, c.who[0]), c.at[0]))
		if list := c.own(t, 0); len(list) != 1 || list[0].On != "" || list[0].Line != "" {
			t.Errorf("taken back: %+v", list)
		}
	})
}

func TestAnEvaluationThatSaysNothingIsRefused(t *testing.T) {
	c := circleOf(t, storetest.Open(t, storetest.SQLite(t)), 1)
	c.Pass(21)
	for field, f := range map[string]evaluation.Form{"welcome": {}, "useful": {Answers: [3]string{"", "great", ""}}, "line": {Line: strings.Repeat("a", 301)}} {
		if got := fault.Fields(c.d.AnswerOwn(t.Context(), c.Themself(t, c.who[0]), c.at[0], f)); len(got) != 1 || got[0].Field != field {
			t.Errorf("%s: %+v", field, got)
		}
	}
}

func TestThoseWhoLeadSeeWhatFiveHaveAnsweredWhenTheMonthIsOverAndNeverAFew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := circleOf(t, s, 6)
		c.Pass(21)
		for i := range 4 {
			c.answers(t, i, "", "yes", "yes", "yes")
		}
		c.nextMonth()
		if v := c.sees(t, "lena"); !v.May || len(v.Groups) != 0 {
			t.Errorf("of four: %+v", v)
		}
		c.answers(t, 4, "", "yes", "no", "")
		if v := c.sees(t, "lena"); len(v.Groups) != 0 {
			t.Errorf("of a month that goes on: %+v", v)
		}
		c.nextMonth()
		for _, worker := range []string{"lena", "karin"} {
			v := c.sees(t, worker)
			h := evaluation.Hidden
			if len(v.Groups) != 1 || v.Groups[0].People != 5 || v.Groups[0].Parts != [3][4]int{{5, 0, 0, 0}, {h, h, h, h}, {h, h, h, h}} {
				t.Errorf("%s sees %+v", worker, v.Groups)
			}
		}
		for _, worker := range []string{"ibrahim"} {
			if v := c.sees(t, worker); v.May || v.Groups != nil {
				t.Errorf("%s leads nothing and sees %+v", worker, v)
			}
		}
		// One who takes back, or thinks otherwise, changes no sum that has been seen.
		before := c.sees(t, "lena")
		must(t, c.d.TakeOwn(t.Context(), c.Themself(t, c.who[4]), c.at[4]))
		c.answers(t, 0, "", "no", "no", "no")
		if got := c.sees(t, "lena"); !slices.Equal(got.Groups, before.Groups) {
			t.Errorf("the sum was %+v and is %+v", before.Groups, got.Groups)
		}
		if list := c.own(t, 4); len(list) > 0 && list[0].On != "" {
			t.Errorf("it is still theirs: %+v", list)
		}
	})
}

// nextMonth passes to the first of the next month.
func (c *circle) nextMonth() {
	today := c.Now().Date()
	c.Pass(today.Month().AddMonths(1).Sub(today))
}

func TestLinesAreReadWhenFiveLetThemBeAndAreGoneWhenTheyAreTakenBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := circleOf(t, s, 6)
		c.Pass(21)
		for i := range 5 {
			c.answers(t, i, fmt.Sprintf("Rad %c", 'E'-i), "yes", "yes", "yes")
		}
		must(t, c.d.AnswerOwn(t.Context(), c.Themself(t, c.who[5]), c.at[5], evaluation.Form{Answers: [3]string{"yes", "yes", "yes"}, Line: "Bara jag"}))
		if v := c.sees(t, "lena"); v.Lines != nil {
			t.Errorf("in the month itself: %v", v.Lines)
		}
		c.nextMonth()
		if v := c.sees(t, "lena"); !slices.Equal(v.Lines, []string{"Rad A", "Rad B", "Rad C", "Rad D", "Rad E"}) {
			t.Errorf("those who lead read %v", v.Lines)
		}
		must(t, c.d.TakeOwn(t.Context(), c.Themself(t, c.who[0]), c.at[0]))
		if v := c.sees(t, "lena"); v.Lines != nil {
			t.Errorf("of four: %v", v.Lines)
		}
	})
}
