package access_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

const listText = `SELECT ` + access.Columns + ` FROM person p WHERE ` + access.Visible

// question is what one post wants to do.
type question struct {
	post   post
	c      access.Category
	action access.Action
}

// questions gives what is asked of the rule: everybody's reading, and every role's every category and action.
func (w *world) questions() []question {
	var list []question
	for _, o := range w.posts {
		list = append(list, question{o, access.Identity, access.Read}, question{o, access.Plan, access.Write})
		standing := o.id <= partners || o.id > 600 && o.id < leaving
		if o.role == access.Officer || o.id == 111 {
			list = append(list, question{o, some, access.Read}, question{o, access.Economy, access.Read})
		}
		for a := access.Read; standing && a <= access.Export; a++ {
			for c := access.Identity; c <= access.MyPlace; c <<= 1 {
				if prove || c <= access.Plan || c == access.Attendance || c == access.Health || c == access.MyPlace {
					list = append(list, question{o, c, a})
				}
			}
			list = append(list, question{o, access.Identity | access.Contact, a}, question{o, access.Contact | access.Plan, a}, question{o, access.Everything, a})
		}
	}
	return list
}

// open gives the plain database of a DSN.
func open(t testing.TB, engine string) *sql.DB {
	t.Helper()
	dsn := ""
	driver := "sqlite"
	if engine == "postgres" {
		driver, dsn = "pgx", storetest.Postgres(t)
	} else {
		dsn = storetest.SQLite(t)
	}
	db, err := sql.Open(driver, dsn)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func each(t *testing.T, f func(t *testing.T, db *sql.DB)) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) { f(t, open(t, engine)) })
	}
}

func (w *world) args(q question) []any {
	return []any{area, q.post.id, w.now, w.today, int(q.c), int(q.action)}
}

// listed runs a list and gives the ground of each person in it; a person twice is an error.
func (w *world) listed(list *sql.Stmt, q question) (map[int64]access.Ground, error) {
	rows, err := list.Query(w.args(q)...)
	if err != nil {
		return nil, err
	}
	return grounds(rows)
}

// grounds reads a list's rows and closes them.
func grounds(rows *sql.Rows) (map[int64]access.Ground, error) {
	defer rows.Close()
	m := map[int64]access.Ground{}
	for rows.Next() {
		var who int64
		var alias, key []byte
		var g access.Ground
		if err := rows.Scan(&who, &alias, &key, &g); err != nil {
			return nil, err
		}
		if _, twice := m[who]; twice {
			return nil, fmt.Errorf("%d is in the list twice", who)
		}
		m[who] = g
	}
	return m, rows.Err()
}

// disagree gives the first person of whom the list and the oracle say different things, or "".
func (w *world) disagree(list *sql.Stmt, q question) string {
	_, what := w.differs(list, q)
	return what
}

// differs is disagree that tells also of whom.
func (w *world) differs(list *sql.Stmt, q question) (human, string) {
	m, err := w.listed(list, q)
	if err != nil {
		return w.people[0], err.Error()
	}
	for _, h := range w.people {
		if want, got := w.ground(q.post, h, q.c, q.action), m[h.id]; got != want {
			return h, fmt.Sprintf("post %+v, %s %s, %q: the list says ground %d, the oracle %d", q.post, q.action, q.c, h.name, got, want)
		}
	}
	return human{}, ""
}

// sample gives every nth question, a different start for what the standing posts ask, so that all kinds are among them.
func sample(list []question, step int) []question {
	if prove || step == 1 {
		return list
	}
	var kept []question
	for i := 0; i < len(list); i += step {
		kept = append(kept, list[i])
	}
	return kept
}

func TestListCheckAndOracleAgree(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB) {
		w := makeWorld(prove)
		w.load(t, db)
		list, check := 1, 97
		if strings.HasSuffix(t.Name(), "postgres") {
			list, check = 5, 1009
		}
		t.Run("list", func(t *testing.T) { w.tryList(t, db, sample(w.questions(), list)) })
		t.Run("check", func(t *testing.T) { w.tryCheck(t, db, check) })
	})
}

func (w *world) tryList(t *testing.T, db *sql.DB, questions []question) {
	list, err := db.Prepare(listText)
	must(t, err)
	defer list.Close()
	seen := map[access.Ground]int{}
	for _, q := range questions {
		if what := w.disagree(list, q); what != "" {
			t.Error(what)
		}
		for _, h := range w.people {
			seen[w.ground(q.post, h, q.c, q.action)]++
		}
	}
	for g := access.NoGround; g <= access.ByGlass; g++ {
		if g != access.ByCreation && seen[g] == 0 {
			t.Errorf("the worlds never give ground %d: the test says nothing about it", g)
		}
	}
}

func (w *world) tryCheck(t *testing.T, db *sql.DB, step int) {
	check, err := db.Prepare(access.CheckText())
	must(t, err)
	defer check.Close()
	judge, err := db.Prepare(access.JudgeText())
	must(t, err)
	defer judge.Close()
	if prove {
		step = 47
	}
	chance, judged := rand.New(rand.NewPCG(1, 2)), map[access.Verdict]int{}
	for _, q := range w.questions() {
		for _, h := range w.people {
			if chance.IntN(step) != 0 {
				continue
			}
			want := w.ground(q.post, h, q.c, q.action)
			var who int64
			var alias, key []byte
			got := access.NoGround
			err := check.QueryRow(append(w.args(q), h.id)...).Scan(&who, &alias, &key, &got)
			if err != nil && err != sql.ErrNoRows || got != want {
				t.Fatalf("post %+v, %s %s, %q: the check says ground %d (%v), the oracle %d", q.post, q.action, q.c, h.name, got, err, want)
			}
			var v access.Verdict
			must(t, judge.QueryRow(append(w.args(q), h.id)...).Scan(&v))
			if want := w.verdict(q.post, h, q.c, q.action); v != want {
				t.Fatalf("post %+v, %s %s, %q: the verdict is %d, the oracle's %d", q.post, q.action, q.c, h.name, v, want)
			}
			judged[v]++
		}
	}
	for _, c := range access.Clauses() {
		if judged[c.Verdict] == 0 && step < 1000 {
			t.Errorf("no question that was tried is answered by %s", c.Code)
		}
	}
}

func TestTheCheckFindsEverythingByIndex(t *testing.T) {
	db := open(t, "sqlite")
	w := smallWorld()
	w.loadAlone(t, db)
	rows, err := db.Query("EXPLAIN QUERY PLAN "+access.CheckText(), append(w.args(question{w.posts[0], some, access.Read}), w.people[0].id)...)
	must(t, err)
	defer rows.Close()
	n := 0
	for rows.Next() {
		var a, b, c int
		var what string
		must(t, rows.Scan(&a, &b, &c, &what))
		if n++; strings.Contains(what, "SCAN") {
			t.Errorf("the check goes through a whole table: %s", what)
		}
	}
	if must(t, rows.Err()); n < 20 {
		t.Errorf("the plan has only %d steps", n)
	}
}
