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

// Clean removes the program that Serve built; a package's TestMain calls it last.
func Clean() {
	if built != "" {
		_ = os.RemoveAll(built)
	}
}

// Serve starts the real program's demo on a free port and gives its address, which ends in a slash. An empty dsn is a
// new SQLite file; else it is the address of an empty PostgreSQL database. The program ends with the test.
func Serve(t testing.TB, dsn string, args ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("the whole program is not started with -short")
	}
	bin, err := binary()
	if err != nil {
		t.Fatal("the program does not build: ", err)
	}
	if dsn == "" {
		dsn = filepath.Join(t.TempDir(), "demo.db")
	}
	if !slices.Contains(args, "--keys") {
		args = append(args, "--keys", filepath.Join(t.TempDir(), "keys"))
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
