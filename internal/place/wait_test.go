package place_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/job"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// due does the jobs about places whose time has come, each twice, as one is that was killed before it was noted.
func (g group) due(t testing.TB) {
	t.Helper()
	var jobs []job.Job
	must(t, g.Store.Write(t.Context(), func(tx *store.Tx) (err error) {
		jobs, err = store.All(t.Context(), tx, store.Q(`SELECT kind, payload FROM job WHERE area_id = $1 AND kind LIKE 'place.%' AND run_at <= $2 ORDER BY run_at, job_id`),
			[]any{g.Place.Area, int64(g.Now())}, func(r *store.Cursor) (j job.Job, err error) {
				var payload string
				err = r.Scan(&j.Kind, &payload)
				j.Area, j.Payload = g.Place.Area, json.RawMessage(payload)
				return j, err
			})
		if err == nil {
			_, err = tx.Exec(t.Context(), store.Q(`DELETE FROM job WHERE area_id = $1 AND kind LIKE 'place.%' AND run_at <= $2`), g.Place.Area, int64(g.Now()))
		}
		return err
	}))
	for _, j := range append(jobs, jobs...) {
		must(t, g.d.Kinds(g.Clock())[j.Kind](t.Context(), j))
	}
}

// waits are the names of those who wait or are offered, in their turn; of one who is offered with the last day.
func (g group) waits(t testing.TB, key string) (names []string) {
	t.Helper()
	must(t, g.Store.Read(t.Context(), func(tx *store.Tx) error {
		list, err := place.Waits(t.Context(), tx, g.Actor(t, key), g.x)
		names = nil
		for _, w := range list {
			names = append(names, w.Name)
			if w.State == place.Offered {
				names[len(names)-1] += " " + string(w.AnswerBy)
			}
		}
		return err
	}))
	return names
}

func (g group) waitAre(t testing.TB, want ...string) {
	t.Helper()
	if got := g.waits(t, "karin"); !slices.Equal(got, want) {
		t.Errorf("they wait in the order %q, want %q", got, want)
	}
}

func TestAPlaceThatBecomesFreeGoesToTheNextInTurnWithALastDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 1)
		ctx := t.Context()
		who, k := g.takes(t, "Roger", g.Now().Date())
		first, a := g.wishes(t, "Amal")
		g.wishes(t, "Bo")
		third, c := g.wishes(t, "Cia")
		must(t, g.d.StepOut(ctx, g.Actor(t, "lena"), who, k, 3, g.Now().Date(), ""))
		g.due(t)
		g.waitAre(t, "Amal Ek", "Bo Ek", "Cia Ek") // nobody yet: it can be taken back today
		g.Pass(1)
		g.due(t)
		g.waitAre(t, "Amal Ek 2026-10-20", "Bo Ek", "Cia Ek")
		if p := g.one(t, first); p.From != "" || p.Run != g.run {
			t.Errorf("offered %+v", p)
		}
		g.Pass(7)
		g.due(t)
		g.waitAre(t, "Amal Ek 2026-10-20", "Bo Ek", "Cia Ek") // the last day itself
		g.Pass(1)
		before := g.kinds(t, first)
		g.due(t)
		g.waitAre(t, "Amal Ek", "Bo Ek 2026-10-28", "Cia Ek")
		if p := g.one(t, first); p.State != place.Wished || p.WishedOn != clock.Date("2026-10-12") || p.Because == "" {
			t.Errorf("who did not answer has %+v", p)
		}
		if after := g.kinds(t, first); !slices.Equal(after, before) {
			t.Errorf("of who did not answer it is told %v", after)
		}
		g.Pass(8)
		g.due(t)
		g.waitAre(t, "Amal Ek", "Bo Ek", "Cia Ek 2026-11-05")
		must(t, g.d.Answer(ctx, g.Actor(t, "lena"), third, c, 2, true))
		if p := g.one(t, third); p.State != place.Held || p.From != g.Now().Date() || p.AnswerBy != "" {
			t.Errorf("after a yes: %+v", p)
		}
		must(t, g.d.Withdraw(ctx, g.Actor(t, "lena"), first, a, 3))
		g.waitAre(t, "Bo Ek")
	})
}

func TestWhoWasAskedIsAskedAgainOfTheNextPlaceAndNotOfTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 2)
		ctx := t.Context()
		one, k := g.takes(t, "Roger", g.Now().Date())
		two, l := g.takes(t, "Rut", g.Now().Date())
		amal, a := g.wishes(t, "Amal")
		must(t, g.d.StepOut(ctx, g.Actor(t, "lena"), one, k, 3, g.Now().Date(), ""))
		g.Pass(1)
		g.due(t)
		must(t, g.d.AnswerOwn(ctx, g.Themself(t, amal), a, 2, false))
		g.waitAre(t, "Amal Ek")
		must(t, g.d.StepOut(ctx, g.Actor(t, "lena"), two, l, 3, g.Now().Date(), ""))
		g.Pass(1)
		g.due(t)
		g.waitAre(t, "Amal Ek 2026-10-21")
	})
}

func TestWhoComesBeforeOthersDoesSoForAReasonThatIsShown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 1)
		lena, ctx := g.Actor(t, "lena"), t.Context()
		g.wishes(t, "Amal")
		bo, b := g.wishes(t, "Bo")
		cia, c := g.wishes(t, "Cia")
		if err := g.d.Move(ctx, lena, cia, c, 1, " "); field(err) != "moved place.move.needed" {
			t.Errorf("moved without a reason: %v", err)
		}
		must(t, g.d.Move(ctx, lena, cia, c, 1, "Börjar jobba i mars"))
		g.waitAre(t, "Cia Ek", "Amal Ek", "Bo Ek")
		if p := g.one(t, cia); p.Moved != "Börjar jobba i mars" || p.MovedBy != lena.Post() {
			t.Errorf("moved: %+v", p)
		}
		o := place.Offer{Run: g.run, From: lena.Today()}
		if err := g.d.Offer(ctx, lena, bo, b, 1, o); field(err) != "past place.past.needed" {
			t.Errorf("offered past two others: %v", err)
		}
		must(t, g.d.Unmove(ctx, lena, cia, c, 2))
		g.waitAre(t, "Amal Ek", "Bo Ek", "Cia Ek")
		o.Past = "De andra väntar till våren"
		must(t, g.d.Offer(ctx, lena, bo, b, 1, o))
		g.waitAre(t, "Bo Ek 2026-10-19", "Amal Ek", "Cia Ek")
		if p := g.one(t, bo); p.Moved != o.Past {
			t.Errorf("the reason is %q", p.Moved)
		}
	})
}

func TestThePressForTheNextNeverOffersMoreThanIsFree(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const many, room, waiting = 64, 7, 20
		g := grouped(t, s, schedule.Rolling, room)
		for i := range waiting {
			g.wishes(t, fmt.Sprint("Namn", i))
		}
		got, all := make([]error, many), sync.WaitGroup{}
		for i := range many {
			a := g.Actor(t, []string{"lena", "karin"}[i%2])
			all.Go(func() { got[i] = g.d.Next(context.WithoutCancel(t.Context()), a, g.x, g.run) })
		}
		all.Wait()
		n := 0
		for i, err := range got {
			if err == nil {
				n++
			} else if f := fault.Of(err); f == nil || f.Key != "place.full" {
				t.Errorf("press %d: %v", i, err)
			}
		}
		offered := 0
		for i, name := range g.waits(t, "karin") {
			if len(name) > len("NamnNN Ek") {
				offered++
				if i >= room {
					t.Errorf("%s is offered a place out of turn", name)
				}
			}
		}
		if n != room || offered != room {
			t.Errorf("%d presses of %d offered, %d stand", n, room, offered)
		}
	})
}

func TestHowLongAnOfferIsHeldIsTheUnitsOwn(t *testing.T) {
	g := grouped(t, storetest.Open(t, storetest.SQLite(t)), schedule.Rolling, 2)
	ctx, karin := t.Context(), g.Actor(t, "omar")
	must(t, g.Store.Write(ctx, func(tx *store.Tx) error {
		return org.Decide(ctx, tx, karin, org.SetOffer, "3", karin.Today(), "Många väntar")
	}))
	who, _ := g.wishes(t, "Roger")
	must(t, g.d.Next(ctx, g.Actor(t, "karin"), g.x, g.run))
	if p := g.one(t, who); p.AnswerBy != karin.Today().Add(3) {
		t.Errorf("held until %s", p.AnswerBy)
	}
	if err := g.d.Next(ctx, g.Actor(t, "karin"), g.x, g.run); fault.Of(err) == nil || fault.Of(err).Key != "place.wait.nobody" {
		t.Errorf("nobody waits: %v", err)
	}
	if err := g.d.Next(ctx, g.Actor(t, "karin"), g.x+1, g.run); !fault.Is(err, fault.NotFound) {
		t.Errorf("another activity: %v", err)
	}
	if err := g.d.Next(ctx, g.Actor(t, "britt"), g.x, g.run); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the reception: %v", err)
	}
}

func TestWhoIsProtectedStandsInNoListOfWhoWaits(t *testing.T) {
	g := grouped(t, storetest.Open(t, storetest.SQLite(t)), schedule.Rolling, 2)
	who, _ := g.wishes(t, "Roger")
	g.wishes(t, "Amal")
	v, err := g.d.Open(t.Context(), g.Actor(t, "lena"), who)
	must(t, err)
	must(t, (&person.Desk{Store: g.Store}).Protect(t.Context(), g.Actor(t, "omar"), who, person.ProtectForm{Version: v.Person.Version, Kind: person.Marked,
		Posts: []id.Post{g.Place.Posts["omar"], g.Place.Posts["karin"]}}))
	g.waitAre(t, "Amal Ek")
	must(t, g.d.Next(t.Context(), g.Actor(t, "lena"), g.x, g.run))
	if p := g.oneOf(t, "karin", who); p.State != place.Offered {
		t.Errorf("whose turn it was: %+v", p)
	}
	g.waitAre(t, "Amal Ek")
	if got := g.waits(t, "ida"); len(got) != 0 {
		t.Errorf("another unit sees %v", got)
	}
}
