package access_test

import (
	"database/sql"
	"fmt"
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
		standing := o.id < 120 || o.id > 600 && o.id < leaver
		for a := access.Read; standing && a <= access.Export; a++ {
			for c := access.Identity; c <= access.Documents; c <<= 1 {
				if prove || c <= access.Contact || c == access.Attendance || c == access.Health {
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
func (w *world) listed(db *sql.DB, text string, q question) (map[int64]access.Ground, error) {
	rows, err := db.Query(text, w.args(q)...)
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
func (w *world) disagree(db *sql.DB, text string, q question) string {
	m, err := w.listed(db, text, q)
	if err != nil {
		return err.Error()
	}
	for _, h := range w.people {
		if want, got := w.ground(q.post, h, q.c, q.action), m[h.id]; got != want {
			return fmt.Sprintf("post %+v, %s %s, %q: the list says ground %d, the oracle %d", q.post, q.action, q.c, h.name, got, want)
		}
	}
	return ""
}

// some gives every nth question, a different start for what the standing posts ask, so that all kinds are among them.
func some(list []question, step int) []question {
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
		w := makeWorld()
		w.load(t, db)
		list, check := 1, 97
		if strings.HasSuffix(t.Name(), "postgres") {
			list, check = 5, 1009
		}
		t.Run("list", func(t *testing.T) { w.tryList(t, db, some(w.questions(), list)) })
		t.Run("check", func(t *testing.T) { w.tryCheck(t, db, check) })
	})
}

func (w *world) tryList(t *testing.T, db *sql.DB, questions []question) {
	seen := map[access.Ground]int{}
	for _, q := range questions {
		if what := w.disagree(db, listText, q); what != "" {
			t.Error(what)
		}
		for _, h := range w.people {
			seen[w.ground(q.post, h, q.c, q.action)]++
		}
	}
	for g := access.NoGround; g <= access.AsHead; g++ {
		if g != access.ByCreation && seen[g] == 0 {
			t.Errorf("the worlds never give ground %d: the test says nothing about it", g)
		}
	}
}

func (w *world) tryCheck(t *testing.T, db *sql.DB, step int) {
	check, err := db.Prepare(access.CheckText())
	must(t, err)
	defer check.Close()
	if prove {
		step = 7
	}
	n := 0
	for _, q := range w.questions() {
		for _, h := range w.people {
			if n++; n%step != 0 {
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
		}
	}
}

// spoilt are parts of the rule and what they are changed to, one at a time. "p.number_index IS NULL OR" is not among them:
// it only spares the database the question, since nothing equals NULL.
var spoilt = []struct {
	part   string
	change []string // old, new, old, new …
}{
	{access.PartLivePost, []string{"r.role = o.role", "1 = 1", "r.action = $6", "1 = 1", "(r.categories & $5) = $5", "(r.categories & $5) <> 0",
		"(r.categories & $5) = $5", "1 = 1", "o.area_id = $1", "1 = 1", "o.post_id = $2", "o.post_id > 0", "o.from_on <= $4", "1 = 1", "o.from_on <= $4", "o.from_on < $4",
		"o.to_on > $4", "1 = 1", "o.to_on > $4", "o.to_on >= $4", "o.ended_at > $3", "1 = 1", "o.ended_at > $3", "o.ended_at >= $3", "o.ended_at > $3", "o.ended_at > $3 + 1"}},
	{access.PartHeadOf, []string{"o.area_id = $1", "1 = 1", "o.role = 3", "1 = 1", "o.role = 3", "o.role = 2", "o.from_on <= $4", "1 = 1", "o.from_on <= $4", "o.from_on < $4",
		"o.to_on > $4", "1 = 1", "o.to_on > $4", "o.to_on >= $4", "o.ended_at > $3", "1 = 1", "o.ended_at > $3", "o.ended_at >= $3"}},
	{access.PartAtUnit, []string{"t.area_id = $1", "1 = 1", "t.person_id = p.person_id", "1 = 1", "t.unit_id = " + access.PartLivePost, "1 = 1",
		"t.from_on <= $4", "1 = 1", "t.from_on <= $4", "t.from_on < $4", "t.to_on > $4", "1 = 1", "t.to_on > $4", "t.to_on >= $4",
		"t.ended_at > $3", "1 = 1", "t.ended_at > $3", "t.ended_at >= $3", "t.ended_at > $3", "t.ended_at > $3 + 1"}},
	{access.PartByCover, []string{"a.area_id = c.area_id", "1 = 1", "a.post_id = c.post_id", "1 = 1", "a.person_id = p.person_id", "1 = 1",
		"a.from_on <= $4", "1 = 1", "a.from_on <= $4", "a.from_on < $4", "a.to_on > $4", "1 = 1", "a.to_on > $4", "a.to_on >= $4",
		"a.ended_at > $3", "1 = 1", "a.ended_at > $3", "a.ended_at >= $3", "c.area_id = $1", "1 = 1", "c.to_post_id = $2", "1 = 1",
		"c.to_post_id = $2", "c.to_post_id IN (SELECT x.post_id FROM post x JOIN post y ON y.worker_id = x.worker_id WHERE y.post_id = $2)",
		"c.from_on <= $4", "1 = 1", "c.from_on <= $4", "c.from_on < $4", "c.to_on > $4", "1 = 1", "c.to_on > $4", "c.to_on >= $4",
		"c.ended_at > $3", "1 = 1", "c.ended_at > $3", "c.ended_at >= $3",
		"l.area_id = c.area_id", "1 = 1", "l.post_id = c.post_id", "1 = 1", "l.from_on <= $4", "1 = 1", "l.from_on <= $4", "l.from_on < $4",
		"l.to_on > $4", "1 = 1", "l.to_on > $4", "l.to_on >= $4", "l.ended_at > $3", "1 = 1", "l.ended_at > $3", "l.ended_at >= $3", access.PartLivePost + " IS NOT NULL", "1 = 1"}},
	{access.PartAsHead, []string{"t.area_id = $1", "1 = 1", "t.person_id = p.person_id", "1 = 1", "t.unit_id = " + access.PartHeadOf, "1 = 1",
		"t.from_on <= $4", "1 = 1", "t.from_on <= $4", "t.from_on < $4", "t.to_on > t.from_on", "1 = 1", "$6 = 1", "1 = 1", "$6 = 1", "$6 < 3"}},
	{access.PartAllowed, []string{"p.area_id = $1", "1 = 1", "p.weeded_at = 0", "1 = 1", "p.protected = 0", "1 = 1", "p.protected = 0", "1 = 0",
		"k.area_id = $1", "1 = 1", "k.person_id = p.person_id", "1 = 1", "k.post_id = $2", "1 = 1", "k.from_on <= $4", "1 = 1", "k.from_on <= $4", "k.from_on < $4",
		"k.to_on > $4", "1 = 1", "k.to_on > $4", "k.to_on >= $4", "k.ended_at > $3", "1 = 1", "k.ended_at > $3", "k.ended_at >= $3",
		"w.area_id = o.area_id", "1 = 1", "w.worker_id = o.worker_id", "1 = 1", "w.worker_id = o.worker_id", "w.worker_id = o.post_id",
		"w.own_index IS NOT NULL", "1 = 1", "k.post_id = $2", "k.post_id IN (SELECT x.post_id FROM post x JOIN post y ON y.worker_id = x.worker_id WHERE y.post_id = $2)",
		"o.area_id = $1", "1 = 1",
		"o.post_id = $2", "1 = 1", "p.number_index NOT IN (", "1 = 0 AND p.number_index NOT IN (", "p.number_index NOT IN (", "1 = 1 OR p.number_index NOT IN ("}},
}

func TestEverySpoiltRuleIsFound(t *testing.T) {
	db := open(t, "sqlite")
	w := makeWorld()
	w.load(t, db)
	questions := mixed(w.questions())
	var killers []question
	n := 0
	for _, s := range spoilt {
		for i := 0; i < len(s.change); i += 2 {
			part := strings.Replace(s.part, s.change[i], s.change[i+1], 1)
			text := strings.ReplaceAll(listText, s.part, part)
			if text == listText {
				t.Fatalf("the rule has no %q to spoil", s.change[i])
			}
			n++
			if !found(w, db, text, questions, &killers) {
				t.Errorf("nobody notices %q instead of %q in\n%s", s.change[i+1], s.change[i], s.part)
			}
		}
	}
	if n < 85 {
		t.Errorf("only %d spoilt rules tried", n)
	}
}

// found tells whether any question shows that the text is spoilt; those that did so before are asked first.
func found(w *world, db *sql.DB, text string, questions []question, killers *[]question) bool {
	for _, q := range *killers {
		if w.disagree(db, text, q) != "" {
			return true
		}
	}
	for _, q := range questions {
		if w.disagree(db, text, q) != "" {
			*killers = append(*killers, q)
			return true
		}
	}
	return false
}

// mixed puts questions of all kinds early, by a stride that shares no factor with their number.
func mixed(list []question) []question {
	stride := 89
	for len(list)%stride == 0 {
		stride += 2
	}
	kept := make([]question, len(list))
	for i := range list {
		kept[i] = list[i*stride%len(list)]
	}
	return kept
}
