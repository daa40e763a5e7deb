package vault_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sluss/internal/demo/demotest"
	"sluss/internal/demo/past"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/vault"
)

// otherBytes are the columns with bytes that no key sealed and Index did not fill, and what they are.
var otherBytes = map[string]string{
	"area_key.master": "key", "area_key.protected": "key", "area_key.indexing": "key", "person.alias": "drawn by lot",
	"disclosure.people": "aliases", "disclosure_tree.root": "of the log", "disclosure_hash.hash": "of the log", "log_round.seed": "drawn by lot",
	"session.token_hash": "of a secret that is long", "session.form_before": "of a secret that is long", "invite.token_hash": "of a secret that is long", "feed.token_hash": "of a secret that is long", "trusted_link.token_hash": "of a secret that is long",
	"agency_system.secret_hash": "of a secret that is long", "system_pass.pass_hash": "of a secret that is long", "submission.once_hash": "of a secret that is long",
	"typed.token_hash": "of a secret that is long", "typed.sealed": "by the secret of a session, and gone when the index is renewed",
	"passkey.credential_id": "known by who has it", "own_passkey.credential_id": "known by who has it", "application.press": "drawn by lot", "opinion.press": "drawn by lot",
}

func TestEveryColumnOfBytesIsRenewedOrIsKnownNotToNeedIt(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	var all []string
	must(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
		all, err = store.All(t.Context(), tx, store.Q(`SELECT m.name || '.' || c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND lower(c.type) = 'blob'`), nil,
			func(c *store.Cursor) (name string, err error) { return name, c.Scan(&name) })
		return err
	}))
	if len(all) < 60 {
		t.Fatalf("only %d columns of bytes", len(all))
	}
	known := slices.Concat(vault.Sealed(), vault.Indexed(), slices.Collect(maps.Keys(otherBytes)))
	for _, name := range all {
		if !strings.HasSuffix(name, ".key_wrapped") && !slices.Contains(known, name) {
			t.Errorf("%s: is it sealed by somebody's key (contents.go), found by (index.go), or neither?", name)
		}
	}
	for _, name := range known {
		if !slices.Contains(all, name) {
			t.Errorf("%s is named and is no column of bytes", name)
		}
	}
}

// filled is a world with some of all that is written about people.
func filled(t *testing.T, s *store.Store) *demotest.World {
	t.Helper()
	w, months := demotest.New(t, s), 9
	if s.Postgres() {
		months = 4
	}
	must(t, (&past.History{Org: w.Org, Seed: 3, People: 400, Months: months, Until: w.Now()}).Play(t.Context()))
	return w
}

func TestAfterARenewalEverythingReadsTheSameByKeysThatNobodyHasSeen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := filled(t, s)
		texts, old, index := everything(t, w, s)
		seen := map[string]bool{}
		for at := range texts {
			seen[strings.Split(at, "|")[1]] = true
		}
		for _, c := range vault.Sealed() {
			if !seen[c] {
				t.Logf("nothing lies in %s", c)
			}
		}
		if len(seen) < 35 || len(old) < 100 {
			t.Fatalf("%d columns with something in them, by %d keys", len(seen), len(old))
		}
		began := time.Now()
		for _, protected := range []bool{false, true} {
			file := w.KeyFile
			if protected {
				file = vault.ProtectedBeside(file)
			}
			r := vault.Rotation{Store: s, File: file, Protected: protected, Renew: true, Old: filepath.Join(t.TempDir(), "old")}
			_, err := r.Run(t.Context())
			must(t, err)
		}
		t.Logf("%d texts of %d keys in %v", len(texts), len(old), time.Since(began))
		after, fresh, again := everything(t, w, s)
		if !maps.Equal(texts, after) {
			t.Errorf("%d texts before, %d after, and they are not the same", len(texts), len(after))
		}
		if len(fresh) != len(old) {
			t.Errorf("%d keys before, %d after", len(old), len(fresh))
		}
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			v, err := vault.Open(w.KeyFile, vault.ProtectedBeside(w.KeyFile))
			must(t, err)
			n, err := v.Opened(t.Context(), tx, w.Place.Area, old)
			if n > 0 {
				t.Errorf("keys of before open %d texts", n)
			}
			return err
		}))
		if again == index {
			t.Error("numbers are found by what they were found by before")
		}
	})
}

// everything is all that the key files open, and what the first number is found by.
func everything(t *testing.T, w *demotest.World, s *store.Store) (texts map[string]string, keys map[string]vault.Person, index string) {
	t.Helper()
	v, err := vault.Open(w.KeyFile, vault.ProtectedBeside(w.KeyFile))
	must(t, err)
	must(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
		if texts, keys, err = v.Everything(t.Context(), tx, w.Place.Area); err != nil {
			return err
		}
		a, err := v.Area(t.Context(), tx, w.Place.Area)
		if err != nil {
			return err
		}
		n := 0
		for at, text := range texts {
			number, ok := strings.CutPrefix(text[max(0, len(text)-13):], "\x0c") // the last field of a name is the number
			if !strings.Contains(at, "|person.identity|") || !ok {
				continue
			}
			b, err := a.Number(number)
			if err != nil {
				return err
			}
			var found int
			if err := tx.One(t.Context(), store.Q(`SELECT count(*) FROM person WHERE area_id = $1 AND number_index = $2`), []any{w.Place.Area, b}, &found); err != nil {
				return err
			}
			if n += found; index == "" || string(b) < index {
				index = string(b)
			}
			if found == 0 {
				t.Error("somebody is not found by their number")
			}
		}
		if n < 50 {
			t.Errorf("%d are found by their numbers", n)
		}
		return nil
	}))
	return texts, keys, index
}
