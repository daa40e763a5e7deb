package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strconv"

	"zombiezen.com/go/sqlite"
)

// Cursor goes through the rows of a query.
type Cursor struct {
	ctx   context.Context
	pg    *sql.Rows  // PostgreSQL
	lite  *statement // SQLite
	first bool       // the first row is there and has not been gone to
	more  bool       // there may be more rows
	err   error
	open  bool
}

// Next goes on to the next row; false when there is none or the caller has left, which Err tells apart.
func (r *Cursor) Next() bool {
	if !r.open || r.err != nil {
		return false
	}
	if r.pg != nil {
		r.open = r.pg.Next()
		return r.open
	}
	r.err = r.ctx.Err()
	if r.err == nil && r.more && !r.first {
		r.more, r.err = r.lite.Step()
		r.err = halted(r.ctx, r.err)
	}
	r.first = false
	if r.err == nil && r.more {
		return true
	}
	r.err = errors.Join(r.err, r.Close())
	return false
}

// Columns are the names of the columns.
func (r *Cursor) Columns() ([]string, error) {
	if r.pg != nil {
		return r.pg.Columns()
	}
	names := make([]string, r.lite.columns)
	for i := range names {
		names[i] = r.lite.ColumnName(i)
	}
	return names, nil
}

// Scan copies the columns of the row. A NULL fits only a []byte and a sql.Scanner.
func (r *Cursor) Scan(to ...any) error {
	if r.pg != nil {
		return r.pg.Scan(to...)
	}
	if len(to) != r.lite.columns {
		return fmt.Errorf("scan: %d columns into %d", r.lite.columns, len(to))
	}
	for i := range to {
		if err := r.lite.assign(i, to[i]); err != nil {
			return fmt.Errorf("scan: column %d: %w", i, err)
		}
	}
	return nil
}

// Err is what ended the rows before their end.
func (r *Cursor) Err() error {
	if r.pg != nil {
		return errors.Join(r.err, r.pg.Err())
	}
	return r.err
}

// Close ends the rows; closing them again does nothing.
func (r *Cursor) Close() error {
	if r.pg != nil {
		r.open = false
		return r.pg.Close()
	}
	if !r.open {
		return nil
	}
	r.open = false
	return r.lite.done()
}

// assign puts the value of a column where to points, as database/sql does on PostgreSQL.
func (s *statement) assign(i int, to any) error {
	kind := s.ColumnType(i)
	switch to := to.(type) {
	case *int64:
		if kind == sqlite.TypeInteger {
			*to = s.ColumnInt64(i)
			return nil
		}
	case *int:
		if kind == sqlite.TypeInteger {
			*to = int(s.ColumnInt64(i))
			return nil
		}
	case *string:
		if kind == sqlite.TypeText {
			*to = s.ColumnText(i)
			return nil
		}
	case *[]byte:
		if kind == sqlite.TypeBlob || kind == sqlite.TypeNull {
			*to = s.bytes(i)
			return nil
		}
	case *any:
		*to = s.value(i)
		return nil
	case sql.Scanner:
		return to.Scan(s.value(i))
	}
	return s.assignKind(i, kind, reflect.ValueOf(to))
}

// assignKind is assign for the rarer cases and for types of our own: ids, dates, codes.
func (s *statement) assignKind(i int, kind sqlite.ColumnType, p reflect.Value) error {
	if p.Kind() != reflect.Pointer || p.IsNil() {
		return errors.New("not a pointer")
	}
	to, whole := p.Elem(), kind == sqlite.TypeInteger
	n := int64(0)
	if whole {
		n = s.ColumnInt64(i)
	}
	switch {
	case whole && to.CanInt() && !to.OverflowInt(n):
		to.SetInt(n)
		return nil
	case kind == sqlite.TypeText && to.Kind() == reflect.String:
		to.SetString(s.ColumnText(i))
		return nil
	case whole && to.Kind() == reflect.String:
		to.SetString(strconv.FormatInt(n, 10))
		return nil
	case whole && to.Kind() == reflect.Bool && (n == 0 || n == 1):
		to.SetBool(n == 1)
		return nil
	}
	v := s.value(i)
	if from := reflect.ValueOf(v); !whole && from.IsValid() && from.CanConvert(to.Type()) {
		to.Set(from.Convert(to.Type()))
		return nil
	}
	return fmt.Errorf("a %T does not fit a %T", v, p.Interface())
}

// value is a column as one of five types; the bytes are a copy.
func (s *statement) value(i int) any {
	switch s.ColumnType(i) {
	case sqlite.TypeInteger:
		return s.ColumnInt64(i)
	case sqlite.TypeFloat:
		return s.ColumnFloat(i)
	case sqlite.TypeText:
		return s.ColumnText(i)
	case sqlite.TypeBlob:
		return s.bytes(i)
	}
	return nil
}

// bytes copies a column; nil for NULL.
func (s *statement) bytes(i int) []byte {
	if s.ColumnIsNull(i) {
		return nil
	}
	b := make([]byte, s.ColumnLen(i))
	s.ColumnBytes(i, b)
	return b
}
