package vault

import (
	"context"

	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/mac"
	"github.com/tink-crypto/tink-go/v2/tink"

	"sluss/internal/id"
	"sluss/internal/store"
)

// layers are the keys that an area finds values by, the oldest first, each laid over what those before it gave. A new one is laid
// over what lies in the database without anybody knowing what it is of: most of it, as codes and accounts, is kept nowhere. Who has
// some of the keys, and not the newest, finds nothing.
type layers []tink.MAC

func newLayers(h *keyset.Handle) (list layers, err error) {
	for _, k := range h.KeysetInfo().GetKeyInfo() {
		one, err := only(h, k.GetKeyId())
		if err != nil {
			return nil, err
		}
		m, err := mac.New(one)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

func (l layers) over(b []byte) (_ []byte, err error) {
	for _, m := range l {
		if b, err = m.ComputeMAC(b); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// Layers is how many keys are laid over one another to find by: one more for each renewal.
func (a *Area) Layers() int { return len(a.indexing) }

// found is a column with what Index gave; key narrows down where one of them is.
type found struct{ table, column, key store.SQL }

// indexed are all of them. A test holds them against the schema.
var indexed = []found{
	{store.Q(`person`), store.Q(`number_index`), store.Q(`person_id`)},
	{store.Q(`worker`), store.Q(`own_index`), store.Q(`worker_id`)},
	{store.Q(`sign_in_letter`), store.Q(`number_hash`), store.Q(`letter_id`)},
	{store.Q(`sign_in_letter`), store.Q(`secret_hash`), store.Q(`letter_id`)},
	{store.Q(`agency_account`), store.Q(`account_hash`), store.Q(`agency_id`)},
	{store.Q(`intray_row`), store.Q(`mark`), store.Q(`intray_id`)},
	{store.Q(`intray_mark`), store.Q(`mark`), store.Q(`unit_id`)},
	{store.Q(`intray_columns`), store.Q(`headings`), store.Q(`unit_id`)},
	{opinion, store.Q(`code`), store.Q(`opinion_id`)},
	{store.Q(`application_sent`), store.Q(`body_hash`), store.Q(`application_id`)},
	{store.Q(`trusted_link`), store.Q(`code_hash`), store.Q(`link_id`)},
}

// renewIndex lays a new key over all that an area has indexed, in the same transaction as it is stored, and gives the keys with it.
// What was typed in sessions that ended opens by a key that rests on these, and is gone.
func renewIndex(ctx context.Context, tx *store.Tx, a id.Area, h *keyset.Handle) (*keyset.Handle, error) {
	h, err := withNew(h, mac.HMACSHA256Tag256KeyTemplate())
	if err != nil {
		return nil, err
	}
	alone, err := newest(h)
	if err != nil {
		return nil, err
	}
	m, err := mac.New(alone)
	if err != nil {
		return nil, err
	}
	for _, f := range indexed {
		if err := f.lay(ctx, tx, a, m); err != nil {
			return nil, err
		}
	}
	_, err = tx.Exec(ctx, store.Q(`DELETE FROM typed WHERE area_id = $1`), a)
	return h, err
}

func (f found) lay(ctx context.Context, tx *store.Tx, a id.Area, m tink.MAC) error {
	type one struct {
		key int64
		was []byte
	}
	list, err := store.All(ctx, tx, store.Join(store.Q(`SELECT DISTINCT `), f.key, store.Q(`, `), f.column, store.Q(` FROM `), f.table, store.Q(` WHERE area_id = $1 AND length(`), f.column,
		store.Q(`) > 0`)), []any{a}, func(c *store.Cursor) (x one, err error) {
		return x, c.Scan(&x.key, &x.was)
	})
	if err != nil {
		return err
	}
	set := store.Join(store.Q(`UPDATE `), f.table, store.Q(` SET `), f.column, store.Q(` = $4 WHERE area_id = $1 AND `), f.key, store.Q(` = $2 AND `), f.column, store.Q(` = $3`))
	for _, x := range list {
		over, err := m.ComputeMAC(x.was)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, set, a, x.key, x.was, over); err != nil {
			return err
		}
	}
	return nil
}
