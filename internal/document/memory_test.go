package document_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo"
	"sluss/internal/demo/demotest"
	"sluss/internal/document"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/vault"
)

// The child of the test below is this test binary, started with these.
const (
	carryDB   = "SLUSS_TEST_CARRY" // the database to put a large file in
	carryKeys = "SLUSS_TEST_CARRY_KEYS"
	carryWho  = "SLUSS_TEST_CARRY_WHO"
)

func TestMain(m *testing.M) {
	if os.Getenv(carryDB) != "" {
		if err := carry(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(storetest.Main(m))
}

// carry is the child: it puts in the largest file there may be, as it comes from the web, and fetches it, and says how much memory each took.
func carry(ctx context.Context) error {
	s, err := store.Open(ctx, os.Getenv(carryDB))
	if err != nil {
		return err
	}
	defer s.Close()
	v, err := vault.Open(os.Getenv(carryKeys), vault.ProtectedBeside(os.Getenv(carryKeys)))
	if err != nil {
		return err
	}
	var who id.Person
	if err := who.UnmarshalText([]byte(os.Getenv(carryWho))); err != nil {
		return err
	}
	var lena *access.Actor
	err = s.Read(ctx, func(tx *store.Tx) error {
		now := clock.Instant(demotest.Monday.UnixMilli())
		place, err := demo.Find(ctx, tx, now)
		if err != nil {
			return err
		}
		keys, err := v.Area(ctx, tx, place.Area)
		if err != nil {
			return err
		}
		lena, err = access.Enter(ctx, tx, keys, place.Area, place.Posts["lena"], now, "test")
		return err
	})
	if err != nil {
		return err
	}
	lena.Declare(access.Everything, access.Read, access.Write)
	debug.FreeOSMemory()
	fmt.Println(peak())
	scratch, err := vault.NewScratch()
	if err != nil {
		return err
	}
	defer scratch.Close()
	if _, err := io.Copy(scratch, text(document.Most)); err != nil {
		return err
	}
	d := &document.Desk{Store: s}
	paper, err := d.Add(ctx, lena, who, document.Form{Title: "A paper", Name: "large.txt", Content: scratch, Size: scratch.Size()})
	if err != nil {
		return err
	}
	fmt.Println(peak())
	c, err := d.Fetch(ctx, lena, who, paper)
	if err != nil {
		return err
	}
	var all counter
	if err := c.Write(ctx, &all); err != nil || all != document.Most {
		return fmt.Errorf("%d bytes come back: %w", all, err)
	}
	fmt.Println(peak())
	return nil
}

// peak is the most memory that the process has held, in kB.
func peak() int64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return u.Maxrss
}

type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// text is so many bytes of text that lie nowhere.
func text(size int64) io.Reader { return io.LimitReader(letters{}, size) }

type letters struct{}

func (letters) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'a' + byte(i%26)
	}
	return len(b), nil
}

func TestTheLargestFileTakesLittleMemoryToPutInAndToFetch(t *testing.T) {
	const most = 20 << 10 // kB, less than the file
	dsn := storetest.SQLite(t)
	s, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	w := demotest.New(t, s)
	who := w.Participant(t, "karin", "lena", "Samira", "Haddad")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), carryDB+"="+dsn, carryKeys+"="+w.KeyFile, carryWho+"="+who.String())
	c.Stderr = os.Stderr
	began := time.Now()
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	var at [3]int
	for i, f := range strings.Fields(string(out)) {
		if at[i], err = strconv.Atoi(f); err != nil {
			t.Fatal(err)
		}
	}
	if at[0] == 0 || at[2]-at[0] > most {
		t.Errorf("it takes %d kB to put it in, and %d to fetch it too", at[1]-at[0], at[2]-at[0])
	}
	t.Logf("25 MB: %d MB before, %.1f MB more to put it in, %.1f to fetch it, in %s", at[0]>>10, float64(at[1]-at[0])/1024, float64(at[2]-at[1])/1024,
		time.Since(began).Round(time.Millisecond))
}
