package store

import (
	"context"
	"regexp"
	"slices"
	"strings"
)

// Schema describes tables, keys and indexes in words that are the same on both engines, one line each, in order.
// Conditions (CHECK, and WHERE of an index) are not in it: the engines write them differently.
func (s *Store) Schema(ctx context.Context) (string, error) {
	q := SQL{sqliteSchema}
	if s.pg != nil {
		q = SQL{postgresSchema}
	}
	var lines []string
	err := s.Read(ctx, func(tx *Tx) (err error) {
		lines, err = All(ctx, tx, q, nil, func(r *Cursor) (string, error) {
			var line string
			return line, r.Scan(&line)
		})
		return err
	})
	for i := range lines {
		lines[i] = casts.ReplaceAllString(lines[i], "")
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n", err
}

// casts are what PostgreSQL adds to a default.
var casts = regexp.MustCompile(`::[a-z ]+`)

const sqliteSchema = `
WITH tab AS (
	SELECT name FROM sqlite_master
	WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'goose_db_version'
)
SELECT 'table ' || t.name || ' column ' || c.name || ' ' || lower(c.type)
	|| CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN ' not null' ELSE '' END
	|| coalesce(' default ' || c.dflt_value, '')
FROM tab t, pragma_table_info(t.name) c
UNION ALL
SELECT 'table ' || t.name || ' primary key (' || (
	SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_table_info(t.name) WHERE pk > 0 ORDER BY pk)) || ')'
FROM tab t WHERE EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE pk > 0)
UNION ALL
SELECT 'table ' || t.name || CASE WHEN i."unique" = 1 THEN ' unique (' ELSE ' index (' END || (
	SELECT group_concat(coalesce(name, 'expression'), ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) || ')'
	|| CASE WHEN i.partial = 1 THEN ' partial' ELSE '' END
FROM tab t, pragma_index_list(t.name) i WHERE i.origin <> 'pk'
UNION ALL
SELECT 'table ' || t.name || ' foreign key (' || group_concat(f."from", ', ' ORDER BY f.seq) || ') references ' || f."table"
	|| ' (' || group_concat(f."to", ', ' ORDER BY f.seq) || ')'
FROM tab t, pragma_foreign_key_list(t.name) f GROUP BY t.name, f.id, f."table"`

const postgresSchema = `
WITH tab AS (
	SELECT c.oid, c.relname AS name FROM pg_class c
	WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'goose_db_version'
)
SELECT 'table ' || t.name || ' column ' || a.attname || ' '
	|| CASE format_type(a.atttypid, a.atttypmod) WHEN 'bigint' THEN 'integer' WHEN 'double precision' THEN 'real'
		WHEN 'bytea' THEN 'blob' ELSE format_type(a.atttypid, a.atttypmod) END
	|| CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
	|| coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
FROM tab t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
	LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
UNION ALL
SELECT 'table ' || t.name || CASE WHEN i.indisprimary THEN ' primary key (' WHEN i.indisunique THEN ' unique (' ELSE ' index (' END
	|| (SELECT string_agg(coalesce(a.attname, 'expression'), ', ' ORDER BY k.n)
		FROM unnest(i.indkey) WITH ORDINALITY k(att, n)
		LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.att AND k.att > 0) || ')'
	|| CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END
FROM tab t JOIN pg_index i ON i.indrelid = t.oid
UNION ALL
SELECT 'table ' || t.name || ' foreign key ('
	|| (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(f.conkey) WITH ORDINALITY k(att, n)
		JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.att) || ') references ' || r.relname || ' ('
	|| (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(f.confkey) WITH ORDINALITY k(att, n)
		JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.att) || ')'
FROM tab t JOIN pg_constraint f ON f.conrelid = t.oid AND f.contype = 'f' JOIN pg_class r ON r.oid = f.confrelid`
