package intray

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Shown is what a check tells about people who are known already: how they stand at the unit.
const Shown = access.Identity | access.Collaboration

// checkPiece looks through the next n rows. more is false when the list is looked through, or no longer to be.
func (d *Desk) checkPiece(ctx context.Context, tx *store.Tx, p *piece) (more bool, err error) {
	i := p.list
	if i.State != Checking {
		return false, nil
	}
	scope, err := access.Over(ctx, tx, p.actor, Shown, access.ForQueue)
	if err != nil {
		return false, err
	}
	rows, err := rowsAfter(ctx, tx, i, i.CheckedTo, p.n)
	if err != nil {
		return false, err
	}
	c, to, last := Count{}, Checking, i.CheckedTo
	for _, row := range rows {
		v, err := p.check(ctx, tx, scope, row)
		if err != nil {
			return false, err
		}
		c[v]++
		last = row.no
	}
	if len(rows) < p.n {
		to = Ready
	}
	if err := count(ctx, tx, i, 0, c); err != nil {
		return false, err
	}
	going, err := advance(ctx, tx, i, to, last, 0, 0)
	p.rows = len(rows)
	return going && to == Checking, err
}

// check tells what one row is and notes it.
func (p *piece) check(ctx context.Context, tx *store.Tx, scope access.Scope, row stagedRow) (Verdict, error) {
	cells, err := row.cells(p.list)
	if err != nil {
		return "", err
	}
	form, faults := p.layout.read(cells)
	if len(faults) > 0 {
		return Refused, judged(ctx, tx, p.list, row.no, nil, Refused, 0, "")
	}
	m, err := p.actor.Keys().Index("intray", mark(form.Person))
	if err != nil {
		return "", err
	}
	other, err := earlier(ctx, tx, p.list, m, row.no)
	if err != nil {
		return "", err
	}
	if other > 0 {
		return Twice, judged(ctx, tx, p.list, row.no, nil, Twice, other, "")
	}
	v, why, err := p.stands(ctx, tx, scope, form.Person, m)
	if err != nil {
		return "", err
	}
	return v, judged(ctx, tx, p.list, row.no, m, v, 0, why)
}

// stands tells how the person of a row stands at the unit, and the key of why the row is refused for it.
func (p *piece) stands(ctx context.Context, tx *store.Tx, scope access.Scope, who person.Person, mark []byte) (Verdict, string, error) {
	var known person.ID
	var err error
	numbered := !who.Number.IsZero()
	if numbered {
		known, err = person.Taken(ctx, tx, p.actor, &who.Identity)
	} else {
		known, err = markedPerson(ctx, tx, p.actor, mark)
	}
	if f := fault.Fields(err); f != nil {
		return Refused, f[0].Key, nil
	}
	if err != nil || known == 0 {
		return New, "", err
	}
	open, all, err := standing(ctx, tx, p.actor, known)
	if err != nil {
		return "", "", err
	}
	visible, err := show(ctx, tx, scope, known)
	switch {
	case err != nil:
		return "", "", err
	case open > 0:
		return Waiting, "", nil
	case all > 0 && !numbered:
		return Refused, "intray.return.nonumber", nil
	case all > 0:
		return Return, "", nil
	case visible:
		return Known, "", nil
	}
	return New, "", nil
}
