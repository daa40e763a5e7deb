package org

import (
	"context"

	"sluss/internal/id"
	"sluss/internal/store"
)

// PutText writes one of a unit's own texts in a language, about a thing it owns; "" takes the text away.
func PutText(ctx context.Context, tx *store.Tx, area id.Area, owner, field, lang, text string) error {
	if text == "" {
		_, err := tx.Exec(ctx, store.Q(`DELETE FROM unit_text WHERE area_id = $1 AND owner = $2 AND field = $3 AND lang = $4`), area, owner, field, lang)
		return err
	}
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO unit_text (area_id, owner, field, lang, text, reviewed_by) VALUES ($1, $2, $3, $4, $5, '')
	 ON CONFLICT (area_id, owner, field, lang) DO UPDATE SET text = excluded.text, reviewed_by = ''`), area, owner, field, lang, text)
	return err
}
