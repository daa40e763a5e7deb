package intray

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/referral"
	"sluss/internal/store"
)

// savePiece puts the next n rows in the queue and takes them from the list in the same transaction, so that a row is
// saved once however often the piece is run. more is false when all is saved, or somebody has stopped it.
func (d *Desk) savePiece(ctx context.Context, tx *store.Tx, p *piece) (more bool, err error) {
	i := p.list
	if i.State != Saving {
		return false, nil
	}
	if err := access.Unit(ctx, tx, p.actor, access.Caseworkers...); err != nil {
		return false, err
	}
	rows, err := rowsAfter(ctx, tx, i, i.SavedTo, p.n)
	if err != nil {
		return false, err
	}
	c, last := Count{}, i.SavedTo
	for _, row := range rows {
		v, err := p.save(ctx, tx, row)
		if err != nil {
			return false, err
		}
		c[v]++
		last = row.no
	}
	if err := removeRows(ctx, tx, i, i.SavedTo, last, true); err != nil {
		return false, err
	}
	if err := count(ctx, tx, i, 1, c); err != nil {
		return false, err
	}
	p.rows = len(rows)
	if len(rows) == p.n {
		return advance(ctx, tx, i, Saving, i.CheckedTo, last, 0)
	}
	going, err := advance(ctx, tx, i, Done, i.CheckedTo, last, int64(p.actor.Now()))
	if err != nil || !going || i.Saved.Bad()+c.Bad() > 0 {
		return false, err
	}
	return false, forget(ctx, tx, i)
}

// save puts one row in the queue and tells what it came to. A row that is refused now has changed since the check, and
// stays in the list with why.
func (p *piece) save(ctx context.Context, tx *store.Tx, row stagedRow) (Verdict, error) {
	if !row.verdict.good() {
		return row.verdict, nil
	}
	cells, err := row.cells(p.list)
	if err != nil {
		return "", err
	}
	form, faults := p.layout.read(cells)
	if len(faults) > 0 {
		return Refused, judged(ctx, tx, p.list, row.no, nil, Refused, 0, "")
	}
	numbered := !form.Person.Number.IsZero()
	var m []byte
	if !numbered {
		if m, err = p.actor.Keys().Index("intray", mark(form.Person)); err != nil {
			return "", err
		}
		known, err := markedPerson(ctx, tx, p.actor, m)
		if err != nil {
			return "", err
		}
		if known != 0 {
			return Waiting, nil
		}
	}
	_, who, err := referral.Receive(ctx, tx, p.actor, form)
	if f := fault.Of(err); f != nil && f.Key == "referral.already" {
		return Waiting, nil
	}
	if f := fault.Fields(err); f != nil {
		return Refused, judged(ctx, tx, p.list, row.no, nil, Refused, 0, f[0].Key)
	}
	if err == nil && !numbered {
		err = markPerson(ctx, tx, p.actor, m, who)
	}
	if row.verdict == Waiting { // gone from the queue since the check
		return Return, err
	}
	return row.verdict, err
}
