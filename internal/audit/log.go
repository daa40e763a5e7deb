package audit

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"sluss/internal/id"
	"sluss/internal/store"
)

// Log appends disclosures of finished pages; what waits together is committed together.
type Log struct {
	db    *store.Store
	queue chan *entry
	pages atomic.Int64
	runs  atomic.Int64
	seen  seen
}

// Stats tells how many pages' disclosures have been written, and in how many commits.
func (l *Log) Stats() (pages, commits int64) { return l.pages.Load(), l.runs.Load() }

type entry struct {
	area   id.Area
	epoch  int64
	list   []Disclosure
	answer chan error
}

// Patience is how long a page waits for its row before it is not shown at all.
const Patience = 3 * time.Second

const batch = 64

// ErrLog tells that the log could not be written; nothing may be shown.
var ErrLog = errors.New("the log of disclosures cannot be written")

// NewLog makes the log of a database. It works until ctx ends.
func NewLog(ctx context.Context, db *store.Store) *Log {
	l := &Log{db: db, queue: make(chan *entry, 1024)}
	go l.work(ctx)
	return l
}

// Append commits the disclosures of one page that was read at the epoch. ErrEpoch when the area's epoch has been
// raised since, ErrLog when the rows could not be written within Patience.
func (l *Log) Append(ctx context.Context, area id.Area, epoch int64, list []Disclosure) error {
	if len(list) == 0 {
		return nil
	}
	e := &entry{area, epoch, list, make(chan error, 1)}
	limit := time.NewTimer(Patience)
	defer limit.Stop()
	select {
	case l.queue <- e:
	case <-limit.C:
		return ErrLog
	}
	select {
	case err := <-e.answer:
		return err
	case <-limit.C:
		return ErrLog
	}
}

func (l *Log) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-l.queue:
			l.commit(ctx, l.more(first))
		}
	}
}

func (l *Log) more(first *entry) []*entry {
	list := []*entry{first}
	for len(list) < batch {
		select {
		case e := <-l.queue:
			list = append(list, e)
		default:
			return list
		}
	}
	return list
}

// commit writes the entries in one transaction and answers each.
func (l *Log) commit(ctx context.Context, list []*entry) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	stale := make([]bool, len(list))
	err := l.db.Write(ctx, func(tx *store.Tx) error {
		for i, e := range list {
			ok, err := l.write(ctx, tx, e)
			if err != nil {
				return err
			}
			stale[i] = !ok
		}
		return nil
	})
	if err == nil {
		l.pages.Add(int64(len(list)))
		l.runs.Add(1)
	}
	for i, e := range list {
		switch {
		case err != nil:
			e.answer <- fmt.Errorf("%w: %w", ErrLog, err)
		case stale[i]:
			e.answer <- ErrEpoch
		default:
			for j := range e.list {
				l.seen.add(&e.list[j])
			}
			e.answer <- nil
		}
	}
}

// write adds what one page showed; ok is false when the epoch has been raised since the page was read.
func (l *Log) write(ctx context.Context, tx *store.Tx, e *entry) (ok bool, err error) {
	for i := range e.list {
		d := &e.list[i]
		if ok, err = insert(ctx, tx, insertAtEpoch, e.epoch, d, l.seen.unseen(d)); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}
