package walk

import (
	"bufio"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

// run starts the real program on the database and gives its address and what kills it.
func run(t *testing.T, db string) (address string, kill func()) {
	t.Helper()
	c := exec.Command(harness.Program(t), "--db", db, "demo", "--months", "0", "--listen", "localhost:0")
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := c.StdoutPipe()
	must(t, err)
	must(t, c.Start())
	kill = func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url, ok := strings.CutPrefix(lines.Text(), "ready "); ok {
			return strings.TrimSuffix(url, "/"), kill
		}
	}
	kill()
	t.Fatal("the program ended before it was ready")
	return "", nil
}

// browser signs in as one of those who work in the demo.
func browser(t *testing.T, address, who string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	c := &http.Client{Jar: jar, Timeout: 20 * time.Second}
	res, err := c.PostForm(address+"/demo/in", url.Values{"who": {who}})
	must(t, err)
	res.Body.Close()
	return c
}

func fetch(c *http.Client, path string) (string, error) {
	res, err := c.Get(path)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if res.StatusCode != 200 {
		return "", io.ErrUnexpectedEOF
	}
	return string(b), err
}

var personInPath = regexp.MustCompile(`/arbete/person/([0-9a-v]+)`)

// ledger counts, outside the program, whom it has shown how often.
type ledger struct {
	mu sync.Mutex
	n  map[string]int
}

func (l *ledger) add(who string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n[who]++
}

func TestEveryAnswerHasItsRowOverKills(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole program is not started with -short")
	}
	db, shown, kills := filepath.Join(t.TempDir(), "killed.db"), &ledger{n: map[string]int{}}, 10
	if prove {
		kills = 200
	}
	var people []string
	const readers = 8
	for i := range kills {
		address, kill := run(t, db)
		c := browser(t, address, "karin")
		if i == 0 {
			people = newPeople(t, c, address)
			for _, p := range people {
				shown.add(p) // each was shown once after it was saved
			}
		}
		var all sync.WaitGroup
		for r := range readers {
			all.Go(func() {
				for k := 0; ; k++ {
					who := people[(r+k)%len(people)]
					page, err := fetch(c, address+"/arbete/person/"+who)
					if err != nil {
						return
					}
					if strings.Contains(page, "Qzdöd") {
						shown.add(who)
					}
				}
			})
		}
		time.AfterFunc(time.Duration(60+17*i%200)*time.Millisecond, kill)
		all.Wait()
	}
	s := storetest.Open(t, db)
	total := 0
	for _, p := range people {
		who, err := id.Parse[struct{}](p)
		must(t, err)
		rows := rowsAbout(t, s, int64(who))
		total += shown.n[p]
		if rows < shown.n[p] {
			t.Errorf("%d pages about %s were answered, the log has %d rows", shown.n[p], p, rows)
		}
		if rows > shown.n[p]+readers*kills+1 { // and one for the record's making
			t.Errorf("%d pages about %s were answered, the log has %d rows: more than were under way", shown.n[p], p, rows)
		}
	}
	if total < 20*kills {
		t.Errorf("only %d pages in %d lives of the program", total, kills)
	}
	t.Logf("%d kills, %d answered pages", kills, total)
}

func newPeople(t *testing.T, c *http.Client, address string) (people []string) {
	t.Helper()
	for _, name := range []string{"Ett", "Två", "Tre"} {
		page, err := fetch(c, address+"/arbete/ko/ny")
		must(t, err)
		res, err := c.PostForm(address+"/arbete/ko/ny", url.Values{"_token": {tokenIn(page)}, "kind": {"remiss"}, "reason": {"work"}, "given": {"Qzdöd"},
			"family": {name}, "phone": {"070-174 06 21"}, "reach": {"phone"}, "language": {"sv"}})
		must(t, err)
		res.Body.Close()
		m := personInPath.FindStringSubmatch(res.Request.URL.Path)
		if m == nil {
			t.Fatalf("nobody was made: %s", res.Request.URL)
		}
		people = append(people, m[1])
	}
	return people
}

// rowsAbout counts the opened records of a person whose disclosure is in the log too.
func rowsAbout(t *testing.T, s *store.Store, who int64) (n int) {
	t.Helper()
	must(t, s.Read(t.Context(), func(tx *store.Tx) error {
		list, err := store.All(t.Context(), tx, store.Q(`SELECT d.disclosure_id FROM disclosure_person i
		  JOIN disclosure d ON d.area_id = i.area_id AND d.disclosure_id = i.disclosure_id WHERE i.area_id > 0 AND i.person_id = $1 AND i.opened_id > 0`), []any{who},
			func(r *store.Cursor) (x int64, err error) {
				err = r.Scan(&x)
				return x, err
			})
		n = len(list)
		return err
	}))
	return n
}
