package walk

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

const clients = 64

// races runs f on both engines, on a site whose clock goes.
func races(t *testing.T, f func(t *testing.T, s *site)) {
	storetest.Each(t, func(t *testing.T, db *store.Store) {
		w := demotest.New(t, db)
		f(t, siteAt(t, w, ticking(w)))
	})
}

// atOnce runs f n times at once.
func atOnce(n int, f func(i int) *httptest.ResponseRecorder) []*httptest.ResponseRecorder {
	list := make([]*httptest.ResponseRecorder, n)
	var all, gate sync.WaitGroup
	gate.Add(1)
	for i := range n {
		all.Go(func() {
			gate.Wait()
			list[i] = f(i)
		})
	}
	gate.Done()
	all.Wait()
	return list
}

// number reads one number.
func (s *site) number(t *testing.T, q store.SQL, args ...any) (n int64) {
	t.Helper()
	must(t, s.Store.Read(context.WithoutCancel(t.Context()), func(tx *store.Tx) error { return tx.One(t.Context(), q, args, &n) }))
	return n
}

// endings are the ways in which lena loses the right to read somebody.
var endings = []struct {
	name        string
	take, again func(ctx context.Context, tx *store.Tx, s *site, p *soul) error
}{
	{"the post ends", func(ctx context.Context, tx *store.Tx, s *site, _ *soul) error {
		return org.EndPost(ctx, tx, s.Place.Area, s.Place.Posts["lena"], s.clock.Now())
	}, func(ctx context.Context, tx *store.Tx, s *site, _ *soul) error {
		_, err := tx.Exec(ctx, store.Q(`UPDATE post SET ended_at = $3 WHERE area_id = $1 AND post_id = $2`), s.Place.Area, s.Place.Posts["lena"], int64(access.Never))
		return err
	}},
	{"the unit's concern ends", func(ctx context.Context, tx *store.Tx, s *site, p *soul) error {
		return access.Untie(ctx, tx, s.Place.Area, p.id, s.Place.Units["Vuxenslussen"], s.clock.Now().Date(), s.clock.Now())
	}, func(ctx context.Context, tx *store.Tx, s *site, p *soul) error {
		_, err := tx.Exec(ctx, store.Q(`UPDATE tie SET to_on = $3 WHERE area_id = $1 AND person_id = $2`), s.Place.Area, p.id, string(clock.Forever))
		return err
	}},
}

// one is one answered request in the race: whether it was sent after the end had been answered.
type one struct {
	after bool
	shows bool
	code  int
	what  string
}

func TestNothingIsShownOrLoggedAfterTheRightHasEnded(t *testing.T) {
	races(t, func(t *testing.T, s *site) {
		p, _ := s.somebody(t, "raced", "karin", adults)
		n := 20 // with two endings and two engines 50 in all
		if s.Store.Postgres() || testing.Short() {
			n = 5
		}
		if prove {
			n = 250
		}
		before, after, saved := 0, 0, 0
		for i := range n {
			for _, e := range endings {
				b, a, c := s.race(t, fmt.Sprint(e.name, ", ", i), p, e.take)
				before, after, saved = before+b, after+a, saved+c
				s.write(t, func(tx *store.Tx) error { return e.again(t.Context(), tx, s, p) })
			}
		}
		if before < n*10 || after < n*10 || saved == 0 {
			t.Errorf("only %d pages shown, %d notes kept, %d asked for after the end: the races say little", before, saved, after)
		}
		t.Logf("%d races: %d pages shown, %d notes kept, %d asked for after", 2*n, before, saved, after)
	})
}

// race has 64 clients read and change while the right ends, and judges what they got and what the log says.
func (s *site) race(t *testing.T, name string, p *soul, take func(context.Context, *store.Tx, *site, *soul) error) (shown, asked, saved int) {
	t.Helper()
	lena := s.enter(t, "lena")
	rows := s.number(t, named(`post_id = $2`), s.Place.Area, s.Place.Posts["lena"])
	var ended atomic.Bool
	var answered atomic.Int64
	var mu sync.Mutex
	var list []one
	var all sync.WaitGroup
	for i := range clients {
		all.Go(func() {
			for range 3 {
				x := one{after: ended.Load()}
				var res *httptest.ResponseRecorder
				if i%8 == 0 {
					x.what = "note"
					res = lena.post("/arbete/person/"+p.id.String()+"/kontakt/anteckning", url.Values{"text": {"ord"}, "do": {"save"}, "kind": {"phone"}})
				} else {
					res = lena.get("/arbete/person/" + p.id.String())
				}
				x.code, x.shows = res.Code, strings.Contains(strings.ToLower(all_(res)), p.traces[0])
				answered.Add(1)
				mu.Lock()
				list = append(list, x)
				mu.Unlock()
			}
		})
	}
	for answered.Load() < clients/2 {
		runtime.Gosched()
	}
	var epoch int64
	must(t, s.Store.Write(t.Context(), func(tx *store.Tx) (err error) {
		if err := take(t.Context(), tx, s, p); err != nil {
			return err
		}
		epoch, _, err = audit.Epoch(t.Context(), tx, s.Place.Area)
		return err
	}))
	ended.Store(true)
	all.Wait()
	for range 3 {
		x := one{after: true, what: "last"}
		x.shows = strings.Contains(strings.ToLower(all_(lena.get("/arbete/person/"+p.id.String()))), p.traces[0])
		list = append(list, x)
	}
	for _, x := range list {
		switch {
		case x.shows && x.after:
			t.Errorf("%s: a request sent after the end was answered shows the person", name)
		case x.code >= 500 && x.code != 503:
			t.Errorf("%s: %s answered %d", name, x.what, x.code)
		case x.shows:
			shown++
		}
		if x.what == "note" && x.code == 303 {
			saved++
		}
		if x.after {
			asked++
		}
	}
	if n := s.number(t, named(`post_id = $2 AND epoch >= $3`), s.Place.Area, s.Place.Posts["lena"], epoch); n > 0 {
		t.Errorf("%s: %d disclosures stand in the log after the event that ended the right", name, n)
	}
	if n := s.number(t, named(`post_id = $2`), s.Place.Area, s.Place.Posts["lena"]); int(n-rows) < shown {
		t.Errorf("%s: %d pages shown, %d rows in the log", name, shown, n-rows)
	}
	s.write(t, func(tx *store.Tx) error { // the next race must not count these
		_, err := tx.Exec(t.Context(), store.Q(`DELETE FROM disclosure WHERE area_id = $1`), s.Place.Area)
		return err
	})
	return shown, asked, saved
}

func all_(w *httptest.ResponseRecorder) string { return w.Body.String() + w.Header().Get("Location") }

func named(where string) store.SQL {
	switch where {
	case `post_id = $2 AND epoch >= $3`:
		return store.Q(`SELECT count(*) FROM disclosure WHERE area_id = $1 AND post_id = $2 AND epoch >= $3`)
	default:
		return store.Q(`SELECT count(*) FROM disclosure WHERE area_id = $1 AND post_id = $2`)
	}
}

// starts plans the adults' group starts and gives the first two, for n to call.
func (s *site) groupStarts(t *testing.T, n int) []intake.Start {
	t.Helper()
	d, a := &intake.Desk{Store: s.Store}, s.Actor(t, "karin")
	_, err := d.Plan(t.Context(), a, 2)
	must(t, err)
	var list []intake.Start
	must(t, s.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = intake.Starts(t.Context(), tx, a, clock.Span{From: a.Today(), To: clock.Forever})
		return err
	}))
	for i, x := range list[:2] {
		x.Calls, x.Places = n, n
		must(t, d.Change(t.Context(), a, x))
		list[i].Version++
	}
	return list[:2]
}

// called gives who stands on the list and counts, each once; a person on two live lists fails the test.
func (s *site) onLists(t *testing.T, starts ...intake.Start) (n int) {
	t.Helper()
	seen := map[id.Person]bool{}
	must(t, s.Store.Read(t.Context(), func(tx *store.Tx) error {
		_, err := store.All(t.Context(), tx, store.Q(`SELECT start_id, person_id FROM called WHERE area_id = $1 AND moved_to = 0 AND answer IN ('', 'yes')`),
			[]any{s.Place.Area}, func(r *store.Cursor) (struct{}, error) {
				var start intake.StartID
				var who id.Person
				err := r.Scan(&start, &who)
				if seen[who] {
					t.Errorf("%s is called twice", who)
				}
				seen[who] = true
				n++
				return struct{}{}, err
			})
		return err
	}))
	return n
}

func TestSixtyFourFillTheSameStartAndNoneIsOverfull(t *testing.T) {
	races(t, func(t *testing.T, s *site) {
		starts := s.groupStarts(t, 5)
		for i := range 12 {
			s.Queued(t, "karin", fmt.Sprint("Person", i), "Kö", "")
		}
		karin := s.enter(t, "karin")
		codes := map[int]int{}
		for _, res := range atOnce(clients, func(i int) *httptest.ResponseRecorder {
			return karin.post("/arbete/gruppstarter/"+starts[i%2].ID.String()+"/fyll", url.Values{"_once": {fmt.Sprint("press", i)}})
		}) {
			codes[res.Code]++
		}
		if codes[303] == 0 || codes[500] > 0 {
			t.Errorf("answers: %v", codes)
		}
		if n := s.onLists(t, starts...); n != 10 {
			t.Errorf("%d called to two starts of five", n)
		}
	})
}

func TestTheLastPlaceGoesToOne(t *testing.T) {
	races(t, func(t *testing.T, s *site) {
		start := s.groupStarts(t, 1)[0]
		var people []id.Person
		for i := range 16 {
			_, who := s.Queued(t, "karin", fmt.Sprint("Person", i), "Kö", "")
			people = append(people, who)
		}
		karin := s.enter(t, "karin")
		got := 0
		for i, res := range atOnce(len(people), func(i int) *httptest.ResponseRecorder {
			return karin.post("/arbete/gruppstarter/"+start.ID.String()+"/kalla", url.Values{"person": {people[i].String()}})
		}) {
			switch res.Code {
			case 303:
				got++
			case 422:
			default:
				t.Errorf("client %d: %d", i, res.Code)
			}
		}
		if n := s.onLists(t, start); got != 1 || n != 1 {
			t.Errorf("%d were told yes and %d are called to one place", got, n)
		}
	})
}

func TestAFullStartTakesAMovedPersonBeyondItsNumberOnce(t *testing.T) {
	races(t, func(t *testing.T, s *site) {
		starts := s.groupStarts(t, 1)
		_, first := s.Queued(t, "karin", "Första", "Kö", "")
		_, second := s.Queued(t, "karin", "Andra", "Kö", "")
		d, a := &intake.Desk{Store: s.Store}, s.Actor(t, "karin")
		must(t, d.CallOne(t.Context(), a, starts[0].ID, first, ""))
		must(t, d.CallOne(t.Context(), a, starts[1].ID, second, ""))
		karin := s.enter(t, "karin")
		moved := 0
		for _, res := range atOnce(16, func(i int) *httptest.ResponseRecorder {
			return karin.post("/arbete/gruppstarter/"+starts[0].ID.String()+"/flytta", url.Values{"person": {first.String()}, "to": {starts[1].ID.String()}, "_once": {fmt.Sprint(i)}})
		}) {
			if res.Code == 303 {
				moved++
			} else if res.Code != 409 {
				t.Errorf("answered %d", res.Code)
			}
		}
		extra := s.number(t, store.Q(`SELECT count(*) FROM called WHERE area_id = $1 AND start_id = $2 AND extra = 1`), s.Place.Area, starts[1].ID)
		if n := s.onLists(t, starts...); moved != 1 || n != 2 || extra != 1 {
			t.Errorf("moved %d times, %d called, %d beyond the number", moved, n, extra)
		}
	})
}

func TestTwoAnswersAtOnceLeaveOneState(t *testing.T) {
	races(t, func(t *testing.T, s *site) {
		start := s.groupStarts(t, 3)[0]
		_, who := s.Queued(t, "karin", "Svar", "Kö", "")
		must(t, (&intake.Desk{Store: s.Store}).CallOne(t.Context(), s.Actor(t, "karin"), start.ID, who, ""))
		karin, lena := s.enter(t, "karin"), s.enter(t, "lena")
		answers := []string{"yes", "no", "other", ""}
		for round := range 5 {
			for _, res := range atOnce(12, func(i int) *httptest.ResponseRecorder {
				v := karin
				if i%2 == 0 {
					v = lena
				}
				return v.post("/arbete/gruppstarter/"+start.ID.String()+"/svar", url.Values{"person": {who.String()}, "answer": {answers[(i+round)%4]}, "_once": {fmt.Sprint(round, i)}})
			}) {
				if res.Code != 303 && res.Code != 409 {
					t.Errorf("answered %d", res.Code)
				}
			}
			odd := s.number(t, store.Q(`SELECT count(*) FROM called c JOIN referral r ON r.area_id = c.area_id AND r.referral_id = c.referral_id
			 WHERE c.area_id = $1 AND (c.answer = 'no') <> (r.state = 'waiting')`), s.Place.Area)
			if odd > 0 {
				t.Fatal("who said no must wait in the queue, and nobody else")
			}
		}
	})
}

func TestOneTimeIsBookedOnce(t *testing.T) {
	races(t, func(t *testing.T, s *site) {
		var people []id.Person
		for i := range 12 {
			_, who := s.Queued(t, "karin", fmt.Sprint("Person", i), "Bokad", "")
			people = append(people, who)
		}
		karin, on := s.enter(t, "karin"), string(s.Now().Date().Add(1))
		got := 0
		for i, res := range atOnce(len(people), func(i int) *httptest.ResponseRecorder {
			return karin.post("/arbete/person/"+people[i].String()+"/egen-start", url.Values{"on": {on}, "at": {"10:00"}, "coach": {s.Place.Posts["lena"].String()}, "alone": {"test"}})
		}) {
			switch res.Code {
			case 303:
				got++
			case 422:
			default:
				t.Errorf("client %d: %d", i, res.Code)
			}
		}
		if n := s.number(t, store.Q(`SELECT count(*) FROM enrolment WHERE area_id = $1`), s.Place.Area); got != 1 || n != 1 {
			t.Errorf("%d were told yes, %d booked", got, n)
		}
	})
}
