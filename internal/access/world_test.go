package access_test

import (
	"database/sql"
	"fmt"
	"os"
	"testing"
	"time"

	"sluss/internal/access"
)

const (
	here, there = int64(11), int64(12) // the units
	area, other = int64(1), int64(2)   // the areas; the other holds the same ids with everything allowed
	instant     = int64(1791787200000) // now
	never       = int64(1<<63 - 1)     // the end of what has not ended
	day         = "2026-10-12"         // today
	forever     = "9999-12-31"
)

var prove = os.Getenv("SLUSS_PROVE") != ""

func on(n int) string {
	t, _ := time.Parse(time.DateOnly, day)
	return t.AddDate(0, 0, n).Format(time.DateOnly)
}

var always = row{on(-100), forever, never}

// positions are a row's every place in time as seen from now.
func positions() []row {
	var list []row
	for _, s := range [][2]string{{on(-10), on(-5)}, {on(-5), on(0)}, {on(0), forever}, {on(-5), on(5)}, {on(-5), on(1)}, {on(1), forever}, {on(0), on(0)}, {on(-3), on(-3)}} {
		for _, ended := range []int64{never, instant + 1, instant, instant - 1} {
			list = append(list, row{s[0], s[1], ended})
		}
	}
	return list
}

// few are those that differ in kind: over, from today, inside, ahead, ended by an act.
func few() []row {
	p := positions()
	return []row{p[0], p[4], p[8], p[12], p[14], p[20], p[24]}
}

func (w *world) person(name string, f func(h *human)) {
	h := human{id: int64(1000 + len(w.people)), name: name}
	f(&h)
	w.people = append(w.people, h)
}

func makeWorld() *world {
	w := &world{now: instant, today: day}
	w.makePosts()
	w.makeTies()
	w.makeCovered()
	w.makeProhibited()
	return w
}

func (w *world) post(id, unit int64, role access.Role, r row) {
	w.posts = append(w.posts, post{row: r, id: id, unit: unit, worker: id, role: role, own: fmt.Sprint("own", id)})
}

// also adds one more post for the worker of another; for worker 0 it is one whose own number is not known.
func (w *world) also(id, unit int64, role access.Role, r row, worker int64) {
	w.post(id, unit, role, r)
	o := &w.posts[len(w.posts)-1]
	if o.own = ""; worker != 0 {
		o.worker, o.own = worker, fmt.Sprint("own", worker)
	}
}

const (
	lender, coverer = 400, 500 // the first lending and the first covering post
	leaver          = 700      // the first lending post that is itself a matter of time
	inside          = 12       // the position of a row that plainly holds
)

func (w *world) makePosts() {
	for role := access.Coach; role <= access.Reception; role++ {
		w.post(100+int64(role), here, role, always)
		w.post(110+int64(role), there, role, always)
	}
	for i, r := range positions() {
		w.post(200+int64(i), here, access.Coach, r)
		w.post(300+int64(i), here, access.Head, r)
		w.post(lender+int64(i), here, access.Coach, always)
		w.post(coverer+int64(i), there, access.Coach, always)
		w.covers = append(w.covers, cover{r, lender + int64(i), coverer + int64(i)})
	}
	w.post(601, there, access.Reception, always)
	w.post(602, there, access.Coach, positions()[0])
	w.post(603, there, access.Coach, always) // twice lent to: once over, once now
	for _, to := range []int64{601, 602} {
		w.covers = append(w.covers, cover{always, lender + inside, to})
	}
	w.covers = append(w.covers, cover{positions()[0], lender + inside, 603}, cover{positions()[inside], lender + inside, 603})
	w.makeWorkers()
}

// makeWorkers makes workers with no number of their own, with several posts, and lenders that begin and end.
func (w *world) makeWorkers() {
	w.also(105, here, access.Coach, always, 0)
	w.also(604, there, access.Coach, always, 0)
	w.also(605, there, access.Coach, always, 101)
	w.also(606, here, access.Head, positions()[0], 101)
	w.also(607, there, access.Head, always, 101)
	w.covers = append(w.covers, cover{always, lender + inside, 604}, cover{always, lender + inside, 605})
	for i, r := range few() {
		w.post(leaver+int64(i), here, access.Coach, r)
		w.covers = append(w.covers, cover{always, leaver + int64(i), 603})
	}
}

func (w *world) makeTies() {
	w.person("no row at all", func(*human) {})
	for i, r := range positions() {
		for _, u := range []int64{here, there} {
			w.person(fmt.Sprint("tie ", i, " at ", u), func(h *human) { h.ties = []tie{{r, u}} })
		}
	}
	two := few()
	if prove {
		two = positions()
	}
	for i, r := range two {
		for j, q := range two {
			w.person(fmt.Sprint("ties ", i, " here and ", j, " there"), func(h *human) { h.ties = []tie{{r, here}, {q, there}} })
			if r.from != q.from {
				w.person(fmt.Sprint("two ties here, ", i, " and ", j), func(h *human) { h.ties = []tie{{r, here}, {q, here}} })
			}
		}
	}
}

func (w *world) makeCovered() {
	some := few()
	if prove {
		some = positions()
	}
	for i := range positions() {
		for j, r := range some {
			w.person(fmt.Sprint("assignment ", j, " to lender ", i), func(h *human) { h.coaches = []to{{r, lender + int64(i)}} })
		}
	}
	for j, r := range positions() {
		w.person(fmt.Sprint("assignment ", j, " to the lender"), func(h *human) { h.coaches = []to{{r, lender + inside}} })
	}
	for i := range few() {
		w.person(fmt.Sprint("an assignment to the lender whose post is ", i), func(h *human) { h.coaches = []to{{always, leaver + int64(i)}} })
	}
	w.person("assignments, over and live", func(h *human) { h.coaches = []to{{few()[0], lender + inside}, {always, lender + inside}} })
	w.person("an assignment to one who lends nothing", func(h *human) { h.coaches = []to{{always, 101}} })
	w.person("covered and tied", func(h *human) { h.coaches, h.ties = []to{{always, lender + inside}}, []tie{{always, there}} })
}

func (w *world) makeProhibited() {
	tied, both := []tie{{always, here}}, []tie{{always, here}, {always, there}}
	for i, r := range positions() {
		for _, id := range []int64{101, 103} {
			w.person(fmt.Sprint("protected, clearance ", i, " for ", id), func(h *human) { h.protected, h.ties, h.cleared = true, tied, []to{{r, id}} })
		}
	}
	w.person("protected, nobody named", func(h *human) { h.protected, h.ties = true, tied })
	w.person("protected, two clearances", func(h *human) {
		h.protected, h.ties, h.cleared = true, tied, []to{{few()[0], 101}, {always, 101}}
	})
	w.person("protected and covered", func(h *human) {
		h.protected, h.coaches, h.cleared = true, []to{{always, lender + inside}}, []to{{always, coverer + inside}}
	})
	w.person("protected, covered, not named", func(h *human) { h.protected, h.coaches = true, []to{{always, lender + inside}} })
	w.person("protected, cleared, no ground", func(h *human) { h.protected, h.cleared = true, []to{{always, 101}} })
	w.person("not protected, an old clearance", func(h *human) { h.ties, h.cleared = tied, []to{{few()[0], 101}} })
	w.person("weeded", func(h *human) { h.weeded, h.ties = true, tied })
	w.person("weeded, protected and cleared", func(h *human) { h.weeded, h.protected, h.ties, h.cleared = true, true, tied, []to{{always, 101}} })
	w.person("weeded and covered", func(h *human) { h.weeded, h.coaches = true, []to{{always, lender + inside}} })
	for _, id := range []int64{101, 103, 104, coverer + inside} {
		w.person(fmt.Sprint("own record of ", id), func(h *human) {
			h.number, h.ties, h.coaches = fmt.Sprint("own", id), both, []to{{always, lender + inside}}
		})
	}
	for _, id := range []int64{101, 605, 606, 607} {
		w.person(fmt.Sprint("protected, tied to both, clearance for ", id), func(h *human) { h.protected, h.ties, h.cleared = true, both, []to{{always, id}} })
	}
	w.person("somebody with a number", func(h *human) { h.number, h.ties = "number", both })
	w.person("somebody with a number, lent", func(h *human) { h.number, h.coaches = "another", []to{{always, lender + inside}} })
}

// load writes the world, and beside it an area where the same ids may see everything.
func (w *world) load(t testing.TB, db *sql.DB) {
	t.Helper()
	tx, err := db.Begin()
	must(t, err)
	l := loader{t, tx}
	for _, a := range []int64{area, other} {
		l.do(`INSERT INTO area (area_id, municipality, name, demo, created_at) VALUES ($1, '9999', 'x', 1, 0)`, a)
		l.do(`INSERT INTO agency (area_id, agency_id, kind, name, ended_at, version) VALUES ($1, 1, 'x', 'x', $2, 1)`, a, never)
		for _, u := range []int64{here, there} {
			l.do(`INSERT INTO unit (area_id, unit_id, agency_id, kind, name, phone, street, version) VALUES ($1, $2, 1, 'x', 'x', '', '', 1)`, a, u)
		}
		for _, o := range w.posts {
			l.worker(a, o)
			l.post(a, o)
		}
		for i, v := range w.covers {
			l.do(`INSERT INTO cover (area_id, cover_id, post_id, to_post_id, from_on, to_on, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
				a, int64(i+1), v.from, v.to, v.row.from, v.row.to, v.ended)
		}
		for _, h := range w.people {
			l.human(a, h)
		}
	}
	for _, r := range access.Rights() {
		l.do(`INSERT INTO role_right (role, action, categories) VALUES ($1, $2, $3)`, int(r.Role), int(r.Action), int(r.Categories))
	}
	must(t, tx.Commit())
}

type loader struct {
	t  testing.TB
	tx *sql.Tx
}

func (l loader) do(q string, args ...any) {
	l.t.Helper()
	if _, err := l.tx.Exec(q, args...); err != nil {
		l.t.Fatalf("%v\n%s", err, q)
	}
}

// worker writes the worker of a post, once. In the other area all own another number.
func (l loader) worker(a int64, o post) {
	var own any = []byte("number")
	if a == area && o.own == "" {
		own = nil
	} else if a == area {
		own = []byte(o.own)
	}
	l.do(`INSERT INTO worker (area_id, worker_id, name, email, own_index, version) VALUES ($1, $2, 'x', 'x', $3, 1)
	 ON CONFLICT (area_id, worker_id) DO NOTHING`, a, o.worker, own)
}

// post writes a post. In the other area every one is live.
func (l loader) post(a int64, o post) {
	r := always
	if a == area {
		r = o.row
	}
	l.do(`INSERT INTO post (area_id, post_id, worker_id, unit_id, role, title, phone, languages, from_on, to_on, ended_at, version)
	 VALUES ($1, $2, $3, $4, $5, '', '', '', $6, $7, $8, 1)`, a, o.id, o.worker, o.unit, int(o.role), r.from, r.to, r.ended)
}

// human writes somebody. In the other area everybody is tied here, has a coach who lends, and is cleared for two.
func (l loader) human(a int64, h human) {
	if a == other {
		h.ties, h.coaches, h.cleared = []tie{{always, here}}, nil, []to{{always, 101}, {always, coverer + inside}}
		for i := range positions() {
			h.coaches = append(h.coaches, to{always, lender + int64(i)})
		}
		h.protected, h.weeded, h.number = false, false, ""
	}
	var number any
	if h.number != "" {
		number = []byte(h.number)
	}
	weeded := int64(0)
	if h.weeded {
		weeded = instant - 1
	}
	l.do(`INSERT INTO person (area_id, person_id, alias, key_wrapped, identity, contact, needs, number_index, birth_year, sex, language, interpreter,
	 reach, protected, weeded_at, changed_on, version, identity_seq) VALUES ($1, $2, $3, $3, $3, $3, $3, $4, 0, 0, 'sv', 0, '', $5, $6, '', 1, $2)`,
		a, h.id, []byte{1}, number, flag(h.protected), weeded)
	for _, x := range h.ties {
		l.do(`INSERT INTO tie (area_id, person_id, unit_id, from_on, to_on, ended_at) VALUES ($1, $2, $3, $4, $5, $6)`, a, h.id, x.unit, x.from, x.to, x.ended)
	}
	for i, x := range h.coaches {
		l.do(`INSERT INTO assignment (area_id, person_id, post_id, from_on, to_on, ended_at, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			a, h.id, x.post, x.from, x.to, x.ended, int64(i))
	}
	for _, x := range h.cleared {
		l.do(`INSERT INTO clearance (area_id, person_id, post_id, from_on, to_on, ended_at) VALUES ($1, $2, $3, $4, $5, $6)`, a, h.id, x.post, x.from, x.to, x.ended)
	}
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
