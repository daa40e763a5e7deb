package harness

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"sluss/internal/store/storetest"
)

// Root is the folder of the project: the nearest one above with a go.mod.
var Root = sync.OnceValue(func() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for d := dir; d != filepath.Dir(d); d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d
		}
	}
	panic("no go.mod above " + dir)
})

// binary builds the program once for the whole test process, or takes the one that SLUSS_BIN names.
var binary = sync.OnceValues(func() (string, error) {
	if bin := os.Getenv("SLUSS_BIN"); bin != "" {
		return bin, nil
	}
	dir, err := os.MkdirTemp("", "slussbin")
	if err != nil {
		return "", err
	}
	built = dir
	bin := filepath.Join(dir, "sluss")
	c := exec.Command("go", "build", "-o", bin, "./cmd/sluss")
	c.Dir = Root()
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return bin, nil
})

// Program gives the path of the program, built once for the whole test process.
func Program(t testing.TB) string {
	t.Helper()
	bin, err := binary()
	if err != nil {
		t.Fatal("the program does not build: ", err)
	}
	return bin
}

var built string // the folder of the program that binary built, if it did

// Clean removes the program that Serve built and the histories; a package's TestMain calls it last.
func Clean() {
	past.Range(func(_, once any) bool {
		dir, _ := once.(func() (string, error))()
		_ = os.RemoveAll(dir)
		return true
	})
	if built != "" {
		_ = os.RemoveAll(built)
	}
}

// Postgres as the dsn of Serve is a database on PostgreSQL.
const Postgres = "postgres"

// Serve starts the real program's demo on a free port and gives its address, which ends in a slash. An empty dsn is a
// SQLite file with the demo's history and Postgres such a database there, both copies of one that is made once for the
// arguments; else it is the address of a database, whose key file the arguments name. The program ends with the test.
func Serve(t testing.TB, dsn string, args ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("the whole program is not started with -short")
	}
	bin, err := binary()
	if err != nil {
		t.Fatal("the program does not build: ", err)
	}
	if dsn == "" || dsn == Postgres {
		dsn, args = history(t, bin, dsn, args)
	}
	c := exec.Command(bin, append([]string{"--db", dsn, "demo", "--listen", "localhost:0"}, args...)...)
	c.Stderr = os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		_ = c.Wait()
	})
	return ready(t, bufio.NewScanner(out))
}

// past are the demos that have been made, by database and arguments: each a function that gives the folder of its files.
var past sync.Map

// history gives a copy of the demo's history, and the arguments with its key files.
func history(t testing.TB, bin, dsn string, args []string) (string, []string) {
	t.Helper()
	name := dsn + strings.Join(args, "")
	once, _ := past.LoadOrStore(name, sync.OnceValues(func() (string, error) {
		dir, err := os.MkdirTemp("", "slusspast")
		if err == nil && dsn == "" {
			err = play(bin, dir, filepath.Join(dir, "demo.db"), args)
		}
		return dir, err
	}))
	dir, err := once.(func() (string, error))()
	if err != nil {
		t.Fatal(err)
	}
	own := t.TempDir()
	if dsn == Postgres {
		dsn = storetest.PostgresOf(t, name, func(empty string) error { return play(bin, dir, empty, args) })
	} else {
		dsn = filepath.Join(own, "demo.db")
		copied(t, filepath.Join(dir, "demo.db"), dsn)
	}
	for _, name := range []string{"keys", "keys.protected"} {
		copied(t, filepath.Join(dir, name), filepath.Join(own, name))
	}
	return dsn, append(slices.Clone(args), "--keys", filepath.Join(own, "keys"))
}

// play plays the demo's history into an empty database; its key file lies in the folder.
func play(bin, dir, dsn string, args []string) error {
	c := exec.Command(bin, append([]string{"--db", dsn, "demo", "--no-serve", "--keys", filepath.Join(dir, "keys")}, args...)...)
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("fill the demo: %w\n%s", err, out)
	}
	return nil
}

func copied(t testing.TB, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// ready reads until the program says where it listens.
func ready(t testing.TB, lines *bufio.Scanner) string {
	t.Helper()
	for lines.Scan() {
		if url, ok := strings.CutPrefix(lines.Text(), "ready "); ok {
			go func() { // a full pipe would stop the program
				for lines.Scan() {
				}
			}()
			return strings.TrimSpace(url)
		}
	}
	t.Fatal("the program ended before it was ready")
	return ""
}
