package vault

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"sluss/internal/id"
	"sluss/internal/store"
)

// Rotation takes a key file and its database over to new keys: a new key in the file, a new master key in each area, and
// every person's key wrapped anew. What is sealed about people stays as it is, unless it is to Renew: then each person gets a
// key of their own that nobody has seen, and what is written about them is sealed by that. It may be stopped at any point, also
// by a kill, and goes on where it was when it is run again; nobody may serve the database meanwhile. The two key files are
// rotated each by itself, and neither needs the other.
type Rotation struct {
	Store     *store.Store
	File      string          // the key file
	Protected bool            // it is the one of protected people
	Renew     bool            // somebody may have opened what the keys of before open: those of people, and that which finds numbers, are new too
	Old       string          // where the key file as it was is kept; it must not be there when a rotation begins
	Told      func(total int) // called now and then with how many keys have been wrapped anew; may be nil

	total int
	after func() error // called after each step that lasts; a test stops there
}

// wrapped is a table with keys that an area's master key wraps.
type wrapped struct {
	name      string
	table     store.SQL
	next, set store.SQL
	bond      func(row int64) []byte
	contents  []content // what such a key seals
	people    bool
	whose     store.SQL // of rows k without a key: whether they had one of their own
}

// people are those whose keys the master key wraps that $3 is a mark of: the ordinary one, or the one of protected people.
var people = wrapped{name: "person", table: store.Q(`person`), next: store.Q(`SELECT person_id, key_wrapped FROM person WHERE area_id = $1 AND person_id > $2 AND length(key_wrapped) > 0
	  AND substr(key_wrapped, 1, 5) <> $3 AND substr(key_wrapped, 1, 1) = substr($3, 1, 1) ORDER BY person_id LIMIT 0 + $4`),
	set: setPersonKey, bond: func(row int64) []byte { return wrapBond(id.Person(row)) }, contents: ofPeople, people: true}

var setPersonKey = store.Q(`UPDATE person SET key_wrapped = $3 WHERE area_id = $1 AND person_id = $2 AND key_wrapped = $4`)

// owned is a table with keys of their own, as NewOwn makes them.
func owned(what string, table, row store.SQL, contents ...content) wrapped {
	for i := range contents {
		contents[i] = contents[i].by(row)
	}
	return wrapped{
		name: what, table: table,
		next: store.Join(store.Q(`SELECT `), row, store.Q(`, key_wrapped FROM `), table, store.Q(` WHERE area_id = $1 AND `), row, store.Q(` > $2 AND length(key_wrapped) > 0
		  AND substr(key_wrapped, 1, 5) <> $3 ORDER BY `), row, store.Q(` LIMIT 0 + $4`)),
		set:  store.Join(store.Q(`UPDATE `), table, store.Q(` SET key_wrapped = $3 WHERE area_id = $1 AND `), row, store.Q(` = $2 AND key_wrapped = $4`)),
		bond: func(n int64) []byte { return ownBond(what, n) }, contents: contents,
	}
}

// unnamed is a table in which rows of a known person have no key of their own.
func unnamed(t wrapped) wrapped {
	t.whose = store.Q(` AND k.person_id = 0`)
	return t
}

var (
	intray      = store.Q(`intray`)
	intrayID    = store.Q(`intray_id`)
	application = store.Q(`application`)
	opinion     = store.Q(`opinion`)
	opinionID   = store.Q(`opinion_id`)
	said        = store.Q(`evaluation_said`)
	saidID      = store.Q(`evaluation_id`)
	report      = store.Q(`sarah_report`)
	reportID    = store.Q(`report_id`)
	workplace   = store.Q(`workplace`)
	workplaceID = store.Q(`workplace_id`)
)

var wrappedTables = []wrapped{
	people,
	owned("intray", intray, intrayID, of(intray, inSealed, intrayID), of(store.Q(`intray_row`), inSealed, store.Q(`row_no`))),
	owned("application", application, store.Q(`application_id`), of(application, inSealed, store.Q(`application_id`))),
	unnamed(owned("opinion", opinion, opinionID, of(opinion, inSealed, opinionID), of(opinion, inAnswer, opinionID))),
	owned("evaluation", said, saidID, of(said, inSealed, saidID)),
	owned("sarah", report, reportID, of(report, inSealed, reportID),
		content{table: store.Q(`sarah_step`), column: inSealed, row: reportID, no: store.Q(`no`), as: store.Q(`CAST(no AS text)`)}),
	owned("workplace", workplace, workplaceID, of(workplace, inSealed, workplaceID)),
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
	if r.Renew {
		r.Store.Longest = renewMost
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
	for i := range tables {
		if err := r.table(ctx, a, &tables[i], keys); err != nil {
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
		if master, err = withNew(master, aead.AES256GCMKeyTemplate()); err != nil {
			return err
		}
		if err := r.setMaster(ctx, tx, a, master, fresh); err != nil {
			return err
		}
		changed = true
		if r.Protected {
			return nil
		}
		return r.indexing(ctx, tx, a, both, fresh)
	})
	if changed {
		err = r.lasts(err)
	}
	return master, done, err
}

// indexing seals the key that finds personal numbers by the new key of the file. Unless it is to be renewed it is not itself a new one.
func (r *Rotation) indexing(ctx context.Context, tx *store.Tx, a id.Area, both, fresh tink.AEAD) error {
	var sealed []byte
	if err := tx.One(ctx, store.Q(`SELECT indexing FROM area_key WHERE area_id = $1`), []any{a}, &sealed); err != nil {
		return err
	}
	numbers, err := openKeys(sealed, both, a, "indexing")
	if err != nil {
		return err
	}
	if r.Renew {
		if numbers, err = renewIndex(ctx, tx, a, numbers); err != nil {
			return err
		}
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

// held is a wrapped key with the row it is of.
type held struct {
	row int64
	was []byte
}

// left are the keys that are not yet wrapped by the master key of the mark, from after a row on.
func (t *wrapped) left(ctx context.Context, tx *store.Tx, a id.Area, after int64, mark []byte, most int64) ([]held, error) {
	return store.All(ctx, tx, t.next, []any{a, after, mark, most}, func(c *store.Cursor) (x held, err error) {
		return x, c.Scan(&x.row, &x.was)
	})
}

// table wraps the keys of one table by the new master key, in the order of their rows, until none is left.
func (r *Rotation) table(ctx context.Context, a id.Area, t *wrapped, keys *wrapper) error {
	for last := int64(0); ; {
		var list []held
		err := r.Store.Read(ctx, func(tx *store.Tx) (err error) {
			list, err = t.left(ctx, tx, a, last, keys.mark, rewrapAtOnce)
			return err
		})
		if err != nil || len(list) == 0 {
			return err
		}
		last = list[len(list)-1].row
		once := len(list)
		if r.Renew {
			once = 1 // what is written about each takes its time
		}
		for some := range slices.Chunk(list, once) {
			err := r.Store.Write(ctx, func(tx *store.Tx) error {
				for _, x := range some {
					if err := r.wrap(ctx, tx, a, t, keys, x); err != nil {
						return fmt.Errorf("row %d: %w", x.row, err)
					}
				}
				return nil
			})
			if err = r.lasts(err); err != nil {
				return err
			}
			if r.total += len(some); r.Told != nil {
				r.Told(r.total)
			}
		}
	}
}

var errChanged = errors.New("changed meanwhile: stop the program that serves this database, and go on")

// wrap takes one key over: wrapped by the new master key, and where keys are renewed with all that it sealed sealed by a new one.
func (r *Rotation) wrap(ctx context.Context, tx *store.Tx, a id.Area, t *wrapped, keys *wrapper, x held) error {
	raw, err := keys.unwrap(x.was, t.bond(x.row))
	if err != nil {
		return err
	}
	if r.Renew {
		if raw, _, err = t.renew(ctx, tx, a, x.row, raw); err != nil {
			return err
		}
	}
	after, err := keys.wrap(raw, t.bond(x.row))
	if err != nil {
		return err
	}
	if n, err := tx.Exec(ctx, t.set, a, x.row, after, x.was); err != nil || n != 1 {
		return errors.Join(err, errChanged)
	}
	return nil
}
