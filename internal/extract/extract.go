// Package extract is everything that is kept about one person, as that person may see it: a projection of its own, in which each
// column of each table about people has been decided on. What nobody has decided about is not read.
package extract

import (
	"context"
	"fmt"
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/comment"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/vault"
	"sluss/internal/workplace"
)

// Need is what an extract is made from. Of documents it takes what they are; notes are told of by their day alone.
const Need = access.OwnRecord

// Part is what is kept of one kind, as the goals.
type Part struct {
	Name string // its title is the text extract.part.*
	Rows []Row
	Of   []comment.Thing // of each row, where the person can say what they think of it; else nil
}

// Thing gives what a row is to what the person says of it; ok is false where nothing is said of it.
func (p Part) Thing(row int) (t comment.Thing, ok bool) {
	if row < len(p.Of) {
		t = p.Of[row]
	}
	return t, t.Ref != 0
}

// Row is one of them: what is known of it, in order. What is empty is left out.
type Row []Value

// Record is an extract.
type Record struct {
	Parts []Part // those with something in them
	Self  bool   // read by the person themself; else some parts are left out, see Audience
}

// Audience is who a part is for.
type Audience int

// The audiences. What a person does in their own session, no worker sees, also not at the table.
const (
	Together Audience = iota // the person alone, and with staff at the table
	ByCoach                  // the person, and at the table with their coach
	Alone                    // the person alone
)

// reader is one extract being read.
type reader struct {
	tx    *store.Tx
	actor *access.Actor
	a     access.Access
	names org.Names
	types map[int64]activity.Type

	workplaces map[workplace.ID]string
}

// Of reads all that the person of the access may see of what is kept about them. It needs access to Need. The names are those of
// the area, read before.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, names org.Names) (Record, error) {
	return recordOf(ctx, tx, actor, a, names, func(table) bool { return true })
}

// Written is of the same what somebody has written about the person in words, of which they can say what they think; notes and statements
// of hours have pages of their own.
func Written(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, names org.Names) (Record, error) {
	return recordOf(ctx, tx, actor, a, names, func(t table) bool { return t.says != "" && t.says != comment.Note && t.says != comment.Statement })
}

func recordOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, names org.Names, wanted func(table) bool) (Record, error) {
	a.Must(Need)
	r := reader{tx: tx, actor: actor, a: a, names: names, types: map[int64]activity.Type{}}
	list, err := activity.All(ctx, tx, actor)
	if err != nil {
		return Record{}, err
	}
	for _, t := range list {
		r.types[int64(t.ID)] = t
	}
	if r.workplaces, err = workplace.Names(ctx, tx, actor); err != nil {
		return Record{}, err
	}
	_, coach, err := access.Around(ctx, tx, actor, a)
	if err != nil {
		return Record{}, err
	}
	x := Record{Self: a.Ground() == access.Themself}
	for _, t := range tables {
		if !wanted(t) || !x.Self && (t.who == Alone || t.who == ByCoach && coach != actor.Post()) {
			continue
		}
		part := Part{Name: t.part}
		err := r.rows(ctx, t, x.Self, &part)
		if err != nil {
			return x, fmt.Errorf("extract of %s: %w", t.name, err)
		}
		if len(part.Rows) > 0 {
			x.Parts = append(x.Parts, part)
		}
	}
	return x, nil
}

// rows reads what one table keeps about the person.
func (r *reader) rows(ctx context.Context, t table, self bool, part *Part) error {
	rows, err := store.All(ctx, r.tx, t.query, []any{r.actor.Area(), r.a.Person()}, func(c *store.Cursor) (row Row, err error) {
		raw := make([]any, len(t.shown))
		to := make([]any, len(t.shown))
		for i := range raw {
			to[i] = &raw[i]
		}
		if err = c.Scan(to...); err != nil {
			return nil, err
		}
		if n, ok := raw[0].(int64); ok && t.says != "" {
			x := comment.Thing{Kind: t.says, Ref: n}
			if i := slices.IndexFunc(t.shown, func(col column) bool { return col.name == t.once }); i >= 0 && (raw[i] == int64(0) || raw[i] == "") {
				x = comment.Thing{}
			}
			part.Of = append(part.Of, x)
		}
		for i, col := range t.shown {
			if col.alone && !self {
				continue
			}
			values, err := r.values(t, col, raw[i], raw[0])
			if err != nil {
				return nil, err
			}
			row = append(row, values...)
		}
		return row, nil
	})
	part.Rows = rows
	return err
}

// values are what a column tells; number is the row's own, which a sealed text is bound to.
func (r *reader) values(t table, c column, raw, number any) ([]Value, error) {
	switch c.kind {
	case rowNumber:
		return nil, nil
	case sealed, answers:
		n, ok := number.(int64)
		text, isText := raw.([]byte)
		if !ok || !isText {
			return nil, fmt.Errorf("column %s is no sealed text", c.name)
		}
		if len(text) == 0 {
			return nil, nil
		}
		f, err := r.a.Key(c.need).Open(vault.Place{Table: t.name, Column: c.name, Row: n}, len(c.fields), text)
		if err != nil {
			return nil, err
		}
		if c.kind == answers {
			return answered(f[0])
		}
		return c.opened(f), nil
	}
	v, ok := r.plain(c, raw)
	if !ok {
		return nil, nil
	}
	return []Value{v}, nil
}
