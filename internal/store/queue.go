package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// Where a write stands. Its caller may leave only while it waits: once taken, f may be running.
const (
	waiting int32 = iota
	taken
	left
)

// write is one call of Write on its way through the goroutine that owns the writer.
type write struct {
	ctx      context.Context
	f        func(*Tx) error
	asked    time.Time
	state    atomic.Int32
	answered chan struct{}
	err      error
	topics   []string
	panicked *Panic
	exited   bool // f ended its goroutine, as a failing test does
	out      bool // not to be run again
	apart    bool // writes the whole file anew, and has no f
}

// Panic is what a function given to Write panicked with, and its stack there.
type Panic struct {
	Value any
	Stack []byte
}

// Error gives both.
func (p *Panic) Error() string { return fmt.Sprintf("panic in write: %v\n%s", p.Value, p.Stack) }

// Unwrap gives the value if it is an error.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

var errUnwound = errors.New("the function of Write did not return")

// call runs f, and keeps a panic for its caller.
func (w *write) call(t *Tx) (err error) {
	returned := false
	defer func() {
		if returned {
			return
		}
		err = errUnwound
		w.out = true
		if p := recover(); p != nil {
			w.panicked = &Panic{p, debug.Stack()}
			return
		}
		w.exited = true
	}()
	err = t.run(w.f)
	returned = true
	return err
}

// answer gives the caller its result, or its panic.
func (w *write) answer() error {
	switch {
	case w.panicked != nil:
		panic(w.panicked)
	case w.exited:
		runtime.Goexit()
	}
	return w.err
}

// queue holds the writes that wait for the writer, in order.
type queue struct {
	mu     sync.Mutex
	filled sync.Cond
	list   []*write
	closed bool
	meter  *meter
}

func newQueue() *queue {
	q := &queue{}
	q.filled.L = &q.mu
	return q
}

// run waits for its turn and its answer. A cancelled context lets it leave the queue, not a running write.
func (q *queue) run(ctx context.Context, f func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return q.wait(ctx, &write{ctx: ctx, f: f, asked: time.Now(), answered: make(chan struct{})})
}

func (q *queue) wait(ctx context.Context, w *write) error {
	if !q.put(w) {
		return ErrClosed
	}
	select {
	case <-w.answered:
		return w.answer()
	case <-ctx.Done():
	}
	if w.state.CompareAndSwap(waiting, left) {
		return ctx.Err()
	}
	<-w.answered
	return w.answer()
}

func (q *queue) put(w *write) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.list = append(q.list, w)
	q.filled.Signal()
	return true
}

// take waits for writes and puts at most the capacity of batch into it; none when the queue is closed and empty.
func (q *queue) take(batch []*write) []*write {
	q.mu.Lock()
	defer q.mu.Unlock()
	batch = batch[:0]
	for len(batch) == 0 {
		for len(q.list) == 0 {
			if q.closed {
				return nil
			}
			q.filled.Wait()
		}
		n := min(len(q.list), cap(batch))
		for _, w := range q.list[:n] {
			if w.state.CompareAndSwap(waiting, taken) {
				q.meter.waited(time.Since(w.asked))
				batch = append(batch, w)
			} else if w.state.Load() == taken { // put back
				batch = append(batch, w)
			}
		}
		q.shift(n)
	}
	return batch
}

func (q *queue) shift(n int) {
	rest := copy(q.list, q.list[n:])
	clear(q.list[rest:])
	q.list = q.list[:rest]
}

// putBack sets taken writes first in the queue again.
func (q *queue) putBack(ws []*write) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.list = append(ws, q.list...)
}

func (q *queue) length() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.list)
}

// close tells whether it was open.
func (q *queue) close() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	was := !q.closed
	q.closed = true
	q.filled.Broadcast()
	return was
}
