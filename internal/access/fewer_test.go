package access_test

import (
	"context"
	"database/sql"
	"fmt"
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
	do   func(ctx context.Context, tx *store.Tx) error
}

// endings are the acts that end rights, each on several people or posts.
func (w *world) endings() []ending {
	now, a := clock.Instant(w.now), id.Area(area)
	var list []ending
	add := func(name string, f func(ctx context.Context, tx *store.Tx) error) {
		list = append(list, ending{name, f})
	}
	step := 7
	if prove {
		step = 1
	}
	for i := 0; i < len(w.people); i += step {
		h := w.people[i]
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

// readers gives who sees whom at several moments, now and later.
func (w *world) readers(t *testing.T, db *sql.DB, questions []question) map[string]bool {
	t.Helper()
	m := map[string]bool{}
	for _, at := range []moment{{w.now, w.today}, {w.now + dayLength, on(1)}, {w.now + 90*dayLength, on(90)}} {
		then := *w
		then.now, then.today = at.now, at.today
		for _, q := range questions {
			list, err := then.listed(db, listText, q)
			must(t, err)
			for who := range list {
				m[fmt.Sprint(at.today, " ", q.post.id, " ", q.action, " ", who)] = true
			}
		}
	}
	return m
}

func TestNoEndingEverAddsAReader(t *testing.T) {
	path := storetest.SQLite(t)
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer db.Close()
	w := makeWorld()
	w.load(t, db)
	s := storetest.Open(t, path)
	must(t, s.Write(t.Context(), func(tx *store.Tx) error { return access.NewArea(t.Context(), tx, id.Area(area)) }))
	var questions []question
	for _, o := range w.posts {
		if o.id < 120 || o.id == coverer+inside || o.id == 603 || o.id == 300 {
			questions = append(questions, question{o, access.Identity, access.Read})
		}
	}
	before, list := w.readers(t, db, questions), w.endings()
	start := len(before)
	batch := 40
	if prove {
		batch = 1
	}
	for i := 0; i < len(list); i += batch {
		these := list[i:min(i+batch, len(list))]
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			for _, e := range these {
				if err := e.do(t.Context(), tx); err != nil {
					return fmt.Errorf("%s: %w", e.name, err)
				}
			}
			return nil
		}))
		after := w.readers(t, db, questions)
		for k := range after {
			if !before[k] {
				t.Errorf("%s … %s: now a reader: %s", these[0].name, these[len(these)-1].name, k)
			}
		}
		before = after
	}
	if start < 1000 || len(before) > start/2 {
		t.Errorf("%d readers before, %d after: too little was tried", start, len(before))
	}
}
