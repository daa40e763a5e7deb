package store

import (
	"database/sql"
	"database/sql/driver"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"zombiezen.com/go/sqlite"
)

// None tells that a query for one row found none.
func None(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// IsUnique tells that a row with the same key was there already. The transaction is lost by then: use ON CONFLICT
// where the change goes on.
func IsUnique(err error) bool {
	if pe, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pe.Code == "23505"
	}
	switch sqlite.ErrCode(err) {
	case sqlite.ResultConstraintUnique, sqlite.ResultConstraintPrimaryKey, sqlite.ResultConstraintRowID:
		return true
	}
	return false
}

// conflicted tells that PostgreSQL gave up the transaction for the sake of another: run it again.
func conflicted(err error) bool {
	pe, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pe.Code == "40001" || pe.Code == "40P01")
}

// unsent tells that nothing of the transaction can have reached the server.
func unsent(err error) bool {
	return errors.Is(err, driver.ErrBadConn) || pgconn.SafeToRetry(err)
}
