package access_test

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// ending is something that takes a right away, or should.
type ending struct {
	name string
	who  int64 // the one person it is about, or 0
	do   func(ctx context.Context, tx *store.Tx) error
}

// endings are the acts that end rights: each of several people's own, then those of covers and posts.
func (w *world) endings() []ending {
	now, a := clock.Instant(w.now), id.Area(area)
	var list []ending
	who := int64(0)
	add := func(name string, f func(ctx context.Context, tx *store.Tx) error) {
		list = append(list, ending{name, who, f})
	}
	step := 7
	if prove {
		step = 1
	}
	for i := 0; i < len(w.people); i += step {
		h := w.people[i]
		who = h.id
		for _, to := range []int{-7, 0, 30} {
			add(fmt.Sprint("untie ", h.name, " at ", to), func(ctx context.Context, tx *store.Tx) error {
				return access.Untie(ctx, tx, a, id.Person(h.id), id.Unit(here), clock.Date(on(to)), now)
			})
		}
		add("unassign "+h.name, func(ctx context.Context, tx *store.Tx) error {
			return access.Unassign(ctx, tx, a, id.Person(h.id), now)
		})
		add("protect "+h.name, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = $2`), area, h.id)
			return err
		})
		add("weed "+h.name, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, store.Q(`UPDATE person SET weeded_at = $3, number_index = NULL WHERE area_id = $1 AND person_id = $2`), area, h.id, w.now)
			return err
		})
	}
	who = 0
	for _, v := range w.covers {
		add(fmt.Sprint("end the cover of ", v.to), func(ctx context.Context, tx *store.Tx) error {
			return access.EndCover(ctx, tx, a, id.Post(v.from), id.Post(v.to), now)
		})
	}
	for _, o := range w.posts {
		add(fmt.Sprint("end post ", o.id), func(ctx context.Context, tx *store.Tx) error { return org.EndPost(ctx, tx, a, id.Post(o.id), now) })
	}
	return list
}

// moment is a time at which readers are counted.
type moment struct {
	now   int64
	today string
}

const dayLength = 24 * 3600 * 1000

func (w *world) moments() []moment {
	return []moment{{w.now, w.today}, {w.now + dayLength, on(1)}, {w.now + 90*dayLength, on(90)}}
}

// reader is a post that may do something with a person, at a moment.
type reader struct {
	today     string
	post, who int64
}

// follower tells who sees whom at several moments, by statements that are prepared once.
type follower struct {
	*world
	list, check *sql.Stmt
	questions   []question
}

func (w *world) follow(t *testing.T, db *sql.DB, questions []question) *follower {
	t.Helper()
	list, err := db.Prepare(listText)
	must(t, err)
	check, err := db.Prepare(listText + " AND p.person_id = $7")
	must(t, err)
	t.Cleanup(func() { list.Close(); check.Close() })
	return &follower{w, list, check, questions}
}

// readers gives who sees whom now and later: everybody, or the one person.
func (f *follower) readers(t *testing.T, who int64) map[reader]bool {
	t.Helper()
	m := map[reader]bool{}
	for _, at := range f.moments() {
		then := *f.world
		then.now, then.today = at.now, at.today
		for _, q := range f.questions {
			ask, args := f.list, then.args(q)
			if who != 0 {
				ask, args = f.check, append(args, who)
			}
			rows, err := ask.Query(args...)
			must(t, err)
			list, err := grounds(rows)
			must(t, err)
			for h := range list {
				m[reader{at.today, q.post.id, h}] = true
			}
		}
	}
	return m
}

// askers are those whose reading is followed: the standing posts, one lent to, and one of each kind that is a matter of time.
func (w *world) askers() []question {
	var list []question
	for _, o := range w.posts {
		if o.id <= partners || o.id == coverer+inside || o.id == 603 || o.id == 300 {
			list = append(list, question{o, access.Identity, access.Read})
		}
	}
	return list
}

// TestNoEndingEverAddsAReader ends right after right in one database. An ending that is one person's is held against the
// readers of that person; those of covers and posts, and all endings together, against the readers of everybody.
func TestNoEndingEverAddsAReader(t *testing.T) {
	path := storetest.SQLite(t)
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer db.Close()
	w := makeWorld(prove)
	w.load(t, db)
	s := storetest.Open(t, path)
	must(t, s.Write(t.Context(), func(tx *store.Tx) error { return access.NewArea(t.Context(), tx, id.Area(area)) }))
	f, batch := w.follow(t, db, w.askers()), 40
	if prove {
		batch = 4
	}
	first := f.readers(t, 0)
	before := maps.Clone(first)
	for list := w.endings(); len(list) > 0; {
		n := together(list, batch)
		w.end(t, s, list[:n])
		what, who := list[0].name+" … "+list[n-1].name, list[0].who
		after := f.readers(t, who)
		for k := range after {
			if !before[k] {
				t.Errorf("%s: now a reader: %+v", what, k)
			}
		}
		maps.DeleteFunc(before, func(k reader, _ bool) bool { return (who == 0 || k.who == who) && !after[k] })
		list = list[n:]
	}
	for k := range f.readers(t, 0) {
		if !before[k] {
			t.Errorf("a reader whom no ending of their own had added: %+v", k)
		}
	}
	if len(first) < 1000 || len(before) > len(first)/2 {
		t.Errorf("%d readers before, %d after: too little was tried", len(first), len(before))
	}
}

// together is how many of the list are done at once: those of one person one at a time, the others as a batch.
func together(list []ending, batch int) int {
	if list[0].who != 0 {
		return 1
	}
	return min(batch, len(list))
}

// end does the endings in one transaction.
func (w *world) end(t *testing.T, s *store.Store, list []ending) {
	t.Helper()
	must(t, s.Write(t.Context(), func(tx *store.Tx) error {
		for _, e := range list {
			if err := e.do(t.Context(), tx); err != nil {
				return fmt.Errorf("%s: %w", e.name, err)
			}
		}
		return nil
	}))
}
