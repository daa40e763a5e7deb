package vault

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"sluss/internal/id"
	"sluss/internal/store"
)

// Rotation takes a key file and its database over to new keys: a new key in the file, a new master key in each area, and
// every person's key wrapped anew. What is sealed about people stays as it is. It may be stopped at any point, also by a
// kill, and goes on where it was when it is run again; nobody may serve the database meanwhile. The two key files are
// rotated each by itself, and neither needs the other.
type Rotation struct {
	Store     *store.Store
	File      string          // the key file
	Protected bool            // it is the one of protected people
	Old       string          // where the key file as it was is kept; it must not be there when a rotation begins
	Told      func(total int) // called now and then with how many keys have been wrapped anew; may be nil

	total int
	after func() error // called after each step that lasts; a test stops there
}

// wrapped is a table with keys that an area's master key wraps.
type wrapped struct {
	next, set store.SQL
	bond      func(row int64) []byte
}

// people are those whose keys the master key wraps that $3 is a mark of: the ordinary one, or the one of protected people.
var people = wrapped{store.Q(`SELECT person_id, key_wrapped FROM person WHERE area_id = $1 AND person_id > $2 AND length(key_wrapped) > 0
	  AND substr(key_wrapped, 1, 5) <> $3 AND substr(key_wrapped, 1, 1) = substr($3, 1, 1) ORDER BY person_id LIMIT 0 + $4`),
	setPersonKey, func(row int64) []byte { return wrapBond(id.Person(row)) }}

var setPersonKey = store.Q(`UPDATE person SET key_wrapped = $3 WHERE area_id = $1 AND person_id = $2 AND key_wrapped = $4`)

var wrappedTables = []wrapped{
	people,
	{store.Q(`SELECT intray_id, key_wrapped FROM intray WHERE area_id = $1 AND intray_id > $2 AND length(key_wrapped) > 0 AND substr(key_wrapped, 1, 5) <> $3
	  ORDER BY intray_id LIMIT 0 + $4`),
		store.Q(`UPDATE intray SET key_wrapped = $3 WHERE area_id = $1 AND intray_id = $2 AND key_wrapped = $4`),
		func(row int64) []byte { return ownBond("intray", row) }},
	{store.Q(`SELECT application_id, key_wrapped FROM application WHERE area_id = $1 AND application_id > $2 AND length(key_wrapped) > 0 AND substr(key_wrapped, 1, 5) <> $3
	  ORDER BY application_id LIMIT 0 + $4`),
		store.Q(`UPDATE application SET key_wrapped = $3 WHERE area_id = $1 AND application_id = $2 AND key_wrapped = $4`),
		func(row int64) []byte { return ownBond("application", row) }},
	{store.Q(`SELECT opinion_id, key_wrapped FROM opinion WHERE area_id = $1 AND opinion_id > $2 AND length(key_wrapped) > 0 AND substr(key_wrapped, 1, 5) <> $3
	  ORDER BY opinion_id LIMIT 0 + $4`),
		store.Q(`UPDATE opinion SET key_wrapped = $3 WHERE area_id = $1 AND opinion_id = $2 AND key_wrapped = $4`),
		func(row int64) []byte { return ownBond("opinion", row) }},
	{store.Q(`SELECT evaluation_id, key_wrapped FROM evaluation_said WHERE area_id = $1 AND evaluation_id > $2 AND substr(key_wrapped, 1, 5) <> $3
	  ORDER BY evaluation_id LIMIT 0 + $4`),
		store.Q(`UPDATE evaluation_said SET key_wrapped = $3 WHERE area_id = $1 AND evaluation_id = $2 AND key_wrapped = $4`),
		func(row int64) []byte { return ownBond("evaluation", row) }},
	{store.Q(`SELECT report_id, key_wrapped FROM sarah_report WHERE area_id = $1 AND report_id > $2 AND length(key_wrapped) > 0 AND substr(key_wrapped, 1, 5) <> $3
	  ORDER BY report_id LIMIT 0 + $4`),
		store.Q(`UPDATE sarah_report SET key_wrapped = $3 WHERE area_id = $1 AND report_id = $2 AND key_wrapped = $4`),
		func(row int64) []byte { return ownBond("sarah", row) }},
	{store.Q(`SELECT workplace_id, key_wrapped FROM workplace WHERE area_id = $1 AND workplace_id > $2 AND length(key_wrapped) > 0 AND substr(key_wrapped, 1, 5) <> $3
	  ORDER BY workplace_id LIMIT 0 + $4`),
		store.Q(`UPDATE workplace SET key_wrapped = $3 WHERE area_id = $1 AND workplace_id = $2 AND key_wrapped = $4`),
		func(row int64) []byte { return ownBond("workplace", row) }},
}

const rewrapAtOnce = 500 // keys in one transaction

// Run does what is left and gives how many keys it wrapped anew. When it answers nil the old key opens nothing.
func (r *Rotation) Run(ctx context.Context) (int, error) {
	file, err := r.begin()
	if err != nil {
		return 0, err
	}
	both, err := aead.New(file)
	if err != nil {
		return 0, err
	}
	alone, err := newest(file)
	if err != nil {
		return 0, err
	}
	fresh, err := aead.New(alone)
	if err != nil {
		return 0, err
	}
	areas, err := r.areas(ctx)
	for _, a := range areas {
		if err == nil {
			err = r.area(ctx, a, both, fresh)
		}
	}
	if err == nil {
		err = r.Store.Scrub(ctx) // what the old master key wrapped lies in no page either
	}
	if err != nil {
		return r.total, err
	}
	return r.total, r.write(alone)
}

// lasts ends a step.
func (r *Rotation) lasts(err error) error {
	if err == nil && r.after != nil {
		return r.after()
	}
	return err
}

func (r *Rotation) areas(ctx context.Context) (list []id.Area, err error) {
	err = r.Store.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = store.All(ctx, tx, store.Q(`SELECT area_id FROM area_key ORDER BY area_id`), nil, func(c *store.Cursor) (a id.Area, err error) {
			return a, c.Scan(&a)
		})
		return err
	})
	return list, err
}

// master is where an area's master key of this file lies, and what it is sealed as.
func (r *Rotation) master() (get, set store.SQL, what string) {
	if r.Protected {
		return store.Q(`SELECT protected FROM area_key WHERE area_id = $1`), store.Q(`UPDATE area_key SET protected = $2 WHERE area_id = $1`), "protected"
	}
	return store.Q(`SELECT master FROM area_key WHERE area_id = $1`), store.Q(`UPDATE area_key SET master = $2 WHERE area_id = $1`), "master"
}

// area takes one area over: first its master key gets a new one beside it, sealed by the new key of the file; then all is
// wrapped by that; then the old master key goes.
func (r *Rotation) area(ctx context.Context, a id.Area, both, fresh tink.AEAD) error {
	master, done, err := r.begun(ctx, a, both, fresh)
	if err != nil || done {
		return err
	}
	first, tables := ordinary, wrappedTables
	if r.Protected {
		first, tables = shielded, []wrapped{people}
	}
	keys, err := newWrapper(master, first)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := r.rewrap(ctx, a, t, keys); err != nil {
			return fmt.Errorf("area %s: %w", a, err)
		}
	}
	alone, err := newest(master)
	if err != nil {
		return err
	}
	return r.lasts(r.Store.Write(ctx, func(tx *store.Tx) error { return r.setMaster(ctx, tx, a, alone, fresh) }))
}

// begun gives the area's master keys with a new one first. done tells that the area has been taken over already.
func (r *Rotation) begun(ctx context.Context, a id.Area, both, fresh tink.AEAD) (master *keyset.Handle, done bool, err error) {
	get, _, what := r.master()
	changed := false
	err = r.Store.Write(ctx, func(tx *store.Tx) error {
		var sealed []byte
		err := tx.One(ctx, get, []any{a}, &sealed)
		if err != nil {
			return err
		}
		if master, err = openKeys(sealed, fresh, a, what); err == nil {
			done = len(master.KeysetInfo().GetKeyInfo()) == 1
			return nil
		}
		if master, err = openKeys(sealed, both, a, what); err != nil {
			return err
		}
		if master, err = withNew(master); err != nil {
			return err
		}
		if err := r.setMaster(ctx, tx, a, master, fresh); err != nil {
			return err
		}
		changed = true
		if r.Protected {
			return nil
		}
		return reseal(ctx, tx, a, both, fresh)
	})
	if changed {
		err = r.lasts(err)
	}
	return master, done, err
}

// reseal seals the key that finds personal numbers by the new key of the file; it is not itself a new one.
func reseal(ctx context.Context, tx *store.Tx, a id.Area, both, fresh tink.AEAD) error {
	var sealed []byte
	if err := tx.One(ctx, store.Q(`SELECT indexing FROM area_key WHERE area_id = $1`), []any{a}, &sealed); err != nil {
		return err
	}
	numbers, err := openKeys(sealed, both, a, "indexing")
	if err != nil {
		return err
	}
	b, err := sealKeys(numbers, fresh, a, "indexing")
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, store.Q(`UPDATE area_key SET indexing = $2 WHERE area_id = $1`), a, b)
	return err
}

func (r *Rotation) setMaster(ctx context.Context, tx *store.Tx, a id.Area, master *keyset.Handle, by tink.AEAD) error {
	_, set, what := r.master()
	b, err := sealKeys(master, by, a, what)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, set, a, b)
	return err
}

// mark begins what the newest of the master keys wraps.
func mark(master *keyset.Handle, first byte) []byte {
	return binary.BigEndian.AppendUint32([]byte{first}, master.KeysetInfo().GetPrimaryKeyId())
}

// rewrap wraps the keys of one table by the new master key, in the order of their rows, until none is left.
func (r *Rotation) rewrap(ctx context.Context, a id.Area, t wrapped, keys *wrapper) error {
	type row struct {
		id         int64
		was, after []byte
	}
	for last := int64(0); ; {
		var rows []row
		err := r.Store.Read(ctx, func(tx *store.Tx) (err error) {
			rows, err = store.All(ctx, tx, t.next, []any{a, last, keys.mark, rewrapAtOnce}, func(c *store.Cursor) (x row, err error) {
				return x, c.Scan(&x.id, &x.was)
			})
			return err
		})
		if err != nil || len(rows) == 0 {
			return err
		}
		for i := range rows {
			raw, err := keys.unwrap(rows[i].was, t.bond(rows[i].id))
			if err != nil {
				return fmt.Errorf("row %d: %w", rows[i].id, err)
			}
			if rows[i].after, err = keys.wrap(raw, t.bond(rows[i].id)); err != nil {
				return err
			}
		}
		err = r.Store.Write(ctx, func(tx *store.Tx) error {
			for _, x := range rows {
				if n, err := tx.Exec(ctx, t.set, a, x.id, x.after, x.was); err != nil || n != 1 {
					return errors.Join(err, fmt.Errorf("row %d was changed meanwhile: stop the program that serves this database, and go on", x.id))
				}
			}
			return nil
		})
		if err = r.lasts(err); err != nil {
			return err
		}
		last = rows[len(rows)-1].id
		if r.total += len(rows); r.Told != nil {
			r.Told(r.total)
		}
	}
}
