package store

import (
	"context"
	"errors"
)

// errBusy tells that somebody read for too long.
var errBusy = errors.New("scrub: a reader holds on to an older state; tried again later")

// Scrub has what was deleted or written over lie in no file of a SQLite database: not in its pages, which the writer fills with
// zeros, nor in the file of what has been written lately, which is emptied here. On PostgreSQL it does nothing; VACUUM and how long
// its log is kept decide there.
func (s *Store) Scrub(ctx context.Context) error {
	if s.Postgres() {
		return nil
	}
	c, err := newConn(file{path: s.path})
	if err != nil {
		return err
	}
	defer c.close()
	rows, err := c.query(ctx, "PRAGMA wal_checkpoint(TRUNCATE)", nil)
	if err != nil {
		return err
	}
	if rows.Next() && rows.lite.ColumnInt(0) != 0 {
		return errors.Join(errBusy, rows.Close())
	}
	return rows.Close()
}
