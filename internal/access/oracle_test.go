package access_test

import (
	"slices"

	"sluss/internal/access"
)

// The oracle: the rule said once more, in plain Go over plain rows. It shares nothing with the SQL but the codes.

// row is what every dated row has: days half open, and the instant it was ended at.
type row struct {
	from, to string
	ended    int64
}

// live tells whether the row holds at the instant, on the day.
func (r row) live(now int64, today string) bool {
	return r.from <= today && today < r.to && now < r.ended
}

type agency struct {
	id    int64
	kind  string
	ended int64
}

type unit struct {
	id, agency, zone int64
}

type post struct {
	row
	id, unit int64
	worker   int64
	role     access.Role
	own      string // the worker's own number, or ""
}

type tie struct {
	row
	unit int64
}

type to struct { // an assignment or a clearance
	row
	post int64
}

type cover struct {
	row
	from, to int64
}

type share struct { // a consent or a legal ground
	row
	zone int64
	c    access.Category
}

type knows struct { // a conflict of interest
	row
	worker int64
}

type glass struct {
	post, from, until int64
}

type bar struct { // a category that a kind of agency never gets
	from, to, kind string
	c              access.Category
}

type human struct {
	id                int64
	name              string // what the case is, for the failure's text
	ties              []tie
	coaches, cleared  []to
	consents, lawful  []share
	known             []knows
	glasses           []glass
	merged            []int64 // other records of the same person
	protected, weeded bool
	number            string
}

type world struct {
	now      int64
	today    string
	agencies []agency
	units    []unit
	bars     []bar
	posts    []post
	covers   []cover
	people   []human
	whole    bool
}

// allowedTo is the code list said once more.
func allowedTo(role access.Role, a access.Action, c access.Category) bool {
	switch role {
	case access.Coach, access.Coordinator, access.Head:
		return a >= access.Read && a <= access.Export
	case access.Officer:
		return a == access.Read && c&access.MyPlace == 0 || a == access.Write && c == access.Plan
	}
	switch a {
	case access.Read:
		return c&^(access.Identity|access.Contact|access.Attendance|access.Activities) == 0
	case access.Write:
		return c&^(access.Contact|access.Attendance) == 0
	}
	return false
}

// ground is by what right the post may do this with the person now, NoGround for none.
func (w *world) ground(o post, h human, c access.Category, a access.Action) access.Ground {
	return access.Ground(max(w.verdict(o, h, c, a), 0))
}

// verdict is the whole answer: a ground, or below 0 the prohibition.
func (w *world) verdict(o post, h human, c access.Category, a access.Action) access.Verdict {
	v := w.alone(o, h, c, a)
	if v < 0 {
		return v
	}
	for _, twin := range h.merged {
		if w.alone(o, w.human(twin), c, a) <= 0 {
			return access.Halved
		}
	}
	return v
}

// alone is the answer for one record without regard to others of the same person.
func (w *world) alone(o post, h human, c access.Category, a access.Action) access.Verdict {
	if v := w.forbidden(o, h, c); v != 0 {
		return v
	}
	return access.Verdict(w.right(o, h, c, a))
}

// forbidden gives the prohibition that holds, 0 for none; no ground lifts one.
func (w *world) forbidden(o post, h human, c access.Category) access.Verdict {
	home := w.agency(w.unit(o.unit).agency)
	named := func(k to) bool { return k.post == o.id && k.live(w.now, w.today) }
	switch {
	case h.weeded:
		return access.Weeded
	case !w.works(o):
		return access.Ended
	case slices.ContainsFunc(w.bars, func(b bar) bool {
		return b.kind == home.kind && b.c&c != 0 && b.from <= w.today && w.today < b.to
	}):
		return access.Barred
	case h.protected && !slices.ContainsFunc(h.cleared, named):
		return access.Shielded
	case h.number != "" && h.number == o.own:
		return access.OwnSelf
	case slices.ContainsFunc(h.known, func(k knows) bool { return k.worker == o.worker && k.live(w.now, w.today) }):
		return access.Partial
	}
	return 0
}

// right gives what speaks for it: the first ground, when the post's role may do such things.
func (w *world) right(o post, h human, c access.Category, a access.Action) access.Ground {
	if !allowedTo(o.role, a, c) {
		return access.NoGround
	}
	live := func(r row) bool { return r.live(w.now, w.today) }
	if slices.ContainsFunc(h.ties, func(t tie) bool { return t.unit == o.unit && live(t.row) }) {
		return access.AtUnit
	}
	for _, v := range w.covers {
		if v.to == o.id && live(v.row) && w.works(w.post_(v.from)) && slices.ContainsFunc(h.coaches, func(x to) bool { return x.post == v.from && live(x.row) }) {
			return access.ByCover
		}
	}
	shared := func(s share) bool {
		return c&access.MyPlace == 0 && s.zone == w.unit(o.unit).zone && s.c&c == c && live(s.row)
	}
	if a == access.Write && c == access.Plan && slices.ContainsFunc(h.consents, shared) {
		return access.ByConsent
	}
	if a != access.Read {
		return access.NoGround
	}
	// A tie that was taken back before its first day never was the unit's concern.
	was := func(t tie) bool { return t.unit == o.unit && t.from <= w.today && t.from < t.to }
	if o.role == access.Head && slices.ContainsFunc(h.ties, was) {
		return access.AsHead
	}
	if slices.ContainsFunc(h.consents, shared) {
		return access.ByConsent
	}
	if slices.ContainsFunc(h.lawful, shared) {
		return access.ByLaw
	}
	ours := func(t tie) bool {
		return w.unit(t.unit).agency == w.unit(o.unit).agency && t.from <= w.today && t.from < t.to
	}
	broken := func(g glass) bool { return g.post == o.id && g.from <= w.now && w.now < g.until }
	if slices.ContainsFunc(h.ties, ours) && slices.ContainsFunc(h.glasses, broken) {
		return access.ByGlass
	}
	return access.NoGround
}

// works tells whether a post and its agency are live: what it has lent ends with them.
func (w *world) works(o post) bool {
	return o.live(w.now, w.today) && w.now < w.agency(w.unit(o.unit).agency).ended
}

func (w *world) post_(id int64) post {
	return w.posts[slices.IndexFunc(w.posts, func(o post) bool { return o.id == id })]
}

func (w *world) unit(id int64) unit {
	return w.units[slices.IndexFunc(w.units, func(u unit) bool { return u.id == id })]
}

func (w *world) agency(id int64) agency {
	return w.agencies[slices.IndexFunc(w.agencies, func(a agency) bool { return a.id == id })]
}

func (w *world) human(id int64) human {
	return w.people[slices.IndexFunc(w.people, func(h human) bool { return h.id == id })]
}
