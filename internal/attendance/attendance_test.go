package attendance_test

import (
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/demo/demotest"
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

// circle is an activity that Lena leads each Tuesday, in the demo's world.
type circle struct {
	*demotest.World
	t   testing.TB
	d   *attendance.Desk
	x   activity.ID
	run schedule.RunID
}

func begin(t testing.TB, s *store.Store, weeks int) circle {
	t.Helper()
	c := circle{World: demotest.New(t, s), t: t, d: &attendance.Desk{Store: s}}
	karin, ctx, offer := c.Actor(t, "karin"), t.Context(), &activity.Desk{Store: s}
	var err error
	c.x, err = offer.Add(ctx, karin, activity.Type{Together: 1, Size: 20, Words: map[string]activity.Words{"sv": {Name: "Samtalscirkeln", Purpose: "Att prata"}}}, "Den behövs")
	must(t, err)
	must(t, offer.Decide(ctx, karin, c.x, 1, activity.Runs, "Nu"))
	c.rolls(weeks)
	return c
}

// rolls plans the activity for so many weeks from today on.
func (c *circle) rolls(weeks int) {
	c.t.Helper()
	karin := c.Actor(c.t, "karin")
	var err error
	c.run, err = (&schedule.Desk{Store: c.Store}).Plan(c.t.Context(), karin, schedule.Run{Activity: c.x, Entry: schedule.Rolling, From: karin.Today(), To: karin.Today().Add(7 * weeks), Weeks: 1, Places: 20},
		[]schedule.Turn{{Weekday: time.Tuesday, At: "09:00", Until: "11:00", Leaders: []id.Post{c.Place.Posts["lena"]}}})
	must(c.t, err)
}

// joins gives somebody new a place from the day; lena is their coach.
func (c circle) joins(name string, from clock.Date) id.Person {
	c.t.Helper()
	who, d, lena, ctx := c.Participant(c.t, "karin", "lena", name, "Ek"), &place.Desk{Store: c.Store}, c.Actor(c.t, "lena"), c.t.Context()
	k, err := d.Wish(ctx, lena, who, c.x, "")
	must(c.t, err)
	must(c.t, d.Offer(ctx, lena, who, k, 1, place.Offer{Run: c.run, From: from}))
	must(c.t, d.Answer(ctx, lena, who, k, 2, true))
	return who
}

// occasions are all those of the run, in order.
func (c circle) occasions() (list []schedule.Occasion) {
	c.t.Helper()
	must(c.t, c.Store.Read(c.t.Context(), func(tx *store.Tx) (err error) {
		list, err = schedule.Occasions(c.t.Context(), tx, c.Actor(c.t, "karin"), clock.Span{From: clock.DateOf(demotest.Monday), To: clock.Forever})
		return err
	}))
	return list
}

func (c circle) list(key string, n int) (l attendance.List) {
	c.t.Helper()
	o := c.occasions()[n]
	must(c.t, c.Store.Read(c.t.Context(), func(tx *store.Tx) (err error) {
		l, err = attendance.Of(c.t.Context(), tx, c.Actor(c.t, key), o)
		return err
	}))
	return l
}

func (c circle) view(key string, who id.Person) attendance.View {
	c.t.Helper()
	v, err := c.d.Open(c.t.Context(), c.Actor(c.t, key), who)
	must(c.t, err)
	return v
}

// mine are the person's times as they see them.
func (c circle) mine(who id.Person) (v attendance.View) {
	c.t.Helper()
	me := c.Themself(c.t, who)
	must(c.t, c.Store.Read(c.t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(c.t.Context(), tx, me, attendance.Own, access.Read)
		if err == nil {
			v, err = attendance.Mine(c.t.Context(), tx, me, a)
		}
		return err
	}))
	return v
}

func (c circle) unheard(key string) (names []string) {
	c.t.Helper()
	must(c.t, c.Store.Read(c.t.Context(), func(tx *store.Tx) error {
		list, err := attendance.OfCoach(c.t.Context(), tx, c.Actor(c.t, key), 14)
		for _, u := range list {
			names = append(names, u.Name)
		}
		return err
	}))
	return names
}

func (c circle) take(n int, marks map[id.Person]attendance.Mark) {
	c.t.Helper()
	l := c.list("lena", n)
	must(c.t, c.d.Take(c.t.Context(), c.Actor(c.t, "lena"), l.Occasion.ID, l.Version, marks))
}

func TestAListIsMarkedPutRightAndTakenBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := begin(t, s, 12)
		ctx, first := t.Context(), c.Now().Date()
		anna, bo := c.joins("Anna", first), c.joins("Bo", first)
		l := c.list("lena", 0)
		k := l.Occasion.ID
		all := map[id.Person]attendance.Mark{anna: attendance.Here, bo: attendance.Here}
		if err := c.d.Take(ctx, c.Actor(t, "lena"), k, 0, all); !fault.Is(err, fault.Conflict) {
			t.Errorf("marked before it has begun: %v", err)
		}
		c.Pass(2)
		if l.Guests[0].Usual() != attendance.Here || l.Guests[0].Mark != attendance.Unmarked {
			t.Errorf("begins with %+v", l.Guests[0])
		}
		c.take(0, all)
		if err := c.d.Take(ctx, c.Actor(t, "karin"), k, 0, all); !errors.Is(err, fault.Stale) {
			t.Errorf("marked over what another has marked: %v", err)
		}
		if err := c.d.Take(ctx, c.Actor(t, "petra"), k, 1, all); !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) {
			t.Errorf("marked by another unit: %v", err)
		}
		if err := c.d.Take(ctx, c.Actor(t, "lena"), k, 1, map[id.Person]attendance.Mark{anna: "invalid"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a mark that there is not: %v", err)
		}
		must(t, c.d.Take(ctx, c.Actor(t, "karin"), k, 1, map[id.Person]attendance.Mark{anna: attendance.Here, bo: attendance.Untold}))
		l = c.list("lena", 0)
		if g := l.Guests[1]; !l.Done || l.Version != 2 || l.By != c.Place.Posts["karin"] || g.Mark != attendance.Untold || g.Was != attendance.Here || g.Version != 2 || g.By != c.Place.Posts["karin"] {
			t.Errorf("put right: %+v", l)
		}
		if g := l.Guests[0]; g.Version != 1 || g.By != c.Place.Posts["lena"] {
			t.Errorf("what was as it was is written anew: %+v", g)
		}
		must(t, c.d.Undo(ctx, c.Actor(t, "lena"), k, 2))
		if l = c.list("lena", 0); !l.Done || l.Guests[1].Mark != attendance.Here {
			t.Errorf("taken back: %+v", l)
		}
		h, err := c.d.History(ctx, c.Actor(t, "lena"), bo, k)
		must(t, err)
		if len(h) != 3 || h[0].Mark != attendance.Here || h[1].Mark != attendance.Untold || h[1].By != c.Place.Posts["karin"] || h[2].Mark != attendance.Here {
			t.Errorf("history %+v", h)
		}
	})
}

func TestTheFirstMarkingTakenBackLeavesTheListUnmarked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := begin(t, s, 12)
		anna := c.joins("Anna", c.Now().Date())
		c.Pass(2)
		lists := func() (m map[schedule.OccasionID]bool) {
			must(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
				m, err = attendance.Lists(t.Context(), tx, c.Actor(t, "lena"), clock.Span{From: c.Now().Date().Add(-7), To: c.Now().Date().Add(1)})
				return err
			}))
			return m
		}
		k := c.occasions()[0].ID
		if done, expected := lists()[k]; !expected || done {
			t.Errorf("nobody has marked it: %v %v", expected, done)
		}
		c.take(0, map[id.Person]attendance.Mark{anna: attendance.Part})
		if !lists()[k] {
			t.Error("it is marked, and not said to be")
		}
		must(t, c.d.Undo(t.Context(), c.Actor(t, "lena"), k, 1))
		if l := c.list("lena", 0); lists()[k] || l.Done || l.Guests[0].Mark != attendance.Unmarked || l.Guests[0].Usual() != attendance.Here {
			t.Errorf("taken back: %+v", l)
		}
		if err := c.d.Undo(t.Context(), c.Actor(t, "lena"), k, 2); !errors.Is(err, fault.Stale) {
			t.Errorf("taken back twice: %v", err)
		}
	})
}

func TestWhyIsSeenByThePersonAndTheirCoachAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := begin(t, s, 12)
		anna, other := c.joins("Anna", c.Now().Date()), c.joins("Bo", c.Now().Date())
		k, ctx := c.occasions()[0].ID, t.Context()
		must(t, c.d.TellOwn(ctx, c.Themself(t, anna), k, attendance.Excuse{}))
		must(t, c.d.TellOwn(ctx, c.Themself(t, anna), k, attendance.Excuse{Ill: true, Why: "Feber"}))
		must(t, c.d.Tell(ctx, c.Actor(t, "karin"), anna, k, attendance.Excuse{})) // on the telephone too: nothing is lost
		if w := c.mine(anna).Times[0].Word; w == nil || !w.Ill || w.Why != "Feber" || !w.Ahead || w.By != 0 {
			t.Errorf("the person sees %+v", w)
		}
		if w := c.view("lena", anna).Times[0].Word; w == nil || !w.Ill || w.Why != "Feber" {
			t.Errorf("the coach sees %+v", w)
		}
		for _, key := range []string{"karin", "omar", "samar"} {
			if w := c.view(key, anna).Times[0].Word; w == nil || w.Ill || w.Why != "" {
				t.Errorf("%s sees %+v", key, w)
			}
		}
		if g := c.list("karin", 0).Guests[0]; g.Usual() != attendance.Told || !g.Ahead || !g.Self {
			t.Errorf("the list says %+v", g)
		}
		if w := c.mine(other).Times[0].Word; w != nil {
			t.Errorf("another has told: %+v", w)
		}
		must(t, c.d.TellOnPaper(ctx, c.Actor(t, "lena"), other, k, attendance.Excuse{Why: "Resa"}))
		if w := c.mine(other).Times[0].Word; w == nil || !w.Paper || w.Why != "Resa" || c.mine(anna).Times[0].Word.Paper {
			t.Errorf("typed in from paper: %+v", w)
		}
		must(t, c.d.UntellOwn(ctx, c.Themself(t, anna), k))
		if g := c.list("karin", 0).Guests[0]; g.Usual() != attendance.Here {
			t.Errorf("comes after all, and the list says %+v", g)
		}
		c.Pass(3)
		must(t, c.d.TellOwn(ctx, c.Themself(t, anna), k, attendance.Excuse{}))
		if g := c.list("karin", 0).Guests[0]; g.Ahead || g.Told == 0 {
			t.Errorf("told afterwards, and the list says %+v", g)
		}
		stranger := c.Participant(t, "karin", "lena", "Ceder", "Ek")
		if err := c.d.TellOwn(ctx, c.Themself(t, stranger), k, attendance.Excuse{}); !fault.Is(err, fault.NotFound) {
			t.Errorf("one who has no place tells: %v", err)
		}
		for _, key := range []string{"petra", "erik", "britt"} {
			if err := c.d.Tell(ctx, c.Actor(t, key), anna, k, attendance.Excuse{}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s tells: %v", key, err)
			}
		}
	})
}

// TestAMonthAwayLeadsToACallAndNothingElse: the coach is asked to call, in time and once; the place, the time here, the plan
// and the thread are as they were, and no job waits.
func TestAMonthAwayLeadsToACallAndNothingElse(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := begin(t, s, 12)
		anna, bo := c.joins("Anna", c.Now().Date()), c.joins("Bo", c.Now().Date())
		before := c.rest()
		for n := range 5 {
			c.Pass(2)
			c.take(n, map[id.Person]attendance.Mark{anna: attendance.Untold, bo: attendance.Here})
			want := []string(nil)
			if n >= 2 { // sixteen days and more without a sign
				want = []string{"Anna Ek"}
			}
			if got := c.unheard("lena"); !slices.Equal(got, want) {
				t.Errorf("after %d times away the coach is asked to call %v", n+1, got)
			}
			if got := c.unheard("samar"); got != nil {
				t.Errorf("one who is not the coach is asked to call %v", got)
			}
			c.Pass(5)
		}
		if after := c.rest(); after != before {
			t.Errorf("something came of being away:\n%s\n%s", before, after)
		}
		_, err := (&contact.Desk{Store: s}).Sign(t.Context(), c.Actor(t, "lena"), anna, contact.NoteForm{On: c.Now().Date(), Kind: "phone", Text: "Vi har pratats vid."})
		must(t, err)
		if got := c.unheard("lena"); got != nil {
			t.Errorf("after the call the coach is asked to call %v", got)
		}
	})
}

// rest is all that being away must never touch.
func (c circle) rest() string {
	c.t.Helper()
	text := ""
	must(c.t, c.Store.Read(c.t.Context(), func(tx *store.Tx) error {
		text = ""
		for _, q := range []store.SQL{
			store.Q(`SELECT state || to_on || CAST(version AS text) FROM place WHERE area_id = $1 ORDER BY place_id`),
			store.Q(`SELECT state || CAST(version AS text) FROM enrolment WHERE area_id = $1 ORDER BY enrolment_id`),
			store.Q(`SELECT kind FROM thread_event WHERE area_id = $1 ORDER BY event_id`),
			store.Q(`SELECT kind FROM job WHERE area_id = $1 ORDER BY job_id`),
			store.Q(`SELECT CAST(exit_id AS text) FROM exit WHERE area_id = $1`),
			store.Q(`SELECT CAST(person_id AS text) || to_on FROM tie WHERE area_id = $1 ORDER BY person_id`),
		} {
			list, err := store.All(c.t.Context(), tx, q, []any{c.Place.Area}, func(r *store.Cursor) (x string, err error) {
				err = r.Scan(&x)
				return x, err
			})
			if err != nil {
				return err
			}
			for _, x := range list {
				text += x + " "
			}
			text += "\n"
		}
		return nil
	}))
	return text
}
