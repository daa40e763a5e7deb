package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

const (
	postgresConns = 16
	mostTries     = 40
	commitTime    = 15 * time.Second // a transaction, its commit included
)

func openPostgres(ctx context.Context, dsn string) (*Store, error) {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(postgresConns)
	db.SetMaxIdleConns(postgresConns)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open: %w", err), db.Close())
	}
	return &Store{Longest: LongestWrite, pg: db}, nil
}

func (s *Store) readPostgres(ctx context.Context, f func(*Tx) error) error {
	tx, err := s.pg.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return closed(err)
	}
	defer tx.Rollback()
	t := &Tx{store: s, pg: tx, caller: ctx, ctx: ctx}
	return t.run(f)
}

// writePostgres runs f serializably, again while PostgreSQL gives it up for another's sake.
func (s *Store) writePostgres(ctx context.Context, f func(*Tx) error) error {
	for try := 1; ; try++ {
		again, err := s.tryPostgres(ctx, f)
		if !again || try == mostTries {
			s.meter.writes.Add(1)
			return closed(err)
		}
		s.meter.retries.Add(1)
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
}

// tryPostgres is one attempt. Waiting for a connection takes the caller's context, BEGIN and COMMIT do not: a caller
// who leaves in the middle of a commit would not know its outcome.
func (s *Store) tryPostgres(ctx context.Context, f func(*Tx) error) (again bool, err error) {
	asked := time.Now()
	c, err := s.pg.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer c.Close()
	s.meter.waited(time.Since(asked))
	own, cancel := context.WithTimeout(context.Background(), commitTime)
	defer cancel()
	tx, err := c.BeginTx(own, &sql.TxOptions{Isolation: sql.LevelSerializable})
	if err != nil {
		return unsent(err), fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback()
	t := &Tx{store: s, pg: tx, writes: true, caller: ctx}
	if err := s.attemptPostgres(t, f); err != nil {
		return conflicted(err) || conflicted(t.failed), err
	}
	if err := tx.Commit(); err != nil {
		return conflicted(err), fmt.Errorf("commit: %w", err)
	}
	s.meter.commits.Add(1)
	s.notices.send(t.topics)
	s.wrote(t.caller, c, t.wrote)
	return false, nil
}

func (s *Store) attemptPostgres(t *Tx, f func(*Tx) error) error {
	start := time.Now()
	t.deadline = start.Add(s.Longest)
	ctx, cancel := context.WithDeadline(t.caller, t.deadline)
	defer cancel()
	t.ctx = ctx
	err := t.run(f)
	s.meter.ran(t.caller, time.Since(start), f)
	return s.tooLong(err, t.caller, ctx, f)
}

// pause waits a random while, longer the more often the write has been tried.
func pause(ctx context.Context, try int) error {
	t := time.NewTimer(time.Duration(rand.Int64N(int64(min(try, 10)) * int64(4*time.Millisecond))))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// closed gives database/sql's answer after Close our name.
func closed(err error) error {
	if err != nil && err.Error() == "sql: database is closed" {
		return ErrClosed
	}
	return err
}
