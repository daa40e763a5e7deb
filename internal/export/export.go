// Package export is the lists that can be taken out as a file. Each is read under the right to export, and everybody in
// it is noted in the log.
package export

import (
	"context"
	"iter"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/org"
	"sluss/internal/sheet"
	"sluss/internal/store"
)

// List is a list that can be taken out. Its name is the text export.list.*.
type List struct {
	Name       string
	Categories access.Category // what it tells about each; 0 for a list without people
	headings   []string        // keys of texts
	rows       func(ctx context.Context, tx *store.Tx, o *order) iter.Seq2[[]sheet.Cell, error]
}

// Lists are those there are, in the order they are named to people.
var Lists = []List{queue, participants, startList, starts}

// Everything is what the lists together tell, for the route that gives any of them.
const Everything = queueCategories | participantCategories

// Find gives the list of a name. Invalid when there is none.
func Find(name string) (List, error) {
	for _, l := range Lists {
		if l.Name == name {
			return l, nil
		}
	}
	return List{}, fault.New(fault.Invalid, "export.list")
}

// Desk is where lists are taken out.
type Desk struct{ Store *store.Store }

// order is one list being taken out.
type order struct {
	actor *access.Actor
	scope access.Scope
	l     *i18n.Lang
	names org.Names
	on    clock.Date // the day of a start list; "" for the next
}

// Take gives a list of the actor's unit to write, in the language. on is the day of a start list, "" for the next
// start. Everybody in it is noted with the actor as taken out; who sends the file must first have that in the log.
func (d *Desk) Take(ctx context.Context, actor *access.Actor, list List, l *i18n.Lang, on clock.Date, write func(sheet.Table) error) error {
	return d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		o := &order{actor: actor, l: l, on: on}
		if list.Categories == 0 {
			err = access.Unit(ctx, tx, actor, access.Caseworkers...)
		} else {
			o.scope, err = access.OverExport(ctx, tx, actor, list.Categories)
		}
		if err != nil {
			return err
		}
		if o.names, err = org.NamesOf(ctx, tx, actor.Area(), actor.Unit(), actor.Now()); err != nil {
			return err
		}
		return write(o.table(list, list.rows(ctx, tx, o)))
	})
}

func (o *order) table(list List, rows iter.Seq2[[]sheet.Cell, error]) sheet.Table {
	t := sheet.Table{Sheet: o.l.T("export.list." + list.Name), Rows: rows}
	for _, key := range list.headings {
		t.Heading = append(t.Heading, o.l.T(key))
	}
	return t
}

// FileName is what the file of a list is called.
func FileName(list List, l *i18n.Lang, today clock.Date, ext string) string {
	return sheet.Fold(l.T("export.list."+list.Name)) + "-" + string(today) + "." + ext
}

// number is a cell with a whole number.
func number(n int) sheet.Cell { return sheet.Number(float64(n)) }

// yes is a cell that says yes, or nothing.
func (o *order) yes(b bool) sheet.Cell { return o.code(b, "export.yes") }

func (o *order) code(known bool, key string) sheet.Cell {
	if !known {
		return sheet.Cell{}
	}
	return sheet.Text(o.l.T(key))
}

func year(n int) sheet.Cell {
	if n == 0 {
		return sheet.Cell{}
	}
	return number(n)
}

// language names a language, or gives its code.
func (o *order) language(code string) sheet.Cell {
	if o.l.Has("person.lang." + code) {
		return sheet.Text(o.l.T("person.lang." + code))
	}
	return sheet.Text(code)
}
