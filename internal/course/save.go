package course

import (
	"context"
	"slices"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/store"
)

// Change is what saving an edition would do.
type Change struct {
	Before  Edition // the newest one that is here; its name is "" for none
	New     []string
	Renamed []string
	Gone    []string // occupations that the edition names no more: they are kept, without a forecast
	Same    int      // known, and called the same
}

// Compare tells what saving an edition would do, and saves nothing. A Conflict when a newer one is here.
func (d *Desk) Compare(ctx context.Context, b Barometer) (c Change, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		c = Change{}
		if c.Before, err = NewestEdition(ctx, tx); err != nil {
			return err
		}
		if c.Before.Name > b.Edition {
			return fault.New(fault.Conflict, "course.edition.old", c.Before.Name)
		}
		here, err := store.All(ctx, tx, store.Q(`SELECT occupation_id, ssyk, ssyk_name, name, field, about FROM occupation ORDER BY name, occupation_id`), nil, scanOccupation)
		if err != nil {
			return err
		}
		for _, o := range b.Occupations {
			i := slices.IndexFunc(here, func(h Occupation) bool { return h.ID == o.ID })
			switch {
			case i < 0:
				c.New = append(c.New, o.Name)
			case here[i].Name != o.Name:
				c.Renamed = append(c.Renamed, here[i].Name+" → "+o.Name)
			default:
				c.Same++
			}
		}
		for _, h := range here {
			if !slices.ContainsFunc(b.Occupations, func(o Occupation) bool { return o.ID == h.ID }) {
				c.Gone = append(c.Gone, h.Name)
			}
		}
		return nil
	})
	return c, err
}

// piece is how many rows are saved in one transaction.
const piece = 250

// Save saves an edition in place of the one that is here, in pieces; the same one can be saved again. Each row tells which edition it
// is of, so that a page read meanwhile is right. A Conflict when a newer one is here.
func (d *Desk) Save(ctx context.Context, b Barometer, now clock.Instant) error {
	if _, err := d.Compare(ctx, b); err != nil {
		return err
	}
	for some := range slices.Chunk(b.Occupations, piece) {
		err := d.Store.Write(ctx, func(tx *store.Tx) error { return putOccupations(ctx, tx, some, b.Edition) })
		if err != nil {
			return err
		}
	}
	for some := range slices.Chunk(b.Forecasts, piece) {
		err := d.Store.Write(ctx, func(tx *store.Tx) error { return putForecasts(ctx, tx, some) })
		if err != nil {
			return err
		}
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, store.Q(`DELETE FROM occupation_forecast WHERE edition < $1`), b.Edition); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, store.Q(`INSERT INTO occupation_edition (edition, at, forecasts) VALUES ($1, $2, $3)
		 ON CONFLICT (edition) DO UPDATE SET at = excluded.at, forecasts = excluded.forecasts`), b.Edition, int64(now), len(b.Forecasts))
		return err
	})
}

func putOccupations(ctx context.Context, tx *store.Tx, list []Occupation, edition string) error {
	for _, o := range list {
		_, err := tx.Exec(ctx, store.Q(`INSERT INTO occupation (occupation_id, ssyk, ssyk_name, name, field, about, edition) VALUES ($1, $2, $3, $4, $5, $6, $7)
		 ON CONFLICT (occupation_id) DO UPDATE SET ssyk = excluded.ssyk, ssyk_name = excluded.ssyk_name, name = excluded.name, field = excluded.field,
		  about = excluded.about, edition = excluded.edition`), string(o.ID), o.SSYK, o.SSYKName, o.Name, o.Field, o.About, edition)
		if err != nil {
			return err
		}
	}
	return nil
}

func putForecasts(ctx context.Context, tx *store.Tx, list []Forecast) error {
	for _, f := range list {
		_, err := tx.Exec(ctx, store.Q(`INSERT INTO occupation_forecast (occupation_id, county, situation, chances, situation_text, chances_text, edition)
		 VALUES ($1, $2, $3, $4, $5, $6, $7)
		 ON CONFLICT (occupation_id, county) DO UPDATE SET situation = excluded.situation, chances = excluded.chances, situation_text = excluded.situation_text,
		  chances_text = excluded.chances_text, edition = excluded.edition`), string(f.Occupation), f.County, string(f.Situation), f.Chances, f.Recruiting, f.Prospects, f.Edition)
		if err != nil {
			return err
		}
	}
	return nil
}

func scanOccupation(r *store.Cursor) (o Occupation, err error) {
	var key string
	err = r.Scan(&key, &o.SSYK, &o.SSYKName, &o.Name, &o.Field, &o.About)
	o.ID = OccupationID(key)
	return o, err
}

// NewestEdition gives the newest edition that has been read in; one without a name for none.
func NewestEdition(ctx context.Context, tx *store.Tx) (e Edition, err error) {
	err = tx.One(ctx, store.Q(`SELECT edition, at, forecasts FROM occupation_edition ORDER BY edition DESC LIMIT 1`), nil, &e.Name, &e.At, &e.Forecasts)
	if store.None(err) {
		err = nil
	}
	return e, err
}
