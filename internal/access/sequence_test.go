package access_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// event is something that happens to the first person of a small world or to those who work there: done by the product's own
// verbs, and said once more in plain rows.
type event struct {
	name string
	ends bool // it takes rights away, and may give nobody any
	do   func(ctx context.Context, tx *store.Tx, now clock.Instant) error
	say  func(w *world, h *human)
}

// smallWorld has a gateway with two coaches and a head, another unit, another branch and a partner; and two people, the second
// of whom is the gateway's concern.
func smallWorld() *world {
	w := &world{now: instant, today: day, agencies: []agency{{home, "home", never}, {partner, "partner", never}},
		units: []unit{{here, home, homeZone}, {there, home, homeZone}, {social, home, socialZone}, {office, partner, partnerZone}}}
	w.employ(101, here, access.Coach, always)
	w.employ(102, here, access.Coach, always)
	w.employ(103, here, access.Head, always)
	w.employ(111, there, access.Coach, always)
	w.employ(officer, office, access.Officer, always)
	w.employ(socialOfficer, social, access.Officer, always)
	w.person("the first", func(*human) {})
	w.person("the second", func(h *human) { h.ties = []tie{{always, here}} })
	return w
}

const first, second = id.Person(1000), id.Person(1001)

func fromToday() row { return row{day, forever, never} }

// events are all that can happen.
func events() []event {
	a, span, yes := id.Area(area), clock.Span{From: day, To: forever}, share{fromToday(), partnerZone, some}
	exec := func(ctx context.Context, tx *store.Tx, q store.SQL, args ...any) error {
		_, err := tx.Exec(ctx, q, append([]any{area}, args...)...)
		return err
	}
	return append([]event{
		{"tie", false, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return access.Tie(ctx, tx, a, first, id.Unit(here), day, now)
		}, func(_ *world, h *human) { h.ties = []tie{{fromToday(), here}} }},
		{"untie", true, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return access.Untie(ctx, tx, a, first, id.Unit(here), clock.Date(on(1)), now)
		}, func(_ *world, h *human) {
			if len(h.ties) > 0 {
				h.ties = []tie{{row{day, on(1), never}, here}}
			}
		}},
		{"assign", false, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return access.Assign(ctx, tx, a, first, 101, day, now)
		}, func(_ *world, h *human) { h.coaches = []to{{fromToday(), 101}} }},
		{"unassign", true, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return access.Unassign(ctx, tx, a, first, now)
		}, func(_ *world, h *human) { h.coaches = nil }},
		{"lend", false, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return access.Lend(ctx, tx, a, 101, 111, span, now)
		}, func(w *world, _ *human) { w.covers = []cover{{fromToday(), 101, 111}} }},
		{"end the cover", true, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return access.EndCover(ctx, tx, a, 101, 111, now)
		}, func(w *world, _ *human) { w.covers = nil }},
		{"protect", true, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return errors.Join(exec(ctx, tx, store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = 1000`)),
				access.Clear(ctx, tx, a, first, 101, span))
		}, func(_ *world, h *human) { h.protected, h.cleared = true, []to{{fromToday(), 101}} }},
		{"lift the protection", false, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return errors.Join(exec(ctx, tx, store.Q(`UPDATE person SET protected = 0 WHERE area_id = $1 AND person_id = 1000`)), access.Unclear(ctx, tx, a, first, now))
		}, func(_ *world, h *human) { h.protected, h.cleared = false, nil }},
		{"end the coach's post", true, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return org.EndPost(ctx, tx, a, 101, now)
		}, func(w *world, _ *human) { w.posts[0].ended = w.now }},
		{"weed", true, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return exec(ctx, tx, store.Q(`UPDATE person SET weeded_at = $2 WHERE area_id = $1 AND person_id = 1000`), int64(now))
		}, func(_ *world, h *human) { h.weeded = true }},
		{"merge", true, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return errors.Join(exec(ctx, tx, store.Q(`UPDATE person SET merged = 1 WHERE area_id = $1`)),
				exec(ctx, tx, store.Q(`INSERT INTO merged (area_id, person_id, other_id, at, post_id) VALUES ($1, 1000, 1001, 0, 101), ($1, 1001, 1000, 0, 101)
				 ON CONFLICT (area_id, person_id, other_id) DO NOTHING`)))
		}, func(w *world, h *human) { h.merged, w.people[1].merged = []int64{1001}, []int64{1000} }},
	}, partnerEvents(a, span, yes)...)
}

// partnerEvents are those of consents, laws, conflicts, glasses and agencies.
func partnerEvents(a id.Area, span clock.Span, yes share) []event {
	return []event{
		{"consent", false, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return access.Share(ctx, tx, a, first, access.Consent{ID: access.ConsentID(now), Zone: access.Zone(partnerZone), Categories: some, Span: span, GivenAt: now, Post: 101})
		}, func(_ *world, h *human) { h.consents = []share{yes} }},
		{"withdraw", true, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			_, err := access.Withdraw(ctx, tx, a, first, access.Zone(partnerZone), now, false)
			return err
		}, func(_ *world, h *human) { h.consents = nil }},
		{"a law", false, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return access.GiveByLaw(ctx, tx, a, first, access.Lawful{ID: access.LawfulID(now), Zone: access.Zone(partnerZone), Categories: some, Span: span, Post: 101, Sealed: []byte{1}})
		}, func(_ *world, h *human) { h.lawful = []share{yes} }},
		{"end the law", true, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			_, err := access.EndByLaw(ctx, tx, a, first, 0, 101, now)
			return err
		}, func(_ *world, h *human) { h.lawful = nil }},
		{"conflict", true, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return access.StandAside(ctx, tx, a, first, access.Aside{Worker: 101, From: span.From}, now)
		}, func(_ *world, h *human) { h.known, h.coaches = []knows{{fromToday(), 101}}, nil }},
		{"glass", false, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return access.BreakGlass(ctx, tx, a, access.Broken{ID: access.GlassID(now), Post: 111, Person: first, Sealed: []byte{1}, From: now, Until: now.Add(time.Hour)})
		}, func(w *world, h *human) { h.glasses = []glass{{111, w.now, w.now + time.Hour.Milliseconds()}} }},
		{"close the glass", true, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return access.EndGlass(ctx, tx, a, 111, 0, now)
		}, func(_ *world, h *human) { h.glasses = nil }},
		{"the partner leaves", true, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			_, err := org.EndAgency(ctx, tx, a, id.Agency(partner), now)
			return err
		}, func(w *world, _ *human) { w.agencies[1].ended = min(w.agencies[1].ended, w.now) }},
		{"bar", true, func(ctx context.Context, tx *store.Tx, now clock.Instant) error {
			return access.Bar(ctx, tx, a, "partner", access.Plan, clock.Span{From: clock.Date(on(-int(now % 1000))), To: forever}, now)
		}, func(w *world, _ *human) { w.bars = []bar{{day, forever, "partner", access.Plan}} }},
	}
}

// copied is the world so that what happens to it does not happen to the first.
func (w *world) copied() *world {
	c := *w
	c.agencies, c.posts, c.people = slices.Clone(w.agencies), slices.Clone(w.posts), slices.Clone(w.people)
	return &c
}

// happen does an event in the database and in the world, a millisecond after the last, and holds the readers against one another.
func (w *world) happen(t *testing.T, tx *store.Tx, e event) (*world, error) {
	next := w.copied()
	next.now++
	if err := e.do(t.Context(), tx, clock.Instant(next.now)); err != nil {
		return next, fmt.Errorf("%s: %w", e.name, err)
	}
	e.say(next, &next.people[0])
	for _, o := range next.posts {
		q := question{o, some, access.Read}
		list, err := store.All(t.Context(), tx, store.Q(listText+` ORDER BY p.person_id`), next.args(q), func(r *store.Cursor) (key [2]int64, err error) {
			var alias, wrapped []byte
			return key, r.Scan(&key[0], &alias, &wrapped, &key[1])
		})
		if err != nil {
			return next, err
		}
		for _, h := range next.people {
			want, got := next.ground(o, h, some, access.Read), access.NoGround
			if i := slices.IndexFunc(list, func(k [2]int64) bool { return k[0] == h.id }); i >= 0 {
				got = access.Ground(list[i][1])
			}
			if got != want {
				return next, fmt.Errorf("%s: post %d sees %s by %d, and by %d as the oracle says", e.name, o.id, h.name, got, want)
			}
			if e.ends && want > 0 && !w.reads(o.id, h.id) {
				return next, fmt.Errorf("%s: made post %d a reader of %s", e.name, o.id, h.name)
			}
		}
	}
	return next, nil
}

// reads tells whether the post sees the person, as the oracle says.
func (w *world) reads(o, h int64) bool {
	return w.ground(w.post_(o), w.human(h), some, access.Read) > 0
}

var errUndo = errors.New("undo")

// play does the events one after another, then each of the last ones by itself, and undoes it all.
func (w *world) play(t *testing.T, s *store.Store, path, last []event) {
	t.Helper()
	err := s.Write(t.Context(), func(tx *store.Tx) (err error) {
		at := w
		for _, e := range path {
			if at, err = at.happen(t, tx, e); err != nil {
				return err
			}
		}
		for _, e := range last {
			if _, err := tx.Exec(t.Context(), store.Q(`SAVEPOINT before`)); err != nil {
				return err
			}
			if _, err := at.happen(t, tx, e); err != nil {
				return err
			}
			if _, err := tx.Exec(t.Context(), store.Q(`ROLLBACK TO before`)); err != nil {
				return err
			}
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		var names []string
		for _, e := range path {
			names = append(names, e.name)
		}
		t.Fatalf("after %q: %v", names, err)
	}
}

// TestWhateverHappensTheRuleFollowsAndNoEndAddsAReader plays every three events in every order, in long form every four and at
// random up to forty.
func TestWhateverHappensTheRuleFollowsAndNoEndAddsAReader(t *testing.T) {
	path := storetest.SQLite(t)
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer db.Close()
	w := smallWorld()
	w.loadAlone(t, db)
	s := storetest.Open(t, path)
	must(t, s.Write(t.Context(), func(tx *store.Tx) error { return access.NewArea(t.Context(), tx, id.Area(area)) }))
	all := events()
	for _, a := range all {
		for _, b := range all {
			if !prove {
				w.play(t, s, []event{a, b}, all)
				continue
			}
			for _, c := range all {
				w.play(t, s, []event{a, b, c}, all)
			}
		}
	}
	chance := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		var list []event
		for range 40 {
			list = append(list, all[chance.IntN(len(all))])
		}
		w.play(t, s, list, nil)
	}
}
