package store

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"runtime"
	"sync/atomic"
	"time"
)

// LongestWrite is how long the function of a write may run before it is cancelled.
const LongestWrite = 2 * time.Second

const slowWrite = 20 * time.Millisecond // logged from here

type meter struct {
	writes, commits, statements, retries, slow, waitSum, waitMost atomic.Int64
}

func (m *meter) stats() Stats {
	return Stats{
		Writes: m.writes.Load(), Commits: m.commits.Load(), Statements: m.statements.Load(), Retries: m.retries.Load(), Slow: m.slow.Load(),
		WaitSum: time.Duration(m.waitSum.Load()), WaitMost: time.Duration(m.waitMost.Load()),
	}
}

func (m *meter) waited(d time.Duration) {
	m.waitSum.Add(int64(d))
	for most := m.waitMost.Load(); int64(d) > most; most = m.waitMost.Load() {
		if m.waitMost.CompareAndSwap(most, int64(d)) {
			return
		}
	}
}

// ran logs a write that held others up, with the place where its function stands.
func (m *meter) ran(ctx context.Context, d time.Duration, f func(*Tx) error) {
	if d < slowWrite {
		return
	}
	m.slow.Add(1)
	slog.WarnContext(ctx, "slow write", "ms", d.Milliseconds(), "at", place(f))
}

// place is the file and line where f is written.
func place(f func(*Tx) error) string {
	pc := reflect.ValueOf(f).Pointer()
	fn := runtime.FuncForPC(pc)
	if fn == nil {
		return "unknown"
	}
	file, line := fn.FileLine(pc)
	return fmt.Sprintf("%s:%d", file, line)
}
