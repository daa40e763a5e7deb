package export

import (
	"context"
	"iter"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/sheet"
	"sluss/internal/store"
)

const participantCategories = access.Identity | access.Contact | access.Thread

// participants is those who have an individual start booked, take part or pause, newest first.
var participants = List{Name: "participants", Categories: participantCategories, rows: participantRows,
	headings: slices.Concat(whoHeadings, []string{"export.state", "export.since", "export.coach", "export.meets"})}

var participantSQL = store.Q(`SELECT ` + whoColumns + `, e.state, e.state_on, e.coach_id, e.meets_on FROM enrolment e
  JOIN person p ON p.area_id = e.area_id AND p.person_id = e.person_id
 WHERE e.area_id = $1 AND e.unit_id = $7 AND e.state IN ('booked', 'active', 'paused') AND ` + access.Unshielded + ` AND ` + access.Visible + `
 ORDER BY e.state_on DESC, e.enrolment_id DESC`)

func participantRows(ctx context.Context, tx *store.Tx, o *order) iter.Seq2[[]sheet.Cell, error] {
	return o.each(ctx, tx, participantSQL, []any{o.actor.Unit()}, func(r *store.Cursor) ([]sheet.Cell, error) {
		var w who
		var state string
		var since, meets clock.Date
		var coach id.Post
		a, err := o.scope.Row(r, append(w.dest(), &state, &since, &coach, &meets)...)
		if err != nil {
			return nil, err
		}
		cells, err := w.cells(o, a)
		return append(cells, o.code(true, "export.state."+state), sheet.Date(since), sheet.Text(o.names.Post(coach).Name), sheet.Date(meets)), err
	})
}

// starts is the unit's group starts, oldest first: numbers only, nobody is shown.
var starts = List{Name: "starts", rows: startRows,
	headings: []string{"export.on", "export.at", "export.places", "export.calls", "export.n.called", "export.n.yes", "export.n.here"}}

// always is every day there is.
var always = clock.Span{From: "1900-01-01", To: clock.Forever}

func startRows(ctx context.Context, tx *store.Tx, o *order) iter.Seq2[[]sheet.Cell, error] {
	return func(yield func([]sheet.Cell, error) bool) {
		list, err := intake.Starts(ctx, tx, o.actor, always)
		if err != nil {
			yield(nil, err)
			return
		}
		tallies, err := intake.Tallies(ctx, tx, o.actor, always)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, s := range list {
			t := tallies[s.ID]
			if !yield([]sheet.Cell{sheet.Date(s.On), sheet.Text(string(s.At)), number(s.Places), number(s.Calls), number(t.Called), number(t.Yes), number(t.Here)}, nil) {
				return
			}
		}
	}
}

// start finds the start of the order's day, or the next one.
func (o *order) start(ctx context.Context, tx *store.Tx) (intake.StartID, error) {
	span := clock.Span{From: o.actor.Today(), To: clock.Forever}
	if o.on != "" {
		span = clock.Span{From: o.on, To: o.on.Add(1)}
	}
	list, err := intake.Starts(ctx, tx, o.actor, span)
	if err == nil && len(list) == 0 {
		err = fault.New(fault.Invalid, "export.nostart")
	}
	if err != nil {
		return 0, err
	}
	return list[0].ID, nil
}
