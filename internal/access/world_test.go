package access_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"sluss/internal/access"
)

const (
	here, there = int64(11), int64(12) // the units
	area, other = int64(2), int64(1)   // the areas; the other holds the same ids with everything allowed
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

// leavers are the times of lenders' own posts: few, and one that ends the next instant.
func leavers() []row { return append(few(), row{on(-5), on(5), instant + 1}) }

func (w *world) person(name string, f func(h *human)) {
	h := human{id: int64(1000 + len(w.people)), name: name}
	f(&h)
	w.people = append(w.people, h)
}

// makeWorld makes every small world that matters in one; whole has each pair of times, not only those that differ in kind.
func makeWorld(whole bool) *world {
	w := &world{now: instant, today: day, whole: whole}
	w.makeAgencies()
	w.makePosts()
	w.makePartners()
	w.makeTies()
	w.makeCovered()
	w.makeProhibited()
	w.makeShared()
	w.makeAside()
	w.makeGlass()
	w.makeMerged()
	return w
}

func (w *world) employ(id, unit int64, role access.Role, r row) {
	w.posts = append(w.posts, post{row: r, id: id, unit: unit, worker: id, role: role, own: fmt.Sprint("own", id)})
}

// also adds one more post for the worker of another; for worker 0 it is one whose own number is not known.
func (w *world) also(id, unit int64, role access.Role, r row, worker int64) {
	w.employ(id, unit, role, r)
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
		w.employ(100+int64(role), here, role, always)
		w.employ(110+int64(role), there, role, always)
	}
	for i, r := range positions() {
		w.employ(200+int64(i), here, access.Coach, r)
		w.employ(300+int64(i), here, access.Head, r)
		w.employ(lender+int64(i), here, access.Coach, always)
		w.employ(coverer+int64(i), there, access.Coach, always)
		w.covers = append(w.covers, cover{r, lender + int64(i), coverer + int64(i)})
	}
	w.employ(601, there, access.Reception, always)
	w.employ(602, there, access.Coach, positions()[0])
	w.employ(603, there, access.Coach, always) // twice lent to: once over, once now
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
	for i, r := range leavers() {
		w.employ(leaver+int64(i), here, access.Coach, r)
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
	if w.whole {
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
	times := few()
	if w.whole {
		times = positions()
	}
	for i := range positions() {
		for j, r := range times {
			w.person(fmt.Sprint("assignment ", j, " to lender ", i), func(h *human) { h.coaches = []to{{r, lender + int64(i)}} })
		}
	}
	for j, r := range positions() {
		w.person(fmt.Sprint("assignment ", j, " to the lender"), func(h *human) { h.coaches = []to{{r, lender + inside}} })
	}
	for i := range leavers() {
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
