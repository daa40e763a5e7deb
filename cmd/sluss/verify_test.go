package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/demo"
	"sluss/internal/demo/demotest"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/vault"
	"sluss/internal/watch"
)

// printed runs f and gives what it wrote on standard output.
func printed(t *testing.T, f func() error) (string, error) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out := os.Stdout
	os.Stdout = w
	done := make(chan string)
	go func() {
		b, _ := io.ReadAll(r)
		done <- string(b)
	}()
	err = f()
	os.Stdout = out
	w.Close()
	return <-done, err
}

// logged is a database with a log that is kept, as commands find it.
func logged(t *testing.T) *globals {
	t.Helper()
	path := storetest.SQLite(t)
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	w := demotest.New(t, s)
	_, who := w.Queued(t, "lena", "Samira", "Haddad", "")
	for range 20 {
		if err := s.Write(t.Context(), func(tx *store.Tx) error {
			_, err := access.Open(t.Context(), tx, w.Actor(t, "lena"), who, access.Identity, access.Read, access.ForContact)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	g := &globals{DB: path, ctx: t.Context()}
	keys, _ := g.keyFile()
	if err := os.Rename(w.KeyFile, keys); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(vault.ProtectedBeside(w.KeyFile), g.protectedFile(keys)); err != nil {
		t.Fatal(err)
	}
	if err := audit.CreateSigner(signer(keys)); err != nil {
		t.Fatal(err)
	}
	keepOnce(t, g, s, w)
	return g
}

func keepOnce(t *testing.T, g *globals, s *store.Store, w *demotest.World) {
	t.Helper()
	k, err := g.keeper(&house{store: s, clock: w.Clock()})
	if err == nil {
		err = errors.Join(k.Keep(t.Context()), k.Sign(t.Context()))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func verified(t *testing.T, g *globals, c verifyCmd) (rows []verdict, err error) {
	t.Helper()
	g.JSON = true
	out, err := printed(t, func() error { return c.Run(g) })
	if bad := json.NewDecoder(bytes.NewReader([]byte(out))).Decode(&rows); bad != nil && out != "" {
		t.Fatal(bad, out)
	}
	return rows, err
}

func TestVerifyAnswersWhetherTheLogIsAsItWasLeft(t *testing.T) {
	g := logged(t)
	rows, err := verified(t, g, verifyCmd{})
	if err != nil || len(rows) != 1 || rows[0].Rows < 20 || rows[0].Covered != rows[0].Rows || rows[0].Outside != 1 || len(rows[0].Wrong) != 0 {
		t.Fatalf("untouched: %+v %v", rows, err)
	}
	if _, err := verified(t, g, verifyCmd{Against: filepath.Join(t.TempDir(), "none")}); err == nil || errors.Is(err, errWrong) {
		t.Errorf("against a file that is not there: %v", err)
	}
	if _, err := printed(t, func() error { return keysLogNewCmd{}.Run(g) }); err != nil {
		t.Fatalf("a new key: %v", err)
	}
	s, err := store.Open(t.Context(), g.DB)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), store.Q(`UPDATE disclosure SET purpose = 9 WHERE area_id = $1 AND position = 7`), demo.AreaID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	rows, err = verified(t, g, verifyCmd{})
	if !errors.Is(err, errWrong) || len(rows) != 1 || len(rows[0].Wrong) == 0 || rows[0].Wrong[0].First != 7 {
		t.Errorf("a row edited: %+v %v", rows, err)
	}
	file, _ := g.checkpoints()
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
}

// TestTheMonitorTellsWhatNoCheckpointCovers: what lies outside covers everything; the second organisation has got nothing yet.
func TestTheMonitorTellsWhatNoCheckpointCovers(t *testing.T) {
	g := logged(t)
	s, err := store.Open(t.Context(), g.DB)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	later := clock.Fixed(demotest.Monday.Add(3 * time.Hour))
	k, err := g.keeper(&house{store: s, clock: later})
	if err != nil {
		t.Fatal(err)
	}
	w := &watch.Watch{Store: s, Log: audit.NewLog(t.Context(), s), Outside: k.Outside, Witness: true, Clock: later}
	f, err := w.Facts(t.Context())
	if err != nil || f.Uncovered != 0 || f.Unwitnessed != 3*time.Hour || f.Unsequenced != 0 {
		t.Errorf("%+v %v", f, err)
	}
	page := httptest.NewRecorder()
	w.Figures().ServeHTTP(page, httptest.NewRequest("GET", "/metrics", nil))
	for _, line := range []string{"sluss_log_unwitnessed_seconds 10800", "sluss_log_uncovered_seconds 0", "sluss_log_unsequenced 0"} {
		if !strings.Contains(page.Body.String(), line+"\n") {
			t.Errorf("the monitor does not tell %q:\n%s", line, page.Body)
		}
	}
}

// TestWhatIsLateOfTheLogIsToldAndMakesNobodyUnready: two letters to the second organisation are missed, and then two checkpoints.
func TestWhatIsLateOfTheLogIsToldAndMakesNobodyUnready(t *testing.T) {
	g := logged(t)
	s, err := store.Open(t.Context(), g.DB)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	k, err := g.keeper(&house{store: s, clock: clock.System})
	if err != nil {
		t.Fatal(err)
	}
	late := func(out *audit.Outside, passed time.Duration, started clock.Instant) (list []string, said string) {
		w := &watch.Watch{Store: s, Outside: out, Witness: true, Clock: clock.Fixed(demotest.Monday.Add(passed)), Started: started}
		all, err := w.Late(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range all {
			list = append(list, l.What)
		}
		page := httptest.NewRecorder()
		w.Ready(page, httptest.NewRequest("GET", "/readyz", nil))
		if page.Code != 200 || !strings.HasPrefix(page.Body.String(), "ok\n") {
			t.Errorf("%d %q", page.Code, page.Body)
		}
		return list, page.Body.String()
	}
	none, err := audit.OpenOutside(filepath.Join(t.TempDir(), "none"), nil)
	if err != nil {
		t.Fatal(err)
	}
	monday := clock.Instant(demotest.Monday.UnixMilli())
	for _, c := range []struct {
		out     *audit.Outside
		passed  time.Duration
		started clock.Instant
		want    []string
	}{
		{k.Outside, time.Hour, 0, nil}, {k.Outside, 3 * time.Hour, 0, []string{watch.Mailed}}, {none, 2 * time.Minute, 0, nil},
		{none, 4 * time.Minute, 0, []string{watch.Checkpoint}}, {none, 3 * time.Hour, 0, []string{watch.Checkpoint, watch.Mailed}},
		{none, 3 * time.Hour, monday.Add(3*time.Hour - time.Minute), nil},
	} {
		list, said := late(c.out, c.passed, c.started)
		if !slices.Equal(list, c.want) || strings.Count(said, "docs/runbooks/log.md") != len(c.want) {
			t.Errorf("after %v, started %v: %v, and %q", c.passed, c.started, list, said)
		}
	}
	if err := s.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), store.Q(`UPDATE disclosure SET position = NULL WHERE area_id = $1`), demo.AreaID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if list, _ := late(k.Outside, 30*time.Second, 0); list != nil {
		t.Errorf("half a minute without a position: %v", list)
	}
	if list, _ := late(k.Outside, 2*time.Minute, 0); !slices.Equal(list, []string{watch.Order}) {
		t.Errorf("two minutes without a position: %v", list)
	}
}

// TestEverySettingOfTheEnvironmentIsKnown: a variable that a flag reads must not keep the program from starting.
func TestEverySettingOfTheEnvironmentIsKnown(t *testing.T) {
	n := 0
	var walk func(reflect.Type)
	walk = func(x reflect.Type) {
		for i := range x.NumField() {
			f := x.Field(i)
			if name := f.Tag.Get("env"); name != "" {
				if n++; unknown([]string{name + "=x"}) != nil {
					t.Errorf("%s is read by a flag and refused at the start", name)
				}
			}
			if f.Type.Kind() == reflect.Struct && strings.HasPrefix(f.Type.PkgPath(), "sluss") || f.Type.Kind() == reflect.Struct && f.Type.PkgPath() == "main" {
				walk(f.Type)
			}
		}
	}
	walk(reflect.TypeOf(cli))
	if n < 10 {
		t.Errorf("only %d settings found", n)
	}
}
