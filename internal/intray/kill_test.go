package intray_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo"
	"sluss/internal/demo/demotest"
	"sluss/internal/intray"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/vault"
)

// child takes a list in hand and saves it, saying how far it is after each piece. Its arguments are the database, the
// key file, the number of rows, and the list to go on with or 0 for a new one.
func child() {
	list, err := saveAll(os.Args[1], os.Args[2], os.Args[3], os.Args[4])
	if err != nil {
		fmt.Println("failed", err)
		os.Exit(1)
	}
	fmt.Println("done", list, peak()/1024)
}

func saveAll(dsn, keys, rows, old string) (list intray.ID, err error) {
	ctx := context.Background()
	s, err := store.Open(ctx, dsn)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	v, err := vault.Open(keys, vault.ProtectedBeside(keys))
	if err != nil {
		return 0, err
	}
	d := &intray.Desk{Store: s, Vault: v, Clock: clock.Fixed(demotest.Monday)}
	now := clock.Instant(demotest.Monday.UnixMilli())
	if old != "0" {
		if err = list.UnmarshalText([]byte(old)); err != nil {
			return 0, err
		}
	} else {
		n, _ := strconv.Atoi(rows)
		if list, err = handIn(ctx, s, v, d, now, n); err != nil {
			return list, err
		}
	}
	fmt.Println("list", list)
	for done := false; !done; {
		if done, err = d.Save(ctx, demo.AreaID, list, 50*time.Millisecond); err != nil {
			return list, err
		}
		fmt.Println("piece")
	}
	return list, nil
}

func handIn(ctx context.Context, s *store.Store, v *vault.Vault, d *intray.Desk, now clock.Instant, n int) (list intray.ID, err error) {
	var a *access.Actor
	enter := func() error {
		return s.Read(ctx, func(tx *store.Tx) error {
			place, err := demo.Find(ctx, tx, now)
			if err != nil {
				return err
			}
			ring, err := v.Area(ctx, tx, place.Area)
			if err != nil {
				return err
			}
			a, err = access.Enter(ctx, tx, ring, place.Area, place.Posts["karin"], now, "test")
			return err
		})
	}
	if err := enter(); err != nil {
		return 0, err
	}
	content := people(n)
	runtime.GC()
	fmt.Println("before", peak()/1024)
	if list, err = d.Receive(ctx, a, intray.File{Content: bytes.NewReader(content), Size: int64(len(content)), Name: "kö.csv"}); err != nil {
		return 0, err
	}
	if _, err := d.Check(ctx, demo.AreaID, list, time.Hour); err != nil {
		return 0, err
	}
	i, err := d.Open(ctx, a, list)
	if err == nil {
		err = d.Confirm(ctx, a, list, i.Version)
	}
	return list, err
}

// peak is the most memory the process has held, in kB.
func peak() int64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return u.Maxrss * 1024
}

// world makes a database with the demo's area for children to work on, and closes it.
func world(t *testing.T) (dsn, keys string, place demo.Place) {
	t.Helper()
	dsn = storetest.SQLite(t)
	s, err := store.Open(t.Context(), dsn)
	must(t, err)
	defer s.Close()
	w := demotest.New(t, s)
	return dsn, w.KeyFile, w.Place
}

func start(t *testing.T, args ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), "INTRAY_CHILD=1", "GOMEMLIMIT=200MiB")
	c.Stderr = os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := c.StdoutPipe()
	must(t, err)
	must(t, c.Start())
	return c, bufio.NewScanner(out)
}

func TestAListSurvivesKillsAndIsSavedWhole(t *testing.T) {
	const rows = 1500
	dsn, keys, place := world(t)
	list, kills := "0", 0
	for done := false; !done; {
		c, lines := start(t, dsn, keys, strconv.Itoa(rows), list)
		for pieces := 0; lines.Scan(); {
			word, rest, _ := strings.Cut(lines.Text(), " ")
			switch word {
			case "list":
				list = rest
			case "failed":
				t.Fatal(rest)
			case "done":
				done = true
			case "piece":
				if pieces++; pieces == 2 && kills < 5 {
					must(t, c.Process.Kill())
					kills++
				}
			}
		}
		_ = c.Wait()
	}
	s := storetest.Open(t, dsn)
	count := func(q store.SQL) (n int) {
		must(t, s.Read(t.Context(), func(tx *store.Tx) error { return tx.One(t.Context(), q, []any{place.Area}, &n) }))
		return n
	}
	for name, q := range map[string]store.SQL{"people": allPeople, "referrals": store.Q(`SELECT count(*) FROM referral WHERE area_id = $1`),
		"ties": store.Q(`SELECT count(*) FROM tie WHERE area_id = $1`), "events": store.Q(`SELECT count(*) FROM thread_event WHERE area_id = $1`),
		"counted": store.Q(`SELECT coalesce(sum(n), 0) FROM intray_count WHERE area_id = $1 AND saved = 1`)} {
		if n := count(q); n != rows {
			t.Errorf("%d %s after %d kills, want %d", n, name, kills, rows)
		}
	}
	if n := count(store.Q(`SELECT count(*) FROM intray_row WHERE area_id = $1`)); n != 0 {
		t.Errorf("%d rows are left in the list", n)
	}
	t.Logf("%d kills", kills)
}

func TestALongListTakesLittleMemory(t *testing.T) {
	rows, most := 5_000, 64
	if os.Getenv("SLUSS_PROVE") != "" {
		rows = 100_000
	}
	dsn, keys, _ := world(t)
	began := time.Now()
	_, lines := start(t, dsn, keys, strconv.Itoa(rows), "0")
	before, after := 0, 0
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		switch f[0] {
		case "before":
			before, _ = strconv.Atoi(f[1])
		case "failed":
			t.Fatal(lines.Text())
		case "done":
			after, _ = strconv.Atoi(f[2])
		}
	}
	took := time.Since(began)
	if after == 0 || (after-before)/1024 >= most {
		t.Errorf("%d rows took %d MB more, want less than %d", rows, (after-before)/1024, most)
	}
	t.Logf("%d rows: %d MB more than %d MB, %s, %.0f rows/s", rows, (after-before)/1024, before/1024, took.Round(time.Millisecond), float64(rows)/took.Seconds())
}
