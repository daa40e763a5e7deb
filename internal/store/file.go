package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

// ErrLocked tells that another process writes to the same SQLite file.
var ErrLocked = errors.New("another sluss process is writing to this database; stop it first, or use PostgreSQL")

// fileLock keeps other processes from writing to the same file. It is taken at the first write, so that a process
// that only reads (a backup, a look at the figures) may run beside the one that serves.
type fileLock struct {
	mu   sync.RWMutex
	file *os.File
}

func (l *fileLock) acquire(path string) error {
	l.mu.RLock()
	held := l.file != nil
	l.mu.RUnlock()
	if held {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file != nil {
		return nil
	}
	f, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("lock %s: %w", path, err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return fmt.Errorf("%s: %w", path, ErrLocked)
	}
	l.file = f
	return nil
}

func (l *fileLock) release() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}

// makePrivate makes a missing file that only its owner may read; SQLite gives its companions the same mode.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// vacuumInto writes a compact copy from a connection of its own, so that no page waits for it.
func (s *Store) vacuumInto(ctx context.Context, path string) error {
	c, err := newConn(file{path: s.path, pragmas: []string{"secure_delete = 1"}})
	if err != nil {
		return err
	}
	defer c.close()
	if err := makePrivate(path); err != nil {
		return err
	}
	_, err = c.exec(ctx, "VACUUM INTO $1", []any{path})
	return err
}

// moveDurably makes the file and its new name outlive a power cut.
func moveDurably(from, to string) error {
	if err := syncFile(from); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncFile(filepath.Dir(to))
}

func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
