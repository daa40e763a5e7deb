package walk

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"sluss/internal/access"
	"sluss/internal/backup"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/intray"
	"sluss/internal/plan"
	"sluss/internal/remind"
	"sluss/internal/store"
	"sluss/internal/vault"
	"sluss/internal/web"
	"sluss/internal/web/trust"
)

// fillRest fills the tables about people that nothing else in the walk's world writes, by the product's own verbs: what somebody had typed
// when their session ended, a step, an opened link, a reminder, and somebody without a number who came by a list.
func (s *site) fillRest(t testing.TB) {
	t.Helper()
	ctx, p := context.WithoutCancel(t.Context()), s.people["active"]
	me := s.themself(t, "active")
	if err := (&plan.Desk{Store: s.Store}).Step(ctx, s.Actor(t, "lena"), p.id, plan.StepForm{Version: s.planVersion(t, p), To: 2, Answer: plan.Yes, How: plan.AtTable}); err != nil {
		t.Fatal("a step: ", err)
	}
	if res := me.post(web.Keeping, url.Values{"_action": {"/min/mal"}, "_page": {"/min"}, "words": {p.word + "typed"}}); res.Code != 200 {
		t.Fatal("what is typed: ", res.Code)
	}
	nobody := &visitor{site: s}
	if res := nobody.post(trust.At+s.offered["secret"], url.Values{"code": {s.offered["said"]}}); res.Code != 200 {
		t.Fatal("a link: ", res.Code)
	}
	s.write(t, func(tx *store.Tx) error { // who is to be reminded, and wants to be in the evening
		_, err := tx.Exec(ctx, store.Q(`UPDATE person SET reach = 'email' WHERE area_id = $1 AND person_id = $2`), s.Place.Area, p.id)
		return err
	})
	s.enter(t, "lena")
	s.write(t, func(tx *store.Tx) error { // whose session was begun in the place of another
		_, err := tx.Exec(ctx, store.Q(`UPDATE session SET form_before = $2 WHERE area_id = $1 AND post_id = $3`), s.Place.Area, []byte(strings.Repeat("h", 32)), s.Place.Posts["lena"])
		return err
	})
	evening := s.Now().Date().Add(2).Time().Add(18 * time.Hour)
	must(t, (&remind.Post{Store: s.Store, Vault: s.Vault, Clock: func() time.Time { return evening }}).Make(ctx, s.Place.Area))
	d := &intray.Desk{Store: s.Store, Vault: s.Vault, Clock: s.clock}
	var list intray.ID
	must(t, list.UnmarshalText([]byte(s.listIDs["saving"])))
	_, err := d.Save(ctx, s.Place.Area, list, 1e10)
	must(t, err)
}

func (s *site) planVersion(t testing.TB, p *soul) int {
	t.Helper()
	v, err := (&plan.Desk{Store: s.Store}).Open(t.Context(), s.Actor(t, "lena"), p.id, plan.Need, access.Read)
	must(t, err)
	return v.Plan.Version
}

// TestStolenFilesHoldNoWordOfAnyTable is the search of stolen files (figure R6) over the world of the walk, in which every sealed place
// of every table holds a word: the database, its log and an opened backup, without the key files.
func TestStolenFilesHoldNoWordOfAnyTable(t *testing.T) {
	s := plainSite(t)
	s.populate(t)
	s.fillRest(t)
	s.nothingIsEmpty(t)
	words := []string{wished, turned, thought, wrong, outside, draft, held, listed, excuse}
	for _, p := range s.people {
		words = append(words, p.word, p.form.Person.Number.Reveal(), p.form.Person.Number.Dashed(), p.form.Person.Phone)
	}
	id, err := age.GenerateX25519Identity()
	must(t, err)
	sealed, opened := filepath.Join(t.TempDir(), "backup.age"), filepath.Join(t.TempDir(), "opened.db")
	_, err = backup.Write(t.Context(), s.Store, sealed, "test", clock.System(), id.Recipient())
	must(t, err)
	_, _, err = backup.Read(t.Context(), sealed, backup.KeysBeside(sealed), opened, id)
	must(t, err)
	files, err := filepath.Glob(s.Store.Path() + "*")
	must(t, err)
	n, size := 0, int64(0)
	for _, f := range append(files, sealed, opened) {
		n += demotest.Hits(t, f, words)
		info, err := os.Stat(f)
		must(t, err)
		size += info.Size()
	}
	t.Logf("R6: %d words in 8 spellings in %d files of %d kB: %d hits", len(words), len(files)+2, size>>10, n)
	s.renewed(t, opened)
}

// renewed: every sealed text of the opened backup opens, and once more after all keys have been made anew.
func (s *site) renewed(t *testing.T, db string) {
	t.Helper()
	dir := t.TempDir()
	files := map[bool]string{false: filepath.Join(dir, "key"), true: filepath.Join(dir, "protected")}
	for protected, from := range map[bool]string{false: s.KeyFile, true: vault.ProtectedBeside(s.KeyFile)} {
		b, err := os.ReadFile(from)
		must(t, err)
		must(t, os.WriteFile(files[protected], b, 0o600))
	}
	d, err := store.Open(t.Context(), db)
	must(t, err)
	defer d.Close()
	d.Longest = time.Minute
	tries := func() vault.Tried {
		v, err := vault.Open(files[false], files[true])
		must(t, err)
		n, err := v.Tries(t.Context(), d, s.Place.Area)
		must(t, err)
		return n
	}
	before := tries()
	for protected, file := range files {
		r := vault.Rotation{Store: d, File: file, Protected: protected, Renew: true, Old: file + ".old"}
		_, err := r.Run(t.Context())
		must(t, err)
	}
	if after := tries(); after != before || before.Texts < 300 {
		t.Errorf("%+v opened before, %+v after", before, after)
	}
	t.Logf("%d texts of %d people open after a backup, and after all keys were made anew", before.Texts, before.People)
}

// ofNothing are the columns of bytes that may be empty when the files are searched, each with what it holds otherwise.
var ofNothing = map[string]string{
	"agency_account.account_hash": "a keyed hash of a worker's account",
	"disclosure_tree.root":        "a hash of the log",
	"disclosure_hash.hash":        "a hash of the log",
	"intray_columns.headings":     "a keyed hash of what the columns of a list are called",
}

// nothingIsEmpty: each table about people has a row when the files are searched, and each column of bytes, which may be words of theirs,
// holds something. Of a new one that is empty then the search would say nothing.
func (s *site) nothingIsEmpty(t *testing.T) {
	t.Helper()
	type column struct{ table, name, kind string }
	var all []column
	s.read(t, func(tx *store.Tx) (err error) {
		all, err = store.All(t.Context(), tx, store.Q(`SELECT m.name, c.name, lower(c.type) FROM sqlite_master m JOIN pragma_table_info(m.name) c
		 WHERE m.type = 'table' AND m.name <> 'goose_db_version'`), nil, func(r *store.Cursor) (c column, err error) {
			err = r.Scan(&c.table, &c.name, &c.kind)
			return c, err
		})
		return err
	})
	asked := 0
	for _, c := range all {
		at := c.table + "." + c.name
		if _, ok := ofNothing[at]; ok || c.kind != "blob" && c.name != "person_id" {
			continue
		}
		asked++
		if !s.holdsAny(t, c.table, c.name) {
			t.Errorf("nothing is in %s when the stolen files are searched", at)
		}
	}
	if asked < 100 {
		t.Errorf("only %d columns were looked at", asked)
	}
}

// holdsAny tells whether any row of a table has something in the column.
func (s *site) holdsAny(t *testing.T, table, column string) (some bool) {
	t.Helper()
	s.read(t, func(tx *store.Tx) error {
		_, err := store.All(t.Context(), tx, everything[table], nil, func(r *store.Cursor) (struct{}, error) {
			names, err := r.Columns()
			if err != nil {
				return struct{}{}, err
			}
			to := make([]any, len(names))
			for i := range to {
				to[i] = new(any)
			}
			err = r.Scan(to...)
			switch v := (*to[slices.Index(names, column)].(*any)).(type) {
			case nil:
			case []byte:
				some = some || len(v) > 0
			default:
				some = true
			}
			return struct{}{}, err
		})
		return err
	})
	return some
}
