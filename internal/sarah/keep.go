package sarah

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Sweep destroys each report that was closed so long ago as its unit has decided on, with its steps and its key. It goes by the days
// alone, so that a backup which is put back is swept again.
func (d *Desk) Sweep(ctx context.Context, area id.Area, now clock.Instant) error {
	type closed struct {
		report ID
		unit   id.Unit
		on     clock.Date
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		list, err := store.All(ctx, tx, store.Q(`SELECT m.report_id, m.unit_id, s.on_date FROM sarah_report m
		 JOIN sarah_step s ON s.area_id = m.area_id AND s.report_id = m.report_id AND s.state = 'closed' WHERE m.area_id = $1 AND m.state = 'closed'`), []any{area},
			func(r *store.Cursor) (x closed, err error) {
				err = r.Scan(&x.report, &x.unit, &x.on)
				return x, err
			})
		for _, x := range list {
			if err != nil {
				return err
			}
			var set org.Settings
			if set, err = org.SettingsAt(ctx, tx, area, x.unit, now.Date()); err == nil && x.on.AddMonths(12*set.ReportYears) <= now.Date() {
				err = destroy(ctx, tx, area, x.report)
			}
		}
		return err
	})
}

func destroy(ctx context.Context, tx *store.Tx, area id.Area, r ID) error {
	if _, err := tx.Exec(ctx, store.Q(`DELETE FROM sarah_step WHERE area_id = $1 AND report_id = $2`), area, r); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, store.Q(`DELETE FROM sarah_report WHERE area_id = $1 AND report_id = $2`), area, r)
	return err
}
