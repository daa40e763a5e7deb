package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// The child of the crash tests is this test binary, started with these.
const (
	loadPath  = "SLUSS_TEST_LOAD"  // the database to write to until killed
	loadRelax = "SLUSS_TEST_RELAX" // not empty: without the sync at each commit
)

// times is how often a crash is tried: 20 in every run, 1,000 with SLUSS_PROVE=1, 3 with -short.
func times() int {
	switch {
	case os.Getenv("SLUSS_PROVE") != "":
		return 1000
	case testing.Short():
		return 3
	}
	return 20
}

// loadUntilKilled is the child: eight writers, each change two rows in two tables, its number printed when it is
// acknowledged. A write that fails is not printed; the disk may be gone.
func loadUntilKilled() {
	ctx := context.Background()
	s, err := store.Open(ctx, os.Getenv(loadPath))
	if err == nil {
		err = s.Write(ctx, tables)
	}
	if err == nil && os.Getenv(loadRelax) != "" {
		err = s.RelaxSync()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var number atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for {
				if n := int(number.Add(1)); change(ctx, s, n) == nil {
					_, _ = os.Stdout.WriteString(strconv.Itoa(n) + "\n")
				}
			}
		})
	}
	wg.Wait()
}

func change(ctx context.Context, s *store.Store, n int) error {
	return s.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO group_test (group_id, places) VALUES ($1, $1)`), n); err != nil {
			return err
		}
		return seat(ctx, tx, n, n)
	})
}

// load is a running child.
type load struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner
	acked []int
}

func startLoad(t *testing.T, path string, env ...string) *load {
	t.Helper()
	l := &load{cmd: exec.Command(os.Args[0])}
	l.cmd.Env = append(append(os.Environ(), loadPath+"="+path), env...)
	l.cmd.Stderr = os.Stderr
	out, err := l.cmd.StdoutPipe()
	must(t, err)
	must(t, l.cmd.Start())
	l.lines = bufio.NewScanner(out)
	return l
}

// acks reads until n are acknowledged, or all that there are.
func (l *load) acks(n int) {
	for len(l.acked) < n && l.lines.Scan() {
		if v, err := strconv.Atoi(l.lines.Text()); err == nil {
			l.acked = append(l.acked, v)
		}
	}
}

// kill ends the child without warning and reads what it still had said.
func (l *load) kill(t *testing.T) {
	t.Helper()
	must(t, l.cmd.Process.Kill())
	l.acks(1 << 30)
	_ = l.cmd.Wait()
}

// losses counts acknowledged changes that are gone, and changes of which only half is there.
func losses(t *testing.T, path string, acked []int) (gone, half int) {
	t.Helper()
	s, err := store.Open(t.Context(), path)
	must(t, err)
	defer s.Close()
	integrity(t, s)
	must(t, s.Read(t.Context(), func(tx *store.Tx) error {
		for _, n := range acked {
			var found int
			if err := tx.One(t.Context(), store.Q(`SELECT count(*) FROM group_test WHERE group_id = $1`), []any{n}, &found); err != nil {
				return err
			}
			gone += 1 - found
		}
		return tx.One(t.Context(), store.Q(`SELECT count(*) FROM group_test g LEFT JOIN seat_test s ON s.group_id = g.group_id WHERE s.person IS NULL`), nil, &half)
	}))
	return gone, half
}

func TestKillLosesNothingAcknowledged(t *testing.T) {
	all := 0
	for i := range times() {
		path := filepath.Join(t.TempDir(), "load.db")
		l := startLoad(t, path)
		l.acks(1 + rand.IntN(300))
		l.kill(t)
		if len(l.acked) == 0 {
			t.Fatal("the child wrote nothing")
		}
		gone, half := losses(t, path, l.acked)
		if gone != 0 || half != 0 {
			t.Errorf("kill %d: of %d acknowledged changes %d are gone; %d are half there", i, len(l.acked), gone, half)
		}
		all += len(l.acked)
		must(t, os.Remove(path))
	}
	t.Logf("%d kills, %d acknowledged changes, all there", times(), all)
}

func TestTheCountOfLossesSeesALoss(t *testing.T) {
	path := storetest.SQLite(t)
	s := storetest.Open(t, path)
	must(t, s.Write(t.Context(), tables))
	must(t, change(t.Context(), s, 1))
	group(t, s, 2, 2) // half a change
	if gone, half := losses(t, path, []int{1, 2, 3}); gone != 1 || half != 1 {
		t.Errorf("%d gone, %d half", gone, half)
	}
}
