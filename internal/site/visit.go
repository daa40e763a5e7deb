package site

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// read is a page that somebody read on a day. Nothing tells who.
type read struct {
	area id.Area
	unit id.Unit
	on   clock.Date
	page string
	lang string
}

// Visit counts that a page was read, in memory: a look writes nothing. Flush saves what is counted.
func (d *Desk) Visit(g Gateway, page, lang string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.reads == nil {
		d.reads = map[read]int{}
	}
	d.reads[read{g.Area.ID, g.Unit.ID, d.Clock.Now().Date(), page, lang}]++
}

// Flush saves what has been counted since the last time. What cannot be saved is counted again.
func (d *Desk) Flush(ctx context.Context) error {
	d.mu.Lock()
	reads := d.reads
	d.reads = nil
	d.mu.Unlock()
	if len(reads) == 0 {
		return nil
	}
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		for r, n := range reads {
			if err := AddVisits(ctx, tx, r.area, r.unit, r.on, r.page, r.lang, n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.reads == nil {
			d.reads = map[read]int{}
		}
		for r, n := range reads {
			d.reads[r] += n
		}
	}
	return err
}

// AddVisits adds so many visits of a day.
func AddVisits(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, on clock.Date, page, lang string, n int) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO visit (area_id, unit_id, on_date, page, lang, n) VALUES ($1, $2, $3, $4, $5, $6)
	 ON CONFLICT (area_id, unit_id, on_date, page, lang) DO UPDATE SET n = visit.n + excluded.n`), area, unit, string(on), page, lang, n)
	return err
}

// The beginnings of what the pages of an outreach are called, before its code: that it was read, and that who came from it asked.
const (
	Outreach = "outreach "
	Answered = "answered "
)

// Visited is how many times a page was read in a language.
type Visited struct {
	Page, Lang string
	N          int
}

// Visits gives the visits of a span of days by page and language, the most read first, without those of an outreach.
func Visits(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, span clock.Span) ([]Visited, error) {
	return store.All(ctx, tx, store.Q(`SELECT v.page, v.lang, sum(v.n) FROM visit v
	 WHERE v.area_id = $1 AND v.unit_id = $2 AND v.on_date >= $3 AND v.on_date < $4 AND v.page NOT LIKE '% %'
	 GROUP BY v.page, v.lang ORDER BY sum(v.n) DESC, v.page, v.lang`), []any{area, unit, string(span.From), string(span.To)},
		func(r *store.Cursor) (v Visited, err error) {
			err = r.Scan(&v.Page, &v.Lang, &v.N)
			return v, err
		})
}
