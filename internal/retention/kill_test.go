package retention_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/retention"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// The child of the test below is this test binary, started with these.
const (
	weedDB   = "SLUSS_TEST_WEED" // the database to weed
	weedFile = "SLUSS_TEST_WEED_FILE"
	weedNow  = "SLUSS_TEST_WEED_NOW"
)

// weedUntilKilled is the child: it does what the program does when it starts, and kills itself after the first step that lasts.
func weedUntilKilled() {
	ctx := context.Background()
	now, _ := strconv.ParseInt(os.Getenv(weedNow), 10, 64)
	s, err := store.Open(ctx, os.Getenv(weedDB))
	if err == nil {
		w := &retention.Weeder{Store: s, Clock: clock.Fixed(time.UnixMilli(now)), File: os.Getenv(weedFile)}
		w.After(func() {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		})
		if _, err = w.Replay(ctx); err == nil {
			_, err = w.Weed(ctx)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func TestMain(m *testing.M) {
	if os.Getenv(weedDB) != "" {
		weedUntilKilled()
		return
	}
	os.Exit(storetest.Main(m))
}

// starts has a child start, and tells whether there was a step left for it to be killed after.
func starts(t *testing.T, dsn, file string, now clock.Instant) (killed bool) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), weedDB+"="+dsn, weedFile+"="+file, weedNow+"="+strconv.FormatInt(int64(now), 10))
	c.Stderr, c.SysProcAttr = os.Stderr, &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	err := c.Run()
	if status := c.ProcessState.Sys().(syscall.WaitStatus); status.Signaled() && status.Signal() == syscall.SIGKILL {
		return true
	}
	must(t, err)
	return false
}

// due are so many people whose day has come, and after them one who takes part still.
func due(t *testing.T, w *demotest.World, n int) (people []id.Person) {
	t.Helper()
	round := retention.RoundID(77)
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), store.Q(`INSERT INTO weeding_round (area_id, round_id, unit_id, state, proposed_on, proposed_by, decided_on, decided_by, due_on, rule, version)
		 VALUES ($1, $2, $3, 'decided', '2020-01-01', $4, '2020-01-02', $5, '2020-02-01', 'sol2025', 2)`),
			w.Place.Area, round, w.Place.Units["Vuxenslussen"], w.Place.Posts["omar"], w.Place.Posts["karin"])
		return err
	}))
	for i := range n + 1 {
		who := w.Participant(t, "karin", "lena", fmt.Sprint("Given", i), "Gammal")
		if people = append(people, who); i == n {
			break
		}
		must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
			if err := access.Untie(t.Context(), tx, w.Place.Area, who, w.Place.Units["Vuxenslussen"], w.Now().Date().Add(1), w.Now()); err != nil {
				return err
			}
			_, err := tx.Exec(t.Context(), store.Q(`INSERT INTO weeding (area_id, round_id, person_id, last_on, latest_on, state, done_on)
			 SELECT $1, $2, $3, max(on_date), '2099-12-31', 'in', '' FROM thread_event WHERE area_id = $1 AND person_id = $3`), w.Place.Area, round, who)
			return err
		}))
	}
	return people
}

// counts tells how many of the people have a key, and how many lines of the list name one of them.
func counts(t *testing.T, dsn, file string, people []id.Person) (keys, lines int) {
	t.Helper()
	s, err := store.Open(t.Context(), dsn)
	must(t, err)
	defer s.Close()
	must(t, s.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT count(*) FROM person WHERE length(key_wrapped) > 0 AND person_id BETWEEN $1 AND $2`),
			[]any{people[0], people[len(people)-1]}, &keys)
	}))
	b, err := os.ReadFile(file)
	if !os.IsNotExist(err) {
		must(t, err)
	}
	for _, who := range people {
		lines += strings.Count(string(b), who.String())
	}
	return keys, lines
}

func TestWeedingThatIsKilledAfterEachStepIsDoneAtTheNextStart(t *testing.T) {
	each := func(t *testing.T, dsn string) {
		const people, steps = 3, 7 // each is destroyed, and then stands in the list; then the files are swept
		s, err := store.Open(t.Context(), dsn)
		must(t, err)
		w := demotest.New(t, s)
		list, file := due(t, w, people), filepath.Join(t.TempDir(), "weeded")
		must(t, s.Close())
		now := w.Now().Add(24 * time.Hour)
		kills := 0
		for starts(t, dsn, file, now) {
			if kills++; kills > steps {
				t.Fatal("it does not end")
			}
			if keys, lines := counts(t, dsn, file, list); keys > people+1 || keys < 1 || lines > people+1-keys {
				t.Errorf("after kill %d: %d have a key, and the list names %d", kills, keys, lines)
			}
		}
		if kills != steps {
			t.Errorf("killed %d times, not %d", kills, steps)
		}
		if keys, lines := counts(t, dsn, file, list); keys != 1 || lines != people {
			t.Errorf("%d have a key, and the list names %d of %d", keys, lines, people)
		}
	}
	t.Run("sqlite", func(t *testing.T) { each(t, storetest.SQLite(t)) })
	if !testing.Short() {
		t.Run("postgres", func(t *testing.T) { each(t, storetest.Postgres(t)) })
	}
}

func TestARestoreThatIsKilledDestroysThemAllAtTheNextStart(t *testing.T) {
	dsn, before := storetest.SQLite(t), filepath.Join(t.TempDir(), "before.db")
	s, err := store.Open(t.Context(), dsn)
	must(t, err)
	w := demotest.New(t, s)
	list, file := due(t, w, 3), filepath.Join(t.TempDir(), "weeded")
	must(t, s.Backup(t.Context(), before))
	weeder := &retention.Weeder{Store: s, Clock: clock.Fixed(w.Now().Add(24 * time.Hour).Time()), File: file}
	if n, err := weeder.Weed(t.Context()); err != nil || n != 3 {
		t.Fatalf("%d destroyed, %v", n, err)
	}
	must(t, s.Close())
	for kills := 0; starts(t, before, file, w.Now()); kills++ {
		if keys, _ := counts(t, before, file, list); keys != max(3-kills, 1) {
			t.Errorf("after kill %d %d have a key", kills+1, keys)
		}
	}
	if keys, lines := counts(t, before, file, list); keys != 1 || lines != 3 {
		t.Errorf("%d have a key, and the list names %d", keys, lines)
	}
}
