package export_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/export"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/intray"
	"sluss/internal/person"
	"sluss/internal/sheet"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func take(t *testing.T, s *store.Store, actor *access.Actor, name string) (string, error) {
	t.Helper()
	list, err := export.Find(name)
	must(t, err)
	var b bytes.Buffer
	err = (&export.Desk{Store: s}).Take(t.Context(), actor, list, i18n.Get("sv"), "", func(table sheet.Table) error { return sheet.WriteCSV(&b, table) })
	return b.String(), err
}

func TestAListTakenOutHoldsTheUnitsPeopleAndNotesEachAsTakenOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		_, anna := w.Queued(t, "karin", "Anna", "=Andersson", "850709-9805")
		w.Queued(t, "ida", "Bo", "Ek", "")
		cleo := w.Participant(t, "karin", "lena", "Cleo", "Dahl")
		actor := w.Actor(t, "karin")
		got, err := take(t, s, actor, "queue")
		must(t, err)
		if !strings.Contains(got, "\r\n1;19850709-9805;Anna;'=Andersson;1985;070-174 06 21;") || strings.Contains(got, "Bo;Ek") || strings.Count(got, "\r\n") != 2 {
			t.Errorf("the queue:\n%s", got)
		}
		_, shown := actor.Shown()
		if len(shown) != 1 || shown[0].List || shown[0].Action != int(access.Export) || len(shown[0].People) != 1 || shown[0].People[0].ID != anna {
			t.Errorf("noted: %+v", shown)
		}
		actor = w.Actor(t, "karin")
		got, err = take(t, s, actor, "participants")
		must(t, err)
		if _, shown = actor.Shown(); !strings.Contains(got, "Cleo;Dahl") || !strings.Contains(got, "Lena Bergvall") || len(shown) != 1 || shown[0].People[0].ID != cleo {
			t.Errorf("participants, noted %+v:\n%s", shown, got)
		}
		got, err = take(t, s, w.Actor(t, "karin"), "starts")
		must(t, err)
		if !strings.HasPrefix(got, "\ufeffDag;Tid;Platser") {
			t.Errorf("starts:\n%s", got)
		}
		if _, err := take(t, s, w.Actor(t, "karin"), "startlist"); fault.Of(err) == nil || fault.Of(err).Key != "export.nostart" {
			t.Errorf("a start list without a start: %v", err)
		}
	})
}

// TestNobodyWhoseOtherRecordIsProtectedIsTakenOut: not by whoever may see them either.
func TestNobodyWhoseOtherRecordIsProtectedIsTakenOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		cleo, twin := w.Participant(t, "karin", "lena", "Cleo", "Dahl"), w.Participant(t, "karin", "lena", "Cleo", "Dal")
		_, anna := w.Queued(t, "karin", "Anna", "Andersson", "")
		for _, who := range []id.Person{cleo, anna} {
			must(t, (&person.Desk{Store: s}).Merge(t.Context(), w.Actor(t, "omar"), who, twin))
		}
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = $2`), w.Place.Area, twin); err != nil {
				return err
			}
			_, err := tx.Exec(t.Context(), store.Q(`INSERT INTO clearance (area_id, person_id, post_id, from_on, to_on, ended_at) VALUES ($1, $2, $3, '2026-01-01', $4, $5)`),
				w.Place.Area, twin, w.Place.Posts["karin"], string(clock.Forever), int64(access.Never))
			return err
		}))
		for _, name := range []string{"queue", "participants"} {
			if got, err := take(t, s, w.Actor(t, "karin"), name); err != nil || strings.Count(got, "\r\n") != 1 {
				t.Errorf("%s: %v\n%s", name, err, got)
			}
		}
	})
}

func TestAPostWithoutTheRightGetsNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		w.Queued(t, "karin", "Anna", "Andersson", "")
		got, err := take(t, s, w.Actor(t, "britt"), "queue")
		must(t, err)
		if strings.Count(got, "\r\n") != 1 {
			t.Errorf("the reception takes out:\n%s", got)
		}
		if _, err := take(t, s, w.Actor(t, "britt"), "starts"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("starts: %v", err)
		}
	})
}

func TestAQueueTakenOutCanBeReadInAgain(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	w := demotest.New(t, s)
	w.Queued(t, "karin", "Anna", "Andersson", "850709-9805")
	file, err := take(t, s, w.Actor(t, "karin"), "queue")
	must(t, err)
	d := &intray.Desk{Store: s, Vault: w.Vault, Clock: w.Clock()}
	id, err := d.Receive(t.Context(), w.Actor(t, "ida"), intray.File{Content: strings.NewReader(file), Size: int64(len(file)), Name: "kö.csv", Ignore: true})
	must(t, err)
	if _, err = d.Check(t.Context(), w.Place.Area, id, 1e9); err != nil {
		t.Fatal(err)
	}
	i, err := d.Open(t.Context(), w.Actor(t, "ida"), id)
	must(t, err)
	if i.Checked[intray.New] != 1 || i.Checked.Bad() != 0 {
		t.Errorf("%s %v", i.State, i.Checked)
	}
}
