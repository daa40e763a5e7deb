package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// shared is how many different values a column has among the rows that are alike in the columns before it in an index;
// a column that is not named has as many as there are rows.
var shared = map[string]int{
	"area_id": 100, "unit_id": 3, "person_id": 3000, "post_id": 100, "to_post_id": 100, "coach_id": 100, "worker_id": 100, "start_id": 300,
	"plan_id": 3000, "goal_id": 3000, "run_id": 300, "role": 5, "state": 5, "kind": 5, "step": 3, "protected": 2,
	"on_date": 200, "order_on": 200, "state_on": 200, "due_on": 200, "from_on": 200, "to_on": 200, "at": 20,
}

// told is how many rows a table is said to have; few, those of tables with fewer; toldPartial, those of an index that holds
// only some of its table's rows.
const told, toldPartial = 1_000_000, 1000

var few = map[string]int{"area": 100, "agency": 1000, "unit": 500, "room": 2000, "worker": 10_000, "post": 10_000, "session": 10_000, "passkey": 10_000,
	"cover": 10_000, "clearance": 10_000, "closed": 2000, "setting": 10_000, "start": 30_000}

// shapeOf is a line of sqlite_stat1: how many rows there are, and how many are alike in one, two … columns of the index.
func shapeOf(table string, columns []string, unique, partial bool) string {
	rows := told
	if n := few[table]; n > 0 {
		rows = n
	}
	if partial {
		rows = toldPartial
	}
	line := strconv.Itoa(rows)
	for i, c := range columns {
		n := shared[c]
		if n == 0 || unique && i == len(columns)-1 {
			n = rows
		}
		rows = max(1, rows/n)
		line += " " + strconv.Itoa(rows)
	}
	return line
}

// tellShape tells SQLite how the tables of a full database are shaped: an area is one of many, a person has few rows. Without
// that it takes any index that begins with the area for as good as another, and reads everybody in the area. What it is told
// is the same for every database, so that plans are too; nothing is ever counted.
func tellShape(ctx context.Context, db *sql.DB) error {
	want, err := shapes(ctx, db)
	if err != nil {
		return err
	}
	if have, err := toldShapes(ctx, db); err == nil && maps.Equal(have, want) {
		return nil
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	texts := []string{
		`CREATE TABLE shape_told (a integer)`, `ANALYZE shape_told`, // makes SQLite's own table, which cannot be made otherwise
		`DELETE FROM sqlite_stat1`,
		`DROP TABLE shape_told`, // connections that are open read the schema anew, and this with it
	}
	for _, text := range texts {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("%s: %w", text, err)
		}
	}
	for _, at := range slices.Sorted(maps.Keys(want)) {
		table, index, _ := strings.Cut(at, " ")
		if _, err := tx.ExecContext(ctx, `INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ($1, $2, $3)`, table, index, want[at]); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// shapes are the lines for every index of the schema, by "table index".
func shapes(ctx context.Context, db *sql.DB) (map[string]string, error) {
	rows, err := db.QueryContext(ctx, `SELECT t.name, i.name, i."unique", i.partial, i.origin = 'pk' AND t.wr,
	  (SELECT group_concat(x.name, ' ') FROM (SELECT coalesce(name, '') AS name FROM pragma_index_info(i.name) ORDER BY seqno) x)
	 FROM pragma_table_list t, pragma_index_list(t.name) i WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	m := map[string]string{}
	for rows.Next() {
		var table, index, columns string
		var unique, partial, own bool
		if err := rows.Scan(&table, &index, &unique, &partial, &own, &columns); err != nil {
			return nil, err
		}
		if own {
			index = table // where the table lies in the order of its key, that is its name
		}
		m[table+" "+index] = shapeOf(table, strings.Fields(columns), unique, partial)
	}
	return m, rows.Err()
}

func toldShapes(ctx context.Context, db *sql.DB) (map[string]string, error) {
	rows, err := db.QueryContext(ctx, `SELECT tbl, coalesce(idx, ''), stat FROM sqlite_stat1`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	m := map[string]string{}
	for rows.Next() {
		var table, index, stat string
		if err := rows.Scan(&table, &index, &stat); err != nil {
			return nil, err
		}
		m[table+" "+index] = stat
	}
	return m, rows.Err()
}
