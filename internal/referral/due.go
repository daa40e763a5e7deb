package referral

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/store"
)

const dueFrom = `SELECT ` + access.Columns + `, ` + LineColumns + ` FROM referral r JOIN person p ON p.area_id = r.area_id AND p.person_id = r.person_id
 WHERE r.area_id = $1 AND r.unit_id = $7 AND ` + access.Visible

var (
	unanswered = store.Q(dueFrom + ` AND r.replied_on = '' AND r.reply_by <> '' AND r.reply_by <= $8 AND r.state IN ('waiting', 'called', 'present') ORDER BY r.reply_by LIMIT $9`)
	unasked    = store.Q(dueFrom + ` AND r.again = 1 AND r.asked_on = '' AND r.received_on <= $8 AND r.state IN ('waiting', 'called', 'present') ORDER BY r.received_on LIMIT $9`)
)

// Unanswered gives referrals whose sender waits for an answer by the day, longest due first; at most n.
func Unanswered(ctx context.Context, tx *store.Tx, actor *access.Actor, by clock.Date, n int) ([]Line, error) {
	return dueLines(ctx, tx, actor, unanswered, by, n)
}

// Unasked gives people who have come back and have not been asked what helped, longest here first; at most n.
func Unasked(ctx context.Context, tx *store.Tx, actor *access.Actor, n int) ([]Line, error) {
	return dueLines(ctx, tx, actor, unasked, actor.Today(), n)
}

func dueLines(ctx context.Context, tx *store.Tx, actor *access.Actor, q store.SQL, by clock.Date, n int) ([]Line, error) {
	s, err := access.Over(ctx, tx, actor, Shown, access.ForQueue)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, q, s.Args(actor.Unit(), string(by), n)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Line
	for rows.Next() {
		_, l, err := ScanLine(s, rows)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, rows.Err()
}
