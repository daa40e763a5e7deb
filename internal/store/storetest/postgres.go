package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// bin is where Debian keeps PostgreSQL 15.
const bin = "/usr/lib/postgresql/15/bin"

var (
	mainRuns  bool
	databases atomic.Int64
	started   atomic.Pointer[cluster]
	theOne    = sync.OnceValues(startCluster)
)

// Postgres gives the DSN of a fresh, migrated database; with -short the test is skipped. A machine without
// PostgreSQL fails the test: an engine that is not tried is not known to work.
func Postgres(t testing.TB) string { t.Helper(); return create(t, "fresh") }

// PostgresEmpty gives the DSN of a database without any schema, for tests of migrations.
func PostgresEmpty(t testing.TB) string { t.Helper(); return create(t, "template0") }

// filled are the databases that PostgresOf has made, by name.
var filled sync.Map

// PostgresOf gives the DSN of a copy of the database that fill made of an empty one when it was first asked for by the
// name.
func PostgresOf(t testing.TB, name string, fill func(dsn string) error) string {
	t.Helper()
	once, _ := filled.LoadOrStore(name, sync.OnceValues(func() (string, error) {
		dsn := PostgresEmpty(unending{t})
		return filepath.Base(strings.TrimSuffix(dsn, "?sslmode=disable")), fill(dsn)
	}))
	template, err := once.(func() (string, error))()
	if err != nil {
		t.Fatal(err)
	}
	return create(t, template)
}

// unending is a test whose databases stay until the cluster is thrown away.
type unending struct{ testing.TB }

func (unending) Cleanup(func()) {}

func create(t testing.TB, template string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("PostgreSQL is left out by -short")
	}
	if !mainRuns {
		t.Fatal("this package needs func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }")
	}
	c, err := theOne()
	if err != nil {
		t.Fatalf("PostgreSQL 15 is needed in %s (make deps), or run with -short: %v", bin, err)
	}
	name := "t" + strconv.FormatInt(databases.Add(1), 10)
	if _, err := c.admin.Exec("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY file_copy"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // not an error if it fails: the whole cluster is thrown away
		_, _ = c.admin.Exec("DROP DATABASE " + name + " WITH (FORCE)")
	})
	return c.dsn(name)
}

// cluster is a throw-away PostgreSQL server that ends with the test binary.
type cluster struct {
	dir    string
	port   int
	admin  *sql.DB
	owner  *syscall.Credential
	server *exec.Cmd
	stop   chan struct{}
	ended  chan struct{}
}

func (c *cluster) dsn(database string) string {
	return fmt.Sprintf("postgres://sluss@127.0.0.1:%d/%s?sslmode=disable", c.port, database)
}

func startCluster() (*cluster, error) {
	c := &cluster{stop: make(chan struct{}), ended: make(chan struct{})}
	var err error
	if c.dir, err = tempDir(); err != nil {
		return nil, err
	}
	started.Store(c)
	for _, step := range []func() error{c.chooseOwner, c.initialise, c.serve, c.connect, c.makeTemplate} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// tempDir is in memory where the machine has room for that: a fresh database is a copy of some 7 MB.
func tempDir() (string, error) {
	if dir, err := os.MkdirTemp("/dev/shm", "sluss-postgres"); err == nil {
		return dir, nil
	}
	return os.MkdirTemp("", "sluss-postgres")
}

// chooseOwner takes an unprivileged user when the tests run as root, which PostgreSQL refuses to run as.
func (c *cluster) chooseOwner() error {
	if os.Getuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return err
	}
	c.owner = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(c.dir, uid, gid)
}

func (c *cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(bin, name), args...)
	cmd.Dir = c.dir
	cmd.Env = []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH"), "HOME=" + c.dir}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.owner}
	return cmd
}

func (c *cluster) initialise() error {
	out, err := c.command("initdb", "-D", "data", "-U", "sluss", "-A", "trust", "--no-sync", "--no-instructions",
		"-E", "UTF8", "--locale=C").CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// serve starts the server from a thread of its own: the kernel ends a child when the thread that started it ends.
func (c *cluster) serve() (err error) {
	if c.port, err = freePort(); err != nil {
		return err
	}
	c.server = c.command("postgres", "-D", "data", "-p", strconv.Itoa(c.port), "-k", c.dir,
		"-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "full_page_writes=off",
		"-c", "synchronous_commit=off", "-c", "max_connections=200", "-c", "shared_buffers=32MB", "-c", "autovacuum=off",
		"-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "checkpoint_timeout=1h", "-c", "max_wal_size=2GB")
	c.server.SysProcAttr.Pdeathsig = syscall.SIGQUIT
	if c.server.Stderr, err = os.Create(filepath.Join(c.dir, "log")); err != nil {
		return err
	}
	result := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer close(c.ended)
		err := c.server.Start()
		result <- err
		if err == nil {
			<-c.stop
			_ = c.server.Process.Signal(syscall.SIGQUIT)
			_ = c.server.Wait()
		}
	}()
	return <-result
}

func (c *cluster) connect() (err error) {
	if c.admin, err = sql.Open("pgx", c.dsn("postgres")); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	for {
		if err = c.admin.PingContext(ctx); err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (c *cluster) makeTemplate() error {
	if _, err := c.admin.Exec("CREATE DATABASE fresh"); err != nil {
		return err
	}
	return migrate(c.dsn("fresh"))
}

func stopCluster() {
	c := started.Load()
	if c == nil {
		return
	}
	if c.admin != nil {
		_ = c.admin.Close()
	}
	if c.server != nil && c.server.Process != nil {
		close(c.stop)
		<-c.ended
	}
	if err := os.RemoveAll(c.dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		fmt.Fprintln(os.Stderr, "remove the test cluster:", err)
	}
}
