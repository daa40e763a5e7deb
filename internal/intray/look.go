package intray

import (
	"context"
	"iter"
	"strconv"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/org"
	"sluss/internal/sheet"
	"sluss/internal/store"
)

// Field is the name of the form's field for a column of the file, from 0.
func Field(n int) string { return "column-" + strconv.Itoa(n) }

// Open gives a list of the actor's unit. Only who handed it over sees what is in it.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, list ID) (i Import, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		i, err = open(ctx, tx, actor, list)
		return err
	})
	return i, err
}

func open(ctx context.Context, tx *store.Tx, actor *access.Actor, list ID) (Import, error) {
	if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
		return Import{}, err
	}
	i, err := load(ctx, tx, actor.Keys(), actor.Area(), list)
	if err == nil && i.Unit != actor.Unit() {
		return Import{}, fault.Missing
	}
	if i.Post != actor.Post() {
		i.Name, i.Headings = "", nil
	}
	return i, err
}

// Newest gives the unit's lists, newest first, at most twenty.
func (d *Desk) Newest(ctx context.Context, actor *access.Actor) (list []Import, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		list, err = store.All(ctx, tx, store.Q(`SELECT `+importColumns+` FROM intray WHERE area_id = $1 AND unit_id = $2 AND state <> 'gone'
		 ORDER BY intray_id DESC LIMIT 20`), []any{actor.Area(), actor.Unit()}, scan(actor.Keys(), actor.Area()))
		if err != nil {
			return err
		}
		for n := range list {
			if list[n].Post != actor.Post() {
				list[n].Name, list[n].Headings = "", nil
			}
			if err := counts(ctx, tx, actor.Area(), &list[n]); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// Filter is which rows to look at.
type Filter string

// The filters.
const (
	Wrong Filter = "wrong" // refused, or twice
	Fresh Filter = "new"
	Old   Filter = "known" // known, returning or there already
	All   Filter = "all"
)

var filters = map[Filter]store.SQL{
	Wrong: store.Q(`('refused', 'twice')`), Fresh: store.Q(`('new')`), Old: store.Q(`('known', 'return', 'waiting')`),
	All: store.Q(`('refused', 'twice', 'new', 'known', 'return', 'waiting')`),
}

// Lines gives the next n rows of a list after one of the file's rows, to who handed it over.
func (d *Desk) Lines(ctx context.Context, actor *access.Actor, list ID, f Filter, after, n int) (lines []Line, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		i, err := open(ctx, tx, actor, list)
		if err != nil || !i.Here() {
			return err
		}
		var names org.Names
		if names.Units, err = org.Units(ctx, tx, actor.Area()); err != nil {
			return err
		}
		q := store.Join(store.Q(`SELECT `+rowColumns+` FROM intray_row WHERE area_id = $1 AND intray_id = $2 AND row_no > $3 AND verdict IN `), filters[f],
			store.Q(` ORDER BY row_no LIMIT $4`))
		rows, err := store.All(ctx, tx, q, []any{actor.Area(), list, after, n}, scanRow)
		if err != nil {
			return err
		}
		lines, err = i.lines(rows, i.layout(names, actor.Now()))
		return err
	})
	return lines, err
}

// First gives what stands in the first n rows, a cell for each heading, for who is to say what the columns are.
func (d *Desk) First(ctx context.Context, actor *access.Actor, list ID, n int) (rows [][]string, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		i, err := open(ctx, tx, actor, list)
		if err != nil || !i.Here() {
			return err
		}
		first, err := rowsAfter(ctx, tx, i, 0, n)
		if err != nil {
			return err
		}
		for _, r := range first {
			cells, err := r.cells(i)
			if err != nil {
				return err
			}
			rows = append(rows, cells)
		}
		return nil
	})
	return rows, err
}

func (i Import) lines(rows []stagedRow, l layout) ([]Line, error) {
	list := make([]Line, len(rows))
	for n, row := range rows {
		cells, err := row.cells(i)
		if err != nil {
			return nil, err
		}
		x := Line{Row: row.no, Verdict: row.verdict, Other: row.other, Cells: cells}
		x.Form, x.Faults = l.read(cells)
		switch {
		case row.verdict == Twice:
			x.Faults = append(x.Faults, l.fault("intray.twice", row.other))
		case row.verdict == Refused && row.why != "":
			x.Faults = append(x.Faults, l.fault(row.why))
		}
		list[n] = x
	}
	return list, nil
}

// fault is one that only others could tell of: it stands at the number, or else at the name.
func (l layout) fault(key string, args ...any) Fault {
	for _, c := range []Column{Number, FullName, Given} {
		if at, ok := l.at[c]; ok {
			return Fault{at, c, key, args}
		}
	}
	return Fault{-1, Number, key, args}
}

// Mend is the rows to mend as a table: the file's own columns, and one that says what is wrong.
func (d *Desk) Mend(ctx context.Context, actor *access.Actor, list ID, l *i18n.Lang) (sheet.Table, error) {
	i, err := d.Open(ctx, actor, list)
	if err != nil {
		return sheet.Table{}, err
	}
	if !i.Here() {
		return sheet.Table{}, fault.New(fault.Conflict, "intray.gone")
	}
	return sheet.Table{Sheet: l.T("intray.mend.sheet"), Heading: append(append([]string{}, i.Headings...), l.T("intray.column.mended")),
		Rows: d.wrongRows(ctx, actor, i, l)}, nil
}

func (d *Desk) wrongRows(ctx context.Context, actor *access.Actor, i Import, l *i18n.Lang) iter.Seq2[[]sheet.Cell, error] {
	return func(yield func([]sheet.Cell, error) bool) {
		for after := 0; ; {
			lines, err := d.Lines(ctx, actor, i.ID, Wrong, after, 500)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, x := range lines {
				if after = x.Row; !yield(x.mend(i, l), nil) {
					return
				}
			}
			if len(lines) < 500 {
				return
			}
		}
	}
}

func (x Line) mend(i Import, l *i18n.Lang) []sheet.Cell {
	row := make([]sheet.Cell, 0, len(i.Headings)+1)
	for n := range i.Headings {
		row = append(row, sheet.Text(x.Cells[n]))
	}
	words := ""
	for _, f := range x.Faults {
		if words != "" {
			words += " "
		}
		words += i.ColumnName(f, l) + ": " + l.T(f.Key, f.Args...)
	}
	return append(row, sheet.Text(words))
}

// ColumnName names the column of a fault as the file does, or by what it means when the file has none.
func (i Import) ColumnName(f Fault, l *i18n.Lang) string {
	if f.At >= 0 && f.At < len(i.Headings) {
		return i.Headings[f.At]
	}
	return l.T("intray.column." + string(f.Column))
}
