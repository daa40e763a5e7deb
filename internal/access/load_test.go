package access_test

import (
	"database/sql"
	"testing"

	"sluss/internal/access"
)

// load writes the world, and beside it an area where the same ids may see everything.
func (w *world) load(t testing.TB, db *sql.DB) {
	t.Helper()
	w.loadInto(t, db, area, other)
}

// loadAlone writes the world with nothing beside it.
func (w *world) loadAlone(t testing.TB, db *sql.DB) {
	t.Helper()
	w.loadInto(t, db, area)
}

func (w *world) loadInto(t testing.TB, db *sql.DB, areas ...int64) {
	t.Helper()
	tx, err := db.Begin()
	must(t, err)
	l := loader{t, tx}
	for _, a := range areas {
		l.do(`INSERT INTO area (area_id, municipality, name, demo, created_at) VALUES ($1, '9999', 'x', 1, 0)`, a)
		l.house(a, w)
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
		for _, h := range w.people {
			l.aside(a, h)
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

// stranger is added to the worker of a post in the other area: somebody else works there.
const stranger = 50_000

// post writes a post. In the other area every one is live, another's, at another unit, as its head.
func (l loader) post(a int64, o post) {
	r := always
	if a == area {
		r = o.row
	} else {
		o.role, o.unit = access.Head, here+there-min(o.unit, there)
		o.worker += stranger
		l.worker(a, o)
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
	 reach, protected, merged, weeded_at, changed_on, version, identity_seq) VALUES ($1, $2, $3, $3, $3, $3, $3, $4, 0, 0, 'sv', 0, '', $5, $6, $7, '', 1, $2)`,
		a, h.id, []byte{1}, number, flag(h.protected), flag(len(h.merged) > 0), weeded)
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

// house writes the agencies, zones, units and what is barred. In the other area no agency has ended, home and partner have
// changed places, and everything is // barred from both kinds.
func (l loader) house(a int64, w *world) {
	for _, g := range w.agencies {
		if a == other {
			g.ended = never
		}
		l.do(`INSERT INTO agency (area_id, agency_id, kind, name, ended_at, version) VALUES ($1, $2, $3, 'x', $4, 1)`, a, g.id, g.kind, g.ended)
	}
	zones := map[int64]bool{}
	for _, u := range w.units {
		if a == other {
			u.agency, u.zone = swapped(u.agency), swapped(u.zone)
		}
		if !zones[u.zone] {
			l.do(`INSERT INTO zone (area_id, zone_id, agency_id, branch, money) VALUES ($1, $2, $3, '', 0)`, a, u.zone, u.agency)
		}
		zones[u.zone] = true
		l.do(`INSERT INTO unit (area_id, unit_id, agency_id, zone_id, kind, name, phone, street, version) VALUES ($1, $2, $3, $4, 'x', 'x', '', '', 1)`,
			a, u.id, u.agency, u.zone)
	}
	bars := w.bars
	if a == other {
		bars = []bar{{on(-9), forever, "partner", access.Everything}, {on(-9), forever, "home", access.Everything}}
	}
	for _, b := range bars {
		l.do(`INSERT INTO barred (area_id, kind, categories, from_on, to_on) VALUES ($1, $2, $3, $4, $5)`, a, b.kind, int(b.c), b.from, b.to)
	}
}

// aside writes what is neither of the unit nor of the coach. In the other area everybody has said yes to all, everything is
// lawful, every glass is broken, the first worker knows everybody, and everybody is the same person as the first.
func (l loader) aside(a int64, h human) {
	if a == other {
		all := []share{{always, homeZone, access.Everything}, {always, partnerZone, access.Everything}, {always, socialZone, access.Everything}}
		h.consents, h.lawful, h.known = all, all, []knows{{always, 101}}
		h.glasses, h.merged = []glass{{111, 0, never}, {112, 0, never}, {120, 0, never}}, []int64{1000}
	}
	for i, x := range h.consents {
		l.do(`INSERT INTO consent (area_id, person_id, consent_id, zone_id, purpose, categories, from_on, to_on, withdrawn_at, given_at, post_id, how,
		 witness_post_id, text_version, lang) VALUES ($1, $2, $3, $4, '', $5, $6, $7, $8, 0, 101, '', 0, 1, 'sv')`, a, h.id, i, x.zone, int(x.c), x.from, x.to, x.ended)
	}
	for i, x := range h.lawful {
		l.do(`INSERT INTO legal_ground (area_id, person_id, legal_ground_id, zone_id, categories, law, from_on, to_on, ended_at, post_id, ended_by, sealed)
		 VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8, 101, 0, $9)`, a, h.id, i, x.zone, int(x.c), x.from, x.to, x.ended, []byte{1})
	}
	for i, x := range h.known {
		l.do(`INSERT INTO conflict (area_id, worker_id, person_id, conflict_id, kind, from_on, to_on, ended_at, post_id, ended_by) VALUES ($1, $2, $3, $4, '', $5, $6, $7, 101, 0)`,
			a, x.worker, h.id, i, x.from, x.to, x.ended)
	}
	for i, x := range h.glasses {
		l.do(`INSERT INTO glass (area_id, post_id, person_id, glass_id, unit_id, reason, sealed, from_at, until_at, told_post_id, finding, note, reviewed_at, reviewer_post_id, version)
		 VALUES ($1, $2, $3, $4, 11, '', $5, $6, $7, 0, '', $5, 0, 0, 1)`, a, x.post, h.id, i, []byte{1}, x.from, x.until)
	}
	for _, x := range h.merged {
		l.do(`INSERT INTO merged (area_id, person_id, other_id, at, post_id) VALUES ($1, $2, $3, 0, 101)`, a, h.id, x)
	}
}

// swapped is the partner for the home and the home for the partner.
func swapped(n int64) int64 {
	if n == home || n == partner {
		return home + partner - n
	}
	return n
}
