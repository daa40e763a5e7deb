package consent

import (
	"context"
	"fmt"
	"slices"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/lawful"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Shared is what one agency may see of a person, and what it has seen.
type Shared struct {
	org.Party
	Yes      access.Consent // that holds now; its id is 0 for none
	Laws     []lawful.Ground
	Earlier  []access.Consent // taken back or over, newest first
	Took     access.Category  // what those who work there have been shown
	TookOn   clock.Date       // when last; "" for never
	NotUntil clock.Date       // the day from which it may be taken up again; "" for now
}

// View is what the page of somebody's consents shows.
type View struct {
	Person     person.Person // the identity
	Parties    []Shared      // others than the unit's own zone, in the order they were added
	Colleagues []org.Post
	Money      bool // the reader works where people's money is decided on
}

// Party gives one of the parties; ok is false for any other.
func (v View) Party(z access.Zone) (Shared, bool) {
	i := slices.IndexFunc(v.Parties, func(s Shared) bool { return s.ID == z })
	if i < 0 {
		return Shared{}, false
	}
	return v.Parties[i], true
}

// Open reads somebody's consents, for a page.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person) (v View, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		v = View{}
		var a access.Access
		if v.Person, a, err = person.Open(ctx, tx, actor, who, Need, access.Read, access.ForCollaboration); err != nil {
			return err
		}
		if err := v.parties(ctx, tx, actor, a); err != nil {
			return err
		}
		v.Colleagues, err = org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
		return err
	})
	return v, err
}

// Need is what the page of consents is made from.
const Need = access.Identity | access.Collaboration

func (v *View) parties(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) error {
	parties, err := org.Parties(ctx, tx, actor)
	if err != nil {
		return err
	}
	home, err := org.HomeZone(ctx, tx, actor)
	if err != nil && !store.None(err) {
		return err
	}
	for _, p := range parties {
		if p.ID == home {
			v.Money = p.Money
		} else {
			v.Parties = append(v.Parties, Shared{Party: p})
		}
	}
	return v.fill(ctx, tx, actor, a)
}

func (v *View) fill(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) error {
	consents, err := access.ConsentsOf(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	laws, err := lawful.Of(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	asked, err := askedOn(ctx, tx, actor, a.Person())
	if err != nil {
		return err
	}
	took, err := tookOf(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	for i := range v.Parties {
		s := &v.Parties[i]
		s.take(actor.Now(), consents, laws)
		s.Took, s.TookOn = took[s.ID].categories, took[s.ID].on
		if on, ok := asked[s.ID]; ok && on.AddMonths(silence) > actor.Today() {
			s.NotUntil = on.AddMonths(silence)
		}
	}
	return nil
}

// take keeps what concerns the party.
func (s *Shared) take(now clock.Instant, consents []access.Consent, laws []lawful.Ground) {
	for _, c := range consents {
		switch {
		case c.Zone != s.ID:
		case c.Live(now) && s.Live && s.Yes.ID == 0:
			s.Yes = c
		default:
			s.Earlier = append(s.Earlier, c)
		}
	}
	for _, l := range laws {
		if l.Zone == s.ID && l.Live(now) && s.Live {
			s.Laws = append(s.Laws, l)
		}
	}
}

// taken is what a zone has been shown of somebody, and when last.
type taken struct {
	zone       access.Zone
	categories access.Category
	on         clock.Date
}

// tookOf tells what each zone has been shown of the person, from the log: not what a decision delays, nor that somebody answers
// what the person wonders (access.ForAnswer). ErrLog when it cannot be read.
func tookOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (map[access.Zone]taken, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT u.zone_id, x.categories, max(d.on_date) FROM disclosure_person d
	  JOIN disclosure x ON x.area_id = d.area_id AND x.disclosure_id = d.disclosure_id
	  JOIN unit u ON u.area_id = x.area_id AND u.unit_id = x.unit_id
	 WHERE d.area_id = $1 AND d.person_id = $2 AND x.purpose <> 102 AND NOT EXISTS (SELECT 1 FROM reading_delay y
   WHERE y.area_id = $1 AND y.person_id = $2 AND y.post_id = d.post_id AND y.from_on <= d.on_date AND y.to_on > d.on_date AND y.until_on > $3)
  GROUP BY u.zone_id, x.categories ORDER BY u.zone_id, x.categories`), []any{actor.Area(), a.Person(), string(actor.Today())},
		func(r *store.Cursor) (t taken, err error) {
			err = r.Scan(&t.zone, &t.categories, &t.on)
			return t, err
		})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", audit.ErrLog, err)
	}
	m := map[access.Zone]taken{}
	for _, t := range list {
		was := m[t.zone]
		m[t.zone] = taken{t.zone, was.categories | t.categories, max(was.on, t.on)}
	}
	return m, nil
}
