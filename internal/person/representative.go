package person

import (
	"context"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type representativeTag struct{}

// RepresentativeID is the id of a representative.
type RepresentativeID = id.Of[representativeTag]

// RepresentativeKinds are who may speak for somebody, in the order of the form; their names and what each means are texts
// person.rep.*.
var RepresentativeKinds = []string{"godman", "forvaltare", "ombud", "support"}

// Representative is somebody who speaks for a person or beside them, in what, and from when to when.
type Representative struct {
	ID       RepresentativeID
	Kind     string // one of RepresentativeKinds
	Name     string
	Phone    string
	Scope    string // in what, in words
	From, To clock.Date
	Ended    bool
	Version  int
}

func representativePlace(r RepresentativeID) vault.Place {
	return vault.Place{Table: "representative", Column: "sealed", Row: int64(r)}
}

func (r *Representative) check(today clock.Date) error {
	r.Name, r.Phone, r.Scope = tidy(r.Name), tidy(r.Phone), strings.TrimSpace(r.Scope)
	var form fault.Form
	if !slices.Contains(RepresentativeKinds, r.Kind) {
		form.Add("kind", "form.choose")
	}
	if r.Name == "" {
		form.Add("name", "person.rep.name.needed")
	}
	if r.Scope == "" {
		form.Add("scope", "person.rep.scope.needed")
	}
	if r.From == "" {
		r.From = today
	}
	if r.To == "" {
		r.To = clock.Forever
	}
	if r.To <= r.From {
		form.Add("to", "person.rep.to.before")
	}
	return form.Err()
}

// Represent writes who speaks for a person or beside them.
func (d *Desk) Represent(ctx context.Context, actor *access.Actor, who ID, r Representative) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Contact, access.Write, access.ForContact)
		if err != nil {
			return err
		}
		if err := r.check(actor.Today()); err != nil {
			return err
		}
		r.ID = id.New[representativeTag](actor.Now())
		_, err = tx.Exec(ctx, store.Q(`INSERT INTO representative (area_id, person_id, representative_id, kind, sealed, from_on, to_on, ended_at, version)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`), actor.Area(), who, r.ID, r.Kind,
			a.Key(access.Contact).Seal(representativePlace(r.ID), r.Name, r.Phone, r.Scope), string(r.From), string(r.To), int64(access.Never))
		return err
	})
}

// EndRepresentative ends that somebody speaks for a person, at once. Stale when it has ended already.
func (d *Desk) EndRepresentative(ctx context.Context, actor *access.Actor, who ID, r RepresentativeID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if _, err := access.Open(ctx, tx, actor, who, access.Contact, access.Write, access.ForContact); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE representative SET ended_at = $5, version = version + 1
		 WHERE area_id = $1 AND person_id = $2 AND representative_id = $3 AND version = $4 AND ended_at > $5`), actor.Area(), who, r, version, int64(actor.Now()))
		if err == nil && n == 0 {
			return fault.Stale
		}
		return err
	})
}

// Representatives gives those who speak for a person now or later, and those who have, newest first.
func Representatives(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Representative, error) {
	return store.All(ctx, tx, store.Q(`SELECT representative_id, kind, sealed, from_on, to_on, ended_at, version FROM representative
	 WHERE area_id = $1 AND person_id = $2 ORDER BY representative_id DESC`), []any{actor.Area(), a.Person()}, func(rows *store.Cursor) (r Representative, err error) {
		var sealed []byte
		var ended int64
		if err := rows.Scan(&r.ID, &r.Kind, &sealed, &r.From, &r.To, &ended, &r.Version); err != nil {
			return r, err
		}
		f, err := a.Key(access.Contact).Open(representativePlace(r.ID), 3, sealed)
		if err != nil {
			return r, err
		}
		r.Name, r.Phone, r.Scope = f[0], f[1], f[2]
		r.Ended = ended <= int64(actor.Now()) || r.To <= actor.Today()
		return r, nil
	})
}

// RepresentativesOf reads them for a page.
func (d *Desk) RepresentativesOf(ctx context.Context, actor *access.Actor, who ID) (list []Representative, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Contact, access.Read, access.ForContact)
		if err != nil {
			return err
		}
		list, err = Representatives(ctx, tx, actor, a)
		return err
	})
	return list, err
}
