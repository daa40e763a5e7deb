package retention_test

import (
	"bytes"
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
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/pnr"
	"sluss/internal/pnr/testnumbers"
	"sluss/internal/retention"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/vault"
)

func TestDatesFollowTheLawsOwnExample(t *testing.T) {
	for _, c := range []struct{ last, from, latest clock.Date }{
		{"2021-03-01", "2026-03-01", "2027-12-31"}, {"2020-02-29", "2025-02-28", "2026-12-31"}, {"2021-12-31", "2026-12-31", "2027-12-31"},
	} {
		from, latest := retention.On("2026-11-22").Dates(c.last)
		if from != c.from || latest != c.latest {
			t.Errorf("last note %s: %s and %s", c.last, from, latest)
		}
	}
}

func TestWhomResearchKeepsIsKept(t *testing.T) {
	r := retention.On("2026-11-22")
	for _, c := range []struct {
		municipality string
		day          int
		kept         bool
	}{
		{"0799", 4, false}, {"0799", 5, true}, {"0799", 15, true}, {"0799", 25, true}, {"0799", 26, false}, {"0799", 0, true},
		{"1480", 4, true}, {"1482", 4, false}, {"0580", 4, true}, {"0980", 4, true}, {"1980", 4, false},
	} {
		if r.Keep(c.municipality, c.day) != c.kept {
			t.Errorf("born on the %d, in %s", c.day, c.municipality)
		}
	}
}

func TestOneRuleHoldsOnEachDay(t *testing.T) {
	for d := clock.Date("2002-01-01"); d < "2031-01-01"; d = d.AddMonths(1) {
		n := 0
		for _, r := range retention.Rules {
			if r.From <= d && d < r.To {
				n++
			}
		}
		if n != 1 {
			t.Fatalf("%d rules on %s", n, d)
		}
	}
}

// house is a world where people took part and left, long ago.
type house struct {
	*demotest.World
	desk  *retention.Desk
	weed  *retention.Weeder
	there []id.Person
}

// made are official test numbers: of people born on the 4th, the 5th, and nobody's; the last takes part still.
func made(t *testing.T, s *store.Store) *house {
	w := demotest.New(t, s)
	h := &house{World: w, desk: &retention.Desk{Store: s}, weed: &retention.Weeder{Store: s, Clock: w.Clock(), File: filepath.Join(t.TempDir(), "weeded")}}
	for i, given := range []string{"Alva", "Bo", "Cleo", "Dag"} {
		who := w.Participant(t, "karin", "lena", given, "Gammal")
		h.there = append(h.there, who)
		h.number(t, who, i)
		if given != "Dag" {
			must(t, s.Write(t.Context(), func(tx *store.Tx) error {
				return access.Untie(t.Context(), tx, w.Place.Area, who, w.Place.Units["Vuxenslussen"], w.Now().Date().Add(1), w.Now())
			}))
		}
	}
	return h
}

// number gives the first nobody's special day, the second one of research's, the third no number.
func (h *house) number(t *testing.T, who id.Person, i int) {
	d := &person.Desk{Store: h.Store}
	x, err := d.Open(t.Context(), h.Actor(t, "lena"), who, access.Everything, access.ForContact)
	must(t, err)
	for _, text := range testnumbers.All() {
		n, err := pnr.Parse(text, h.Now().Date())
		must(t, err)
		if day := n.BirthDate().Time().Day(); i == 0 && day == 4 || i == 1 && day == 5 || i == 3 && day == 7 {
			x.Number = n
		}
	}
	must(t, d.Change(t.Context(), h.Actor(t, "lena"), x, x.Version))
}

func TestWhoseTimeHasComeIsProposedByOneDecidedByAnotherAndDestroyedThirtyDaysLater(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := made(t, s)
		h.Pass(5*365 - 20)
		if due := h.due(t); len(due.People) != 0 {
			t.Fatalf("%d before their time", len(due.People))
		}
		h.Pass(60)
		due := h.due(t)
		if len(due.People) != 1 || due.People[0].Name != "Alva Gammal" || due.Sample != 1 || due.Unknown != 1 {
			t.Fatalf("%+v", due)
		}
		n, err := h.desk.Propose(t.Context(), h.Actor(t, "omar"), h.there)
		if err != nil || n != 1 {
			t.Fatalf("%d proposed, %v", n, err)
		}
		if len(h.due(t).People) != 0 {
			t.Error("who is in a round is still to be chosen")
		}
		r := h.round(t, "omar")
		if r.In != 1 || len(r.People) != 1 {
			t.Fatalf("%+v", r)
		}
		if o := h.round(t, "karin"); len(o.People) != 0 || o.In != 1 {
			t.Errorf("who decides is shown who it is: %+v", o)
		}
		if err := h.desk.Decide(t.Context(), h.Actor(t, "omar"), r.ID, r.Version); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the one who proposed decides: %v", err)
		}
		if err := h.desk.Decide(t.Context(), h.Actor(t, "lena"), r.ID, r.Version); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a coach decides: %v", err)
		}
		must(t, h.desk.Decide(t.Context(), h.Actor(t, "karin"), r.ID, r.Version))
		if err := h.desk.Decide(t.Context(), h.Actor(t, "karin"), r.ID, r.Version); !fault.Is(err, fault.Conflict) {
			t.Errorf("twice: %v", err)
		}
		h.Pass(29)
		h.weeds(t, 0)
		h.Pass(1)
		h.weeds(t, 1)
		h.weeds(t, 0)
		h.gone(t, true)
		for _, who := range h.there[1:] {
			if _, err := (&person.Desk{Store: s}).Open(t.Context(), h.Actor(t, "omar"), who, access.Identity, access.ForContact); err != nil {
				t.Errorf("somebody else is gone: %v", err)
			}
		}
	})
}

func TestWhoComesBackIsLetBe(t *testing.T) {
	h := made(t, storetest.Open(t, storetest.SQLite(t)))
	h.decided(t)
	must(t, h.Store.Write(t.Context(), func(tx *store.Tx) error {
		return access.Tie(t.Context(), tx, h.Place.Area, h.there[0], h.Place.Units["Vuxenslussen"], h.Now().Date(), h.Now())
	}))
	h.Pass(retention.Waits)
	h.weeds(t, 0)
	h.gone(t, false)
	if r := h.round(t, "omar"); r.In != 0 || r.Out != 1 {
		t.Errorf("%+v", r)
	}
}

func TestARecordThatIsJoinedWithAnotherIsKeptUntilTheyAreParted(t *testing.T) {
	h := made(t, storetest.Open(t, storetest.SQLite(t)))
	h.decided(t)
	must(t, h.Store.Write(t.Context(), func(tx *store.Tx) error { // joined while both could be written
		_, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET merged = 1 WHERE area_id = $1 AND person_id = $2`), h.Place.Area, h.there[0])
		return err
	}))
	h.Pass(retention.Waits)
	h.weeds(t, 0)
	if due := h.due(t); due.Joined != 1 || len(due.People) != 0 {
		t.Errorf("%+v", due)
	}
}

func TestADecisionIsTakenBackBeforeItIsCarriedOut(t *testing.T) {
	h := made(t, storetest.Open(t, storetest.SQLite(t)))
	h.decided(t)
	r := h.round(t, "omar")
	must(t, h.desk.TakeOut(t.Context(), h.Actor(t, "omar"), r.ID, h.there[0]))
	h.Pass(retention.Waits)
	h.weeds(t, 0)
	h.gone(t, false)

	h = made(t, storetest.Open(t, storetest.SQLite(t)))
	h.decided(t)
	r = h.round(t, "karin")
	must(t, h.desk.Drop(t.Context(), h.Actor(t, "karin"), r.ID, r.Version))
	h.Pass(retention.Waits)
	h.weeds(t, 0)
	h.gone(t, false)
	if due := h.due(t); len(due.People) != 1 {
		t.Error("who was in a dropped round cannot be chosen again")
	}
}

func TestABackupThatIsPutBackLosesThemAgainBeforeAnybodyWorks(t *testing.T) {
	h := made(t, storetest.Open(t, storetest.SQLite(t)))
	h.decided(t)
	before := filepath.Join(t.TempDir(), "before.db")
	must(t, h.Store.Backup(t.Context(), before))
	h.Pass(retention.Waits)
	h.weeds(t, 1)
	restored := h.On(storetest.Open(t, before))
	again := &retention.Weeder{Store: restored.Store, Clock: h.Clock(), File: h.weed.File}
	if n, err := again.Replay(t.Context()); err != nil || n != 1 {
		t.Fatalf("%d destroyed again, %v", n, err)
	}
	if n, err := again.Replay(t.Context()); err != nil || n != 0 {
		t.Fatalf("%d destroyed a second time, %v", n, err)
	}
	var left int
	must(t, restored.Store.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT length(key_wrapped) + length(identity) FROM person WHERE person_id = $1`), []any{h.there[0]}, &left)
	}))
	if left != 0 {
		t.Error("the key is back")
	}
}

func TestAnOldBackupReadsNobodyWhoHasBeenWeededSinceAlsoWithoutTheListOutside(t *testing.T) {
	h := made(t, storetest.Open(t, storetest.SQLite(t)))
	h.decided(t)
	key, err := age.GenerateX25519Identity()
	must(t, err)
	dir := t.TempDir()
	copied := func(name string) string {
		file := filepath.Join(dir, name)
		_, err := backup.Write(t.Context(), h.Store, file, "test", h.Now().Time(), key.Recipient())
		must(t, err)
		return file
	}
	earlier := copied("earlier.age")
	h.Pass(1)
	old := copied("old.age")
	h.Pass(retention.Waits)
	h.weeds(t, 1)
	fresh := copied("fresh.age")

	db := filepath.Join(dir, "db")
	if _, _, err := backup.Read(t.Context(), old, backup.KeysBeside(earlier), db, key); !errors.Is(err, backup.ErrOlderKeys) {
		t.Errorf("with keys from before it was made: %v", err)
	}
	if _, _, err := backup.Read(t.Context(), old, filepath.Join(dir, "nothing"), db, key); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without keys: %v", err)
	}
	_, without, err := backup.Read(t.Context(), old, backup.KeysBeside(fresh), db, key)
	must(t, err)
	if without != 1 {
		t.Errorf("%d have no key in the newer file", without)
	}
	restored := h.On(storetest.Open(t, db))
	v, err := vault.Open(h.KeyFile, vault.ProtectedBeside(h.KeyFile))
	must(t, err)
	if n, err := v.Tries(t.Context(), restored.Store, h.Place.Area); err != nil || n.People != len(h.there)-1 || n.Texts == 0 {
		t.Errorf("opened %+v, %v", n, err)
	}
	again := &retention.Weeder{Store: restored.Store, Clock: h.Clock(), File: filepath.Join(dir, "weeded")}
	if n, err := again.Replay(t.Context()); err != nil || n != 1 {
		t.Fatalf("%d destroyed, %v", n, err)
	}
	var identity, weeded int64
	must(t, restored.Store.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT length(identity), weeded_at FROM person WHERE person_id = $1`), []any{h.there[0]}, &identity, &weeded)
	}))
	if identity != 0 || weeded == 0 {
		t.Error("what was written is there")
	}
}

func TestAKillBeforeTheListOutsideIsWrittenLosesNobodyFromIt(t *testing.T) {
	h := made(t, storetest.Open(t, storetest.SQLite(t)))
	h.decided(t)
	h.Pass(retention.Waits)
	file := h.weed.File
	h.weed.File = t.TempDir() // the change is committed; the line is not, since a folder is in its way
	if _, err := h.weed.Weed(t.Context()); err == nil {
		t.Fatal("no error")
	}
	h.weed.File = file
	must(t, os.WriteFile(file, []byte("half a li"), 0o600))
	for range 2 {
		if _, err := h.weed.Replay(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(file)
	must(t, err)
	if strings.Count(string(b), h.there[0].String()) == 0 {
		t.Errorf("%q", b)
	}
}

// secrets are what only the key file is needed for to know who Alva is: her wrapped key, and the index of her number.
func (h *house) secrets(t *testing.T) (list [][]byte) {
	t.Helper()
	var key, index []byte
	must(t, h.Store.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT key_wrapped, number_index FROM person WHERE person_id = $1`), []any{h.there[0]}, &key, &index)
	}))
	return [][]byte{key, index}
}

// inFiles counts in how many places of the database's files the secrets lie.
func (h *house) inFiles(t *testing.T, secrets [][]byte) (n int) {
	t.Helper()
	files, err := filepath.Glob(h.Store.Path() + "*")
	must(t, err)
	for _, f := range files {
		b, err := os.ReadFile(f)
		must(t, err)
		for _, s := range secrets {
			n += bytes.Count(b, s)
		}
	}
	return n
}

func TestAWeededPersonsKeyLiesInNoByteOfTheFiles(t *testing.T) {
	h := made(t, storetest.Open(t, storetest.SQLite(t)))
	secrets := h.secrets(t)
	h.decided(t)
	if h.inFiles(t, secrets) < len(secrets) {
		t.Fatal("the search does not find what is there")
	}
	h.Pass(retention.Waits)
	h.weeds(t, 1)
	if n := h.inFiles(t, secrets); n != 0 {
		t.Errorf("the key or the index lies in %d places still", n)
	}
}

func (h *house) due(t *testing.T) retention.Due {
	t.Helper()
	due, err := h.desk.Due(t.Context(), h.Actor(t, "omar"))
	must(t, err)
	return due
}

func (h *house) round(t *testing.T, worker string) retention.Round {
	t.Helper()
	list, err := h.desk.Rounds(t.Context(), h.Actor(t, worker))
	must(t, err)
	if len(list) != 1 {
		t.Fatalf("%d rounds", len(list))
	}
	return list[0]
}

// decided goes on to the day a round about Alva has been decided.
func (h *house) decided(t *testing.T) {
	t.Helper()
	h.Pass(5*365 + 40)
	_, err := h.desk.Propose(t.Context(), h.Actor(t, "omar"), h.there)
	must(t, err)
	r := h.round(t, "karin")
	must(t, h.desk.Decide(t.Context(), h.Actor(t, "karin"), r.ID, r.Version))
}

func (h *house) weeds(t *testing.T, want int) {
	t.Helper()
	h.weed.Clock = h.Clock()
	if n, err := h.weed.Weed(t.Context()); err != nil || n != want {
		t.Fatalf("%d destroyed, not %d, %v", n, want, err)
	}
}

// gone tells whether nothing of Alva can be read any more, by anybody, also in a copy with the keys.
func (h *house) gone(t *testing.T, want bool) {
	t.Helper()
	_, err := (&person.Desk{Store: h.Store}).Open(t.Context(), h.Actor(t, "omar"), h.there[0], access.Identity, access.ForContact)
	if fault.Is(err, fault.NotFound) != want {
		t.Errorf("opening: %v", err)
	}
	var left int
	must(t, h.Store.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT length(key_wrapped) + length(identity) + length(contact) FROM person WHERE person_id = $1`), []any{h.there[0]}, &left)
	}))
	if (left == 0) != want {
		t.Errorf("%d bytes are left", left)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestNoKeyOfManyWhoAreWeededLiesInAnyByteOfTheFiles(t *testing.T) {
	h := made(t, storetest.Open(t, storetest.SQLite(t)))
	for i := range 150 { // pages are filled, parted and joined, and what is moved leaves traces
		h.Participant(t, "karin", "lena", fmt.Sprint("Given", i), strings.Repeat("Family", 1+i%7))
	}
	var keys [][]byte
	var all []id.Person
	must(t, h.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		keys, err = store.All(t.Context(), tx, store.Q(`SELECT key_wrapped FROM person WHERE area_id = $1`), []any{h.Place.Area}, func(c *store.Cursor) (b []byte, err error) { return b, c.Scan(&b) })
		if err != nil {
			return err
		}
		all, err = store.All(t.Context(), tx, store.Q(`SELECT person_id FROM person WHERE area_id = $1`), []any{h.Place.Area}, func(c *store.Cursor) (who id.Person, err error) { return who, c.Scan(&who) })
		return err
	}))
	var lines strings.Builder
	for _, who := range all {
		fmt.Fprintf(&lines, "%s %s 2026-10-05\n", h.Place.Area, who)
	}
	must(t, os.WriteFile(h.weed.File, []byte(lines.String()), 0o600))
	n, err := h.weed.Replay(t.Context())
	must(t, err)
	if n != len(all) {
		t.Fatalf("%d of %d destroyed", n, len(all))
	}
	if h.inFiles(t, keys) == 0 {
		t.Fatal("nothing is found even before the files are swept")
	}
	_, err = h.weed.Weed(t.Context()) // nobody's day has come; what lies in the files since the replay is swept
	must(t, err)
	if n := h.inFiles(t, keys); n > 0 {
		t.Errorf("%d traces of %d keys", n, len(keys))
	}
}
