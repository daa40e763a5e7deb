package vault

import (
	"bytes"
	"context"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// ErrProtected answers who may see somebody with a protected record while the key file of protected people is not here.
var ErrProtected = fault.New(fault.Unavailable, "fault.protected")

// ProtectedBeside is where the key file of protected people lies unless another place is named: beside the ordinary one.
func ProtectedBeside(keys string) string { return keys + ".protected" }

// Protected tells whether the key file of protected people is here.
func (v *Vault) Protected() bool { return v.protected != nil }

// The first byte of a wrapped key tells by which of the area's two master keys.
const (
	ordinary byte = 1 // as Tink begins what it seals
	shielded byte = 2
)

// wrapper wraps people's keys by one master key.
type wrapper struct {
	by   tink.AEAD
	mark []byte // begins what it wraps: which master key, and which of its generations
}

func newWrapper(h *keyset.Handle, first byte) (*wrapper, error) {
	by, err := aead.New(h)
	return &wrapper{by, mark(h, first)}, err
}

func (w *wrapper) wrap(raw, bond []byte) ([]byte, error) {
	b, err := w.by.Encrypt(raw, bond)
	if err == nil {
		b[0] = w.mark[0]
	}
	return b, err
}

func (w *wrapper) unwrap(wrapped, bond []byte) ([]byte, error) {
	if len(wrapped) == 0 || wrapped[0] != w.mark[0] {
		return nil, ErrSealed
	}
	b := bytes.Clone(wrapped)
	b[0] = ordinary
	raw, err := w.by.Decrypt(b, bond)
	if err != nil {
		return nil, ErrSealed
	}
	return raw, nil
}

func (a *Area) unwrap(p id.Person, wrapped []byte) ([]byte, error) {
	switch {
	case len(wrapped) == 0 || wrapped[0] != shielded:
		return a.master.unwrap(wrapped, wrapBond(p))
	case a.protected == nil:
		return nil, ErrProtected
	}
	return a.protected.unwrap(wrapped, wrapBond(p))
}

// Rewrap wraps a person's key as it is to be when the person's record is protected, or no longer is. Where the key file of
// protected people is not here, one who is to be protected stays under the ordinary key until Settle; the rule keeps them
// from others meanwhile.
func (a *Area) Rewrap(p id.Person, wrapped []byte, protected bool) ([]byte, error) {
	to := a.master
	if protected {
		to = a.protected
	}
	if to == nil {
		return wrapped, nil
	}
	raw, err := a.unwrap(p, wrapped)
	if err != nil {
		return nil, err
	}
	return to.wrap(raw, wrapBond(p))
}

// Closed is the key of somebody whose key cannot be opened here: all that it opens is empty, and it seals nothing. With it a
// list goes on, with one in it who has no name.
func Closed() Person { return Person{closed: true} }

// Closed tells whether this is such a key.
func (p Person) Closed() bool { return p.closed }

var unsettled = store.Q(`SELECT person_id, key_wrapped FROM person WHERE area_id = $1 AND protected <> 0 AND length(key_wrapped) > 0
  AND substr(key_wrapped, 1, 1) = $2`)

// Settle wraps by the key of protected people those who were protected while its file was not here. It gives how many.
func (v *Vault) Settle(ctx context.Context, s *store.Store, area id.Area) (n int, err error) {
	err = s.Write(ctx, func(tx *store.Tx) error {
		n = 0
		a, err := v.Area(ctx, tx, area)
		if err != nil || a.protected == nil {
			return err
		}
		type row struct {
			who     id.Person
			wrapped []byte
		}
		rows, err := store.All(ctx, tx, unsettled, []any{area, []byte{ordinary}}, func(c *store.Cursor) (x row, err error) {
			return x, c.Scan(&x.who, &x.wrapped)
		})
		for _, x := range rows {
			var b []byte
			if b, err = a.Rewrap(x.who, x.wrapped, true); err != nil {
				return err
			}
			if _, err = tx.Exec(ctx, setPersonKey, area, x.who, b, x.wrapped); err != nil {
				return err
			}
			n++
		}
		return err
	})
	return n, err
}

// Shielded counts the protected people of an area: those whose keys the key of protected people wraps, and those who wait for it.
func Shielded(ctx context.Context, tx *store.Tx, area id.Area) (wrapped, waiting int, err error) {
	err = tx.One(ctx, store.Q(`SELECT count(*), coalesce(sum(CASE WHEN substr(key_wrapped, 1, 1) = $2 THEN 1 ELSE 0 END), 0) FROM person
	 WHERE area_id = $1 AND protected <> 0 AND length(key_wrapped) > 0`), []any{area, []byte{shielded}}, &waiting, &wrapped)
	return wrapped, waiting - wrapped, err
}
