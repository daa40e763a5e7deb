package trusted

import (
	"context"
	"crypto/subtle"
	"strings"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/myplace"
	"sluss/internal/store"
	"sluss/internal/way"
)

var (
	errGone  = fault.New(fault.NotFound, "trusted.gone")
	errWrong = fault.Form{{Kind: fault.Invalid, Key: "trusted.code.wrong", Field: "code"}}
)

// Open shows what the person shows to who holds the link and says its code. A wrong code is a fault of the field code; with the last
// that may be wrong the link is over, and it is NotFound as any that is. Each opening is written down with its line in the log.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, code string) (s Shown, err error) {
	var fails error
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		s, fails = Shown{}, nil
		helps, right, err := try(ctx, tx, actor, plain(code))
		if err != nil {
			return err
		}
		if !right {
			fails, err = wrong(ctx, tx, actor)
			return err
		}
		c := way.Need
		if helps {
			c |= myplace.Need
		}
		a, err := access.OpenTrusted(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		if err := opened(ctx, tx, actor, a); err != nil {
			return err
		}
		s, err = Of(ctx, tx, actor, a, helps)
		return err
	})
	if err == nil {
		err = fails
	}
	return s, err
}

// try tells whether the code is the link's.
func try(ctx context.Context, tx *store.Tx, actor *access.Actor, code string) (helps, right bool, err error) {
	var want []byte
	var shows int
	err = tx.One(ctx, store.Q(`SELECT code_hash, helps FROM trusted_link WHERE area_id = $1 AND link_id = $2 AND ends_at > $3 AND ended_at > $3`),
		[]any{actor.Area(), actor.Link(), int64(actor.Now())}, &want, &shows)
	if store.None(err) {
		return false, false, errGone
	}
	if err != nil {
		return false, false, err
	}
	got, err := actor.Keys().Index(codeKind, codeOf(int64(actor.Link()), code))
	return shows == 1, err == nil && subtle.ConstantTimeCompare(want, got) == 1, err
}

// wrong counts a wrong code, and gives what to answer.
func wrong(ctx context.Context, tx *store.Tx, actor *access.Actor) (answer, err error) {
	var tries int
	if _, err := tx.Exec(ctx, store.Q(`UPDATE trusted_link SET tries = tries + 1, ended_at = CASE WHEN tries + 1 >= $3 THEN $4 ELSE ended_at END WHERE area_id = $1 AND link_id = $2`),
		actor.Area(), actor.Link(), FreeTries, int64(actor.Now())); err != nil {
		return nil, err
	}
	if err := tx.One(ctx, store.Q(`SELECT tries FROM trusted_link WHERE area_id = $1 AND link_id = $2`), []any{actor.Area(), actor.Link()}, &tries); err != nil {
		return nil, err
	}
	if tries >= FreeTries {
		return errGone, nil
	}
	return errWrong, nil
}

// opened writes an opening down. Two of the same person in the same instant are one too many for the log to tell apart.
func opened(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) error {
	if _, err := tx.Exec(ctx, store.Q(`UPDATE trusted_link SET tries = 0 WHERE area_id = $1 AND link_id = $2`), actor.Area(), actor.Link()); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`INSERT INTO trusted_opening (area_id, person_id, at, link_id) VALUES ($1, $2, $3, $4) ON CONFLICT (area_id, person_id, at) DO NOTHING`),
		actor.Area(), a.Person(), int64(actor.Now()), actor.Link())
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "fault.busy")
	}
	return err
}

// plain is a code without what stands between its digits, whichever digits they were typed with.
func plain(code string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		}
		return -1
	}, code)
}
