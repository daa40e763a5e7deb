package vault

import (
	"context"
	"fmt"

	"sluss/internal/id"
	"sluss/internal/store"
)

// Tables is how many tables a rotation wraps the keys of.
const Tables = 7

// After has f called after each step of a rotation that lasts; an error stops it there, as a kill would.
func (r *Rotation) After(f func() error) { r.after = f }

func init() {
	if len(wrappedTables) != Tables {
		panic("a table more: the test of what is wrapped counts them")
	}
}

// Everything opens all that the keys of an area seal, and gives what it says by where it lies, and each key by whose it is.
func (v *Vault) Everything(ctx context.Context, tx *store.Tx, area id.Area) (texts map[string]string, keys map[string]Person, err error) {
	texts, keys = map[string]string{}, map[string]Person{}
	err = v.opens(ctx, tx, area, func(t *wrapped, x held, key Person) error {
		whose := fmt.Sprint(t.next, x.row)
		keys[whose] = key
		return t.texts(ctx, tx, area, x.row, func(c content, s spot, b []byte) error {
			plain, err := key.plain(s.place, b)
			texts[fmt.Sprint(whose, "|", c.table, ".", c.column, "|", s.place.Row, " ", s.place.Column)] = string(plain)
			return err
		})
	})
	return texts, keys, err
}

// Opened counts what keys of before still open.
func (v *Vault) Opened(ctx context.Context, tx *store.Tx, area id.Area, keys map[string]Person) (n int, err error) {
	return n, v.opens(ctx, tx, area, func(t *wrapped, x held, _ Person) error {
		return t.texts(ctx, tx, area, x.row, func(c content, s spot, b []byte) error {
			if _, err := keys[fmt.Sprint(t.next, x.row)].plain(s.place, b); err == nil {
				n++
			}
			return nil
		})
	})
}

// Sealed are the columns that some key seals, and Indexed those that Index fills, as table.column.
func Sealed() (list []string) {
	for _, t := range wrappedTables {
		for _, c := range t.contents {
			list = append(list, c.table.String()+"."+c.column.String())
		}
	}
	return list
}

// Indexed are the columns that Index fills, as table.column.
func Indexed() (list []string) {
	for _, f := range indexed {
		list = append(list, f.table.String()+"."+f.column.String())
	}
	return list
}
