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
		by := []*wrapper{a.master}
		if t.people && a.protected != nil {
			by = append(by, a.protected)
		}
		for _, w := range by {
			none := []byte{w.mark[0], 0, 0, 0, 0} // no key begins so: all of them are left
			list, err := t.left(ctx, tx, area, 0, none, math.MaxInt32)
			if err != nil {
				return err
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
