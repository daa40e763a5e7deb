package vault

import (
	"context"
	"errors"
	"fmt"

	"sluss/internal/id"
	"sluss/internal/store"
)

// Ring is every key of a database, as it lies there: wrapped, so that who finds it without the key files opens nothing by it. It is
// kept apart from the copies of the database, and for a shorter time: who is weeded is in no newer ring.
type Ring struct {
	Areas []AreaKeys          `json:"areas"`
	Keys  map[string][]OneKey `json:"keys"` // by what they are of
}

// AreaKeys are the keys of an area, sealed by the key files.
type AreaKeys struct {
	Area      id.Area `json:"area"`
	Master    []byte  `json:"master"`
	Protected []byte  `json:"protected"`
	Indexing  []byte  `json:"indexing"`
}

// OneKey is the wrapped key of a row.
type OneKey struct {
	Area id.Area `json:"area"`
	Row  int64   `json:"row"`
	Key  []byte  `json:"key"`
}

// ErrOtherRing tells that the keys are of another installation.
var ErrOtherRing = errors.New("these are the keys of another database")

// TakeKeys takes the keys out of a copy of a database. Traces of them may be left in its pages.
func TakeKeys(ctx context.Context, s *store.Store) (r Ring, err error) {
	s.Longest = renewMost
	err = s.Write(ctx, func(tx *store.Tx) (err error) {
		r = Ring{Keys: map[string][]OneKey{}}
		if r.Areas, err = areaKeys(ctx, tx); err != nil {
			return err
		}
		for _, a := range r.Areas {
			if err := r.take(ctx, tx, a.Area); err != nil {
				return err
			}
			if err := setAreaKeys(ctx, tx, AreaKeys{a.Area, []byte{}, []byte{}, []byte{}}); err != nil {
				return err
			}
		}
		return nil
	})
	return r, err
}

func (r *Ring) take(ctx context.Context, tx *store.Tx, a id.Area) error {
	for i := range wrappedTables {
		t := &wrappedTables[i]
		err := t.all(ctx, tx, a, func(_ byte, list []held) error {
			for _, x := range list {
				r.Keys[t.name] = append(r.Keys[t.name], OneKey{a, x.row, x.was})
				if _, err := tx.Exec(ctx, t.set, a, x.row, []byte{}, x.was); err != nil {
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

func areaKeys(ctx context.Context, tx *store.Tx) ([]AreaKeys, error) {
	return store.All(ctx, tx, store.Q(`SELECT area_id, master, protected, indexing FROM area_key ORDER BY area_id`), nil, func(c *store.Cursor) (a AreaKeys, err error) {
		return a, c.Scan(&a.Area, &a.Master, &a.Protected, &a.Indexing)
	})
}

func setAreaKeys(ctx context.Context, tx *store.Tx, a AreaKeys) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE area_key SET master = $2, protected = $3, indexing = $4 WHERE area_id = $1`), a.Area, a.Master, a.Protected, a.Indexing)
	return err
}

// PutKeys puts keys into a copy that they were taken from, or that is older than they are. Who is not in the ring was weeded between the two: their
// key stays destroyed, and it gives how many they are; likewise of all else with a key of its own, of which the words go too.
func PutKeys(ctx context.Context, s *store.Store, r Ring) (without int, err error) {
	s.Longest = renewMost
	err = s.Write(ctx, func(tx *store.Tx) error {
		areas, err := areaKeys(ctx, tx)
		if err != nil {
			return err
		}
		there := map[id.Area]bool{}
		for _, a := range areas {
			there[a.Area] = true
		}
		for _, a := range r.Areas {
			if err := setAreaKeys(ctx, tx, a); err != nil {
				return err
			}
			delete(there, a.Area)
		}
		if len(there) > 0 {
			return ErrOtherRing
		}
		for i := range wrappedTables {
			t := &wrappedTables[i]
			for _, k := range r.Keys[t.name] {
				if _, err := tx.Exec(ctx, t.set, k.Area, k.Row, k.Key, []byte{}); err != nil {
					return err
				}
			}
		}
		for _, a := range areas {
			for _, t := range wrappedTables[1:] {
				if err := t.silence(ctx, tx, a.Area); err != nil {
					return err
				}
			}
		}
		return tx.One(ctx, store.Q(`SELECT count(*) FROM person WHERE weeded_at = 0 AND length(key_wrapped) = 0 AND area_id > $1`), []any{0}, &without)
	})
	return without, err
}

// silence empties what nobody has the key of any more.
func (t *wrapped) silence(ctx context.Context, tx *store.Tx, a id.Area) error {
	for _, c := range t.contents {
		_, err := tx.Exec(ctx, store.Join(store.Q(`UPDATE `), c.table, store.Q(` SET `), c.column, store.Q(` = $2 WHERE area_id = $1 AND length(`), c.column, store.Q(`) > 0 AND `), c.owner,
			store.Q(` IN (SELECT k.`), c.owner, store.Q(` FROM `), t.table, store.Q(` k WHERE k.area_id = $1 AND length(k.key_wrapped) = 0`), t.whose, store.Q(`)`)), a, []byte{})
		if err != nil {
			return fmt.Errorf("%s: %w", c.table, err)
		}
	}
	return nil
}
