package vault

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"sluss/internal/id"
	"sluss/internal/store"
)

// Rotation takes a key file and its database over to new keys: a new key in the file, a new master key in each area, and
// every person's key wrapped anew. What is sealed about people stays as it is. It may be stopped at any point, also by a
// kill, and goes on where it was when it is run again; nobody may serve the database meanwhile.
type Rotation struct {
	Store *store.Store
	File  string          // the key file
	Old   string          // where the key file as it was is kept; it must not be there when a rotation begins
	Told  func(total int) // called now and then with how many keys have been wrapped anew; may be nil

	total int
	after func() error // called after each step that lasts; a test stops there
}

// wrapped is a table with keys that an area's master key wraps.
type wrapped struct {
	next, set store.SQL
	bond      func(row int64) []byte
}

var wrappedTables = []wrapped{
	{store.Q(`SELECT person_id, key_wrapped FROM person WHERE area_id = $1 AND person_id > $2 AND length(key_wrapped) > 0 AND substr(key_wrapped, 1, 5) <> $3
	  ORDER BY person_id LIMIT 0 + $4`),
		store.Q(`UPDATE person SET key_wrapped = $3 WHERE area_id = $1 AND person_id = $2 AND key_wrapped = $4`),
		func(row int64) []byte { return wrapBond(id.Person(row)) }},
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

// begin gives the file's keys with a new one first; those of a rotation that was stopped as they are.
func (r *Rotation) begin() (*keyset.Handle, error) {
	b, err := ReadSecret(r.File)
	if err != nil {
		return nil, err
	}
	h, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(b)))
	if err != nil {
		return nil, fmt.Errorf("%s is not a key file: %w", r.File, err)
	}
	if len(h.KeysetInfo().GetKeyInfo()) > 1 {
		return h, nil
	}
	if kept, err := os.ReadFile(r.Old); err != nil || !bytes.Equal(kept, b) { // else stopped just before the file was changed
		if err := r.lasts(writeNew(r.Old, b)); err != nil {
			return nil, err
		}
	}
	if h, err = withNew(h); err != nil {
		return nil, err
	}
	return h, r.lasts(r.write(h))
}

// withNew adds a key, which from then on seals.
func withNew(h *keyset.Handle) (*keyset.Handle, error) {
	m := keyset.NewManagerFromHandle(h)
	k, err := m.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, err
	}
	if err := m.SetPrimary(k); err != nil {
		return nil, err
	}
	return m.Handle()
}

// newest leaves only the key that seals.
func newest(h *keyset.Handle) (*keyset.Handle, error) {
	m, info := keyset.NewManagerFromHandle(h), h.KeysetInfo()
	for _, k := range info.GetKeyInfo() {
		if k.GetKeyId() != info.GetPrimaryKeyId() {
			if err := m.Delete(k.GetKeyId()); err != nil {
				return nil, err
			}
		}
	}
	return m.Handle()
}

// write puts keys in the place of the file's, whole or not at all.
func (r *Rotation) write(h *keyset.Handle) error {
	var b bytes.Buffer
	if err := insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&b)); err != nil {
		return err
	}
	part := r.File + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := writeNew(part, b.Bytes()); err != nil {
		return err
	}
	if err := os.Rename(part, r.File); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(r.File))
}

// writeNew makes a file that only its owner reads and that outlives a power cut. ErrExists when it is there.
func writeNew(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o400)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s: %w", path, ErrExists)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(path))
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

// area takes one area over: first its master key gets a new one beside it, sealed by the new key of the file; then all is
// wrapped by that; then the old master key goes.
func (r *Rotation) area(ctx context.Context, a id.Area, both, fresh tink.AEAD) error {
	master, done, err := r.begun(ctx, a, both, fresh)
	if err != nil || done {
		return err
	}
	for _, t := range wrappedTables {
		if err := r.rewrap(ctx, a, t, master); err != nil {
			return fmt.Errorf("area %s: %w", a, err)
		}
	}
	alone, err := newest(master)
	if err != nil {
		return err
	}
	return r.lasts(r.Store.Write(ctx, func(tx *store.Tx) error { return setMaster(ctx, tx, a, alone, fresh) }))
}

// begun gives the area's master keys with a new one first. done tells that the area has been taken over already.
func (r *Rotation) begun(ctx context.Context, a id.Area, both, fresh tink.AEAD) (master *keyset.Handle, done bool, err error) {
	changed := false
	err = r.Store.Write(ctx, func(tx *store.Tx) error {
		var sealed, indexing []byte
		if err := tx.One(ctx, store.Q(`SELECT master, indexing FROM area_key WHERE area_id = $1`), []any{a}, &sealed, &indexing); err != nil {
			return err
		}
		open := func(by tink.AEAD, b []byte, what string) (*keyset.Handle, error) {
			return keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(b)), by, bond(a, what))
		}
		var err error
		if master, err = open(fresh, sealed, "master"); err == nil {
			done = len(master.KeysetInfo().GetKeyInfo()) == 1
			return nil
		}
		if master, err = open(both, sealed, "master"); err != nil {
			return fmt.Errorf("the key file does not open area %s: %w", a, err)
		}
		numbers, err := open(both, indexing, "indexing")
		if err != nil {
			return fmt.Errorf("the key file does not open area %s: %w", a, err)
		}
		if master, err = withNew(master); err != nil {
			return err
		}
		if err := setMaster(ctx, tx, a, master, fresh); err != nil {
			return err
		}
		b, err := sealKeys(numbers, fresh, a, "indexing")
		if err != nil {
			return err
		}
		changed = true
		_, err = tx.Exec(ctx, store.Q(`UPDATE area_key SET indexing = $2 WHERE area_id = $1`), a, b)
		return err
	})
	if changed {
		err = r.lasts(err)
	}
	return master, done, err
}

func setMaster(ctx context.Context, tx *store.Tx, a id.Area, master *keyset.Handle, by tink.AEAD) error {
	b, err := sealKeys(master, by, a, "master")
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, store.Q(`UPDATE area_key SET master = $2 WHERE area_id = $1`), a, b)
	return err
}

// rewrap wraps the keys of one table by the new master key, in the order of their rows, until none is left.
func (r *Rotation) rewrap(ctx context.Context, a id.Area, t wrapped, master *keyset.Handle) error {
	keys, err := aead.New(master)
	if err != nil {
		return err
	}
	mark := binary.BigEndian.AppendUint32([]byte{1}, master.KeysetInfo().GetPrimaryKeyId()) // begins what the new key wraps
	type row struct {
		id         int64
		was, after []byte
	}
	for last := int64(0); ; {
		var rows []row
		err := r.Store.Read(ctx, func(tx *store.Tx) (err error) {
			rows, err = store.All(ctx, tx, t.next, []any{a, last, mark, rewrapAtOnce}, func(c *store.Cursor) (x row, err error) {
				return x, c.Scan(&x.id, &x.was)
			})
			return err
		})
		if err != nil || len(rows) == 0 {
			return err
		}
		for i := range rows {
			raw, err := keys.Decrypt(rows[i].was, t.bond(rows[i].id))
			if err != nil {
				return fmt.Errorf("row %d: %w", rows[i].id, ErrSealed)
			}
			if rows[i].after, err = keys.Encrypt(raw, t.bond(rows[i].id)); err != nil {
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
