package person

import (
	"context"
	"crypto/rand"

	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Destroy takes a person's key, after which nothing that was sealed by it can be read, in this database or in any copy of it, and
// all that tells who it was. Dates and codes stay for the figures, and say nothing of anybody. Package retention alone decides
// on it.
func Destroy(ctx context.Context, tx *store.Tx, area id.Area, who ID, now clock.Instant) error {
	alias := make([]byte, audit.AliasBytes)
	_, _ = rand.Read(alias)
	_, err := tx.Exec(ctx, store.Q(`UPDATE person SET alias = $3, key_wrapped = $4, identity = $4, contact = $4, needs = $4, number_index = NULL, birth_year = 0, sex = 0,
	  language = '', interpreter = 0, reach = '', protected = 0, merged = 0, weeded_at = $5, changed_on = $6, version = version + 1, identity_seq = `+nextSeq+`
	 WHERE area_id = $1 AND person_id = $2 AND weeded_at = 0`), area, who, alias, []byte{}, int64(now), string(now.Date()))
	return err
}
