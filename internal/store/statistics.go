package store

import (
	"context"
	"database/sql"
	"log/slog"
)

// analyzeEvery is how many rows are written between two looks at how the tables have grown.
const analyzeEvery = 500

// analyzeGrown has PostgreSQL count anew what has doubled since it was last counted. A table is known by its length
// alone, which is true at once; the figures that autovacuum goes by are not.
const analyzeGrown = `DO $$
DECLARE t regclass;
BEGIN
	FOR t IN SELECT c.oid FROM pg_class c
		WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND pg_relation_size(c.oid) > 0
			AND pg_relation_size(c.oid) >= 2 * c.relpages * current_setting('block_size')::bigint
		ORDER BY c.oid
	LOOP
		EXECUTE 'ANALYZE (SKIP_LOCKED) ' || t;
	END LOOP;
END $$`

// wrote keeps the plans of PostgreSQL true while a database fills. Each connection keeps its plans, and those made while
// the tables were empty take any index that begins with the area, that is: read everybody in it, for each row of a list.
// Autovacuum mends that, but comes once a minute, or never where somebody has turned it off.
func (s *Store) wrote(ctx context.Context, c *sql.Conn, rows int64) {
	if s.unseen.Add(rows) < analyzeEvery || s.unseen.Swap(0) < analyzeEvery {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTime)
	defer cancel()
	if _, err := c.ExecContext(ctx, analyzeGrown); err != nil {
		slog.WarnContext(ctx, "analyze", "error", err)
	}
}
