package backup_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"sluss/internal/access"
	"sluss/internal/backup"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/pnr"
	"sluss/internal/pnr/testnumbers"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/vault"
)

// canaries are words that stand nowhere but about the planted people.
var canaries = []string{"Kanariaina", "Fågelholkenstam", "kanaria@fjader.example", "Pipgränd", "Näbbköping", "flöjtvissling", "gulfjäderkvitter",
	"burkvitterpinne", "solrosfröskål"}

const planted = 40

// plant fills a world with people whose every word is a canary, through the same verbs as the pages use.
func plant(t *testing.T, w *demotest.World) (words []string) {
	t.Helper()
	words = append(words, canaries...)
	for i, number := range testnumbers.All()[:planted] {
		n, err := pnr.Parse(number, w.Now().Date())
		if err != nil {
			t.Fatal(err)
		}
		phone := fmt.Sprintf("070-9%02d 63 7%d", i, i%10)
		words = append(words, number, number[2:8]+"-"+number[8:], number[:8]+"-"+number[8:], phone, strings.NewReplacer("-", "", " ", "").Replace(phone))
		p := person.Person{Identity: person.Identity{Given: canaries[0], Family: canaries[1], Number: n},
			Contact: person.Contact{Phone: phone, Email: canaries[2], Street: canaries[3] + " 4", City: canaries[4], ReachWhen: canaries[5]},
			Needs:   person.Needs{Access: canaries[6]}}
		f := referral.Form{Person: p, Kind: referral.Remiss, Reason: "work", ReceivedOn: w.Now().Date(),
			Agency: w.Place.Agencies[org.KindMunicipality], FromUnit: w.Place.Senders["Ekonomiskt bistånd"]}
		f.Words = referral.Words{Sender: canaries[7], Why: canaries[7], Wish: canaries[7]}
		d := &referral.Desk{Store: w.Store}
		r, who, err := d.Receive(t.Context(), w.Actor(t, "karin"), f)
		if err != nil {
			t.Fatal(err)
		}
		actor := w.Actor(t, "karin")
		err = w.Store.Write(t.Context(), func(tx *store.Tx) error {
			a, err := access.Open(t.Context(), tx, actor, who, access.Everything, access.Write, access.ForStart)
			if err != nil {
				return err
			}
			_, err = intake.Enrol(t.Context(), tx, actor, a, r, intake.Booking{On: actor.Today(), At: "10:00", Coach: w.Place.Posts["lena"],
				WhyAlone: canaries[8], FirstSteps: canaries[8]})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return words
}

// TestStolenFilesTellNothingAboutAnybody is figure R6: the files a thief could take, without the key file.
func TestStolenFilesTellNothingAboutAnybody(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	words := plant(t, w)
	dir := t.TempDir()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	sealed, opened := filepath.Join(dir, "backup.age"), filepath.Join(dir, "opened.db")
	if _, err := backup.Write(t.Context(), w.Store, sealed, "test", clock.System(), id.Recipient()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := backup.Read(t.Context(), sealed, backup.KeysBeside(sealed), opened, id); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(w.Store.Path() + "*")
	files = append(files, sealed, opened)
	n, size := 0, int64(0)
	for _, f := range files {
		n += demotest.Hits(t, f, words)
		if info, err := os.Stat(f); err == nil {
			size += info.Size()
		}
	}
	if len(files) < 5 {
		t.Errorf("searched %d files only: %v", len(files), files)
	}
	t.Logf("R6: %d words in 8 forms in %d files of %d kB: %d hits", len(words), len(files), size>>10, n)
}

// TestABackupAndTheOrdinaryKeyFileOpenNobodyWhoIsProtected is what a thief gets who has a backup, its identity and the key file, but
// not the one of protected people: the others, and nobody of them.
func TestABackupAndTheOrdinaryKeyFileOpenNobodyWhoIsProtected(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	plain, hidden := w.Participant(t, "karin", "lena", "Amal", "Ali"), w.Participant(t, "karin", "lena", "Samira", "Haddad")
	d := &person.Desk{Store: w.Store}
	if err := d.Protect(t.Context(), w.Actor(t, "karin"), hidden, person.ProtectForm{Version: 1, Kind: person.Marked,
		Posts: []id.Post{w.Place.Posts["karin"], w.Place.Posts["omar"]}}); err != nil {
		t.Fatal(err)
	}
	opens := func(keys *vault.Area, tx *store.Tx, who id.Person, first byte) error {
		var wrapped []byte
		if err := tx.One(t.Context(), store.Q(`SELECT key_wrapped FROM person WHERE area_id = $1 AND person_id = $2`), []any{w.Place.Area, who}, &wrapped); err != nil {
			return err
		}
		if first != 0 {
			wrapped[0] = first
		}
		_, err := keys.Open(who, wrapped)
		return err
	}
	dir, identity := t.TempDir(), identity(t)
	sealed, db := filepath.Join(dir, "backup.age"), filepath.Join(dir, "opened.db")
	if _, err := backup.Write(t.Context(), w.Store, sealed, "test", clock.System(), identity.Recipient()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := backup.Read(t.Context(), sealed, backup.KeysBeside(sealed), db, identity); err != nil {
		t.Fatal(err)
	}
	thief, err := vault.Open(w.KeyFile, filepath.Join(dir, "nothing"))
	if err != nil {
		t.Fatal(err)
	}
	err = storetest.Open(t, db).Read(t.Context(), func(tx *store.Tx) error {
		keys, err := thief.Area(t.Context(), tx, w.Place.Area)
		if err != nil {
			return err
		}
		if err := opens(keys, tx, plain, 0); err != nil {
			t.Errorf("who is not protected: %v", err)
		}
		if err := opens(keys, tx, hidden, 0); !errors.Is(err, vault.ErrProtected) {
			t.Errorf("who is protected: %v", err)
		}
		if err := opens(keys, tx, hidden, 1); !errors.Is(err, vault.ErrSealed) { // as if the ordinary key had wrapped it
			t.Errorf("who is protected, by the ordinary key: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestTheSearchFindsWhatLiesOpen keeps the search above honest: the staff's own names are not sealed, and are found.
func TestTheSearchFindsWhatLiesOpen(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	plant(t, w)
	found := false
	files, _ := filepath.Glob(w.Store.Path() + "*")
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		found = found || bytes.Contains(raw, []byte("Lena Bergvall"))
	}
	if !found {
		t.Error("a name that lies open is not found in any file")
	}
	text := base64.StdEncoding.EncodeToString([]byte("xxKanariainayyy"))
	any := false
	for how, f := range demotest.Spellings("Kanariaina") {
		any = any || strings.HasPrefix(how, "base 64") && strings.Contains(text, string(f))
	}
	if !any {
		t.Error("a word in base 64 is not recognised")
	}
}
