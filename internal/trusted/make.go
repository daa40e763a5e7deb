package trusted

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/big"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/signin"
	"sluss/internal/store"
)

// Made is a link that was just made. Neither part is kept: only their hashes are.
type Made struct {
	Token string // of the address
	Code  string // said by mouth
}

// Make makes a link: the person alone, or with staff at the table, who then are the actor. A conflict for somebody whose record is
// protected, and when as many hold as may.
func (d *Desk) Make(ctx context.Context, actor *access.Actor, who id.Person, f Form) (m Made, err error) {
	token := make([]byte, signin.LinkBytes)
	_, _ = rand.Read(token)
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return m, err
	}
	m = Made{actor.Area().String() + "." + base64.RawURLEncoding.EncodeToString(token), fmt.Sprintf("%06d", n)}
	return m, d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := open(ctx, tx, actor, who, Makes, access.Write)
		if err != nil {
			return err
		}
		if err := f.Check(); err != nil {
			return err
		}
		if err := free(ctx, tx, actor, a); err != nil {
			return err
		}
		return insert(ctx, tx, actor, a, f, m, token)
	})
}

func insert(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, f Form, m Made, token []byte) error {
	link, hash := access.NewLink(actor.Now()), sha256.Sum256(token)
	code, err := actor.Keys().Index(codeKind, codeOf(int64(link), m.Code))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, store.Q(`INSERT INTO trusted_link (area_id, link_id, person_id, token_hash, code_hash, sealed, helps, made_at, post_id, ends_at, ended_at, tries)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0)`), actor.Area(), link, a.Person(), hash[:], code, a.Key(access.Identity).Seal(access.LinkPlace(link), f.Reader), store.Flag(f.Helps),
		int64(actor.Now()), actor.Post(), int64(actor.Now().Add(days(f.Days))), int64(access.Never))
	return err
}

// open opens the record for the person themself, or for staff at the table.
func open(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, c access.Category, act access.Action) (access.Access, error) {
	if actor.Themself() != 0 {
		return access.OpenOwn(ctx, tx, actor, c, act)
	}
	return access.Open(ctx, tx, actor, who, c, act, access.ForTogether)
}

// free refuses who is protected, and one more link than may hold at once.
func free(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) error {
	var free, held int
	err := tx.One(ctx, store.Q(`SELECT CASE WHEN `+access.Unshielded+` THEN 1 ELSE 0 END, (SELECT count(*) FROM trusted_link l WHERE l.area_id = $1 AND l.person_id = $2 AND l.ends_at > $3 AND l.ended_at > $3)
	 FROM person p WHERE p.area_id = $1 AND p.person_id = $2`), []any{actor.Area(), a.Person(), int64(actor.Now())}, &free, &held)
	switch {
	case err != nil:
		return err
	case free == 0:
		return fault.New(fault.Conflict, "trusted.protected")
	case held >= mostLinks:
		return fault.New(fault.Conflict, "trusted.many", mostLinks)
	}
	return nil
}

// End ends a link at once. Missing for one that is not the person's, or is over.
func (d *Desk) End(ctx context.Context, actor *access.Actor, who id.Person, link ID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := open(ctx, tx, actor, who, access.Identity, access.Write)
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE trusted_link SET ended_at = $4 WHERE area_id = $1 AND person_id = $2 AND link_id = $3 AND ended_at > $4`),
			actor.Area(), a.Person(), link, int64(actor.Now()))
		if err == nil && n == 0 {
			return fault.Missing
		}
		return err
	})
}

const codeKind = "trusted code"

// codeOf binds a code to its link.
func codeOf(link int64, code string) string { return fmt.Sprint(link, "\x00", code) }
