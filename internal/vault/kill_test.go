package vault_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/vault"
)

// The child of the tests below is this test binary, started with these.
const (
	rotateDB        = "SLUSS_TEST_ROTATE" // the database to rotate
	rotateFile      = "SLUSS_TEST_ROTATE_FILE"
	rotateOld       = "SLUSS_TEST_ROTATE_OLD"
	rotateProtected = "SLUSS_TEST_ROTATE_PROTECTED"
	rotateRenew     = "SLUSS_TEST_ROTATE_RENEW"
	rotateOn        = "SLUSS_TEST_ROTATE_ON" // go on after each step, to be killed by somebody else
)

// rotateUntilKilled is the child: it goes on with a rotation, and kills itself after the first step that lasts.
func rotateUntilKilled() {
	s, err := store.Open(context.Background(), os.Getenv(rotateDB))
	if err == nil {
		r := vault.Rotation{Store: s, File: os.Getenv(rotateFile), Protected: os.Getenv(rotateProtected) != "", Renew: os.Getenv(rotateRenew) != "", Old: os.Getenv(rotateOld)}
		if os.Getenv(rotateOn) == "" {
			r.After(func() error {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
				select {}
			})
		}
		fmt.Println("begins")
		_, err = r.Run(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func TestMain(m *testing.M) {
	if os.Getenv(rotateDB) != "" {
		rotateUntilKilled()
		return
	}
	os.Exit(storetest.Main(m))
}

// goesOn has a child go on with a rotation. killed tells that it was killed; within, when it is not 0, is the time it has.
func goesOn(t *testing.T, dsn, file, old string, protected, renew bool, within time.Duration) (killed bool) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), rotateDB+"="+dsn, rotateFile+"="+file, rotateOld+"="+old)
	if protected {
		c.Env = append(c.Env, rotateProtected+"=1")
	}
	if renew {
		c.Env = append(c.Env, rotateRenew+"=1")
	}
	if within != 0 {
		c.Env = append(c.Env, rotateOn+"=1")
	}
	c.Stderr, c.SysProcAttr = os.Stderr, &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := c.StdoutPipe()
	must(t, err)
	must(t, c.Start())
	bufio.NewScanner(out).Scan()
	if within != 0 {
		defer time.AfterFunc(within, func() { _ = c.Process.Kill() }).Stop()
	}
	err = c.Wait()
	if status := c.ProcessState.Sys().(syscall.WaitStatus); status.Signaled() && status.Signal() == syscall.SIGKILL {
		return true
	}
	must(t, err)
	return false
}

// eachDSN is storetest.Each for a database that a child opens too.
func eachDSN(t *testing.T, f func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) { f(t, storetest.SQLite(t)) })
	if !testing.Short() {
		t.Run("postgres", func(t *testing.T) { f(t, storetest.Postgres(t)) })
	}
}

// closed is a world on the database, with nobody there: a SQLite database is one process's.
func closed(t *testing.T, dsn string) *kept {
	t.Helper()
	s, err := store.Open(t.Context(), dsn)
	must(t, err)
	w := world(t, s)
	must(t, s.Close())
	return w
}

// opensAt is opens on the database, closed again.
func (w *kept) opensAt(t *testing.T, dsn, file, protected string) error {
	t.Helper()
	s, err := store.Open(t.Context(), dsn)
	must(t, err)
	defer s.Close()
	return (&kept{World: w.On(s), people: w.people}).opens(t, file, protected)
}

func TestARotationThatIsKilledAfterEachStepGoesOnAndEverythingOpens(t *testing.T) {
	eachDSN(t, func(t *testing.T, dsn string) {
		w := closed(t, dsn)
		for _, x := range []struct {
			protected, renew bool
			want             int
		}{{false, false, 6}, {true, false, 5}, {false, true, 4 + len(w.people) - protectedPeople + 1}, {true, true, 4 + protectedPeople}} {
			kills, old := 0, filepath.Join(t.TempDir(), "old")
			for goesOn(t, dsn, w.files()[x.protected], old, x.protected, x.renew, 0) {
				if kills++; kills > x.want {
					t.Fatal("it does not end")
				}
				must(t, w.opensAt(t, dsn, w.KeyFile, w.files()[true]))
			}
			if kills != x.want {
				t.Errorf("killed %d times, %+v", kills, x)
			}
			must(t, w.opensAt(t, dsn, w.KeyFile, w.files()[true]))
			with := w.files()
			with[x.protected] = old
			if w.opensAt(t, dsn, with[false], with[true]) == nil {
				t.Errorf("the old key still opens the database, %+v", x)
			}
		}
	})
}

// TestARotationThatIsKilledAtAnyTimeLeavesEverythingOpen kills between the steps too: while a file is written, and in a transaction.
func TestARotationThatIsKilledAtAnyTimeLeavesEverythingOpen(t *testing.T) {
	times := 8
	if os.Getenv("SLUSS_PROVE") != "" {
		times = 300
	}
	dsn := storetest.SQLite(t)
	w := closed(t, dsn)
	kills := 0
	for i := range times {
		old := filepath.Join(t.TempDir(), fmt.Sprint("old", i))
		// each gets a little longer than the one before: one step, that the file is written anew, begins from its beginning
		for more := 25_000; goesOn(t, dsn, w.KeyFile, old, false, i%2 == 1, time.Duration(1+rand.IntN(more))*time.Microsecond); more += 5_000 {
			kills++
			must(t, w.opensAt(t, dsn, w.KeyFile, w.files()[true]))
			if v, err := vault.Open(w.KeyFile, w.files()[true]); err == nil && len(v.Keys()) == 1 {
				break // killed before anything was changed, or when all was done: another rotation begins
			}
		}
		must(t, w.opensAt(t, dsn, w.KeyFile, w.files()[true]))
	}
	t.Logf("%d kills in %d rotations: everything opens", kills, times)
}
