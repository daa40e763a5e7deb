package export

import (
	"context"
	"iter"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/referral"
	"sluss/internal/sheet"
	"sluss/internal/store"
)

const queueCategories = access.Identity | access.Contact | access.Health | access.Collaboration

// queue is those who wait, in the order they are called. Its headings can be read in again.
var queue = List{Name: "queue", Categories: queueCategories, rows: queueRows,
	headings: slices.Concat([]string{"export.place"}, whoHeadings, comingHeadings)}

var comingHeadings = []string{"intray.column.kind", "intray.column.sender", "intray.column.handler", "intray.column.reason", "intray.column.why",
	"intray.column.wish", "intray.column.needs", "intray.column.received", "intray.column.reply", "export.returning"}

const comingColumns = `r.referral_id, r.kind, r.agency_id, r.from_unit_id, r.reason, r.sealed, r.received_on, r.reply_by, r.again`

// coming is the part of a row that tells how somebody came.
type coming struct {
	referral.Referral
	sealed []byte
	again  int
}

func (c *coming) dest() []any {
	return []any{&c.ID, &c.Kind, &c.Agency, &c.FromUnit, &c.Reason, &c.sealed, &c.ReceivedOn, &c.ReplyBy, &c.again}
}

// cells are those of comingHeadings.
func (c *coming) cells(o *order, a access.Access, w *who) ([]sheet.Cell, error) {
	words, err := referral.WordsOf(a, c.ID, c.sealed)
	if err != nil {
		return nil, err
	}
	needs, err := person.NeedsOf(a, w.needs)
	if err != nil {
		return nil, err
	}
	return []sheet.Cell{sheet.Text(o.l.T("referral.kind." + string(c.Kind))), sheet.Text(o.sender(c.FromUnit, c.Agency)), sheet.Text(words.Sender),
		sheet.Text(o.l.T("referral.reason." + c.Reason)), sheet.Text(words.Why), sheet.Text(words.Wish), sheet.Text(needs),
		sheet.Date(c.ReceivedOn), sheet.Date(c.ReplyBy), o.yes(c.again == 1)}, nil
}

func (o *order) sender(u id.Unit, a id.Agency) string {
	if name := o.names.Unit(u); name != "" {
		return name
	}
	return o.names.Agency(a)
}

var queueSQL = store.Q(`SELECT ` + whoColumns + `, ` + comingColumns + ` FROM referral r
  JOIN person p ON p.area_id = r.area_id AND p.person_id = r.person_id
 WHERE r.area_id = $1 AND r.unit_id = $7 AND r.state = 'waiting' AND ` + access.Unshielded + ` AND ` + access.Visible + ` ORDER BY r.order_on, r.referral_id`)

func queueRows(ctx context.Context, tx *store.Tx, o *order) iter.Seq2[[]sheet.Cell, error] {
	place := 0
	return o.each(ctx, tx, queueSQL, []any{o.actor.Unit()}, func(r *store.Cursor) ([]sheet.Cell, error) {
		var w who
		var c coming
		a, err := o.scope.Row(r, append(w.dest(), c.dest()...)...)
		if err != nil {
			return nil, err
		}
		place++
		return o.join(number(place), &w, &c, a)
	})
}

func (o *order) join(first sheet.Cell, w *who, c *coming, a access.Access) ([]sheet.Cell, error) {
	one, err := w.cells(o, a)
	if err != nil {
		return nil, err
	}
	two, err := c.cells(o, a, w)
	return slices.Concat([]sheet.Cell{first}, one, two), err
}

// startList is those called to a group start, in the list's order.
var startList = List{Name: "startlist", Categories: queueCategories, rows: startListRows,
	headings: slices.Concat([]string{"export.place"}, whoHeadings, comingHeadings, []string{"export.called", "export.answer", "export.here"})}

var startListSQL = store.Q(`SELECT ` + whoColumns + `, ` + comingColumns + `, c.place, c.called_on, c.answer, c.here FROM called c
  JOIN start s ON s.area_id = c.area_id AND s.start_id = c.start_id
  JOIN referral r ON r.area_id = c.area_id AND r.referral_id = c.referral_id
  JOIN person p ON p.area_id = c.area_id AND p.person_id = +c.person_id
 WHERE c.area_id = $1 AND s.unit_id = $7 AND s.start_id = $8 AND c.moved_to = 0 AND ` + access.Unshielded + ` AND ` + access.Visible + ` ORDER BY c.place`)

func startListRows(ctx context.Context, tx *store.Tx, o *order) iter.Seq2[[]sheet.Cell, error] {
	start, err := o.start(ctx, tx)
	if err != nil {
		return func(yield func([]sheet.Cell, error) bool) { yield(nil, err) }
	}
	return o.each(ctx, tx, startListSQL, []any{o.actor.Unit(), start}, func(r *store.Cursor) ([]sheet.Cell, error) {
		var w who
		var c coming
		var place, here int
		var on clock.Date
		var answer string
		a, err := o.scope.Row(r, slices.Concat(w.dest(), c.dest(), []any{&place, &on, &answer, &here})...)
		if err != nil {
			return nil, err
		}
		cells, err := o.join(number(place), &w, &c, a)
		came := o.yes(here == 1)
		if here == 0 {
			came = o.code(true, "export.here.no")
		}
		return append(cells, sheet.Date(on), o.code(answer != "", "export.answer."+answer), came), err
	})
}
