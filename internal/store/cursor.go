package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
)

// Cursor goes through the rows of a query.
type Cursor struct {
	ctx    context.Context
	pg     *sql.Rows      // PostgreSQL
	lite   driver.Rows    // SQLite, straight from the driver
	values []driver.Value // of the row that is read
	err    error
	open   bool
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
	if r.err == nil {
		r.err = r.lite.Next(r.values)
	}
	if r.err == nil {
		return true
	}
	if r.err == io.EOF {
		r.err = nil
	}
	r.err = errors.Join(r.err, r.Close())
	return false
}

// Columns are the names of the columns.
func (r *Cursor) Columns() ([]string, error) {
	if r.pg != nil {
		return r.pg.Columns()
	}
	return r.lite.Columns(), nil
}

// Scan copies the columns of the row. A NULL fits only a []byte and a sql.Scanner.
func (r *Cursor) Scan(to ...any) error {
	if r.pg != nil {
		return r.pg.Scan(to...)
	}
	if len(to) != len(r.values) {
		return fmt.Errorf("scan: %d columns into %d", len(r.values), len(to))
	}
	for i, v := range r.values {
		if err := assign(to[i], v); err != nil {
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
	return r.lite.Close()
}

// assign puts a value of the driver where to points, as database/sql does on PostgreSQL. The driver's bytes are copies
// already and are handed over.
func assign(to, v any) error {
	switch to := to.(type) {
	case *int64:
		if n, ok := v.(int64); ok {
			*to = n
			return nil
		}
	case *int:
		if n, ok := v.(int64); ok {
			*to = int(n)
			return nil
		}
	case *string:
		if s, ok := v.(string); ok {
			*to = s
			return nil
		}
	case *[]byte:
		if b, ok := v.([]byte); ok || v == nil {
			*to = b
			return nil
		}
	case *any:
		*to = v
		return nil
	case sql.Scanner:
		return to.Scan(v)
	}
	return assignKind(reflect.ValueOf(to), v)
}

// assignKind is assign for the rarer cases and for types of our own: ids, dates, codes.
func assignKind(p reflect.Value, v any) error {
	if p.Kind() != reflect.Pointer || p.IsNil() {
		return errors.New("not a pointer")
	}
	to, from := p.Elem(), reflect.ValueOf(v)
	n, whole := v.(int64)
	text, words := v.(string)
	switch {
	case whole && to.CanInt() && !to.OverflowInt(n):
		to.SetInt(n)
	case words && to.Kind() == reflect.String:
		to.SetString(text)
	case whole && to.Kind() == reflect.String:
		to.SetString(strconv.FormatInt(n, 10))
	case whole && to.Kind() == reflect.Bool && (n == 0 || n == 1):
		to.SetBool(n == 1)
	case !whole && from.IsValid() && from.CanConvert(to.Type()):
		to.Set(from.Convert(to.Type()))
	default:
		return fmt.Errorf("a %T does not fit a %T", v, p.Interface())
	}
	return nil
}
