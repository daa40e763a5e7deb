package vault

import (
	"context"
	"math"

	"sluss/internal/id"
	"sluss/internal/store"
)

// Tried is how much opened in a drill.
type Tried struct {
	People int // whose own key opened
	Texts  int // sealed by those keys and by others
}

// Tries opens every key of an area, and all that it sealed, as a drill of a backup does. People with protected records are passed over
// where the key file of theirs is not here.
func (v *Vault) Tries(ctx context.Context, s *store.Store, area id.Area) (n Tried, err error) {
	err = s.Read(ctx, func(tx *store.Tx) error {
		n = Tried{}
		return v.opens(ctx, tx, area, func(t *wrapped, x held, key Person) error {
			if t.people {
				n.People++
			}
			return t.texts(ctx, tx, area, x.row, func(c content, s spot, b []byte) error {
				n.Texts++
				_, err := key.plain(s.place, b)
				return err
			})
		})
	})
	return n, err
}

// opens gives every key of an area that can be opened here, and whose it is.
func (v *Vault) opens(ctx context.Context, tx *store.Tx, area id.Area, f func(t *wrapped, x held, key Person) error) error {
	a, err := v.Area(ctx, tx, area)
	if err != nil {
		return err
	}
	for i := range wrappedTables {
		t := &wrappedTables[i]
		err := t.all(ctx, tx, area, func(first byte, list []held) error {
			w := a.master
			if first == shielded {
				w = a.protected
			}
			if w == nil {
				return nil
			}
			for _, x := range list {
				raw, err := w.unwrap(x.was, t.bond(x.row))
				if err != nil {
					return err
				}
				key, err := keyOf(area, raw)
				if err == nil {
					err = f(t, x, key)
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// all gives the keys of a table that are not destroyed, by which master key wraps them.
func (t *wrapped) all(ctx context.Context, tx *store.Tx, a id.Area, f func(first byte, list []held) error) error {
	firsts := []byte{ordinary}
	if t.people {
		firsts = append(firsts, shielded)
	}
	for _, first := range firsts {
		list, err := t.left(ctx, tx, a, 0, []byte{first, 0, 0, 0, 0}, math.MaxInt32) // no key has this mark: all of them are left
		if err == nil {
			err = f(first, list)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// texts gives all that one key sealed, as it lies.
func (t *wrapped) texts(ctx context.Context, tx *store.Tx, a id.Area, owner int64, f func(content, spot, []byte) error) error {
	for _, c := range t.contents {
		list, err := c.spots(ctx, tx, a, owner)
		if err != nil {
			return err
		}
		for _, s := range list {
			b, err := c.read(ctx, tx, a, owner, s)
			if err == nil {
				err = f(c, s, b)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}
