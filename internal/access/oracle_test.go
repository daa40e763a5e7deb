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

type human struct {
	id                int64
	name              string // what the case is, for the failure's text
	ties              []tie
	coaches, cleared  []to
	protected, weeded bool
	number            string
}

type world struct {
	now    int64
	today  string
	posts  []post
	covers []cover
	people []human
}

// allowedTo is the code list said once more.
func allowedTo(role access.Role, a access.Action, c access.Category) bool {
	if role != access.Reception {
		return role >= access.Coach && role <= access.Head && a >= access.Read && a <= access.Export
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
	if w.forbidden(o, h) || !o.live(w.now, w.today) || !allowedTo(o.role, a, c) {
		return access.NoGround
	}
	live := func(r row) bool { return r.live(w.now, w.today) }
	if slices.ContainsFunc(h.ties, func(t tie) bool { return t.unit == o.unit && live(t.row) }) {
		return access.AtUnit
	}
	for _, v := range w.covers {
		if v.to == o.id && live(v.row) && w.works(v.from) && slices.ContainsFunc(h.coaches, func(x to) bool { return x.post == v.from && live(x.row) }) {
			return access.ByCover
		}
	}
	// A tie that was taken back before its first day never was the unit's concern.
	was := func(t tie) bool { return t.unit == o.unit && t.from <= w.today && t.from < t.to }
	if o.role == access.Head && a == access.Read && slices.ContainsFunc(h.ties, was) {
		return access.AsHead
	}
	return access.NoGround
}

// works tells whether a post is live: what it has lent ends with it.
func (w *world) works(post int64) bool {
	for _, o := range w.posts {
		if o.id == post {
			return o.live(w.now, w.today)
		}
	}
	return false
}

// forbidden tells whether a prohibition holds; no ground lifts one.
func (w *world) forbidden(o post, h human) bool {
	if h.weeded || h.number != "" && h.number == o.own {
		return true
	}
	named := func(k to) bool { return k.post == o.id && k.live(w.now, w.today) }
	return h.protected && !slices.ContainsFunc(h.cleared, named)
}
