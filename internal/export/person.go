package export

import (
	"context"
	"iter"

	"sluss/internal/access"
	"sluss/internal/person"
	"sluss/internal/sheet"
	"sluss/internal/store"
)

// who is the part of a row that tells who somebody is and how they are reached.
type who struct {
	identity, contact, needs []byte
	birth, interpreter       int
	language                 string
}

const whoColumns = access.Columns + `, p.identity, p.contact, p.needs, p.birth_year, p.language, p.interpreter`

func (w *who) dest() []any {
	return []any{&w.identity, &w.contact, &w.needs, &w.birth, &w.language, &w.interpreter}
}

var whoHeadings = []string{"intray.column.number", "intray.column.given", "intray.column.family", "intray.column.birth", "intray.column.phone",
	"intray.column.email", "intray.column.street", "intray.column.postcode", "intray.column.city", "intray.column.language", "intray.column.interpreter"}

// cells are those of whoHeadings.
func (w *who) cells(o *order, a access.Access) ([]sheet.Cell, error) {
	i, err := person.IdentityOf(a, w.identity, o.actor.Today())
	if err != nil {
		return nil, err
	}
	c, err := person.ContactOf(a, w.contact)
	if err != nil {
		return nil, err
	}
	return []sheet.Cell{sheet.Text(i.Number.Dashed()), sheet.Text(i.Given), sheet.Text(i.Family), year(w.birth), sheet.Text(c.Phone), sheet.Text(c.Email),
		sheet.Text(c.Street), sheet.Text(c.Postcode), sheet.Text(c.City), o.language(w.language), o.yes(w.interpreter == 1)}, nil
}

// each gives a row of cells for each row of a query that began with access.Columns. dest are what it scans after them.
func (o *order) each(ctx context.Context, tx *store.Tx, q store.SQL, own []any, read func(*store.Cursor) ([]sheet.Cell, error)) iter.Seq2[[]sheet.Cell, error] {
	return func(yield func([]sheet.Cell, error) bool) {
		rows, err := tx.Query(ctx, q, o.scope.Args(own...)...)
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			cells, err := read(rows)
			if !yield(cells, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, err)
		}
	}
}
