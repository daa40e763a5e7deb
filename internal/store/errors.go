package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5/pgconn"
	"zombiezen.com/go/sqlite"

	"sluss/internal/fault"
)

// ErrFull tells that there is no room left on the disk of the database. It works again as soon as there is.
var ErrFull = fault.New(fault.Unavailable, "fault.full")

// full gives ErrFull, with what happened, for a write that found no room, and says so in the program's own log.
func full(ctx context.Context, err error) error {
	pe, ok := errors.AsType[*pgconn.PgError](err)
	if err == nil || !(ok && pe.Code == "53100" || sqlite.ErrCode(err).ToPrimary() == sqlite.ResultFull) {
		return err
	}
	slog.ErrorContext(ctx, "the disk of the database is full: nothing can be written until there is room", "error", err)
	return fmt.Errorf("%w: %w", ErrFull, err)
}

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
