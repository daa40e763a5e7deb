package person

import (
	"context"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/job"
	"sluss/internal/org"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/thread"
	"sluss/internal/vault"
)

// Protection is whether somebody's record is protected, and how. Of fabricated personal data nothing is kept: the person
// has another name and number, and no record may tell which they had before.
type Protection int

// The protections, as stored; their names are texts protect.kind.*.
const (
	Unprotected Protection = iota
	Marked                 // sekretessmarkering
	Registered             // skyddad folkbokföring
)

// fewest is how many are named at least, so that the person is not left alone when one is away.
const fewest = 2

// ProtectForm is what is decided when a record is protected: how, and who may go on seeing it.
type ProtectForm struct {
	Version int
	Kind    Protection
	Posts   []id.Post
}

// check says what is wrong with the form, by its fields: kind, post. The one who acts must be among those named, and a head,
// who alone can lift the protection.
func (f ProtectForm) check(self id.Post, here []org.Post) error {
	var form fault.Form
	if f.Kind != Marked && f.Kind != Registered {
		form.Add("kind", "protect.kind.needed")
	}
	head := false
	for _, p := range f.Posts {
		i := slices.IndexFunc(here, func(o org.Post) bool { return o.ID == p && Nameable(o) })
		if i < 0 {
			form.Add("post", "form.choose")
			return form.Err()
		}
		head = head || here[i].Role == access.Head
	}
	switch {
	case !slices.Contains(f.Posts, self):
		form.Add("post", "protect.post.self")
	case len(f.Posts) < fewest:
		form.Add("post", "protect.post.few", fewest)
	case !head:
		form.Add("post", "protect.post.head")
	}
	return form.Err()
}

// Nameable tells whether a post can be named to see somebody who is protected: the reception sees nobody's record.
func Nameable(o org.Post) bool { return o.Role != access.Reception }

// Protect protects somebody's record: from the commit on only those named see the person, anywhere. What is counted of their
// way is counted anew without them, and no letter or e-mail goes out. Anybody who works with the person may do it; who is
// named afterwards only a head changes, who is named too.
func (d *Desk) Protect(ctx context.Context, actor *access.Actor, who ID, f ProtectForm) error {
	return d.guard(ctx, actor, who, f.Version, func(tx *store.Tx, a access.Access, was Protection) error {
		roles := access.Caseworkers
		if was != Unprotected {
			roles = []access.Role{access.Head}
		}
		if err := access.Unit(ctx, tx, actor, roles...); err != nil {
			return err
		}
		here, err := org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
		if err != nil {
			return err
		}
		if err := f.check(actor.Post(), here); err != nil {
			return err
		}
		if err := setProtection(ctx, tx, actor, a, f.Version, f.Kind, ""); err != nil {
			return err
		}
		for _, p := range f.Posts {
			if err := access.Clear(ctx, tx, actor.Area(), who, p, clock.Span{From: actor.Today(), To: clock.Forever}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Lift lifts the protection, with the reason: whoever else has a ground sees the person again. Only a head who is named.
func (d *Desk) Lift(ctx context.Context, actor *access.Actor, who ID, version int, why string) error {
	return d.guard(ctx, actor, who, version, func(tx *store.Tx, a access.Access, was Protection) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		if was == Unprotected {
			return fault.New(fault.Conflict, "protect.not")
		}
		if strings.TrimSpace(why) == "" {
			return fault.Form{{Kind: fault.Invalid, Key: "protect.why.needed", Field: "why"}}
		}
		return setProtection(ctx, tx, actor, a, version, Unprotected, strings.TrimSpace(why))
	})
}

// guard opens the record for a decision about its protection. Stale when it is not in the version that was read.
func (d *Desk) guard(ctx context.Context, actor *access.Actor, who ID, version int, f func(tx *store.Tx, a access.Access, was Protection) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Identity, access.Decide, access.ForContact)
		if err != nil {
			return err
		}
		p, err := load(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if p.Version != version {
			return fault.Stale
		}
		return f(tx, a, p.Protection)
	})
}

// setProtection changes the mark and the master key that wraps the person's, ends every clearance, and writes down that it was done. It is in no thread: once lifted,
// nobody is to read there that somebody was protected.
func setProtection(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, version int, to Protection, why string) error {
	var wrapped []byte
	if err := tx.One(ctx, store.Q(`SELECT key_wrapped FROM person WHERE area_id = $1 AND person_id = $2`), []any{actor.Area(), a.Person()}, &wrapped); err != nil {
		return err
	}
	wrapped, err := actor.Keys().Rewrap(a.Person(), wrapped, to != Unprotected)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE person SET protected = $4, key_wrapped = $5, changed_on = $6, version = version + 1
	 WHERE area_id = $1 AND person_id = $2 AND version = $3`), actor.Area(), a.Person(), version, int(to), wrapped, string(actor.Today()))
	if err == nil && n == 0 {
		return fault.Stale
	}
	if err != nil {
		return err
	}
	if err := access.Unclear(ctx, tx, actor.Area(), a.Person(), actor.Now()); err != nil {
		return err
	}
	if to != Unprotected {
		if err := endShares(ctx, tx, actor, a); err != nil {
			return err
		}
		if err := job.End(ctx, tx, actor.Area(), int64(a.Person()), actor.Now()); err != nil {
			return err
		}
		if err := signin.EndPerson(ctx, tx, actor.Area(), a.Person(), actor.Now()); err != nil {
			return err
		}
	}
	row := id.New[protectionTag](actor.Now())
	if _, err := tx.Exec(ctx, store.Q(`INSERT INTO protection (area_id, person_id, protection_id, kind, sealed, at, post_id) VALUES ($1, $2, $3, $4, $5, $6, $7)`),
		actor.Area(), a.Person(), row, int(to), a.Key(access.Identity).Seal(protectionPlace(row), why), int64(actor.Now()), actor.Post()); err != nil {
		return err
	}
	return thread.Stale(ctx, tx, actor.Area(), a.Person(), "", actor.Now())
}

// endShares ends all that another agency has been given of the person: consents and legal grounds.
func endShares(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) error {
	if _, err := access.Withdraw(ctx, tx, actor.Area(), a.Person(), 0, actor.Now(), false); err != nil {
		return err
	}
	_, err := access.EndByLaw(ctx, tx, actor.Area(), a.Person(), 0, actor.Post(), actor.Now())
	return err
}

type protectionTag struct{}

func protectionPlace(row id.Of[protectionTag]) vault.Place {
	return vault.Place{Table: "protection", Column: "sealed", Row: int64(row)}
}

// Protected is one time that the protection was set, changed or lifted.
type Protected struct {
	Kind Protection
	At   clock.Instant
	Post id.Post
	Why  string // of one that was lifted
}

// Shield is what the page of somebody's protection shows.
type Shield struct {
	Person     Person // the identity
	Colleagues []org.Post
	Cleared    []id.Post
	History    []Protected // newest first
	Readers    []id.Post   // who has seen the person the last months, for those who must be warned
}

// readersMonths is how far back Shield tells who has seen somebody.
const readersMonths = 3

// Shield reads how somebody is protected, for a page.
func (d *Desk) Shield(ctx context.Context, actor *access.Actor, who ID) (s Shield, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		s = Shield{}
		a, err := access.Open(ctx, tx, actor, who, access.Identity, access.Read, access.ForContact)
		if err != nil {
			return err
		}
		if s.Person, err = load(ctx, tx, actor, a); err != nil {
			return err
		}
		if s.Colleagues, err = org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now()); err != nil || s.Person.Protection == Unprotected {
			return err
		}
		if s.Cleared, err = access.Cleared(ctx, tx, actor, a); err != nil {
			return err
		}
		if s.History, err = history(ctx, tx, actor, a); err != nil {
			return err
		}
		s.Readers, err = audit.Readers(ctx, tx, actor.Area(), who, actor.Today().AddMonths(-readersMonths), int(access.ForAnswer))
		return err
	})
	return s, err
}

func history(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Protected, error) {
	return store.All(ctx, tx, store.Q(`SELECT protection_id, kind, sealed, at, post_id FROM protection WHERE area_id = $1 AND person_id = $2
	 ORDER BY protection_id DESC`), []any{actor.Area(), a.Person()}, func(rows *store.Cursor) (p Protected, err error) {
		var row id.Of[protectionTag]
		var sealed []byte
		if err := rows.Scan(&row, &p.Kind, &sealed, &p.At, &p.Post); err != nil {
			return p, err
		}
		f, err := a.Key(access.Identity).Open(protectionPlace(row), 1, sealed)
		if err == nil {
			p.Why = f[0]
		}
		return p, err
	})
}
