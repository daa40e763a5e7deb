package intray

import (
	"context"
	"encoding/json"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

func placeOf(i ID) vault.Place { return vault.Place{Table: "intray", Column: "sealed", Row: int64(i)} }

func rowPlace(row int) vault.Place {
	return vault.Place{Table: "intray_row", Column: "sealed", Row: int64(row)}
}

func insert(ctx context.Context, tx *store.Tx, actor *access.Actor, i Import, wrapped []byte) error {
	heads, err := json.Marshal(i.Headings)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, store.Q(`INSERT INTO intray (area_id, intray_id, unit_id, post_id, key_wrapped, sealed, columns, kind, since_1904, state, why,
	 rows, checked_to, saved_to, at, ends_at, done_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', 0, 0, 0, $11, $12, 0, 1)`),
		actor.Area(), i.ID, actor.Unit(), actor.Post(), wrapped, i.key.Seal(placeOf(i.ID), i.Name, i.Sheet, string(heads)), columnText(i.Columns),
		string(i.Kind), 0, string(Staging), int64(actor.Now()), int64(actor.Now().Add(Kept)))
	return err
}

const importColumns = `intray_id, unit_id, post_id, key_wrapped, sealed, columns, kind, since_1904, state, why, rows, checked_to, saved_to, at, ends_at, done_at, version`

// load reads a list; Missing when there is none.
func load(ctx context.Context, tx *store.Tx, keys *vault.Area, area id.Area, which ID) (i Import, err error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT `+importColumns+` FROM intray WHERE area_id = $1 AND intray_id = $2`), []any{area, which}, scan(keys, area))
	if err == nil && len(list) == 0 {
		return i, fault.Missing
	}
	if err != nil {
		return i, err
	}
	return list[0], counts(ctx, tx, area, &list[0])
}

func scan(keys *vault.Area, area id.Area) func(*store.Cursor) (Import, error) {
	return func(r *store.Cursor) (i Import, err error) {
		var wrapped, sealed []byte
		var columns string
		var since int
		err = r.Scan(&i.ID, &i.Unit, &i.Post, &wrapped, &sealed, &columns, &i.Kind, &since, &i.State, &i.Why, &i.Rows, &i.CheckedTo, &i.SavedTo,
			&i.At, &i.EndsAt, &i.DoneAt, &i.Version)
		i.Columns, i.since1904, i.area = columnList(columns), since == 1, area
		if err != nil || len(wrapped) == 0 {
			return i, err
		}
		if i.key, err = keys.OpenOwn("intray", int64(i.ID), wrapped); err != nil {
			return i, err
		}
		f, err := i.key.Open(placeOf(i.ID), 3, sealed)
		if err != nil {
			return i, err
		}
		i.Name, i.Sheet = f[0], f[1]
		return i, json.Unmarshal([]byte(f[2]), &i.Headings)
	}
}

func counts(ctx context.Context, tx *store.Tx, area id.Area, i *Import) error {
	i.Checked, i.Saved = Count{}, Count{}
	_, err := store.All(ctx, tx, store.Q(`SELECT saved, verdict, n FROM intray_count WHERE area_id = $1 AND intray_id = $2`), []any{area, i.ID},
		func(r *store.Cursor) (struct{}, error) {
			var saved, n int
			var v Verdict
			err := r.Scan(&saved, &v, &n)
			if saved == 1 {
				i.Saved[v] = n
			} else {
				i.Checked[v] = n
			}
			return struct{}{}, err
		})
	return err
}

func count(ctx context.Context, tx *store.Tx, i Import, saved int, c Count) error {
	for v, n := range c {
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO intray_count (area_id, intray_id, saved, verdict, n) VALUES ($1, $2, $3, $4, $5)
		 ON CONFLICT (area_id, intray_id, saved, verdict) DO UPDATE SET n = intray_count.n + excluded.n`), i.area, i.ID, saved, string(v), n); err != nil {
			return err
		}
	}
	return nil
}

func insertRow(ctx context.Context, tx *store.Tx, i Import, row int, cells []string) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO intray_row (area_id, intray_id, row_no, sealed, mark, verdict, other_row, why) VALUES ($1, $2, $3, $4, NULL, '', 0, '')`),
		i.area, i.ID, row, i.key.Seal(rowPlace(row), cells...))
	return err
}

// stagedRow is a row as it is stored.
type stagedRow struct {
	no      int
	sealed  []byte
	verdict Verdict
	other   int
	why     string
}

func (s stagedRow) cells(i Import) ([]string, error) {
	return i.key.Open(rowPlace(s.no), len(i.Headings), s.sealed)
}

const rowColumns = `row_no, sealed, verdict, other_row, why`

func scanRow(r *store.Cursor) (s stagedRow, err error) {
	err = r.Scan(&s.no, &s.sealed, &s.verdict, &s.other, &s.why)
	return s, err
}

// rowsAfter gives the next rows in the file's order.
func rowsAfter(ctx context.Context, tx *store.Tx, i Import, after, n int) ([]stagedRow, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+rowColumns+` FROM intray_row WHERE area_id = $1 AND intray_id = $2 AND row_no > $3 ORDER BY row_no LIMIT $4`),
		[]any{i.area, i.ID, after, n}, scanRow)
}

// judged notes what a row is.
func judged(ctx context.Context, tx *store.Tx, i Import, row int, mark []byte, v Verdict, other int, why string) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE intray_row SET mark = $4, verdict = $5, other_row = $6, why = $7 WHERE area_id = $1 AND intray_id = $2 AND row_no = $3`),
		i.area, i.ID, row, mark, string(v), other, why)
	return err
}

// earlier gives the first row before one with the same mark, or 0.
func earlier(ctx context.Context, tx *store.Tx, i Import, mark []byte, row int) (n int, err error) {
	err = tx.One(ctx, store.Q(`SELECT coalesce(min(row_no), 0) FROM intray_row WHERE area_id = $1 AND intray_id = $2 AND mark = $3 AND row_no < $4`),
		[]any{i.area, i.ID, mark, row}, &n)
	return n, err
}

// removeRows takes rows away, up to one of the file; refused ones stay when kept is set.
func removeRows(ctx context.Context, tx *store.Tx, i Import, from, to int, kept bool) error {
	q := store.Q(`DELETE FROM intray_row WHERE area_id = $1 AND intray_id = $2 AND row_no > $3 AND row_no <= $4`)
	if kept {
		q = store.Q(`DELETE FROM intray_row WHERE area_id = $1 AND intray_id = $2 AND row_no > $3 AND row_no <= $4 AND verdict NOT IN ('refused', 'twice')`)
	}
	_, err := tx.Exec(ctx, q, i.area, i.ID, from, to)
	return err
}

// forget destroys the key of a list, so that what is left of it cannot be read.
func forget(ctx context.Context, tx *store.Tx, i Import) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE intray SET key_wrapped = $3, sealed = $3 WHERE area_id = $1 AND intray_id = $2`), i.area, i.ID, []byte{})
	return err
}

// step moves a list from one state to another in somebody's name. Stale when it has changed meanwhile.
func step(ctx context.Context, tx *store.Tx, i Import, version int, to State, why string) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE intray SET state = $4, why = $5, version = version + 1 WHERE area_id = $1 AND intray_id = $2 AND version = $3`),
		i.area, i.ID, version, string(to), why)
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

// advance notes how far the check or the saving has come, unless somebody has stopped it.
func advance(ctx context.Context, tx *store.Tx, i Import, to State, checked, saved int, done int64) (bool, error) {
	n, err := tx.Exec(ctx, store.Q(`UPDATE intray SET state = $4, checked_to = $5, saved_to = $6, done_at = $7
	 WHERE area_id = $1 AND intray_id = $2 AND state = $3`), i.area, i.ID, string(i.State), string(to), checked, saved, done)
	return n == 1, err
}

func remember(ctx context.Context, tx *store.Tx, i Import, head []byte, columns []Column) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO intray_columns (area_id, unit_id, headings, columns) VALUES ($1, $2, $3, $4)
	 ON CONFLICT (area_id, unit_id, headings) DO UPDATE SET columns = excluded.columns`), i.area, i.Unit, head, columnText(columns))
	return err
}

func remembered(ctx context.Context, tx *store.Tx, actor *access.Actor, head []byte) ([]Column, error) {
	var text string
	err := tx.One(ctx, store.Q(`SELECT columns FROM intray_columns WHERE area_id = $1 AND unit_id = $2 AND headings = $3`), []any{actor.Area(), actor.Unit(), head}, &text)
	if store.None(err) {
		return nil, nil
	}
	return columnList(text), err
}

// markedPerson gives the person without a number who came by a list with the mark, or 0.
func markedPerson(ctx context.Context, tx *store.Tx, actor *access.Actor, mark []byte) (p id.Person, err error) {
	err = tx.One(ctx, store.Q(`SELECT person_id FROM intray_mark WHERE area_id = $1 AND unit_id = $2 AND mark = $3`), []any{actor.Area(), actor.Unit(), mark}, &p)
	if store.None(err) {
		return 0, nil
	}
	return p, err
}

func markPerson(ctx context.Context, tx *store.Tx, actor *access.Actor, mark []byte, p id.Person) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO intray_mark (area_id, unit_id, mark, person_id) VALUES ($1, $2, $3, $4)`), actor.Area(), actor.Unit(), mark, p)
	return err
}

// standing tells how many ways in a person has at the actor's unit: open ones, and all.
func standing(ctx context.Context, tx *store.Tx, actor *access.Actor, p id.Person) (open, all int, err error) {
	err = tx.One(ctx, store.Q(`SELECT coalesce(sum(CASE WHEN r.state IN ('waiting', 'called', 'present') OR e.state IN ('booked', 'active', 'paused') THEN 1 ELSE 0 END), 0),
	 count(*) FROM referral r LEFT JOIN enrolment e ON e.area_id = r.area_id AND e.referral_id = r.referral_id
	 WHERE r.area_id = $1 AND r.person_id = $2 AND r.unit_id = $3`), []any{actor.Area(), p, actor.Unit()}, &open, &all)
	return open, all, err
}

var seen = store.Q(`SELECT ` + access.Columns + ` FROM person p WHERE p.person_id = $7 AND ` + access.Visible)

// show notes in the log that the preview told somebody how a person stands, when the actor may see the person.
func show(ctx context.Context, tx *store.Tx, s access.Scope, p id.Person) (bool, error) {
	rows, err := tx.Query(ctx, seen, s.Args(p)...)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	if !rows.Next() {
		return false, rows.Err()
	}
	_, err = s.Row(rows)
	return err == nil, err
}
