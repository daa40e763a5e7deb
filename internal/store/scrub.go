package store

import (
	"context"
	"errors"
	"time"
)

// errBusy tells that somebody read for too long.
var errBusy = errors.New("scrub: a reader holds on to an older state; tried again later")

// Scrub has what was deleted or written over lie in no file of a SQLite database. The writer fills what it deletes with zeros, but
// when pages are parted or joined it leaves traces of what it moved, which may be deleted later; so the file is written anew, and
// then the file of what has been written lately is emptied. Writes wait meanwhile, some seconds for each GB, and as much room is
// needed once more. On PostgreSQL it does nothing; VACUUM and how long its log is kept decide there.
func (s *Store) Scrub(ctx context.Context) error {
	if s.Postgres() {
		return nil
	}
	if err := s.lock.acquire(s.path); err != nil {
		return err
	}
	if err := s.queue.wait(ctx, &write{ctx: ctx, apart: true, asked: time.Now(), answered: make(chan struct{})}); err != nil {
		return err
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
